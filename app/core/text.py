"""Text as it is kept: one form for what people type in many."""

import unicodedata

_NAME_DOTS = frozenset(" ·•・‧．.")
_PRIVATE_USE = (range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))


def normalise(text: str) -> str:
    """Return ``text`` with full-width letters and digits made narrow and outer spaces removed.

    Chinese punctuation stays as it is, the comma too: only the full-width forms of ASCII letters,
    digits and the signs that stand in numbers are folded. Characters without a form, which come
    along when a number is copied from a chat or an address book, are dropped.
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", "".join(map(_fold, text))).strip()


def _fold(character: str) -> str:
    if character.isascii():
        return character
    if character == "\u3000":
        return " "
    if "\uff01" <= character <= "\uff5e":
        narrow = chr(ord(character) - 0xFEE0)
        return narrow if narrow.isalnum() or narrow in "+-./*#@" else character
    return "" if unicodedata.category(character) == "Cf" else character


def bare_name(name: str) -> str:
    """Return a name as it is sought: one form, without spaces and dots, small Latin letters."""
    return "".join(sign for sign in normalise(name).lower() if sign not in _NAME_DOTS)


def ends_of(name: str) -> str:
    """Return the first and the last character of a name of three or more, for one that is
    misspelt between them; nothing for a shorter one."""
    return name[0] + name[-1] if len(name) > 2 else ""


def backwards(number: str) -> str:
    """Return a kept ID, telephone or card number from behind, so that its tail is a beginning."""
    return "".join(sign for sign in reversed(number.upper()) if sign.isascii() and sign.isalnum())


def number_key(number: str) -> str:
    """Return the key that finds a file number of an old archive, whole or by its tail: its letters
    and digits from behind, told from the readings of names by its first sign."""
    folded = normalise(number).upper()
    return "#" + "".join(sign for sign in reversed(folded) if sign.isalnum())


def has_private_use(text: str) -> bool:
    """Tell whether ``text`` holds a private-use character, which other PCs cannot show."""
    return any(ord(character) in block for character in text for block in _PRIVATE_USE)


def mask_tail(text: str, head: int, tail: int) -> str:
    """Hide the middle of ``text``, keeping its width: ``2390**********0023``."""
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]

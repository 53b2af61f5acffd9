"""Text as it is kept: one form for what people type in many."""

import unicodedata

_PRIVATE_USE = (range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))


def normalise(text: str) -> str:
    """Return ``text`` with full-width letters and digits made narrow and outer spaces removed.

    Chinese punctuation stays as it is: only the full-width forms of ASCII letters, digits and
    the signs that stand in numbers are folded.
    """
    folded = "".join(_narrow(character) for character in unicodedata.normalize("NFC", text))
    return folded.strip()


def _narrow(character: str) -> str:
    point = ord(character)
    if point == 0x3000:
        return " "
    if 0xFF01 <= point <= 0xFF5E:
        narrow = chr(point - 0xFEE0)
        if narrow.isalnum() or narrow in "+-./,*#@":
            return "," if character == "，" else narrow
    return character


def has_private_use(text: str) -> bool:
    """Tell whether ``text`` holds a private-use character, which other PCs cannot show."""
    return any(ord(character) in block for character in text for block in _PRIVATE_USE)


def mask_tail(text: str, head: int, tail: int) -> str:
    """Hide the middle of ``text``, keeping its width: ``2390**********0023``."""
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]

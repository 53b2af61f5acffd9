"""What somebody types into the one search box, taken apart without asking the store.

Four digits may be the tail of an ID number, of a telephone, of a card or of a case: `classify`
names all that a text may be, and queries look each up in the column made for it. The columns are
made by the same functions when a person is saved (`app.core.text`, `app.core.pinyin`).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.contact import normalise_card, normalise_phone
from app.core.resident_id import long_form, normalise_id
from app.core.text import bare_name, normalise, number_key


class Typed(StrEnum):
    """What a typed text may be. The key beside it has the form named here."""

    COMMAND = "command"
    """After ``>``: what to do; the key is the rest."""
    SCAN = "scan"
    """The text of a QR code of ours, ``BF1:…``."""
    CHECK_CODE = "check_code"
    """``7K2M-QX4D``."""
    PAPER_NUMBER = "paper_number"
    """``〔2026〕第00118号``, with what stood before it: ``哈工帮证〔2026〕第00118号``."""
    NUMBER = "number"
    """A file, a case or a batch: ``2026-0440``."""
    BOARD_NUMBER = "board_number"
    """Of a loan ``贷2026-0017``, a job seeker ``求``, a vacancy ``岗``, a referral ``荐``, a
    placement ``安``."""
    NUMBER_TAIL = "number_tail"
    """The end of such a number, without the zeros before it: ``440``."""
    OLD_NUMBER = "old_number"
    """A file number of an old archive, ``哈困000001``, or its tail; as `number_key` makes it."""
    ID_NUMBER = "id_number"
    """Eighteen characters; a number of fifteen in its long form."""
    ID_TAIL = "id_tail"
    """The last four to six characters, reversed, for a range of the reversed column."""
    PHONE = "phone"
    """A whole number, or its beginning from seven digits on."""
    PHONE_TAIL = "phone_tail"
    """The last four to eight digits, reversed."""
    CARD = "card"
    """A whole card number."""
    CARD_TAIL = "card_tail"
    """The last four to eight digits, reversed."""
    NAME = "name"
    """A name or its beginning, in Chinese or in other letters."""
    PINYIN = "pinyin"
    """A name or its beginning in letters: ``lixiumei``."""
    GIVEN_NAME = "given_name"
    """The end of a name, reversed: people say the given name alone."""
    MISSPELT = "misspelt"
    """A name of three or more in Chinese that may have one wrong character."""
    UNIT = "unit"
    """The beginning of the name of a work unit."""
    INITIALS = "initials"
    """The initial letters of a name: ``lxm``."""


@dataclass(frozen=True)
class Guess:
    """One thing a text may be, and the key to look it up with."""

    typed: Typed
    key: str


@dataclass(frozen=True)
class Classified:
    """A typed text in its kept form, and what it may be, the most telling first."""

    text: str
    guesses: tuple[Guess, ...]

    def key(self, typed: Typed) -> str | None:
        """Return the key under which the text may be ``typed``, or `None`."""
        return next((guess.key for guess in self.guesses if guess.typed is typed), None)


def pinyin_column(text: str) -> str:
    """Return letters as they are sought: ``Lǐ Xiùméi`` is ``lixiumei``, ``lü`` is ``lv``."""
    return re.sub("[^a-z]", "", _toneless(normalise(text)))


def classify(text: str) -> Classified:
    """Return what ``text`` may be. It never raises; an empty text may be nothing."""
    kept = normalise(text)
    if kept[:1] in _COMMAND_SIGNS:
        return Classified(kept, (Guess(Typed.COMMAND, kept[1:].strip()),))
    if kept.upper().startswith(_SCAN_MARK):
        return Classified(kept, (Guess(Typed.SCAN, "".join(kept.upper().split())),))
    guesses = [*_numbers(kept), *_digits(kept), *_old_numbers(kept), *_names(kept)]
    return Classified(kept, tuple(dict.fromkeys(guesses)))


_COMMAND_SIGNS: Final = (">", "＞", "》")
"""What the key > gives, with and without a Chinese input method."""
_SCAN_MARK: Final = "BF1:"
_CHECK_CODE: Final = re.compile("([2-9A-HJKMNP-TV-Z]{4})(-?)([2-9A-HJKMNP-TV-Z]{4})")
_PAPER: Final = re.compile(
    r"([^\W\d_]*)[〔\[(（【]((?:19|20)[0-9]{2})[〕\])）】]第?0*([0-9]{1,5})号?"
)
_CASE: Final = re.compile("((?:19|20)[0-9]{2})[-/.年]?0*([0-9]{1,6})号?")
_BOARD: Final = re.compile("([贷求岗荐安])((?:19|20)[0-9]{2})[-/.年]?0*([0-9]{1,6})号?")
_NO_INITIALS: Final = frozenset("iuv")
_LONGEST_INITIALS: Final = 6
_CHINESE: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LONGEST_NAME: Final = 4
_SHORTEST: Final = 4
_LONGEST_NUMBER: Final = 40
_LONGEST_DIGITS: Final = 14
"""More digits are an ID number or a card."""


def _numbers(kept: str) -> list[Guess]:
    """Return the numbers of ours that ``kept`` may be."""
    found: list[Guess] = []
    bare = "".join(kept.upper().split())
    code = _CHECK_CODE.fullmatch(bare)
    if code and (code[2] or (not bare.isdigit() and not bare.isalpha())):
        found.append(Guess(Typed.CHECK_CODE, f"{code[1]}-{code[3]}"))
    paper = _PAPER.fullmatch(bare)
    if paper:
        found.append(Guess(Typed.PAPER_NUMBER, f"{paper[1]}〔{paper[2]}〕第{int(paper[3]):05d}号"))
    case = _CASE.fullmatch(bare)
    if case and len(bare) >= 6:
        found.append(Guess(Typed.NUMBER, f"{case[1]}-{int(case[2]):04d}"))
    board = _BOARD.fullmatch(bare)
    if board:
        found.append(Guess(Typed.BOARD_NUMBER, f"{board[1]}{board[2]}-{int(board[3]):04d}"))
    if re.fullmatch("[0-9]{1,6}", bare):
        found.append(Guess(Typed.NUMBER_TAIL, bare.lstrip("0") or "0"))
    return found


def _digits(kept: str) -> list[Guess]:
    """Return the ID, telephone and card numbers, or their tails, that ``kept`` may be."""
    found: list[Guess] = []
    if not any(sign.isdigit() for sign in kept):
        return found
    number = normalise_id(kept)
    if re.fullmatch("[0-9]{17}[0-9X]", number):
        found.append(Guess(Typed.ID_NUMBER, number))
    elif re.fullmatch("[0-9]{15}", number):
        found.append(Guess(Typed.ID_NUMBER, long_form(number)))
    elif re.fullmatch("[0-9]{3,5}[0-9X]", number):
        found.append(Guess(Typed.ID_TAIL, number[::-1]))
    phone = normalise_phone(kept)
    if re.fullmatch("[0-9]{7,12}|[0-9]{3,4}-[0-9-]{7,14}", phone):
        found.append(Guess(Typed.PHONE, phone))
    card = normalise_card(kept)
    if re.fullmatch("[0-9]{12,19}", card):
        found.append(Guess(Typed.CARD, card))
    if re.fullmatch("[0-9]{4,8}", card):
        found += [Guess(Typed.PHONE_TAIL, card[::-1]), Guess(Typed.CARD_TAIL, card[::-1])]
    return found


def _old_numbers(kept: str) -> list[Guess]:
    """Return the file number of an old archive, or its tail, that ``kept`` may be."""
    key = number_key(kept)
    digits = key[1:].isascii() and key[1:].isdigit()
    if not (_SHORTEST <= len(key) - 1 <= (_LONGEST_DIGITS if digits else _LONGEST_NUMBER)):
        return []
    if not (key[1].isdigit() and key[1].isascii()) or _PAPER.fullmatch("".join(kept.split())):
        return []
    return [Guess(Typed.OLD_NUMBER, key)]


def _names(kept: str) -> list[Guess]:
    """Return the ways in which ``kept`` may be a name."""
    if not kept or any(sign.isdigit() for sign in kept):
        return []
    found: list[Guess] = []
    name = bare_name(kept)
    if name and not any(unicodedata.category(sign)[0] in "PSZC" for sign in name.replace("-", "")):
        found.append(Guess(Typed.NAME, name))
        if _CHINESE.fullmatch(name):
            found += _chinese(name)
    if re.fullmatch("[a-z][a-z '’]*", _toneless(kept)):
        letters = pinyin_column(kept)
        if len(letters) > 1:
            found.append(Guess(Typed.PINYIN, letters))
        if len(letters) <= _LONGEST_INITIALS and not set(letters) & _NO_INITIALS:
            found.append(Guess(Typed.INITIALS, letters))
    return found


def _chinese(name: str) -> list[Guess]:
    """Return what a text in Chinese may be besides the beginning of a name."""
    found: list[Guess] = []
    if len(name) > 1:
        found += [Guess(Typed.GIVEN_NAME, name[::-1]), Guess(Typed.UNIT, name)]
    if 2 < len(name) <= _LONGEST_NAME:
        found.append(Guess(Typed.MISSPELT, name))
    return found


def _toneless(text: str) -> str:
    """Return ``text`` in small letters without tone marks, ü as v."""
    apart = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")

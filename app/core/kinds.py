"""What a field can be. A kind carries the label and the limits; forms, tables, checks, import
columns and papers derive from it."""

from dataclasses import dataclass

from app.core.i18n import N_
from app.core.words import Word


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What every field has: a label (message id), a hint, and whether it is private.

    A private value is masked in lists and in the audit trail; seeing it in the clear is logged.
    """

    label: str
    hint: str = ""
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class Key(Kind):
    """The id of a row in the store; never shown."""

    label: str = N_("Key")


@dataclass(frozen=True, kw_only=True)
class Text(Kind):
    """One line of text."""

    max_length: int = 80
    min_length: int = 0


@dataclass(frozen=True, kw_only=True)
class Name(Text):
    """The name of a person; rare characters are welcome, private-use ones are not."""

    max_length: int = 40


@dataclass(frozen=True, kw_only=True)
class Lines(Kind):
    """Several lines of text."""

    max_length: int = 1000


@dataclass(frozen=True, kw_only=True)
class Secret(Kind):
    """A password or a recovery key: shown as dots, kept nowhere, masked everywhere."""

    private: bool = True
    min_length: int = 0


@dataclass(frozen=True, kw_only=True)
class Amount(Kind):
    """Money, in fen."""

    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Count(Kind):
    """A whole number."""

    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A local date."""

    may_be_future: bool = True


@dataclass(frozen=True, kw_only=True)
class Moment(Kind):
    """An instant in UTC, shown in local time."""


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One word of a closed list: a `Word` class."""

    words: type[Word]


@dataclass(frozen=True, kw_only=True)
class Code(Kind):
    """One word of a dated code list of ``resources/reference/codes`` (``list`` names it)."""

    list: str


@dataclass(frozen=True, kw_only=True)
class ManyCodes(Kind):
    """Several words of a dated code list, each once, in the order they were said."""

    list: str
    at_most: int


@dataclass(frozen=True, kw_only=True)
class ManyChoice(Kind):
    """Several words of a closed list, each once, in the order of the list."""

    words: type[Word]
    at_least: int = 0


@dataclass(frozen=True, kw_only=True)
class Area(Kind):
    """A floor area, in hundredths of a square metre."""

    at_most: int


@dataclass(frozen=True, kw_only=True)
class YesNo(Kind):
    """A yes/no question with the two kinds of unknown (`Answer`)."""


@dataclass(frozen=True, kw_only=True)
class Flag(Kind):
    """A switch of the program: on or off. Facts about people use `YesNo`."""


@dataclass(frozen=True, kw_only=True)
class ResidentId(Kind):
    """A resident ID number (公民身份号码): 18 characters, check digit, a real birth date."""

    private: bool = True


@dataclass(frozen=True, kw_only=True)
class Phone(Kind):
    """A telephone number; mobile numbers have 11 digits."""

    private: bool = True


@dataclass(frozen=True, kw_only=True)
class BankCard(Kind):
    """A bank card or passbook number: 12 to 19 digits; a wrong Luhn digit is a warning."""

    private: bool = True
    luhn: bool = True
    """Whether the last digit checks the others; accounts of organisations (对公账户) have none."""


@dataclass(frozen=True, kw_only=True)
class Many(Kind):
    """A list of records, such as the members of a household."""


@dataclass(frozen=True, kw_only=True)
class Part(Kind):
    """A record inside a record: its own fields carry the labels."""

    label: str = ""

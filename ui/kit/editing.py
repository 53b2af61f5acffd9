"""Which editor a field gets: one table, kind to editor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.kinds import (
    Amount,
    Area,
    BankCard,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Kind,
    Lines,
    ManyChoice,
    ManyCodes,
    Phone,
    ResidentId,
    Secret,
    YesNo,
)
from app.core.record import Field
from ui.kit.choice_editors import ChoiceEditor, FlagEditor, YesNoEditor, word_choices
from ui.kit.codes_editor import CodesEditor
from ui.kit.day_editor import DayEditor, Today, local_today
from ui.kit.editors import Editor, LinesEditor, SecretEditor, TextEditor
from ui.kit.number_editors import (
    AmountEditor,
    AreaEditor,
    BankCardEditor,
    CountEditor,
    PhoneEditor,
    ResidentIdEditor,
)
from ui.kit.words_editor import WordsEditor

Codes = Callable[[str], Sequence[str]]
"""Gives the words of a code list by its name."""


def no_codes(_name: str) -> Sequence[str]:
    """Give no words: the code lists of a form that has none."""
    return ()


@dataclass(frozen=True)
class Context:
    """What editors need to know beside their field: the code lists, and which day it is."""

    codes: Codes = no_codes
    today: Today = local_today


SPANS: Final[dict[type[Kind], int]] = {
    Lines: 12,
    Secret: 4,
    Amount: 3,
    Count: 2,
    Day: 3,
    Choice: 3,
    Code: 3,
    ManyCodes: 12,
    ManyChoice: 12,
    Area: 3,
    YesNo: 4,
    Flag: 4,
    ResidentId: 6,
    Phone: 3,
    BankCard: 5,
}
"""How many of the twelve columns a field takes; every other kind takes 4."""


def make_editor(field: Field, context: Context) -> Editor:
    """Return a new editor for ``field``: what each kind is typed into."""
    match field.kind:
        case Lines():
            return LinesEditor(field)
        case Secret():
            return SecretEditor(field)
        case Amount():
            return AmountEditor(field)
        case Area():
            return AreaEditor(field)
        case ManyCodes(list=name):
            return CodesEditor(field, context.codes(name))
        case ManyChoice():
            return WordsEditor(field)
        case Count():
            return CountEditor(field)
        case Day():
            return DayEditor(field, context.today)
        case Choice(words=words):
            return ChoiceEditor(field, word_choices(words))
        case Code(list=name):
            return ChoiceEditor(field, [(word, word) for word in context.codes(name)])
        case YesNo():
            return YesNoEditor(field)
        case Flag():
            return FlagEditor(field)
        case ResidentId():
            return ResidentIdEditor(field, context.today)
        case Phone():
            return PhoneEditor(field)
        case BankCard():
            return BankCardEditor(field)
        case _:
            return TextEditor(field)

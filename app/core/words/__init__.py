"""The words the center stores: states, steps, roles and codes, one module a noun."""

from enum import StrEnum
from typing import Self

from app.core.i18n import N_, _


class Word(StrEnum):
    """A stored word and its label.

    Written ``ACCEPTED = "accepted", N_("Accepted")``: the first is what the store keeps, for
    good; the second is what people read, translated when shown.
    """

    message: str

    def __new__(cls, value: str, message: str = "") -> Self:
        """Keep the stored word as the value and the message id beside it."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.message = message or value
        return word

    @property
    def label(self) -> str:
        """Return the label in the language in use."""
        return _(self.message)


class Answer(Word):
    """The answer to a yes/no question. Unknown is a value: it is never turned into no."""

    NOT_ASKED = "not_asked", N_("Not asked")
    NOT_KNOWN = "not_known", N_("Asked, not known")
    YES = "yes", N_("Yes")
    NO = "no", N_("No")

    @property
    def known(self) -> bool | None:
        """Return the answer as a three-valued truth: `None` while it is unknown."""
        return {Answer.YES: True, Answer.NO: False}.get(self)

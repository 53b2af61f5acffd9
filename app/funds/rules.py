"""What the center demands of its funds."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class NotEnough(RuleBroken):
    """The fund has less left than the act needs."""

    says = N_(
        "{fund} has {left} yuan left, {needed} yuan are needed. Choose another fund or ask "
        "finance for a further budget."
    )


class Earmarked(RuleBroken):
    """The fund may not pay this measure."""

    says = N_("{fund} may not pay {measure}. Choose another fund.")


class FundTaken(RuleBroken):
    """A fund of this name exists."""

    says = N_("There is a fund of this name already: {name}.")

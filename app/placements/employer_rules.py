"""What the center demands of an employer that hires through it. Pure: no store, no clock."""

from collections.abc import Iterator

from app.core.contact import doubt_uscc
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.placements.employer_records import EmployerForm


class EmployerThere(RuleBroken):
    """A code stands for one employer."""

    says = N_("{uscc} is “{name}”, which is here already. Open that employer.")


class PapersMissing(RuleBroken):
    """Who reports vacancies shows who they are."""

    says = N_(
        "“{employer}” has not shown: {papers}. Enter them with the employer once they were seen; "
        "until then it cannot report vacancies."
    )


class EmployerBarred(RuleBroken):
    """Nobody is sent to an employer on the blacklist."""

    says = N_(
        "“{employer}” is on the blacklist since {day}: {reason}. It offers no posts until a second "
        "person takes it off."
    )


class BarredAlready(RuleBroken):
    """One entry on the blacklist is in force at a time."""

    says = N_("“{employer}” is on the blacklist already, since {day}.")


class BarLifted(RuleBroken):
    """What was taken off the blacklist is not answered or taken off again."""

    says = N_("“{employer}” was taken off the blacklist on {day}.")


class NoObjection(RuleBroken):
    """An answer needs an objection."""

    says = N_("“{employer}” has not objected, so there is nothing to answer.")


class BeforeBar(RuleBroken):
    """What follows the entry on the blacklist is not before it."""

    says = N_("{day} is before {before}, the day it was put on the blacklist. Check the day.")


def problems(form: EmployerForm) -> Iterator[Problem]:
    """Yield what does not fit in a form: a code that does not check and was not compared."""
    doubt = doubt_uscc(form.uscc)
    if doubt is not None and not form.uscc_compared:
        yield doubt


def missing_papers(form: EmployerForm) -> tuple[str, ...]:
    """Return what an employer has not shown yet of what it has to show, as message ids."""
    shown = {
        N_("Business licence"): form.licence_seen_on is not None,
        N_("Letter of introduction"): form.letter_seen_on is not None,
        N_("ID card of the handler"): bool(form.handler and form.handler_id_number),
        N_("Proof of its own county"): bool(form.elsewhere_proof) or not form.from_elsewhere,
    }
    return tuple(paper for paper, seen in shown.items() if not seen)

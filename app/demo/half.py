"""Forms of the demonstration that are not whole: a draft, and what was missing of a household."""

from dataclasses import replace
from typing import Any

from app.cases.records import IntakeForm
from app.core.money import ZERO, Fen
from app.core.words import Answer
from app.households.records import ChangeForm

INCOME, RIGID = Fen(2_400_000), Fen(600_000)
"""What a household turns out to have and to need in a year when it brings its papers."""


def half_typed(form: IntakeForm) -> dict[str, Any]:
    """Return the fields of the intake page as they stand when it was left half-way: field paths
    to texts, the telephone not typed to its end."""
    head = form.household.head
    return {
        "head.id_number": head.id_number,
        "head.name": head.name,
        "head.ethnicity": head.ethnicity or "",
        "head.phone": head.phone[:7],
        "head.union_member": str(head.union_member),
        "head.work_unit": head.work_unit,
        "members": [
            {"relation": member.relation or "", "name": member.name, "id_number": member.id_number}
            for member in form.household.members[:1]
        ],
        "application.items": list(form.application.items),
        "application.papers_handed_in": list(form.application.papers_handed_in[:1]),
    }


def with_papers(change: ChangeForm) -> ChangeForm:
    """Return a household's file with what its papers now say: its money, no dibao, and that
    nothing excludes it."""
    household = change.household
    income: Any = household.income  # records are dataclasses, which their base cannot say
    expenditure: Any = household.expenditure
    members: Any = household.members
    employment: Any = household.employment
    declaration: Any = household.declaration
    whole: Any = household
    known: Any = change
    return replace(
        known,
        household=replace(
            whole,
            income=replace(
                income,
                income_12_months=_or(income.income_12_months, INCOME),
                receives_dibao=Answer.NO,
            ),
            expenditure=replace(
                expenditure,
                rigid_expenditure_12_months=_or(expenditure.rigid_expenditure_12_months, RIGID),
                accident_loss_12_months=_or(expenditure.accident_loss_12_months, ZERO),
            ),
            members=tuple(
                replace(each, monthly_income=_or(each.monthly_income, ZERO)) for each in members
            ),
            employment=replace(employment, monthly_income=_or(employment.monthly_income, ZERO)),
            declaration=replace(declaration, declared=True),
        ),
    )


def _or(known: Fen | None, proved: Fen) -> Fen:
    return proved if known is None else known

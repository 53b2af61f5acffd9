"""How vacancies, employers, the blacklist and those who were sent read in lists."""

from app.core.i18n import _
from app.core.words.placements import (
    BarState,
    PayUnit,
    Proof,
    ReferralState,
    VacancyState,
)
from app.placements.employer_records import BarRow, EmployerRow
from app.placements.placement_records import PlacementRow
from app.placements.referral_records import ReferralRow
from app.placements.vacancy_records import VacancyPlacementRow, VacancyReferralRow, VacancyRow
from ui.job_looks import PLACEMENTS, REFERRALS, pay_range
from ui.kit.cells import Cell, joined

# Vacancies


def pay_words(row: VacancyRow) -> str:
    """Return what a vacancy pays, and for what."""
    says = {
        PayUnit.MONTH: _("{pay} yuan a month"),
        PayUnit.DAY: _("{pay} yuan a day"),
        PayUnit.HOUR: _("{pay} yuan an hour"),
        PayUnit.PIECE: _("{pay} yuan a piece"),
    }[row.pay_unit]
    return says.format(pay=pay_range(row.wage_from, row.wage_to))


def standing(row: VacancyRow) -> tuple[str, str, str]:
    """Return where a vacancy stands: word, icon and tone."""
    if row.state is VacancyState.WITHDRAWN:
        return row.state.label, "undo-2", ""
    if row.state is VacancyState.FILLED:
        return row.state.label, "circle-check", "ok"
    if row.barred:
        return _("Employer on the blacklist"), "ban", "bad"
    if row.expired:
        return _("Run out"), "clock", "wait"
    if row.stale:
        return _("To be confirmed"), "triangle-alert", "wait"
    return row.state.label, "circle-dot", "accent"


def vacancy_cell(row: VacancyRow) -> Cell:
    """Return what is to be done and where; what is not offered now is soft."""
    kind = _("Public-welfare post") if row.public_welfare else ""
    tone = "" if row.offered else "text_soft"
    return Cell(row.occupation, joined(row.employer, kind), bold=row.offered, tone=tone)


def pay_cell(row: VacancyRow) -> Cell:
    """Return pay and place."""
    second = joined(row.pay_unit.label, row.district or "")
    pay = pay_range(row.wage_from, row.wage_to)
    return Cell(pay, second, tone="" if row.offered else "text_soft")


def posts_cell(row: VacancyRow) -> Cell:
    """Return how many posts are free of how many."""
    sent = _("{count} sent").format(count=row.referred) if row.referred else ""
    tone = "" if row.offered else "text_soft"
    return Cell(f"{row.free_posts} / {row.heads}", sent, tone=tone)


def standing_cell(row: VacancyRow) -> Cell:
    """Return where a vacancy stands, and until when."""
    words, icon, tone = standing(row)
    if row.state is not VacancyState.OPEN:
        return Cell(words, icon=icon, tone=tone)
    if row.stale:
        said = _("confirmed {day}").format(day=row.confirmed_on.isoformat())
        return Cell(words, said, icon=icon, tone=tone)
    return Cell(words, _("until {day}").format(day=row.valid_until), icon=icon, tone=tone)


def referral_cell(row: VacancyReferralRow | ReferralRow) -> Cell:
    """Return who was sent, by which letter."""
    return Cell(row.name, row.number, bold=True)


def result_cell(row: VacancyReferralRow | ReferralRow) -> Cell:
    """Return what came of a letter."""
    icon, tone = REFERRALS[row.state]
    if row.overdue:
        says = _("due {day}").format(day=row.due_on.isoformat())
        return Cell(_("Slip overdue"), says, icon="circle-x", tone="bad", second_tone="bad")
    if row.state is ReferralState.ISSUED:
        second = _("due {day}").format(day=row.due_on.isoformat())
    else:
        day = row.result_on.isoformat() if row.result_on else ""
        second = joined(row.reason.label if row.reason else "", day)
    return Cell(row.state.label, second, icon=icon, tone=tone)


def hired_cell(row: VacancyPlacementRow | PlacementRow) -> Cell:
    """Return who was hired."""
    return Cell(row.name, row.number, bold=True)


def since_cell(row: VacancyPlacementRow | PlacementRow) -> Cell:
    """Return since when somebody works there, and until when at most."""
    last = row.left_on or row.ends_on
    return Cell(
        _("since {day}").format(day=row.started_on.isoformat()),
        _("until {day}").format(day=last.isoformat()) if last else "",
    )


def place_cell(row: VacancyPlacementRow | PlacementRow) -> Cell:
    """Return whether somebody is still there, and what shows it."""
    icon, tone = PLACEMENTS[row.state]
    shown = row.proof not in (Proof.NOT_SHOWN, Proof.PRESUMED)
    second_tone = "" if shown else "wait"
    return Cell(row.state.label, row.proof.label, icon=icon, tone=tone, second_tone=second_tone)


# Employers


def employer_cell(row: EmployerRow) -> Cell:
    """Return what an employer is called."""
    return Cell(row.name, joined(row.uscc, row.district or ""), bold=not row.barred)


def hiring_cell(row: EmployerRow) -> Cell:
    """Return how many it looks for."""
    if not row.vacancies:
        return Cell(_("No open vacancy"), tone="text_soft")
    posts = _("{count} posts free").format(count=row.free_posts)
    return Cell(_("{count} vacancies").format(count=row.vacancies), posts)


def employer_standing(row: EmployerRow) -> tuple[str, str, str]:
    """Return whether an employer may report vacancies: word, icon and tone."""
    if row.barred:
        return BarState.IN_FORCE.label, "ban", "bad"
    if row.missing:
        return _("Papers missing"), "triangle-alert", "wait"
    return _("Papers complete"), "circle-check", "ok"


def employer_standing_cell(row: EmployerRow) -> Cell:
    """Return what keeps an employer from hiring, or what it has to say again."""
    words, icon, tone = employer_standing(row)
    second = _("{count} to be confirmed").format(count=row.stale) if row.stale else ""
    if row.missing and not row.barred:
        second = "、".join(row.missing)
    second_tone = "wait" if second else ""
    return Cell(words, second, icon=icon, tone=tone, second_tone=second_tone)


# The blacklist


def bar_standing(row: BarRow) -> tuple[str, str, str]:
    """Return where an entry stands: word, icon and tone."""
    if row.unanswered:
        return _("Objection to decide"), "messages-square", "wait"
    if row.state is BarState.LIFTED:
        return row.state.label, "undo-2", ""
    return row.state.label, "ban", "bad"


def bar_cell(row: BarRow) -> Cell:
    """Return who is barred, and why."""
    return Cell(row.employer, row.reason, bold=row.state is BarState.IN_FORCE)


def bar_state_cell(row: BarRow) -> Cell:
    """Return where an entry stands, and since when."""
    words, icon, tone = bar_standing(row)
    day = row.lifted_on or (row.objected_on if row.unanswered else None) or row.barred_on
    return Cell(words, day.isoformat(), icon=icon, tone=tone)

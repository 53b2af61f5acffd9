"""Writes a report as other programs read it: Chinese keys whatever language people use.

Money is in fen. More keys may be added; those of the exchange formats stay.
"""

from collections.abc import Callable
from typing import Any, Final

from app.core.i18n import DEFAULT_LANGUAGE, catalogue
from app.core.record import Record, only, values
from app.core.words.filing import ExitOutcome
from app.loans.portfolio_records import AgeingView
from app.reports.cutting import UNKNOWN_LABEL, label
from app.reports.lent import loan_label
from app.reports.lent_records import LoanCut
from app.reports.placed import placed_label
from app.reports.placed_records import PlacedCut
from app.reports.records import Cut, Figures, FundMoves, PlanRow, Report

NAMES: Final = {
    Cut.ITEM: "by_item",
    Cut.SOURCE: "by_fund",
    Cut.FUND: "by_single_fund",
    Cut.AREA: "by_area",
    Cut.DISTRICT: "by_district",
    Cut.CATEGORY: "by_category",
    Cut.CAUSE: "by_cause",
    Cut.WAY: "by_way",
    Cut.MONTH: "by_month",
}


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as plain data; rows without a payment are left out, months never."""
    chinese = catalogue(DEFAULT_LANGUAGE)

    def said(message: str) -> str:
        return chinese.get(message, message)

    return {
        **_period(report),
        "center": report.center,
        "as_of": report.as_of.isoformat(),
        "relief": _relief(report, said),
        "funds": [_fund(fund, said) for fund in report.funds],
        "files": {
            **_plain(report.files, "by_reason", "by_category"),
            "by_reason": {
                said(ExitOutcome(each.key).message): each.count for each in report.files.by_reason
            },
            "by_category": {
                each.key or said(UNKNOWN_LABEL): each.count for each in report.files.by_category
            },
        },
        "cases": {
            **_plain(report.cases, "working_days"),
            "mean_working_days": report.cases.mean_days,
        },
        "plan": {said(row.item.message): _plan(row) for row in report.plan},
        "placements": _placements(report, said),
        "loans": _loans(report, said),
    }


def _period(report: Report) -> dict[str, Any]:
    asked = report.asked
    period: dict[str, Any] = {"first": asked.first.isoformat(), "last": asked.last.isoformat()}
    if asked.year is not None:
        return {"year": asked.year, **period}
    if len(report.rows(Cut.MONTH)) == 1:
        return {"month": report.rows(Cut.MONTH)[0].key, **period}
    return period


def _relief(report: Report, said: Callable[[str], str]) -> dict[str, Any]:
    funds = {row.key: row.label for row in report.rows(Cut.FUND)}
    told: dict[str, Any] = {
        **_figures(report.relief),
        "without_file": _figures(report.without_file),
    }
    for cut, name in NAMES.items():
        rows = report.rows(cut)
        if cut is Cut.MONTH:
            told[name] = [{"month": row.key, **_figures(row)} for row in rows]
        else:
            told[name] = {label(cut, row.key, funds, said): _figures(row) for row in rows}
    return told


def _figures(row: Figures) -> dict[str, int]:
    return {
        "person_times": row.person_times,
        "people": row.people,
        "households": row.households,
        "fen": row.fen,
    }


def _fund(fund: FundMoves, said: Callable[[str], str]) -> dict[str, Any]:
    return {**_plain(fund, "id", "source"), "source": said(fund.source.message)}


def _plan(row: PlanRow) -> dict[str, Any]:
    return _plain(row, "id", "version", "item")


def _loans(report: Report, said: Callable[[str], str]) -> dict[str, Any]:
    loans = report.loans
    told: dict[str, Any] = {
        **values(loans.lent),
        "repaid": values(loans.repaid),
        "compensated": values(loans.compensated),
        "recovered": values(loans.recovered),
        "written_off": values(loans.written_off),
        "portfolio_at_risk": _at_risk(loans.ageing),
    }
    for cut in (LoanCut.KIND, LoanCut.DISTRICT, LoanCut.BANK):
        told[f"by_{cut.value}"] = {
            loan_label(cut, row.key, said): _plain(row, "key", "label") for row in loans.rows(cut)
        }
    told["by_month"] = [
        {"month": row.key, **_plain(row, "key", "label")} for row in loans.rows(LoanCut.MONTH)
    ]
    return told


def _at_risk(view: AgeingView | None) -> dict[str, Any] | None:
    """Return what was late on the last day of a year; of another period, or of one district,
    nothing."""
    if view is None:
        return None
    return {
        "as_of": view.as_of.isoformat(),
        **only(view, {"loans", "outstanding", "recorded"}),
        "late_for_more_than": [values(row) for row in view.risk],
    }


def _placements(report: Report, said: Callable[[str], str]) -> dict[str, Any]:
    placed = report.placements
    told = _plain(placed, "cuts", "stayed")
    told["stayed"] = [{**values(row), "unknown": row.unknown} for row in placed.stayed]
    for cut in (PlacedCut.GROUP, PlacedCut.DISTRICT, PlacedCut.EMPLOYER):
        told[f"by_{cut.value}"] = {
            placed_label(cut, row.key, said): _plain(row, "key", "label")
            for row in placed.rows(cut)
        }
    told["by_month"] = [
        {"month": row.key, **_plain(row, "key", "label")} for row in placed.rows(PlacedCut.MONTH)
    ]
    return told


def _plain(record: Record, *without: str) -> dict[str, Any]:
    return {name: value for name, value in values(record).items() if name not in without}

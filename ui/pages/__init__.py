"""The screens, one module a noun. Pages do not import pages: they name where to go.

`SCREENS` is the one list of them. A page class is loaded when it is first opened.
"""

from dataclasses import dataclass
from typing import Final

from app.core.i18n import N_


@dataclass(frozen=True)
class Screen:
    """A page as the frame knows it before it is loaded.

    ``at`` is ``module:Class`` below ``ui.pages``. ``key`` is the digit or letter of its area on
    the rail (with Ctrl); a screen without one belongs to the rail item ``area``. ``needs`` is the
    stored word of the `Permission` without which it is not offered.
    """

    name: str
    title: str
    icon: str
    at: str
    key: str = ""
    area: str = ""
    needs: str = ""


SCREENS: Final[tuple[Screen, ...]] = (
    Screen("workbench", N_("Workbench"), "layout-dashboard", "workbench:WorkbenchPage", "1"),
    Screen("intake", N_("Intake"), "user-round-plus", "intake:IntakePage", "2",
           needs="register_households"),
    Screen("cases", N_("Cases"), "folder-open", "cases:CasesPage", "3", needs="read_cases"),
    Screen("approval", N_("Approvals"), "stamp", "approval:ApprovalPage", "4",
           needs="approve_awards"),
    Screen("batches", N_("Disbursement"), "banknote", "batches:BatchesPage", "5",
           needs="read_batches"),
    Screen("lists", N_("Lists"), "clipboard-list", "lists:ListsPage", "M", needs="read_awards"),
    Screen("loans", N_("Loans"), "hand-coins", "loans:LoansPage", "6", needs="read_loans"),
    Screen("jobs", N_("Employment"), "briefcase-business", "jobs:JobsPage", "7",
           needs="read_jobs"),
    Screen("vacancies", N_("Recruiting"), "building-2", "vacancies:VacanciesPage", "J",
           needs="read_jobs"),
    Screen("training", N_("Training"), "graduation-cap", "training:TrainingPage", "P",
           needs="read_jobs"),
    Screen("services", N_("Services"), "list-checks", "services:ServicesPage", "T",
           needs="read_cases"),
    Screen("filing", N_("Notices and reviews"), "calendar-clock", "filing:FilingPage", "G",
           needs="read_cases"),
    Screen("papers", N_("Papers"), "scroll-text", "papers:PapersPage", "8", needs="read_papers"),
    Screen("reports", N_("Reports"), "chart-column", "reports:ReportsPage", "R",
           needs="read_reports"),
    Screen("imports", N_("Import"), "folder-input", "imports:ImportsPage", "9",
           needs="import_archive"),
    Screen("household", N_("Household file"), "users", "household:HouseholdPage", area="cases",
           needs="read_households"),
    Screen("duplicates", N_("Duplicates"), "users", "duplicates:DuplicatesPage", area="cases",
           needs="read_households"),
    Screen("regroup", N_("Members of the household"), "users-round", "regroup:RegroupPage",
           area="cases", needs="register_households"),
    Screen("assessment", N_("Assessment"), "calculator", "assessment:AssessmentPage",
           area="cases", needs="assess"),
    Screen("award", N_("Award proposal"), "hand-coins", "award:AwardPage", area="cases",
           needs="propose_awards"),
    Screen("funds", N_("Funds"), "coins", "funds:FundsPage", area="batches", needs="read_funds"),
    Screen("guarantees", N_("Guarantee fund"), "shield-check", "guarantees:GuaranteesPage",
           area="loans", needs="read_loans"),
    Screen("settings", N_("Settings"), "settings", "settings:SettingsPage", area="settings"),
    Screen("values", N_("Center values"), "book-open", "values:ValuesPage", area="settings",
           needs="read_center"),
    Screen("staff", N_("Staff"), "users-round", "staff:StaffPage", area="settings",
           needs="read_staff"),
    Screen("backups", N_("Backups"), "database-backup", "backups:BackupsPage", area="settings",
           needs="keep_backups"),
    Screen("audit", N_("Audit trail"), "shield-check", "audit:AuditPage", area="settings",
           needs="read_audit"),
)  # fmt: skip
"""Every screen: areas in the order of the rail, then the screens that belong to one."""

"""The loan of the tour: from the enquiry to the money, one repayment, and when it goes wrong."""

import tomllib
from collections.abc import Mapping
from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from app.core.assets import resource
from app.core.words.loans import LoanEventKind
from app.core.words.papers import PaperKind
from ui.kit.menus import Menu
from ui.pages.loans import LoansPage
from ui.pages.loans.detail import MONEY, SIDES
from ui.tour import Guide

LOAN: Final[dict[str, Any]] = tomllib.loads(
    resource("demo", "story_loan.toml").read_text(encoding="utf-8")
)
"""What is typed."""


def lend(guide: Guide) -> None:
    """The loan officer takes an enquiry to the money; the committee guarantees in between."""
    driver = guide.become("sun")
    driver.open("loans")
    guide.picture("loans")
    guide.in_other_looks("loans")
    driver.press("act_new_loan")
    fill(guide, LOAN["enquiry"], "loan-enquiry")
    guide.job["loan_id"] = driver.loans_of(LOAN["enquiry"]["name"])[0]
    step(guide, LOAN["answers"], "loan-eligibility")
    step(guide, LOAN["recommended"], "loan-recommendation")
    step(guide, LOAN["surveyed"], "loan-survey")
    for kind in (PaperKind.LOAN_RECOMMENDATION, PaperKind.LOAN_SURVEY):
        issue(guide, kind)
    guide.become("zhao").open("loans", guide.job["loan_id"])
    step(guide, LOAN["guaranteed"], "loan-guarantee")
    guide.become("sun").open("loans", guide.job["loan_id"])
    issue(guide, PaperKind.GUARANTEE_COMMITMENT)
    page(guide).detail.choose(SIDES)
    driver.press("act_side")
    fill(guide, LOAN["guarantor"], "loan-guarantor")
    step(guide, LOAN["signed"], "loan-counter-guarantee")
    step(guide, LOAN["approved"], "loan-bank")
    step(guide, LOAN["lent"], "loan-lending")
    guide.picture("loan-plan")
    issue(guide, PaperKind.REPAYMENT_PLAN)


def go_wrong(guide: Guide) -> None:
    """A borrower who is long overdue is warned and pays a little; then the fund pays the bank, and
    gets the first of it back. Each of these is confirmed by the supervisor."""
    driver = guide.driver
    loans = driver.loans_of(LOAN["overdue"])
    guide.job["overdue_loan_id"] = loans[0]
    driver.open("loans", loans[0])
    guide.picture("loan-overdue")
    issue(guide, PaperKind.OVERDUE_NOTICE)
    step(guide, LOAN["repaid"], "loan-repayment")
    issue(guide, PaperKind.REPAYMENT_RECEIPT)
    choose(page(guide).more(), LoanEventKind.COMPENSATED.label)
    driver.rest()
    fill(guide, LOAN["compensated"], "loan-compensation")
    confirm(guide, "loan-compensated")
    step(guide, LOAN["recovered"], "loan-recovery")
    confirm(guide, "loan-recovered")


def page(guide: Guide) -> LoansPage:
    """Return the loan desk in sight."""
    return cast("LoansPage", guide.driver.page)


def step(guide: Guide, typed: Mapping[str, str], picture: str) -> None:
    """Take the next step of the loan in sight."""
    guide.driver.key("F9")
    fill(guide, typed, picture)


def fill(guide: Guide, typed: Mapping[str, str], picture: str) -> None:
    """Fill the form beside the list, keep a picture of it, and send it."""
    driver = guide.driver
    pane = driver.find(QWidget, "loan_form_pane")
    for name, value in typed.items():
        driver.fill(name, value, pane)
    driver.rest()
    guide.picture(picture)
    driver.press("act_send_form")


def confirm(guide: Guide, picture: str) -> None:
    """Let the supervisor confirm what waits, and look at what became of the loan."""
    for user in ("zhao", "sun"):
        driver = guide.become(user)
        driver.open("loans", guide.job["overdue_loan_id"])
        page(guide).detail.choose(MONEY)
        driver.rest()
        if user == "zhao":
            guide.picture(f"{picture}-to-confirm")
            driver.key("F9")
            guide.picture(picture)


def issue(guide: Guide, kind: PaperKind) -> None:
    """Issue a paper of the loan in sight, look at it in the register, and come back."""
    driver, view = guide.driver, page(guide)
    menu = view.papers()
    if menu is not None:
        choose(menu, kind.label)
    driver.until(lambda: driver.page.name == "papers")
    driver.rest()
    guide.picture(f"papers-{kind.value}")
    driver.open("loans")


def choose(menu: Menu, words: str) -> None:
    """Choose the entry of a menu that begins with words."""
    next(entry for entry in menu.actions() if entry.text().startswith(words)).trigger()

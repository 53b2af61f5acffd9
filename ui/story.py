"""What happens on the tour, chapter by chapter: the main job with a person of each role."""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.core.assets import resource
from app.core.i18n import _
from app.core.words.papers import PaperKind
from app.demo.bank import answer
from app.demo.scans import samples
from ui.kit.table import RecordTable
from ui.tour import BANK, Guide

STORY: Final[dict[str, Any]] = tomllib.loads(
    resource("demo", "story.toml").read_text(encoding="utf-8")
)
"""What is typed on the tour."""
SCANS: Final = "scans"
"""Where the papers lie that the household brings."""


def arrive(guide: Guide) -> None:
    """The first start, then the sign-in of the demonstration center."""
    guide.program.begin(None)
    first = guide.program.window
    if first is not None:
        guide.picture("first-start", first, title=_("First start"))
    guide.make_store()
    guide.program.begin(guide.store)
    gate = guide.program.gate
    if gate is not None:
        guide.picture("sign-in", gate, title=_("Sign in"))


def take_in(guide: Guide) -> None:
    """The caseworker takes a household in and gives the receipt."""
    driver = guide.become("wang")
    driver.open("workbench")
    guide.picture("workbench")
    guide.in_other_looks("workbench")
    driver.open("intake", "new")
    for name, value in STORY["fields"].items():
        if name == STORY["members_before"]:
            driver.press("members_add")
            for cell, typed in STORY["member"].items():
                driver.fill(cell, typed)
        driver.fill(name, value)
    driver.fill("application.items.living_relief", "")
    for place in range(3):
        driver.fill(f"application.papers_handed_in.{place}", "")
    driver.fill("declaration.declared", "")
    hand_in(guide)
    driver.settle()
    guide.picture("intake-end")
    driver.show_field("head.id_number")
    guide.picture("intake")
    guide.in_other_looks("intake")
    driver.press("act_accept")
    driver.until(lambda: driver.page.name == "household")
    driver.rest()
    guide.job["name"] = STORY["name"]
    guide.picture("household")


def hand_in(guide: Guide) -> None:
    """The caseworker takes in the household's papers and says what each of them is."""
    driver, scans = guide.driver, guide.out / SCANS
    scans.mkdir()
    for kind, file in samples().items():
        scan = scans / file.name
        scan.write_bytes(file.content)
        guide.asking.file = scan
        driver.press("act_choose")
        driver.until(lambda: driver.find(QWidget, "tag_panel").isVisible())
        driver.fill("kind", kind)
        driver.press("act_save_tags")
    guide.asking.file = guide.out / BANK


def look_up(guide: Guide) -> None:
    """The box finds her by the tail of her telephone."""
    driver = guide.driver
    driver.search(STORY["phone_tail"])
    guide.picture("search", title=_("Search"))
    driver.search("")
    driver.open("cases")
    guide.picture("cases")
    driver.open("filing", "notices")
    guide.picture("notices")
    driver.open("household", ("steps", guide.driver.household_of(STORY["name"])))
    driver.press("begin_notice")
    guide.picture("filing-steps")
    guide.in_other_looks("filing-steps")


def put_on_file(guide: Guide) -> None:
    """The supervisor, another person, puts the household on file."""
    household = guide.driver.household_of(STORY["name"])
    guide.job["household_id"] = household
    driver = guide.become("zhao")
    driver.open("workbench")
    guide.picture("workbench-supervisor")
    driver.open("household", household)
    guide.picture("filing")
    driver.press("act_file_case")
    guide.picture("household-on-file")


def show_why(guide: Guide) -> None:
    """The caseworker shows what is possible and what is missing, tries what the missing paper
    would change, and gives the papers to take home."""
    driver = guide.become("wang")
    driver.open("assessment", guide.job["household_id"])
    guide.picture("assessment")
    guide.in_other_looks("assessment")
    driver.choose_answer(STORY["missing"])
    guide.picture("assessment-missing")
    driver.press("act_try")
    driver.fill(*STORY["tried"])
    driver.rest()
    guide.picture("assessment-trial")
    driver.press("act_try")
    for kind in (PaperKind.REASON_SHEET, PaperKind.MISSING_NOTICE):
        driver.open("assessment", guide.job["household_id"])
        driver.key("F12")
        dialog = driver.find(QDialog, "paper_dialog", driver.window.window())
        driver.fill("segments_paper", kind.label, dialog)
        driver.press("confirm", dialog)
        show_paper(guide, kind)
    driver.open("assessment", guide.job["household_id"])
    driver.choose_answer(STORY["referral"])
    driver.press("act_next")
    show_paper(guide, PaperKind.REFERRAL_SLIP)


def show_paper(guide: Guide, kind: PaperKind) -> None:
    """Wait for the paper in the register."""
    guide.driver.until(lambda: guide.driver.page.name == "papers")
    guide.driver.settle()
    guide.picture(f"papers-{kind.value}")


def propose(guide: Guide) -> None:
    """The caseworker proposes relief."""
    driver = guide.become("wang")
    driver.open("assessment", guide.job["household_id"])
    driver.choose_answer(STORY["grant"])
    driver.press("act_next")
    driver.until(lambda: driver.page.name == "award")
    driver.rest()
    driver.fill("amount", STORY["amount"])
    driver.fill("fund_id", str(date.today().year))  # noqa: DTZ011 - funds are named by the local year
    driver.fill("opinion", STORY["proposer_says"])
    guide.picture("award")
    driver.press("act_propose_award")
    guide.job["award_id"] = driver.newest_award(guide.job["household_id"])


def approve(guide: Guide) -> None:
    """The supervisor sees what it rests on and approves."""
    driver = guide.become("zhao")
    driver.open("approval", guide.job["award_id"])
    guide.picture("approval")
    guide.in_other_looks("approval")
    driver.find(QPlainTextEdit, "opinion").setPlainText(STORY["approver_says"])
    driver.press("act_approve")
    guide.picture("approval-next")
    driver.key("F12")
    driver.until(lambda: driver.page.name == "papers")
    driver.settle()
    guide.picture("papers-approval-form")


def pay(guide: Guide) -> None:
    """Finance puts a batch together, freezes it, sends it and takes the bank's answer in."""
    driver = guide.become("qian")
    driver.open("funds")
    guide.picture("funds")
    driver.open("batches")
    driver.press("act_new_batch")
    guide.picture("batch-choose")
    driver.press("act_open_batch")
    guide.picture("batch")
    driver.press("act_freeze")
    driver.press("act_send_to_bank")
    guide.picture("batch-sent")
    batch_id = driver.newest_batch()
    guide.job["batch_id"] = batch_id
    office = guide.program.office
    if office is not None:
        data = answer(office, driver.window.desk.actor, batch_id, {2: STORY["bank_refuses"]})
        result = guide.out / BANK / f"{STORY['result_file']}.txt"
        result.write_bytes(data)
        guide.asking.file = result
    driver.press("act_take_result")
    guide.picture("batch-result")
    driver.press("act_payment_list")


def print_papers(guide: Guide) -> None:
    """The certificate is issued; the register shows every paper."""
    driver = guide.become("wang")
    driver.open("household", guide.job["household_id"])
    driver.fill("purpose", STORY["purpose"])
    driver.press("act_issue_certificate")
    driver.open("papers")
    driver.find(RecordTable, "table_papers").select(0)
    driver.rest()
    driver.settle()
    guide.picture("papers")
    guide.keep_papers()


def look_after(guide: Guide) -> None:
    """Administrator and auditor: staff, center values, settings, the trail; then the lock."""
    driver = guide.become("admin")
    for page in ("workbench", "staff", "values", "settings"):
        driver.open(page)
        guide.picture("workbench-administrator" if page == "workbench" else page)
    driver.open("backups")
    driver.press("act_back_up")
    driver.rest()
    guide.picture("backups")
    driver = guide.become("zhou")
    driver.open("audit")
    guide.picture("audit")
    guide.keep_job()
    gate = guide.program.gate
    if gate is not None:
        gate.lock()
        guide.picture("lock", gate, title=_("Locked"))


CHAPTERS: Final[tuple[Callable[[Guide], None], ...]] = (
    arrive,
    take_in,
    look_up,
    put_on_file,
    show_why,
    propose,
    approve,
    pay,
    print_papers,
    look_after,
)

"""What happens on the tour, chapter by chapter: the main job with a person of each role."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, cast

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QWidget

from app.core.assets import resource
from app.core.i18n import _
from app.core.words.papers import PaperKind
from app.demo.bank import answer
from app.demo.old_archive import old_archive
from app.demo.scans import samples
from ui.kit.buttons import IconButton
from ui.kit.table import RecordTable
from ui.pages.imports.job import ProblemRow
from ui.story_jobs import hire, recognise
from ui.story_loans import go_wrong, lend
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
    guide.become("wang")
    guide.job["award_id"] = propose_for(guide, guide.job["household_id"], STORY["amount"], "award")


def propose_for(guide: Guide, household_id: int, amount: str, picture: str) -> int:
    """Propose living relief for a household from its assessment; return the award."""
    driver = guide.driver
    driver.open("assessment", household_id)
    driver.choose_answer(STORY["grant"])
    driver.press("act_next")
    driver.until(lambda: driver.page.name == "award")
    driver.rest()
    driver.fill("amount", amount)
    driver.fill("fund_id", str(date.today().year))  # noqa: DTZ011 - funds are named by the local year
    driver.fill("opinion", STORY["proposer_says"])
    guide.picture(picture)
    driver.press("act_propose_award")
    return driver.newest_award(household_id)


def approve(guide: Guide) -> None:
    """The supervisor sees what it rests on and approves."""
    driver = guide.become("zhao")
    driver.open("approval", guide.job["award_id"])
    guide.picture("approval")
    guide.in_other_looks("approval")
    approve_opened(guide)
    guide.picture("approval-next")
    driver.key("F12")
    driver.until(lambda: driver.page.name == "papers")
    driver.settle()
    guide.picture("papers-approval-form")


def approve_opened(guide: Guide) -> None:
    """Approve the award in sight."""
    guide.driver.find(QPlainTextEdit, "opinion").setPlainText(STORY["approver_says"])
    guide.driver.press("act_approve")


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
    guide.job["batch_id"] = driver.newest_batch()
    take_result(guide, {2: STORY["bank_refuses"]})
    guide.picture("batch-result")
    driver.press("act_payment_list")


def take_result(guide: Guide, refused: Mapping[int, str]) -> None:
    """Let the bank answer the newest batch, and take its answer in."""
    driver, office = guide.driver, guide.program.office
    if office is not None:
        batch_id = driver.newest_batch()
        result = guide.out / BANK / f"{STORY['result_file']}{batch_id}.txt"
        result.write_bytes(answer(office, driver.window.desk.actor, batch_id, refused))
        guide.asking.file = result
    driver.press("act_take_result")


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


def bring_in(guide: Guide) -> None:
    """An old archive comes in: mended in place, one file completed, one household left out."""
    driver, told = guide.become("wang"), STORY["imported"]
    old = guide.out / f"{told['file']}.xlsx"
    today = date.today()  # noqa: DTZ011 - of this PC, as at the counter
    old.write_bytes(old_archive(STORY["name"], STORY["fields"]["head.id_number"], today))
    guide.asking.file = old
    driver.open("imports")
    driver.press("act_open_workbook")
    guide.picture("imports")
    guide.in_other_looks("imports")
    problems = cast("RecordTable[ProblemRow]", driver.find(RecordTable, "table_problems"))
    for column, act, value in told["mended"]:
        problems.select_where(partial(_is_of, column))
        driver.rest()
        driver.fill("mend_value", value)
        driver.press(act)
    guide.picture("imports-mended")
    driver.fill("segments_kinds", told["on_file"])
    driver.rest()
    driver.fill("segments_decision", told["decision"])
    driver.rest()
    guide.picture("imports-decided")
    driver.press("act_import")
    guide.picture("imports-done")


def _is_of(column: str, row: ProblemRow) -> bool:
    return row.column == column


def help_imported(guide: Guide) -> None:
    """The main job on an imported household: found by its old number, assessed, paid, on paper."""
    driver, told = guide.driver, STORY["imported"]
    driver.search(told["number"])
    guide.picture("imported-search")
    household_id = driver.household_of(told["number"])
    driver.search("")
    driver.open("household", household_id)
    guide.picture("imported-household")
    driver.press("act_apply")
    driver.until(lambda: driver.page.name == "intake")
    driver.rest()
    for name, value in told["fields"].items():
        driver.fill(name, value)
    driver.settle()
    guide.picture("imported-intake")
    driver.press("act_accept")
    driver.until(lambda: driver.page.name == "household")
    driver.rest()
    guide.become("zhao").open("household", household_id)
    driver.press("act_file_case")
    guide.become("wang").open("assessment", household_id)
    guide.picture("imported-assessment")
    award_id = propose_for(guide, household_id, told["amount"], "imported-award")
    guide.become("zhao").open("approval", award_id)
    guide.picture("imported-approval")
    approve_opened(guide)
    driver.key("F12")
    show_paper(guide, PaperKind.APPROVAL_FORM)
    guide.become("qian").open("batches")
    for act in ("act_new_batch", "act_open_batch", "act_freeze", "act_send_to_bank"):
        driver.press(act)
    take_result(guide, {})
    guide.picture("imported-result")
    driver.press("act_payment_list")
    driver.until(lambda: driver.page.name == "papers")
    driver.settle()
    guide.picture("imported-paper")
    guide.job["imported"] = {"household_id": household_id, "award_id": award_id}


def tell_the_year(guide: Guide) -> None:
    """The supervisor looks at what the year came to: tables, what stands behind, charts."""
    driver = guide.become("zhao")
    driver.open("reports")
    guide.picture("reports")
    driver.press("act_all_payments")
    guide.picture("reports-payments")
    driver.find(IconButton, "close_rows").click()
    driver.fill("segments_section", _("Charts"))
    driver.rest()
    guide.picture("reports-charts")
    guide.in_other_looks("reports-charts")
    area = driver.find(QScrollArea, "charts_area")
    below = area.verticalScrollBar()
    for part in range(1, 4):
        below.setValue(below.maximum() * part // 3)
        driver.rest()
        guide.picture(f"reports-charts-{part}")


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
    lend,
    go_wrong,
    hire,
    recognise,
    print_papers,
    bring_in,
    help_imported,
    tell_the_year,
    look_after,
)

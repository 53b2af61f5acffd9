"""What happens on the tour, chapter by chapter: the main job with a person of each role."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QPlainTextEdit

from app.core.i18n import _
from app.core.resident_id import check_character
from app.demo.bank import answer
from ui.kit.table import RecordTable
from ui.tour import Guide

NAME: Final = "李秀梅"
ID_NUMBER: Final = "23908119680312002" + check_character("23908119680312002")
HUSBAND: Final = "23908119660711001" + check_character("23908119660711001")
CARD: Final = "6299990012345678907"
FIELDS: Final = {
    "head.id_number": ID_NUMBER,
    "head.name": NAME,
    "head.ethnicity": "汉族",
    "head.phone": "15400004417",
    "head.union_member": "是",
    "head.work_unit": "北岸纺织厂（停产）",
    "head.person_type": "城镇职工",
    "head.district": "南岗区",
    "head.address": "示例街 6 号 2 单元 301",
    "income.members_living_together": "3",
    "income.income_12_months": "48000",
    "income.receives_dibao": "否",
    "expenditure.main_cause": "患重特大疾病",
    "expenditure.cause_note": "本人患病，丈夫失业",
    "expenditure.rigid_expenditure_12_months": "20000",
    "expenditure.necessary_employment_cost_12_months": "0",
    "expenditure.accident_loss_12_months": "0",
    "employment.work_status": "下(待)岗",
    "account.account_holder": NAME,
    "account.account_bank": "示例银行一支行",
    "account.account_number": CARD,
}
MEMBER: Final = {
    "relation_0": "丈夫",
    "name_0": "张福林",
    "id_number_0": HUSBAND,
    "work_status_0": "失(无)业",
    "monthly_income_0": "1450",
    "health_0": "良好",
}
AMOUNT: Final = "1800"
PURPOSE: Final = "子女就学费用减免"


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
    for name, value in FIELDS.items():
        if name == "income.members_living_together":
            driver.press("members_add")
            for cell, typed in MEMBER.items():
                driver.fill(cell, typed)
        driver.fill(name, value)
    driver.fill("application.items.living_relief", "")
    for place in range(3):
        driver.fill(f"application.papers_handed_in.{place}", "")
    driver.fill("declaration.declared", "")
    driver.settle()
    guide.picture("intake-end")
    driver.show_field("head.id_number")
    guide.picture("intake")
    guide.in_other_looks("intake")
    driver.press("act_accept")
    driver.until(lambda: driver.page.name == "household")
    driver.rest()
    guide.job["name"] = NAME
    guide.picture("household")


def look_up(guide: Guide) -> None:
    """The box finds her by the tail of her telephone."""
    driver = guide.driver
    driver.search("4417")
    guide.picture("search", title=_("Search"))
    driver.search("")
    driver.open("cases")
    guide.picture("cases")


def put_on_file(guide: Guide) -> None:
    """The supervisor, another person, puts the household on file."""
    household = guide.driver.household_of(NAME)
    guide.job["household_id"] = household
    driver = guide.become("zhao")
    driver.open("workbench")
    guide.picture("workbench-supervisor")
    driver.open("household", household)
    guide.picture("filing")
    driver.press("act_file_case")
    guide.picture("household-on-file")


def propose(guide: Guide) -> None:
    """The caseworker shows why, and proposes relief."""
    driver = guide.become("wang")
    driver.open("assessment", guide.job["household_id"])
    guide.picture("assessment")
    guide.in_other_looks("assessment")
    driver.press("act_propose_award")
    driver.until(lambda: driver.page.name == "award")
    driver.rest()
    driver.fill("amount", AMOUNT)
    driver.fill("fund_id", str(date.today().year))  # noqa: DTZ011 - funds are named by the local year
    driver.fill("opinion", "情况属实，建议救助。")
    guide.picture("award")
    driver.press("act_propose_award")
    guide.job["award_id"] = driver.newest_award(guide.job["household_id"])


def approve(guide: Guide) -> None:
    """The supervisor sees what it rests on and approves."""
    driver = guide.become("zhao")
    driver.open("approval", guide.job["award_id"])
    guide.picture("approval")
    guide.in_other_looks("approval")
    driver.find(QPlainTextEdit, "opinion").setPlainText("同意。")
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
        data = answer(office, driver.window.desk.actor, batch_id, {2: "账号已销户"})
        result = guide.out / "bank" / "回盘.txt"
        result.write_bytes(data)
        guide.asking.file = result
    driver.press("act_take_result")
    guide.picture("batch-result")
    driver.press("act_payment_list")


def print_papers(guide: Guide) -> None:
    """The certificate is issued; the register shows every paper."""
    driver = guide.become("wang")
    driver.open("household", guide.job["household_id"])
    driver.fill("purpose", PURPOSE)
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
    propose,
    approve,
    pay,
    print_papers,
    look_after,
)

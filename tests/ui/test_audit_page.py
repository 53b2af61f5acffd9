"""The audit trail on the screen: acts in words, from what to what, filters, the check."""

from app.core.words.staff import Role
from app.staff.records import StaffForm
from app.work import ACTIONS
from tests.filled import raw
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui.kit.labels import Label, Status
from ui.pages.audit import AuditPage
from ui.pages.audit.words import THINGS, tell


def told(seat: Seat[AuditPage]) -> list[str]:
    return [label.text() for label in seat.page.panes.right.findChildren(Label)]


def test_an_act_is_told_in_words(world: World, sit: Seats) -> None:
    filed = world.file()
    seat: Seat[AuditPage] = sit("zhou", "audit")
    assert seat.page.table.select_where(lambda act: act.verb == "cases.file_case")
    seat.rest()
    words = told(seat)
    assert words[0] == "建档"
    assert f"案件 {filed.case_id}" in words
    assert "已受理 → 在档" in words
    assert "（空） → 赵建国" in words
    assert not [word for word in words if word.isascii() and "_" in word]


def test_private_values_stay_masked_and_passwords_out(world: World, sit: Seats) -> None:
    intake = world.form()
    world.accept(intake)
    form = StaffForm(user="lin", name="林晓", roles=(Role.JOB_OFFICER,), password="lin-1958!")
    world.office.add_staff(world.actor("admin"), form)
    seat: Seat[AuditPage] = sit("zhou", "audit")
    rows = seat.page.table.rows()
    [added] = [act for act in rows if act.verb == "staff.add_staff"]
    assert added.request["user"] == "lin"
    everything = str([(act.request, act.changes) for act in rows])
    assert intake.household.head.name in everything
    assert intake.household.head.id_number not in everything
    assert "58!" not in everything


def test_acts_are_narrowed_by_person_act_and_thing(world: World, sit: Seats) -> None:
    filed = world.file()
    world.accept()
    seat: Seat[AuditPage] = sit("zhou", "audit")
    page = seat.page
    page.who.setCurrentIndex(page.who.findData("赵建国"))
    page.reload()
    seat.rest()
    assert {act.actor for act in page.table.rows()} == {"赵建国"}
    page.who.setCurrentIndex(0)
    page.act.setCurrentIndex(page.act.findData("cases.accept_case"))
    page.reload()
    seat.rest()
    assert len(page.table.rows()) == 2
    page.act.setCurrentIndex(0)
    page.open(f"case/{filed.case_id}")
    seat.rest()
    assert {act.verb for act in page.table.rows()} == {"cases.accept_case", "cases.file_case"}


def test_every_act_can_be_chosen_by_its_chinese_words(sit: Seats) -> None:
    seat: Seat[AuditPage] = sit("zhou", "audit")
    box = seat.page.act
    words = {box.itemData(at): box.itemText(at) for at in range(box.count())}
    audited = {name for name, verb in ACTIONS.items() if verb.audited}
    assert audited <= words.keys()
    assert not [says for says in words.values() if says.isascii()]


def test_the_check_finds_all_as_it_was_written(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[AuditPage] = sit("zhou", "audit")
    seat.page.check.click()
    seat.rest()
    assert seat.page.banners.says().startswith("全部数据与写入时一致")
    assert "审计记录链" in [part.text for part in _statuses(seat)]


def test_the_check_names_what_was_altered(world: World, sit: Seats) -> None:
    accepted = world.accept()
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE \"case\" SET state = 'refused'")
    seat: Seat[AuditPage] = sit("zhou", "audit")
    seat.page.check.click()
    seat.rest()
    assert "与原来写入的不一致" in seat.page.banners.says()
    assert f"案件 {accepted.case_id}" in told(seat)


def test_every_thing_of_the_trail_has_its_word() -> None:
    changes: dict[str, dict[str, object]] = {f"{table}/1": {} for table in THINGS}
    assert not [row.what for row in tell(changes, {}) if row.what.isascii()]
    assert tell({"staff/3": {"roles": ["finance"], "version": 2}}, {})[0].lines[0].value == "财务"


def test_an_old_and_a_new_value_are_not_taken_for_a_list() -> None:
    [told_row] = tell({"staff/3": {"active": [True, False]}}, {})
    assert told_row.lines[0].value == "是 → 否"


def _statuses(seat: Seat[AuditPage]) -> list[Status]:
    return seat.page.panes.right.findChildren(Status)

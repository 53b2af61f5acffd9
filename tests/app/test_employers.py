"""Employers: their code checked, their papers shown, the blacklist with objection and answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.errors import Conflict, Invalid, Refused
from app.core.words.placements import BarState
from app.drafts.actions import save_draft
from app.drafts.queries import my_drafts
from app.drafts.records import DraftForm
from app.placements.employer_queries import bar_rows, employer_count, employer_rows
from app.placements.employer_records import (
    BarDecision,
    BarQuery,
    BarRow,
    EmployerById,
    EmployerChangeForm,
    EmployerQuery,
    ObjectionForm,
)
from app.placements.employer_rules import (
    BarLifted,
    BarredAlready,
    BeforeBar,
    EmployerBarred,
    EmployerThere,
    NoObjection,
    PapersMissing,
)
from app.placements.employers import (
    change_employer,
    enter_employer,
    lift_bar,
    note_objection,
    open_employer_form,
    reveal_employer,
    uphold_bar,
)
from app.placements.training import change_course
from app.placements.training_records import CourseChangeForm
from app.placements.vacancies import change_vacancy
from app.placements.vacancy_records import VacancyChangeForm
from app.work import SecondPersonNeeded
from tests.hiring import JobDesk, employer_form, uscc
from tests.world import World, changed

WRONG = uscc(7)[:-1] + ("0" if uscc(7)[-1] != "0" else "1")
"""A code whose last character does not fit."""


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def bar_of(desk: JobDesk, employer_id: int, user: str = "li") -> BarRow:
    return desk.see_employer(employer_id, user).bars[0]


def decision(desk: JobDesk, employer_id: int, **over: Any) -> BarDecision:
    row = bar_of(desk, employer_id)
    form = BarDecision(id=row.id, version=row.version, day=desk.today, opinion="押金已全部退还")
    return changed(form, **over)


def objection(desk: JobDesk, employer_id: int, **over: Any) -> ObjectionForm:
    row = bar_of(desk, employer_id)
    form = ObjectionForm(id=row.id, version=row.version, day=desk.today, objection="是服装费")
    return changed(form, **over)


# The employer and its papers


def test_an_employer_is_entered_and_its_private_values_are_masked(desk: JobDesk) -> None:
    employer = desk.employer(name=" 示例　餐饮店 ", uscc=uscc(33).lower(), phone="154 0000 8888")
    view = desk.see_employer(employer)
    assert (view.row.uscc, view.row.name) == (uscc(33), "示例 餐饮店")
    assert view.row.phone == view.employer.phone == "154****8888"
    assert view.employer.handler_id_number.count("*") == 10
    assert (view.row.missing, view.row.barred, view.doubt) == ((), False, "")
    assert view.entered_by == "李强"
    opened = desk.world.do("li", open_employer_form, EmployerById(id=employer))
    assert opened.employer.phone == "15400008888"
    seen = desk.world.do("zhao", reveal_employer, EmployerById(id=employer))
    assert seen.employer == opened.employer


def test_a_code_stands_for_one_employer(desk: JobDesk) -> None:
    first = desk.employer(uscc=uscc(33))
    with pytest.raises(EmployerThere, match=uscc(33)):
        desk.employer(uscc=f" {uscc(33)[:9]} {uscc(33)[9:]}".lower())
    other = desk.employer()
    form = desk.world.do("li", open_employer_form, EmployerById(id=other))
    with pytest.raises(EmployerThere):
        desk.world.do(
            "li", change_employer, changed(form, employer=changed(form.employer, uscc=uscc(33)))
        )
    assert desk.world.ask("li", employer_count, EmployerQuery()) == 2
    assert first != other


@pytest.mark.parametrize("code", [WRONG, uscc(7)[:-1], "黑餐证字第 12 号"])
def test_a_code_that_does_not_check_comes_in_only_when_compared(desk: JobDesk, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        desk.employer(uscc=code)
    assert [(each.field, each.code) for each in wrong.value.problems] == [("uscc", "uscc_check")]
    employer = desk.employer(uscc=code, uscc_compared=True)
    assert desk.see_employer(employer).doubt
    opened = desk.world.do("li", open_employer_form, EmployerById(id=employer))
    assert opened.employer.uscc_compared
    desk.world.do("li", change_employer, opened)


def test_an_employer_is_changed_by_one_at_a_time(desk: JobDesk) -> None:
    employer = desk.employer()
    form: EmployerChangeForm = desk.world.do("li", open_employer_form, EmployerById(id=employer))
    mended = changed(form, employer=changed(form.employer, contact="钱示例", phone=""))
    desk.world.do("li", change_employer, mended)
    row = desk.see_employer(employer).row
    assert (row.contact, row.phone) == ("钱示例", "")
    with pytest.raises(Conflict, match="李强"):
        desk.world.do("li", change_employer, mended)


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"licence_seen_on": None}, "营业执照"),
        ({"letter_seen_on": None}, "介绍信"),
        ({"handler": ""}, "经办人身份证"),
        ({"handler_id_number": ""}, "经办人身份证"),
        ({"from_elsewhere": True}, "所在县"),
    ],
)
def test_an_employer_shows_its_papers_before_it_reports_vacancies(
    desk: JobDesk, lacks: dict[str, Any], named: str
) -> None:
    employer = desk.employer(**lacks)
    (missing,) = desk.see_employer(employer).row.missing
    assert named in missing
    with pytest.raises(PapersMissing, match=named):
        desk.vacancy(employer)


def test_an_employer_from_elsewhere_brings_the_proof_of_its_county(desk: JobDesk) -> None:
    employer = desk.employer(from_elsewhere=True, elsewhere_proof="示例县就业局证明")
    assert desk.see_employer(employer).row.missing == ()
    assert desk.vacancy(employer)


def test_employers_are_found_by_name_code_place_and_what_they_offer(desk: JobDesk) -> None:
    cook = desk.employer(name="示例饭店", district="南岗区")
    shop = desk.employer(name="某百货店", district="香坊区", kind="国有企业")
    desk.vacancy(cook, heads=3)
    desk.barred(shop)

    def found(**asked: Any) -> list[int]:
        query = EmployerQuery(**asked)
        rows = desk.world.ask("zhao", employer_rows, query)
        assert desk.world.ask("zhao", employer_count, query) == len(rows)
        return [row.id for row in rows]

    assert found() == [shop, cook]
    assert found(text="饭店") == [cook]
    assert found(text="%") == []
    assert found(text=uscc(2)[:17].lower()) == [shop]
    assert found(district="香坊区") == found(kind="国有企业") == [shop]
    assert found(barred=True) == [shop]
    assert found(barred=False) == found(hiring=True) == [cook]
    assert found(hiring=False) == [shop]
    (row,) = desk.world.ask("li", employer_rows, EmployerQuery(limit=1, offset=1))
    assert (row.vacancies, row.free_posts, row.stale, row.placed) == (1, 3, 0, 0)


# The blacklist


def test_an_employer_is_barred_objects_and_is_taken_off_by_another(desk: JobDesk) -> None:
    employer = desk.employer()
    vacancy = desk.vacancy(employer)
    desk.barred(employer)
    assert desk.see_employer(employer).row.barred
    assert not desk.see_vacancy(vacancy).row.offered
    with pytest.raises(EmployerBarred, match="押金"):
        desk.vacancy(employer)
    with pytest.raises(BarredAlready):
        desk.barred(employer)

    desk.world.do("li", note_objection, objection(desk, employer))
    row = bar_of(desk, employer)
    assert (row.objection, row.unanswered, row.mine) == ("是服装费", True, True)
    assert not bar_of(desk, employer, "zhao").mine

    desk.world.do("zhao", uphold_bar, decision(desk, employer, opinion="服装费也不得收取"))
    row = bar_of(desk, employer)
    assert (row.state, row.opinion, row.unanswered) == (
        BarState.IN_FORCE,
        "服装费也不得收取",
        False,
    )

    desk.world.do("zhao", lift_bar, decision(desk, employer))
    row = bar_of(desk, employer)
    assert (row.state, row.lifted_by, row.lifted_on) == (BarState.LIFTED, "赵建国", desk.today)
    assert desk.see_vacancy(vacancy).row.offered
    desk.vacancy(employer)
    desk.barred(employer)
    assert len(desk.see_employer(employer).bars) == 2


def test_a_further_objection_waits_for_an_answer_again(desk: JobDesk) -> None:
    employer = desk.employer()
    desk.barred(employer)
    with pytest.raises(NoObjection):
        desk.world.do("zhao", uphold_bar, decision(desk, employer))
    desk.world.do("li", note_objection, objection(desk, employer))
    desk.world.do("zhao", uphold_bar, decision(desk, employer))
    desk.world.do("li", note_objection, objection(desk, employer, objection="押金已退"))
    assert bar_of(desk, employer).unanswered

    def waiting(unanswered: bool | None) -> int:
        asked = BarQuery(unanswered=unanswered, states=(BarState.IN_FORCE,))
        return len(desk.world.ask("zhao", bar_rows, asked))

    desk.barred(desk.employer())
    assert (waiting(None), waiting(True), waiting(False)) == (2, 1, 1)


def test_nothing_follows_an_entry_before_its_day_nor_after_its_end(desk: JobDesk) -> None:
    employer = desk.employer()
    desk.barred(employer)
    before = desk.today - timedelta(days=1)
    with pytest.raises(BeforeBar):
        desk.world.do("li", note_objection, objection(desk, employer, day=before))
    with pytest.raises(BeforeBar):
        desk.world.do("zhao", lift_bar, decision(desk, employer, day=before))
    desk.world.do("zhao", lift_bar, decision(desk, employer))
    with pytest.raises(BarLifted):
        desk.world.do("zhao", lift_bar, decision(desk, employer))
    with pytest.raises(BarLifted):
        desk.world.do("li", note_objection, objection(desk, employer))


def test_who_barred_an_employer_does_not_take_it_off(desk: JobDesk) -> None:
    """Not even with both rights."""
    employer = desk.employer()
    desk.barred(employer)
    form = decision(desk, employer)
    with pytest.raises(Refused):
        desk.world.do("li", lift_bar, form)
    li, zhao = desk.world.actor("li"), desk.world.actor("zhao")
    both = replace(li, permissions=li.permissions | zhao.permissions)
    with pytest.raises(SecondPersonNeeded):
        desk.world.office.perform(both, lift_bar, form)
    with pytest.raises(Refused):
        desk.world.do("wang", enter_employer, employer_form(desk.today))


# Forms that grew from drafts, and what the trail keeps


def test_what_goes_into_the_store_closes_its_draft(desk: JobDesk) -> None:
    def drafted() -> str:
        form = DraftForm(id=uuid4().hex, form="job_desk", title="示例", content={})
        desk.world.do("li", save_draft, form)
        return form.id

    def drafts() -> int:
        return len(desk.world.ask("li", my_drafts))

    employer = desk.employer(draft_id=drafted())
    vacancy = desk.vacancy(employer, draft_id=drafted())
    course = desk.course(draft_id=drafted())
    assert drafts() == 0
    form = desk.world.do("li", open_employer_form, EmployerById(id=employer))
    told = changed(form.employer, draft_id=drafted())
    desk.world.do("li", change_employer, changed(form, employer=told))
    told = changed(desk.see_vacancy(vacancy).vacancy, draft_id=drafted())
    desk.world.do("li", change_vacancy, VacancyChangeForm(id=vacancy, version=1, vacancy=told))
    told = changed(desk.see_course(course).course, draft_id=drafted())
    desk.world.do("li", change_course, CourseChangeForm(id=course, version=1, course=told))
    assert drafts() == 0


def test_the_trail_keeps_who_saw_an_employer_and_masks_what_they_saw(desk: JobDesk) -> None:
    employer = desk.employer(uscc=WRONG, uscc_compared=True)
    desk.world.do("li", open_employer_form, EmployerById(id=employer))
    subject = f"employer/{employer}"
    seen, entered = desk.world.ask("zhou", audit_rows, AuditQuery(subject=subject))
    assert (seen.verb, entered.verb) == (
        "placements.open_employer_form",
        "placements.enter_employer",
    )
    assert "15400008888" not in str(entered)
    assert "uscc_compared" in str(entered)

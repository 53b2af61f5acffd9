"""Who is difficult to employ: by the policy of the day, three-valued, decided by two people."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.words import Answer
from app.core.words.placements import PersonKind, RecognitionState
from app.disbursements.deciding_records import TieForm
from app.disbursements.rules import Related
from app.disbursements.ties import declare_tie
from app.households.records import EmploymentForm
from app.placements.recognising import end_recognition, examine_recognition, is_recognised
from app.placements.recognition_queries import recognition_rows, recognition_view
from app.placements.recognition_records import (
    RecognitionAsked,
    RecognitionById,
    RecognitionEndForm,
    RecognitionFindings,
    RecognitionQuery,
    RecognitionView,
    from_plain,
    to_plain,
)
from app.placements.recognition_rules import (
    BeforeThat,
    NoPolicyOfDay,
    NotDifficult,
    OpenUndecided,
    OpenUnsaid,
    OpinionMissing,
    RecognitionLive,
    examine,
)
from app.placements.seeker_records import SeekerById, SeekerEndForm, SeekerForm
from app.placements.seeker_rules import NotWithdrawn
from app.placements.seekers import change_seeker, open_seeker_form, withdraw_seeker
from app.policy.facts import Facts, Known
from app.policy.pack import Outcome
from app.reference.dated import Confidence, shipped_values
from app.reference.values import Values
from app.work import SecondPersonNeeded
from tests.filled import raw
from tests.hiring import JobDesk, registration
from tests.people import household, id_number, intake
from tests.world import World, changed

DAY = date(2026, 11, 20)
VALUES = Values(shipped_values())


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def view(desk: JobDesk, recognition_id: int, user: str = "li") -> RecognitionView:
    return desk.world.ask(user, recognition_view, RecognitionById(id=recognition_id))


def end(desk: JobDesk, recognition_id: int, day: date = DAY, reason: str = "已就业") -> None:
    form = RecognitionEndForm(
        id=recognition_id,
        version=view(desk, recognition_id).row.version,
        day=day,
        reason=reason,
    )
    desk.world.do("li", end_recognition, form)


def asked(desk: JobDesk, seeker_id: int, day: date | None = None) -> RecognitionFindings:
    return desk.world.ask("li", examine_recognition, RecognitionAsked(id=seeker_id, day=day))


def change(desk: JobDesk, seeker_id: int, **more: Any) -> None:
    opened = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
    desk.world.do("li", change_seeker, changed(opened, seeker=changed(opened.seeker, **more)))


def recognised(desk: JobDesk, seeker_id: int) -> bool:
    with desk.world.office.engines.writer.begin() as connection:
        return is_recognised(Session(connection), seeker_id)


OPEN: dict[str, Any] = {
    "id_number": id_number(44, "19900305"),
    "unemployed_since": None,
    "unemployed_registered": Answer.YES,
}
"""A woman of 36 without work, of whom nothing else is known."""

NOTHING_HOLDS: dict[str, Any] = {
    **OPEN,
    "unemployed_since": date(2026, 3, 2),
    "zero_employment": Answer.NO,
    "disabled": Answer.NO,
    "receives_dibao": Answer.NO,
}


# The two people


def test_one_applies_and_another_recognises(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    assert not recognised(desk, seeker_id)
    recognition_id = desk.applied(seeker_id)
    seen = view(desk, recognition_id)
    assert (seen.row.number, seen.row.state) == ("认2026-0001", RecognitionState.APPLIED)
    assert (seen.row.mine, seen.row.unknown) == (True, False)
    assert seen.row.grounds == ("年满 40 周岁的女性失业人员",)
    assert not view(desk, recognition_id, "zhao").row.mine
    assert not recognised(desk, seeker_id)
    with pytest.raises(Refused):
        desk.decided(recognition_id, user="li")
    desk.decided(recognition_id)
    seen = view(desk, recognition_id)
    assert (seen.row.state, seen.row.decided_by) == (RecognitionState.RECOGNISED, "赵建国")
    assert (seen.row.decided_on, seen.row.applied_by) == (DAY, "李强")
    assert recognised(desk, seeker_id)
    with pytest.raises(NotNow):
        desk.decided(recognition_id)
    assert [each.id for each in desk.see(seeker_id).recognitions] == [recognition_id]


def test_whoever_applied_does_not_decide_whatever_their_roles(desk: JobDesk) -> None:
    recognition_id = desk.applied(desk.seeker())
    li = desk.world.people["li"]
    both = li.permissions | desk.world.people["zhao"].permissions
    desk.world.people["li"] = dataclasses.replace(li, permissions=both)
    with pytest.raises(SecondPersonNeeded):
        desk.decided(recognition_id, user="li")


def test_who_is_related_does_not_decide(desk: JobDesk) -> None:
    home = desk.world.accept(intake(household())).household_id
    recognition_id = desk.applied(desk.seeker(household_id=home))
    zhao = desk.world.actor("zhao").id
    tie = TieForm(household_id=home, staff_id=zhao, note="户主的表兄")
    desk.world.do("zhao", declare_tie, tie)
    with pytest.raises(Related):
        desk.decided(recognition_id)


def test_a_refusal_says_why_and_one_may_apply_again(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    first = desk.applied(seeker_id)
    with pytest.raises(RecognitionLive) as told:
        desk.applied(seeker_id)
    assert "认2026-0001" in told.value.tell()
    with pytest.raises(OpinionMissing):
        desk.decided(first, recognised=False, opinion=" ")
    with pytest.raises(BeforeThat):
        desk.decided(first, day=date(2026, 11, 19))
    desk.decided(first, recognised=False, opinion="证件不齐")
    seen = view(desk, first).row
    assert (seen.state, seen.opinion) == (RecognitionState.REFUSED, "证件不齐")
    assert not recognised(desk, seeker_id)
    second = desk.recognised(seeker_id)
    assert recognised(desk, seeker_id)
    rows = desk.world.ask("zhou", recognition_rows, RecognitionQuery(job_seeker_id=seeker_id))
    assert [row.id for row in rows] == [second, first]


def test_a_person_has_one_recognition_however_often_they_register(desk: JobDesk) -> None:
    number = id_number(8, "19780305")
    first = desk.seeker(id_number=number)
    recognition_id = desk.recognised(first)
    end = SeekerEndForm(**desk.at(first), reason="去外地")
    desk.world.do("li", withdraw_seeker, end)
    again = desk.seeker(id_number=number)
    with pytest.raises(RecognitionLive, match="认2026-0001"):
        desk.applied(again)
    version = view(desk, recognition_id).row.version
    ended = RecognitionEndForm(
        id=recognition_id, version=version, day=desk.today, reason="重新登记，另行认定"
    )
    desk.world.do("li", end_recognition, ended)
    desk.recognised(again)
    assert recognised(desk, again)


def test_a_recognition_ends_with_a_day_and_a_reason(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    recognition_id = desk.applied(seeker_id)
    with pytest.raises(NotNow):
        end(desk, recognition_id)
    desk.decided(recognition_id)
    with pytest.raises(Invalid):
        end(desk, recognition_id, reason=" ")
    with pytest.raises(BeforeThat):
        end(desk, recognition_id, date(2026, 11, 19))
    end(desk, recognition_id)
    seen = view(desk, recognition_id).row
    assert (seen.state, seen.ended_on, seen.ended_reason) == (
        *(RecognitionState.ENDED, DAY),
        "已就业",
    )
    assert not recognised(desk, seeker_id)
    assert desk.see(seeker_id).row.recognition is RecognitionState.ENDED
    desk.recognised(seeker_id)


def test_recognitions_are_found(desk: JobDesk) -> None:
    first, second = desk.seeker(name="甲示例"), desk.seeker(name="乙示例")
    one, two = desk.recognised(first), desk.applied(second)

    def found(**asked: Any) -> list[int]:
        rows = desk.world.ask("zhao", recognition_rows, RecognitionQuery(**asked))
        return [row.id for row in rows]

    assert found() == [two, one]
    assert found(states=(RecognitionState.APPLIED,)) == [two]
    assert found(text="甲") == [one]
    assert found(text="认2026-0002") == [two]
    assert found(text="求2026-0001") == [one]
    assert found(offset=1, limit=1) == [one]


def test_what_was_decided_is_not_altered_in_the_store(desk: JobDesk) -> None:
    recognition_id = desk.recognised(desk.seeker())
    with raw(desk.world.office.path) as sql:
        for column, value in (("findings", "{}"), ("grounds", "[]"), ("decided_by", 1)):
            with pytest.raises(Exception, match="guard"):
                sql.run(f"UPDATE recognition SET {column} = ? WHERE id = ?", value, recognition_id)


# What the policy says


def test_every_condition_is_sealed_with_its_article_and_source(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    recognition_id = desk.applied(seeker_id)
    findings = view(desk, recognition_id).findings
    assert (findings.outcome, findings.day) == (Outcome.YES, DAY)
    assert findings.pack == "employment/2023-01-01"
    assert len(findings.digest) == 64
    assert findings.provisional
    assert {reason.article for reason in findings.reasons} == {"第四条"}
    single = [reason for reason in findings.reasons if reason.confidence is not None]
    assert len(single) > 8
    assert all(reason.source for reason in single)
    assert {reason.confidence for reason in single} <= set(Confidence)
    age = next(reason for reason in findings.reasons if reason.limit == "40")
    assert (age.says, age.fact, age.held, age.depth) == (
        *("年满 40 周岁（本人年龄：48）", "48", True),
        2,
    )
    assert "黑人社函〔2021〕509号" in age.source
    disability = next(reason for reason in findings.reasons if reason.says == "本人有残疾")
    assert (disability.held, disability.settled_by) == (None, "残疾证")
    assert ("登记失业时间", "8 个月") in findings.facts
    assert findings.missing == (), "what is open does not matter once one ground holds"
    assert findings == from_plain(to_plain(findings))
    change(desk, seeker_id, unemployed_registered=Answer.NO, unemployed_since=None)
    assert view(desk, recognition_id).findings == findings, "as it was found"


def test_who_is_not_difficult_to_employ_is_told_what_fails(desk: JobDesk) -> None:
    seeker_id = desk.seeker(**NOTHING_HOLDS)
    findings = asked(desk, seeker_id)
    assert findings.outcome is Outcome.NO
    with pytest.raises(NotDifficult) as told:
        desk.applied(seeker_id, note="请照顾")
    assert findings.why_not in told.value.tell()
    assert "登记失业满一年" in findings.why_not
    assert desk.see(seeker_id).recognitions == ()
    at_work = desk.seeker(
        person_kind=PersonKind.MIGRANT, unemployed_registered=Answer.NO, unemployed_since=None
    )
    assert asked(desk, at_work).outcome is Outcome.UNKNOWN, "a migrant may be without work"


def test_what_is_unknown_is_never_no_and_has_to_be_said(desk: JobDesk) -> None:
    seeker_id = desk.seeker(**OPEN)
    findings = asked(desk, seeker_id)
    assert findings.outcome is Outcome.UNKNOWN
    assert findings.grounds == ()
    assert set(findings.missing) >= {"残疾证", "低保证"}
    with pytest.raises(OpenUnsaid) as told:
        desk.applied(seeker_id, note=" ")
    assert "残疾证" in told.value.tell()
    recognition_id = desk.applied(seeker_id, note="残疾证在办，月底补交")
    row = view(desk, recognition_id).row
    assert (row.unknown, row.note) == (True, "残疾证在办，月底补交")
    with pytest.raises(OpenUndecided):
        desk.decided(recognition_id)
    desk.decided(recognition_id, opinion="残疾证已核对原件")
    assert recognised(desk, seeker_id)


def test_what_changed_since_the_application_counts_in_the_decision(desk: JobDesk) -> None:
    seeker_id = desk.seeker(**{**NOTHING_HOLDS, "disabled": Answer.YES})
    recognition_id = desk.applied(seeker_id)
    assert view(desk, recognition_id).row.grounds == ("本人有残疾",)
    change(desk, seeker_id, disabled=Answer.NO)
    with pytest.raises(NotDifficult):
        desk.decided(recognition_id)
    desk.decided(recognition_id, recognised=False, opinion="残疾证是他人的")


def test_what_the_form_was_read_from_has_to_be_the_newest(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    old = desk.see(seeker_id).row.version
    change(desk, seeker_id, wish="保洁")
    with pytest.raises(Conflict):
        desk.applied(seeker_id, version=old)


def test_a_registration_that_was_withdrawn_is_renewed_first(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    form = SeekerEndForm(**desk.at(seeker_id), reason="回老家")
    desk.world.do("li", withdraw_seeker, form)
    with pytest.raises(NotWithdrawn):
        desk.applied(seeker_id)


def test_before_the_first_document_nothing_can_be_said(desk: JobDesk) -> None:
    seeker_id = desk.seeker(unemployed_since=None)
    with pytest.raises(NoPolicyOfDay):
        asked(desk, seeker_id, date(2011, 12, 31))
    assert asked(desk, seeker_id, date(2012, 1, 1)).pack == "employment/2012-01-01"


# The file of the household


def test_the_file_speaks_where_the_registration_says_nothing(desk: JobDesk) -> None:
    form = changed(
        household(),
        employment=EmploymentForm(work_status="下(待)岗", disability="肢体残疾三级"),
    )
    home = desk.world.accept(intake(form)).household_id
    told = {**OPEN, "id_number": id_number(2, "19800101"), "unemployed_registered": Answer.NO}
    seeker_id = desk.seeker(**{**told, "person_kind": None})
    assert desk.see(seeker_id).row.household_id == home
    findings = asked(desk, seeker_id)
    assert findings.grounds == ("本人有残疾",)
    assert ("残疾类别", "肢体残疾三级") in findings.facts
    assert findings.differs == ()
    change(desk, seeker_id, disabled=Answer.NO)
    findings = asked(desk, seeker_id)
    assert findings.differs == ("残疾类别",)
    assert findings.grounds == (), "what the registration says counts"
    change(desk, seeker_id, disabled=Answer.YES)
    findings = asked(desk, seeker_id)
    assert (findings.differs, findings.grounds) == ((), ("本人有残疾",))
    assert ("残疾类别", "肢体残疾三级") in findings.facts, "the file knows of which kind"
    with raw(desk.world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE household SET file_state = 'closed'")
    change(desk, seeker_id, disabled=Answer.NOT_ASKED)
    assert asked(desk, seeker_id).grounds == (), "a closed file is not asked"


# Pure: every ground by itself, at its edges


def told_of(**more: Any) -> SeekerForm:
    return registration(DAY, **{**NOTHING_HOLDS, **more})


def outcome(form: SeekerForm, day: date = DAY, *, placed: bool = False) -> Outcome:
    findings, _assessment = examine(form, day, None, VALUES, placed=placed)
    return findings.outcome


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, Outcome.NO),
        ({"id_number": id_number(44, "19861120")}, Outcome.YES),  # a woman of 40 today
        ({"id_number": id_number(44, "19861121")}, Outcome.NO),
        ({"id_number": id_number(45, "19761120")}, Outcome.YES),  # a man of 50 today
        ({"id_number": id_number(45, "19761121")}, Outcome.NO),
        ({"id_number": id_number(45, "19651121")}, Outcome.YES),  # 60 and not 61 yet
        ({"id_number": id_number(45, "19651120")}, Outcome.NO),
        ({"id_number": id_number(44, "19861120"), "unemployed_registered": Answer.NO,
          "unemployed_since": None}, Outcome.NO),
        ({"unemployed_since": date(2025, 11, 20)}, Outcome.YES),  # a year today
        ({"unemployed_since": date(2025, 11, 21)}, Outcome.NO),
        ({"unemployed_since": None}, Outcome.UNKNOWN),
        ({"zero_employment": Answer.YES}, Outcome.YES),
        ({"zero_employment": Answer.NOT_KNOWN}, Outcome.UNKNOWN),
        ({"disabled": Answer.YES}, Outcome.YES),
        ({"disabled": Answer.NOT_ASKED}, Outcome.UNKNOWN),
        ({"receives_dibao": Answer.YES}, Outcome.YES),
        ({"receives_dibao": Answer.NOT_KNOWN}, Outcome.UNKNOWN),
        ({"receives_dibao": Answer.NOT_KNOWN, "disabled": Answer.YES}, Outcome.YES),
    ],
)  # fmt: skip
def test_each_ground_at_its_edge(more: dict[str, Any], wanted: Outcome) -> None:
    assert outcome(told_of(**more)) is wanted


def test_whoever_found_work_is_not_difficult_to_employ() -> None:
    assert outcome(told_of(disabled=Answer.YES), placed=True) is Outcome.NO


def test_the_age_is_the_one_of_the_policy_of_the_day() -> None:
    """Under 60 by the documents of 2012 to 2020; up to 60 since 2023."""
    sixty = told_of(id_number=id_number(45, "19521120"), unemployed_since=None)
    assert outcome(sixty, date(2012, 11, 19)) is Outcome.YES
    assert outcome(sixty, date(2012, 11, 20)) is Outcome.NO
    later = told_of(id_number=id_number(45, "19631120"), unemployed_since=None)
    assert outcome(later, date(2023, 11, 20)) is Outcome.YES


ANSWERS = ("unemployed_registered", "zero_employment", "disabled", "receives_dibao")
KNOWN = st.sampled_from([Answer.YES, Answer.NO])


def person(
    order: int, birth: date, since: date, kind: PersonKind | None, answers: tuple[Answer, ...]
) -> SeekerForm:
    return told_of(
        id_number=id_number(order, f"{birth:%Y%m%d}"),
        unemployed_since=since,
        person_kind=kind,
        **dict(zip(ANSWERS, answers, strict=True)),
    )


PEOPLE = st.builds(
    person,
    st.sampled_from([44, 45]),
    st.dates(date(1956, 1, 1), date(2010, 11, 20)),
    st.dates(date(2024, 1, 1), DAY),
    st.sampled_from(PersonKind) | st.none(),
    st.tuples(KNOWN, KNOWN, KNOWN, KNOWN),
)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.sets(st.sampled_from([*ANSWERS, "unemployed_since", "person_kind"])))
def test_what_can_be_told_of_less_is_so_of_more(form: SeekerForm, hidden: set[str]) -> None:
    """Nothing that becomes known later turns what could be told before."""
    open_ = {name: Answer.NOT_KNOWN if name in ANSWERS else None for name in hidden}
    if "unemployed_registered" in hidden:
        open_["unemployed_since"] = None  # who tells since when, is registered
    before, after = outcome(changed(form, **open_)), outcome(form)
    assert before in (Outcome.UNKNOWN, after)


FILED = st.fixed_dictionaries(
    {},
    optional={
        "work_status": st.sampled_from(["在岗", "失(无)业"]),
        "disability": st.sampled_from(["无", "视力残疾一级"]),
        "unemployed_since": st.dates(date(2024, 1, 1), DAY),
    },
)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, FILED)
def test_a_file_adds_nothing_to_what_was_told(form: SeekerForm, filed: Facts) -> None:
    known = Known({"receives_dibao": True, "zero_employment": True}, [filed])
    sure = changed(form, person_kind=PersonKind.UNEMPLOYED, unemployed_registered=Answer.YES)
    with_file, _assessment = examine(sure, DAY, known, VALUES, placed=False)
    assert with_file.outcome is outcome(sure)
    assert bool(with_file.differs) == any(
        (
            sure.receives_dibao is Answer.NO,
            sure.zero_employment is Answer.NO,
            filed.get("work_status") == "在岗",
            filed.get("unemployed_since", sure.unemployed_since) != sure.unemployed_since,
            filed.get("disability") == ("无" if sure.disabled is Answer.YES else "视力残疾一级"),
        )
    )

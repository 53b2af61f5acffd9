"""Cases: accepted by one person, filed by another, mended, refused; what a decision rests on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.actions import (
    accept_further,
    file_case,
    issue_certificate,
    refuse_case,
    resubmit_case,
    return_case,
)
from app.cases.measures import measures_on
from app.cases.queries import assess_form, assess_household, case_view
from app.cases.records import (
    Accepted,
    ApplicationForm,
    AssessRequest,
    CaseById,
    CaseStepForm,
    CaseView,
    CertificateForm,
    NewApplication,
    TrialRequest,
)
from app.cases.rules import NoFile, NotClassified, OpinionNeeded
from app.core.errors import Conflict, NotNow
from app.core.record import Nothing
from app.core.words.cases import CaseState
from app.core.words.households import FileState
from app.core.words.papers import PaperKind
from app.facts.assessing import content_of, digest_of
from app.households.actions import change_household, open_form
from app.households.records import IncomeForm, Reveal
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.reports.checking import sealed_content
from app.work import Action, Permission, SecondPersonNeeded, Work
from db.models.cases import SealedAssessment
from tests.people import household, intake
from tests.world import World, changed


def case(world: World, accepted: Accepted) -> CaseView:
    return world.ask("zhao", case_view, CaseById(id=accepted.case_id))


def step(world: World, accepted: Accepted, opinion: str = "") -> CaseStepForm:
    version = case(world, accepted).row.version
    return CaseStepForm(id=accepted.case_id, version=version, opinion=opinion)


def test_an_accepted_case_has_number_receipt_and_ten_working_days(world: World) -> None:
    accepted = world.accept()
    view = case(world, accepted)
    assert (view.row.state, view.row.number) == (CaseState.ACCEPTED, "2026-0001")
    assert (view.row.due_on, view.row.days_left) == (date(2026, 12, 4), 10)
    assert view.row.accepted_by == "王芳"
    receipt = world.ask("wang", paper_view, PaperById(id=accepted.paper_id))
    assert receipt.row.kind is PaperKind.ACCEPTANCE_RECEIPT
    facts = receipt.sheet.facts
    assert facts["case_number"] == "2026-0001"
    assert facts["due_on"] == "2026-12-04"
    assert "****" in facts["id_number"]


def test_the_receipt_says_what_is_still_to_be_brought(world: World) -> None:
    measure = next(each for each in measures_on(world.clock.today()) if len(each.papers) > 1)
    brought, *missing = measure.papers
    application = ApplicationForm(items=(measure.id,), papers_handed_in=(brought,), note="")
    accepted = world.accept(replace(world.form(), application=application))
    facts = world.ask("wang", paper_view, PaperById(id=accepted.paper_id)).sheet.facts
    assert facts["papers_missing"] == missing


def test_a_second_person_files_and_the_file_gets_its_number(world: World) -> None:
    accepted = world.accept()
    number = world.do("zhao", file_case, step(world, accepted, "同意"))
    view = case(world, accepted)
    assert number == view.file_number == "哈工帮档〔2026〕第00001号"
    assert (view.row.state, view.file_state) == (CaseState.FILED, FileState.ACTIVE)
    assert (view.decided_by, view.opinion) == ("赵建国", "同意")
    assert view.assessment_number == "C2026-00001"
    assert view.row.days_left is None


def test_what_cannot_be_classified_is_not_filed_and_says_why(world: World) -> None:
    accepted = world.accept(intake(changed(household(), income=IncomeForm())))
    with pytest.raises(NotClassified) as why:
        world.do("zhao", file_case, step(world, accepted))
    assert "收入" in why.value.tell()
    assert case(world, accepted).row.state is CaseState.ACCEPTED


def test_a_further_application_needs_a_file_and_keeps_its_number(world: World) -> None:
    first = world.accept()
    further = NewApplication(
        household_id=first.household_id, application=ApplicationForm(items=("living_relief",))
    )
    with pytest.raises(NoFile):
        world.do("wang", accept_further, further)
    world.file(first)
    second = world.do("wang", accept_further, further)
    number = world.do("zhao", file_case, step(world, second))
    assert number == case(world, first).file_number
    assert case(world, second).assessment_number == "C2026-00002"


def test_a_case_goes_back_is_mended_and_filed(world: World) -> None:
    accepted = world.accept()
    with pytest.raises(OpinionNeeded):
        world.do("zhao", return_case, step(world, accepted))
    world.do("zhao", return_case, step(world, accepted, "缺少收入证明"))
    assert case(world, accepted).row.state is CaseState.RETURNED
    with pytest.raises(NotNow):
        world.do("zhao", file_case, step(world, accepted))
    world.do("wang", resubmit_case, step(world, accepted, "已补收入证明"))
    view = case(world, accepted)
    assert (view.row.state, view.note, view.decided_by) == (
        CaseState.ACCEPTED,
        "已补收入证明",
        "",
    )
    world.do("zhao", file_case, step(world, accepted))
    assert case(world, accepted).row.state is CaseState.FILED


@pytest.mark.parametrize("returned", [False, True])
def test_a_case_is_refused_with_a_reason_for_good(world: World, returned: bool) -> None:
    accepted = world.accept()
    if returned:
        world.do("zhao", return_case, step(world, accepted, "缺材料"))
    with pytest.raises(OpinionNeeded):
        world.do("zhao", refuse_case, step(world, accepted, "  "))
    world.do("zhao", refuse_case, step(world, accepted, "收入超过标准"))
    view = case(world, accepted)
    assert (view.row.state, view.file_state) == (CaseState.REFUSED, FileState.REFUSED)
    for act in (file_case, return_case, refuse_case, resubmit_case):
        user = "wang" if act is resubmit_case else "zhao"
        with pytest.raises(NotNow):
            world.do(user, act, step(world, accepted, "再试"))


def test_refusing_a_further_application_leaves_the_file_open(world: World) -> None:
    first = world.file()
    second = world.do("wang", accept_further, NewApplication(household_id=first.household_id))
    world.do("zhao", refuse_case, step(world, second, "本年已享受"))
    assert case(world, first).file_state is FileState.ACTIVE


@pytest.mark.parametrize("act", [file_case, return_case, refuse_case])
def test_whoever_accepted_does_not_decide(world: World, act: Action[CaseStepForm, Any]) -> None:
    accepted = world.accept()
    world.people["zhao"] = replace(world.people["zhao"], id=world.people["wang"].id)
    with pytest.raises(SecondPersonNeeded):
        world.do("zhao", act, CaseStepForm(id=accepted.case_id, version=1, opinion="同意"))


def test_a_decision_on_a_stale_page_is_a_conflict(world: World) -> None:
    accepted = world.accept()
    stale = step(world, accepted, "同意")
    world.do("zhao", return_case, step(world, accepted, "缺材料"))
    with pytest.raises(Conflict) as conflict:
        world.do("zhao", file_case, stale)
    assert conflict.value.data["who"] == "赵建国"


# Assessments


def assess(world: World, accepted: Accepted, as_of: date | None = None) -> Findings:
    asked = AssessRequest(household_id=accepted.household_id, as_of=as_of)
    return world.ask("wang", assess_household, asked)


def test_a_stored_household_is_assessed_like_its_form(world: World) -> None:
    form = world.form()
    accepted = world.accept(form)
    stored = assess(world, accepted).classification
    typed = world.ask("wang", assess_form, TrialRequest(household=form.household)).classification
    assert stored
    assert typed
    assert (stored.outcome, stored.category) == (typed.outcome, typed.category)
    assert stored.category == "深度困难"


def test_a_day_without_a_line_cannot_be_told(world: World) -> None:
    accepted = world.accept()
    found = assess(world, accepted, date(2024, 6, 1)).classification
    assert found
    assert found.outcome is Outcome.UNKNOWN


def test_a_sealed_assessment_gives_the_same_answer_again(world: World) -> None:
    accepted = world.file()
    change = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    poorer = changed(change.household, income=IncomeForm(income_12_months=None))
    world.do("wang", change_household, changed(change, household=poorer))

    def sealed(work: Work, _: Nothing) -> tuple[str, dict[str, Any]]:
        found = work.load(SealedAssessment, 1)
        return found.digest, sealed_content(found)

    look = Action("t.t", sealed, Permission.READ_CENTER, "", frozenset())
    digest, content = world.do("wang", look, Nothing())
    assert digest_of(content) == digest
    assert content["facts"]["income_12_months"] is not None
    assert content["values_used"][0]["amount_fen"] == 90_000
    assert digest_of(content_of(assess(world, accepted))) != digest


# Certificates


def test_a_certificate_is_for_households_on_file(world: World) -> None:
    accepted = world.accept()
    form = CertificateForm(
        household_id=accepted.household_id,
        purpose="子女就学",
        valid_until=world.clock.today() + timedelta(days=90),
    )
    with pytest.raises(NoFile):
        world.do("wang", issue_certificate, form)
    world.file(accepted)
    paper = world.ask("wang", paper_view, PaperById(id=world.do("wang", issue_certificate, form)))
    assert paper.row.number == "哈工帮证〔2026〕第00001号"
    assert paper.sheet.facts["category"] == "深度困难"
    assert paper.sheet.facts["file_number"] == case(world, accepted).file_number
    assert paper.row.household_id == accepted.household_id


def test_a_paper_counts_the_people_of_the_household_and_not_who_left_it(world: World) -> None:
    accepted = world.file()
    opened = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    stayed = opened.household.members[:-1]
    income = changed(opened.household.income, members_living_together=None)
    form = changed(opened.household, members=stayed, income=income)
    world.do("wang", change_household, changed(opened, household=form))
    further = world.do("wang", accept_further, NewApplication(household_id=accepted.household_id))
    receipt = world.ask("wang", paper_view, PaperById(id=further.paper_id))
    assert receipt.sheet.facts["household_size"] == 1 + len(stayed)


def test_whoever_changed_the_household_does_not_file_it_even_with_both_roles(world: World) -> None:
    accepted = world.accept()
    zhao = world.people["zhao"]
    world.people["zhao"] = replace(
        zhao, permissions=zhao.permissions | world.people["wang"].permissions
    )
    opened = world.do("zhao", open_form, Reveal(household_id=accepted.household_id))
    head = changed(opened.household.head, work_unit="另一家示例厂")
    form = changed(opened, household=changed(opened.household, head=head))
    world.do("zhao", change_household, form)
    with pytest.raises(SecondPersonNeeded):
        world.do("zhao", file_case, step(world, accepted))

"""The pre-judgement at the counter: what a form would give, with nothing kept."""

from dataclasses import replace

from app.cases.queries import assess_form, assess_household
from app.cases.records import AssessRequest, TrialRequest
from app.cases.trial import TrialFacts, assess_trial
from app.core.money import Fen
from app.facts.gather import known_of_form
from app.policy.pack import Outcome
from tests.world import World


def test_somebody_new_had_no_relief_this_year(world: World) -> None:
    findings = world.ask("wang", assess_form, TrialRequest(household=world.form().household))
    relief = findings.measure("living_relief")
    assert (relief.outcome, relief.amount_fen) == (Outcome.YES, Fen(1_080_000))


def test_relief_is_not_known_before_the_number_is_typed_in_full(world: World) -> None:
    form = world.form().household
    part = replace(form, head=replace(form.head, id_number=form.head.id_number[:10]))
    findings = world.ask("wang", assess_form, TrialRequest(household=part))
    assert findings.measure("living_relief").outcome is Outcome.UNKNOWN


def test_the_form_and_the_stored_household_are_judged_alike(world: World) -> None:
    form = world.form()
    accepted = world.accept(form)
    trial = world.ask("wang", assess_form, TrialRequest(household=form.household))
    stored = world.ask("wang", assess_household, AssessRequest(household_id=accepted.household_id))
    assert trial.classification.category == stored.classification.category == "深度困难"
    known = known_of_form(form.household, today=trial.day)
    assert known.household["income_12_months"] == form.household.income.income_12_months


def test_a_trial_changes_facts_and_keeps_nothing(world: World) -> None:
    accepted = world.accept()
    asked = TrialFacts(
        household_id=accepted.household_id,
        household={"income_12_months": Fen(90_000_00), "labour_dispute": True},
        members=({}, {"work_status": "在岗"}),
    )
    tried = world.ask("wang", assess_trial, asked)
    stored = world.ask("wang", assess_household, AssessRequest(household_id=accepted.household_id))
    assert tried.classification.outcome is Outcome.NO
    assert tried.measure("mediation_help").outcome is Outcome.YES
    assert tried.measure("job_placement", 1).outcome is Outcome.NO
    assert stored.classification.category == "深度困难"
    assert stored.measure("mediation_help").outcome is Outcome.UNKNOWN
    assert stored.measure("job_placement", 1).outcome is Outcome.YES
    assert len(tried.known.members) == len(stored.known.members)


def test_a_trial_can_take_a_fact_away(world: World) -> None:
    accepted = world.accept()
    asked = TrialFacts(household_id=accepted.household_id, household={"income_12_months": None})
    tried = world.ask("wang", assess_trial, asked)
    assert [missing.name for missing in tried.classification.missing] == ["income_12_months"]


def test_a_trial_without_changes_is_the_assessment_itself(world: World) -> None:
    accepted = world.accept()
    asked = TrialFacts(household_id=accepted.household_id, household={})
    tried = world.ask("wang", assess_trial, asked)
    stored = world.ask("wang", assess_household, AssessRequest(household_id=accepted.household_id))
    assert [(each.outcome, each.amount_fen) for each in tried.all] == [
        (each.outcome, each.amount_fen) for each in stored.all
    ]


def test_a_word_of_an_earlier_list_is_judged_by_what_it_is_called_now(world: World) -> None:
    form = world.form().household
    older = replace(form, expenditure=replace(form.expenditure, main_cause="本人大病"))
    today = world.clock.today()
    assert known_of_form(older, today=today).household["main_cause"] == "患重特大疾病"

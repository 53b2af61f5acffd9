"""What the center knows, as policy asks it: the household, its members, what they received."""

from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.words import Answer
from app.facts.gather import Relief, known_of_form
from app.households.records import (
    DeclarationForm,
    EmploymentForm,
    ExpenditureForm,
    HouseholdForm,
    IncomeForm,
    MemberForm,
)
from app.policy.facts import Known
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from tests.people import household, id_number
from tests.world import changed

TODAY = date(2026, 11, 20)


def known(form: HouseholdForm, **more: Any) -> Known:
    return known_of_form(form, today=TODAY, **more)


def answered() -> HouseholdForm:
    """Return a form in which everything that policy may ask is answered."""
    child = MemberForm(
        relation="女儿",
        name="单小雨",
        id_number=id_number(4, "20081105"),
        work_status="高中",
        monthly_income=Fen(0),
        health="良好",
        disability="无",
        school_stage="高中",
        admitted_this_year=Answer.YES,
        school_costs_this_year=Fen(120_000),
        medical_self_paid_12_months=Fen(0),
        unemployed_since=date(2026, 1, 2),
    )
    return changed(
        household(members=(child,)),
        income=IncomeForm(
            members_living_together=2,
            income_12_months=Fen(100),
            financial_assets=Fen(200),
            receives_dibao=Answer.NO,
        ),
        expenditure=ExpenditureForm(
            main_cause="患病",
            rigid_expenditure_12_months=Fen(300),
            necessary_employment_cost_12_months=Fen(0),
            accident_loss_12_months=Fen(0),
            medical_self_paid_12_months=Fen(400),
            in_mutual_aid=Answer.YES,
        ),
        employment=EmploymentForm(
            work_status="失(无)业",
            health="糖尿病",
            disability="肢体残疾二级",
            monthly_income=Fen(0),
            unemployed_registered=Answer.YES,
            unemployed_since=date(2026, 5, 1),
            zero_employment=Answer.NO,
            wage_arrears=Answer.NO,
            labour_dispute=Answer.YES,
        ),
        declaration=DeclarationForm(
            declared=True,
            dwellings=1,
            has_motor_vehicle=Answer.NO,
            has_business_premises=Answer.NO,
            high_fee_school_or_study_abroad=Answer.NO,
            refuses_verification=Answer.NO,
        ),
    )


def test_every_fact_of_the_vocabulary_has_its_place_in_the_form() -> None:
    head = changed(answered().head, union_member=Answer.YES, person_type="城镇职工")
    found = known(changed(answered(), head=head), relief=Relief(), filed=True)
    elsewhere = {"as_of", "known_on", "already_in_another_file"}  # of the day, of the register
    assert found.household.keys() >= HOUSEHOLD.keys() - elsewhere
    given = {name for name, value in found.household.items() if value is not None}
    assert given >= HOUSEHOLD.keys() - elsewhere
    child = {name for name, value in found.members[1].items() if value is not None}
    assert child >= MEMBER.keys() - {"union_member"}, "asked of the head alone"


def test_the_head_is_the_first_member_with_the_answers_of_the_sections() -> None:
    head, child = known(answered()).members
    assert (head["relation"], child["relation"]) == ("本人", "女儿")
    assert head["medical_self_paid_12_months"] == 400
    assert head["disability"] == "肢体残疾二级"
    assert head["unemployed_since"] == date(2026, 5, 1)
    assert (child["birth"], child["sex"]) == (date(2008, 11, 5), "女")


def test_what_was_not_asked_stays_unknown() -> None:
    found = known(household(members=(MemberForm(name="单小雨"),)))
    for name in ("wage_arrears", "labour_dispute", "in_mutual_aid", "financial_assets"):
        assert found.household[name] is None
    assert found.household["has_active_file"] is None
    assert "relief_received_this_year" not in found.household
    assert all(found.members[1].get(name) is None for name in MEMBER)
    asked = changed(answered().employment, wage_arrears=Answer.NOT_KNOWN)
    assert known(changed(answered(), employment=asked)).household["wage_arrears"] is None


def test_relief_is_told_by_measure_and_by_member() -> None:
    relief = Relief()
    relief.add("living_relief", 5_000)
    relief.add("schooling_relief", 2_000, 1)
    relief.add("schooling_relief", 1_000, 1)
    found = known(answered(), relief=relief)
    assert found.household["relief_received_this_year"] == 8_000
    assert found.household["received.living_relief"] == 5_000
    assert found.household["received.schooling_relief"] == 3_000
    assert found.members[1]["received.schooling_relief"] == 3_000
    assert "received.schooling_relief" not in found.members[0]

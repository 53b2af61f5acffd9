"""What invented people tell at the counter: most of what is so; some of it was not asked, and
some they do not know."""

from dataclasses import replace
from typing import Final, TypeVar

from app.core.words import Answer
from app.demo.draws import Draws
from app.demo.households import DemoHousehold, DemoMember

Told = TypeVar("Told")

_HURRIED: Final = 60
"""Of a thousand households, those who came in a hurry and without their papers."""
_SKIPPED: Final = 40
"""Of a thousand questions, those that go without an answer; of some several times as many."""
_SKIPPED_IN_HURRY: Final = 300
_NOT_KNOWN: Final = 250
"""Of a thousand questions without an answer, those that were asked and are not known."""


class Counter:
    """Asks the households, one after the other."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._skipped = _SKIPPED

    def ask(self, household: DemoHousehold) -> DemoHousehold:
        """Return what a household tells of itself."""
        hurried = self._draws.chance(_HURRIED)
        self._skipped = _SKIPPED_IN_HURRY if hurried else _SKIPPED
        of_money = 2 if hurried else 0
        return self._exclusions(
            replace(
                household,
                members=tuple(self._person(each, hurried=hurried) for each in household.members),
                income_12_months=self._given(household.income_12_months, of_money),
                rigid_expenditure_12_months=self._given(
                    household.rigid_expenditure_12_months, of_money
                ),
                accident_loss_12_months=self._given(household.accident_loss_12_months, of_money),
                financial_assets=self._given(household.financial_assets, 6),
                receives_dibao=self._said(household.receives_dibao),
                unemployed_registered=self._said(household.unemployed_registered),
                zero_employment=self._said(household.zero_employment),
                wage_arrears=self._said(household.wage_arrears, 4),
                labour_dispute=self._said(household.labour_dispute, 5),
                in_mutual_aid=self._said(household.in_mutual_aid, 5),
                declared=household.declared and not (hurried and self._draws.chance(500)),
            )
        )

    def _exclusions(self, household: DemoHousehold) -> DemoHousehold:
        """Ask for the exclusions where no signed declaration settles them."""
        if household.declared:
            unasked = Answer.NOT_ASKED
            return replace(
                household,
                has_motor_vehicle=unasked,
                has_business_premises=unasked,
                high_fee_school_or_study_abroad=unasked,
                refuses_verification=unasked,
            )
        return replace(
            household,
            dwellings=self._given(household.dwellings),
            has_motor_vehicle=self._said(household.has_motor_vehicle),
            has_business_premises=self._said(household.has_business_premises, 2),
            high_fee_school_or_study_abroad=self._said(household.high_fee_school_or_study_abroad),
            refuses_verification=self._said(household.refuses_verification),
        )

    def _person(self, person: DemoMember, *, hurried: bool) -> DemoMember:
        others = person.relation != "本人" and hurried
        ill = bool(person.medical_self_paid_12_months)
        pupil = bool(person.school_costs_this_year)
        return replace(
            person,
            work_status=self._given(person.work_status, 2 if others else 0),
            monthly_income=self._given(person.monthly_income, 1 if others else 0),
            unemployed_since=self._given(person.unemployed_since, 3),
            health=self._given(person.health),
            disability=self._given(person.disability),
            school_stage=self._given(person.school_stage),
            admitted_this_year=self._said(person.admitted_this_year, 4),
            union_member=self._said(person.union_member),
            medical_self_paid_12_months=self._given(
                person.medical_self_paid_12_months, 4 if ill else 3
            ),
            school_costs_this_year=self._given(person.school_costs_this_year, 3 if pupil else 1),
        )

    def _given(self, value: Told | None, times: int = 1) -> Told | None:
        return None if self._goes_without(times) else value

    def _said(self, answer: Answer, times: int = 1) -> Answer:
        if answer is Answer.NOT_ASKED or not self._goes_without(times):
            return answer
        return Answer.NOT_KNOWN if self._draws.chance(_NOT_KNOWN) else Answer.NOT_ASKED

    def _goes_without(self, times: int) -> bool:
        return self._draws.chance(self._skipped * times)

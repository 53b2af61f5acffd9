"""Who can have a loan: each criterion as yes, no, or cannot tell yet, with limit and source."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import Fen
from app.core.plain import canonical
from app.core.words import Answer
from app.core.words.loans import BorrowerKind, SecurityForm
from app.loans.eligibility import MICROLOAN, examine
from app.loans.eligibility_records import (
    Application,
    EligibilityAnswers,
    EligibilityFindings,
    EligibilityReason,
    LoanCriterion,
    from_plain,
    to_plain,
)
from app.loans.product_rules import NoSuchProduct
from app.policy.catalog import shipped
from app.policy.facts import Known
from app.policy.findings import Assessment
from app.policy.pack import Outcome
from app.policy.rulebook import assess_all
from app.policy.vocabulary import FACTS
from app.reference.dated import shipped_values
from app.reference.loan_rules import LoanRules, Product, rules_on, shipped_rules
from app.reference.values import Values

SEED, CRISIS, NOW = date(2012, 8, 1), date(2009, 8, 3), date(2024, 11, 1)
PERSON, PARTNERS, FIRM = BorrowerKind.INDIVIDUAL, BorrowerKind.PARTNERSHIP, BorrowerKind.SMALL_FIRM
SEEN = EligibilityAnswers(group_proved=Answer.YES)
ANSWERS = st.sampled_from(Answer)


def sound(**more: Answer) -> EligibilityAnswers:
    """Return what is told of a firm that owes nobody."""
    no = dict.fromkeys(("wage_arrears", "insurance_arrears"), Answer.NO)
    answers: dict[str, Any] = {"hires_contracted": Answer.YES, **no, **more}
    return EligibilityAnswers(**answers)


SOUND = sound()


def rules_of(day: date) -> LoanRules:
    rules = rules_on(day)
    assert rules
    return rules


def application(day: date = SEED, **more: Any) -> Application:
    """Return the first application of somebody of 42 who is registered as unemployed."""
    given: dict[str, Any] = {
        "day": day,
        "kind": PERSON,
        "group": "unemployed",
        "birth": date(1970, 1, 1),
        "asked": Fen(5_000_000),
        "months": 24,
        "earlier": 0,
        "answers": SEEN,
    }
    return Application(**(given | more))


def found(day: date = SEED, file: Assessment | None = None, **more: Any) -> EligibilityFindings:
    return examine(application(day, **more), rules_of(day), file)


def reason(findings: EligibilityFindings, criterion: LoanCriterion) -> EligibilityReason:
    return next(each for each in findings.reasons if each.criterion is criterion)


def file(day: date, **facts: Any) -> Assessment:
    """Return what the employment pack says of a man of 42 without work."""
    member = {
        "relation": "本人",
        "birth": date(1970, 1, 1),
        "sex": "男",
        "work_status": "失(无)业",
        "disability": "无",
    }
    household = {"unemployed_registered": True, "person_type": "城镇职工"}
    of_member = {key: facts.pop(key) for key in list(facts) if key in member}
    known = Known({**household, **facts}, [{**member, **of_member}])
    answer = assess_all(shipped(), known, Values(shipped_values()), day).measure(MICROLOAN, 0)
    assert answer
    return answer


# The whole


def test_who_meets_every_criterion_qualifies() -> None:
    findings = found()
    assert findings.qualifies
    assert findings.outcome is Outcome.YES
    assert (findings.most, findings.longest) == (10_000_000, 24)
    assert findings.why_not == ""
    assert findings.missing == ()
    assert findings.rules == "2011-01-01"
    assert findings.provisional


def test_every_reason_names_its_source_and_how_sure_it_is() -> None:
    for rules in shipped_rules():
        for product in rules.products:
            asked = application(rules.in_force, kind=product.kind, heads=60, staff=60, earlier=1)
            for each in examine(asked, rules).reasons:
                assert each.says
                assert each.source
                assert each.confidence.label


def test_what_cannot_be_told_yet_is_no_no_and_says_what_settles_it() -> None:
    findings = found(answers=EligibilityAnswers())
    assert findings.outcome is Outcome.UNKNOWN
    assert findings.missing == ("就业失业登记证（或再就业优惠证）",)
    assert "城镇登记失业人员" in findings.why_not


def test_a_no_counts_more_than_what_is_not_known_and_is_told_first() -> None:
    findings = found(answers=EligibilityAnswers(), months=25)
    assert findings.outcome is Outcome.NO
    assert "25" in findings.why_not
    assert "城镇登记失业人员" not in findings.why_not


def test_a_borrower_the_rules_have_no_loan_for_is_refused() -> None:
    with pytest.raises(NoSuchProduct):
        examine(application(date(2003, 6, 2), kind=FIRM), rules_of(date(2003, 6, 2)))


# Single criteria, on both sides


@pytest.mark.parametrize(
    ("more", "criterion", "held", "fact", "limit"),
    [
        ({"asked": Fen(10_000_000)}, LoanCriterion.AMOUNT, True, "100,000.00", "100,000.00"),
        ({"asked": Fen(10_000_001)}, LoanCriterion.AMOUNT, False, "100,000.01", "100,000.00"),
        ({"months": 24}, LoanCriterion.TERM, True, "24", "24"),
        ({"months": 25}, LoanCriterion.TERM, False, "25", "24"),
        ({"group": "veteran"}, LoanCriterion.GROUP, True, "复员转业退役军人", ""),
    ],
)
def test_a_value_stands_beside_its_limit(
    more: Any, criterion: LoanCriterion, held: bool, fact: str, limit: str
) -> None:
    told = reason(found(**more), criterion)
    assert (told.held, told.fact, told.limit) == (held, fact, limit)


@pytest.mark.parametrize(
    ("birth", "held"),
    [(date(1943, 6, 2), True), (date(1942, 6, 3), True), (date(1942, 6, 2), False), (None, None)],
)
def test_the_rules_of_2002_lend_until_sixty(birth: date | None, held: bool | None) -> None:
    day = date(2003, 6, 2)
    told = found(day, birth=birth, group="laid_off", asked=Fen(2_000_000))
    assert reason(told, LoanCriterion.CONDITION).held is held
    if held is None:
        assert told.missing == ("身份证",)


def test_sixty_one_is_too_old_by_the_rules_of_2002() -> None:
    told = found(date(2003, 6, 2), birth=date(1942, 6, 2), group="laid_off", asked=Fen(100))
    assert "61" in told.why_not or "60" in told.why_not


@pytest.mark.parametrize(
    ("group", "proved", "held"),
    [
        ("unemployed", Answer.YES, True),
        ("unemployed", Answer.NO, False),
        ("unemployed", Answer.NOT_KNOWN, None),
        ("", Answer.YES, None),
        ("online", Answer.YES, False),
    ],
)
def test_a_borrower_is_of_a_group_that_loans_are_for(
    group: str, proved: Answer, held: bool | None
) -> None:
    told = found(group=group, answers=EligibilityAnswers(group_proved=proved))
    assert reason(told, LoanCriterion.GROUP).held is held


@pytest.mark.parametrize(
    ("earlier", "running", "in_time", "held"),
    [
        (1, Answer.NO, Answer.YES, True),
        (2, Answer.NO, Answer.YES, False),
        (1, Answer.YES, Answer.YES, False),
        (1, Answer.NO, Answer.NO, False),
        (1, Answer.NO, Answer.NOT_ASKED, None),
        (1, Answer.NOT_ASKED, Answer.YES, None),
        (None, Answer.NO, Answer.YES, None),
    ],
)
def test_a_second_loan_in_2015_is_for_who_paid_off_the_first_in_time(
    earlier: int | None, running: Answer, in_time: Answer, held: bool | None
) -> None:
    answers = seen_and(repaid_in_time=in_time)
    told = found(date(2015, 6, 1), earlier=earlier, running=running, answers=answers)
    assert reason(told, LoanCriterion.AGAIN).held is held


@pytest.mark.parametrize(("earlier", "held"), [(2, True), (3, False)])
def test_three_loans_in_all_since_2023(earlier: int, held: bool) -> None:
    told = found(NOW, earlier=earlier, running=Answer.NO)
    assert reason(told, LoanCriterion.AGAIN).held is held


@pytest.mark.parametrize(
    ("earlier", "subsidised"), [(2, Answer.YES), (3, Answer.NO), (None, Answer.NOT_KNOWN)]
)
def test_a_fourth_loan_of_2018_is_lent_and_not_subsidised(
    earlier: int | None, subsidised: Answer
) -> None:
    told = found(date(2018, 11, 15), earlier=earlier, running=Answer.NO)
    assert told.subsidised is subsidised
    assert reason(told, LoanCriterion.AGAIN).held is (None if earlier is None else True)


def test_of_a_first_loan_nothing_earlier_is_asked() -> None:
    assert LoanCriterion.AGAIN not in {each.criterion for each in found().reasons}


# Firms


@pytest.mark.parametrize(
    ("heads", "staff", "asked", "outcome"),
    [
        (15, 100, 4_000_000, Outcome.YES),
        (15, 100, 4_000_001, Outcome.NO),
        (14, 100, 1_500_000, Outcome.YES),
        (14, 100, 1_500_001, Outcome.NO),
        (1, 100, 150_000, Outcome.YES),
        (0, 100, 1, Outcome.NO),
        (None, 100, 1, Outcome.UNKNOWN),
        (15, None, 1, Outcome.UNKNOWN),
    ],
)
def test_a_firm_is_lent_by_its_new_hires(
    heads: int | None, staff: int | None, asked: int, outcome: Outcome
) -> None:
    asks: dict[str, Any] = {"kind": FIRM, "heads": heads, "staff": staff, "asked": Fen(asked * 100)}
    assert found(NOW, answers=SOUND, **asks).outcome is outcome


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (SOUND, Outcome.YES),
        (sound(wage_arrears=Answer.YES), Outcome.NO),  # pyright: ignore[reportArgumentType] - a record is a dataclass
        (sound(insurance_arrears=Answer.YES), Outcome.NO),  # pyright: ignore[reportArgumentType] - a record is a dataclass
        (sound(hires_contracted=Answer.NO), Outcome.NO),  # pyright: ignore[reportArgumentType] - a record is a dataclass
        (sound(wage_arrears=Answer.NOT_ASKED), Outcome.UNKNOWN),  # pyright: ignore[reportArgumentType] - a record is a dataclass
    ],
)
def test_a_firm_owes_nobody(answers: EligibilityAnswers, outcome: Outcome) -> None:
    told = found(NOW, kind=FIRM, heads=20, staff=100, asked=Fen(100), answers=answers)
    assert told.outcome is outcome
    assert LoanCriterion.GROUP not in {each.criterion for each in told.reasons}


@pytest.mark.parametrize(
    ("hires", "outcome"), [(50, Outcome.NO), (51, Outcome.YES), (None, Outcome.UNKNOWN)]
)
def test_harbin_lent_to_firms_of_more_than_fifty_hires_in_2009(
    hires: int | None, outcome: Outcome
) -> None:
    assert found(CRISIS, kind=FIRM, heads=hires, asked=Fen(50_000_000)).outcome is outcome


def test_too_few_hires_are_told_with_what_each_is_worth() -> None:
    told = found(NOW, kind=FIRM, heads=3, staff=100, asked=Fen(100), answers=SOUND)
    hires = reason(told, LoanCriterion.HIRES)
    assert hires.held is True
    assert hires.fact == "3/100"
    assert "150,000.00" in hires.says
    assert told.most == 45_000_000


def test_partners_are_counted() -> None:
    three: dict[str, Any] = {"kind": PARTNERS, "heads": 3}
    assert found(asked=Fen(30_000_000), **three).qualifies
    assert not found(asked=Fen(30_000_001), **three).qualifies
    unknown = found(kind=PARTNERS)
    assert unknown.outcome is Outcome.UNKNOWN
    assert unknown.missing == ("合伙协议",)


# Counter-guarantee, papers, gaps


@pytest.mark.parametrize(
    ("day", "asked", "security"),
    [
        (date(2021, 6, 1), 10_000_000, Answer.NO),
        (date(2021, 6, 1), 10_000_001, Answer.YES),
        (SEED, 1, Answer.NOT_KNOWN),
        (NOW, 1, Answer.NOT_KNOWN),
    ],
)
def test_an_unknown_exemption_stays_unknown(day: date, asked: int, security: Answer) -> None:
    told = found(day, asked=Fen(asked))
    assert told.security is security
    assert SecurityForm.SALARIED in told.forms
    assert ("多少以下不用反担保" in told.unknown) == (security is Answer.NOT_KNOWN)


def test_the_papers_are_those_of_the_borrower_and_the_group_and_which_came() -> None:
    answers = EligibilityAnswers(group_proved=Answer.YES, papers=("退役证件", "身份证"))
    papers = {each.says: each.handed_in for each in found(group="veteran", answers=answers).papers}
    assert papers["退役证件"]
    assert papers["身份证"]
    assert not papers["营业执照"]
    assert "合伙协议" not in papers
    assert "合伙协议" in {each.says for each in found(kind=PARTNERS, heads=2).papers}
    plain = [each.says for each in found().papers]
    assert len(plain) == len({*plain})


def test_what_no_source_says_refuses_nobody_and_is_told() -> None:
    rules = rules_of(SEED)
    product = rules.product(PERSON)
    assert product
    silent = Product(kind=PERSON, title=product.title, groups=product.groups)
    told = examine(
        application(asked=Fen(10**9), months=120, earlier=7),
        msgspec.structs.replace(rules, products=(silent,)),
    )
    assert told.qualifies
    assert (told.most, told.longest, told.forms) == (None, None, ())
    assert (told.security, told.subsidised) == (Answer.NOT_KNOWN, Answer.NOT_KNOWN)
    assert len(told.unknown) == 7


# With the household file


def test_the_household_file_shows_the_group() -> None:
    told = found(SEED, file(SEED), answers=EligibilityAnswers())
    assert told.qualifies
    assert reason(told, LoanCriterion.GROUP).held is True
    assert told.pack.startswith("employment/2012")
    assert told.pack_digest
    ages = [each for each in told.reasons if each.criterion is LoanCriterion.FILE]
    assert [(each.fact, each.limit, each.held) for each in ages] == [
        ("42", "18", True),
        ("42", "60", True),
    ]
    assert all(each.article for each in ages)


@pytest.mark.parametrize(
    ("group", "facts", "held"),
    [
        ("unemployed", {}, True),
        ("unemployed", {"unemployed_registered": None}, None),
        ("unemployed", {"unemployed_registered": False}, None),
        ("disabled", {}, None),
        ("disabled", {"disability": "肢体残疾二级"}, True),
        ("returning_migrant", {"person_type": "农民工"}, True),
        ("returning_migrant", {}, None),
        ("veteran", {"person_type": "农民工"}, None),
    ],
)
def test_a_file_shows_the_group_it_speaks_of_and_no_other(
    group: str, facts: dict[str, Any], held: bool | None
) -> None:
    told = found(SEED, file(SEED, **facts), group=group, answers=EligibilityAnswers())
    assert reason(told, LoanCriterion.GROUP).held is held


def test_every_fact_by_which_a_file_shows_a_group_is_one_that_policy_asks() -> None:
    facts = {group.fact for rules in shipped_rules() for group in rules.groups} - {""}
    assert facts == {"unemployed_registered", "disability", "person_type"}
    assert facts <= {fact.name for fact in FACTS}


def test_the_desk_sees_papers_that_the_file_does_not_hold() -> None:
    """The pack says no to who is not registered as unemployed; a veteran's paper settles it."""
    says_no = file(SEED, unemployed_registered=False, work_status="在岗")
    assert says_no.outcome is Outcome.NO
    assert found(SEED, says_no, group="veteran").qualifies
    disproved = EligibilityAnswers(group_proved=Answer.NO)
    assert found(SEED, file(SEED), answers=disproved).outcome is Outcome.NO


@pytest.mark.parametrize(
    ("birth", "outcome"),
    [
        (date(1994, 8, 1), Outcome.YES),
        (date(1994, 8, 2), Outcome.NO),
        (date(1951, 8, 2), Outcome.YES),
        (date(1951, 8, 1), Outcome.NO),
        (None, Outcome.UNKNOWN),
    ],
)
def test_the_age_of_the_pack_counts_whatever_paper_was_seen(
    birth: date | None, outcome: Outcome
) -> None:
    assert found(SEED, file(SEED, birth=birth)).outcome is outcome


def test_a_firm_is_not_asked_for_a_household_file() -> None:
    told = found(NOW, file(NOW, birth=None), kind=FIRM, heads=20, staff=100, answers=SOUND)
    assert LoanCriterion.FILE not in {each.criterion for each in told.reasons}


# Sealing


@given(
    day=st.sampled_from([rules.in_force for rules in shipped_rules()[1:]]),
    kind=st.sampled_from(BorrowerKind),
    fen=st.integers(1, 10**9),
    months=st.integers(1, 120),
    people=st.one_of(st.none(), st.integers(0, 300)),
    earlier=st.one_of(st.none(), st.integers(0, 5)),
    answer=ANSWERS,
)
def test_findings_are_sealed_as_plain_data_and_read_back(
    day: date,
    kind: BorrowerKind,
    fen: int,
    months: int,
    people: int | None,
    earlier: int | None,
    answer: Answer,
) -> None:
    answers = EligibilityAnswers(group_proved=answer, hires_contracted=answer, papers=("身份证",))
    told = found(
        day,
        kind=kind,
        asked=Fen(fen),
        months=months,
        heads=people,
        staff=people,
        earlier=earlier,
        answers=answers,
    )
    sealed = msgspec.json.decode(canonical(to_plain(told)))
    assert from_plain(sealed) == told
    held = [each.held for each in told.reasons]
    assert told.qualifies == all(each is True for each in held)
    assert (told.outcome is Outcome.NO) == (False in held)


def seen_and(**more: Any) -> EligibilityAnswers:
    """Return answers of somebody whose group was seen."""
    return EligibilityAnswers(group_proved=Answer.YES, **more)

"""What keeps a seeker and a vacancy apart, what speaks for them, and the sentence of each."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    PayUnit,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from app.placements.match_limits import Between, all_limits, limits_shown, standing
from app.placements.match_merits import MOST, OF_WISH, match
from app.placements.match_records import OF_PAIR, Limit, Merit
from tests.matches import DAYS, TODAY, seeker, vacancy

YESTERDAY = TODAY - timedelta(days=1)
GROUND = "国家规定"


def test_a_pair_that_fits_has_every_limit_held_and_every_point() -> None:
    limits = all_limits(seeker(), vacancy(), DAYS, Between())
    assert [each.limit for each in limits] == list(Limit)
    assert standing(limits) == ()
    found = match(seeker(), vacancy(), DAYS, limits)
    assert [each.merit for each in found.merits] == list(Merit)
    assert found.points == sum(each.points for each in found.merits) == 100


def test_the_weights_are_a_hundred_and_half_of_each_is_whole() -> None:
    assert sum(MOST.values()) == 100
    assert set(MOST) == set(Merit)
    assert not [merit for merit, most in MOST.items() if most % 2]
    assert sorted(OF_WISH, reverse=True) == list(OF_WISH)


@pytest.mark.parametrize(
    ("limit", "ours", "theirs", "says"),
    [
        (Limit.SEEKING, {"state": SeekerState.PLACED}, {}, "求职登记不在求职状态：已就业"),
        (Limit.SEEKING, {"valid_until": YESTERDAY}, {}, "求职登记有效期到 2026-11-19 为止，已过期"),
        (Limit.OPEN, {}, {"state": VacancyState.FILLED}, "岗位不在招：已招满"),
        (Limit.OPEN, {}, {"valid_until": YESTERDAY}, "岗位有效期到 2026-11-19 为止，已过期"),
        (
            Limit.FRESH,
            {},
            {"confirmed_on": date(2026, 11, 8)},
            "2026-11-08 之后没有核实，请先问单位",
        ),
        (Limit.POSTS, {}, {"hired": 2}, "招 2 人，已录用 2 人"),
        (Limit.BARRED, {}, {"barred": True}, "单位在黑名单中"),
        (Limit.AGE, {"age": 15}, {}, "15 岁；满 16 周岁才能就业（劳动法第 15 条）"),
        (
            Limit.AGE,
            {},
            {"age_from": 18, "age_to": 47, "limit_ground": GROUND},
            "48 岁；要求 18 至 47 岁（国家规定）",
        ),
        (
            Limit.AGE,
            {"age": 17},
            {"age_from": 18, "limit_ground": GROUND},
            "17 岁；要求满 18 岁（国家规定）",
        ),
        (
            Limit.MINOR,
            {"age": 17, "shifts": (Shift.NIGHT,)},
            {"shift": Shift.NIGHT, "strains": (Strain.DUST,)},
            "未满 18 岁不得安排（劳动法第 64 条）：粉尘、夜班",
        ),
        (Limit.SEX, {}, {"sex": Sex.MALE, "limit_ground": GROUND}, "要求男（国家规定）"),
        (Limit.HEALTH, {}, {"strains": (Strain.STANDING, Strain.COLD)}, "受不了：久站"),
        (Limit.DISTANCE, {}, {"district": "香坊区"}, "香坊区；愿意去：南岗区、道里区"),
        (Limit.SHIFT, {}, {"shift": Shift.ROTATING}, "倒班；可上：白班"),
        (Limit.WELFARE, {}, {"public_welfare": True}, "只安置已认定的就业困难人员"),
    ],
)
def test_one_limit_that_fails_stands_alone_with_its_sentence(
    limit: Limit, ours: dict[str, Any], theirs: dict[str, Any], says: str
) -> None:
    (found,) = standing(all_limits(seeker(**ours), vacancy(**theirs), DAYS, Between()))
    assert (found.limit, found.says) == (limit, says)


def test_what_was_done_about_a_pair_keeps_it_apart() -> None:
    done = Between(excluded="离家太远", referred="荐2026-0007")
    excluded, referred = standing(all_limits(seeker(), vacancy(), DAYS, done))
    assert (excluded.limit, excluded.says) == (Limit.EXCLUDED, "已排除：离家太远")
    assert (referred.limit, referred.says) == (Limit.REFERRED, "已推荐过：荐2026-0007")


@pytest.mark.parametrize(
    ("limit", "ours", "theirs", "held", "says"),
    [
        (Limit.AGE, {"age": 16}, {}, True, "16 岁，不限年龄"),
        (Limit.AGE, {}, {"age_to": 48, "limit_ground": GROUND}, True, "48 岁，符合要求"),
        (Limit.MINOR, {"age": 16}, {}, True, "没有未满 18 岁不得安排的劳动"),
        (Limit.MINOR, {"age": 18}, {"strains": (Strain.DUST,)}, True, "已满 18 岁"),
        (
            Limit.SEX,
            {},
            {"sex": Sex.FEMALE, "limit_ground": "国家规定"},
            True,
            "要求女（国家规定）",
        ),
        (Limit.HEALTH, {"limits": ()}, {}, True, "没有说有身体限制"),
        (Limit.HEALTH, {}, {"strains": ()}, True, "岗位没有写体力要求"),
        (Limit.HEALTH, {}, {}, True, "受得了：常走动"),
        (Limit.DISTANCE, {}, {"district": None}, None, "工作地点的区县不清楚"),
        (Limit.DISTANCE, {"districts": ()}, {}, True, "南岗区；求职者不限地区"),
        (
            Limit.DISTANCE,
            {"districts": ()},
            {"district": None},
            True,
            "区县不清楚；求职者不限地区",
        ),
        (
            Limit.WELFARE,
            {"recognised": True},
            {"public_welfare": True},
            True,
            "已认定为就业困难人员",
        ),
    ],
)
def test_what_is_met_or_not_known_keeps_nobody_apart(
    limit: Limit, ours: dict[str, Any], theirs: dict[str, Any], held: bool | None, says: str
) -> None:
    limits = all_limits(seeker(**ours), vacancy(**theirs), DAYS, Between())
    assert standing(limits) == ()
    found = next(each for each in limits if each.limit is limit)
    assert (found.held, found.says) == (held, says)


@pytest.mark.parametrize("strain", Strain)
def test_the_young_are_kept_from_what_is_heavy_or_harmful(strain: Strain) -> None:
    mild = (Strain.STANDING, Strain.WALKING, Strain.EYESIGHT)
    young = seeker(age=17, limits=())
    stands = standing(all_limits(young, vacancy(strains=(strain,)), DAYS, Between()))
    assert [each.limit for each in stands] == ([] if strain in mild else [Limit.MINOR])


@pytest.mark.parametrize(
    ("merit", "ours", "theirs", "held", "points", "says"),
    [
        (Merit.OCCUPATION, {}, {"occupation": "缝纫工"}, True, 24, "第 2 志愿：缝纫工"),
        (
            Merit.OCCUPATION,
            {"wishes": ("厨师", "洗碗", "医院保洁员")},
            {},
            True,
            18,
            "第 3 志愿：医院保洁员",
        ),
        (Merit.OCCUPATION, {"wishes": ("厨师",)}, {}, False, 0, "不是想找的工种；想找：厨师"),
        (Merit.PAY, {}, {}, True, 20, "3,000.00 元，达到期望的 2,800.00 元"),
        (
            Merit.PAY,
            {},
            {"wage_from": Fen(270_000), "wage_to": Fen(280_000)},
            None,
            10,
            "2,700.00–2,800.00 元，最高可到期望的 2,800.00 元",
        ),
        (Merit.PAY, {}, {"wage_from": Fen(270_000)}, False, 0, "2,700.00 元；期望 2,800.00 元"),
        (Merit.PAY, {"wage_wish": None}, {}, None, 10, "3,000.00 元；没有说期望工资"),
        (
            Merit.PAY,
            {},
            {"pay_unit": PayUnit.HOUR, "wage_from": Fen(2_000)},
            None,
            10,
            "20.00 元，不按月计；期望每月 2,800.00 元",
        ),
        (Merit.DISTRICT, {}, {"district": "道里区"}, False, 0, "在道里区；住在南岗区"),
        (Merit.DISTRICT, {"district": None}, {}, None, 7, "住在哪个区县不清楚"),
        (Merit.DISTRICT, {}, {"district": None}, None, 7, "工作地点的区县不清楚"),
        (Merit.EDUCATION, {}, {"education": None}, True, 10, "不作要求"),
        (Merit.EDUCATION, {"education": None}, {}, None, 5, "要求初中；本人情况不清楚"),
        (Merit.EDUCATION, {}, {"education": Education.COLLEGE}, False, 0, "要求大专；本人高中"),
        (Merit.EDUCATION, {}, {"education": Education.SENIOR}, True, 10, "本人高中；要求高中"),
        (
            Merit.SKILL,
            {},
            {"skill_grade": SkillGrade.THREE},
            False,
            0,
            "要求三级（高级工）；本人四级（中级工）",
        ),
        (Merit.INSURED, {}, {"insured": Answer.NO}, False, 0, "不缴社会保险"),
        (Merit.INSURED, {}, {"insured": Answer.NOT_KNOWN}, None, 3, "是否缴社会保险不清楚"),
        (Merit.BOARD, {}, {"board": Answer.NO}, False, 0, "需要食宿，单位不提供"),
        (Merit.BOARD, {}, {"board": Answer.NOT_ASKED}, None, 3, "食宿情况不清楚"),
        (Merit.BOARD, {"board": Answer.NOT_ASKED}, {"board": Answer.NO}, None, 3, "食宿情况不清楚"),
        (Merit.BOARD, {"board": Answer.NO}, {"board": Answer.NO}, True, 6, "不需要食宿"),
        (Merit.NEWLY, {}, {"confirmed_on": date(2026, 11, 13)}, True, 4, "2026-11-13 核实"),
        (Merit.NEWLY, {}, {"confirmed_on": date(2026, 11, 12)}, False, 0, "2026-11-12 核实"),
    ],
)
def test_a_merit_has_its_points_and_its_sentence(
    merit: Merit,
    ours: dict[str, Any],
    theirs: dict[str, Any],
    held: bool | None,
    points: int,
    says: str,
) -> None:
    found = match(seeker(**ours), vacancy(**theirs), DAYS, ())
    told = next(each for each in found.merits if each.merit is merit)
    assert (told.held, told.points, told.most, told.says) == (held, points, MOST[merit], says)
    assert found.points == sum(each.points for each in found.merits)


def test_a_list_shows_the_limits_that_concern_the_pair() -> None:
    plain = [each.limit for each in limits_shown(seeker(), vacancy())]
    assert plain == [Limit.AGE, Limit.HEALTH, Limit.DISTANCE, Limit.SHIFT]
    odd = vacancy(sex=Sex.FEMALE, public_welfare=True, limit_ground=GROUND)
    shown = {each.limit for each in limits_shown(seeker(age=17), odd)}
    assert shown == set(OF_PAIR) - {Limit.EXCLUDED, Limit.REFERRED}

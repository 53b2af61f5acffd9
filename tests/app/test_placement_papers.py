"""The papers of the job service: what they say, what they leave room for, and that they fit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.core.errors import NotNow
from app.core.record import Record
from app.core.words.papers import PaperState
from app.core.words.placements import Education, ReferralState
from app.papers.days import capital_day
from app.papers.fonts import GlyphMissing
from app.papers.queries import paper_rows, paper_view
from app.papers.records import PaperById, PaperQuery
from app.papers.render import page_count, render
from app.papers.seal import check, claims_of
from app.papers.sheet import Sheet, thaw
from app.placements.issuing import (
    issue_recognition_certificate,
    issue_recognition_form,
    issue_seeker_form,
    issue_vacancy_form,
)
from app.placements.recognising import end_recognition
from app.placements.recognition_queries import recognition_view
from app.placements.recognition_records import RecognitionById, RecognitionEndForm
from app.placements.seeker_records import SeekerById
from app.placements.vacancy_records import VacancyById
from app.work import Action
from tests.app.job_papers import (
    letter,
    recognition_certificate,
    recognition_form,
    seeker_form,
    vacancy_form,
    voucher,
)
from tests.hiring import JobDesk
from tests.papers import NOWHERE, PUBLIC_KEY, RARE, joined, pages_of, right_edges
from tests.world import World

ONE_PAGE = (letter, seeker_form, vacancy_form, recognition_certificate, voucher)
ALL = (*ONE_PAGE, recognition_form)
LONG = "长" * 60


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def text(sheet: Sheet) -> str:
    return joined("".join(pages_of(render(sheet))))


def said(desk: JobDesk, issue: Action[Any, int], asked: Record) -> dict[str, Any]:
    """Issue a paper; return what it says."""
    paper = desk.world.do("li", issue, asked)
    return desk.world.ask("li", paper_view, PaperById(id=paper)).sheet.facts


@pytest.mark.parametrize("make", ALL)
def test_a_paper_is_the_same_every_time_and_signed(make: Callable[..., Sheet]) -> None:
    pdf = render(make())
    assert render(thaw(make().to_json())) == pdf
    assert page_count(pdf) == (2 if make is recognition_form else 1)
    assert all(edge < 210 - 8 for edge in right_edges(pdf))
    assert check(PUBLIC_KEY, make().payload) == claims_of(make())


@pytest.mark.parametrize("make", ALL)
def test_what_nobody_told_leaves_room_to_write(make: Callable[..., Sheet]) -> None:
    bare = text(make(bare=True))
    assert "None" not in bare
    assert not set("{}[]") & set(bare)
    assert page_count(render(make(bare=True))) == page_count(render(make()))


@pytest.mark.parametrize("make", ALL)
def test_rare_characters_are_printed_and_impossible_ones_named(
    make: Callable[..., Sheet],
) -> None:
    assert RARE in text(make(name=RARE))
    with pytest.raises(GlyphMissing):
        render(make(name=f"王{NOWHERE}"))


def test_the_letter_has_its_slip_and_the_line_between_them() -> None:
    whole = text(letter())
    for part in ("推荐介绍信", "食堂面点师", "2026年12月10日", "0451-00000000"):
        assert part in whole
    assert "贰零贰陆年壹拾贰月零陆日" in whole
    assert "请于 2026年12月13日（贰零贰陆年壹拾贰月壹拾叁日）前交回" in whole
    for part in ("沿虚线撕开", "（骑缝盖章）", "推荐回执", "□ 未录用", "□ 本人未到"):
        assert part in whole
    assert whole.count("荐2026-0102") == 3


def test_only_rules_that_presume_threaten_with_it() -> None:
    assert "视为已经录用" not in text(letter())
    assert "视为已经录用" in text(letter(presumable=True))


def test_a_letter_with_long_words_is_one_page_and_the_slip_is_never_cut_in_two() -> None:
    long = letter(employer="长" * 40, presumable=True, skills="技" * 80, employer_address=LONG)
    assert page_count(render(long)) == 1
    longest = letter(employer=LONG, skills="技" * 500, employer_address=LONG, interview_at=LONG)
    _, slip = pages_of(render(longest))
    for part in ("推荐回执", "面试结果", "单位盖章"):
        assert part in slip


def test_an_application_leaves_room_for_the_decision_and_tells_it_after() -> None:
    undecided = recognition_form(decision="", opinion="", decided_by="", decided_on=None)
    assert "赵建国" not in text(undecided).replace("审核　赵建国", "")
    assert "同意认定" in text(recognition_form())
    street, center = pages_of(render(recognition_form()))
    assert "街道（社区）留存" in street
    assert "帮扶中心留存" in center


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2013, 1, 15), "贰零壹叁年零壹月壹拾伍日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2030, 2, 10), "贰零叁零年零贰月零壹拾日"),
        (date(2026, 11, 9), "贰零贰陆年壹拾壹月零玖日"),
        (date(2012, 3, 30), "贰零壹贰年叁月零叁拾日"),
        (date(2012, 12, 31), "贰零壹贰年壹拾贰月叁拾壹日"),
    ],
)
def test_a_capital_day_follows_the_rule_of_bills(day: date, written: str) -> None:
    assert capital_day(day) == written


def test_the_form_of_a_seeker_says_what_was_told_and_masks_what_is_private(desk: JobDesk) -> None:
    seeker = desk.seeker(education=Education.JUNIOR, third_wish="", second_wish="保洁员")
    facts = said(desk, issue_seeker_form, SeekerById(id=seeker))
    assert facts["name"] == "葛示例"
    assert facts["wishes"] == ["厨师", "保洁员"]
    assert facts["education"] == "初中"
    assert facts["board"] == ""
    assert facts["difficulty"] == []
    assert "15400007777" not in str(facts)
    assert "19780305" not in str(facts)
    assert facts["id_number"].count("*") == 10
    desk.recognised(seeker)
    assert said(desk, issue_seeker_form, SeekerById(id=seeker))["difficulty"]


def test_the_form_of_a_vacancy_says_what_is_not_limited(desk: JobDesk) -> None:
    vacancy = desk.vacancy()
    facts = said(desk, issue_vacancy_form, VacancyById(id=vacancy))
    view = desk.see_vacancy(vacancy)
    assert facts["vacancy_number"] == view.row.number
    assert facts["wage_from"] == view.row.wage_from
    assert (facts["sex"], facts["age"]) == ("不限", "不限")
    limited = desk.vacancy(
        education=Education.SENIOR, age_from=18, age_to=50, limit_ground="女职工劳动保护特别规定"
    )
    facts = said(desk, issue_vacancy_form, VacancyById(id=limited))
    assert (facts["age"], facts["education"]) == ("18 至 50 周岁", "高中以上")
    assert facts["referred"] == 0


def test_a_letter_is_issued_with_its_referral(desk: JobDesk) -> None:
    seeker, vacancy = desk.seeker(), desk.vacancy()
    issued = desk.refer(seeker, vacancy)
    view = desk.world.ask("li", paper_view, PaperById(id=issued.paper_id))
    facts = view.sheet.facts
    assert facts["referral_number"] == issued.number
    assert facts["due_on"] == issued.due_on.isoformat()
    assert facts["presumable"] is False
    assert facts["vacancy_number"] == desk.see_vacancy(vacancy).row.number
    subject = PaperQuery(subject=f"job_referral/{issued.id}")
    assert [row.id for row in desk.world.ask("li", paper_rows, subject)] == [issued.paper_id]
    assert desk.see_referral(issued.id).row.state is ReferralState.ISSUED
    form = said(desk, issue_vacancy_form, VacancyById(id=vacancy))
    assert (form["referred"], form["hired"]) == (1, 0)


def test_a_voucher_is_issued_with_its_card(desk: JobDesk) -> None:
    issued = desk.voucher(desk.seeker())
    facts = desk.world.ask("li", paper_view, PaperById(id=issued.paper_id)).sheet.facts
    assert facts["voucher_number"] == issued.number
    assert facts["valid_until"] == issued.valid_until.isoformat()
    assert facts["wishes"] == ["厨师"]


def test_a_certificate_stands_on_a_recognition_that_stands(desk: JobDesk) -> None:
    seeker = desk.seeker()
    applied = desk.applied(seeker)
    named = RecognitionById(id=applied)
    facts = said(desk, issue_recognition_form, named)
    assert facts["decision"] == ""
    assert "年满 16 周岁（本人年龄：48）：符合" in facts["reasons"]
    assert not any(reason.startswith("　") for reason in facts["reasons"])
    assert facts["articles"] == ["第四条"]
    with pytest.raises(NotNow):
        desk.world.do("li", issue_recognition_certificate, named)
    desk.decided(applied, opinion="材料齐全，同意认定。")
    assert said(desk, issue_recognition_form, named)["opinion"] == "材料齐全，同意认定。"
    paper = desk.world.do("li", issue_recognition_certificate, named)
    certificate = desk.world.ask("li", paper_view, PaperById(id=paper)).sheet.facts
    row = desk.world.ask("li", recognition_view, named).row
    assert certificate["recognition_number"] == row.number
    assert certificate["grounds"] == list(row.grounds)
    end = RecognitionEndForm(id=applied, version=row.version, day=desk.today, reason="已就业")
    desk.world.do("li", end_recognition, end)
    voided = desk.world.ask("li", paper_view, PaperById(id=paper))
    assert (voided.row.state, voided.void_reason) == (PaperState.VOID, "已就业")
    with pytest.raises(NotNow):
        desk.world.do("li", issue_recognition_certificate, named)

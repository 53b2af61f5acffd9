"""The archive form on paper: every item, five members a page, three copies, nothing cut."""

from datetime import date
from typing import Any, cast

import pytest

from app.cases.actions import accept_case
from app.core.money import yuan_text
from app.core.record import specs
from app.core.words import Answer
from app.core.words.papers import PaperState
from app.households.actions import change_household, open_form
from app.households.archive_records import ArchiveForm
from app.households.issuing import issue_archive_form
from app.households.papers import ArchiveFormFacts
from app.households.records import ById, EmploymentForm, ExpenditureForm, HouseholdForm, Reveal
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render
from app.papers.templates import template
from app.work import Permission
from tests.archive import full_archive, full_household, full_member
from tests.papers import pages_by_pdfium, pages_of, right_edges
from tests.people import household, intake
from tests.world import World, changed

KEEPERS = ("基层工会留存", "产业工会留存", "帮扶中心留存")


def printed(world: World, form: HouseholdForm) -> bytes:
    id_ = world.do("wang", accept_case, intake(form)).household_id
    paper = world.do("wang", issue_archive_form, ById(id=id_))
    return render(world.ask("wang", paper_view, PaperById(id=paper)).sheet)


def said(name: str, value: Any) -> tuple[str, ...]:
    """Return how the form writes a value."""
    match value:
        case tuple():
            return cast("tuple[str, ...]", value)
        case Answer():
            return (value.label,)
        case date():
            return ("2015年3月9日",)
        case int():
            return (yuan_text(value),)
        case _:
            return (str(value),)


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("members", "pages"), [(0, 2), (1, 2), (5, 2), (6, 3), (13, 4)])
def test_three_copies_with_five_members_a_page(world: World, members: int, pages: int) -> None:
    people = tuple(
        full_member(f"单一{'甲乙丙丁戊己庚辛壬癸子丑寅'[n]}", 11 + n) for n in range(members)
    )
    texts = pages_of(printed(world, full_household(*people)))
    assert len(texts) == 3 * pages
    for place, keeper in enumerate(KEEPERS):
        copy = plain("".join(texts[place * pages : (place + 1) * pages]))
        assert keeper in copy
        assert not any(other in copy for other in KEEPERS if other != keeper)
        assert all(person.name in copy for person in people)
        assert all(
            copy.count(words) == 1 for words in ("基层党组织或行政意见", "系统（产业）工会意见")
        )
        assert f"第{pages}页，共{pages}页" in copy


def test_every_item_stands_on_it(world: World) -> None:
    form = full_household(full_member("单一一", 11))
    text = plain("".join(pages_by_pdfium(printed(world, form))[:2]))
    for field in specs(type(form.archive)):
        for words in said(field.name, getattr(form.archive, field.name)):
            assert plain(words) in text, field.name
    assert form.head.id_number in text
    assert form.members[0].id_number in text


def test_long_values_wrap_and_nothing_is_cut(world: World) -> None:
    long = "很长的内容" * 60
    archive = changed(full_archive(), note="注" * 900, relief_plan=long, origin_unit="来" * 60)
    members = tuple(
        changed(full_member("阿卜杜拉·" + "买买提" * 8, 11 + n), unit="校" * 60) for n in range(5)
    )
    form = changed(full_household(*members), archive=archive)
    pdf = printed(world, form)
    text = plain("".join(pages_of(pdf)))
    assert text.count(long) == 3
    assert text.count("注" * 900) == 3
    assert text.count("来" * 60) == 3
    assert text.count("校") == 3 * 5 * 60 + 3 * text.count("单位或学校") // 3
    assert max(right_edges(pdf)) < 200


def test_unknown_is_left_empty_and_old_words_are_told(world: World) -> None:
    form = changed(
        household(),
        employment=EmploymentForm(health="癌症"),
        expenditure=ExpenditureForm(main_cause="收入低无法维持基本生活"),
    )
    text = plain("".join(pages_of(printed(world, form))))
    assert "癌症（现称恶性肿瘤）" in text
    assert "收入低无法维持基本生活（旧词）" in text
    assert "None" not in text
    assert "not_asked" not in text


def test_a_new_one_makes_the_earlier_void(world: World) -> None:
    id_ = world.do("wang", accept_case, intake(household())).household_id
    first = world.do("wang", issue_archive_form, ById(id=id_))
    assert world.do("wang", issue_archive_form, ById(id=id_)) == first  # nothing has changed
    form = world.do("wang", open_form, Reveal(household_id=id_))
    mended = changed(form.household, archive=ArchiveForm(housing="租房"))
    world.do("wang", change_household, changed(form, household=mended))
    second = world.do("wang", issue_archive_form, ById(id=id_))
    states = [
        world.ask("wang", paper_view, PaperById(id=each)).row.state for each in (first, second)
    ]
    assert states == [PaperState.VOID, PaperState.ISSUED]


def test_the_template_asks_for_every_fact() -> None:
    words = str(template("archive_form/2020-01-01"))
    facts = {field.name for field in specs(ArchiveFormFacts)}
    missing = {name for name in facts if f"{{{name}" not in words}
    assert missing == {"member_pages"}
    assert issue_archive_form.needs is Permission.ISSUE_PAPERS

"""The verbs that tell a household in writing: issued, replaced, refused when nothing is missing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from app.cases import notices
from app.cases.notices import (
    CenterHasToFind,
    MissingNoticeForm,
    NothingMissing,
    ReasonSheetForm,
    issue_missing_notice,
    issue_reason_sheet,
)
from app.core.errors import Refused
from app.core.words.papers import PaperKind, PaperState
from app.papers.needed import NeededFacts
from app.papers.queries import paper_view
from app.papers.records import PaperById, PaperView
from app.papers.render import render
from app.policy.findings import Findings
from tests.papers import joined, pages_of
from tests.world import World


def view(world: World, paper_id: int) -> PaperView:
    return world.ask("wang", paper_view, PaperById(id=paper_id))


def household(world: World, place: int = 1) -> int:
    """Take some households in; the first is in deep hardship, the third cannot be told."""
    return [world.accept() for _ in range(place)][-1].household_id


def test_a_reason_sheet_is_numbered_signed_and_names_the_household(world: World) -> None:
    form = ReasonSheetForm(household_id=household(world))
    seen = view(world, world.do("wang", issue_reason_sheet, form))
    assert seen.row.kind is PaperKind.REASON_SHEET
    assert seen.row.number == "哈工帮告〔2026〕第00001号"
    text = joined("".join(pages_of(render(seen.sheet))))
    for part in (seen.row.title, seen.row.number, seen.sheet.check_code, "0451-8000 0000"):
        assert part in text
    assert "未编号" not in text
    assert "本人签收" in text


def test_a_second_sheet_of_the_day_replaces_the_first_and_a_later_one_does_not(
    world: World,
) -> None:
    form = ReasonSheetForm(household_id=household(world))
    first = world.do("wang", issue_reason_sheet, form)
    large = ReasonSheetForm(household_id=form.household_id, large=True)
    second = world.do("zhao", issue_reason_sheet, large)
    assert view(world, first).row.state is PaperState.VOID
    assert view(world, first).void_reason
    assert view(world, second).sheet.facts["large"] is True
    world.clock.instant += timedelta(days=3)
    world.do("wang", issue_reason_sheet, form)
    assert view(world, second).row.state is PaperState.ISSUED


def test_a_sheet_for_another_day_says_so(world: World) -> None:
    form = ReasonSheetForm(household_id=household(world), as_of=date(2022, 11, 15))
    sheet = view(world, world.do("wang", issue_reason_sheet, form)).sheet
    assert sheet.facts["as_of"] == "2022-11-15"
    assert "2022年11月15日" in joined(pages_of(render(sheet))[0])


def test_a_notice_lists_what_is_missing_and_counts_working_days(world: World) -> None:
    form = MissingNoticeForm(household_id=household(world, 3))
    seen = view(world, world.do("wang", issue_missing_notice, form))
    assert seen.row.number == "哈工帮补〔2026〕第00001号"
    facts = seen.sheet.facts
    assert facts["count"] == len(facts["bring"]) > 0
    assert (facts["due_on"], facts["due_provisional"]) == ("2026-12-04", False)
    assert all(paper["where"] for paper in facts["bring"])
    text = joined("".join(pages_of(render(seen.sheet))))
    assert "2026年12月4日以前" in text


def test_a_day_in_a_year_without_a_calendar_is_provisional(world: World) -> None:
    form = MissingNoticeForm(household_id=household(world, 3), days=40)
    facts = view(world, world.do("wang", issue_missing_notice, form)).sheet.facts
    assert facts["due_provisional"] is True


def test_a_newer_notice_replaces_the_older_one(world: World) -> None:
    form = MissingNoticeForm(household_id=household(world, 3))
    first = world.do("wang", issue_missing_notice, form)
    world.clock.instant = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    second = world.do("wang", issue_missing_notice, form)
    assert view(world, first).row.state is PaperState.VOID
    assert view(world, second).row.state is PaperState.ISSUED


def nothing(_findings: Findings, _names: Sequence[str]) -> tuple[NeededFacts, ...]:
    return ()


def a_line(_findings: Findings, _names: Sequence[str]) -> tuple[NeededFacts, ...]:
    return (NeededFacts(title="公布标准的文件", with_client=False),)


@pytest.mark.parametrize(
    ("needed", "error", "says"),
    [(nothing, NothingMissing, "资格告知单"), (a_line, CenterHasToFind, "公布标准的文件")],
)
def test_nothing_to_bring_is_refused_with_the_way_out(
    needed: object,
    error: type[NothingMissing],
    says: str,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = MissingNoticeForm(household_id=household(world, 3))
    earlier = world.do("wang", issue_missing_notice, form)
    monkeypatch.setattr(notices, "needed", needed)
    with pytest.raises(error) as refused:
        world.do("wang", issue_missing_notice, form)
    assert says in refused.value.tell()
    assert view(world, earlier).row.state is PaperState.ISSUED


def test_issuing_needs_the_right(world: World) -> None:
    form = ReasonSheetForm(household_id=household(world))
    with pytest.raises(Refused):
        world.do("admin", issue_reason_sheet, form)


def test_the_sheet_is_short_unless_every_condition_is_asked_for(world: World) -> None:
    accepted = world.file()

    def pages(*, whole: bool) -> list[str]:
        form = ReasonSheetForm(household_id=accepted.household_id, whole=whole)
        paper = world.do("wang", issue_reason_sheet, form)
        return pages_of(render(world.ask("wang", paper_view, PaperById(id=paper)).sheet))

    brief, whole = pages(whole=False), pages(whole=True)
    assert len(brief) <= 4 < len(whole)
    assert "附全部条件" in joined(brief[-2] + brief[-1])

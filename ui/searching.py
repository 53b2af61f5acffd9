"""Feeds the universal box: what the store finds for a text, and commands after ``>``."""

from collections.abc import Callable, Sequence

from app.core.i18n import N_, _
from app.search.queries import search
from app.search.records import Hit as Found
from app.search.records import HitKind, Hits, SearchQuery
from ui.desk import Desk
from ui.kit.search_box import MOST, Hit, Search
from ui.pages import SCREENS

PAGES = {
    HitKind.PERSON: "household",
    HitKind.CASE: "cases",
    HitKind.LOAN: "loans",
    HitKind.SEEKER: "jobs",
    HitKind.VACANCY: "vacancies",
    HitKind.PAPER: "papers",
}
ICONS = {
    HitKind.PERSON: "user-round",
    HitKind.CASE: "folder-open",
    HitKind.LOAN: "hand-coins",
    HitKind.SEEKER: "briefcase-business",
    HitKind.VACANCY: "building-2",
    HitKind.PAPER: "scroll-text",
}
COMMANDS = N_("Commands")


def search_with(desk: Desk) -> Search:
    """Return what answers the box for the signed-in person."""

    def look_up(text: str, then: Callable[[Sequence[Hit]], None]) -> None:
        if text[:1] in (">", "＞", "》"):
            then(_commands(desk, text[1:].strip()))
        elif desk.may(search):
            request = SearchQuery(text=text, limit=MOST)
            desk.ask(search, request, then=lambda hits: then(_shown(hits)), latest="search")
        else:
            then([])

    return look_up


def _shown(hits: Hits) -> list[Hit]:
    return [_hit(found, hits.text) for found in hits.hits]


def _hit(found: Found, typed: str) -> Hit:
    words = f"{found.title} {found.matched}".strip()
    at = words.find(typed) if typed else -1
    before, match, after = words, "", ""
    if at >= 0:
        before, match, after = words[:at], typed, words[at + len(typed) :]
    return Hit(
        group=_(found.kind.message),
        icon=ICONS[found.kind],
        before=before,
        match=match,
        after=after,
        second=found.detail,
        place=found.state,
        page=PAGES[found.kind],
        what=found.id,
    )


def _commands(desk: Desk, text: str) -> list[Hit]:
    words = {str(word) for word in desk.actor.permissions}
    return [
        Hit(group=_(COMMANDS), icon=screen.icon, before=_(screen.title), match="", page=screen.name)
        for screen in SCREENS
        if text in _(screen.title)
        and (not screen.needs or screen.needs in words)
        and (screen.key or screen.area == "settings")
    ]

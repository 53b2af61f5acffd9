"""Dated documents of a folder: read in order, found by their day, and a mistake is named."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.assets import resource
from app.disbursements.tiers import shipped_tiers
from app.filing.policy import shipped_policies
from app.reference.documents import ReferenceDamaged, in_force, read_dated, unsourced
from app.reference.earmarks import shipped_earmarks
from app.reference.loan_rules import shipped_rules

FIRST, SECOND = date(2012, 1, 1), date(2020, 1, 1)


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document of one figure."""

    in_force: date
    fen: int


def too_much(limit: Limit) -> str:
    return f"fen {limit.fen}" if limit.fen > 1_000 else ""


def written(folder: Path, day: date, fen: int, name: str = "") -> None:
    text = f"in_force = {day}\nfen = {fen}\n"
    (folder / f"{name or day.isoformat()}.toml").write_text(text, "utf-8")


def test_the_documents_of_a_folder_are_read_oldest_first(tmp_path: Path) -> None:
    written(tmp_path, SECOND, 200)
    written(tmp_path, FIRST, 100)
    (tmp_path / "README.md").write_text("no document", "utf-8")
    assert read_dated(tmp_path, Limit, too_much) == (Limit(FIRST, 100), Limit(SECOND, 200))


def test_a_document_is_named_by_the_day_it_begins(tmp_path: Path) -> None:
    written(tmp_path, FIRST, 100, name="2013-01-01")
    with pytest.raises(ReferenceDamaged, match=r"2013-01-01\.toml.*in_force 2012-01-01"):
        read_dated(tmp_path, Limit, too_much)


def test_what_does_not_fit_is_named_with_its_file(tmp_path: Path) -> None:
    written(tmp_path, FIRST, 1_000)
    written(tmp_path, SECOND, 1_001)
    with pytest.raises(ReferenceDamaged, match=r"2020-01-01\.toml.*fen 1001"):
        read_dated(tmp_path, Limit, too_much)


@pytest.mark.parametrize("text", ["fen = ", 'in_force = 2012-01-01\nfen = "a"', "\nfen = 1"])
def test_what_is_no_document_is_named_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "2012-01-01.toml").write_text(text, "utf-8")
    with pytest.raises(ReferenceDamaged, match=r"2012-01-01\.toml"):
        read_dated(tmp_path, Limit, too_much)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2011, 12, 31), None),
        (date(2012, 1, 1), FIRST),
        (date(2019, 12, 31), FIRST),
        (date(2020, 1, 1), SECOND),
        (date(2099, 1, 1), SECOND),
    ],
)
def test_a_document_holds_until_a_later_one_begins(day: date, found: date | None) -> None:
    documents = [Limit(SECOND, 200), Limit(FIRST, 100)]
    for order in (documents, documents[::-1]):
        holds = in_force(order, day)
        assert (holds.in_force if holds else None) == found


def test_every_figure_names_a_source_that_the_document_names() -> None:
    known = {"S1": "文件", "S2": "文件"}
    assert unsourced([("S1",), ("S2", "S1")], known) == ""
    assert unsourced([], known) == ""
    assert unsourced([("S1",), ("S9", "S2")], known) == "source ['S9']"
    assert unsourced([("S1",), ()], known) == "source []"


@pytest.mark.parametrize(
    ("finder", "shipped", "folder"),
    [
        ("app.filing.policy.resource", shipped_policies, ("policies", "filing")),
        ("app.disbursements.tiers.resource", shipped_tiers, ("flows", "approval")),
        ("app.reference.earmarks.folder", shipped_earmarks, ("reference", "earmarks")),
        ("app.reference.loan_rules.folder", shipped_rules, ("reference", "loan_rules")),
    ],
)
def test_a_mistake_in_a_shipped_document_is_told(
    finder: str,
    shipped: Any,
    folder: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a module finds wrong reaches whoever asks for its documents."""
    oldest = min(resource(*folder).glob("*.toml"))
    text, changes = re.subn(
        r"^source = .*$", 'source = ["S999"]', oldest.read_text("utf-8"), flags=re.M
    )
    assert changes
    (tmp_path / oldest.name).write_text(text, "utf-8")

    def elsewhere(*_parts: str) -> Path:
        return tmp_path

    monkeypatch.setattr(finder, elsewhere)
    shipped.cache_clear()
    try:
        with pytest.raises(ReferenceDamaged, match=r"S999"):
            shipped()
    finally:
        shipped.cache_clear()

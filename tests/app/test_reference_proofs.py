"""The papers that prove facts: every one says what to do, and the client's say where to go."""

from pathlib import Path

import pytest

from app.reference import proofs as module
from app.reference.documents import ReferenceDamaged
from app.reference.proofs import proof, proofs

OF_THE_CENTER = {"relief_register", "center_standard", "policy_document"}


def test_every_proof_says_what_it_is_and_what_to_do() -> None:
    for entry in proofs().values():
        assert entry.title
        assert entry.how.endswith("。")
        assert entry.source


def test_only_what_the_center_has_itself_names_no_place() -> None:
    assert {name for name, entry in proofs().items() if not entry.with_client} == OF_THE_CENTER


def test_a_proof_is_found_by_its_name() -> None:
    assert proof("union_card").title == "工会会员证"
    with pytest.raises(KeyError):
        proof("library_card")


ROW = """
[[proof]]
name = "card"
title = "证"
where = "窗口"
how = "带来。"
source = "一般情况"
confidence = "{confidence}"
"""


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (ROW.format(confidence="general") * 2, "card stands twice"),
        (ROW.format(confidence="sure"), "sure"),
    ],
)
def test_a_mistake_in_the_document_is_named(
    rows: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "proofs.toml"
    path.write_text(f'title = "证明材料"\n{rows}', encoding="utf-8")
    monkeypatch.setattr(module, "folder", tmp_path.joinpath)
    with pytest.raises(ReferenceDamaged, match=problem):
        proofs.__wrapped__()

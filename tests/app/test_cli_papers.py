"""``verify``: a paper is genuine, void, altered or unknown, and nobody is named."""

import dataclasses
import io
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cases.actions import issue_certificate
from app.cases.records import CertificateForm
from app.core.record import Nothing
from app.demo.center import PASSWORD
from app.papers.actions import void_paper
from app.papers.pen import Layer, Press
from app.papers.queries import paper_view, verifying_key
from app.papers.records import PaperById, PaperView, VoidForm
from app.papers.render import ATTACHED, render
from app.papers.sheet import canonical
from tests.commands import Bangfu, runner
from tests.papers import certificate
from tests.world import World


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "wang")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return runner(capsys)


@pytest.fixture
def paper(world: World) -> PaperView:
    """Issue a certificate of a household on file."""
    filed = world.file()
    form = CertificateForm(
        household_id=filed.household_id, purpose="申请学费减免", valid_until=date(2027, 11, 19)
    )
    return world.ask("wang", paper_view, PaperById(id=world.do("wang", issue_certificate, form)))


@pytest.fixture
def pdf(paper: PaperView, tmp_path: Path) -> Path:
    path = tmp_path / "证明.PDF"
    path.write_bytes(render(paper.sheet))
    return path


@pytest.fixture
def key(world: World) -> str:
    return world.office.ask(world.actor("wang"), verifying_key, Nothing())


def test_a_paper_is_genuine_by_its_file_code_number_and_qr(
    bangfu: Bangfu, store: Path, paper: PaperView, pdf: Path
) -> None:
    sheet = paper.sheet
    for what in (pdf, sheet.check_code, sheet.check_code.lower(), sheet.number, sheet.payload):
        ran = bangfu("--store", store, "verify", what)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == f"真实：困难职工证明 {sheet.number}，2026-11-20 出具\n"


def test_the_answer_for_other_programs_names_nobody(
    bangfu: Bangfu, store: Path, paper: PaperView, pdf: Path
) -> None:
    ran = bangfu("--store", store, "verify", pdf, "--json")
    assert ran.json == {
        "paper": "genuine",
        "kind": "hardship_certificate",
        "number": paper.sheet.number,
        "issued_on": "2026-11-20",
        "void_reason": None,
        "register": True,
    }
    name = str(paper.sheet.facts["name"])
    assert name not in ran.out + bangfu("--store", store, "verify", pdf).out


def test_the_signature_alone_proves_a_file_and_a_qr_without_the_store(
    bangfu: Bangfu, store: Path, paper: PaperView, pdf: Path, key: str
) -> None:
    assert bangfu("--store", store, "verify", "--show-key").out.strip() == key
    for what in (pdf, paper.sheet.payload):
        ran = bangfu("verify", what, "--public-key", key)
        assert ran.code == 0
        assert "真实" in ran.out
        assert "有没有作废，要查文书登记簿" in ran.out
        other = bangfu("verify", what, "--public-key", "ab" * 32)
        assert (other.code, other.out) == (1, "查不到：不是本中心的文书\n")
    ran = bangfu("verify", paper.sheet.check_code, "--public-key", key)
    assert (ran.code, ran.out) == (1, "")
    assert "只能在文书登记簿里查" in ran.err


def test_a_void_paper_is_void_with_its_reason(
    bangfu: Bangfu, store: Path, world: World, paper: PaperView, pdf: Path
) -> None:
    form = VoidForm(id=paper.row.id, version=paper.row.version, reason="打印有误")
    world.do("zhao", void_paper, form)
    ran = bangfu("--store", store, "verify", pdf)
    assert ran.code == 1
    assert ran.out.startswith(f"已作废：困难职工证明 {paper.sheet.number}")
    assert "打印有误" in ran.out
    assert bangfu("--store", store, "verify", pdf, "--json").json["paper"] == "void"


def test_an_altered_file_is_altered(
    bangfu: Bangfu, store: Path, paper: PaperView, tmp_path: Path, key: str
) -> None:
    facts = {**paper.sheet.facts, "category": "相对困难（改）"}
    changed = dataclasses.replace(paper.sheet, facts=facts)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    forged = tmp_path / "改.pdf"
    forged.write_bytes(render(changed))
    ran = bangfu("--store", store, "verify", forged)
    assert ran.code == 1
    assert ran.out == f"有改动：与出具的困难职工证明 {paper.sheet.number} 不一致\n"
    assert bangfu("verify", forged, "--public-key", key, "--json").json["paper"] == "altered"


def test_papers_of_others_are_unknown(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    strange = tmp_path / "别家.pdf"
    strange.write_bytes(render(certificate()))
    for what in (strange, "ABCD-2345", "哈工帮证〔2020〕第00001号"):
        ran = bangfu("--store", store, "verify", what)
        assert (ran.code, ran.out) == (1, "查不到：不是本中心的文书\n")


@pytest.mark.parametrize(
    "wrong", [{"facts": []}, {"facts": 7}, {"payload": 7}, {"kind": "x"}, {"issued_on": None}]
)
def test_a_file_that_only_resembles_a_paper_is_not_genuine(
    bangfu: Bangfu, store: Path, paper: PaperView, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    resembling = tmp_path / "似.pdf"
    press = Press(title="", author="", subject="")
    press.page(100, 100, Layer(), Layer())
    press.attach(ATTACHED, canonical(paper.sheet.to_json() | wrong))
    resembling.write_bytes(press.finish())
    ran = bangfu("--store", store, "verify", resembling, "--json")
    assert ran.code == 1
    assert ran.json["paper"] in ("altered", "unknown")


def test_a_file_that_is_no_pdf_is_told(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pdf"
    wrong.write_text("not a PDF")
    for key in ([], ["--public-key", "ab" * 32]):
        ran = bangfu("--store", store, "verify", wrong, *key)
        assert (ran.code, ran.out) == (1, "")
        assert "不是 PDF" in ran.err
        missing = bangfu("--store", store, "verify", tmp_path / "none.pdf", *key)
        assert missing.code == 1
        assert "没有这个文件" in missing.err

"""A PDF that was changed is found out; one that was merely saved again is not accused."""

import io

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from app.papers.examine import Verdict, examine, read_code, read_payload, read_sheet
from app.papers.fonts import Face
from app.papers.pen import Layer, Press
from app.papers.render import ATTACHED, render
from app.papers.seal import new_key
from app.papers.sheet import Sheet, canonical
from tests.papers import PUBLIC_KEY, approval, certificate, payment_list, receipt


@pytest.mark.parametrize(
    "sheet", [certificate(name="王𠮷"), receipt(), approval(), payment_list([100] * 40)]
)
def test_our_papers_are_genuine(sheet: Sheet) -> None:
    pdf = render(sheet)
    found = examine(pdf, PUBLIC_KEY)
    assert found.verdict is Verdict.GENUINE
    assert found.claims is not None
    assert found.claims.number == sheet.number
    assert read_payload(pdf) == sheet.payload
    assert read_sheet(pdf) == sheet
    assert read_code(pdf) == sheet.check_code


def test_a_paper_saved_again_by_another_program_is_genuine() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(render(certificate())))
    assert _examined(writer) is Verdict.GENUINE


def test_a_reprint_is_genuine() -> None:
    assert examine(render(certificate().reprint(2, "遗失")), PUBLIC_KEY).verdict is Verdict.GENUINE


def test_text_written_over_it_is_found() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(render(approval())))
    press = Press(title="", author="", subject="")
    said = Layer()
    said.text(100, 100, "¥9,397.56", Face.SERIF, 12)
    press.page(595.28, 841.89, Layer(), said)
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(press.finish())).pages[0])
    changed = io.BytesIO()
    writer.write(changed)
    found = examine(changed.getvalue(), PUBLIC_KEY)
    assert found.verdict is Verdict.ALTERED
    assert any("¥9,397.56" in line for line in found.found)


def test_something_painted_over_it_is_found() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(render(certificate())))
    page = writer.pages[0]
    patch = DecodedStreamObject()
    patch.set_data(page.get_contents().get_data() + b"\n1 g 300 430 200 120 re f")  # pyright: ignore[reportOptionalMemberAccess] - the page has contents
    page[NameObject("/Contents")] = writer._add_object(patch)  # pyright: ignore[reportPrivateUsage] - pypdf has no other way
    assert _examined(writer) is Verdict.ALTERED


def test_changed_facts_under_an_old_signature_are_found() -> None:
    sheet = approval()
    forged = approval(facts={**sheet.facts, "amount": 939756})
    pdf = render(forged.sealed(sheet.payload, sheet.check_code))
    assert examine(pdf, PUBLIC_KEY).verdict is Verdict.ALTERED


def test_papers_of_others_are_unknown() -> None:
    _, other = new_key()
    assert examine(render(certificate()), other).verdict is Verdict.UNKNOWN
    unsigned = certificate().sealed("", "")
    assert examine(render(unsigned), PUBLIC_KEY).verdict is Verdict.UNKNOWN
    for press in (Press(title="", author="", subject=""), _with_attachment(b"{}")):
        press.page(100, 100, Layer(), Layer())
        pdf = press.finish()
        assert examine(pdf, PUBLIC_KEY).verdict is Verdict.UNKNOWN
        assert read_payload(pdf) is None
        assert read_code(pdf) is None


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        examine(b"GIF89a", PUBLIC_KEY)


def test_the_attached_sheet_is_what_the_store_keeps() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(certificate())))
    assert reader.attachments[ATTACHED] == [canonical(certificate().to_json())]


def _with_attachment(content: bytes) -> Press:
    press = Press(title="", author="", subject="")
    press.attach(ATTACHED, content)
    return press


def _examined(writer: pypdf.PdfWriter) -> Verdict:
    changed = io.BytesIO()
    writer.write(changed)
    return examine(changed.getvalue(), PUBLIC_KEY).verdict

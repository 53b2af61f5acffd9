"""Files that are offered: what is taken in, and a sentence for everything else, however hostile."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from app.core.words.documents import MediaType
from app.documents.files import examine
from app.documents.pdf import PageBroken, PageTooComplex, draw_page
from app.documents.pictures import draw
from app.documents.rules import (
    MOST_BYTES,
    MOST_PAGES,
    FileBroken,
    FileEmpty,
    FileRefused,
    FileTooLarge,
    NotADocument,
    PasswordNeeded,
    PictureTooLarge,
    TooManyPages,
    clean_name,
)
from app.papers.render import page_count
from tests.scans import pdf, picture, sized


@pytest.mark.parametrize("ending", ["JPEG", "PNG", "BMP", "TIFF"])
def test_a_picture_is_known_by_what_stands_in_it(ending: str) -> None:
    file = examine("文件.doc", picture(ending))
    assert file.media_type is MediaType[ending]
    assert file.pages == 1
    assert file.name == "文件.doc"
    seen = Image.open(io.BytesIO(file.thumbnail))
    assert max(seen.size) <= 72, "too small to be read"
    drawn = draw(file.content, file.media_type, 0, 160)
    assert (drawn.width, drawn.height, len(drawn.data)) == (160, 100, 160 * 100 * 4)


def test_a_pdf_has_pages_and_each_can_be_drawn() -> None:
    file = examine("a.pdf", pdf(3))
    assert (file.media_type, file.pages) == (MediaType.PDF, 3)
    drawn = draw(file.content, file.media_type, 2, 800)
    assert drawn.height == 800
    assert set(drawn.data[:3]) == {255}
    with pytest.raises(PageBroken) as caught:
        draw(file.content, file.media_type, 3, 800)
    assert caught.value.tell() == "第 4 页已损坏，不能显示。"


def test_the_sheets_of_a_scanned_stack_are_its_pages() -> None:
    sheets = [Image.new("1", (200, 300), 1) for _sheet in range(4)]
    kept = io.BytesIO()
    sheets[0].save(kept, "TIFF", compression="group4", save_all=True, append_images=sheets[1:])
    file = examine("a.tif", kept.getvalue())
    assert file.pages == 4
    assert draw(file.content, file.media_type, 3, 1000).height == 300, "never larger than it is"


def test_a_photograph_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    file = examine("a.jpg", picture(exif=turned.tobytes()))
    drawn = draw(file.content, file.media_type, 0, 320)
    assert (drawn.width, drawn.height) == (200, 320)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_colour_is_shown(mode: str) -> None:
    ending = "TIFF" if mode == "CMYK" else "PNG"
    kept = io.BytesIO()
    Image.new(mode, (30, 20)).save(kept, ending)
    file = examine("a", kept.getvalue())
    drawn = draw(file.content, file.media_type, 0, 30)
    clear = mode in ("RGBA", "LA", "CMYK")
    assert drawn.data[:3] == (b"\xff\xff\xff" if clear else b"\0\0\0"), "clear is white paper"


def test_papers_and_documents_are_drawn_on_several_threads() -> None:
    """The library knows one thread at a time; whoever uses it holds its lock."""
    content = pdf(3)

    def drawn(at: int) -> bytes:
        return draw(content, MediaType.PDF, at % 3, 400).data

    with ThreadPoolExecutor(4) as pool:
        pages = pool.map(drawn, range(24))
        counts = pool.map(page_count, [content] * 24)
        assert len(set(pages)) == 3
        assert set(counts) == {3}


# What is not taken in


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(1))))
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def many_sheets() -> bytes:
    kept = io.BytesIO()
    sheet = Image.new("1", (8, 8))
    sheet.save(kept, "TIFF", save_all=True, append_images=[sheet] * MOST_PAGES)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: b"", FileEmpty),
        (lambda: bytes(MOST_BYTES + 1), FileTooLarge),
        (lambda: b"MZ\x90\x00", NotADocument),
        (lambda: b"PK\x03\x04" + bytes(99), NotADocument),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotADocument),
        (lambda: picture("GIF"), NotADocument),
        (lambda: picture("JPEG")[:900], FileBroken),
        (lambda: picture("PNG")[:-40], FileBroken),
        (lambda: picture("BMP")[:60], FileBroken),
        (lambda: b"II*\x00" + bytes(40), FileBroken),
        (lambda: pdf(1)[:200], FileBroken),
        (lambda: b"%PDF-1.7 and nothing", FileBroken),
        (lambda: sized(20_000, 20_000), PictureTooLarge),
        (lambda: sized(9_000, 9_000), PictureTooLarge),
        (locked, PasswordNeeded),
        (lambda: pdf(MOST_PAGES + 1), TooManyPages),
        (many_sheets, TooManyPages),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(
    make: Callable[[], bytes], error: type[FileRefused]
) -> None:
    with pytest.raises(FileRefused) as caught:
        examine("我的文件.jpg", make())
    assert type(caught.value) is error
    assert "“我的文件.jpg”" in caught.value.tell()


def test_a_page_that_takes_too_long_is_given_up() -> None:
    kept = io.BytesIO()
    canvas = Canvas(kept)
    for at in range(60_000):
        canvas.line(at % 600, 0, 600 - at % 600, 800)
    canvas.save()
    with pytest.raises(PageTooComplex) as caught:
        draw_page("", kept.getvalue(), 0, 2000, seconds=0.02)
    assert "第 1 页" in caught.value.tell()


# Names


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        ("身份证 正面.jpg", "身份证 正面.jpg"),
        ("D:\\资料\\a.pdf", "a.pdf"),
        ("../../.ssh/id", "id"),
        ("正\u202egpj.exe", "正gpj.exe"),
        ("两\n行\t.png", "两 行 .png"),
        ("长" * 300 + ".jpeg", "长" * 115 + ".jpeg"),
        ("..", ""),
    ],
)
def test_names_are_cleaned(offered: str, kept: str) -> None:
    assert clean_name(offered) == kept


def test_a_file_without_a_name_gets_one() -> None:
    assert examine("..", picture("PNG")).name == "document.png"

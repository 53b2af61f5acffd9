"""The pages of one sheet while it is laid out: where the pen stands, what every page carries."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.papers import setting
from app.papers.fonts import Face
from app.papers.pen import MM, SEAL, SOFT, WATERMARK, Layer, Press
from app.papers.qr import qr
from app.papers.sheet import ORIGINAL, Sheet
from app.papers.templates import Foot, Template, fill, is_fixed, template

LABEL: Final = Face.SANS
VALUE: Final = Face.SERIF
LEADING: Final = 1.4
"""The height of a line in a cell or in the foot, in ems."""

_SMALL: Final = 9.0
"""Nothing that a person must read is smaller."""


class TooHighForAPage(RuleBroken):
    """One row of a paper does not fit on a page, however empty."""

    says = N_(
        "A part of the paper is too long for one page, it begins “{text}”. Nothing was printed;"
        " please shorten it."
    )


class Pages:
    """Lays one sheet out from the top down and hands the pages to the press."""

    def __init__(self, press: Press, sheet: Sheet) -> None:
        self.sheet = sheet
        self.template = template(sheet.template)
        self.facts = _facts(sheet, self.template)
        top, right, bottom, left = (margin * MM for margin in self.template.margins)
        self.width, self.height = self.template.width * MM, self.template.height * MM
        self.left, self.right, self.top = left, self.width - right, top
        self._foot_top = self.height - bottom - _foot_height(self.template.foot)
        self.bottom = self._foot_top - 3 * MM
        self._press = press
        self._pages: list[tuple[Layer, Layer]] = []
        self.turn()

    def turn(self) -> None:
        """Begin a page."""
        self.fixed, self.said = Layer(), Layer()
        """What all papers of the kind have here, and what this one says."""
        self._pages.append((self.fixed, self.said))
        self.y = self.top
        words = self.template.words
        if self.sheet.demonstration:
            size = min(self.width, self.height) / 4
            middle = self.width / 2, self.height / 2
            self.fixed.turned_text(*middle, words.specimen, Face.SANS_BOLD, size, 40, WATERMARK)
        if self.template.running and len(self._pages) > 1:
            self._running_head()
        inset = 0.0
        if self.template.framed:
            for inset, line in ((11 * MM, 1.8), (12.6 * MM, 0.5)):
                across, down = self.width - 2 * inset, self.height - 2 * inset
                self.fixed.frame(inset, inset, across, down, line, SEAL)
        if self.sheet.copy != ORIGINAL:
            mark = fill(words.again, self.facts)
            x = self.width - inset - 6 * MM - setting.width(mark, LABEL, _SMALL)
            self.said.text(x, inset + 6 * MM + _SMALL, mark, LABEL, _SMALL)

    def need(self, height: float, text: str = "") -> bool:
        """Begin a page if ``height`` is not left on this one; tell whether that was so."""
        if self.y + height <= self.bottom:
            return False
        if height > self.bottom - self.top:
            raise TooHighForAPage(text=text[:20])
        self.turn()
        return True

    def layer_of(self, text: str) -> Layer:
        """Return the layer that a text of the template belongs to."""
        return self.fixed if is_fixed(text) else self.said

    def fill(self, text: str) -> str:
        """Put the facts of the sheet into a text of the template."""
        return fill(text, self.facts)

    def sample_seal(self, x: float, y: float, diameter: float) -> None:
        """Draw a seal on a demonstration paper; for a real one the room stays empty."""
        if not self.sheet.demonstration:
            return
        radius, ink = diameter / 2, SEAL
        self.said.ring(x, y, radius - 1, 2, ink)
        self.said.star(x, y, radius * 0.24, ink)
        words = self.template.words.sample_seal
        self.said.turned_text(x, y + radius * 0.6, words, Face.SERIF_BOLD, radius * 0.2, 0, ink)
        self.said.arc_text(
            x, y, radius * 0.74, self.sheet.center, Face.SERIF_BOLD, radius * 0.23, ink
        )

    def print(self) -> None:
        """Close the pages with their feet and hand them to the press."""
        for number, (fixed, said) in enumerate(self._pages, start=1):
            self._foot(fixed, said, self.facts | {"page": number, "pages": len(self._pages)})
            self._press.page(self.width, self.height, fixed, said)

    def _running_head(self) -> None:
        text, height = self.fill(self.template.running), 1.8 * _SMALL
        self.said.text(
            self.left, setting.baseline(self.y, height, _SMALL), text, LABEL, _SMALL, ink=SOFT
        )
        self.y += height

    def _foot(self, fixed: Layer, said: Layer, facts: Mapping[str, Any]) -> None:
        foot, step = self.template.foot, LEADING * _SMALL
        bottom = self._foot_top + _foot_height(foot) - (1.5 * step if foot.note else 0)
        x = self.left
        if foot.qr and self.sheet.payload:
            side = foot.qr * MM
            said.matrix(x, bottom - side, side, qr(self.sheet.payload))
            x += side + 3 * MM
        lines = [(line, text) for line in foot.lines if (text := fill(line, facts))]
        top = bottom - step * len(lines)
        for place, (line, text) in enumerate(lines):
            y = setting.baseline(top + place * step, step, _SMALL)
            layer = fixed if is_fixed(line) else said
            layer.text(x, y, text, LABEL, _SMALL, ink=SOFT)
        page = fill(foot.page, facts)
        x = aligned("right", self.left, self.right, setting.width(page, LABEL, _SMALL))
        y = setting.baseline(bottom - step, step, _SMALL)
        if page:
            said.text(x, y, page, LABEL, _SMALL, ink=SOFT)
        if foot.note:
            x = aligned("center", 0, self.width, setting.width(foot.note, VALUE, _SMALL))
            y = setting.baseline(bottom + step / 2, step, _SMALL)
            fixed.text(x, y, foot.note, VALUE, _SMALL, ink=SEAL)


def aligned(
    align: Literal["left", "center", "right"], left: float, right: float, width: float
) -> float:
    """Return where a text of ``width`` begins between two edges."""
    if align == "left":
        return left
    return right - width if align == "right" else (left + right - width) / 2


def _foot_height(foot: Foot) -> float:
    step = LEADING * _SMALL
    return max(foot.qr * MM, step * len(foot.lines)) + (1.5 * step if foot.note else 0)


def _facts(sheet: Sheet, template: Template) -> dict[str, Any]:
    """Return what the texts of a template can name: the facts and what every sheet has."""
    facts = dict(sheet.facts) | {
        "number": sheet.number,
        "issued_on": sheet.issued_on.isoformat(),
        "center": sheet.center,
        "union": sheet.union,
        "maker": sheet.maker,
        "checker": sheet.checker,
        "check_code": sheet.check_code,
        "copy": sheet.copy,
        "copy_reason": sheet.copy_reason,
    }
    words = template.words
    mark = words.original if sheet.copy == ORIGINAL else fill(words.again, facts)
    return facts | {"copy_mark": mark}

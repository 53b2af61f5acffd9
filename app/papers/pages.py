"""The pages of one sheet while it is laid out: where the pen stands, what every page carries."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.papers import setting
from app.papers.fonts import Face
from app.papers.pen import MM, SEAL, SOFT, WATERMARK, Layer, Press
from app.papers.qr import qr
from app.papers.sheet import ORIGINAL, Sheet
from app.papers.templates import Template, enlarged, fill, is_fixed, template

LABEL: Final = Face.SANS
VALUE: Final = Face.SERIF
LEADING: Final = 1.4
"""The height of a line in a cell or in the foot, in ems."""


class TooHighForAPage(RuleBroken):
    """One row of a paper does not fit on a page, however empty."""

    says = N_(
        "A part of the paper is too long for one page, it begins “{text}”. Nothing was printed;"
        " please shorten it."
    )


class Pages:
    """Lays one sheet out from the top down and hands the pages to the press."""

    def __init__(self, press: Press, sheet: Sheet, keeper: str = "") -> None:
        self.sheet = sheet
        large = sheet.facts.get("large")
        self.template = enlarged(sheet.template) if large else template(sheet.template)
        self.facts = _facts(sheet, self.template, keeper)
        top, right, bottom, left = (margin * MM for margin in self.template.margins)
        self.width, self.height = self.template.width * MM, self.template.height * MM
        self.left, self.right, self.top = left, self.width - right, top
        self._foot_lines = list(self._broken_foot())
        self._foot_top = self.height - bottom - self._foot_height()
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
            small = self.template.small
            x = self.width - inset - 6 * MM - setting.width(mark, LABEL, small)
            self.said.text(x, inset + 6 * MM + small, mark, LABEL, small)
        self._begun_at = self.y

    @property
    def fresh(self) -> bool:
        """Tell whether nothing was laid out on this page yet."""
        return self.y == self._begun_at

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

    def code(self, x: float, y: float, side: float) -> None:
        """Draw the QR code of a signed paper; nothing on one that is not signed."""
        if self.sheet.payload:
            self.said.matrix(x, y, side, qr(self.sheet.payload))

    def _running_head(self) -> None:
        text, small = self.fill(self.template.running), self.template.small
        height = 1.8 * small
        y = setting.baseline(self.y, height, small)
        self.said.text(self.left, y, text, LABEL, small, ink=SOFT)
        self.y += height

    def _foot(self, fixed: Layer, said: Layer, facts: Mapping[str, Any]) -> None:
        foot, small = self.template.foot, self.template.small
        step = LEADING * small
        bottom = self._foot_top + self._foot_height() - (1.5 * step if foot.note else 0)
        if foot.qr and self.sheet.payload:
            side = foot.qr * MM
            said.matrix(self.left, bottom - side, side, qr(self.sheet.payload))
        top = bottom - step * len(self._foot_lines)
        for place, (line, text) in enumerate(self._foot_lines):
            y = setting.baseline(top + place * step, step, small)
            layer = fixed if is_fixed(line) else said
            layer.text(self._foot_left(), y, text, LABEL, small, ink=SOFT)
        page = fill(foot.page, facts)
        x = aligned("right", self.left, self.right, setting.width(page, LABEL, small))
        y = setting.baseline(bottom - step, step, small)
        if page:
            said.text(x, y, page, LABEL, small, ink=SOFT)
        if foot.note:
            x = aligned("center", 0, self.width, setting.width(foot.note, VALUE, small))
            y = setting.baseline(bottom + step / 2, step, small)
            fixed.text(x, y, foot.note, VALUE, small, ink=SEAL)

    def _broken_foot(self) -> Iterator[tuple[str, str]]:
        """Break the lines of the foot, the last one beside the number of the page."""
        foot, small = self.template.foot, self.template.small
        page = fill(foot.page, self.facts | {"page": 88, "pages": 88})
        lines = [(line, text) for line in foot.lines if (text := self.fill(line))]
        for place, (line, text) in enumerate(lines, start=1):
            taken = setting.width(page, LABEL, small) if place == len(lines) else 0
            room = self.right - self._foot_left() - taken
            yield from ((line, part) for part in setting.lines(text, LABEL, small, room))

    def _foot_left(self) -> float:
        foot = self.template.foot
        return self.left + ((foot.qr + 3) * MM if foot.qr and self.sheet.payload else 0)

    def _foot_height(self) -> float:
        foot, step = self.template.foot, LEADING * self.template.small
        lines = max(len(foot.lines), len(self._foot_lines))
        return max(foot.qr * MM, step * lines) + (1.5 * step if foot.note else 0)


def aligned(
    align: Literal["left", "center", "right"], left: float, right: float, width: float
) -> float:
    """Return where a text of ``width`` begins between two edges."""
    if align == "left":
        return left
    return right - width if align == "right" else (left + right - width) / 2


def _facts(sheet: Sheet, template: Template, keeper: str) -> dict[str, Any]:
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
        "keeper": keeper,
    }
    words = template.words
    mark = words.original if sheet.copy == ORIGINAL else fill(words.again, facts)
    return facts | {"copy_mark": mark}

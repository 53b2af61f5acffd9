"""The shapes of charts: each draws a table on a sheet, and notes where its numbers stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.core.i18n import _
from app.reports.charts import Chart, Line, Shape, Unit, share, short, unit_words
from app.reports.drawing import PAPER, Look, Mark, Sheet, fitted, text_width

LONG: Final = 0.34
"""The most that names at the left take of the width."""
FEW: Final = 9
"""Names that are written in two rows before some are left out."""

_MONTH: Final = re.compile(r"\d{4}-\d{2}")


class Picture(NamedTuple):
    """A drawn chart: the drawing of reportlab, and where each number stands in it."""

    drawing: Any
    marks: tuple[Mark, ...]


def draw(
    chart: Chart, look: Look = PAPER, width: float = 480, height: float = 200, size: float = 8
) -> Picture:
    """Draw a chart; text is ``size`` high. A chart without numbers says so."""
    sheet = Sheet(width, height, size, look)
    if chart.empty:
        sheet.text(width / 2, height / 2, _("Nothing to show in this period"), at="middle")
    else:
        SHAPES[chart.shape](sheet, chart.drawn())
    return Picture(sheet.drawing, tuple(sheet.marks))


class _Frame(NamedTuple):
    """The room for what is drawn, within the names and numbers around it."""

    left: float
    bottom: float
    width: float
    height: float


def _ticks(most: int) -> list[int]:
    """Return up to five round numbers from 0 to at least ``most``."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if 4 * step * factor >= most:
                each = step * factor
                return list(range(0, max(most, 1) + each, each))
        step *= 10


def _scale(sheet: Sheet, top: float, most: int, unit: Unit) -> tuple[_Frame, int]:
    """Draw the numbers at the left with their lines; return the room and what its height is."""
    ticks = _ticks(most)
    left = max(text_width(short(tick, unit), sheet.size) for tick in ticks) + sheet.size
    bottom = 1.8 * sheet.size
    frame = _Frame(left, bottom, sheet.width - left - sheet.size / 2, top - bottom - sheet.size / 2)
    for tick in ticks:
        y = bottom + frame.height * tick / ticks[-1]
        sheet.line(left, y, left + frame.width, y, "line" if tick else "edge")
        sheet.text(left - sheet.size / 2, y, short(tick, unit), at="end")
    return frame, ticks[-1]


def _names_below(sheet: Sheet, frame: _Frame, lines: Sequence[Line]) -> None:
    """Write the names of the columns: in two rows, or not all, where there is no room."""
    step = frame.width / len(lines)
    names = _short_names([line.label for line in lines])
    widest = max(text_width(name, sheet.size) for name in names) + sheet.size / 2
    if step < widest and len(names) <= FEW:
        for at, name in enumerate(names):
            x = frame.left + (at + 0.5) * step
            _in_two(sheet, x, sheet.size * 0.7, name, step)
        return
    every = max(1, -int(-widest // step))
    for at in range(0, len(names), every):
        half = text_width(names[at], sheet.size) / 2
        x = min(frame.left + (at + 0.5) * step, sheet.width - half)
        sheet.text(x, sheet.size * 0.7, names[at], at="middle")


def _short_names(names: Sequence[str]) -> Sequence[str]:
    """Return the months of one year by their numbers."""
    if len({name[:4] for name in names}) > 1 or not all(_MONTH.fullmatch(name) for name in names):
        return names
    return [_("month {number}").format(number=int(name[5:])) for name in names]


def _in_two(sheet: Sheet, x: float, y: float, words: str, room: float) -> None:
    """Write a name that is too wide in two rows around a height, a little smaller."""
    size = sheet.size * 0.9
    if text_width(words, sheet.size) + sheet.size / 2 <= room:
        sheet.text(x, y, words, at="middle")
        return
    space = words.find(" ", len(words) // 3)
    cut = space if space > 0 else -(-len(words) // 2)
    for part, up in ((words[:cut], 0.5), (words[cut:].strip(), -0.5)):
        sheet.text(x, y + up * size, fitted(part, room, size), at="middle", size=size)


def _legend(sheet: Sheet, chart: Chart) -> float:
    named = len(chart.heads) > 1 or chart.shape is Shape.STACKED
    heads = [(words, at) for at, words in enumerate(chart.heads)] if named else []
    unit = unit_words(chart.unit)
    return sheet.legend(heads, unit) if heads or unit else sheet.height - sheet.size


def _lines(sheet: Sheet, chart: Chart) -> None:
    """Draw two lines over time before the area of the last column."""
    top = sheet.height - sheet.size
    x = 0.0
    for at, words in enumerate(chart.heads):
        _sample(sheet, x, top, at)
        sheet.text(x + 2.6 * sheet.size, top, words)
        x += 4.2 * sheet.size + text_width(words, sheet.size)
    most = max(value or 0 for line in chart.lines for value in line.values)
    frame, whole = _scale(sheet, sheet.height - 2.2 * sheet.size, most, chart.unit)
    step = frame.width / len(chart.lines)

    def points(column: int) -> list[tuple[float, float]]:
        return [
            (
                frame.left + (at + 0.5) * step,
                frame.bottom + frame.height * (line.values[column] or 0) / whole,
            )
            for at, line in enumerate(chart.lines)
        ]

    behind = points(2)
    ends = [(behind[-1][0], frame.bottom), (behind[0][0], frame.bottom)]
    sheet.area([*behind, *ends], "sunken", "edge")
    for column, ink, dashes in ((0, "accent", ()), (1, "ok", (4, 3))):
        found = points(column)
        if len(found) > 1:
            sheet.path(found, ink, dashes=dashes)
        for at, (left, y) in enumerate(found):
            _point(sheet, left, y, column)
            sheet.mark(at, column, left - step / 2, y - sheet.size / 2, step, sheet.size)
    _names_below(sheet, frame, chart.lines)


def _sample(sheet: Sheet, x: float, y: float, series: int) -> None:
    if series < 2:
        ink, dashes = (("accent", ()), ("ok", (4, 3)))[series]
        sheet.line(x, y, x + 2 * sheet.size, y, ink, wide=2, dashes=dashes)
        _point(sheet, x + sheet.size, y, series)
    else:
        sheet.box(x, y - sheet.size / 2.5, 2 * sheet.size, sheet.size / 1.25, "sunken", "edge")


def _point(sheet: Sheet, x: float, y: float, series: int) -> None:
    side = sheet.size / 2
    if series:
        sheet.box(x - side / 2, y - side / 2, side, side, "surface", "ok")
    else:
        sheet.dot(x, y, side / 2, "accent", "accent")


def _rows(
    sheet: Sheet, chart: Chart, top: float, right: float, foot: float = 0, long: float = LONG
) -> tuple[_Frame, float]:
    """Write the names of the lines at the left; return the room and the height of a line."""
    room = min(sheet.width * long, sheet.width - right - 6 * sheet.size)
    left = min(room, max(text_width(line.label, sheet.size) for line in chart.lines))
    left += sheet.size
    step = min((top - foot) / len(chart.lines), 3 * sheet.size)
    for at, line in enumerate(chart.lines):
        words = fitted(line.label, room, sheet.size)
        y = top - (at + 0.5) * step
        sheet.text(left - sheet.size, y, words, at="end", ink="text")
    bottom = top - step * len(chart.lines)
    return _Frame(left, bottom, sheet.width - left - right, top - bottom), step


def _paced(sheet: Sheet, chart: Chart) -> None:
    """Draw a bar on its track for each line, and the marker of pace over all."""
    heads = [(words, at) for at, words in enumerate(chart.heads[1:])]
    top = sheet.legend(heads, unit_words(chart.unit))
    told = [_of_budget(line, chart.unit) for line in chart.lines]
    right = max(text_width(words, sheet.size) for words in told) + sheet.size
    if chart.pace is not None:
        top -= 1.2 * sheet.size
    frame, step = _rows(sheet, chart, top, right, long=0.4)
    high = step * 0.5
    for at, line in enumerate(chart.lines):
        y = top - (at + 0.5) * step
        budget = line.values[0] or 0
        used = sum(value or 0 for value in line.values[1:])
        whole = max(budget, used) or 1
        track = frame.width * budget / whole
        sheet.box(frame.left, y - high / 2, track, high, "sunken", "edge")
        x = frame.left
        for series, value in enumerate(line.values[1:]):
            wide = frame.width * max(value or 0, 0) / whole
            sheet.filled(x, y - high / 2, wide, high, series)
            sheet.mark(at, series + 1, x, y - step / 2, max(wide, 2), step)
            x += wide
        sheet.text(frame.left + frame.width + sheet.size / 2, y, told[at])
        if chart.pace is not None and budget:
            x = frame.left + track * chart.pace / 1000
            sheet.line(x, y - step / 2, x, y + step / 2, "wait", wide=2)
            if at == 0:
                words = _("time gone {share}").format(share=share(chart.pace, 1000))
                half = text_width(words, sheet.size) / 2
                x = max(half, min(x, sheet.width - half))
                sheet.text(x, top + 0.7 * sheet.size, words, at="middle", ink="wait")


def _of_budget(line: Line, unit: Unit) -> str:
    budget, used = line.values[0] or 0, sum(value or 0 for value in line.values[1:])
    part = share(used, budget) if budget else _("no budget")
    return f"{short(used, unit)} / {short(budget, unit)}　{part}"


def _ranges(sheet: Sheet, chart: Chart) -> None:
    """Draw for each line the point below which half of all lie, and that of nine tenths."""
    top = sheet.height - sheet.size
    x = 0.0
    for at, words in enumerate(chart.heads[:2]):
        _point(sheet, x + sheet.size / 2, top, at)
        sheet.text(x + 1.4 * sheet.size, top, words)
        x += 3 * sheet.size + text_width(words, sheet.size)
    sheet.text(sheet.width, top, unit_words(chart.unit), at="end")
    told = [_of_range(line) for line in chart.lines]
    right = max(text_width(words, sheet.size) for words in told) + 1.5 * sheet.size
    frame, step = _rows(sheet, chart, sheet.height - 2.2 * sheet.size, right, 2 * sheet.size)
    ticks = _ticks(max(value or 0 for line in chart.lines for value in line.values[:2]))
    for tick in ticks:
        x = frame.left + frame.width * tick / ticks[-1]
        sheet.line(x, frame.bottom, x, frame.bottom + frame.height, "line" if tick else "edge")
        sheet.text(x, frame.bottom - sheet.size, str(tick), at="middle")
    for at, line in enumerate(chart.lines):
        y = frame.bottom + frame.height - (at + 0.5) * step
        sheet.text(frame.left + frame.width + sheet.size, y, told[at])
        half, most = line.values[:2]
        if half is None or most is None:
            continue
        ends = [frame.left + frame.width * value / ticks[-1] for value in (half, most)]
        sheet.line(ends[0], y, ends[1], y, "text_soft", wide=2)
        for column in (1, 0):
            _point(sheet, ends[column], y, column)
            side = sheet.size
            sheet.mark(at, column, ends[column] - side / 2, y - side / 2, side, side)


def _of_range(line: Line) -> str:
    half, most, number = line.values
    if half is None:
        return "—"
    count = f"{number or 0:,}"
    if half == most:
        return _("{days} ({count} done)").format(days=half, count=count)
    return _("{half} to {most} ({count} done)").format(half=half, most=most, count=count)


def _heat(sheet: Sheet, chart: Chart) -> None:
    """Draw a table whose cells are the darker the larger their number, which stands in them."""
    room = sheet.width * LONG
    left = min(room, max(text_width(line.label, sheet.size) for line in chart.lines)) + sheet.size
    wide = (sheet.width - left) / len(chart.heads)
    top = sheet.height - 2 * sheet.size
    high = min(top / len(chart.lines), 2.4 * sheet.size)
    widest = max(text_width(head, sheet.size) for head in chart.heads)
    every = max(1, -int(-widest // wide)) if len(chart.heads) > FEW else 1
    for at in range(0, len(chart.heads), every):
        x = left + (at + 0.5) * wide
        _in_two(sheet, x, top + sheet.size, chart.heads[at], every * wide + sheet.size / 2)
    most = max(value or 0 for line in chart.lines for value in line.values)
    small = min(
        sheet.size, sheet.size * wide / (1.1 * text_width(short(most, chart.unit), sheet.size))
    )
    for at, line in enumerate(chart.lines):
        y = top - (at + 1) * high
        words = fitted(line.label, room, sheet.size)
        sheet.text(left - sheet.size, y + high / 2, words, at="end", ink="text")
        for column, value in enumerate(line.values):
            x = left + column * wide
            part = (value or 0) / most
            sheet.box(x, y, wide, high, edge="line")
            if value:
                shade = 0.08 + 0.92 * part
                inner = wide - 2 * sheet.hair, high - 2 * sheet.hair
                sheet.shade(x + sheet.hair, y + sheet.hair, *inner, shade)
                words, ink = short(value, chart.unit), sheet.ink_on(shade)
                sheet.text(x + wide / 2, y + high / 2, words, at="middle", ink=ink, size=small)
            sheet.mark(at, column, x, y, wide, high)


def _ranked(sheet: Sheet, chart: Chart) -> None:
    """Draw a bar for each line, its number at its end."""
    top = _legend(sheet, chart)
    right = max(
        text_width(short(line.values[0] or 0, chart.unit), sheet.size) for line in chart.lines
    )
    frame, step = _rows(sheet, chart, top, right + sheet.size, long=0.5)
    most = max(line.values[0] or 0 for line in chart.lines)
    for at, line in enumerate(chart.lines):
        y = top - (at + 0.5) * step
        value = line.values[0] or 0
        wide = frame.width * max(value, 0) / (most or 1)
        sheet.filled(frame.left, y - step * 0.3, wide, step * 0.6, 0)
        sheet.text(frame.left + wide + sheet.size / 2, y, short(value, chart.unit), ink="text")
        sheet.mark(at, 0, 0, y - step / 2, sheet.width, step)


def _columns(sheet: Sheet, chart: Chart) -> None:
    """Draw a column for each line, its number above it."""
    top = _legend(sheet, chart)
    most = max(line.values[0] or 0 for line in chart.lines)
    frame, whole = _scale(sheet, top, most, chart.unit)
    step = frame.width / len(chart.lines)
    numbers = [short(line.values[0] or 0, chart.unit) for line in chart.lines]
    fits = max(text_width(number, sheet.size) for number in numbers) < step
    for at, line in enumerate(chart.lines):
        value = line.values[0] or 0
        x, high = frame.left + at * step, frame.height * max(value, 0) / whole
        sheet.filled(x + step * 0.2, frame.bottom, step * 0.6, high, 0)
        if value and (fits or value == most):
            y = frame.bottom + high + sheet.size * 0.7
            sheet.text(x + step / 2, y, numbers[at], at="middle", ink="text")
        sheet.mark(at, 0, x, frame.bottom, step, frame.height)
    _names_below(sheet, frame, chart.lines)


def _stacked(sheet: Sheet, chart: Chart) -> None:
    """Draw the numbers of each line one above the other."""
    top = _legend(sheet, chart)
    most = max(sum(max(value or 0, 0) for value in line.values) for line in chart.lines)
    frame, whole = _scale(sheet, top, most, chart.unit)
    step = frame.width / len(chart.lines)
    for at, line in enumerate(chart.lines):
        x, y = frame.left + at * step, frame.bottom
        for series, value in enumerate(line.values):
            high = frame.height * max(value or 0, 0) / whole
            sheet.filled(x + step * 0.2, y, step * 0.6, high, series)
            sheet.mark(at, series, x, y, step, high)
            y += high
    _names_below(sheet, frame, chart.lines)


def _bridge(sheet: Sheet, chart: Chart) -> None:
    """Draw what is added and taken away between the totals."""
    top = _legend(sheet, chart)
    ends = [0]
    for line in chart.lines:
        ends.append((line.values[0] or 0) + (0 if line.total else ends[-1]))
    frame, whole = _scale(sheet, top, max(ends), chart.unit)
    step = frame.width / len(chart.lines)
    unit = frame.height / whole
    for at, line in enumerate(chart.lines):
        begin, end = 0 if line.total else ends[at], ends[at + 1]
        x, low = frame.left + at * step, frame.bottom + unit * max(min(begin, end), 0)
        high = unit * abs(end - begin)
        series = 0 if line.total else 1 if end > begin else 2
        sheet.filled(x + step * 0.2, low, step * 0.6, high, series)
        value = line.values[0] or 0
        sign = "" if line.total or value <= 0 else "+"
        y = low + high + sheet.size * 0.7
        words = sign + short(value, chart.unit)
        fits = min(sheet.size, sheet.size * step / (text_width(words, sheet.size) + 1))
        sheet.text(x + step / 2, y, words, at="middle", ink="text", size=fits)
        if at + 1 < len(chart.lines):
            y = frame.bottom + unit * end
            sheet.line(x + step * 0.8, y, x + step * 1.2, y, "edge")
        sheet.mark(at, 0, x, frame.bottom, step, frame.height)
    _names_below(sheet, frame, chart.lines)


SHAPES: Final[Mapping[Shape, Callable[[Sheet, Chart], None]]] = {
    Shape.LINES: _lines,
    Shape.PACED: _paced,
    Shape.RANGES: _ranges,
    Shape.HEAT: _heat,
    Shape.RANKED: _ranked,
    Shape.COLUMNS: _columns,
    Shape.STACKED: _stacked,
    Shape.BRIDGE: _bridge,
}

"""Every pair of colours that carries words or marks a control can be told apart."""

import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from app.core.assets import resource
from tests.ui.conftest import Shown
from ui import icons, theme

WORDS = 4.5
MARKS = 3.0
PAIRS = """
text surface, text window, text select, text_soft surface, text_soft window, text_soft select,
text_soft sunken, text_faint surface, text_faint window, text_faint raised, text_faint select,
text_faint sunken, accent surface, accent window, accent accent_weak, accent select,
on_accent accent, on_accent accent_hover, on_accent accent_press, ok surface, ok ok_weak,
ok select, wait surface, wait wait_weak, wait select, bad surface, bad bad_weak, bad select,
surface text, on_seal seal, text bad_weak, text wait_weak
"""
CONTROLS = "edge surface, edge window, edge raised, focus surface, focus window"


def luminance(color: QColor) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, scheme: theme.Scheme) -> float:
    at = list(theme.Scheme).index(scheme)
    lights = sorted(luminance(QColor(theme.TOKENS[name][at])) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def pairs(text: str) -> list[tuple[str, str]]:
    return [(pair.split()[0], pair.split()[1]) for pair in text.split(",")]


@pytest.mark.parametrize("scheme", theme.Scheme)
@pytest.mark.parametrize(
    ("pair", "least"),
    [(pair, WORDS) for pair in pairs(PAIRS)] + [(pair, MARKS) for pair in pairs(CONTROLS)],
)
def test_colours_can_be_told_apart(
    pair: tuple[str, str], least: float, scheme: theme.Scheme
) -> None:
    assert contrast(*pair, scheme) >= least


def test_both_weights_of_the_own_font_are_there(qapp: QApplication) -> None:
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles(theme.FAMILY))
    assert qapp.font().family() == theme.FAMILY


@pytest.mark.parametrize("percent", theme.SCALES)
def test_sizes_grow_with_the_text(qapp: QApplication, shown: Shown, percent: int) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    line = QLineEdit()
    shown(line)
    assert line.height() == theme.px(32) == round(32 * percent / 100)
    assert theme.font("small").pointSizeF() == pytest.approx(9 * percent / 100)
    assert icons.pixmap("check").height() == round(16 * percent / 100)


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_the_style_sheet_names_no_unknown_token(qapp: QApplication, scheme: theme.Scheme) -> None:
    theme.use(qapp, scheme, 100)
    assert "@" not in theme.style_sheet()
    assert not re.search(r"#[0-9a-fA-F]{6}", resource("style", "desk.qss").read_text("utf-8"))


def test_selected_text_stays_ink(qapp: QApplication) -> None:
    theme.use(qapp, theme.Scheme.DARK, 100)
    made = theme.palette()
    assert made.color(QPalette.ColorRole.HighlightedText) == theme.color("text")
    assert made.color(QPalette.ColorRole.Highlight) == theme.color("select")


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    names = [path.stem for path in resource("icons").glob("*.svg")]
    assert names
    empty = [
        name
        for name in names
        if icons.pixmap(name, "text", 24).toImage().allGray()
        and not icons.pixmap(name, "bad", 24).toImage().hasAlphaChannel()
    ]
    assert not empty
    blank = icons.pixmap("circle", "text").toImage()
    blank.fill(0)
    assert not [name for name in names if icons.pixmap(name, "text").toImage() == blank]

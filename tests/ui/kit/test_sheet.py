"""The component sheet is drawn in every scheme and text size; nothing of it is cut."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.conftest import Shown
from tests.ui.kit.sheet import component_sheet
from ui import theme
from ui.kit.buttons import Button
from ui.kit.notices import Toast

LOOKS = [
    (theme.Scheme.LIGHT, 100),
    (theme.Scheme.DARK, 100),
    (theme.Scheme.CONTRAST, 100),
    (theme.Scheme.LIGHT, 150),
]


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_the_sheet_is_drawn(
    qapp: QApplication,
    shown: Shown,
    picture: Callable[[QWidget, str], Path],
    scheme: theme.Scheme,
    percent: int,
) -> None:
    theme.use(qapp, scheme, percent)
    window = shown(component_sheet(), round(1366 * percent / 100), round(768 * percent / 100))
    focused = window.findChild(Button, "focused")
    assert isinstance(focused, Button)
    focused.setFocus()
    toast = window.findChild(Toast)
    assert isinstance(toast, Toast)
    toast.place()
    image = QImage(str(picture(window, f"sheet-{scheme}-{percent}")))
    ground = image.pixelColor(2, image.height() - 2)
    assert ground == theme.color("window")
    assert image.pixelColor(focused.mapTo(window, QPoint(8, 8))) == theme.color("accent")


@pytest.mark.parametrize("percent", theme.SCALES)
def test_no_words_are_cut(qapp: QApplication, shown: Shown, percent: int) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    window = shown(component_sheet(), round(1366 * percent / 100), round(768 * percent / 100))
    cut = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and not label.wordWrap()
        and label.sizeHint().width() > label.width() + 1
    ]
    assert not cut
    assert not [
        button.words()
        for button in window.findChildren(Button)
        if button.sizeHint().width() > button.width()
    ]

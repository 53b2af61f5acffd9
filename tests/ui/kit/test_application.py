"""The application before its first window: input method, Qt's own words."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from tests.ui.conftest import Shown
from ui.application import prepare_input_method


def processes(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names, start=10):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(name + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def no_choice(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("QT_IM_MODULE", "IBUS_USE_PORTAL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return monkeypatch


def test_fcitx_is_reached_through_ibus(no_choice: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare_input_method(processes(tmp_path, "systemd", "fcitx5"))
    assert os.environ["QT_IM_MODULE"] == "ibus"
    assert os.environ["IBUS_USE_PORTAL"] == "1"


def test_without_fcitx_nothing_is_changed(no_choice: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare_input_method(processes(tmp_path, "systemd", "ibus-daemon"))
    assert "QT_IM_MODULE" not in os.environ


def test_a_choice_made_by_hand_stands(no_choice: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_choice.setenv("QT_IM_MODULE", "compose")
    prepare_input_method(processes(tmp_path, "fcitx5"))
    assert os.environ["QT_IM_MODULE"] == "compose"


def test_qt_speaks_chinese_too(qapp: QApplication, shown: Shown) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    shown(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().startswith("取消")
    assert QLocale().dayName(1) == "星期一"

"""The workstation's settings survive what people and other versions do to the file."""

import dataclasses
import tomllib
from pathlib import Path

import pytest

from app.settings import WorkstationSettings, changed, read_settings, settings_file, write_settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "设置" / "settings.toml"


def test_without_a_file_the_defaults_hold(place: Path) -> None:
    assert read_settings(place) == WorkstationSettings()
    assert not place.exists()


def test_what_is_chosen_is_read_again(place: Path) -> None:
    chosen = WorkstationSettings(
        store='C:\\数据 "甲"\\center.db', language="en", scale=130, scheme="dark", idle_minutes=9
    )
    write_settings(chosen, place)
    assert read_settings(place) == chosen
    assert changed(chosen, scale=150) == dataclasses.replace(chosen, scale=150)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def test_keys_of_another_version_are_kept(place: Path) -> None:
    place.parent.mkdir()
    place.write_text(
        'scale = 115\n[later]\n"two words" = [1, 2.5, true, "三"]\nsince = 2026-01-02\n', "utf-8"
    )
    write_settings(changed(read_settings(place), store="a.db"), place)
    kept = tomllib.loads(place.read_text("utf-8"))
    assert (kept["scale"], kept["store"]) == (115, "a.db")
    assert kept["later"]["two words"] == [1, 2.5, True, "三"]
    assert str(kept["later"]["since"]) == "2026-01-02"


@pytest.mark.parametrize(
    "line", ["scale = 7", "scale = true", 'scale = "100"', 'language = "fr"', "idle_minutes = 0"]
)
def test_a_choice_that_does_not_fit_is_left_out(place: Path, line: str) -> None:
    place.parent.mkdir()
    place.write_text(f'{line}\nprinter = "窗口一"\n', "utf-8")
    assert read_settings(place) == WorkstationSettings(printer="窗口一")


@pytest.mark.parametrize("content", [b"scale = ", b"\xff\xfe\x00", b"a = 1\na = 2\n"])
def test_a_damaged_file_is_set_aside(place: Path, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    assert read_settings(place) == WorkstationSettings()
    assert place.with_name("settings.toml.bad").read_bytes() == content
    assert not place.exists()


def test_a_place_that_cannot_be_read_or_set_aside_leaves_the_defaults(tmp_path: Path) -> None:
    taken = tmp_path / "settings.toml"
    taken.mkdir()
    (tmp_path / "settings.toml.bad").write_text("in the way")
    assert read_settings(taken) == WorkstationSettings()


def test_the_file_is_the_users() -> None:
    assert settings_file().name == "settings.toml"
    assert settings_file().parent.name == "bangfu"

"""``doctor``: every part is looked at, each with a sentence; only a problem fails it."""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from app.cli import health
from app.cli.health import Finding, Health, Part
from app.demo.center import PASSWORD
from app.settings import WorkstationSettings, write_settings
from db.keys import key_file_of
from tests.commands import Bangfu, runner


class Usage(NamedTuple):
    """What `shutil.disk_usage` returns."""

    total: int
    used: int
    free: int


@pytest.fixture
def bangfu(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Bangfu:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return runner(capsys)


def verdict(finding: Finding) -> tuple[Part, Health]:
    return finding.part, finding.health


def test_every_part_is_looked_at(bangfu: Bangfu, store: Path) -> None:
    found = bangfu("--store", store, "doctor", "--json").json
    parts = [each["part"] for each in found]
    expected = [part.value for part in Part if part is not Part.PAPERS]
    assert parts == [part for part in expected if part != "system" or sys.platform == "linux"]
    assert all(each["says"] for each in found)
    told = bangfu("--store", store, "doctor")
    assert told.code == 0
    assert all(part.label in told.out for part in Part if part is not Part.PAPERS)


def test_a_certificate_proves_the_whole(bangfu: Bangfu, tmp_path: Path) -> None:
    place = tmp_path / "证明.pdf"
    ran = bangfu("doctor", "--certificate", place)
    assert ran.code == 0
    text = PdfReader(place).pages[0].extract_text()
    assert "困难职工证明" in text
    assert "样张" in text
    nowhere = bangfu("doctor", "--certificate", tmp_path / "none" / "a.pdf")
    assert nowhere.code == 1
    assert "写不进去" in nowhere.err


def test_the_store_of_the_workstation_is_looked_at(bangfu: Bangfu, store: Path) -> None:
    assert "还没有选数据文件" in bangfu("doctor").out
    write_settings(WorkstationSettings(store=str(store)))
    assert str(store) in bangfu("doctor").out


def test_what_is_wrong_with_a_store_is_a_problem(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(health.stored(store)) == (Part.STORE, Health.OK)
    assert verdict(health.stored(None)) == (Part.STORE, Health.LOOK)
    assert verdict(health.stored(tmp_path / "none.db")) == (Part.STORE, Health.PROBLEM)
    monkeypatch.setenv("BANGFU_USER", "zhou")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    assert "数据格式" in health.stored(store).says
    monkeypatch.setattr(health, "SCHEMA", 0)
    newer = health.stored(store)
    assert newer.health is Health.PROBLEM
    store.write_bytes(b"\x00" * 8192)
    assert health.stored(store).health is Health.PROBLEM
    monkeypatch.setenv("BANGFU_PASSWORD", "wrong")
    assert "打不开" in health.stored(store).says
    key_file_of(store).write_text("{}")
    assert health.stored(store).health is Health.PROBLEM
    key_file_of(store).unlink()
    assert str(key_file_of(store)) in health.stored(store).says


@pytest.mark.parametrize(
    ("free", "expected"),
    [(100 * health.MEGABYTE, Health.PROBLEM), (10**9, Health.LOOK), (10**11, Health.OK)],
)
def test_room_on_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, expected: Health
) -> None:
    def usage(folder: Path) -> Usage:
        assert folder == tmp_path
        return Usage(10**12, 0, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert health.disk(tmp_path / "not" / "there" / "a.db").health is expected


def test_a_network_path_is_a_problem() -> None:
    found = health.disk(Path("//server/share/a.db"))
    assert found.health is Health.PROBLEM
    assert "server" in found.says


def test_an_old_python_or_c_library_is_a_problem() -> None:
    assert health.program((3, 10, 2)).health is Health.PROBLEM
    assert health.program((3, 11, 0)).health is Health.OK
    assert health.system("2.17").health is Health.PROBLEM
    assert health.system("2.28").health is Health.OK
    assert health.system("").health is Health.OK


def test_a_library_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.LIBRARIES, "no_such_library", "no-such-library")
    found = health.libraries()
    assert found.health is Health.PROBLEM
    assert "no_such_library" in found.says


def test_a_font_that_is_missing_or_lacks_a_character_is_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert health.fonts().health is Health.OK
    monkeypatch.setattr(health, "RARE", "李\U0003134a")
    lacking = health.fonts()
    assert lacking.health is Health.PROBLEM
    assert "\U0003134a" in lacking.says
    monkeypatch.setattr(health, "FILES", {health.Face.SANS: ("NoSuchFont",)})
    assert "NoSuchFont" in health.fonts().says


@pytest.mark.skipif(sys.platform != "linux", reason="other systems list printers in the desk")
def test_printers_are_those_that_take_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "lpstat"
    tool.write_text(
        "#!/bin/sh\necho 'window_1 accepting requests since Mon'\n"
        "echo 'attic not accepting requests since Mon'\n"
    )
    tool.chmod(0o755)
    found = health.printers(str(tool))
    assert (found.health, found.says) == (Health.OK, "window_1")
    tool.write_text("#!/bin/sh\nexit 1\n")
    assert health.printers(str(tool)).health is Health.LOOK
    assert health.printers(str(tmp_path / "none")).health is Health.LOOK
    monkeypatch.setattr(health, "CUPS", (tmp_path,))
    assert health.printers(None).health is Health.OK
    monkeypatch.setattr(health, "CUPS", ())
    assert health.printers(None).health is Health.LOOK


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have their own")
def test_the_input_method_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in health.NAMING:
        monkeypatch.delenv(name, raising=False)
    assert health.input_method().health is Health.LOOK
    monkeypatch.setenv("XMODIFIERS", "@im=fcitx")
    found = health.input_method()
    assert found.health is Health.OK
    assert "fcitx" in found.says

"""The one-folder program, built from `build.spec` and started as a user would start it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

import app

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.packaging, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the program once, in a folder of an awkward name."""
    folder = tmp_path_factory.mktemp("帮扶 program")
    builder = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    places = [f"--distpath={folder / 'dist'}", f"--workpath={folder / 'work'}"]
    subprocess.run([*builder, *places, "build.spec"], cwd=ROOT, check=True)
    return folder / "dist" / "bangfu" / ("bangfu.exe" if os.name == "nt" else "bangfu")


def run(program: Path, *words: str) -> str:
    """Start the program in an empty folder, as from anywhere, and return what it prints."""
    result = subprocess.run(
        [program, *words], cwd=program.parents[2], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_it_tells_its_version(program: Path) -> None:
    assert app.__version__ in run(program, "--version")


def test_it_makes_a_store(program: Path, tmp_path: Path) -> None:
    store = tmp_path / "演示 center"
    run(program, "demo", "create", str(store), "--households", "3")
    assert list(tmp_path.rglob("*"))


def test_it_makes_a_certificate(program: Path, tmp_path: Path) -> None:
    """Fonts, paper forms and the signing of papers are all in the folder."""
    certificate = tmp_path / "certificate.pdf"
    run(program, "doctor", "--certificate", str(certificate))
    assert "困难职工证明" in PdfReader(certificate).pages[0].extract_text()


def test_it_carries_nothing_of_other_languages_and_no_development_tools(program: Path) -> None:
    names = {path.name for path in program.parent.rglob("*")}
    assert {name for name in names if name.endswith(".qm")} <= {"qtbase_zh_CN.qm"}
    assert not names & {"babel", "pytest", "hypothesis", "libQt6Quick.so.6", "libQt6Qml.so.6"}

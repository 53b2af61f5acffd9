"""What ``doctor`` looks at: each part with a verdict and a sentence."""

import importlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import __version__
from app.core.errors import AppError
from app.core.i18n import N_, _
from app.core.words import Word
from app.entrance import accounts
from app.papers.fonts import FILES, Face, font_file, typeface
from app.settings import data_folder, read_settings, settings_file
from db.engine import refuse_network_path
from db.trouble import StoreMissing

RARE: Final = "㛃𬭎𠮷㻏䶮𤧛"
"""Characters of real names: the third is in no Noto font, four are above U+FFFF."""

LEAST_GLIBC: Final = (2, 28)
"""What Qt is built for: UOS 20 and Kylin V10 have it."""
LEAST_PYTHON: Final = (3, 11)

SCARCE: Final = 2 * 1024**3
"""Bytes left on the disk below which one should look, and make room."""
TOO_LITTLE: Final = 200 * 1024**2
"""Bytes left below which a copy before an upgrade may fail."""

LIBRARIES: Final = ("PySide6", "sqlalchemy", "alembic", "reportlab", "cryptography", "msgspec")
CUPS: Final = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
ANSWER_SECONDS: Final = 5


class Health(Word):
    """How a part is."""

    OK = "ok", N_("ok")
    LOOK = "look", N_("look")
    PROBLEM = "problem", N_("problem")


@dataclass(frozen=True)
class Finding:
    """What was seen of one part."""

    part: str
    health: Health
    says: str


def look_over(store: Path | None) -> Iterator[Finding]:
    """Look at everything, one part after the other; ``store`` as on the command line."""
    yield from _versions()
    yield _fonts()
    yield _printers()
    yield _input_method()
    yield _settings()
    yield from _store(store)


def _versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info[:2] < LEAST_PYTHON
    says = _("Bangfu {version}, Python {python}, {system}").format(
        version=__version__, python=python, system=platform.platform(terse=True)
    )
    yield Finding("program", Health.PROBLEM if old else Health.OK, says)
    if sys.platform == "linux":
        yield _glibc(platform.libc_ver()[1])
    yield _libraries()


def _glibc(version: str) -> Finding:
    known = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if known and known < LEAST_GLIBC:
        says = _("glibc {version} is older than 2.28: the desk cannot open on this system.")
        return Finding("glibc", Health.PROBLEM, says.format(version=version))
    return Finding("glibc", Health.OK, _("glibc {version}").format(version=version or "?"))


def _libraries() -> Finding:
    found: list[str] = []
    for name in LIBRARIES:
        try:
            library = importlib.import_module(name)
        except ImportError as error:
            says = _("{library} cannot be loaded ({problem}): install Bangfu anew.")
            return Finding("libraries", Health.PROBLEM, says.format(library=name, problem=error))
        found.append(f"{name} {getattr(library, '__version__', '')}".strip())
    return Finding("libraries", Health.OK, "，".join(found))


def _fonts() -> Finding:
    for name in dict.fromkeys(name for files in FILES.values() for name in files):
        try:
            font_file(name)
        except (OSError, ValueError):
            says = _("The font {name} is missing or damaged: install Bangfu anew.")
            return Finding("fonts", Health.PROBLEM, says.format(name=name))
    lacking = [character for face in Face for character in typeface(face).missing(RARE)]
    if lacking:
        says = _("The fonts lack {characters}: papers with such names cannot be issued.")
        return Finding("fonts", Health.PROBLEM, says.format(characters="".join(lacking)))
    return Finding("fonts", Health.OK, _("All there; rare names print: {names}").format(names=RARE))


def _printers() -> Finding:
    if sys.platform != "linux":
        return Finding(
            "printers", Health.LOOK, _("Asked in the desk: the system lists them there.")
        )
    tool = shutil.which("lpstat")
    if tool is None:
        running = any(place.exists() for place in CUPS)
        says = (
            _("The print service runs; the desk lists its printers.")
            if running
            else _("No print service is here: papers can be kept as PDF until CUPS is installed.")
        )
        return Finding("printers", Health.OK if running else Health.LOOK, says)
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, with a fixed question
            [tool, "-a"],
            capture_output=True,
            text=True,
            check=False,
            timeout=ANSWER_SECONDS,
            env=os.environ | {"LC_ALL": "C"},
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return Finding("printers", Health.LOOK, _("The print service does not answer."))
    names = [line.split()[0] for line in answer.splitlines() if " accepting " in f" {line} "]
    if not names:
        return Finding("printers", Health.LOOK, _("No printer is set up on this PC."))
    return Finding("printers", Health.OK, "，".join(names))


def _input_method() -> Finding:
    if sys.platform != "linux":
        return Finding("input method", Health.OK, _("That of the system."))
    for name in ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE"):
        value = os.environ.get(name, "")
        for method in ("fcitx", "ibus"):
            if method in value:
                says = _("{method}, named by {name}").format(method=method, name=name)
                return Finding("input method", Health.OK, says)
    says = _("None is named here; if Chinese cannot be typed, set up fcitx or ibus.")
    return Finding("input method", Health.LOOK, says)


def _settings() -> Finding:
    place = settings_file()
    says = _("Kept in {place}") if place.exists() else _("None yet; they will be kept in {place}")
    return Finding("settings", Health.OK, says.format(place=place))


def _store(given: Path | None) -> Iterator[Finding]:
    known = given or (Path(name) if (name := read_settings().store) else None)
    if known is None:
        says = _("None is chosen on this PC yet; the desk asks at first start.")
        yield Finding("store", Health.LOOK, says)
    else:
        yield _files(known)
    yield _place(known or data_folder())


def _files(store: Path) -> Finding:
    try:
        people = accounts(store)
    except StoreMissing as error:
        return Finding("store", Health.PROBLEM, error.tell())
    except AppError as error:
        return Finding("key file", Health.PROBLEM, error.tell())
    log = store.with_name(store.name + "-wal")
    says = _("{path}, {size} MB, log {log} MB, key file for {count} people").format(
        path=store,
        size=store.stat().st_size // 1024**2,
        log=log.stat().st_size // 1024**2 if log.exists() else 0,
        count=len(people),
    )
    return Finding("store", Health.OK, says)


def _place(place: Path) -> Finding:
    folder = place.absolute()
    while not folder.is_dir():
        folder = folder.parent
    try:
        refuse_network_path(place)
    except AppError as error:
        return Finding("disk", Health.PROBLEM, error.tell())
    free = shutil.disk_usage(folder).free
    says = _("{free} MB free at {folder}").format(free=free // 1024**2, folder=folder)
    if free < TOO_LITTLE:
        return Finding("disk", Health.PROBLEM, says)
    return Finding("disk", Health.LOOK if free < SCARCE else Health.OK, says)

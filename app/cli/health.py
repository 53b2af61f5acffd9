"""What ``doctor`` looks at: each part with a verdict and a sentence."""

import importlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from app import __version__
from app.backups.standing import folder_of, on_one_disk, read_standing
from app.core.errors import AppError
from app.core.i18n import N_, _
from app.core.words import Word
from app.papers.fonts import FILES, Face, font_file, typeface
from app.settings import data_folder, read_settings, settings_file
from db.engine import connect, refuse_network_path, sqlcipher
from db.keys import KeyFile, key_file_of
from db.migrate import SCHEMA
from db.trouble import StoreNewer, translate

RARE: Final = "㛃𬭎𠮷㻏䶮𤧛"
"""Characters of real names: the third is in no Noto font, four are above U+FFFF."""

LEAST_GLIBC: Final = (2, 28)
"""What Qt is built for: UOS 20 and Kylin V10 have it."""
LEAST_PYTHON: Final = (3, 11)

MEGABYTE: Final = 1024**2
SCARCE: Final = 2048 * MEGABYTE
"""Room on the disk below which one should look."""
TOO_LITTLE: Final = 200 * MEGABYTE
"""Room below which the copy before an upgrade may fail."""
LONG_LOG: Final = 200 * MEGABYTE
"""A write-ahead log that is folded in too rarely."""

LIBRARIES: Final = {
    "alembic": "alembic",
    "argon2": "argon2-cffi",
    "cryptography": "cryptography",
    "msgspec": "msgspec",
    "PIL": "Pillow",
    "pypdfium2": "pypdfium2",
    "reportlab": "reportlab",
    "sqlalchemy": "SQLAlchemy",
}
"""What is loaded to see whether it can be, with the names of the packages. Qt is only sought."""
QT: Final = ("PySide6", "PySide6-Essentials")

CUPS: Final = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
ANSWER_SECONDS: Final = 5
INPUT_METHODS: Final = ("fcitx", "ibus")
NAMING: Final = ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE")
"""Environment variables that name the input method."""


class Health(Word):
    """How a part is."""

    OK = "ok", N_("ok")
    LOOK = "look", N_("look")
    PROBLEM = "problem", N_("problem")


class Part(Word):
    """What is looked at."""

    PROGRAM = "program", N_("Program")
    SYSTEM = "system", N_("System")
    LIBRARIES = "libraries", N_("Libraries")
    FONTS = "fonts", N_("Fonts")
    PRINTERS = "printers", N_("Printers")
    INPUT_METHOD = "input_method", N_("Input method")
    SETTINGS = "settings", N_("Settings")
    STORE = "store", N_("Data file")
    DISK = "disk", N_("Disk")
    BACKUPS = "backups", N_("Backups")
    PAPERS = "papers", N_("Papers")


@dataclass(frozen=True)
class Finding:
    """What was seen of one part."""

    part: Part
    health: Health
    says: str


def look_over(store: Path | None) -> Iterator[Finding]:
    """Look at everything, one part after the other; ``store`` as on the command line."""
    yield program(sys.version_info[:3])
    if sys.platform == "linux":
        yield system(platform.libc_ver()[1])
    yield libraries()
    yield fonts()
    yield printers(shutil.which("lpstat"))
    yield input_method()
    yield _settings()
    known = store or (Path(name) if (name := read_settings().store) else None)
    yield stored(known)
    yield disk(known or data_folder())
    yield backups(known)


def program(python: tuple[int, ...]) -> Finding:
    """Tell the versions of the program and of Python."""
    says = _("Bangfu {version}, Python {python}").format(
        version=__version__, python=".".join(map(str, python))
    )
    return Finding(Part.PROGRAM, Health.PROBLEM if python < LEAST_PYTHON else Health.OK, says)


def system(glibc: str) -> Finding:
    """Tell whether the C library is new enough for the screens."""
    found = tuple(int(part) for part in glibc.split(".")[:2] if part.isdigit())
    if found and found < LEAST_GLIBC:
        says = _("glibc {found} is older than {least}: the desk cannot open on this system.")
        least = ".".join(map(str, LEAST_GLIBC))
        return Finding(Part.SYSTEM, Health.PROBLEM, says.format(found=glibc, least=least))
    says = _("{system}, glibc {found}").format(
        system=platform.platform(terse=True), found=glibc or "?"
    )
    return Finding(Part.SYSTEM, Health.OK, says)


def libraries() -> Finding:
    """Tell whether every library can be loaded."""
    known: list[str] = []
    for name, package in LIBRARIES.items():
        try:
            library = importlib.import_module(name)
        except ImportError as error:
            return _lacking(name, str(error))
        known.append(f"{package} {_version(package) or getattr(library, '__version__', '')}")
    if importlib.util.find_spec(QT[0]) is None:
        return _lacking(QT[0], _("it is not there"))
    known.append(f"{QT[1]} {_version(QT[1])}")
    known.append(f"SQLCipher/SQLite {sqlcipher.sqlite_version}")
    return Finding(Part.LIBRARIES, Health.OK, _(", ").join(map(str.strip, known)))


def _lacking(name: str, problem: str) -> Finding:
    says = _("{library} cannot be loaded ({problem}): install Bangfu anew.")
    return Finding(Part.LIBRARIES, Health.PROBLEM, says.format(library=name, problem=problem))


def _version(package: str) -> str:
    """Return the version of a package; empty in the packed program, which has no such list."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def fonts() -> Finding:
    """Tell whether the fonts are whole and print rare names."""
    for name in dict.fromkeys(name for files in FILES.values() for name in files):
        try:
            font_file(name)
        except (OSError, ValueError, LookupError):
            says = _("The font {name} is missing or damaged: install Bangfu anew.")
            return Finding(Part.FONTS, Health.PROBLEM, says.format(name=name))
    lacking = dict.fromkeys(sign for face in Face for sign in typeface(face).missing(RARE))
    if lacking:
        says = _("The fonts lack {characters}: papers with such names cannot be issued.")
        return Finding(Part.FONTS, Health.PROBLEM, says.format(characters="".join(lacking)))
    return Finding(
        Part.FONTS, Health.OK, _("All there; rare names print: {names}").format(names=RARE)
    )


def printers(lpstat: str | None) -> Finding:
    """Tell which printers take paper; ``lpstat`` is the tool that knows on Linux."""
    if sys.platform != "linux":
        return Finding(Part.PRINTERS, Health.OK, _("Those of the system, listed in the desk."))
    if lpstat is None:
        if any(place.exists() for place in CUPS):
            says = _("The print service runs; the desk lists its printers.")
            return Finding(Part.PRINTERS, Health.OK, says)
        says = _("No print service (CUPS) is here: papers can be kept as PDF only.")
        return Finding(Part.PRINTERS, Health.LOOK, says)
    names = _accepting(lpstat)
    if not names:
        return Finding(Part.PRINTERS, Health.LOOK, _("No printer is ready on this PC."))
    return Finding(Part.PRINTERS, Health.OK, _(", ").join(names))


def _accepting(lpstat: str) -> list[str]:
    """Return the printers that CUPS says take jobs; none when it does not answer."""
    try:
        answer = subprocess.run(  # noqa: S603 - a tool of the system and a fixed question
            [lpstat, "-a"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=ANSWER_SECONDS,
            env={**os.environ, "LC_ALL": "C"},
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    words = (line.split() for line in answer.splitlines())
    return [name for name, *said in words if said[:2] == ["accepting", "requests"]]


def input_method() -> Finding:
    """Tell by which input method Chinese is typed."""
    if sys.platform != "linux":
        return Finding(Part.INPUT_METHOD, Health.OK, _("That of the system."))
    for name in NAMING:
        for method in INPUT_METHODS:
            if method in os.environ.get(name, ""):
                says = _("{method}, as {name} says").format(method=method, name=name)
                return Finding(Part.INPUT_METHOD, Health.OK, says)
    says = _("None is named here; if Chinese cannot be typed, set up fcitx or ibus.")
    return Finding(Part.INPUT_METHOD, Health.LOOK, says)


def _settings() -> Finding:
    place = settings_file()
    says = _("Kept in {place}") if place.exists() else _("None yet; to be kept in {place}")
    return Finding(Part.SETTINGS, Health.OK, says.format(place=place))


def stored(store: Path | None) -> Finding:
    """Tell whether the files of a store are there, and what they are."""
    if store is None:
        says = _("None is chosen on this PC yet; the desk asks at first start.")
        return Finding(Part.STORE, Health.LOOK, says)
    if not store.is_file():
        says = _("There is no file {path}; choose another in the desk, or restore it.")
        return Finding(Part.STORE, Health.PROBLEM, says.format(path=store))
    try:
        keys = KeyFile.read(key_file_of(store))
        inside = _inside(store, keys)
    except AppError as error:
        return Finding(Part.STORE, Health.PROBLEM, error.tell())
    log = store.with_name(store.name + "-wal")
    length = log.stat().st_size if log.exists() else 0
    says = _("{path}: {size} MB, log {log} MB, {count} accounts. {inside}").format(
        path=store,
        size=_megabytes(store.stat().st_size),
        log=_megabytes(length),
        count=len(keys.slots),
        inside=inside,
    )
    return Finding(Part.STORE, Health.LOOK if length > LONG_LOG else Health.OK, says)


def _inside(store: Path, keys: KeyFile) -> str:
    """Say what only somebody who can sign in sees: the number of the schema."""
    user, password = (os.environ.get(name, "") for name in ("BANGFU_USER", "BANGFU_PASSWORD"))
    if not (user and password):
        return _("Set BANGFU_USER and BANGFU_PASSWORD to look inside.")
    key = keys.open_with_password(user, password)
    if key is None:
        return _("BANGFU_USER and BANGFU_PASSWORD do not open it.")
    try:
        connection = connect(store, key, read_only=True)
    except sqlcipher.Error as error:
        raise (translate(error, str(store)) or error) from None
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    if found > SCHEMA:
        raise StoreNewer(found=found, known=SCHEMA)
    return _("Schema {found} of {known}.").format(found=found, known=SCHEMA)


def disk(place: Path) -> Finding:
    """Tell whether the disk of a store is one of this PC and has room."""
    try:
        refuse_network_path(place)
    except AppError as error:
        return Finding(Part.DISK, Health.PROBLEM, error.tell())
    folder = place.absolute()
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    says = _("{free} MB free at {folder}").format(free=_megabytes(free), folder=folder)
    if free < TOO_LITTLE:
        return Finding(Part.DISK, Health.PROBLEM, says)
    return Finding(Part.DISK, Health.LOOK if free < SCARCE else Health.OK, says)


def backups(store: Path | None) -> Finding:
    """Tell when the last good backup was made, where, and what failed since."""
    if store is None or not store.is_file():
        return Finding(Part.BACKUPS, Health.OK, _("There are no data to be backed up yet."))
    standing = read_standing(store)
    last, trouble = standing.last, standing.trouble
    says = _("None was made yet; the first one is made on closing.")
    if last is not None:
        says = _("The last good one is of {day}: {place}")
        says = says.format(day=f"{last.at.astimezone():%Y-%m-%d %H:%M}", place=last.place)
    if trouble is not None:
        failed = _("The try of {day} failed. {trouble} {last}")
        day = f"{trouble.at.astimezone():%Y-%m-%d %H:%M}"
        says = failed.format(day=day, trouble=trouble.says, last=says)
        return Finding(Part.BACKUPS, Health.PROBLEM, says)
    if last is not None and on_one_disk(store, folder_of(store, standing.plan)):
        says += _("; it is on the disk of the data, and lost together with them")
        return Finding(Part.BACKUPS, Health.LOOK, says)
    return Finding(Part.BACKUPS, Health.LOOK if last is None else Health.OK, says)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f}"

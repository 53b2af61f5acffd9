"""Stores that a measurement makes and throws away, on the disk where real ones would lie."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from app.core.words.staff import Role
from app.demo.center import CENTER
from app.office import begin_store
from app.staff.records import StaffForm
from db.keys import KeyFile, key_file_of

TODAY: Final = date(2026, 11, 20)
"""The day of the invented people."""
USER: Final = "bench"
NO_CACHE: Final = "PYTHONDONTWRITEBYTECODE"
PASSWORD: Final = "bench-2012"  # noqa: S105 - of invented people


def cache_folder() -> Path:
    """Return the folder of the benchmarks in the user's cache, made when it is missing."""
    folder = user_cache_path("bangfu", appauthor=False) / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def scratch() -> Generator[Path]:
    """Give a folder that is gone afterwards; not in /tmp, which may be no disk at all."""
    with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        yield Path(folder)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a program with a home of its own and no screen.

    Its modules are compiled by the first run, as those of an installed program are.
    """
    ours = {name: value for name, value in os.environ.items() if name != NO_CACHE}
    places = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "STATE")}
    compiled = {"PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return ours | places | compiled | {"QT_QPA_PLATFORM": "offscreen"}


def new_center(path: Path) -> None:
    """Make an empty center of two people, of whom the first has every role."""
    people = [
        StaffForm(user=USER, name="王芳", roles=tuple(Role), password=PASSWORD),
        StaffForm(user="second", name="赵建国", roles=(Role.SUPERVISOR,), password=PASSWORD),
    ]
    begin_store(path, CENTER, people)


def copy_center(source: Path, target: Path) -> None:
    """Copy a closed store with its key file."""
    shutil.copyfile(source, target)
    shutil.copyfile(key_file_of(source), key_file_of(target))


def data_key(path: Path) -> bytes:
    """Return the data key of a store made here."""
    key = KeyFile.read(key_file_of(path)).open_with_password(USER, PASSWORD)
    if key is None:
        raise ValueError(f"{path} does not open: remove its folder")
    return key

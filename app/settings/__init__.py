"""What one workstation chooses: where its store is, language, text size, printer.

Kept as TOML in the user's configuration folder; unknown keys are kept, a damaged file is set
aside as ``.bad`` and the defaults hold.
"""

import dataclasses
import json
import tomllib
from contextlib import suppress
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Final, cast

from platformdirs import user_config_path, user_data_path

from app.core.i18n import DEFAULT_LANGUAGE, N_
from app.core.kinds import Count, Text
from app.core.record import Record, values

SCALES: Final = (100, 115, 130, 150)
LANGUAGES: Final = (DEFAULT_LANGUAGE, "en")
IDLE_MINUTES: Final = 5


class WorkstationSettings(Record):
    """The choices of one PC."""

    store: Annotated[str, Text(label=N_("Data file"))] = ""
    language: Annotated[str, Text(label=N_("Language"))] = DEFAULT_LANGUAGE
    scale: Annotated[int, Count(label=N_("Text size, per cent"))] = 100
    scheme: Annotated[str, Text(label=N_("Colours"))] = ""
    """``light``, ``dark``, ``contrast``, or empty for what the system wishes."""
    printer: Annotated[str, Text(label=N_("Printer"))] = ""
    scan_folder: Annotated[str, Text(label=N_("Folder of the scanner"))] = ""
    """Where this PC's scanner writes its files; empty when there is none."""
    idle_minutes: Annotated[int, Count(label=N_("Lock after minutes"))] = IDLE_MINUTES


def settings_file() -> Path:
    """Return where the settings stand."""
    return user_config_path("bangfu", appauthor=False) / "settings.toml"


def demo_store() -> Path:
    """Return where the demonstration center of this user is, or would be."""
    return data_folder() / "demo.db"


def data_folder() -> Path:
    """Return the folder for stores of this user."""
    return user_data_path("bangfu", appauthor=False)


def read_settings(path: Path | None = None) -> WorkstationSettings:
    """Read the settings; a file that cannot be read is set aside and the defaults hold."""
    place = path or settings_file()
    known = _read(place)
    defaults = values(WorkstationSettings())
    chosen = {
        name: known[name]
        for name, default in defaults.items()
        if type(known.get(name)) is type(default) and _fits(name, known[name])
    }
    return WorkstationSettings(**chosen)


def _fits(name: str, value: Any) -> bool:
    """Tell whether this program can do what was chosen, perhaps in another version of it."""
    match name:
        case "scale":
            return value in SCALES
        case "language":
            return value in LANGUAGES
        case "idle_minutes":
            return value > 0
        case _:
            return True


def write_settings(settings: WorkstationSettings, path: Path | None = None) -> None:
    """Write the settings, keeping keys this program does not know."""
    place = path or settings_file()
    kept = _read(place) | values(settings)
    lines = [f"{_text(name)} = {_text(value)}\n" for name, value in kept.items()]
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(place.name + ".new")
    fresh.write_text("".join(lines), encoding="utf-8")
    fresh.replace(place)


def changed(settings: WorkstationSettings, **choices: Any) -> WorkstationSettings:
    """Return the settings with some choices made anew."""
    return dataclasses.replace(settings, **choices)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def _read(place: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        with suppress(OSError):  # a folder that cannot be written keeps its file
            place.replace(place.with_name(place.name + ".bad"))
        return {}


def _text(value: Any) -> str:
    """Write a value as TOML."""
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value).items()
        return "{" + ", ".join(f"{_text(key)} = {_text(part)}" for key, part in parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, cast("list[Any]", value))) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)

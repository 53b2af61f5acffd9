"""Opens the TOML documents that people write: policy packs and household situations."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core.files import why
from app.policy.problems import CannotOpen, NotToml, NotUtf8


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a document; fractions become `Decimal`, so that no yuan passes through a float.

    Raises `CannotOpen`, `NotUtf8` or `NotToml`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CannotOpen(file=path.name, problem=why(error)) from error
    except UnicodeDecodeError as error:
        raise NotUtf8(file=path.name) from error
    return parse_toml(text, path.name)


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Parse the text of a document; ``file`` is named in what is raised (`NotToml`)."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError) as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise NotToml(file=file, line=line) from error

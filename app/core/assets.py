"""Finds the files under ``resources/``, in a checkout and in the packaged program alike."""

import sys
from pathlib import Path


def root() -> Path:
    """Return the folder that holds ``resources/``."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """Return the path of one resource, such as ``resource("fonts", "NotoSansSC-Regular.ttf")``."""
    return root().joinpath("resources", *parts)

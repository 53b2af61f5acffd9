"""File numbers (档案号) as the center gives them: ``哈工帮档〔2026〕第00118号``."""

import re


def file_number(prefix: str, year: int, number: int) -> str:
    """Return a file number of the center's own series."""
    return f"{prefix}档〔{year}〕第{number:05d}号"


def own_number(prefix: str, year: int, text: str) -> int | None:
    """Return which number of a year's own series ``text`` is; `None` for any other."""
    found = re.fullmatch(rf"{re.escape(prefix)}档〔{year}〕第(\d{{5}})号", text, re.ASCII)
    return int(found[1]) if found else None

"""Compiles the catalogues (``.po``) whose compiled form (``.mo``) is missing or older.

``python resources/locale/compile.py`` does it; the Makefile and the tests call it themselves.
"""

import os
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale() -> None:
    """Compile every catalogue whose text is newer than its compiled form."""
    for text in Path(__file__).parent.glob("*/*.po"):
        compiled = text.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
            continue
        with text.open("rb") as file:
            catalogue = read_po(file, locale=text.parent.name, abort_invalid=True)
        buffer = BytesIO()
        write_mo(buffer, catalogue)
        # Written aside and moved: another process may be reading the old one.
        aside = compiled.with_suffix(f".{os.getpid()}")
        aside.write_bytes(buffer.getvalue())
        aside.replace(compiled)


if __name__ == "__main__":
    compile_stale()

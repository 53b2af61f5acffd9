"""gettext without Qt.

Message ids are plain English. ``zh_CN`` is the primary catalogue; it is kept in one file a
noun under ``resources/locale/zh_CN`` and complete, or CI fails.
"""

import gettext
from typing import Final

from app.core.assets import resource

DEFAULT_LANGUAGE: Final = "zh_CN"

_messages: dict[str, str] = {}
_language: str = "en"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark ``message`` for translation at its declaration; ``_`` translates it."""
    return message


def _(message: str) -> str:
    """Return ``message`` in the language in use, or as it is when the catalogue lacks it."""
    return _messages.get(message, message)


def use_language(language: str) -> None:
    """Show everything from now on in ``language`` (``zh_CN`` or ``en``)."""
    global _language
    if language == _language and _messages:
        return
    _messages.clear()
    _messages.update(catalogue(language))
    _language = language


def language() -> str:
    """Return the language in use."""
    return _language


def catalogue(language: str) -> dict[str, str]:
    """Return the compiled messages of ``language``: English id to translated text."""
    found: dict[str, str] = {}
    folder = resource("locale") / language
    if not folder.is_dir():
        return found
    for path in sorted(folder.glob("*.mo")):
        with path.open("rb") as file:
            messages: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
        found |= {k: text for k, text in messages.items() if isinstance(k, str) and k}
    return found

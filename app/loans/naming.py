"""Reads words of loans as people write them in files and commands: 等额本息."""

import functools
from typing import TypeVar

from app.core.i18n import DEFAULT_LANGUAGE, catalogue
from app.core.text import normalise
from app.core.words import Word

W = TypeVar("W", bound=Word)


def word_named(words: type[W], text: str) -> W | None:
    """Return the word of a Chinese or English label, or as it is stored; `None` when unknown."""
    wanted = normalise(text)
    chinese = _chinese()
    return next(
        (
            word
            for word in words
            if wanted in (word.value, word.message, chinese.get(word.message), word.label)
        ),
        None,
    )


def chinese_name(word: Word) -> str:
    """Return the Chinese label, whatever the language in use."""
    return _chinese().get(word.message, word.message)


@functools.cache
def _chinese() -> dict[str, str]:
    return catalogue(DEFAULT_LANGUAGE)

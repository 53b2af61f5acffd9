"""The Chinese catalogue is complete, of one voice and fills the same blanks as the English."""

import importlib
import pkgutil
import string
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from babel.messages import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import app
from app import verbs
from app.core.assets import resource
from app.core.kinds import Part
from app.core.record import Record, specs
from app.core.words import Word
from app.work import ACTIONS
from tests.conventions.sources import MODULES, ROOT

CATALOGUES = sorted(resource("locale", "zh_CN").glob("*.po"))


def entries() -> dict[str, list[tuple[str, Message]]]:
    """Return the catalogue files' entries by message id, each with the file it stands in."""
    found: dict[str, list[tuple[str, Message]]] = defaultdict(list)
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN", abort_invalid=True):
                if isinstance(message.id, str) and message.id:
                    found[message.id].append((path.name, message))
    return found


ENTRIES = entries()


def used() -> dict[str, str]:
    """Return every message id marked in the program with one place where it stands."""
    found: dict[str, str] = {}
    for module in MODULES:
        for line, message, *_ in extract_from_file(
            "python", ROOT / module.path, keywords={"_": None, "N_": None}
        ):
            assert isinstance(message, str)
            found.setdefault(message, f"{module.path}:{line}")
    verbs.load()  # what an act does is its docstring, which the audit trail shows translated
    audited = {verb.says: name for name, verb in ACTIONS.items() if verb.audited}
    return found | audited


def test_every_message_of_the_program_is_translated() -> None:
    missing = {message: place for message, place in used().items() if message not in ENTRIES}
    assert not missing


def test_the_catalogue_holds_nothing_that_the_program_no_longer_says() -> None:
    known = used().keys()
    assert not [
        (files[0][0], message) for message, files in ENTRIES.items() if message not in known
    ]


def test_no_entry_is_empty_or_fuzzy() -> None:
    assert not [
        (file, message.id)
        for places in ENTRIES.values()
        for file, message in places
        if not message.string or message.fuzzy
    ]


def test_one_message_has_one_translation() -> None:
    different = {
        message: [(file, entry.string) for file, entry in places]
        for message, places in ENTRIES.items()
        if len({str(entry.string) for _, entry in places}) > 1
    }
    assert not different


def blanks(text: str) -> set[str]:
    """Return the names of the blanks that ``str.format`` fills."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_translation_fills_the_same_blanks() -> None:
    different = {
        message: (file, entry.string)
        for message, places in ENTRIES.items()
        for file, entry in places
        if blanks(message) != blanks(str(entry.string))
    }
    assert not different


Declared = TypeVar("Declared")


def subclasses(base: type[Declared]) -> Iterator[type[Declared]]:
    """Yield the classes under ``base`` that the program declares."""
    for child in base.__subclasses__():
        if child.__module__.startswith("app."):
            yield child
        yield from subclasses(child)


def import_program() -> None:
    """Import everything under ``app``, so that its records and words are declared."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_label_of_a_field_and_of_a_word_is_translated() -> None:
    import_program()
    labels = {
        f"{record.__qualname__}.{field.name}": field.kind.label
        for record in subclasses(Record)
        for field in specs(record)
        if not isinstance(field.kind, Part) and field.kind.label != field.name  # undescribed
    } | {
        f"{words.__qualname__}.{word.name}": word.message
        for words in subclasses(Word)
        for word in words
    }
    assert not {place: label for place, label in labels.items() if label not in ENTRIES}

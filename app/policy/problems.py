"""What can be wrong with a policy document or with a situation file, each with its sentence.

All name the file, the table and the key. ``docs/policy-messages.md`` lists them.
"""

import difflib
from collections.abc import Iterable
from typing import ClassVar

from app.core.errors import AppError
from app.core.i18n import N_, _


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known names most like ``word``, for an error message; all when few are known."""
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    if not close:
        part = [name for name in names if word and (word in name or name in word)]
        close = part[:3] or names[:6]
    return _(", ").join(close)


def shown(value: object) -> str:
    """Write a value as it stands in a document."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class DocumentProblem(AppError):
    """A document that people write is wrong at one place: ``file``, ``table``, ``key``."""

    code: ClassVar[str]


class PackProblem(DocumentProblem):
    """A policy document cannot be used."""


class SituationProblem(DocumentProblem):
    """A household situation cannot be read."""


class CannotOpen(DocumentProblem):
    """The file cannot be opened."""

    code = "cannot_open"
    says = N_("{file} cannot be opened: {problem}. Check the name of the file and try again.")


class NotUtf8(DocumentProblem):
    """The file is not text in UTF-8."""

    code = "not_utf8"
    says = N_("{file} is not a text in UTF-8. Save it as UTF-8 and try again.")


class NotToml(DocumentProblem):
    """The file is not TOML."""

    code = "not_toml"
    says = N_(
        "{file}, line {line}: this is not written as “key = value”, or a key stands twice. "
        "Mend the line and try again."
    )


class UnknownKey(PackProblem):
    """A key that no document has."""

    code = "unknown_key"
    says = N_("{file}, {table}: there is no key “{key}”. Nearest: {nearest}.")


class MissingKey(PackProblem):
    """A key that must be there."""

    code = "missing_key"
    says = N_("{file}, {table}: the key “{key}” is missing.")


class BadName(PackProblem):
    """A name that other places refer to is not one."""

    code = "bad_name"
    says = N_(
        "{file}, {table}, {key}: “{found}” cannot be a name. Use small letters, digits and _, "
        "such as living_relief."
    )


class WrongType(PackProblem):
    """A value of another type than the key wants."""

    code = "wrong_type"
    says = N_("{file}, {table}: “{key}” must be {wanted}, not {found}.")


class UnknownWord(PackProblem):
    """A word outside its closed list: a test, an award, a status, a code."""

    code = "unknown_word"
    says = N_("{file}, {table}: “{key}” cannot be “{found}”. Nearest: {nearest}.")


class UnknownPackFact(PackProblem):
    """A fact that is not in the vocabulary."""

    code = "unknown_fact"
    says = N_("{file}, {table}: “{key}” names no known fact: “{found}”. Nearest: {nearest}.")


class UnfitTest(PackProblem):
    """A test that makes no sense for the fact, or whose limit does not fit it."""

    code = "unfit_test"
    says = N_("{file}, {table}: the test “{test}” does not fit “{fact}”: {why}.")


class UnknownArticle(PackProblem):
    """An article the document does not have."""

    code = "unknown_article"
    says = N_("{file}, {table}: the document has no article “{found}”. Nearest: {nearest}.")


class UnknownSource(PackProblem):
    """A source the document does not list."""

    code = "unknown_source"
    says = N_("{file}, {table}: the source “{found}” is not in [sources]. Nearest: {nearest}.")


class UnsourcedValue(PackProblem):
    """A value without a source or without its confidence."""

    code = "unsourced_value"
    says = N_("{file}, {table}: a value needs “source” and “confidence”.")


class UnknownPlace(PackProblem):
    """A sentence with a place nothing can fill."""

    code = "unknown_place"
    says = N_("{file}, {table}: “{key}” has a place that nothing fills: {found}. Known: {nearest}.")


class TooPrecise(PackProblem):
    """An amount with parts of a fen, or below nought."""

    code = "too_precise"
    says = N_("{file}, {table}: “{key}” must be yuan with at most two decimals, not {found}.")


class NamedTwice(PackProblem):
    """Two things with one name."""

    code = "named_twice"
    says = N_("{file}, {table}: the name “{found}” stands twice.")


class WrongShape(PackProblem):
    """The parts of the document do not go together."""

    code = "wrong_shape"
    says = N_("{file}, {table}: {why}.")


class WrongFileName(PackProblem):
    """The file is not named for its area and day."""

    code = "wrong_file_name"
    says = N_("{file}: the document says {id}, so the file must be {id}.toml.")


class UnknownSituationFact(SituationProblem):
    """A name that is not in the vocabulary."""

    code = "unknown_fact"
    says = N_("{file}, [{table}]: “{key}” is not a known fact. Nearest: {nearest}.")


class BadFactValue(SituationProblem):
    """A value that does not fit its fact."""

    code = "bad_value"
    says = N_("{file}, [{table}]: “{key}” must be {wanted}, not {found}.")


class UnknownFactWord(SituationProblem):
    """A word that no version of the code list has."""

    code = "unknown_word"
    says = N_("{file}, [{table}]: “{key}” cannot be “{found}”. Nearest: {nearest}.")


class NoDay(SituationProblem):
    """The situation does not say for which day."""

    code = "no_day"
    says = N_("{file}, [household]: “as_of” is missing. Write the day, such as 2022-11-15.")


class UnknownTable(SituationProblem):
    """A table other than household and member."""

    code = "unknown_table"
    says = N_("{file}: there is no table “{found}”. Use [household] and [[member]].")

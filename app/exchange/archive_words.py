"""What the words of an old archive mean in the words of the code lists."""

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.core.words import Answer
from app.core.words.households import Sex
from app.exchange.archive_document import Column, Meanings, bare_word, states, vocabulary
from app.exchange.archive_problems import Odd
from app.reference.codes import known_words
from app.reference.districts import district, district_names

Meaning = Callable[[str], object]
"""Takes a word as it stands and gives the value, or an `Odd`; `None` is: not said."""

BY_SEX: Final = "/"
"""Parts the word for a man from that for a woman, until the person's ID number is known."""


class _List:
    """One code list with all that old archives say for its words."""

    def __init__(self, name: str) -> None:
        meanings = vocabulary().list.get(name, Meanings())
        self.words = known_words(name)
        self.plain: dict[str, str | None] = {bare_word(word): None for word in vocabulary().unsaid}
        self.plain |= {bare_word(word): None for word in meanings.unsaid}
        self.plain |= {bare_word(said): word for said, word in meanings.same.items()}
        pairs = {said: BY_SEX.join(words) for said, words in meanings.by_sex.items()}
        self.plain |= {bare_word(said): words for said, words in pairs.items()}
        self.plain |= {word.removesuffix(meanings.ending): word for word in self.words}
        self.plain |= {bare_word(word): word for word in self.words}
        self.wider = {bare_word(said): word for said, word in meanings.wider.items()}

    def read(self, said: str) -> object:
        """Return the word of the list that is meant."""
        bare = bare_word(said)
        if bare in self.plain:
            return self.plain[bare]
        if bare in self.wider:
            return Odd(value=self.wider[bare] or None, note=said)
        return unknown(said, bare, self.plain | self.wider)


def unknown(said: str, bare: str, known: Mapping[str, str | None]) -> Odd | None:
    """Return the problem of a word that is in no list, with the nearest known one.

    `None` for a dash or the like: nothing was said.
    """
    if not bare:
        return None
    near = difflib.get_close_matches(bare, known, n=1, cutoff=0.5)
    offer = (known[near[0]] or "") if near else ""
    return Odd(code="unknown_word", data={"value": said}, offer=offer.partition(BY_SEX)[0])


@functools.cache
def _list(name: str) -> _List:
    return _List(name)


def word_of(name: str) -> Meaning:
    """Return the reader of one word of a code list, in the words of any of its versions."""
    return _list(name).read


def words_of(column: Column) -> tuple[str, ...]:
    """Return the words that the cells of a column can have; nothing where it is no list."""
    match column.kind:
        case "code" | "words":
            return tuple(known_words(column.list))
        case "district":
            return tuple(district_names())
        case "yes_no":
            return ("是", "否")
        case _:
            return ()


def ailment(said: str) -> object:
    """Read a disability or an illness: ``("disability", word)`` or ``("health", word)``."""
    for name in ("disability", "health"):
        read = _list(name).read(said)
        if isinstance(read, Odd) and read.code:
            continue
        if isinstance(read, Odd):
            return Odd(value=(name, read.value), note=read.note)
        return (name, read)
    return _list("health").read(said)


def _known(*said: tuple[Iterable[str], object]) -> dict[str, object]:
    """Return the values by the words as they are compared."""
    return {bare_word(word): value for words, value in said for word in words}


@functools.cache
def _yes_no() -> Mapping[str, object]:
    words = vocabulary().yes_no
    unsaid = vocabulary().unsaid
    return _known((unsaid, Answer.NOT_KNOWN), (words.yes, Answer.YES), (words.no, Answer.NO))


def yes_no(said: str, asked: str = "") -> object:
    """Read an answer to what the title of the column asks; what is not known is neither yes nor
    no. A word of the title itself, such as 单亲 below 是否单亲, is probably a yes.
    """
    bare = bare_word(said) or said
    if bare in _yes_no():
        return _yes_no()[bare]
    if (plain := bare.removeprefix("非").removesuffix("家庭")) and plain in asked:
        offer = "否" if bare.startswith("非") else "是"
        return Odd(code="unknown_word", data={"value": said}, offer=offer)
    return unknown(said, bare_word(said), {"是": "是", "否": "否"}) or Answer.NOT_ASKED


@functools.cache
def _sexes() -> Mapping[str, object]:
    meant = {**vocabulary().sex.same, **{sex: sex for sex in Sex}}
    said = [((word,), Sex(sex)) for word, sex in meant.items()]
    return _known((vocabulary().unsaid, None), *said)


def sex(said: str) -> object:
    """Read a sex."""
    bare = bare_word(said)
    return _sexes()[bare] if bare in _sexes() else unknown(said, bare, {"男": "男", "女": "女"})


@functools.cache
def _states() -> Mapping[str, object]:
    return _known((vocabulary().unsaid, "")) | {bare_word(word): word for word in states()}


def state(said: str) -> object:
    """Read the state of a file; the archive's own word is kept, `states` says what it means."""
    bare = bare_word(said)
    if bare in _states():
        return _states()[bare]
    return unknown(said, bare, {word: word for word in states()}) or ""


def district_of(said: str) -> object:
    """Read a district or county of the city, by its name today or an earlier one."""
    found = district(said)
    if found:
        return found.name
    within = [name for name in district_names() if name in said or name[:-1] in said]
    return Odd(
        code="unknown_word", data={"value": said}, offer=within[0] if len(within) == 1 else ""
    )

"""The dated code lists."""

from datetime import date

import pytest

from app.reference.codes import UnknownCodeList, code_list, code_lists, codes, known_words


def test_the_causes_of_hardship_changed_their_words() -> None:
    assert "本人大病" in codes("main_cause", date(2013, 5, 1))
    assert "患重特大疾病" not in codes("main_cause", date(2013, 5, 1))
    assert "患重特大疾病" in codes("main_cause", date(2022, 11, 15))
    assert {"本人大病", "患重特大疾病"} <= set(known_words("main_cause"))


def test_days_before_the_oldest_version_use_it() -> None:
    assert codes("health", date(1990, 1, 1)) == codes("health", date(2010, 1, 1))


def test_disabilities_are_seven_kinds_in_four_grades() -> None:
    assert len(codes("disability", date(2022, 1, 1))) == 1 + 7 * 4


def test_there_are_56_ethnic_groups() -> None:
    assert len(set(codes("ethnicity", date(2022, 1, 1)))) == 56


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_a_list_has_a_title_and_sources(name: str) -> None:
    entry = code_list(name)
    assert entry.title
    for version in entry.versions:
        assert version.words
        assert version.source
        assert version.confidence in {"seen", "general"}


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(UnknownCodeList) as caught:
        codes("colour", date(2022, 1, 1))
    assert "colour" in caught.value.tell()

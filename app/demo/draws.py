"""Draws of the demonstration: the same seed gives the same."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Drawn = TypeVar("Drawn")


class Draws:
    """One stream of draws; its name is part of the seed, so that no other stream moves it."""

    def __init__(self, seed: int | str) -> None:
        self._draw = Random(seed).random  # noqa: S311 - people of a demonstration, not a secret

    def pick(self, words: Sequence[Drawn]) -> Drawn:
        """Return one of some words; of a `pool` the frequent ones more often."""
        return words[int(self._draw() * len(words))]

    def number(self, low: int, high: int) -> int:
        """Return a number between two, both included."""
        return low + int(self._draw() * (high - low + 1))

    def chance(self, in_thousand: int) -> bool:
        """Tell whether something happens that does so often in a thousand."""
        return self._draw() * 1000 < in_thousand


def pool(weights: dict[str, int]) -> list[str]:
    """Return every word as often as its weight, so that one draw picks fairly."""
    return [word for word, weight in weights.items() for _ in range(weight)]

"""QR codes (ISO/IEC 18004, model 2, correction level M), fast enough for five hundred receipts.

A symbol is one large integer, a bit a module, so that laying the data out is one permutation and
masking one operation; libraries take five to fifty times as long. The mask is always the third:
a reader takes any, and signed text is as good as random under each.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from app.papers.pen import Matrix

_PLACES: Final = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
"""The alphabet in which two characters take eleven bits."""

_BLOCKS: Final = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32,) * 2),
    5: (24, (43,) * 2),
    6: (16, (27,) * 4),
    7: (18, (31,) * 4),
    8: (22, (38,) * 2 + (39,) * 2),
    9: (22, (36,) * 3 + (37,) * 2),
    10: (26, (43,) * 4 + (44,)),
    11: (30, (50,) + (51,) * 4),
    12: (22, (36,) * 6 + (37,) * 2),
    13: (22, (37,) * 8 + (38,)),
}
"""For each version the correction bytes of a block and the data bytes of every block."""

_ALIGNMENT: Final = {1: (), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50)} | {
    11: (6, 30, 54),
    12: (6, 32, 58),
    13: (6, 34, 62),
}
"""Centres of the alignment patterns; versions 2 to 6 have 6 and the seventh from the end."""


def qr(text: str) -> Matrix:
    """Return the QR code of ``text``; raise `ValueError` when it is too long for a paper."""
    plain = set(text) <= _PLACES.keys()
    content = _alphanumeric(text) if plain else _bytes(text)
    length, mode = (len(text), "0010") if plain else (len(text.encode()), "0100")
    for version, (_, blocks) in _BLOCKS.items():
        narrow, wide = (9, 11) if plain else (8, 16)
        bits = f"{mode}{length:0{narrow if version < 10 else wide}b}{content}"
        room = 8 * sum(blocks)
        if len(bits) <= room:
            bits += "0" * min(4, room - len(bits))
            bits += "0" * (-len(bits) % 8)
            filler = ("11101100" + "00010001") * sum(blocks)
            return _symbol(version, bits + filler[: room - len(bits)])
    raise ValueError(f"{len(text)} characters do not fit in a QR code of a paper")


def _alphanumeric(text: str) -> str:
    pairs = _pairs()
    bits = "".join([pairs[text[place : place + 2]] for place in range(0, len(text) - 1, 2)])
    return bits + (f"{_PLACES[text[-1]]:06b}" if len(text) % 2 else "")


@functools.cache
def _pairs() -> dict[str, str]:
    """Return the eleven bits of every two characters."""
    return {
        first + second: f"{45 * high + low:011b}"
        for first, high in _PLACES.items()
        for second, low in _PLACES.items()
    }


def _bytes(text: str) -> str:
    return "".join([f"{byte:08b}" for byte in text.encode()])


def _symbol(version: int, data: str) -> Matrix:
    correction, sizes = _BLOCKS[version]
    octets = int(data, 2).to_bytes(len(data) // 8, "big")
    bits, at = data, 0
    for size in sizes:
        bits += _correction(octets[at : at + size], correction)
        at += size
    plan = _plan(version)
    symbol = int("".join(plan.lay_out(bits + "01")), 2) ^ plan.mask
    return Matrix(plan.side, symbol.to_bytes(plan.side * plan.width, "big"))


@dataclass(frozen=True)
class _Plan:
    """What all symbols of one version share."""

    side: int
    width: int
    """The bytes of a row."""
    lay_out: Any
    """Takes the bits of all blocks, then of their corrections, then the constants "01", and
    returns all modules in reading order, each row filled up to whole bytes."""
    mask: int


@functools.cache
def _plan(version: int) -> _Plan:
    side = 17 + 4 * version
    width = (side + 7) // 8
    fixed = _function_modules(version, side)
    order = [place for place in _zigzag(side) if place not in fixed]
    bits = list(_interleaved(version))
    light = len(bits)
    sources = [light] * (8 * width * side)
    mask = ["0"] * len(sources)
    for place, (row, column) in enumerate(order):
        at = 8 * width * row + column
        sources[at] = bits[place] if place < len(bits) else light
        mask[at] = "1" if (row + column) % 3 == 0 else "0"
    for (row, column), dark in fixed.items():
        sources[8 * width * row + column] = light + dark
    return _Plan(side, width, itemgetter(*sources), int("".join(mask), 2))


def _interleaved(version: int) -> Iterator[int]:
    """Say which bit comes when: the blocks take turns byte by byte, then their corrections."""
    correction, sizes = _BLOCKS[version]
    starts = [sum(sizes[:block]) for block in range(len(sizes))]
    octets = [
        start + place
        for place in range(max(sizes))
        for start, size in zip(starts, sizes, strict=True)
        if place < size
    ]
    tails = [sum(sizes) + correction * block for block in range(len(sizes))]
    octets += [tail + place for place in range(correction) for tail in tails]
    for octet in octets:
        yield from range(8 * octet, 8 * octet + 8)


def _function_modules(version: int, side: int) -> dict[tuple[int, int], int]:
    """Return the modules that carry no data: (row, column) to 1 for dark, 0 for light."""
    fixed: dict[tuple[int, int], int] = {}
    for place in range(side):
        fixed[6, place] = fixed[place, 6] = 1 - place % 2
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(max(top - 1, 0), min(top + 8, side)):
            for column in range(max(left - 1, 0), min(left + 8, side)):
                ring = max(abs(row - top - 3), abs(column - left - 3))
                fixed[row, column] = int(ring in (0, 1, 3))
    centres = _ALIGNMENT.get(version, (6, side - 7))
    corners = ((6, 6), (6, side - 7), (side - 7, 6))
    for middle in ((row, column) for row in centres for column in centres):
        if middle not in corners:
            for down in range(-2, 3):
                for right in range(-2, 3):
                    dark = int(max(abs(down), abs(right)) != 1)
                    fixed[middle[0] + down, middle[1] + right] = dark
    fixed |= _format_modules(side)
    if version >= 7:
        number = version << 12 | _remainder(version << 12, 0x1F25)
        for bit in range(18):
            row, column = bit // 3, side - 11 + bit % 3
            fixed[row, column] = fixed[column, row] = number >> bit & 1
    return fixed


def _format_modules(side: int) -> dict[tuple[int, int], int]:
    """Return where a reader finds the correction level and the mask, twice."""
    level_and_mask = 0b00_011  # level M, mask 3
    number = (level_and_mask << 10 | _remainder(level_and_mask << 10, 0x537)) ^ 0x5412
    beside = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    beside += [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    apart = [(8, side - 1 - bit) for bit in range(8)]
    apart += [(row, 8) for row in range(side - 7, side)]
    found = {place: number >> bit & 1 for bit, place in enumerate(beside)}
    found |= {place: number >> bit & 1 for bit, place in enumerate(apart)}
    return found | {(side - 8, 8): 1}


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    """Walk the modules in the order of the data: two columns at a time, up and down in turn."""
    upwards = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for step in range(side):
            row = side - 1 - step if upwards else step
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _remainder(number: int, generator: int) -> int:
    """Divide polynomials over GF(2)."""
    length = generator.bit_length()
    while number.bit_length() >= length:
        number ^= generator << number.bit_length() - length
    return number


def _correction(block: bytes, count: int) -> str:
    """Return the bits of the Reed-Solomon bytes of one block."""
    table = _products(count)
    top, full = 8 * (count - 1), (1 << 8 * count) - 1
    rest = 0
    for octet in block:
        rest = (rest << 8 & full) ^ table[rest >> top ^ octet]
    return f"{rest:0{8 * count}b}"


@functools.cache
def _products(count: int) -> tuple[int, ...]:
    """Return every byte times the generator polynomial with ``count`` roots, packed."""
    generator = [1]
    root = 1
    for _ in range(count):
        longer = [*generator, 0]
        for place, factor in enumerate(generator):
            longer[place + 1] ^= _times(factor, root)
        generator, root = longer, _times(root, 2)
    return tuple(
        int.from_bytes(bytes(_times(octet, factor) for factor in generator[1:]), "big")
        for octet in range(256)
    )


def _times(a: int, b: int) -> int:
    """Multiply in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= 0x11D
        b >>= 1
    return product

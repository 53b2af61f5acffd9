"""What people of the demonstration write and ask for: ``resources/demo/course.toml``."""

import functools

import msgspec

from app.core.assets import resource


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """A service or referral that the first household entitled to it asks for."""

    measure: str
    by: str
    """Whose desk it comes to."""
    note: str
    ask_again_after: int
    """Days until somebody should ask what came of it."""
    done_after: int = 0
    """Working days until it is closed; 0 while it is in hand."""
    result: str = ""


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """What people write."""

    filed: str
    returned: str
    mended: str
    refused: str
    proposed: str
    approved: str
    other_amount: str
    sent_back: str
    award_refused: str
    deferred: str
    minutes: str
    """Of a collective decision; with the year and a number."""
    attended: str
    bank_refuses: str
    take_out: str
    certificate_for: str
    papers: tuple[str, ...]
    next_line: str
    donation: str
    """What a donation is called; with the year."""
    donor: str
    donor_wishes: str
    interest: str
    """What the interest of a year is called."""
    carried: str
    """The document by which what was left of a year is carried over."""
    wishes: tuple[Wish, ...]


@functools.cache
def words() -> Words:
    """Return what people write."""
    return msgspec.toml.decode(resource("demo", "course.toml").read_bytes(), type=Words)

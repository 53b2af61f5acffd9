"""The words a form offers for a list: a dated code list, or the districts."""

from datetime import date

from app.reference.codes import codes
from app.reference.districts import district_names

DISTRICT = "district"


def choices(name: str, day: date) -> tuple[str, ...]:
    """Return the words of a list on ``day``; raise `UnknownCodeList`."""
    if name == DISTRICT:
        return district_names()
    return codes(name, day)

"""What an award shares with another household."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Key, Name, Text
from app.core.record import Record


class SharedHousehold(Record):
    """Another household that has the account or a telephone of the one an award is for."""

    household_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Head of household"))]
    file_number: Annotated[str, Text(label=N_("File number"))]
    short: Annotated[str, Text(label=N_("The same"))]
    """What is the same, in a word or two."""
    says: Annotated[str, Text(label=N_("Please look"))]

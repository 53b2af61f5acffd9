"""What a draft is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from app.core.i18n import N_
from app.core.kinds import Key, Many, Moment, Text
from app.core.record import Record

FormName = Annotated[str, Text(label=N_("Form"))]
DraftTitle = Annotated[str, Text(label=N_("Title"))]
Content = Annotated[Mapping[str, Any], Many(label=N_("Content"), private=True)]
"""Field paths to what was typed, as plain data."""


class DraftForm(Record):
    """A form as it stands; the page that owns it chose the id."""

    id: Annotated[str, Key()]
    form: FormName
    title: DraftTitle
    content: Content


class DraftById(Record):
    """Names a draft."""

    id: Annotated[str, Key()]


class DraftRow(Record):
    """One line of the person's drafts."""

    id: Annotated[str, Key()]
    form: FormName
    title: DraftTitle
    started_at: Annotated[datetime, Moment(label=N_("Begun"))]
    saved_at: Annotated[datetime, Moment(label=N_("Saved"))]


class DraftView(Record):
    """A draft with its content."""

    id: Annotated[str, Key()]
    form: FormName
    title: DraftTitle
    content: Content
    saved_at: Annotated[datetime, Moment(label=N_("Saved"))]

"""What people said the columns of old archives are, kept for the center's next workbook."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from app.core.errors import AppError
from app.core.i18n import N_
from app.core.kinds import Kind
from app.core.record import Nothing, Record
from app.exchange.archive_document import Column, bare_title, shape
from app.exchange.archive_reading import sheets_of
from app.exchange.loans_document import loans_shape
from app.exchange.placements_document import placements_shape
from app.exchange.relief_document import relief_shape
from app.exchange.workbook import Workbook
from app.work import Permission, Topic, Work, action, query
from db.models.drafts import Draft

KEPT: Final = "archive-columns"
"""The draft that holds them; it is nobody's open one, so no list of drafts shows it."""
HOUSEHOLDS: Final = "households"
MEMBERS: Final = "members"
RELIEF: Final = "relief"
LOANS: Final = "loans"
PLACEMENTS: Final = "placements"
PARTS: Final = (HOUSEHOLDS, MEMBERS, RELIEF, LOANS, PLACEMENTS)


class NoSuchField(AppError):
    """A column was said to be something that no sheet has."""

    says = N_("“{what}” is no column that can be read. There are: {known}. Nothing was read.")


class ColumnsForm(Record):
    """What columns are said to be, by part (``households``, ``members``, ``relief``, ``loans``,
    ``placements``) and title."""

    chosen: Annotated[Mapping[str, Mapping[str, str]], Kind(label=N_("Columns"))]
    """The field; ``""`` leaves the column out, as it stands in no list."""


def columns_of(part: str) -> tuple[Column, ...]:
    """Return the columns that a part can have."""
    match part:
        case "members":
            return shape().members
        case "relief":
            return relief_shape().columns
        case "loans":
            return loans_shape().columns
        case "placements":
            return placements_shape().columns
        case _:
            return shape().households


@query(needs=Permission.IMPORT_ARCHIVE)
def chosen_columns(work: Work, _nothing: Nothing) -> ColumnsForm:
    """Return what columns were said to be by hand."""
    return ColumnsForm(chosen=kept_columns(work))


@action(needs=Permission.IMPORT_ARCHIVE, changes={Topic.IMPORTS})
def keep_columns(work: Work, form: ColumnsForm) -> None:
    """Keep what columns are, for this workbook and the next ones."""
    draft = work.session.get(Draft, KEPT)
    if draft is None:
        draft = Draft(
            id=KEPT, owner_id=work.actor.id, form=KEPT, title="", started_at=work.now, open=False
        )
        work.session.add(draft)
    draft.content = {part: dict(chosen) for part, chosen in form.chosen.items()}
    draft.saved_at = work.now


def kept_columns(work: Work) -> dict[str, dict[str, str]]:
    """Return what columns were said to be, by part and title."""
    draft = work.session.get(Draft, KEPT)
    content: dict[str, dict[str, str]] = (draft.content or {}) if draft else {}
    return {part: dict(content.get(part, {})) for part in PARTS}


def by_sheet(book: Workbook, chosen: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return what columns are by the sheets of a workbook and titles, as `Mends` has them.

    Raises `NoArchive`.
    """
    return {
        (sheet, title): field
        for part, sheet in zip((HOUSEHOLDS, MEMBERS), sheets_of(book), strict=True)
        if sheet
        for title, field in chosen.get(part, {}).items()
    }


def on_every_sheet(book: Workbook, chosen: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return what columns are on any sheet of a workbook, as `Mends` has them."""
    return {(sheet, title): field for sheet in book.names for title, field in chosen.items()}


def said(
    pairs: Mapping[str, str], parts: tuple[str, ...] = (HOUSEHOLDS, MEMBERS)
) -> dict[str, dict[str, str]]:
    """Return what ``title=column`` on the command line says, by part: the column is named by its
    title in one of the parts, or by nothing to leave it out.

    Raises `NoSuchField`.
    """
    found: dict[str, dict[str, str]] = {part: {} for part in parts}
    for title, name in pairs.items():
        fields: dict[str, Any] = {
            part: "" if not name else column.field
            for part in found
            for column in columns_of(part)
            if not name or bare_title(name) in map(bare_title, (column.title, *column.also))
        }
        if not fields:
            known = dict.fromkeys(column.title for part in found for column in columns_of(part))
            raise NoSuchField(what=name, known="、".join(known))
        for part, field in fields.items():
            found[part][title] = field
    return found

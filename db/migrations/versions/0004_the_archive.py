"""The archive: the documents that prove what a household says."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FILE = ["draft_id", "name", "media_type", "digest", "size", "pages", "added_by", "added_at"]
"""Columns of a document that stay as they were written: the file, who added it and when."""

WITHDRAWAL = ["state", "reason", "withdrawn_by", "withdrawn_at"]
"""Columns of a document that are written once more, when it is withdrawn."""

OF_THE_HOUSEHOLD = (
    "(NEW.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member m "
    "WHERE m.id = NEW.member_id AND m.household_id = NEW.household_id)) OR "
    '(NEW.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "case" c '
    "WHERE c.id = NEW.case_id AND c.household_id = NEW.household_id))"
)


def upgrade() -> None:
    _documents()


def _documents() -> None:
    op.create_table(
        "document_content",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_document_content"),
    )
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", ID, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "household_id IS NOT NULL OR draft_id <> ''", name="ck_document_somewhere"
        ),
        sa.CheckConstraint("size > 0 AND pages > 0", name="ck_document_content"),
        sa.CheckConstraint(
            "(state = 'kept') = (withdrawn_by IS NULL) AND "
            "(withdrawn_by IS NULL) = (withdrawn_at IS NULL)",
            name="ck_document_withdrawn_by_someone",
        ),
        sa.CheckConstraint(
            "state = 'kept' OR reason <> ''", name="ck_document_withdrawn_with_words"
        ),
        *_keys(
            "document",
            household_id="household",
            case_id="case",
            member_id="member",
            added_by="staff",
            withdrawn_by="staff",
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["document_content.digest"], name="fk_document_digest_document_content"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_household_id", "document", ["household_id"])
    op.create_index("ix_document_digest", "document", ["digest"])
    op.create_index(
        "ix_document_draft", "document", ["draft_id"], sqlite_where=sa.text("household_id IS NULL")
    )
    _guard_documents()


def _guard_documents() -> None:
    """Refuse what would lose or alter a document; foreign keys may be off where these hold."""
    same = "EXISTS (SELECT 1 FROM document_content t WHERE t.digest = NEW.digest)"
    _refuse("document_content_kept", "BEFORE DELETE", "document_content", "1")
    _refuse("document_content_not_replaced", "BEFORE INSERT", "document_content", same)
    _refuse("document_content_unchanged", "BEFORE UPDATE", "document_content", "1")

    taken = "EXISTS (SELECT 1 FROM document t WHERE t.id = NEW.id"
    _refuse("document_kept", "BEFORE DELETE", "document", "1")
    _refuse("document_not_replaced", "BEFORE INSERT", "document", f"{taken})")
    other = f"{taken} AND t.id <> OLD.id)"
    _refuse("document_not_pushed_out", "BEFORE UPDATE", "document", other)
    _refuse("document_fixed", "BEFORE UPDATE", "document", _moved(["id", *FILE]))
    _refuse("document_begins_kept", "BEFORE INSERT", "document", "NEW.state <> 'kept'")
    _refuse("document_has_its_content", "BEFORE INSERT", "document", f"NOT {same}")
    gone = f"OLD.state <> 'kept' AND ({_moved(WITHDRAWAL)})"
    _refuse("document_stays_withdrawn", "BEFORE UPDATE", "document", gone)
    lost = "OLD.household_id IS NOT NULL AND NEW.household_id IS NULL"
    _refuse("document_stays_with_a_household", "BEFORE UPDATE", "document", lost)
    _refuse("document_member", "BEFORE INSERT", "document", OF_THE_HOUSEHOLD)
    retagged = f"({_moved(['household_id', 'member_id', 'case_id'])}) AND ({OF_THE_HOUSEHOLD})"
    _refuse("document_member_changed", "BEFORE UPDATE", "document", retagged)


def _keys(table: str, **references: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in references.items()
    ]


def _moved(columns: list[str]) -> str:
    """Say in SQL that one of the columns is not what it was."""
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


def _refuse(name: str, when: str, table: str, condition: str) -> None:
    op.execute(
        f'CREATE TRIGGER {name} {when} ON "{table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, 'guard {name}'); END"
    )

"""The archive: the documents that prove what a household says; one file a person, kept so."""

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

STEP = ["case_id", "kind", "opened_by", "opened_at"]
"""Columns of a filing step that stay as they were written."""

REPORTED = ["result", "report", "documents", "assessment_id", "reported_by", "reported_at"]
"""Columns of a filing step that are decided on: they stay unless the report is sent back."""

IMPORTED = [
    *("id", "number", "kind", "file_name", "digest", "rows", "households", "members"),
    *("merged", "left_out", "numbers", "completed", "made_by", "made_at"),
]
"""Columns of an import that stay as they were written."""

OF_THE_HOUSEHOLD = (
    "(NEW.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member m "
    "WHERE m.id = NEW.member_id AND m.household_id = NEW.household_id)) OR "
    '(NEW.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "case" c '
    "WHERE c.id = NEW.case_id AND c.household_id = NEW.household_id))"
)


FOLLOWING = {
    # table: the columns that point at a household or member and may follow them | what stays
    "member": "household_id | id",
    "case": "household_id | id number accepted_by accepted_at",
    "award": "household_id member_id | id number case_id measure year",
    "assessment": (
        "household_id | id number as_of facts packs values_used result digest made_by made_at"
    ),
    "paper": (
        "household_id | id kind number template title subject issued_on facts digest payload "
        "check_code issued_by issued_at"
    ),
    "service_request": (
        "household_id member_id | id number case_id measure kind title department entitlement "
        "papers assessment_id note requested_by requested_at due_on"
    ),
}
"""Tables whose rows are fixed but for the household they belong to."""


def upgrade() -> None:
    _documents()
    _one_file_a_person()
    _names_from_the_end()
    _filing_steps()
    _national_form()
    _imports()


def _names_from_the_end() -> None:
    for name in ("name_reversed", "ends"):
        op.add_column("member", sa.Column(name, sa.String(), nullable=False, server_default=""))
    store = op.get_bind()
    names = store.execute(sa.text("SELECT id, name FROM member")).all()
    bare = [(id_, name.replace("·", "")) for id_, name in names]
    keys = [
        {"id": id_, "back": name[::-1], "ends": name[0] + name[-1] if len(name) > 2 else ""}
        for id_, name in bare
    ]
    if keys:
        update = "UPDATE member SET name_reversed = :back, ends = :ends WHERE id = :id"
        store.execute(sa.text(update), keys)
    for name in ("name_reversed", "ends"):
        op.create_index(f"ix_member_{name}", "member", [name, sa.text("id DESC")])


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


def _one_file_a_person() -> None:
    """Households are merged and split, members move: every cell that changes is noted first, and
    no row goes to another household without such a note."""
    for table, column, other in (
        ("household", "merged_into_id", "household"),
        ("household", "split_from_id", "household"),
        ("member", "merged_into_id", "member"),
    ):
        key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
        op.add_column(table, sa.Column(column, ID, key, nullable=True), inline_references=True)
    for name in ("joined_on", "left_on"):
        op.add_column("member", sa.Column(name, sa.Date(), nullable=True))
    op.create_index("ix_household_merged_into_id", "household", ["merged_into_id"])
    op.create_index("ix_household_address", "household", ["address"])
    op.create_index("ix_member_birth_name", "member", ["birth", "name"])
    for table in ("award", "service_request", "document"):
        op.create_index(f"ix_{table}_member_id", table, ["member_id"])
    _change_tables()
    for table in ("household_change", "household_move"):
        taken = f"SELECT 1 FROM {table} t WHERE t.id = NEW.id"  # noqa: S608 - names from above
        if table == "household_change":
            taken += " OR t.undoes_id = NEW.undoes_id"
        _refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
        _refuse(f"{table}_not_replaced", "BEFORE INSERT", table, f"EXISTS ({taken})")
        _refuse(f"{table}_unchanged", "BEFORE UPDATE", table, "1")
    for table, columns in FOLLOWING.items():
        following, fixed = (part.split() for part in columns.split("|"))
        name = f"{table}_unchanged" if table == "assessment" else f"{table}_fixed"
        op.execute(f"DROP TRIGGER {name}")
        _refuse(name, "BEFORE UPDATE", table, _moved(fixed))
        for column in following:
            _on_record(table, column)
    _on_record("document", "household_id", "OLD.household_id IS NOT NULL")
    _on_record("member", "position", "1 IN (OLD.position, NEW.position)")


def _change_tables() -> None:
    op.create_table(
        "household_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes_id", ID, nullable=True),
        sa.Column("stood", sa.Text(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="ck_household_change_with_words"),
        sa.CheckConstraint(
            "(kind = 'undo') = (undoes_id IS NOT NULL)", name="ck_household_change_undoes"
        ),
        sa.CheckConstraint("other_id <> household_id", name="ck_household_change_two_households"),
        *_keys(
            "household_change",
            household_id="household",
            other_id="household",
            member_id="member",
            undoes_id="household_change",
            made_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_household_change"),
        sa.UniqueConstraint("undoes_id", name="uq_household_change_undoes_id"),
    )
    for column in ("household_id", "other_id"):
        op.create_index(f"ix_household_change_{column}", "household_change", [column])
    op.create_table(
        "household_move",
        sa.Column("id", ID, nullable=False),
        sa.Column("change_id", ID, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("becomes", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        *_keys("household_move", change_id="household_change"),
        sa.PrimaryKeyConstraint("id", name="pk_household_move"),
    )
    op.create_index("ix_household_move_change_id", "household_move", ["change_id"])
    op.create_index("ix_household_move_cell", "household_move", ["place", "row_id", "name", "id"])


def _on_record(table: str, column: str, when: str = "1") -> None:
    """Refuse to write a cell unless the newest note on it says from what to what."""
    noted = (
        "(SELECT coalesce(m.was, '') || '>' || coalesce(m.becomes, '') FROM household_move m "  # noqa: S608 - names from above
        f"WHERE m.place = '{table}' AND m.row_id = OLD.id AND m.name = '{column}' "
        "ORDER BY m.id DESC LIMIT 1)"
    )
    written = f"coalesce(OLD.{column}, '') || '>' || coalesce(NEW.{column}, '')"
    condition = f"({when}) AND {_moved([column])} AND {noted} IS NOT {written}"
    _refuse(f"{table}_{column}_on_record", "BEFORE UPDATE", table, condition)


def _filing_steps() -> None:
    empty = sa.Column("required_steps", sa.Text(), nullable=False, server_default="[]")
    op.add_column("center", empty)
    op.create_table(
        "filing_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("reported_by", ID, nullable=True),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", ID, nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("assessment_id", ID, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('done', 'void')) = (done_by IS NOT NULL) AND "
            "(done_by IS NULL) = (done_at IS NULL)",
            name=op.f("ck_filing_step_done_by_someone"),
        ),
        sa.CheckConstraint(
            "(reported_by IS NULL) = (reported_at IS NULL) AND "
            "(state NOT IN ('reported', 'done') OR reported_by IS NOT NULL)",
            name=op.f("ck_filing_step_reported_by_someone"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('reported', 'done') OR (result <> '' AND report IS NOT NULL)",
            name=op.f("ck_filing_step_done_with_result"),
        ),
        sa.CheckConstraint(
            "state <> 'void' OR reason <> ''", name=op.f("ck_filing_step_void_with_words")
        ),
        sa.CheckConstraint(
            "state <> 'done' OR kind NOT IN ('review', 'exit', 'return') OR done_by <> reported_by",
            name=op.f("ck_filing_step_second_person"),
        ),
        *_keys(
            "filing_step",
            household_id="household",
            case_id="case",
            opened_by="staff",
            reported_by="staff",
            done_by="staff",
            assessment_id="assessment",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_step"),
    )
    op.create_index("ix_household_filed", "household", ["file_state", "filed_on"])
    op.create_index("ix_filing_step_case_id", "filing_step", ["case_id"])
    op.create_index("ix_filing_step_state", "filing_step", ["state", "kind", "due_on"])
    op.create_index("ix_filing_step_household", "filing_step", ["household_id", "kind", "done_at"])
    op.create_index(
        "uq_filing_step_running",
        "filing_step",
        ["household_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'reported')"),
    )
    _guard_filing_steps()


def _guard_filing_steps() -> None:
    """Refuse what would lose or alter a step; who decides a report is not who wrote it."""
    table = "filing_step"
    running = "IN ('open', 'reported')"
    taken = (
        f"EXISTS (SELECT 1 FROM {table} t WHERE (t.id = NEW.id OR (NEW.state {running} AND "  # noqa: S608 - words from above
        f"t.state {running} AND t.household_id = NEW.household_id AND t.kind = NEW.kind))"
    )
    strange = (
        'NEW.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "case" c '
        "WHERE c.id = NEW.case_id AND c.household_id = NEW.household_id)"
    )
    over = "OLD.state IN ('done', 'void')"
    closing = ["state", "due_on", "due_provisional", "done_by", "done_at", "reason", *REPORTED]
    unread = "NEW.state = 'done' AND NEW.kind IN ('review', 'exit', 'return')"
    _refuse("filing_step_kept", "BEFORE DELETE", table, "1")
    _refuse("filing_step_not_replaced", "BEFORE INSERT", table, f"{taken})")
    _refuse("filing_step_not_pushed_out", "BEFORE UPDATE", table, f"{taken} AND t.id <> OLD.id)")
    _refuse("filing_step_fixed", "BEFORE UPDATE", table, _moved(["id", *STEP]))
    _refuse("filing_step_case", "BEFORE INSERT", table, strange)
    _refuse("filing_step_begins_open", "BEFORE INSERT", table, "NEW.state <> 'open'")
    _refuse("filing_step_stays_done", "BEFORE UPDATE", table, f"{over} AND ({_moved(closing)})")
    unread += f" AND {_moved(['state'])} AND OLD.state <> 'reported'"
    _refuse("filing_step_decided_as_reported", "BEFORE UPDATE", table, unread)
    kept = f"OLD.state = 'reported' AND NEW.state <> 'open' AND ({_moved(REPORTED)})"
    _refuse("filing_step_report_kept", "BEFORE UPDATE", table, kept)
    _on_record(table, "household_id")


def _national_form() -> None:
    """Ask all that the national form asks; what was not asked stays unknown."""
    words = ["archive_level", "file_kind", "housing"]
    lines = ["postal_code", "registered_district", "relief_plan", "account_branch"]
    lines += ["origin_unit", "note", "national_system_number"]
    for name in words:
        op.add_column("household", sa.Column(name, sa.String(), nullable=True))
    for name in lines:
        empty = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("household", empty)
    for name in ("single_parent", "self_help"):
        unasked = sa.Column(name, sa.String(40), nullable=False, server_default="not_asked")
        op.add_column("household", unasked)
    for name in ("secondary_causes", "needs"):
        none = sa.Column(name, sa.Text(), nullable=False, server_default="[]")
        op.add_column("household", none)
    op.add_column("household", sa.Column("floor_area", sa.Integer(), nullable=True))
    op.add_column("household", sa.Column("other_yearly_income", ID, nullable=True))
    op.add_column("household", sa.Column("national_system_entered_on", sa.Date(), nullable=True))
    words = ["political_status", "model_worker", "insurance", "marital_status", "residence_type"]
    words += ["unit_kind", "unit_condition", "industry", "contract_term"]
    for name in words:
        op.add_column("member", sa.Column(name, sa.String(), nullable=True))
    for name in ("other_contact", "unit", "note"):
        op.add_column("member", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("working_since", "contract_signed_on"):
        op.add_column("member", sa.Column(name, sa.Date(), nullable=True))
    for name in ("enrolled_in", "school_years"):
        op.add_column("member", sa.Column(name, sa.Integer(), nullable=True))


def _imports() -> None:
    """Each file that comes in is one batch. Its rows are written in bulk and kept beside them as
    they were written; undoing it withdraws them, and nothing else does."""
    op.create_table(
        "import_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("merged", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("completed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_by IS NOT NULL) AND "
            "(undone_by IS NULL) = (undone_at IS NULL)",
            name="ck_import_batch_undone_by_someone",
        ),
        sa.CheckConstraint(
            "state <> 'undone' OR reason <> ''", name="ck_import_batch_undone_with_words"
        ),
        sa.CheckConstraint(
            "households >= 0 AND members >= 0 AND merged >= 0", name="ck_import_batch_counts"
        ),
        *_keys("import_batch", made_by="staff", undone_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sa.UniqueConstraint("number", name="uq_import_batch_number"),
    )
    op.create_table(
        "bulk_rows",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_bulk_rows"),
    )
    batch = sa.ForeignKey("import_batch.id", name="fk_household_import_batch_id_import_batch")
    column = sa.Column("import_batch_id", ID, batch, nullable=True)
    op.add_column("household", column, inline_references=True)
    op.add_column("household", sa.Column("voided_number", sa.String(), nullable=True))
    op.create_index("ix_household_import_batch_id", "household", ["import_batch_id"])
    _guard_imports()


def _guard_imports() -> None:
    same = "EXISTS (SELECT 1 FROM bulk_rows t WHERE t.digest = NEW.digest)"
    _refuse("bulk_rows_kept", "BEFORE DELETE", "bulk_rows", "1")
    _refuse("bulk_rows_not_replaced", "BEFORE INSERT", "bulk_rows", same)
    _refuse("bulk_rows_unchanged", "BEFORE UPDATE", "bulk_rows", "1")

    table = "import_batch"
    taken = "EXISTS (SELECT 1 FROM import_batch t WHERE t.id = NEW.id OR t.number = NEW.number)"
    _refuse("import_batch_kept", "BEFORE DELETE", table, "1")
    _refuse("import_batch_not_replaced", "BEFORE INSERT", table, taken)
    _refuse("import_batch_fixed", "BEFORE UPDATE", table, _moved(IMPORTED))
    _refuse("import_batch_begins_imported", "BEFORE INSERT", table, "NEW.state <> 'imported'")
    again = f"OLD.state = 'undone' AND ({_moved(['state', 'undone_by', 'undone_at', 'reason'])})"
    _refuse("import_batch_stays_undone", "BEFORE UPDATE", table, again)

    moved = _moved(["import_batch_id"])
    _refuse("household_import_fixed", "BEFORE UPDATE", "household", moved)
    standing = (
        "NEW.file_state = 'withdrawn' AND OLD.file_state <> 'withdrawn' AND NOT EXISTS "
        "(SELECT 1 FROM import_batch b WHERE b.id = NEW.import_batch_id AND b.state = 'undone')"
    )
    _refuse("household_withdrawn_with_its_import", "BEFORE UPDATE", "household", standing)
    back = "OLD.file_state = 'withdrawn' AND NEW.file_state <> 'withdrawn'"
    _refuse("household_stays_withdrawn", "BEFORE UPDATE", "household", back)


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

"""What the store itself refuses, whoever asks: triggers.

They hold for raw SQL too. A check over rows of one table stands in the table (0001); these
compare with other rows, or with the row as it was.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNIQUE = {
    # table: its keys, each with the rows it holds for
    "approval": ("id", "award_version_id | {0}.decision <> 'deferred'"),
    "assessment": ("id", "number"),
    "audit": ("id", "hash"),
    "award": ("id", "number"),
    "award_version": ("id", "award_id sequence"),
    "balance": ("fund_id account",),
    "batch": ("id", "number", "result_digest"),
    "batch_line": (
        "id",
        "batch_id line",
        "award_version_id | {0}.state IN ('prepared', 'paying', 'paid')",
    ),
    "budget": ("id",),
    "case": ("id", "number"),
    "center": ("id",),
    "center_value": ("id",),
    "draft": ("id",),
    "fund": ("id", "name"),
    "household": ("id", "file_number"),
    "member": ("id", "household_id position", "id_number | {0}.active AND {0}.id_number <> ''"),
    "number_series": ("series year",),
    "paper": ("id", "number", "check_code"),
    "paper_print": ("id", "paper_id copy"),
    "posting": (
        "id",
        "budget_id | {0}.from_account = 'granted'",
        "award_version_id | {0}.to_account = 'reserved'",
        "award_version_id | {0}.to_account = 'paid'",
    ),
    "search_key": ("key member_id",),
    "staff": ("id", "user"),
}
"""Every table with its keys: nothing is deleted, and OR REPLACE pushes no row out under a key
(it would delete without asking the guards of deletion)."""

APPEND_ONLY = ["approval", "assessment", "audit", "award_version", "paper_print", "posting"]
"""Tables whose rows are never changed."""

FIXED = {
    "award": "number case_id household_id measure year",
    "batch": "number prepared_by prepared_at",
    "batch_line": (
        "batch_id line approval_id award_version_id decision proposed_by decided_by entered_by"
    ),
    "budget": "fund_id amount document granted_on entered_by",
    "case": "number household_id accepted_by accepted_at",
    "center": "demonstration signing_key verifying_key masking_key",
    "center_value": (
        "kind area amount effective_from effective_to published_on document entered_by"
    ),
    "draft": "owner_id form started_at",
    "fund": "source year",
    "household": "",
    "member": "household_id position",
    "paper": (
        "kind number template title household_id subject issued_on facts digest payload "
        "check_code issued_by issued_at"
    ),
    "staff": "user",
}
"""Columns that stay as they were written, beside the id."""

NEWEST = """(SELECT id FROM award_version WHERE award_id =
    (SELECT award_id FROM award_version WHERE id = NEW.award_version_id)
    ORDER BY sequence DESC LIMIT 1)"""

GUARDS = {
    # name: (when, table, condition under which it is refused)
    "audit_chain": (
        "BEFORE INSERT",
        "audit",
        "NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit) OR NEW.previous IS NOT "
        "coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '')",
    ),
    "number_first": ("BEFORE INSERT", "number_series", "NEW.last <> 1"),
    "number_next": (
        "BEFORE UPDATE",
        "number_series",
        "NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year",
    ),
    "award_version_next": (
        "BEFORE INSERT",
        "award_version",
        "NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM award_version "
        "WHERE award_id = NEW.award_id)",
    ),
    "award_version_while_paying": (
        "BEFORE INSERT",
        "award_version",
        "EXISTS (SELECT 1 FROM batch_line l JOIN award_version v ON v.id = l.award_version_id "
        "WHERE v.award_id = NEW.award_id AND l.state IN ('prepared', 'paying', 'paid'))",
    ),
    "approval_of_the_newest": (
        "BEFORE INSERT",
        "approval",
        f"NEW.award_version_id <> {NEWEST}",
    ),
    # The next two say what foreign keys say, for connections that have them switched off.
    "approval_names_the_proposer": (
        "BEFORE INSERT",
        "approval",
        "NEW.proposed_by IS NOT "
        "(SELECT proposed_by FROM award_version WHERE id = NEW.award_version_id)",
    ),
    "line_names_its_approval": (
        "BEFORE INSERT",
        "batch_line",
        "NOT EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.approval_id AND "
        "a.award_version_id = NEW.award_version_id AND a.decision = NEW.decision AND "
        "a.proposed_by = NEW.proposed_by AND a.decided_by = NEW.decided_by)",
    ),
    "line_of_the_newest": ("BEFORE INSERT", "batch_line", f"NEW.award_version_id <> {NEWEST}"),
    "line_only_in_a_draft": (
        "BEFORE INSERT",
        "batch_line",
        "NEW.state <> 'prepared' OR (SELECT state FROM batch WHERE id = NEW.batch_id) <> 'draft'",
    ),
    "line_steps": (
        "BEFORE UPDATE",
        "batch_line",
        "NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN "
        "('prepared>removed', 'prepared>paying', 'paying>paid', 'paying>failed', 'paid>failed')",
    ),
    "line_taken_out_of_a_draft": (
        "BEFORE UPDATE",
        "batch_line",
        "NEW.state = 'removed' AND OLD.state <> 'removed' AND "
        "(SELECT state FROM batch WHERE id = NEW.batch_id) <> 'draft'",
    ),
    "line_paid_when_frozen": (
        "BEFORE UPDATE",
        "batch_line",
        "NEW.state IN ('paying', 'paid') AND "
        "(SELECT state FROM batch WHERE id = NEW.batch_id) = 'draft'",
    ),
    "batch_begins_as_a_draft": ("BEFORE INSERT", "batch", "NEW.state <> 'draft'"),
    "batch_frozen_by_a_third_person": (
        "BEFORE UPDATE",
        "batch",
        "NEW.frozen_by IS NOT OLD.frozen_by AND EXISTS (SELECT 1 FROM batch_line l "
        "WHERE l.batch_id = NEW.id AND l.state <> 'removed' AND "
        "NEW.frozen_by IN (l.proposed_by, l.decided_by))",
    ),
    "batch_steps": (
        "BEFORE UPDATE",
        "batch",
        "NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN "
        "('draft>frozen', 'frozen>sent', 'sent>reconciled')",
    ),
    "batch_stays_frozen": (
        "BEFORE UPDATE",
        "batch",
        "OLD.state <> 'draft' AND (NEW.frozen_digest IS NOT OLD.frozen_digest OR "
        "NEW.frozen_by IS NOT OLD.frozen_by OR NEW.frozen_at IS NOT OLD.frozen_at OR "
        "NEW.layout <> OLD.layout)",
    ),
    "case_stays_decided": (
        "BEFORE UPDATE",
        "case",
        "OLD.state IN ('filed', 'refused') AND (NEW.state <> OLD.state OR "
        "NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_at IS NOT OLD.decided_at OR "
        "coalesce(OLD.assessment_id, NEW.assessment_id) IS NOT NEW.assessment_id)",
    ),
    "budget_stays_decided": (
        "BEFORE UPDATE",
        "budget",
        "OLD.state <> 'entered' AND "
        "(NEW.state <> OLD.state OR NEW.confirmed_by IS NOT OLD.confirmed_by)",
    ),
    "center_value_stays_decided": (
        "BEFORE UPDATE",
        "center_value",
        "OLD.state <> 'entered' AND (NEW.state NOT IN (OLD.state, 'withdrawn') OR "
        "NEW.confirmed_by IS NOT OLD.confirmed_by)",
    ),
    "paper_void_for_good": (
        "BEFORE UPDATE",
        "paper",
        "OLD.state = 'void' AND NEW.state <> 'void'",
    ),
    "posting_ways": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account || '>' || NEW.to_account NOT IN ('granted>available', "
        "'available>reserved', 'reserved>paid', 'reserved>available')",
    ),
    "reserve_what_is_approved": (
        "BEFORE INSERT",
        "posting",
        "NEW.to_account = 'reserved' AND NOT EXISTS (SELECT 1 FROM approval a "
        "JOIN award_version v ON v.id = a.award_version_id WHERE v.id = NEW.award_version_id "
        "AND a.decision = 'approved' AND v.fund_id = NEW.fund_id AND v.amount = NEW.amount)",
    ),
    "pay_what_is_at_the_bank": (
        "BEFORE INSERT",
        "posting",
        "NEW.to_account = 'paid' AND NOT EXISTS (SELECT 1 FROM batch_line l "
        "JOIN award_version v ON v.id = l.award_version_id WHERE v.id = NEW.award_version_id "
        "AND l.state IN ('paying', 'paid') AND v.fund_id = NEW.fund_id AND v.amount = NEW.amount)",
    ),
    "release_what_is_not_paid": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'reserved' AND NEW.to_account = 'available' AND NOT EXISTS "
        "(SELECT 1 FROM award_version v JOIN award a ON a.id = v.award_id WHERE "
        "v.id = NEW.award_version_id AND v.fund_id = NEW.fund_id AND v.amount = NEW.amount "
        "AND (a.state = 'withdrawn' OR EXISTS (SELECT 1 FROM batch_line l "
        "WHERE l.award_version_id = v.id AND l.state = 'failed')))",
    ),
    "reserved_leaves_once": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'reserved' AND (SELECT "
        "coalesce(sum(p.to_account = 'reserved') - sum(p.from_account = 'reserved'), 0) "
        "FROM posting p WHERE p.award_version_id = NEW.award_version_id) <> 1",
    ),
    "grant_what_is_confirmed": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'granted' AND NOT EXISTS (SELECT 1 FROM budget b WHERE "
        "b.id = NEW.budget_id AND b.state = 'confirmed' AND b.fund_id = NEW.fund_id "
        "AND b.amount = NEW.amount)",
    ),
    "balance_begins_at_zero": ("BEFORE INSERT", "balance", "NEW.fen <> 0"),
    "balance_follows_the_postings": (
        "BEFORE UPDATE",
        "balance",
        "NEW.fund_id <> OLD.fund_id OR NEW.account <> OLD.account OR "
        "NEW.posting_id IS OLD.posting_id OR "
        "NEW.posting_id IS NOT (SELECT max(id) FROM posting) OR "
        "NEW.fen - OLD.fen IS NOT (SELECT CASE NEW.account WHEN p.to_account THEN p.amount "
        "WHEN p.from_account THEN -p.amount END "
        "FROM posting p WHERE p.id = NEW.posting_id AND p.fund_id = NEW.fund_id)",
    ),
}


def upgrade() -> None:
    for table, keys in UNIQUE.items():
        refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
        refuse(f"{table}_not_replaced", "BEFORE INSERT", table, _taken(table, keys))
        if table in APPEND_ONLY:
            refuse(f"{table}_unchanged", "BEFORE UPDATE", table, "1")
        else:
            taken = _taken(table, keys, "t.rowid <> OLD.rowid AND ")
            refuse(f"{table}_not_pushed_out", "BEFORE UPDATE", table, taken)
    for table, columns in FIXED.items():
        moved = [f"NEW.{name} IS NOT OLD.{name}" for name in ["id", *columns.split()]]
        refuse(f"{table}_fixed", "BEFORE UPDATE", table, " OR ".join(moved))
    for name, (when, table, condition) in GUARDS.items():
        refuse(name, when, table, condition)
    op.execute(
        """CREATE TRIGGER fund_accounts AFTER INSERT ON fund BEGIN
        INSERT INTO balance (fund_id, account, fen) VALUES
        (NEW.id, 'granted', 0), (NEW.id, 'available', 0), (NEW.id, 'reserved', 0),
        (NEW.id, 'paid', 0); END"""
    )
    op.execute(
        """CREATE TRIGGER posting_moves AFTER INSERT ON posting BEGIN
        UPDATE balance SET fen = fen - NEW.amount, posting_id = NEW.id
            WHERE fund_id = NEW.fund_id AND account = NEW.from_account;
        UPDATE balance SET fen = fen + NEW.amount, posting_id = NEW.id
            WHERE fund_id = NEW.fund_id AND account = NEW.to_account; END"""
    )


def refuse(name: str, when: str, table: str, condition: str) -> None:
    op.execute(
        f'CREATE TRIGGER {name} {when} ON "{table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, 'guard {name}'); END"
    )


def _taken(table: str, keys: tuple[str, ...], other: str = "") -> str:
    """Say in SQL that another row has one of the keys of the new one."""
    found: list[str] = []
    for key in keys:
        columns, _, where = key.partition(" | ")
        same = [f"t.{name} = NEW.{name}" for name in columns.split()]
        if where:
            same += [where.format("t"), where.format("NEW")]
        where = other + " AND ".join(same)
        found.append(f'EXISTS (SELECT 1 FROM "{table}" t WHERE {where})')  # noqa: S608 - names from above
    return " OR ".join(found)

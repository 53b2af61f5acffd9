"""What the store itself refuses, whoever asks: triggers.

They hold for raw SQL too. A check over rows of one table stands in the table (0001); these
compare with other rows, or with the row as it was.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = (
    *("approval", "assessment", "audit", "award", "award_version", "balance", "batch"),
    *("batch_line", "budget", "case", "center", "center_value", "draft", "fund", "household"),
    *("member", "number_series", "paper", "paper_print", "posting", "search_key", "staff"),
)
"""Every table: nothing is deleted."""

APPEND_ONLY = ["approval", "assessment", "audit", "award_version", "paper_print", "posting"]
"""Tables whose rows are never changed, nor replaced under the same id."""

FIXED = {
    "award": "number case_id household_id measure year",
    "batch": "number prepared_by prepared_at",
    "batch_line": (
        "batch_id line approval_id award_version_id decision proposed_by decided_by entered_by"
    ),
    "budget": "fund_id amount document granted_on entered_by",
    "case": "number household_id accepted_by accepted_at",
    "center_value": (
        "kind area amount effective_from effective_to published_on document entered_by"
    ),
    "paper": (
        "kind number template title household_id subject issued_on facts digest payload "
        "check_code issued_by issued_at"
    ),
    "staff": "user",
}
"""Columns that stay as they were written."""

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
    "paper_void_for_good": (
        "BEFORE UPDATE",
        "paper",
        "OLD.state = 'void' AND NEW.state <> 'void'",
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
    "grant_what_is_confirmed": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'granted' AND NOT EXISTS (SELECT 1 FROM budget b WHERE "
        "b.id = NEW.budget_id AND b.state = 'confirmed' AND b.fund_id = NEW.fund_id "
        "AND b.amount = NEW.amount)",
    ),
}


def upgrade() -> None:
    for table in KEPT:
        refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
    for table in APPEND_ONLY:
        refuse(f"{table}_unchanged", "BEFORE UPDATE", table, "1")
        refuse(
            f"{table}_not_replaced",
            "BEFORE INSERT",
            table,
            f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)',  # noqa: S608 - names from above
        )
    for table, columns in FIXED.items():
        same = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns.split())
        refuse(f"{table}_fixed", "BEFORE UPDATE", table, f"NEW.id IS NOT OLD.id OR {same}")
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
        UPDATE balance SET fen = fen - NEW.amount
            WHERE fund_id = NEW.fund_id AND account = NEW.from_account;
        UPDATE balance SET fen = fen + NEW.amount
            WHERE fund_id = NEW.fund_id AND account = NEW.to_account; END"""
    )


def refuse(name: str, when: str, table: str, condition: str) -> None:
    op.execute(
        f'CREATE TRIGGER {name} {when} ON "{table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, 'guard {name}'); END"
    )

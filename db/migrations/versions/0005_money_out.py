"""Money out: tiers of approval, ways of paying, lists, needs, money that comes back, the book."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(length=40)

ITEMS = {
    "living_relief": "living",
    "medical_relief": "medical",
    "schooling_relief": "schooling",
    "golden_autumn": "schooling",
    "festival_relief": "festival",
    "temporary_relief": "temporary",
}
AREAS = {
    "living_relief": "social_security",
    "medical_relief": "medical",
    "schooling_relief": "schooling",
    "golden_autumn": "schooling",
    "festival_relief": "social_security",
    "temporary_relief": "social_security",
}
"""What the measures of money counted under when this was written."""

KEYS = {
    # new tables with their keys, each with the rows it holds for: as in 0002
    "award_list": ("id", "number"),
    "award_need": ("id", "kind key | {0}.live"),
    "carry_over": ("id",),
    "cash_day": ("id", "day"),
    "receipt_sample": ("id", "batch_line_id"),
    "refund": ("id", "number"),
    "relief": ("id", "posting_id"),
    "relief_person": ("id",),
    "relief_plan": ("id", "year item"),
    "staff_tie": ("id",),
}

FIXED = {
    "award_list": (
        "number kind title measure fund_id way goods quantity unit_value document opened_by "
        "opened_at"
    ),
    "award_need": "award_id kind key",
    "carry_over": "from_fund_id to_fund_id area amount document entered_by entered_at",
    "cash_day": "day",
    "receipt_sample": "batch_line_id drawn_by drawn_at",
    "refund": ("number award_version_id kind amount reason document came_on entered_by entered_at"),
    "relief": (
        "day item measure area source fund_id district category cause way person_id fen times "
        "posting_id import_batch_id handler note"
    ),
    "relief_person": "id_number name",
    "relief_plan": "year item",
    "staff_tie": "staff_id note declared_by declared_at",
}
"""Columns that stay as they were written, beside the id."""

PEOPLE = "'supervisor', 'collective'"
"""The steps decided in the center: by another person each."""

REPLACED = {
    # keys that change: the guards against OR REPLACE are made anew
    "approval": (
        "id",
        "award_version_id step | {0}.decision <> 'deferred'",
        f"award_version_id decided_by | {{0}}.decision = 'approved' AND {{0}}.step IN ({PEOPLE})",
    ),
    "posting": (
        "id",
        "budget_id | {0}.from_account = 'granted'",
        "award_version_id | {0}.to_account = 'reserved'",
        "award_version_id | {0}.to_account = 'paid'",
        "carry_over_id fund_id",
        "refund_id",
    ),
}


def _moved(columns: list[str]) -> str:
    """Say in SQL that one of the columns is not what it was."""
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


GUARDS = {
    "line_names_its_approval": (
        "BEFORE INSERT",
        "batch_line",
        "NOT EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.approval_id AND a.final AND "
        "a.award_version_id = NEW.award_version_id AND a.decision = NEW.decision AND "
        "a.proposed_by = NEW.proposed_by AND a.decided_by = NEW.decided_by)",
    ),
    "reserve_what_is_approved": (
        "BEFORE INSERT",
        "posting",
        "NEW.to_account = 'reserved' AND NOT EXISTS (SELECT 1 FROM approval a "
        "JOIN award_version v ON v.id = a.award_version_id WHERE v.id = NEW.award_version_id "
        "AND a.decision = 'approved' AND a.final "
        "AND v.fund_id = NEW.fund_id AND v.amount = NEW.amount)",
    ),
    "posting_ways": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account || '>' || NEW.to_account NOT IN ('granted>available', "
        "'available>reserved', 'reserved>paid', 'reserved>available', 'available>granted', "
        "'paid>available')",
    ),
    "grant_what_is_confirmed": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'granted' AND NOT EXISTS (SELECT 1 FROM budget b WHERE "
        "b.id = NEW.budget_id AND b.state = 'confirmed' AND b.fund_id = NEW.fund_id "
        "AND b.amount = NEW.amount) AND NOT EXISTS (SELECT 1 FROM carry_over c WHERE "
        "NEW.budget_id IS NULL AND c.id = NEW.carry_over_id AND c.state = 'confirmed' "
        "AND c.to_fund_id = NEW.fund_id AND c.amount = NEW.amount)",
    ),
    "carry_what_is_confirmed": (
        "BEFORE INSERT",
        "posting",
        "NEW.to_account = 'granted' AND NOT EXISTS (SELECT 1 FROM carry_over c WHERE "
        "c.id = NEW.carry_over_id AND c.state = 'confirmed' "
        "AND c.from_fund_id = NEW.fund_id AND c.amount = NEW.amount)",
    ),
    "fund_reserves_while_open": (
        "BEFORE INSERT",
        "posting",
        "NEW.to_account = 'reserved' AND NOT EXISTS (SELECT 1 FROM fund f "
        "WHERE f.id = NEW.fund_id AND f.open)",
    ),
    "fund_closes_empty_handed": (
        "BEFORE UPDATE",
        "fund",
        "OLD.open AND NOT NEW.open AND EXISTS (SELECT 1 FROM balance b "
        "WHERE b.fund_id = OLD.id AND b.account = 'reserved' AND b.fen <> 0)",
    ),
    "fund_keeps_its_earmarks": (
        "BEFORE UPDATE",
        "fund",
        "("  # noqa: S608 - names from below
        + _moved(
            [
                *("measures", "file_required", "donor", "condition"),
                *("districts", "categories", "pays_until"),
            ]
        )
        + ") AND EXISTS (SELECT 1 FROM posting p WHERE p.fund_id = OLD.id "
        "AND p.to_account = 'reserved')",
    ),
    "refund_what_is_confirmed": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'paid' AND NOT EXISTS (SELECT 1 FROM refund r "
        "JOIN award_version v ON v.id = r.award_version_id WHERE r.id = NEW.refund_id "
        "AND r.state = 'confirmed' AND v.id = NEW.award_version_id "
        "AND v.fund_id = NEW.fund_id AND r.amount = NEW.amount)",
    ),
    "refund_what_was_paid": (
        "BEFORE INSERT",
        "posting",
        "NEW.from_account = 'paid' AND NEW.amount > (SELECT coalesce(sum(CASE "
        "WHEN p.to_account = 'paid' THEN p.amount WHEN p.from_account = 'paid' THEN -p.amount "
        "ELSE 0 END), 0) FROM posting p WHERE p.award_version_id = NEW.award_version_id)",
    ),
    "approval_by_a_stranger": (
        "BEFORE INSERT",
        "approval",
        "EXISTS (SELECT 1 FROM staff_tie s JOIN award_version v ON v.id = NEW.award_version_id "
        "JOIN award a ON a.id = v.award_id WHERE s.staff_id = NEW.decided_by "
        "AND s.household_id = a.household_id AND s.live)",
    ),
    "approval_with_its_document": (
        "BEFORE INSERT",
        "approval",
        "NEW.decision = 'approved' AND NEW.step <> 'supervisor' AND (NEW.document = '' "
        "OR NEW.document_day IS NULL OR (NEW.step = 'collective' AND NEW.attended = ''))",
    ),
    # A collective decision takes the place of the supervisor's, also of one that was left to it.
    "approval_is_last": (
        "BEFORE INSERT",
        "approval",
        "NEW.final AND NEW.decision = 'approved' AND EXISTS (SELECT 1 FROM award_version v, "
        "json_each(v.steps) s WHERE v.id = NEW.award_version_id AND s.value <> NEW.step "
        "AND NOT (s.value = 'supervisor' AND NEW.step = 'collective') "
        "AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.award_version_id = v.id "
        "AND (a.step = s.value OR (s.value = 'supervisor' AND a.step = 'collective')) "
        "AND a.decision = 'approved'))",
    ),
    "approval_left_to_all": (
        "BEFORE INSERT",
        "approval",
        "NEW.decision = 'approved' AND NEW.step <> 'collective' AND EXISTS (SELECT 1 FROM "
        "approval d WHERE d.award_version_id = NEW.award_version_id AND d.decision = 'deferred') "
        "AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.award_version_id = NEW.award_version_id "
        "AND a.step = 'collective' AND a.decision = 'approved')",
    ),
    "version_in_kind": (
        "BEFORE INSERT",
        "award_version",
        "(NEW.way = 'goods') <> (NEW.quantity IS NOT NULL) OR "
        "(NEW.way = 'goods') <> (NEW.unit_value IS NOT NULL) OR "
        "(NEW.way = 'goods' AND NEW.amount IS NOT NEW.quantity * NEW.unit_value)",
    ),
    "version_to_an_account": (
        "BEFORE INSERT",
        "award_version",
        "(NEW.way = 'card') <> (NEW.account_number <> '')",
    ),
    "line_of_its_way": (
        "BEFORE INSERT",
        "batch_line",
        "(SELECT way FROM award_version WHERE id = NEW.award_version_id) IS NOT "
        "(SELECT way FROM batch WHERE id = NEW.batch_id)",
    ),
    "line_settles_once": (
        "BEFORE UPDATE",
        "batch_line",
        "OLD.settled_on IS NOT NULL AND NEW.settled_on IS NOT OLD.settled_on",
    ),
    "line_on_a_closed_day": (
        "BEFORE UPDATE",
        "batch_line",
        "NEW.settled_on IS NOT OLD.settled_on AND NEW.state = 'paid' AND "
        "(SELECT way FROM batch WHERE id = NEW.batch_id) = 'cash' AND "
        "EXISTS (SELECT 1 FROM cash_day d WHERE d.day = NEW.settled_on)",
    ),
    "cash_day_adds_up": (
        "BEFORE INSERT",
        "cash_day",
        "NEW.confirmed_by IS NOT NULL OR NEW.paid IS NOT (SELECT coalesce(sum(v.amount), 0) "
        "FROM batch_line l JOIN batch b ON b.id = l.batch_id "
        "JOIN award_version v ON v.id = l.award_version_id "
        "WHERE b.way = 'cash' AND l.state = 'paid' AND l.settled_on = NEW.day)",
    ),
    "cash_day_stays_closed": (
        "BEFORE UPDATE",
        "cash_day",
        "NEW.paid IS NOT OLD.paid OR (OLD.confirmed_by IS NOT NULL AND ("
        + _moved(["drawn", "counted", "note", "counted_by", "counted_at", "confirmed_by"])
        + "))",
    ),
    "sample_is_told_once": (
        "BEFORE UPDATE",
        "receipt_sample",
        "OLD.result IS NOT NULL AND (" + _moved(["result", "note", "called_by", "called_at"]) + ")",
    ),
    "sample_of_what_was_paid": (
        "BEFORE INSERT",
        "receipt_sample",
        "NEW.result IS NOT NULL OR NOT EXISTS (SELECT 1 FROM batch_line l "
        "WHERE l.id = NEW.batch_line_id AND l.state = 'paid')",
    ),
    "award_list_ways": (
        "BEFORE UPDATE",
        "award_list",
        "NEW.state IS NOT OLD.state AND OLD.state || '>' || NEW.state NOT IN ('open>confirmed', "
        "'open>proposed', 'confirmed>proposed', 'open>withdrawn', 'confirmed>withdrawn', "
        "'proposed>withdrawn')",
    ),
    "award_list_begins_open": (
        "BEFORE INSERT",
        "award_list",
        "NEW.state <> 'open' OR NEW.confirmed_by IS NOT NULL",
    ),
    # What an agency entrusts rests on its roster alone, so a second person has compared it first.
    "award_of_its_list": (
        "BEFORE INSERT",
        "award",
        "(NEW.list_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM award_list l "
        "WHERE l.id = NEW.list_id AND l.measure = NEW.measure AND l.state <> 'withdrawn')) "
        "OR (NEW.measure = 'agency_payment' AND NOT EXISTS (SELECT 1 FROM award_list l "
        "WHERE l.id = NEW.list_id AND l.kind = 'agency' AND l.confirmed_by IS NOT NULL))",
    ),
    "agency_money_for_its_roster": (
        "BEFORE INSERT",
        "award_version",
        "(SELECT measure FROM award WHERE id = NEW.award_id) = 'agency_payment' AND "
        "(SELECT source FROM fund WHERE id = NEW.fund_id) IS NOT 'agency'",
    ),
    "need_ends": ("BEFORE UPDATE", "award_need", "NEW.live AND NOT OLD.live"),
    "tie_ends": ("BEFORE UPDATE", "staff_tie", "NEW.live AND NOT OLD.live"),
    "relief_follows_a_posting": (
        "BEFORE INSERT",
        "relief",
        "NEW.posting_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posting p WHERE "
        "p.id = NEW.posting_id AND p.fund_id = NEW.fund_id AND NEW.fen = CASE "
        "WHEN p.to_account = 'paid' THEN p.amount WHEN p.from_account = 'paid' THEN -p.amount END)",
    ),
    "relief_counts_until_undone": (
        "BEFORE UPDATE",
        "relief",
        "NEW.counted IS NOT OLD.counted AND (NEW.counted OR NOT EXISTS (SELECT 1 FROM "
        "import_batch b WHERE b.id = NEW.import_batch_id AND b.state = 'undone'))",
    ),
}
"""As in 0002: the first four take the place of guards that knew one decision and two accounts."""

DROPPED = [
    *("line_names_its_approval", "reserve_what_is_approved", "posting_ways"),
    *("grant_what_is_confirmed", "approval_not_replaced", "posting_not_replaced"),
    *("award_fixed", "batch_fixed"),
]


def upgrade() -> None:
    for name in DROPPED:
        op.execute(f"DROP TRIGGER {name}")
    _funds()
    _lists()
    _awards()
    _batches()
    _book()
    for table, keys in KEYS.items():
        _refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
        _refuse(f"{table}_not_replaced", "BEFORE INSERT", table, _taken(table, keys))
        other = _taken(table, keys, "t.id <> OLD.id AND ")
        _refuse(f"{table}_not_pushed_out", "BEFORE UPDATE", table, other)
    for table, keys in REPLACED.items():
        _refuse(f"{table}_not_replaced", "BEFORE INSERT", table, _taken(table, keys))
    fixed = FIXED | {
        "award": "number case_id measure year list_id due_on",
        "batch": "number prepared_by prepared_at way follows_id payer_account",
    }
    for table, columns in fixed.items():
        _refuse(f"{table}_fixed", "BEFORE UPDATE", table, _moved(["id", *columns.split()]))
    for table in ("carry_over", "refund"):
        decided = f"OLD.state <> 'entered' AND ({_moved(['state', 'confirmed_by'])})"
        _refuse(f"{table}_stays_decided", "BEFORE UPDATE", table, decided)
        _refuse(f"{table}_begins_entered", "BEFORE INSERT", table, "NEW.state <> 'entered'")
    decided = f"OLD.state <> 'open' AND ({_moved(['confirmed_by', 'roster', 'amount'])})"
    _refuse("award_list_stays_decided", "BEFORE UPDATE", "award_list", decided)
    for name, (when, table, condition) in GUARDS.items():
        _refuse(name, when, table, condition)


def _funds() -> None:
    for name in ("donor", "condition"):
        op.add_column("fund", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("districts", "categories"):
        op.add_column("fund", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    op.add_column("fund", sa.Column("pays_until", sa.Date(), nullable=True))
    op.add_column("budget", sa.Column("area", sa.String(), nullable=True))
    op.execute("DROP TRIGGER budget_fixed")
    columns = ["id", "fund_id", "area", "amount", "document", "granted_on", "entered_by"]
    _refuse("budget_fixed", "BEFORE UPDATE", "budget", _moved(columns))
    op.create_table(
        "carry_over",
        *_entity(),
        sa.Column("from_fund_id", ID, nullable=False),
        sa.Column("to_fund_id", ID, nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("amount", ID, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        *_two_people("carry_over"),
        sa.CheckConstraint("from_fund_id <> to_fund_id", name="ck_carry_over_two_funds"),
        *_keys("carry_over", from_fund_id="fund", to_fund_id="fund"),
        sa.PrimaryKeyConstraint("id", name="pk_carry_over"),
    )
    for name in ("from_fund_id", "to_fund_id"):
        op.create_index(f"ix_carry_over_{name}", "carry_over", [name])
    op.create_table(
        "refund",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("award_version_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        *_two_people("refund"),
        *_keys("refund", award_version_id="award_version"),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
        sa.UniqueConstraint("number", name="uq_refund_number"),
    )
    op.create_index("ix_refund_award_version_id", "refund", ["award_version_id"])
    for name in ("carry_over", "refund"):
        _refer("posting", f"{name}_id", name)
    op.create_index("uq_posting_carried_once", "posting", ["carry_over_id", "fund_id"], unique=True)
    op.create_index("uq_posting_refunded_once", "posting", ["refund_id"], unique=True)
    op.create_index("ix_posting_day", "posting", ["fund_id", "posted_at"])


def _lists() -> None:
    op.create_table(
        "award_list",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("fund_id", ID, nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("amount", ID, nullable=True),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit_value", ID, nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("roster", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> opened_by",
            name="ck_award_list_second_person",
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR confirmed_by IS NOT NULL", name="ck_award_list_confirmed"
        ),
        *_keys("award_list", fund_id="fund", opened_by="staff", confirmed_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_award_list"),
        sa.UniqueConstraint("number", name="uq_award_list_number"),
    )
    op.create_index("ix_award_list_fund_id", "award_list", ["fund_id"])
    op.create_index("ix_award_list_state", "award_list", ["state"])


def _awards() -> None:
    _refer("award", "list_id", "award_list")
    op.create_index("ix_award_list_id", "award", ["list_id"])
    op.add_column("award", sa.Column("due_on", sa.Date(), nullable=True))
    for column in (
        sa.Column("way", WORD, nullable=False, server_default="card"),
        sa.Column("goods", sa.String(), nullable=False, server_default=""),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit_value", ID, nullable=True),
        sa.Column("flow", sa.String(), nullable=False, server_default=""),
        sa.Column("steps", sa.Text(), nullable=False, server_default='["supervisor"]'),
    ):
        op.add_column("award_version", column)
    for column in (
        sa.Column("step", WORD, nullable=False, server_default="supervisor"),
        sa.Column("document", sa.String(), nullable=False, server_default=""),
        sa.Column("document_day", sa.Date(), nullable=True),
        sa.Column("attended", sa.String(), nullable=False, server_default=""),
        sa.Column("final", sa.Boolean(), nullable=False, server_default=sa.true()),
    ):
        op.add_column("approval", column)
    op.drop_index("uq_approval_final", "approval")
    for name, columns, where in (
        ("step", ["award_version_id", "step"], "decision <> 'deferred'"),
        (
            "person",
            ["award_version_id", "decided_by"],
            f"decision = 'approved' AND step IN ({PEOPLE})",
        ),
    ):
        op.create_index(
            f"uq_approval_{name}", "approval", columns, unique=True, sqlite_where=sa.text(where)
        )
    op.create_table(
        "award_need",
        sa.Column("id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        *_keys("award_need", award_id="award"),
        sa.PrimaryKeyConstraint("id", name="pk_award_need"),
    )
    op.create_index("ix_award_need_award_id", "award_need", ["award_id"])
    once = sa.text("live")
    op.create_index(
        "uq_award_need_once", "award_need", ["kind", "key"], unique=True, sqlite_where=once
    )
    op.create_table(
        "staff_tie",
        *_entity(),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("declared_by", ID, nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("note <> ''", name="ck_staff_tie_with_words"),
        *_keys("staff_tie", staff_id="staff", household_id="household", declared_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_tie"),
    )
    op.create_index("ix_staff_tie_household_id", "staff_tie", ["household_id"])


def _batches() -> None:
    op.add_column(
        "center", sa.Column("payer_account", sa.String(), nullable=False, server_default="")
    )
    op.add_column("batch", sa.Column("way", WORD, nullable=False, server_default="card"))
    _refer("batch", "follows_id", "batch")
    payer = sa.Column("payer_account", sa.String(), nullable=False, server_default="")
    op.add_column("batch", payer)
    op.create_index("ix_award_version_account_number", "award_version", ["account_number"])
    op.add_column("batch_line", sa.Column("settled_on", sa.Date(), nullable=True))
    op.create_table(
        "cash_day",
        *_entity(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("drawn", ID, nullable=False),
        sa.Column("paid", ID, nullable=False),
        sa.Column("counted", ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("counted_by", ID, nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.CheckConstraint("drawn >= 0 AND paid >= 0 AND counted >= 0", name="ck_cash_day_amounts"),
        sa.CheckConstraint("counted_by <> confirmed_by", name="ck_cash_day_second_person"),
        sa.CheckConstraint("counted = drawn - paid OR note <> ''", name="ck_cash_day_explained"),
        *_keys("cash_day", counted_by="staff", confirmed_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_cash_day"),
        sa.UniqueConstraint("day", name="uq_cash_day_day"),
    )
    op.create_table(
        "receipt_sample",
        *_entity(),
        sa.Column("batch_line_id", ID, nullable=False),
        sa.Column("drawn_by", ID, nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("result", WORD, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("called_by", ID, nullable=True),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(result IS NULL) = (called_by IS NULL)", name="ck_receipt_sample_called_by_someone"
        ),
        *_keys("receipt_sample", batch_line_id="batch_line", drawn_by="staff", called_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_sample"),
        sa.UniqueConstraint("batch_line_id", name="uq_receipt_sample_batch_line_id"),
    )


def _book() -> None:
    op.create_table(
        "relief_person",
        sa.Column("id", ID, nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("household_id", ID, nullable=True),
        *_keys("relief_person", household_id="household"),
        sa.PrimaryKeyConstraint("id", name="pk_relief_person"),
    )
    op.create_index("ix_relief_person_id_number", "relief_person", ["id_number"])
    op.create_table(
        "relief",
        sa.Column("id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item", WORD, nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("source", WORD, nullable=False),
        sa.Column("fund_id", ID, nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("way", WORD, nullable=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("fen", ID, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("posting_id", ID, nullable=True),
        sa.Column("import_batch_id", ID, nullable=True),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("times IN (-1, 0, 1)", name="ck_relief_times"),
        sa.CheckConstraint("fen <> 0", name="ck_relief_fen"),
        sa.CheckConstraint(
            "(posting_id IS NULL) = (import_batch_id IS NOT NULL)", name="ck_relief_origin"
        ),
        *_keys(
            "relief",
            fund_id="fund",
            person_id="relief_person",
            household_id="household",
            posting_id="posting",
            import_batch_id="import_batch",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_relief"),
    )
    for name in ("person_id", "household_id", "import_batch_id"):
        op.create_index(f"ix_relief_{name}", "relief", [name])
    op.create_index("uq_relief_posting_id", "relief", ["posting_id"], unique=True)
    counted = ["counted", "day", "item", "source", "fund_id", "area", "district", "category"]
    counted += ["cause", "way", "person_id", "household_id", "times", "fen"]
    op.create_index("ix_relief_day", "relief", counted)
    op.create_table(
        "relief_plan",
        *_entity(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item", WORD, nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.CheckConstraint("households >= 0 AND fen >= 0", name="ck_relief_plan_amounts"),
        *_keys("relief_plan", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_relief_plan"),
    )
    op.create_index("uq_relief_plan_item", "relief_plan", ["year", "item"], unique=True)
    _paid_until_now()


def _paid_until_now() -> None:
    """Enter in the book what was paid before there was one: by the head, or the member it was
    for; district, category and cause as they stand now."""
    items = " ".join(f"WHEN '{measure}' THEN '{item}'" for measure, item in ITEMS.items())
    areas = " ".join(f"WHEN '{measure}' THEN '{area}'" for measure, area in AREAS.items())
    paid = (
        "posting p JOIN award_version v ON v.id = p.award_version_id "
        "JOIN award a ON a.id = v.award_id JOIN household h ON h.id = a.household_id "
        "JOIN fund f ON f.id = p.fund_id JOIN staff s ON s.id = p.posted_by "
        "JOIN member m ON m.id = coalesce(a.member_id, (SELECT id FROM member "
        "WHERE household_id = h.id ORDER BY active DESC, position LIMIT 1)) "
        "WHERE p.to_account = 'paid'"
    )
    op.execute(
        "INSERT INTO relief_person (id_number, name, household_id) "  # noqa: S608 - words from above
        f"SELECT m.id_number, min(m.name), min(h.id) FROM {paid} "
        "GROUP BY CASE m.id_number WHEN '' THEN 'member ' || m.id ELSE m.id_number END "
        "ORDER BY min(p.id)"
    )
    op.execute(
        "INSERT INTO relief (day, item, measure, area, source, fund_id, district, category, "  # noqa: S608 - words from above
        "cause, way, person_id, household_id, fen, times, posting_id, handler, note, counted) "
        f"SELECT date(p.posted_at, '+8 hours'), CASE a.measure {items} ELSE 'other' END, "
        f"a.measure, CASE a.measure {areas} END, f.source, f.id, h.district, h.category, "
        "h.main_cause, v.way, (SELECT r.id FROM relief_person r WHERE r.id_number = m.id_number "
        "AND (m.id_number <> '' OR r.name = m.name) ORDER BY r.id LIMIT 1), h.id, p.amount, 1, "
        f"p.id, s.name, '', 1 FROM {paid} ORDER BY p.id"
    )


def _entity() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _two_people(table: str) -> list[Any]:
    return [
        sa.Column("state", WORD, nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.CheckConstraint("amount > 0", name=f"ck_{table}_amount_positive"),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> entered_by", name=f"ck_{table}_second_person"
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR confirmed_by IS NOT NULL", name=f"ck_{table}_confirmed"
        ),
        *_keys(table, entered_by="staff", confirmed_by="staff"),
    ]


def _refer(table: str, column: str, other: str) -> None:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    op.add_column(table, sa.Column(column, ID, key, nullable=True), inline_references=True)


def _keys(table: str, **references: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in references.items()
    ]


def _taken(table: str, keys: tuple[str, ...], other: str = "") -> str:
    """Say in SQL that another row has one of the keys of the new one."""
    found: list[str] = []
    for key in keys:
        columns, _, where = key.partition(" | ")
        same = [f"t.{name} = NEW.{name}" for name in columns.split()]
        if where:
            same += [where.format("t"), where.format("NEW")]
        condition = other + " AND ".join(same)
        found.append(f'EXISTS (SELECT 1 FROM "{table}" t WHERE {condition})')  # noqa: S608 - names from above
    return " OR ".join(found)


def _refuse(name: str, when: str, table: str, condition: str) -> None:
    op.execute(
        f'CREATE TRIGGER {name} {when} ON "{table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, 'guard {name}'); END"
    )

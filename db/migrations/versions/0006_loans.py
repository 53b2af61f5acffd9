"""Guaranteed loans: loans with their plans and events, the guarantee fund, interest subsidy."""

from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(length=40)

KEYS = {
    "guarantee_fund": ("id", "name"),
    "guarantee_move": ("id", "change_id"),
    "guarantee_quota": ("id", "guarantee_fund_id year district"),
    "loan": ("id", "number"),
    "loan_change": ("id",),
    "loan_check": ("id",),
    "loan_event": ("id", "loan_id number", "change_id"),
    "loan_instalment": ("id", "loan_id number"),
    "loan_side": ("id",),
    "loan_step": ("id",),
    "subsidy_claim": ("id", "number", "bank first_day | {0}.state <> 'withdrawn'"),
    "subsidy_line": ("id",),
}
"""New tables with their keys, each with the rows it holds for: as in 0002."""

FIXED = {
    "guarantee_move": (
        "guarantee_fund_id kind amount day document change_id entered_by entered_at"
    ),
    "guarantee_quota": "guarantee_fund_id year district",
    "loan": "number previous_id import_batch_id entered_by entered_at",
    "loan_change": (
        "loan_id kind day fen months payer reverses reason document entered_by entered_at"
    ),
    "loan_check": "loan_id",
    "loan_event": (
        "loan_id number kind day fen months payer reverses change_id document note entered_by "
        "entered_at"
    ),
    "loan_instalment": "loan_id number",
    "loan_side": "loan_id party",
    "loan_step": (
        "loan_id step outcome day due_on document note amount months details decided_by decided_at"
    ),
    "subsidy_claim": "number bank first_day last_day made_by made_at",
    "subsidy_line": "claim_id loan_id kind from_on to_on days base rate fen reason",
}
"""Columns that stay as they were written, beside the id."""

TWO_PEOPLE = "'reversed', 'extended', 'compensated', 'recovered', 'written_off'"
"""What happens to the money of a loan only when a second person confirmed it."""

WAY = (
    *("enquired", "checked", "recommended", "surveyed", "guaranteed", "secured"),
    *("bank_approved", "repaying"),
)
"""The way to the money, one step after the other; each step may send back one."""

WAYS = (
    *(f"{here}>{there}" for here, there in pairwise(WAY)),
    *(f"{there}>{here}" for here, there in pairwise(WAY[:-1])),
    *(f"{here}>{there}" for here in WAY[:-1] for there in ("refused", "withdrawn")),
    *("repaying>settled", "repaying>compensated", "compensated>settled"),
    *("compensated>written_off", "written_off>settled", "written_off>compensated"),
    # what a reversed or back-dated entry brings back
    *("settled>repaying", "settled>compensated", "compensated>repaying", "settled>written_off"),
    # a lending that was entered wrongly, taken back by two people
    "repaying>bank_approved",
    # a loan of an old register, whose repayments are entered here from now on
    *("recorded>repaying", "recorded>settled", "repaying>recorded", "settled>recorded"),
)

CAPITAL = (
    "SELECT coalesce(sum(CASE WHEN m.kind IN ('capital_in', 'recovered', 'compensated_reversed') "
    "THEN m.amount ELSE -m.amount END), 0) FROM guarantee_move m "
    "WHERE m.guarantee_fund_id = {} AND m.state = 'confirmed'"
)
"""What a guarantee fund holds."""

DECIDED_YEAR = (
    "CAST(substr(coalesce((SELECT max(s.day) FROM loan_step s WHERE s.loan_id = {0}.id "
    "AND s.step = 'guaranteed' AND s.outcome = 'passed'), {0}.contract_on, {0}.lent_on, "
    "{0}.asked_on), 1, 4) AS INTEGER)"
)
"""The year in which a loan was guaranteed; its quota is of that year."""

UNDONE = (
    "EXISTS (SELECT 1 FROM loan_event r WHERE r.loan_id = {0}.loan_id "
    "AND r.kind = 'reversed' AND r.reverses = {0}.number)"
)
"""Whether an entry of a loan is reversed."""

NOTHING_LENT = (
    "NOT EXISTS (SELECT 1 FROM loan_event e WHERE e.loan_id = NEW.id AND e.kind <> 'reversed' "  # noqa: S608 - from above
    f"AND NOT {UNDONE.format('e')})"
)
"""Whether no entry of a loan stands, its lending included."""

DECIDED_NOW = (
    "(NEW.state = 'guaranteed' AND OLD.state = 'surveyed' "
    "OR NEW.state = 'bank_approved' AND OLD.state = 'repaying')"
)
"""Whether a fund is committed to the whole sum: by the committee, or again by a lending that is
taken back."""

STANDS = (
    "(SELECT coalesce(sum(CASE WHEN x.fen = {1} THEN 1 WHEN x.fen = -({1}) THEN -1 ELSE 0 END), 0) "
    "FROM subsidy_line x JOIN subsidy_claim y ON y.id = x.claim_id WHERE x.loan_id = {0}.loan_id "
    "AND y.state <> 'withdrawn' AND x.from_on = {0}.from_on AND x.to_on = {0}.to_on "
    "AND x.base = {0}.base AND x.rate = {0}.rate)"
)
"""How often the same stretch of days was claimed, less how often it was clawed back."""


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _moved(columns: list[str]) -> str:
    """Say in SQL that one of the columns is not what it was."""
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


GUARDS = {
    # Takes the place of a guard of 0002 that knew the last approver alone.
    "batch_frozen_by_a_third_person": (
        "BEFORE UPDATE",
        "batch",
        "NEW.frozen_by IS NOT OLD.frozen_by AND EXISTS (SELECT 1 FROM batch_line l "
        "LEFT JOIN approval a ON a.award_version_id = l.award_version_id "
        "AND a.decision = 'approved' WHERE l.batch_id = NEW.id AND l.state <> 'removed' AND "
        "NEW.frozen_by IN (l.proposed_by, l.decided_by, a.decided_by))",
    ),
    "loan_begins_as_enquiry": (
        "BEFORE INSERT",
        "loan",
        "NEW.import_batch_id IS NULL AND (NEW.state <> 'enquired' OR NEW.terms IS NOT NULL "
        "OR NEW.exposure <> 0)",
    ),
    "loan_ways": (
        "BEFORE UPDATE",
        "loan",
        "NEW.state IS NOT OLD.state AND OLD.state || '>' || NEW.state NOT IN "  # noqa: S608 - words from above
        f"({_words(WAYS)}) AND NOT (NEW.state = 'withdrawn' AND EXISTS (SELECT 1 FROM "
        "import_batch b WHERE b.id = OLD.import_batch_id AND b.state = 'undone'))",
    ),
    "loan_keeps_its_contract": (
        "BEFORE UPDATE",
        "loan",
        "OLD.terms IS NOT NULL AND NEW.state || '>' || OLD.state <> 'bank_approved>repaying' AND ("
        + _moved(["terms", "principal", "contract_number", "contract_on", "lent_on", "bank"])
        + ")",
    ),
    "lending_is_taken_back_whole": (
        "BEFORE UPDATE",
        "loan",
        "NEW.state = 'bank_approved' AND OLD.state = 'repaying' AND (NEW.terms IS NOT NULL "  # noqa: S608 - from above
        "OR NEW.principal IS NOT NULL OR NEW.contract_number <> '' OR NEW.outstanding <> 0 "
        "OR NEW.exposure IS NOT NEW.guaranteed OR NEW.guaranteed IS NOT OLD.guaranteed "
        f"OR NOT {NOTHING_LENT} OR EXISTS (SELECT 1 FROM subsidy_line s "
        "JOIN subsidy_claim c ON c.id = s.claim_id "
        "WHERE s.loan_id = NEW.id AND c.state <> 'withdrawn'))",
    ),
    "loan_has_its_guarantee": (
        "BEFORE UPDATE",
        "loan",
        "NEW.state = 'guaranteed' AND OLD.state = 'surveyed' AND NOT EXISTS (SELECT 1 FROM "
        "loan_step s WHERE s.loan_id = NEW.id AND s.step = 'guaranteed' "
        "AND s.outcome = 'passed' AND s.amount = NEW.guaranteed)",
    ),
    "loan_within_its_guarantee": (
        "BEFORE UPDATE",
        "loan",
        "NEW.terms IS NOT NULL AND OLD.terms IS NULL AND NEW.guaranteed IS NOT NULL "
        "AND NEW.principal > NEW.guaranteed",
    ),
    "loan_is_lent_by_the_bank": (
        "BEFORE UPDATE",
        "loan",
        "NEW.state = 'repaying' AND OLD.state = 'bank_approved' AND NOT EXISTS (SELECT 1 FROM "  # noqa: S608 - from above
        "loan_event e WHERE e.loan_id = NEW.id AND e.kind = 'lent' AND e.fen = NEW.principal "
        f"AND NOT {UNDONE.format('e')})",
    ),
    "fund_stands_for_so_much": (
        "BEFORE UPDATE",
        "loan",
        "NEW.exposure > OLD.exposure AND NEW.guarantee_fund_id IS NOT NULL AND NEW.exposure + "  # noqa: S608 - from above
        "(SELECT coalesce(sum(l.exposure), 0) FROM loan l "
        "WHERE l.guarantee_fund_id = NEW.guarantee_fund_id AND l.id <> NEW.id) > "
        f"(SELECT f.leverage * ({CAPITAL.format('f.id')}) "
        "FROM guarantee_fund f WHERE f.id = NEW.guarantee_fund_id) "
        f"AND {DECIDED_NOW}",
    ),
    "district_stays_within_its_quota": (
        "BEFORE UPDATE",
        "loan",
        f"{DECIDED_NOW} AND EXISTS (SELECT 1 FROM "  # noqa: S608 - from above
        "guarantee_quota q WHERE q.guarantee_fund_id = NEW.guarantee_fund_id) "
        "AND NEW.exposure + (SELECT coalesce(sum(l.exposure + l.owed_to_fund), 0) FROM loan l "
        "WHERE l.guarantee_fund_id = NEW.guarantee_fund_id AND l.district = NEW.district "
        f"AND l.id <> NEW.id AND {DECIDED_YEAR.format('l')} = {DECIDED_YEAR.format('NEW')}) > "
        "coalesce((SELECT q.fen FROM guarantee_quota q "
        "WHERE q.guarantee_fund_id = NEW.guarantee_fund_id AND q.district = NEW.district "
        f"AND q.year = {DECIDED_YEAR.format('NEW')}), 0)",
    ),
    "guarantee_by_another_person": (
        "BEFORE INSERT",
        "loan_step",
        "NEW.step = 'guaranteed' AND NEW.outcome = 'passed' AND (NEW.decided_by = "
        "(SELECT entered_by FROM loan WHERE id = NEW.loan_id) OR EXISTS (SELECT 1 FROM "
        "loan_step s WHERE s.loan_id = NEW.loan_id AND s.step = 'surveyed' "
        "AND s.decided_by = NEW.decided_by))",
    ),
    "step_with_its_document": (
        "BEFORE INSERT",
        "loan_step",
        "NEW.outcome = 'passed' AND NEW.document = '' "
        "AND NEW.step IN ('guaranteed', 'secured', 'bank_approved')",
    ),
    "event_of_its_change": (
        "BEFORE INSERT",
        "loan_event",
        f"(NEW.kind IN ({TWO_PEOPLE})) <> (NEW.change_id IS NOT NULL) OR "  # noqa: S608 - words from above
        "(NEW.change_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loan_change c "
        "WHERE c.id = NEW.change_id AND c.state = 'confirmed' AND c.loan_id = NEW.loan_id "
        "AND c.kind = NEW.kind AND c.fen = NEW.fen AND c.day = NEW.day "
        "AND c.months IS NEW.months AND c.reverses IS NEW.reverses))",
    ),
    "loan_change_begins_entered": ("BEFORE INSERT", "loan_change", "NEW.state <> 'entered'"),
    "loan_change_stays_decided": (
        "BEFORE UPDATE",
        "loan_change",
        "OLD.state <> 'entered' AND (" + _moved(["state", "confirmed_by"]) + ")",
    ),
    "loan_check_is_told_once": (
        "BEFORE UPDATE",
        "loan_check",
        "OLD.result IS NOT NULL AND ("
        + _moved(["due_on", "done_on", "result", "findings", "jobs", "done_by"])
        + ")",
    ),
    "side_is_released_once": ("BEFORE UPDATE", "loan_side", "NEW.live AND NOT OLD.live"),
    "guarantee_move_begins_entered": (
        "BEFORE INSERT",
        "guarantee_move",
        "NEW.state <> 'entered' AND NEW.change_id IS NULL",
    ),
    "guarantee_move_of_its_change": (
        "BEFORE INSERT",
        "guarantee_move",
        "NEW.change_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loan_change c "
        "JOIN loan l ON l.id = c.loan_id WHERE c.id = NEW.change_id AND c.state = 'confirmed' "
        "AND c.entered_by = NEW.entered_by AND c.confirmed_by = NEW.confirmed_by "
        "AND l.guarantee_fund_id = NEW.guarantee_fund_id "
        "AND ((c.kind = NEW.kind AND c.fen = NEW.amount) OR (c.kind = 'reversed' AND EXISTS "
        "(SELECT 1 FROM loan_event e WHERE e.loan_id = c.loan_id AND e.number = c.reverses "
        "AND e.fen = NEW.amount AND e.kind || '_reversed' = NEW.kind))))",
    ),
    "guarantee_fund_pays_what_it_holds": (
        "BEFORE INSERT",
        "guarantee_move",
        "NEW.kind IN ('compensated', 'recovered_reversed') "
        f"AND NEW.amount > ({CAPITAL.format('NEW.guarantee_fund_id')})",
    ),
    "guarantee_share_stands": (
        "BEFORE UPDATE",
        "guarantee_fund",
        "NEW.share_percent IS NOT OLD.share_percent AND EXISTS (SELECT 1 FROM loan l "
        "WHERE l.guarantee_fund_id = NEW.id AND l.exposure > 0)",
    ),
    "guarantee_capital_stands": (
        "BEFORE UPDATE",
        "guarantee_move",
        "NEW.kind = 'capital_out' AND NEW.state = 'confirmed' AND OLD.state = 'entered' AND "  # noqa: S608 - from above
        "(SELECT coalesce(sum(l.exposure), 0) FROM loan l "
        "WHERE l.guarantee_fund_id = NEW.guarantee_fund_id) > "
        f"(SELECT f.leverage * (({CAPITAL.format('f.id')}) - NEW.amount) "
        "FROM guarantee_fund f WHERE f.id = NEW.guarantee_fund_id)",
    ),
    "guarantee_move_stays_decided": (
        "BEFORE UPDATE",
        "guarantee_move",
        "OLD.state <> 'entered' AND (" + _moved(["state", "confirmed_by"]) + ")",
    ),
    "subsidy_claim_ways": (
        "BEFORE UPDATE",
        "subsidy_claim",
        "NEW.state IS NOT OLD.state AND OLD.state || '>' || NEW.state NOT IN "
        "('drafted>confirmed', 'drafted>withdrawn', 'confirmed>sent', 'confirmed>withdrawn', "
        "'sent>received', 'sent>withdrawn') OR (NEW.state = 'sent' AND NEW.sent_on IS NULL) OR "
        "(NEW.state = 'received' AND (NEW.received_on IS NULL OR NEW.received IS NULL "
        "OR (NEW.received <> NEW.fen AND NEW.note = '')))",
    ),
    "subsidy_claim_stays_settled": (
        "BEFORE UPDATE",
        "subsidy_claim",
        "(OLD.state IN ('received', 'withdrawn') AND ("
        + _moved(["received", "received_on"])
        + ")) OR (OLD.state <> 'confirmed' AND NEW.sent_on IS NOT OLD.sent_on)",
    ),
    "subsidy_claim_begins_drafted": (
        "BEFORE INSERT",
        "subsidy_claim",
        "NEW.state <> 'drafted' OR NEW.confirmed_by IS NOT NULL",
    ),
    "subsidy_claim_adds_up": (
        "BEFORE UPDATE",
        "subsidy_claim",
        "(NEW.state <> 'drafted' AND NEW.state <> 'withdrawn' AND NEW.fen IS NOT "  # noqa: S608 - names from below
        "(SELECT coalesce(sum(s.fen), 0) FROM subsidy_line s WHERE s.claim_id = NEW.id)) OR "
        "(OLD.state <> 'drafted' AND (" + _moved(["fen", "confirmed_by"]) + "))",
    ),
    "subsidy_line_of_a_draft": (
        "BEFORE INSERT",
        "subsidy_line",
        "(SELECT state FROM subsidy_claim WHERE id = NEW.claim_id) IS NOT 'drafted'",
    ),
    "subsidy_day_claimed_once": (
        "BEFORE INSERT",
        "subsidy_line",
        "NEW.kind <> 'clawed_back' AND EXISTS (SELECT 1 FROM subsidy_line s "  # noqa: S608 - from above
        "JOIN subsidy_claim c ON c.id = s.claim_id WHERE s.loan_id = NEW.loan_id "
        "AND s.kind <> 'clawed_back' AND c.state <> 'withdrawn' AND s.from_on < NEW.to_on "
        f"AND NEW.from_on < s.to_on AND {STANDS.format('s', 's.fen')} > 0)",
    ),
    "subsidy_clawed_back_was_claimed": (
        "BEFORE INSERT",
        "subsidy_line",
        f"NEW.kind = 'clawed_back' AND {STANDS.format('NEW', '-NEW.fen')} < 1",
    ),
}


def upgrade() -> None:
    op.execute("DROP TRIGGER batch_frozen_by_a_third_person")
    _guarantee_funds()
    _loans()
    _money()
    _subsidy()
    for table, keys in KEYS.items():
        _refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
        _refuse(f"{table}_not_replaced", "BEFORE INSERT", table, _taken(table, keys))
        other = _taken(table, keys, "t.id <> OLD.id AND ")
        _refuse(f"{table}_not_pushed_out", "BEFORE UPDATE", table, other)
    for table, columns in FIXED.items():
        _refuse(f"{table}_fixed", "BEFORE UPDATE", table, _moved(["id", *columns.split()]))
    for name, (when, table, condition) in GUARDS.items():
        _refuse(name, when, table, condition)


def _guarantee_funds() -> None:
    op.create_table(
        "guarantee_fund",
        *_entity(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("leverage", sa.Integer(), nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("stop_percent", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("leverage BETWEEN 1 AND 10", name="ck_guarantee_fund_leverage"),
        sa.CheckConstraint("stop_percent BETWEEN 1 AND 100", name="ck_guarantee_fund_stop"),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name="ck_guarantee_fund_share"),
        sa.PrimaryKeyConstraint("id", name="pk_guarantee_fund"),
        sa.UniqueConstraint("name", name="uq_guarantee_fund_name"),
    )


def _loans() -> None:
    op.create_table(
        "loan",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("borrower_kind", WORD, nullable=False),
        sa.Column("borrower_group", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("firm", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=True),
        sa.Column("asked", ID, nullable=False),
        sa.Column("months_asked", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("previous_id", ID, nullable=True),
        sa.Column("import_batch_id", ID, nullable=True),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("step_due_on", sa.Date(), nullable=True),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("guarantee_fund_id", ID, nullable=True),
        sa.Column("guaranteed", ID, nullable=True),
        sa.Column("exposure", ID, nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("principal", ID, nullable=True),
        sa.Column("contract_number", sa.String(), nullable=False),
        sa.Column("contract_on", sa.Date(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("lent_on", sa.Date(), nullable=True),
        sa.Column("outstanding", ID, nullable=False),
        sa.Column("owed_to_fund", ID, nullable=False),
        sa.Column("overdue_since", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(lent_on IS NULL) = (terms IS NULL)", name="ck_loan_lent_on_terms"),
        sa.CheckConstraint("asked > 0 AND months_asked > 0", name="ck_loan_asked_something"),
        sa.CheckConstraint("principal IS NULL OR principal > 0", name="ck_loan_principal_positive"),
        sa.CheckConstraint(
            "exposure >= 0 AND outstanding >= 0 AND owed_to_fund >= 0", name="ck_loan_owed"
        ),
        *_keys(
            "loan",
            household_id="household",
            guarantee_fund_id="guarantee_fund",
            import_batch_id="import_batch",
            entered_by="staff",
            previous_id="loan",
            member_id="member",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_loan"),
        sa.UniqueConstraint("number", name="uq_loan_number"),
    )
    op.create_index("ix_loan_guarantee_fund_id", "loan", ["guarantee_fund_id"])
    op.create_index("ix_loan_household_id", "loan", ["household_id"])
    op.create_index("ix_loan_id_number", "loan", ["id_number"])
    op.create_index("ix_loan_import_batch_id", "loan", ["import_batch_id"])
    op.create_index("ix_loan_lent", "loan", ["lent_on"])
    op.create_index("ix_loan_member_id", "loan", ["member_id"])
    op.create_index("ix_loan_name", "loan", ["name"])
    op.create_index(
        "ix_loan_overdue",
        "loan",
        ["overdue_since"],
        sqlite_where=sa.text("overdue_since IS NOT NULL"),
    )
    op.create_index("ix_loan_previous_id", "loan", ["previous_id"])
    op.create_index("ix_loan_state", "loan", ["state", "id", "outstanding"])
    op.create_index(
        "ix_loan_step_due",
        "loan",
        ["step_due_on"],
        sqlite_where=sa.text("step_due_on IS NOT NULL"),
    )
    op.create_table(
        "loan_side",
        *_entity(),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("party", WORD, nullable=False),
        sa.Column("form", WORD, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("monthly_income", ID, nullable=True),
        sa.Column("own_debts", ID, nullable=True),
        sa.Column("covers", ID, nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("value", ID, nullable=True),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(party = 'guarantor') = (form IS NOT NULL)", name="ck_loan_side_form"),
        sa.CheckConstraint("covers >= 0", name="ck_loan_side_covers"),
        *_keys("loan_side", household_id="household", loan_id="loan"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_side"),
    )
    op.create_index("ix_loan_side_household_id", "loan_side", ["household_id"])
    op.create_index("ix_loan_side_id_number", "loan_side", ["id_number"])
    op.create_index("ix_loan_side_loan_id", "loan_side", ["loan_id"])
    op.create_table(
        "loan_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("amount", ID, nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("outcome = 'passed' OR note <> ''", name="ck_loan_step_with_words"),
        *_keys("loan_step", loan_id="loan", decided_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_step"),
    )
    op.create_index("ix_loan_step_loan_id", "loan_step", ["loan_id"])


def _money() -> None:
    op.create_table(
        "loan_change",
        *_entity(),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("payer", WORD, nullable=True),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> entered_by",
            name="ck_loan_change_second_person",
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR confirmed_by IS NOT NULL", name="ck_loan_change_confirmed"
        ),
        sa.CheckConstraint("fen >= 0", name="ck_loan_change_fen"),
        *_keys("loan_change", confirmed_by="staff", loan_id="loan", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_change"),
    )
    op.create_index("ix_loan_change_loan_id", "loan_change", ["loan_id"])
    op.create_index("ix_loan_change_state", "loan_change", ["state"])
    op.create_table(
        "loan_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("payer", WORD, nullable=True),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("change_id", ID, nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("fen >= 0", name="ck_loan_event_fen"),
        *_keys("loan_event", entered_by="staff", loan_id="loan", change_id="loan_change"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_event"),
    )
    op.create_index("uq_loan_event_change_id", "loan_event", ["change_id"], unique=True)
    op.create_index("uq_loan_event_number", "loan_event", ["loan_id", "number"], unique=True)
    op.create_table(
        "loan_instalment",
        sa.Column("id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("principal", ID, nullable=False),
        sa.Column("interest", ID, nullable=False),
        sa.Column("subsidy", ID, nullable=False),
        sa.Column("paid", ID, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *_keys("loan_instalment", loan_id="loan"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_instalment"),
    )
    op.create_index(
        "ix_loan_instalment_open",
        "loan_instalment",
        ["due_on", "pay_by", "loan_id", "principal", "interest", "paid", "open"],
        sqlite_where=sa.text("open"),
    )
    op.create_index(
        "uq_loan_instalment_number", "loan_instalment", ["loan_id", "number"], unique=True
    )
    op.create_table(
        "loan_check",
        *_entity(),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", WORD, nullable=True),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=True),
        sa.Column("done_by", ID, nullable=True),
        sa.CheckConstraint(
            "result IS NULL OR result = 'in_order' OR findings <> ''", name="ck_loan_check_words"
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (done_by IS NULL)", name="ck_loan_check_done_by_someone"
        ),
        *_keys("loan_check", done_by="staff", loan_id="loan"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_check"),
    )
    op.create_index(
        "ix_loan_check_due", "loan_check", ["due_on"], sqlite_where=sa.text("result IS NULL")
    )
    op.create_index("ix_loan_check_loan_id", "loan_check", ["loan_id"])
    op.create_table(
        "guarantee_move",
        *_entity(),
        sa.Column("guarantee_fund_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("change_id", ID, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.CheckConstraint(
            "(kind NOT IN ('capital_in', 'capital_out')) = (change_id IS NOT NULL)",
            name="ck_guarantee_move_change",
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> entered_by",
            name="ck_guarantee_move_second_person",
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR confirmed_by IS NOT NULL", name="ck_guarantee_move_confirmed"
        ),
        sa.CheckConstraint("amount > 0", name="ck_guarantee_move_amount_positive"),
        *_keys(
            "guarantee_move",
            change_id="loan_change",
            entered_by="staff",
            confirmed_by="staff",
            guarantee_fund_id="guarantee_fund",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_guarantee_move"),
    )
    op.create_index("ix_guarantee_move_guarantee_fund_id", "guarantee_move", ["guarantee_fund_id"])
    op.create_index("uq_guarantee_move_change_id", "guarantee_move", ["change_id"], unique=True)
    op.create_table(
        "guarantee_quota",
        *_entity(),
        sa.Column("guarantee_fund_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.CheckConstraint("fen >= 0", name="ck_guarantee_quota_fen"),
        *_keys("guarantee_quota", guarantee_fund_id="guarantee_fund", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_guarantee_quota"),
    )
    op.create_index(
        "uq_guarantee_quota_district",
        "guarantee_quota",
        ["guarantee_fund_id", "year", "district"],
        unique=True,
    )


def _subsidy() -> None:
    op.create_table(
        "subsidy_claim",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received", ID, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafted', 'withdrawn') OR confirmed_by IS NOT NULL",
            name="ck_subsidy_claim_confirmed",
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> made_by", name="ck_subsidy_claim_second_person"
        ),
        *_keys("subsidy_claim", made_by="staff", confirmed_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_subsidy_claim"),
        sa.UniqueConstraint("number", name="uq_subsidy_claim_number"),
    )
    op.create_index(
        "uq_subsidy_claim_quarter",
        "subsidy_claim",
        ["bank", "first_day"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "subsidy_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("base", ID, nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("fen", ID, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'clawed_back') = (fen < 0)", name="ck_subsidy_line_sign"),
        *_keys("subsidy_line", claim_id="subsidy_claim", loan_id="loan"),
        sa.PrimaryKeyConstraint("id", name="pk_subsidy_line"),
    )
    op.create_index("ix_subsidy_line_claim_id", "subsidy_line", ["claim_id"])
    op.create_index("ix_subsidy_line_loan", "subsidy_line", ["loan_id", "from_on"])


def _entity() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


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

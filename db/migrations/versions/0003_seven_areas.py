"""What the seven areas ask and give: further facts, services and referrals, policy kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

AWARD = ["number", "case_id", "household_id", "member_id", "measure", "year"]
"""Columns of an award that stay as they were written."""

REQUEST = [
    *("number", "household_id", "case_id", "member_id", "measure", "kind", "title", "department"),
    *("entitlement", "papers", "assessment_id", "note", "requested_by", "requested_at", "due_on"),
]
"""Columns of a request that stay as they were written: what was asked, for whom, by whom."""

CLOSING = ["state", "result", "closed_by", "closed_at"]
"""Columns of a request that are written once more, when it is closed."""

OF_THE_HOUSEHOLD = (
    "NEW.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member m "
    "WHERE m.id = NEW.member_id AND m.household_id = NEW.household_id)"
)


def upgrade() -> None:
    _facts()
    _policy_document()
    _service_request()
    _award_for_a_member()
    op.create_index("ix_paper_state", "paper", ["state"])


def _facts() -> None:
    op.add_column("household", sa.Column("financial_assets", ID, nullable=True))
    for table, name in (
        ("household", "wage_arrears"),
        ("household", "labour_dispute"),
        ("household", "in_mutual_aid"),
        ("member", "admitted_this_year"),
    ):
        answer = sa.Column(name, sa.String(length=40), nullable=False, server_default="not_asked")
        op.add_column(table, answer)
    op.add_column("member", sa.Column("unemployed_since", sa.Date(), nullable=True))


def _award_for_a_member() -> None:
    member = sa.ForeignKey("member.id", name="fk_award_member_id_member")
    column = sa.Column("member_id", ID, member, nullable=True)
    op.add_column("award", column, inline_references=True)
    op.execute("DROP TRIGGER award_fixed")
    _refuse("award_fixed", "BEFORE UPDATE", "award", _moved(["id", *AWARD]))
    _refuse("award_member", "BEFORE INSERT", "award", OF_THE_HOUSEHOLD)


def _policy_document() -> None:
    op.create_table(
        "policy_document",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_document"),
    )
    op.create_index("ix_policy_document_pack", "policy_document", ["pack"])
    taken = "EXISTS (SELECT 1 FROM policy_document t WHERE t.digest = NEW.digest)"
    _refuse("policy_document_kept", "BEFORE DELETE", "policy_document", "1")
    _refuse("policy_document_not_replaced", "BEFORE INSERT", "policy_document", taken)
    _refuse("policy_document_unchanged", "BEFORE UPDATE", "policy_document", "1")


def _service_request() -> None:
    table = "service_request"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("entitlement", sa.String(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("requested_by", ID, nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('service', 'referral')", name="ck_service_request_no_money"),
        sa.CheckConstraint(
            "(state = 'open') = (closed_by IS NULL) AND (closed_by IS NULL) = (closed_at IS NULL)",
            name="ck_service_request_closed_by_someone",
        ),
        sa.CheckConstraint(
            "state = 'open' OR result <> ''", name="ck_service_request_closed_with_words"
        ),
        *_keys(
            table,
            household_id="household",
            case_id="case",
            member_id="member",
            assessment_id="assessment",
            requested_by="staff",
            closed_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service_request"),
        sa.UniqueConstraint("number", name="uq_service_request_number"),
    )
    op.create_index("ix_service_request_household_id", table, ["household_id"])
    op.create_index("ix_service_request_case_id", table, ["case_id"])
    op.create_index("ix_service_request_state", table, ["state", "id"])
    taken = "EXISTS (SELECT 1 FROM service_request t WHERE (t.id = NEW.id OR t.number = NEW.number)"
    _refuse("service_request_kept", "BEFORE DELETE", table, "1")
    _refuse("service_request_not_replaced", "BEFORE INSERT", table, f"{taken})")
    other = f"{taken} AND t.id <> OLD.id)"
    _refuse("service_request_not_pushed_out", "BEFORE UPDATE", table, other)
    _refuse("service_request_fixed", "BEFORE UPDATE", table, _moved(["id", *REQUEST]))
    _refuse("service_request_begins_open", "BEFORE INSERT", table, "NEW.state <> 'open'")
    _refuse(
        "service_request_stays_closed",
        "BEFORE UPDATE",
        table,
        f"OLD.state <> 'open' AND ({_moved(CLOSING)})",
    )
    _refuse("service_request_member", "BEFORE INSERT", table, OF_THE_HOUSEHOLD)


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

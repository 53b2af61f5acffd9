"""Job service: seekers, recognitions, employers, vacancies, referrals, placements, training."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(length=40)

KEYS = {
    "course": ("id", "number"),
    "employer": ("id", "uscc"),
    "employer_bar": ("id", "employer_id | {0}.state = 'in_force'"),
    "enrolment": (
        "id",
        "course_id job_seeker_id | {0}.state <> 'withdrawn'",
        "training_voucher_id | {0}.state <> 'withdrawn'",
    ),
    "follow_up": ("id",),
    "job_referral": ("id", "number", "job_seeker_id vacancy_id | {0}.state <> 'void'"),
    "job_seeker": ("id", "number", "id_number | {0}.state <> 'withdrawn'"),
    "match_exclusion": ("id", "job_seeker_id vacancy_id | {0}.live"),
    "placement": ("id", "number", "job_referral_id | {0}.state <> 'taken_back'"),
    "recognition": ("id", "number", "job_seeker_id | {0}.state IN ('applied', 'recognised')"),
    "training_voucher": ("id", "number", "job_seeker_id | {0}.state = 'issued'"),
    "vacancy": ("id", "number"),
}
"""New tables with their keys, each with the rows it holds for: as in 0002."""

FIXED = {
    "course": "number entered_by entered_at",
    "employer": "entered_by entered_at",
    "employer_bar": "employer_id reason document barred_on barred_by",
    "enrolment": "course_id job_seeker_id training_voucher_id enrolled_on enrolled_by enrolled_at",
    "follow_up": "placement_id month due_on done_on result wage note done_by done_at",
    "job_referral": (
        "number job_seeker_id vacancy_id interview_on interview_at issued_on due_on presumable "
        "rules match issued_by issued_at"
    ),
    "job_seeker": "number entered_by entered_at",
    "match_exclusion": "job_seeker_id vacancy_id reason entered_by entered_at",
    "placement": (
        "number job_seeker_id job_referral_id vacancy_id employer_id name id_number employer_name "
        "public_welfare import_batch_id entered_by entered_at"
    ),
    "recognition": "number job_seeker_id grounds findings applied_on applied_by applied_at",
    "training_voucher": "number job_seeker_id issued_on issued_by issued_at",
    "vacancy": "number employer_id public_welfare opened_on entered_by entered_at",
}
"""Columns that stay as they were written, beside the id."""

WAYS = {
    "job_seeker": (
        *("seeking>placed", "placed>seeking", "seeking>withdrawn", "placed>withdrawn"),
        "withdrawn>seeking",
    ),
    "recognition": ("applied>recognised", "applied>refused", "recognised>ended"),
    "vacancy": (
        *("open>filled", "filled>open", "open>withdrawn", "filled>withdrawn", "withdrawn>open"),
    ),
    "employer_bar": ("in_force>lifted",),
    "job_referral": (
        *(f"issued>{there}" for there in ("hired", "not_hired", "not_appeared", "presumed")),
        "issued>void",
        # the slip that came after all
        *("presumed>hired", "presumed>not_hired", "presumed>not_appeared"),
        # a result that was entered wrongly
        *("hired>issued", "not_hired>issued", "not_appeared>issued", "presumed>issued"),
    ),
    "placement": ("working>left", "left>working", "working>taken_back", "left>taken_back"),
    "course": ("open>ended", "open>cancelled", "ended>open"),
    "training_voucher": ("issued>used", "used>issued", "issued>void"),
    "enrolment": (
        *("enrolled>completed", "enrolled>not_completed", "enrolled>withdrawn"),
        *("completed>enrolled", "not_completed>enrolled"),
    ),
}
"""What may follow what."""

BEGINS = {
    "job_seeker": "seeking",
    "recognition": "applied",
    "vacancy": "open",
    "employer_bar": "in_force",
    "job_referral": "issued",
    "placement": "working",
    "course": "open",
    "training_voucher": "issued",
    "enrolment": "enrolled",
}

BARRED = "EXISTS (SELECT 1 FROM employer_bar b WHERE b.employer_id = {} AND b.state = 'in_force')"
"""Whether an employer is on the blacklist."""


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _moved(columns: list[str]) -> str:
    """Say in SQL that one of the columns is not what it was."""
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


GUARDS = {
    "vacancy_of_an_employer_in_good_standing": (
        "BEFORE INSERT",
        "vacancy",
        BARRED.format("NEW.employer_id"),
    ),
    "referral_to_what_is_open": (
        "BEFORE INSERT",
        "job_referral",
        "NOT EXISTS (SELECT 1 FROM vacancy v WHERE v.id = NEW.vacancy_id AND v.state = 'open' "  # noqa: S608 - from above
        f"AND NOT {BARRED.format('v.employer_id')}) OR NOT EXISTS (SELECT 1 FROM job_seeker s "
        "WHERE s.id = NEW.job_seeker_id AND s.state = 'seeking')",
    ),
    "referral_result_stands_with_its_placement": (
        "BEFORE UPDATE",
        "job_referral",
        "OLD.state IN ('hired', 'presumed') AND NEW.state NOT IN ('hired', 'presumed') "
        "AND EXISTS (SELECT 1 FROM placement p WHERE p.job_referral_id = NEW.id "
        "AND p.state <> 'taken_back')",
    ),
    "placement_of_its_referral": (
        "BEFORE INSERT",
        "placement",
        "NEW.job_referral_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM job_referral r "
        "WHERE r.id = NEW.job_referral_id AND r.job_seeker_id = NEW.job_seeker_id "
        "AND r.vacancy_id = NEW.vacancy_id AND (r.state = 'hired' AND NEW.proof <> 'presumed' "
        "OR r.state = 'presumed' AND NEW.proof = 'presumed'))",
    ),
    "placement_presumed_by_its_referral": (
        "BEFORE INSERT",
        "placement",
        "NEW.proof = 'presumed' AND NEW.job_referral_id IS NULL",
    ),
    "placement_presumed_no_more": (
        "BEFORE UPDATE",
        "placement",
        "NEW.proof = 'presumed' AND OLD.proof <> 'presumed'",
    ),
    "public_welfare_post_for_the_recognised": (
        "BEFORE INSERT",
        "placement",
        "NEW.public_welfare AND NEW.import_batch_id IS NULL AND (NEW.ends_on IS NULL "
        "OR NOT EXISTS (SELECT 1 FROM recognition c "
        "WHERE c.job_seeker_id = NEW.job_seeker_id AND c.state = 'recognised'))",
    ),
    "voucher_of_its_person": (
        "BEFORE INSERT",
        "enrolment",
        "NEW.training_voucher_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM training_voucher v "
        "WHERE v.id = NEW.training_voucher_id AND v.job_seeker_id = NEW.job_seeker_id "
        "AND v.state = 'used')",
    ),
    "course_has_seats": (
        "BEFORE INSERT",
        "enrolment",
        "NOT EXISTS (SELECT 1 FROM course c WHERE c.id = NEW.course_id AND c.state = 'open' "
        "AND c.seats > (SELECT count(*) FROM enrolment e WHERE e.course_id = c.id "
        "AND e.state <> 'withdrawn'))",
    ),
    "course_keeps_its_seats": (
        "BEFORE UPDATE",
        "course",
        "NEW.seats < (SELECT count(*) FROM enrolment e WHERE e.course_id = NEW.id "
        "AND e.state <> 'withdrawn')",
    ),
    "recognition_stays_decided": (
        "BEFORE UPDATE",
        "recognition",
        "OLD.state <> 'applied' AND (" + _moved(["decided_by", "decided_on"]) + ")",
    ),
    "exclusion_is_taken_back_once": (
        "BEFORE UPDATE",
        "match_exclusion",
        "NEW.live AND NOT OLD.live",
    ),
}


def upgrade() -> None:
    _employer()
    _vacancy()
    _employer_bar()
    _job_seeker()
    _recognition()
    _match_exclusion()
    _job_referral()
    _placement()
    _follow_up()
    _course()
    _training_voucher()
    _enrolment()
    for table, keys in KEYS.items():
        _refuse(f"{table}_kept", "BEFORE DELETE", table, "1")
        _refuse(f"{table}_not_replaced", "BEFORE INSERT", table, _taken(table, keys))
        other = _taken(table, keys, "t.id <> OLD.id AND ")
        _refuse(f"{table}_not_pushed_out", "BEFORE UPDATE", table, other)
    for table, columns in FIXED.items():
        _refuse(f"{table}_fixed", "BEFORE UPDATE", table, _moved(["id", *columns.split()]))
    for table, ways in WAYS.items():
        moved = (
            f"NEW.state IS NOT OLD.state AND OLD.state || '>' || NEW.state NOT IN ({_words(ways)})"
        )
        _refuse(f"{table}_ways", "BEFORE UPDATE", table, moved)
    for table, state in BEGINS.items():
        _refuse(f"{table}_begins", "BEFORE INSERT", table, f"NEW.state <> '{state}'")
    for name, (when, table, condition) in GUARDS.items():
        _refuse(name, when, table, condition)


def _employer() -> None:
    op.create_table(
        "employer",
        *_entity(),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("handler_id_number", sa.String(), nullable=False),
        sa.Column("licence_seen_on", sa.Date(), nullable=True),
        sa.Column("letter_seen_on", sa.Date(), nullable=True),
        sa.Column("from_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("elsewhere_proof", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("uscc <> ''", name="ck_employer_with_uscc"),
        *_keys("employer", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
        sa.UniqueConstraint("uscc", name="uq_employer_uscc"),
    )
    op.create_index("ix_employer_name", "employer", ["name"])


def _employer_bar() -> None:
    op.create_table(
        "employer_bar",
        *_entity(),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("barred_on", sa.Date(), nullable=False),
        sa.Column("barred_by", ID, nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("objection", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", ID, nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.CheckConstraint(
            "lifted_by IS NULL OR lifted_by <> barred_by", name="ck_employer_bar_second_person"
        ),
        sa.CheckConstraint(
            "(state = 'lifted') = (lifted_by IS NOT NULL) AND "
            "(lifted_by IS NULL) = (lifted_on IS NULL)",
            name="ck_employer_bar_lifted_by_someone",
        ),
        sa.CheckConstraint("reason <> ''", name="ck_employer_bar_with_words"),
        *_keys("employer_bar", lifted_by="staff", barred_by="staff", employer_id="employer"),
        sa.PrimaryKeyConstraint("id", name="pk_employer_bar"),
    )
    op.create_index("ix_employer_bar_employer_id", "employer_bar", ["employer_id"])
    op.create_index(
        "uq_employer_bar_live",
        "employer_bar",
        ["employer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'in_force'"),
    )


def _vacancy() -> None:
    op.create_table(
        "vacancy",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("public_welfare", sa.Boolean(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("hired", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("workplace", sa.String(), nullable=False),
        sa.Column("shift", WORD, nullable=False),
        sa.Column("working_hours", sa.String(), nullable=False),
        sa.Column("strains", sa.Integer(), nullable=False),
        sa.Column("wage_from", ID, nullable=False),
        sa.Column("wage_to", ID, nullable=True),
        sa.Column("pay_unit", WORD, nullable=False),
        sa.Column("education", WORD, nullable=True),
        sa.Column("skill_grade", WORD, nullable=True),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("sex", WORD, nullable=True),
        sa.Column("limit_ground", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("contract_months", sa.Integer(), nullable=True),
        sa.Column("probation_months", sa.Integer(), nullable=True),
        sa.Column("insured", WORD, nullable=False),
        sa.Column("board", WORD, nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("heads > 0 AND hired >= 0", name="ck_vacancy_heads"),
        sa.CheckConstraint("age_from IS NULL OR age_from >= 16", name="ck_vacancy_no_child_labour"),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR ended_reason <> ''", name="ck_vacancy_withdrawn_with_words"
        ),
        sa.CheckConstraint(
            "(age_from IS NULL AND age_to IS NULL AND sex IS NULL) OR limit_ground <> ''",
            name="ck_vacancy_limit_has_ground",
        ),
        sa.CheckConstraint(
            "wage_from > 0 AND (wage_to IS NULL OR wage_to >= wage_from)", name="ck_vacancy_wage"
        ),
        *_keys("vacancy", employer_id="employer", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_vacancy"),
        sa.UniqueConstraint("number", name="uq_vacancy_number"),
    )
    op.create_index("ix_vacancy_employer_id", "vacancy", ["employer_id"])
    op.create_index("ix_vacancy_occupation", "vacancy", ["occupation"])
    op.create_index(
        "ix_vacancy_match",
        "vacancy",
        [
            *("state", "confirmed_on", "valid_until", "hired", "heads", "employer_id", "district"),
            *("shift", "strains", "sex", "age_from", "age_to", "public_welfare", "occupation"),
            *("wage_from", "wage_to", "pay_unit", "education", "skill_grade", "insured", "board"),
        ],
    )


def _job_seeker() -> None:
    op.create_table(
        "job_seeker",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("sex", WORD, nullable=False),
        sa.Column("birth", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("person_kind", WORD, nullable=True),
        sa.Column("residence_type", sa.String(), nullable=True),
        sa.Column("marital_status", sa.String(), nullable=True),
        sa.Column("employment_number", sa.String(), nullable=False),
        sa.Column("unemployed_registered", WORD, nullable=False),
        sa.Column("unemployed_since", sa.Date(), nullable=True),
        sa.Column("receives_dibao", WORD, nullable=False),
        sa.Column("zero_employment", WORD, nullable=False),
        sa.Column("disabled", WORD, nullable=False),
        sa.Column("union_member", WORD, nullable=False),
        sa.Column("education", WORD, nullable=True),
        sa.Column("major", sa.String(), nullable=False),
        sa.Column("skill_grade", WORD, nullable=True),
        sa.Column("skills", sa.String(), nullable=False),
        sa.Column("resume", sa.String(), nullable=False),
        sa.Column("limits", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("wage_wish", ID, nullable=True),
        sa.Column("districts", sa.Text(), nullable=False),
        sa.Column("shifts", sa.Integer(), nullable=False),
        sa.Column("board", WORD, nullable=False),
        sa.Column("wants_training", WORD, nullable=False),
        sa.Column("available_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("service_request_id", ID, nullable=True),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("shifts > 0", name="ck_job_seeker_some_shift"),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR ended_reason <> ''", name="ck_job_seeker_withdrawn_with_words"
        ),
        sa.CheckConstraint(
            "wage_wish IS NULL OR wage_wish > 0", name="ck_job_seeker_wage_wish_positive"
        ),
        *_keys(
            "job_seeker",
            household_id="household",
            member_id="member",
            service_request_id="service_request",
            entered_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job_seeker"),
        sa.UniqueConstraint("number", name="uq_job_seeker_number"),
    )
    op.create_index("ix_job_seeker_household_id", "job_seeker", ["household_id"])
    op.create_index("ix_job_seeker_id_number", "job_seeker", ["id_number"])
    op.create_index("ix_job_seeker_member_id", "job_seeker", ["member_id"])
    op.create_index("ix_job_seeker_name", "job_seeker", ["name"])
    op.create_index("ix_job_seeker_service_request_id", "job_seeker", ["service_request_id"])
    op.create_index(
        "ix_job_seeker_match",
        "job_seeker",
        [
            *("state", "valid_until", "birth", "sex", "limits", "districts", "shifts", "wishes"),
            *("wage_wish", "district", "education", "skill_grade", "board"),
        ],
    )
    op.create_index(
        "uq_job_seeker_live",
        "job_seeker",
        ["id_number"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
    )


def _recognition() -> None:
    op.create_table(
        "recognition",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("job_seeker_id", ID, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", ID, nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'applied') = (decided_by IS NULL) AND "
            "(decided_by IS NULL) = (decided_on IS NULL)",
            name="ck_recognition_decided_by_someone",
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR opinion <> ''", name="ck_recognition_refused_with_words"
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_on IS NOT NULL) AND "
            "(state = 'ended') <= (ended_reason <> '')",
            name="ck_recognition_ended_with_words",
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> applied_by", name="ck_recognition_second_person"
        ),
        *_keys("recognition", decided_by="staff", job_seeker_id="job_seeker", applied_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_recognition"),
        sa.UniqueConstraint("number", name="uq_recognition_number"),
    )
    op.create_index("ix_recognition_job_seeker_id", "recognition", ["job_seeker_id"])
    op.create_index("ix_recognition_state", "recognition", ["state", "id"])
    op.create_index(
        "uq_recognition_live",
        "recognition",
        ["job_seeker_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('applied', 'recognised')"),
    )


def _match_exclusion() -> None:
    op.create_table(
        "match_exclusion",
        *_entity(),
        sa.Column("job_seeker_id", ID, nullable=False),
        sa.Column("vacancy_id", ID, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="ck_match_exclusion_with_words"),
        *_keys(
            "match_exclusion", entered_by="staff", vacancy_id="vacancy", job_seeker_id="job_seeker"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_match_exclusion"),
    )
    op.create_index("ix_match_exclusion_vacancy_id", "match_exclusion", ["vacancy_id"])
    op.create_index(
        "uq_match_exclusion_pair",
        "match_exclusion",
        ["job_seeker_id", "vacancy_id"],
        unique=True,
        sqlite_where=sa.text("live"),
    )


def _job_referral() -> None:
    op.create_table(
        "job_referral",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("job_seeker_id", ID, nullable=False),
        sa.Column("vacancy_id", ID, nullable=False),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("interview_at", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("presumable", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("match", sa.Text(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("reason", WORD, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("issued_by", ID, nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("told_by", ID, nullable=True),
        sa.CheckConstraint(
            "state <> 'presumed' OR presumable", name="ck_job_referral_presumed_by_rule"
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'void')) = (result_on IS NULL)",
            name="ck_job_referral_result_has_a_day",
        ),
        sa.CheckConstraint("state <> 'void' OR note <> ''", name="ck_job_referral_void_with_words"),
        sa.CheckConstraint(
            "state <> 'not_hired' OR reason IS NOT NULL", name="ck_job_referral_not_hired_why"
        ),
        *_keys(
            "job_referral",
            job_seeker_id="job_seeker",
            vacancy_id="vacancy",
            issued_by="staff",
            told_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job_referral"),
        sa.UniqueConstraint("number", name="uq_job_referral_number"),
    )
    op.create_index("ix_job_referral_issued_on", "job_referral", ["issued_on"])
    op.create_index("ix_job_referral_state", "job_referral", ["state", "due_on"])
    op.create_index("ix_job_referral_vacancy_id", "job_referral", ["vacancy_id"])
    op.create_index(
        "uq_job_referral_pair",
        "job_referral",
        ["job_seeker_id", "vacancy_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'void'"),
    )


def _placement() -> None:
    op.create_table(
        "placement",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("job_seeker_id", ID, nullable=True),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("job_referral_id", ID, nullable=True),
        sa.Column("vacancy_id", ID, nullable=True),
        sa.Column("employer_id", ID, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("person_kind", WORD, nullable=True),
        sa.Column("employer_name", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("public_welfare", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("wage", ID, nullable=True),
        sa.Column("contract_months", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("free_of_charge", WORD, nullable=False),
        sa.Column("proof", WORD, nullable=False),
        sa.Column("proof_words", sa.String(), nullable=False),
        sa.Column("insured_from", sa.Date(), nullable=True),
        sa.Column("proved_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("next_follow_up_on", sa.Date(), nullable=True),
        sa.Column("next_follow_up_month", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("import_batch_id", ID, nullable=True),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state <> 'taken_back' OR end_reason <> ''", name="ck_placement_taken_back_with_words"
        ),
        sa.CheckConstraint("wage IS NULL OR wage > 0", name="ck_placement_wage_positive"),
        sa.CheckConstraint(
            "(proof = 'insurance') <= (insured_from IS NOT NULL)", name="ck_placement_insured"
        ),
        sa.CheckConstraint("(state = 'left') = (left_on IS NOT NULL)", name="ck_placement_left_on"),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= started_on", name="ck_placement_left_after_start"
        ),
        *_keys(
            "placement",
            member_id="member",
            household_id="household",
            job_seeker_id="job_seeker",
            entered_by="staff",
            import_batch_id="import_batch",
            job_referral_id="job_referral",
            employer_id="employer",
            vacancy_id="vacancy",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.UniqueConstraint("number", name="uq_placement_number"),
    )
    op.create_index("ix_placement_employer_id", "placement", ["employer_id"])
    op.create_index("ix_placement_household_id", "placement", ["household_id"])
    op.create_index("ix_placement_id_number", "placement", ["id_number"])
    op.create_index("ix_placement_import_batch_id", "placement", ["import_batch_id"])
    op.create_index("ix_placement_job_seeker_id", "placement", ["job_seeker_id"])
    op.create_index("ix_placement_member_id", "placement", ["member_id"])
    op.create_index("ix_placement_name", "placement", ["name"])
    op.create_index(
        "ix_placement_next_follow_up_on",
        "placement",
        ["next_follow_up_on"],
        sqlite_where=sa.text("next_follow_up_on IS NOT NULL"),
    )
    op.create_index("ix_placement_started_on", "placement", ["started_on"])
    op.create_index("ix_placement_state", "placement", ["state", "id"])
    op.create_index("ix_placement_vacancy_id", "placement", ["vacancy_id"])
    op.create_index(
        "uq_placement_job_referral_id",
        "placement",
        ["job_referral_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'taken_back'"),
    )


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("placement_id", ID, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("result", WORD, nullable=False),
        sa.Column("wage", ID, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("done_by", ID, nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        *_keys("follow_up", placement_id="placement", done_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
    )
    op.create_index("ix_follow_up_placement_id", "follow_up", ["placement_id", "month"])


def _course() -> None:
    op.create_table(
        "course",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_course_days"),
        sa.CheckConstraint("seats > 0 AND hours > 0", name="ck_course_size"),
        sa.CheckConstraint(
            "state <> 'cancelled' OR ended_reason <> ''", name="ck_course_cancelled_with_words"
        ),
        *_keys("course", entered_by="staff"),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.UniqueConstraint("number", name="uq_course_number"),
    )
    op.create_index("ix_course_state", "course", ["state", "starts_on"])


def _training_voucher() -> None:
    op.create_table(
        "training_voucher",
        *_entity(),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("job_seeker_id", ID, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("issued_by", ID, nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state <> 'void' OR reason <> ''", name="ck_training_voucher_void_with_words"
        ),
        sa.CheckConstraint("valid_until >= issued_on", name="ck_training_voucher_days"),
        *_keys("training_voucher", issued_by="staff", job_seeker_id="job_seeker"),
        sa.PrimaryKeyConstraint("id", name="pk_training_voucher"),
        sa.UniqueConstraint("number", name="uq_training_voucher_number"),
    )
    op.create_index("ix_training_voucher_job_seeker_id", "training_voucher", ["job_seeker_id"])
    op.create_index(
        "uq_training_voucher_live",
        "training_voucher",
        ["job_seeker_id"],
        unique=True,
        sqlite_where=sa.text("state = 'issued'"),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        *_entity(),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("job_seeker_id", ID, nullable=False),
        sa.Column("training_voucher_id", ID, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("enrolled_by", ID, nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(state = 'completed') = (completed_on IS NOT NULL)",
            name="ck_enrolment_completed_on_a_day",
        ),
        sa.CheckConstraint(
            "state NOT IN ('not_completed', 'withdrawn') OR note <> ''",
            name="ck_enrolment_ended_with_words",
        ),
        *_keys(
            "enrolment",
            training_voucher_id="training_voucher",
            course_id="course",
            enrolled_by="staff",
            job_seeker_id="job_seeker",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
    )
    op.create_index("ix_enrolment_completed_on", "enrolment", ["completed_on"])
    op.create_index("ix_enrolment_job_seeker_id", "enrolment", ["job_seeker_id"])
    op.create_index(
        "uq_enrolment_seat",
        "enrolment",
        ["course_id", "job_seeker_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index(
        "uq_enrolment_voucher",
        "enrolment",
        ["training_voucher_id"],
        unique=True,
        sqlite_where=sa.text("training_voucher_id IS NOT NULL AND state <> 'withdrawn'"),
    )


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

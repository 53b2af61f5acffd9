"""The tour: a newcomer's first minutes with the program, through its real pages."""

import hashlib
import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.clock import SystemClock
from app.core.money import Fen, yuan_text
from app.core.record import Nothing
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.core.words.placements import PlacementState, Proof, RecognitionState, ReferralState
from app.demo.center import PASSWORD
from app.disbursements.batch_queries import batch_rows
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from app.exchange.importing_queries import import_rows
from app.households.queries import household_view
from app.households.records import ById
from app.loans.queries import loan_view
from app.loans.records import LoanById
from app.office import Office, enter_store
from app.papers.fonts import missing_glyphs
from app.placements.job_worklists import to_reassess
from app.placements.placement_queries import placement_rows
from app.placements.placement_records import PlacementQuery, ReassessQuery
from app.placements.recognition_queries import recognition_rows
from app.placements.recognition_records import RecognitionQuery
from app.placements.referral_queries import referral_rows
from app.placements.referral_records import ReferralQuery
from app.reports.queries import check_store
from app.work import Actor

pytestmark = pytest.mark.timeout(580)
"""The first test takes the whole tour: more than a hundred pictures on a busy machine."""

ROOT = Path(__file__).resolve().parents[2]
LOAN_PAPERS = {
    *("loan_recommendation", "loan_survey", "guarantee_commitment", "repayment_plan"),
    *("repayment_receipt", "overdue_notice"),
}
PAGES = {
    *("first-start", "sign-in", "workbench", "search", "intake", "household", "cases"),
    *("assessment", "assessment-150", "assessment-missing", "assessment-trial"),
    *("papers-reason_sheet", "papers-missing_notice", "papers-referral_slip"),
    *("award", "approval", "batch", "funds", "papers", "audit", "staff", "values", "backups"),
    *("imports", "imports-150", "imports-mended", "imports-decided", "imports-done"),
    *("imported-search", "imported-household", "imported-intake", "imported-assessment"),
    *("imported-award", "imported-approval", "imported-result", "imported-paper"),
    *("reports", "reports-payments", "reports-charts", "reports-charts-150", "reports-charts-dark"),
    *("loans", "loans-150", "loans-dark", "loans-contrast", "loan-enquiry", "loan-eligibility"),
    *("loan-recommendation", "loan-survey", "loan-guarantee", "loan-guarantor"),
    *("loan-counter-guarantee", "loan-bank", "loan-lending", "loan-plan", "loan-overdue"),
    *("loan-repayment", "loan-compensation", "loan-compensated-to-confirm", "loan-compensated"),
    *("loan-recovery", "loan-recovered-to-confirm", "loan-recovered"),
    *(f"papers-{kind}" for kind in LOAN_PAPERS),
    *("workbench-jobs", "vacancies", "vacancies-150", "employers", "vacancy-new", "vacancy"),
    *("jobs", "jobs-150", "jobs-dark", "jobs-contrast", "seeker-new", "matches", "letter-new"),
    *("papers-referral_letter", "slips", "slip-result", "placement", "recognition"),
    *("recognition-decision", "workbench-to-assess-again", "training", "training-150"),
    *("settings", "lock", "notices", "filing-steps", "filing-steps-150"),
}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take the tour once, as a process of its own, in a folder with a space and Chinese."""
    folder = tmp_path_factory.mktemp("巡览 一") / "出 图"
    done = subprocess.run(
        [sys.executable, "-m", "ui", "tour", "--out", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=560,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def told(album: Path) -> dict[str, Any]:
    return json.loads((album / "tour.json").read_text(encoding="utf-8"))


def opened(album: Path, user: str) -> tuple[Office, Actor]:
    return enter_store(album / "center.db", user, PASSWORD, SystemClock())


def test_every_page_has_a_picture_of_its_own(album: Path, told: dict[str, Any]) -> None:
    pictures = told["pictures"]
    assert {picture["page"] for picture in pictures} >= PAGES
    digests = [hashlib.sha256((album / each["file"]).read_bytes()).hexdigest() for each in pictures]
    assert digests == [each["digest"] for each in pictures]
    assert len(set(digests)) == len(digests)


def test_no_page_makes_the_window_larger(album: Path, told: dict[str, Any]) -> None:
    sizes = {
        each["file"]: struct.unpack(">II", (album / each["file"]).read_bytes()[16:24])
        for each in told["pictures"]
    }
    assert set(sizes.values()) == {(1366, 768)}, sizes


def test_a_page_shows_its_title_and_no_sign_that_no_font_has(told: dict[str, Any]) -> None:
    for picture in told["pictures"]:
        shown = "".join(picture["texts"])
        if picture["page"] not in ("first-start", "sign-in", "search", "lock"):
            assert picture["title"] in shown, picture["file"]
        assert not missing_glyphs(shown.replace("\n", "")), picture["file"]


def test_the_papers_say_what_the_store_says(album: Path, told: dict[str, Any]) -> None:
    kinds = {paper["kind"] for paper in told["papers"]}
    assert kinds == {
        *("acceptance_receipt", "approval_form", "payment_list", "hardship_certificate"),
        *("reason_sheet", "missing_notice", "referral_slip", "public_notice"),
        *("referral_letter", "training_voucher"),
        *LOAN_PAPERS,
    }
    office, qian = opened(album, "qian")
    try:
        awards = office.ask(qian, award_rows, AwardQuery())
        batches = office.ask(qian, batch_rows, Nothing())
    finally:
        office.close()
    amounts = {
        "approval_form": next(row.amount for row in awards if row.id == told["job"]["award_id"]),
        "payment_list": next(row.amount for row in batches if row.id == told["job"]["batch_id"]),
    }
    for paper in told["papers"]:
        text = "".join(page.extract_text() for page in pypdf.PdfReader(album / paper["file"]).pages)
        assert paper["number"] in text.replace("\n", "")
        if paper["kind"] in amounts:
            assert paper["amount_fen"] == amounts[paper["kind"]]
            assert yuan_text(amounts[paper["kind"]]) in text


def test_an_imported_household_got_its_relief(album: Path, told: dict[str, Any]) -> None:
    imported = told["job"]["imported"]
    office, wang = opened(album, "wang")
    try:
        view = office.ask(wang, household_view, ById(id=imported["household_id"]))
        [batch] = office.ask(wang, import_rows, Nothing())
        awards = office.ask(wang, award_rows, AwardQuery(household_id=view.id))
    finally:
        office.close()
    assert (view.file_number, view.file_state) == ("哈困000001", FileState.ACTIVE)
    assert (batch.households, batch.merged, batch.left_out) == (10, 1, 1)
    assert [(row.id, row.state) for row in awards] == [(imported["award_id"], AwardState.PAID)]


def test_a_loan_came_to_its_money_and_another_was_compensated(
    album: Path, told: dict[str, Any]
) -> None:
    office, sun = opened(album, "sun")
    try:
        lent, bad = (
            office.ask(sun, loan_view, LoanById(id=told["job"][name]))
            for name in ("loan_id", "overdue_loan_id")
        )
    finally:
        office.close()
    assert (lent.row.state, lent.row.outstanding) == (LoanState.REPAYING, Fen(10_000_000))
    assert len(lent.plan) == 24
    assert bad.row.state is LoanState.COMPENSATED
    assert bad.standing is not None
    assert bad.standing.owed_to_fund == Fen(1_500_000 - 200_000)
    kinds = [(change.kind, change.state, change.mine) for change in bad.changes]
    assert sorted(kinds) == [
        (LoanEventKind.COMPENSATED, ChangeState.CONFIRMED, True),
        (LoanEventKind.RECOVERED, ChangeState.CONFIRMED, True),
    ]
    assert all(change.confirmed_by == "赵建国" for change in bad.changes)


def test_the_head_of_the_household_was_sent_and_hired(album: Path, told: dict[str, Any]) -> None:
    household_id = told["job"]["household_id"]
    office, li = opened(album, "li")
    try:
        [placed] = office.ask(li, placement_rows, PlacementQuery(household_id=household_id))
        [letter] = office.ask(li, referral_rows, ReferralQuery(job_seeker_id=placed.job_seeker_id))
        again = office.ask(li, to_reassess, ReassessQuery())
        recognised = office.ask(li, recognition_rows, RecognitionQuery())
    finally:
        office.close()
    assert (placed.state, placed.proof) == (PlacementState.WORKING, Proof.CONTRACT)
    assert (placed.occupation, placed.wage) == ("缝纫工", 360_000)
    assert (letter.state, letter.placement_id) == (ReferralState.HIRED, placed.id)
    assert household_id in {row.household_id for row in again}
    assert {row.state for row in recognised} == {RecognitionState.RECOGNISED}


def test_three_people_did_it_and_the_trail_says_so(album: Path, told: dict[str, Any]) -> None:
    job = told["job"]
    assert len({job["proposer"], job["approver"], job["payer"]}) == 3
    office, zhou = opened(album, "zhou")
    try:
        acts = office.ask(zhou, audit_rows, AuditQuery(limit=1000))
        report = office.ask(zhou, check_store, Nothing())
    finally:
        office.close()
    decided = [act for act in acts if act.verb == "disbursements.decide_award"]
    assert job["approver"] in {act.actor for act in decided}
    assert set(report.parts.values()) == {"ok"}, report.findings

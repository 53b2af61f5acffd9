"""A store checked against itself: what was altered with the guards switched off is named."""

from pathlib import Path

import pytest

from app.audit.records import CheckReport
from app.core.record import Nothing
from app.demo.center import PASSWORD, create
from app.office import enter_store
from app.reports.checking import GUARDS
from app.reports.queries import check_store
from tests.filled import raw


def checked(store: Path) -> CheckReport:
    office, admin = enter_store(store, "admin", PASSWORD)
    try:
        return office.ask(admin, check_store, Nothing())
    finally:
        office.close()


def found(report: CheckReport) -> set[tuple[str, str]]:
    return {(finding.part, finding.row) for finding in report.findings}


def test_the_store_of_the_whole_job_is_as_it_was_written(filled: Path) -> None:
    report = checked(filled)
    assert report.findings == ()
    assert set(report.parts.values()) == {"ok"}
    with raw(filled) as sql:
        newest = sql.run("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")[0]
        acts = sql.one("SELECT count(*) FROM audit")
    assert report.rows == acts
    assert newest == (report.rows, report.last_hash)


def test_the_demonstration_center_is_as_it_was_written(tmp_path: Path) -> None:
    store = tmp_path / "demo.db"
    create(store, households=12)
    assert checked(store).findings == ()


def test_a_store_has_as_many_guards_as_the_check_counts(filled: Path) -> None:
    with raw(filled) as sql:
        assert sql.one("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'") == GUARDS
        sql.run("DROP TRIGGER audit_kept")
    assert found(checked(filled)) == {("integrity", "")}


ALTERED = {
    "UPDATE audit SET actor_name = '别人' WHERE id = 5": {("audit_chain", "audit/5")},
    "UPDATE audit SET at = '2012-01-01 00:00:00.000000' WHERE id = 5": {("audit_chain", "audit/5")},
    "UPDATE audit SET changes = 'x' WHERE id = 9": {("audit_chain", "audit/9")},
    "UPDATE audit SET changes = '[1]' WHERE id = 9": {("audit_chain", "audit/9")},
    "DELETE FROM audit WHERE id = 5": {("audit_chain", "audit/6")},
    "UPDATE award_version SET amount = amount + 100 WHERE id = 1": {
        ("awards", "award_version/1"),
        ("rows", "award_version/1"),
    },
    "UPDATE award_version SET account_number = '6222020000000000003' WHERE id = 2": {
        ("awards", "award_version/2"),
        ("rows", "award_version/2"),
    },
    "UPDATE award_version SET seal = 'x' WHERE id = 1": {
        ("awards", "award_version/1"),
        ("rows", "award_version/1"),
    },
    "UPDATE paper SET facts = replace(facts, '单', '李') WHERE id = 1": {
        ("papers", "paper/1"),
        ("rows", "paper/1"),
    },
    "UPDATE paper SET facts = '{}' WHERE id = 1": {("papers", "paper/1"), ("rows", "paper/1")},
    "UPDATE paper SET state = 'void', voided_by = 2 WHERE id = 1": {("rows", "paper/1")},
    "UPDATE posting SET amount = 1 WHERE id = 3": {("rows", "posting/3"), ("ledger", "fund/1")},
    "UPDATE posting SET fund_id = 2 WHERE id = 3": {
        ("rows", "posting/3"),
        ("ledger", "fund/1"),
        ("ledger", "fund/2"),
    },
    "UPDATE balance SET fen = fen + 1 WHERE fund_id = 1 AND account = 'paid'": {
        ("ledger", "fund/1")
    },
    "UPDATE assessment SET result = '{}' WHERE id = 1": {
        ("assessments", "assessment/1"),
        ("rows", "assessment/1"),
    },
    "UPDATE assessment SET facts = 'x' WHERE id = 1": {
        ("assessments", "assessment/1"),
        ("rows", "assessment/1"),
    },
    "UPDATE household SET income_12_months = 1 WHERE id = 1": {("rows", "household/1")},
    "UPDATE household SET file_state = 'none such' WHERE id = 1": {("rows", "household/1")},
    "UPDATE household SET filed_on = 'never' WHERE id = 1": {("rows", "household/1")},
    "UPDATE member SET id_number = '239081198001010010' WHERE id = 1": {("rows", "member/1")},
    "UPDATE member SET birth = '1999-01-01' WHERE id = 1": {("rows", "member/1")},
    "UPDATE \"case\" SET state = 'refused' WHERE id = 1": {("rows", "case/1")},
    "UPDATE approval SET decided_by = 5 WHERE id = 1": {
        ("rows", "approval/1"),
    },
    "UPDATE award SET year = 2025 WHERE id = 1": {("rows", "award/1")},
    "UPDATE batch SET result_digest = NULL WHERE id = 1": {("rows", "batch/1")},
    "UPDATE batch_line SET state = 'failed' WHERE id = 2": {("rows", "batch_line/2")},
    "UPDATE budget SET document = '另一文件' WHERE id = 1": {("rows", "budget/1")},
    "UPDATE center_value SET amount = amount + 1 WHERE id = 1": {("rows", "center_value/1")},
    "UPDATE fund SET file_required = 0 WHERE id = 1": {("rows", "fund/1")},
    "UPDATE staff SET roles = '[\"supervisor\"]' WHERE id = 1": {("rows", "staff/1")},
    "UPDATE center SET name = '别的中心'": {("rows", "center/1")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'paper.acceptance_receipt'": {
        ("numbers", "paper.acceptance_receipt/2026")
    },
    "INSERT INTO number_series VALUES ('none such', 2026, 1)": {("numbers", "none such/2026")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'case'": {("numbers", "case/2026")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'file'": {("numbers", "file/2026")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'award'": {("numbers", "award/2026")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'batch'": {("numbers", "batch/2026")},
    "UPDATE number_series SET last = last + 1 WHERE series = 'assessment'": {
        ("numbers", "assessment/2026")
    },
    "UPDATE document SET name = '别的.jpg' WHERE id = 1": {("rows", "document/1")},
    "DELETE FROM paper_print WHERE id = 2": {("rows", "paper_print/2")},
    "DELETE FROM posting WHERE id = 3": {("rows", "posting/3"), ("ledger", "fund/1")},
}


@pytest.mark.parametrize("statement", ALTERED)
def test_what_was_altered_is_named(filled: Path, statement: str) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        before = sql.connection.total_changes
        sql.run(statement)
        assert sql.connection.total_changes > before
    report = checked(filled)
    assert ALTERED[statement] <= found(report)
    altered = {row for _part, row in ALTERED[statement]}
    others = {row for part, row in found(report) if part != "integrity"} - altered
    assert not others or statement.startswith(("UPDATE audit", "DELETE FROM audit"))


@pytest.mark.parametrize(
    "statement", ["UPDATE document_content SET content = x'00'", "DELETE FROM document_content"]
)
def test_a_file_that_was_altered_is_named(filled: Path, statement: str) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        digest = sql.one("SELECT min(digest) FROM document_content")
        sql.run(f"{statement} WHERE digest = ?", digest)
    assert ("documents", f"document_content/{digest[:16]}") in found(checked(filled))


def test_rows_put_in_past_the_program_are_named(filled: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.again("household", "id = 1", file_number="哈工帮档〔2026〕第00099号")
        fresh = sql.one("SELECT max(id) FROM household")
    assert ("rows", f"household/{fresh}") in found(checked(filled))


def test_an_end_cut_off_the_trail_shows_in_the_rows_it_told(filled: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        first = sql.one("SELECT max(id) FROM audit WHERE verb = 'disbursements.propose_award'")
        award = sql.one("SELECT max(id) FROM award")
        sql.run("DELETE FROM audit WHERE id >= ?", first)
    assert ("rows", f"award/{award}") in found(checked(filled))


def test_a_finding_says_in_chinese_what_is_wrong(filled: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE household SET address = '别处' WHERE id = 2")
    report = checked(filled)
    finding = next(item for item in report.findings if item.row == "household/2")
    assert "address" in finding.says
    assert not finding.says.isascii()
    assert report.parts["rows"] != "ok"

"""The commands about policy: facts, packs, and the worked example assessed."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from app.core.assets import resource
from app.policy.vocabulary import FACTS
from tests.commands import WORKED, Bangfu, runner
from tests.papers import joined


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str]) -> Bangfu:
    return runner(capsys)


@pytest.fixture
def situation(tmp_path: Path) -> Path:
    path = tmp_path / "一户.toml"
    path.write_text(WORKED, "utf-8")
    return path


def changed(situation: Path, old: str, new: str) -> Path:
    situation.write_text(situation.read_text("utf-8").replace(old, new), "utf-8")
    return situation


def test_the_vocabulary_names_who_asks_and_what_proves_it(bangfu: Bangfu) -> None:
    facts = bangfu("facts", "--json").json
    assert [fact["name"] for fact in facts] == [fact.name for fact in FACTS]
    income = next(fact for fact in facts if fact["name"] == "income_12_months")
    assert income["type"] == "yuan"
    assert income["holder"] == "household"
    assert income["paper"] == "近 12 个月收入证明和工资流水"
    assert "classification/2020-01-01" in income["asked_by"]
    assert "labour/2015-01-01#legal_aid" in income["asked_by"]
    stage = next(fact for fact in facts if fact["name"] == "school_stage")
    assert "schooling/2020-01-01#schooling_relief" in stage["asked_by"]
    relief = next(fact for fact in facts if fact["name"] == "relief_received_this_year")
    assert "social_security/2020-01-01#living_relief" in relief["asked_by"]
    told = bangfu("facts")
    assert told.code == 0
    assert all(fact["name"] in told.out and fact["label"] in told.out for fact in facts)


def test_the_packs_in_force_are_listed(bangfu: Bangfu) -> None:
    packs = bangfu("policy", "list", "--json").json
    assert {pack["id"] for pack in packs} >= {
        "classification/2020-01-01",
        "social_security/2020-01-01",
    }
    assert all(pack["status"] == "provisional" and len(pack["digest"]) == 64 for pack in packs)
    told = bangfu("policy", "list").out
    assert all(pack["id"] in told and pack["title"] in told for pack in packs)


def test_a_pack_is_checked(bangfu: Bangfu, tmp_path: Path) -> None:
    shipped = resource("policies", "classification", "2020-01-01.toml")
    ran = bangfu("policy", "check", shipped)
    assert ran.code == 0
    assert "困难职工家庭认定标准" in ran.out
    bad = tmp_path / "bad.toml"
    bad.write_text(shipped.read_text("utf-8").replace('fact = "dwellings"', 'fact = "dwelings"'))
    ran = bangfu("policy", "check", bad)
    assert (ran.code, ran.out) == (1, "")
    assert "dwelings" in ran.err
    assert "dwellings" in ran.err


@pytest.mark.parametrize("content", [None, b"a = ", b"\xff\xfe", b""])
@pytest.mark.parametrize("words", [["policy", "check"], ["assess"]])
def test_a_file_that_is_none_is_named(
    bangfu: Bangfu, tmp_path: Path, words: list[str], content: bytes | None
) -> None:
    path = tmp_path / "x.toml"
    if content is not None:
        path.write_bytes(content)
    ran = bangfu(*words, path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("x.toml")
    assert len(ran.err.splitlines()) == 1
    assert bangfu(*words, tmp_path).code == 1


def test_the_worked_example_names_both_numbers_the_line_its_dates_and_source(
    bangfu: Bangfu, situation: Path
) -> None:
    ran = bangfu("assess", situation)
    assert ran.code == 0
    for part in (
        "认定为深度困难",
        "777.78 元",
        "835.00 元",
        "2022-01-01 至 2022-12-31",
        "关于提高哈尔滨市城乡低保和特困人员救助供养标准方案",
        "可享受生活救助，最高 8,350.00 元",
        "暂行，待中心确认",
        "【就医：医疗救助，第 1 人】",
    ):
        assert part in ran.out


def test_the_answer_for_other_programs_keeps_its_shape(bangfu: Bangfu, situation: Path) -> None:
    found = bangfu("assess", situation, "--json").json
    assert set(found) >= {"classification", "areas", "packs"}
    classification = found["classification"]
    assert classification["outcome"] == "yes"
    assert classification["category"] == "深度困难"
    assert classification["net_per_head_fen"] == 77778
    reason = next(each for each in classification["reasons"] if each["value"] == 77778)
    assert reason["limit"] == 83500
    assert reason["held"] is True
    assert set(reason) >= {"article", "fact", "value", "limit", "limit_source", "held"}
    assert [area["area"] for area in found["areas"]] == [
        *("employment", "medical", "schooling", "income", "labour", "social_security", "culture")
    ]
    measures = {each["id"]: each for area in found["areas"] for each in area["measures"]}
    measure = measures["living_relief"]
    assert (measure["id"], measure["kind"], measure["outcome"]) == ("living_relief", "grant", "yes")
    assert measure["amount_fen"] == 835000
    assert set(found["packs"][0]) >= {"area", "in_force", "digest", "status"}
    medical = measures["medical_relief"]
    assert (medical["outcome"], medical["amount_fen"]) == ("yes", 1600000)
    assert [each["member"] for each in medical["members"]] == [1]


def test_the_same_household_elsewhere_or_less_known(bangfu: Bangfu, situation: Path) -> None:
    elsewhere = bangfu("assess", changed(situation, "南岗区", "宾县"), "--json").json
    assert elsewhere["classification"]["category"] == "相对困难"
    changed(situation, "income_12_months = 48000.00\n", "")
    unknown = bangfu("assess", situation, "--json").json["classification"]
    assert unknown["outcome"] == "unknown"
    assert [missing["fact"] for missing in unknown["missing"]] == ["income_12_months"]
    changed(situation, "dwellings = 1", "dwellings = 3")
    assert bangfu("assess", situation, "--json").json["classification"]["outcome"] == "no"


def test_another_day_replaces_that_of_the_file(bangfu: Bangfu, situation: Path) -> None:
    found = bangfu("assess", situation, "--on", "2024-06-01", "--json").json["classification"]
    assert found["outcome"] == "unknown"
    assert "这一天没有已知的标准" in found["missing"][0]["says"]
    early = bangfu("assess", situation, "--on", "2006-05-01")
    assert early.code == 0
    assert "困难认定：2006-05-01 没有已知的政策文件" in early.out


def test_the_sheet_says_the_same(bangfu: Bangfu, situation: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "告知单.pdf"
    told = bangfu("assess", situation, "--sheet", sheet)
    assert told.code == 0
    text = joined("".join(page.extract_text() for page in PdfReader(sheet).pages))
    for part in (
        "资格告知单",
        "认定为深度困难",
        "777.78",
        "835.00",
        "2022-12-31",
        "2022-10-20 公布",
    ):
        assert part in text
    assert "未编号，仅供参考" in text


def test_a_sheet_that_cannot_be_written_is_told(
    bangfu: Bangfu, situation: Path, tmp_path: Path
) -> None:
    ran = bangfu("assess", situation, "--sheet", tmp_path / "nowhere" / "a.pdf")
    assert (ran.code, ran.out) == (1, "")
    assert "写不进去：没有这个文件或文件夹" in ran.err
    assert "写不进去：它是文件夹" in bangfu("assess", situation, "--sheet", tmp_path).err

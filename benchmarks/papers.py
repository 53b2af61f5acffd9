"""Papers from data to PDF bytes, against Typst setting the same pages in the same run."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

from app.cases.papers import CERTIFICATE, RECEIPT, CertificateFacts, ReceiptFacts
from app.core.record import Record
from app.core.words.papers import PaperKind
from app.demo.people import DemoHousehold, demo_households
from app.papers.render import render, render_many
from app.papers.seal import seal
from app.papers.sheet import Sheet, facts_of
from app.papers.templates import template_in_force
from benchmarks import peer
from benchmarks.measure import Goal, Row, in_turn, timing
from benchmarks.stores import environment, scratch

CERTIFICATES: Final = 120
RECEIPTS: Final = 500
STACKS: Final = 9
FIRSTS: Final = 9
TODAY: Final = date(2026, 12, 6)
SEED: Final = 5

FIRST: Final = """
import time
from benchmarks.papers import certificates
sheet = certificates(1)[0]
begun = time.perf_counter()
from app.papers.render import render
render(sheet)
print(time.perf_counter() - begun)
"""
"""The first certificate of a process in which the data are at hand and nothing is loaded."""


def paper_rows() -> list[Row]:
    """Return the rows of the table."""
    return [_one_certificate(), _first_certificate(), _five_hundred_receipts()]


def certificates(count: int) -> list[Sheet]:
    """Return sealed certificates of invented people."""
    return [
        _sealed(CERTIFICATE, f"哈工帮证〔2026〕第{each.number:05d}号", _certificate(each))
        for each in demo_households(count, seed=SEED, today=TODAY)
    ]


def receipts(count: int, seed: int = SEED) -> list[Sheet]:
    """Return sealed receipts of invented people."""
    return [
        _sealed(RECEIPT, f"哈工帮受〔2026〕第{each.number:05d}号", _receipt(each))
        for each in demo_households(count, seed=seed, today=TODAY)
    ]


def _one_certificate() -> Row:
    sheets = certificates(CERTIFICATES)
    with scratch() as folder:
        typst = peer.Peer(folder, peer.CERTIFICATE)
        theirs = {sheet.number: [typst.certificate(sheet)] for sheet in sheets}
        ours, floor = in_turn(render, lambda sheet: typst.set(theirs[sheet.number]), sheets)
    return Row(
        "one certificate, data to PDF bytes, warm",
        "Typst making the same page, warm",
        ours,
        floor,
        [
            Goal("p50", 15, ours.median * 1e3, "ms"),
            Goal("p50", 2, ours.median / floor.median),
        ],
    )


def _first_certificate() -> Row:
    with scratch() as home:
        _, *firsts = [_seconds_printed(FIRST, home) for _ in range(FIRSTS)]
    first = timing(firsts)
    return Row(
        "the first certificate of a process, modules and fonts loaded",
        "",
        first,
        None,
        [Goal("p50", 150, first.median * 1e3, "ms")],
        why="Four fifths of it is the loading of ReportLab.",
    )


def _five_hundred_receipts() -> Row:
    # Other people in every stack: Typst keeps what it set before, and so do we.
    stacks = [receipts(RECEIPTS, seed) for seed in range(STACKS)]
    with scratch() as folder:
        typst = peer.Peer(folder, peer.RECEIPT)
        theirs = {id(stack): [typst.receipt(sheet) for sheet in stack] for stack in stacks}
        ours, floor = in_turn(render_many, lambda stack: typst.set(theirs[id(stack)]), stacks)
    size = len(render_many(stacks[0]))
    return Row(
        f"{RECEIPTS} receipts in one PDF",
        "Typst making the same pages",
        ours,
        floor,
        [
            Goal("p50", 0.30, ours.median, "s"),
            Goal("p50", 1.3, ours.median / floor.median),
            Goal("size", 700, size / 1e3, "kB"),
        ],
    )


def _seconds_printed(source: str, home: Path) -> float:
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", source],
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _sealed(kind: PaperKind, number: str, said: Record) -> Sheet:
    bare = Sheet(
        kind=kind,
        template=template_in_force(kind, TODAY),
        number=number,
        issued_on=TODAY,
        facts=facts_of(said),
        center="哈尔滨市困难职工帮扶中心",
        union="哈尔滨市总工会",
        maker="王芳",
        checker="赵建国",
    )
    return seal(bare, bytes(range(32)))


def _certificate(household: DemoHousehold) -> CertificateFacts:
    head = household.head
    return CertificateFacts(
        name=head.name,
        id_number=head.id_number,
        sex=head.sex.value,
        birth=head.birth,
        residence=household.district,
        employer=household.work_unit,
        household_size=len(household.members),
        file_number=f"哈工帮档〔2026〕第{household.number:05d}号",
        filed_on=household.registered_on,
        category="深度困难职工",
        purpose="子女就学费用减免",
        valid_until=date(2027, 12, 4),
        center_phone="0451-8000 0000",
    )


def _receipt(household: DemoHousehold) -> ReceiptFacts:
    return ReceiptFacts(
        name=household.head.name,
        id_number=household.head.id_number,
        case_number=f"2026-{household.number:04d}",
        household_size=len(household.members),
        items=("困难职工建档", "生活救助"),
        papers_handed_in=("困难职工登记表", "个人困难申请书", "户口本", "收入证明", "诊断证明"),
        papers_missing=("核对授权书",),
        accepted_on=TODAY,
        due_on=date(2026, 12, 18),
        due_provisional=True,
        center_address="哈尔滨市示例区示例街 1 号",
        center_phone="0451-8000 0000",
    )

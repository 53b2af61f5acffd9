"""Runs commands inside the test as the command line would."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui.__main__ import main

WORKED = """
[household]
as_of = 2022-11-15
district = "南岗区"
person_type = "城镇职工"
members_living_together = 3
income_12_months = 48000.00
rigid_expenditure_12_months = 20000.00
necessary_employment_cost_12_months = 0.00
accident_loss_12_months = 0.00
relief_received_this_year = 0.00
receives_dibao = false
union_member = true
main_cause = "患重特大疾病"
no_exclusion_declared = true
dwellings = 1

[[member]]
relation = "本人"
sex = "女"
birth = 1975-05-05
work_status = "在岗"
union_member = true
medical_self_paid_12_months = 16000.00
"""
"""The worked example of the exchange formats."""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Bangfu = Callable[..., Ran]


def runner(capsys: pytest.CaptureFixture[str]) -> Bangfu:
    """Return a function that runs one command line."""

    def run(*words: str | Path) -> Ran:
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return run

"""Every table, role and state that the store knows has its one Chinese term."""

import re

from app.core.words.cases import CaseState
from app.core.words.center import ValueState
from app.core.words.disbursements import AwardState, BatchState, Decision, LineState
from app.core.words.filing import StepKind, StepState
from app.core.words.funds import Account, BudgetState
from app.core.words.households import FileState
from app.core.words.papers import PaperKind, PaperState
from app.core.words.services import ServiceState
from app.core.words.staff import Role
from db import models
from tests.conventions.sources import HAN, ROOT

STORED = (
    Account,
    AwardState,
    BatchState,
    BudgetState,
    CaseState,
    Decision,
    FileState,
    LineState,
    PaperKind,
    PaperState,
    Role,
    ServiceState,
    StepKind,
    StepState,
    ValueState,
)

TERMS = {
    name: term
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| `")
    for identifiers, term in [line.strip("| ").split(" | ")[:2]]
    for name in re.findall(r"`([^`]+)`", identifiers)
}

NOUNS = sorted({*models.Base.metadata.tables, *(word.value for words in STORED for word in words)})


def test_every_noun_of_the_store_has_its_term() -> None:
    assert not [noun for noun in NOUNS if not HAN.search(TERMS.get(noun, ""))]

"""The rules of guaranteed loans as data: ``resources/reference/loan_rules/<day>.toml``.

A document is complete and stays in force until a later one begins; what its sources do not say
is absent, which means unknown and never "nothing". Every value names where it comes from and how
sure it is. A mistake in a document raises `ReferenceDamaged` with its place.
"""

import functools
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from app.core.words.loans import BorrowerKind, LoanState
from app.reference.documents import folder, in_force, read_dated, unsourced
from app.reference.loan_values import (
    MOST_OF,
    Again,
    Begins,
    Checks,
    Condition,
    Deadline,
    Exemption,
    Extension,
    Group,
    GuaranteeRules,
    Hires,
    Most,
    Overdue,
    Paper,
    Per,
    RateRule,
    Repayment,
    Security,
    Sourced,
    Subsidy,
    Term,
    wrong_value,
)


class Product(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The loan for one kind of borrower. What is absent is not known."""

    kind: BorrowerKind
    title: str
    groups: tuple[str, ...]
    """Of a firm: those whom it hires."""
    most: tuple[Most, ...] = ()
    term: Term | None = None
    extension: Extension | None = None
    rate: RateRule | None = None
    subsidy: Subsidy | None = None
    repayment: Repayment | None = None
    overdue: Overdue | None = None
    hires: Hires | None = None
    again: Again | None = None
    exemption: Exemption | None = None
    conditions: tuple[Condition, ...] = msgspec.field(name="condition", default=())
    security: tuple[Security, ...] = ()

    def limits(self, per: Per) -> Iterator[Most]:
        """Yield the maxima counted for ``per``."""
        return (most for most in self.most if most.per is per)


class LoanRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules of guaranteed loans as in force from one day."""

    in_force: date
    title: str
    number: str
    """Of the rule itself, such as 哈政发〔2009〕12号; empty when it is not known."""
    place: str
    """Whose rule it is."""
    status: Literal["provisional", "confirmed"]
    note: str
    begins: Begins
    sources: dict[str, str]
    groups: tuple[Group, ...] = msgspec.field(name="group")
    products: tuple[Product, ...] = msgspec.field(name="product")
    papers: tuple[Paper, ...] = msgspec.field(name="paper", default=())
    deadlines: tuple[Deadline, ...] = msgspec.field(name="deadline", default=())
    checks: Checks | None = None
    guarantee: GuaranteeRules = GuaranteeRules()

    @property
    def id(self) -> str:
        """Return what a loan keeps of the document: the day it begins."""
        return self.in_force.isoformat()

    def product(self, kind: BorrowerKind) -> Product | None:
        """Return the loan for a kind of borrower; `None` when the rules have none."""
        return next((each for each in self.products if each.kind is kind), None)

    def group(self, word: str) -> Group | None:
        """Return a group of borrowers by its word; `None` when the rules have it not."""
        return next((each for each in self.groups if each.word == word), None)

    def groups_of(self, product: Product) -> tuple[Group, ...]:
        """Return the groups a product is for, in the order of the document."""
        return tuple(each for each in self.groups if each.word in product.groups)

    def group_named(self, text: str) -> Group | None:
        """Return the group that forms and lists call ``text``; `None` when there is none."""
        return next(
            (each for each in self.groups if text in (each.word, each.label, *each.aliases)), None
        )

    def papers_of(self, kind: BorrowerKind) -> tuple[Paper, ...]:
        """Return the papers that such a borrower brings."""
        return tuple(each for each in self.papers if kind in each.of)

    def deadline(self, step: LoanState) -> Deadline | None:
        """Return in how many working days a step is taken; `None` when no source says."""
        return next((each for each in self.deadlines if each.step is step), None)

    def names(self, sourced: Sourced) -> str:
        """Return where a value comes from, in words."""
        return "；".join(self.sources[each] for each in sourced.source)


def rules_on(day: date) -> LoanRules | None:
    """Return the document in force on ``day``; `None` before the first one."""
    return in_force(shipped_rules(), day)


def rules_called(id_: str) -> LoanRules | None:
    """Return the document that a loan names by its `LoanRules.id`."""
    return next((each for each in shipped_rules() if each.id == id_), None)


def group_label(word: str) -> str:
    """Return what a group of borrowers is called, by the newest document that has it."""
    found = (each.group(word) for each in reversed(shipped_rules()))
    return next((group.label for group in found if group), word)


@functools.cache
def shipped_rules() -> tuple[LoanRules, ...]:
    """Return the documents that came with the program, oldest first."""
    return read_dated(folder("loan_rules"), LoanRules, what_is_wrong)


def sourced_values(rules: LoanRules) -> Iterator[tuple[str, Sourced]]:
    """Yield every value of a document with its place, as ``product[individual].most[1]``."""
    return _walk(rules, "")


def _walk(part: msgspec.Struct, place: str) -> Iterator[tuple[str, Sourced]]:
    if isinstance(part, Sourced):
        yield place, part
        return
    for field in msgspec.structs.fields(type(part)):
        value: object = getattr(part, field.name)
        name = f"{place}.{field.encode_name}".lstrip(".")
        if isinstance(value, msgspec.Struct):
            yield from _walk(value, name)
        elif isinstance(value, tuple):
            for at, each in enumerate(value, 1):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - parts of any struct
                if isinstance(each, msgspec.Struct):
                    which = each.kind.value if isinstance(each, Product) else at
                    yield from _walk(each, f"{name}[{which}]")


def what_is_wrong(rules: LoanRules) -> str:
    """Return what does not fit in a document, with its place, or nothing."""
    for place, value in sourced_values(rules):
        if wrong := unsourced([value.source], rules.sources) or wrong_value(value):
            return f"{place}: {wrong}"
    for name, words in (
        ("product", [each.kind.value for each in rules.products]),
        ("group", [each.word for each in rules.groups]),
        ("group label", [each for group in rules.groups for each in (group.label, *group.aliases)]),
        ("deadline", [each.step.value for each in rules.deadlines]),
    ):
        if twice := [word for word, count in Counter(words).items() if count > 1]:
            return f"{name} {twice} stands twice"
    known = {each.word for each in rules.groups}
    for product in rules.products:
        if wrong := _wrong_product(product, known):
            return f"product[{product.kind}].{wrong}"
    return ""


def _wrong_product(product: Product, known: set[str]) -> str:
    if strange := sorted({*product.groups} - known):
        return f"groups {strange}"
    if not product.groups:
        return "groups []"
    if strange := {most.per for most in product.most} - MOST_OF[product.kind]:
        return f"most {sorted(strange)}"
    if product.hires and product.kind is not BorrowerKind.SMALL_FIRM:
        return "hires"
    forms = Counter(each.form.value for each in product.security)
    if twice := [form for form, count in forms.items() if count > 1]:
        return f"security {twice} stands twice"
    return ""

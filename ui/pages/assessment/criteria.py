"""The criteria of one assessment as a list: conclusion, condition, the household's case, article.

All sentences come from `app.policy.explain`; here they only find their column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.policy.explain import limit_text, line_text, mark, says, telling_parts, value_text
from app.policy.facts import AGE, FOUND, MONTHS_UNEMPLOYED, Fact
from app.policy.findings import Assessment, Missing, MissingLine, Reason
from app.policy.pack import Figure, Group, Leaf, Line, Outcome, Pack, Relation, Share
from ui import theme
from ui.kit.cards import clear_layout
from ui.kit.labels import Elided, Label, Rule, Status

COMPARES: Final = (Relation.BELOW, Relation.AT_MOST, Relation.ABOVE, Relation.AT_LEAST)
LOOKS: Final = {
    True: ("circle-check", "ok"),
    False: ("circle-x", "bad"),
    None: ("circle-question-mark", "wait"),
}
HEADINGS: Final = (
    N_("Conclusion"),
    N_("Condition"),
    N_("This household and source"),
    N_("Article"),
)
MARK, ARTICLE, INDENT = 100, 72, 20


@dataclass(frozen=True)
class CriterionLine:
    """One criterion as the list shows it."""

    mark: str
    icon: str
    tone: str
    says: str
    category: str
    basis: str
    """The document it is taken from, with how sure that is."""
    value: str
    source: str
    """Where the value and the limit were seen; what would settle an open criterion."""
    article: str
    article_text: str
    level: int
    open: bool
    """True while it cannot be told."""


def criterion_lines(assessment: Assessment, *, everything: bool) -> list[CriterionLine]:
    """Return the criteria, of a group those parts that made it come out so, or all of them."""
    return [
        line
        for reason in assessment.reasons
        for line in _lines(assessment, reason, 0, everything=everything)
    ]


def _lines(
    assessment: Assessment, reason: Reason, level: int, *, everything: bool
) -> Iterator[CriterionLine]:
    icon, tone = LOOKS[reason.held]
    if reason.held is False and assessment.outcome is Outcome.YES:
        tone = ""  # an alternative that was not needed
    article = assessment.pack.article(reason.article)
    leaf = isinstance(reason.criterion, Leaf)
    yield CriterionLine(
        mark=mark(reason),
        icon=icon,
        tone=tone,
        says=says(reason),
        category=reason.category,
        basis=_basis(assessment.pack, reason),
        value=_leaf_value(reason) if leaf else _group_value(reason),
        source=_source(assessment, reason),
        article=reason.article,
        article_text=article.text if article else "",
        level=level,
        open=reason.held is None,
    )
    for part in reason.parts if everything else telling_parts(reason):
        yield from _lines(assessment, part, level + 1, everything=everything)


def _leaf_value(reason: Reason) -> str:
    leaf, value = reason.criterion, value_text(reason)
    if isinstance(leaf, Leaf) and leaf.test in COMPARES and reason.limit is not None:
        return _("{value}, must be: {relation} {limit}").format(
            value=value, relation=leaf.test.label, limit=limit_text(reason)
        )
    return value


def _group_value(reason: Reason) -> str:
    if reason.parts and all(part.declared for part in reason.parts):
        return _("declared not to be so")
    held = sum(part.held is True for part in reason.parts)
    return _("{held} of {count} hold").format(held=held, count=len(reason.parts))


def _basis(pack: Pack, reason: Reason) -> str:
    clause = reason.criterion.clause
    if not clause.source or not clause.confidence:
        return ""
    documents = _("; ").join(pack.sources[name] for name in clause.source)
    text = _("{confidence}: {documents}")
    return text.format(documents=documents, confidence=clause.confidence.label)


def _source(assessment: Assessment, reason: Reason) -> str:
    """Return what would settle an open criterion, or where a settled one was seen."""
    leaf = reason.criterion
    if isinstance(leaf, Group):
        return ""
    if reason.held is None:
        return _settles(assessment, leaf)
    lines: list[str] = []
    if isinstance(leaf.subject, Fact) and leaf.subject.proof and not reason.declared:
        lines.append(_("Seen from: {paper}").format(paper=leaf.subject.proof))
    if reason.line is not None:
        lines.append(line_text(reason.line))
    return "\n".join(lines)


def _settles(assessment: Assessment, leaf: Leaf) -> str:
    missing = missing_of(assessment, leaf)
    lines = [item.tell() for item in missing if isinstance(item, MissingLine)]
    papers = [item.paper for item in missing if not isinstance(item, MissingLine)]
    if not missing and isinstance(leaf.subject, Fact) and leaf.subject.proof:
        papers = [leaf.subject.proof]
    if asked := dict.fromkeys(papers):
        lines.insert(0, _("To be seen: {papers}").format(papers=_(", ").join(asked)))
    return "\n".join(lines)


def missing_of(assessment: Assessment, leaf: Leaf) -> list[Missing]:
    """Return what is missing for one criterion."""
    subject = leaf.subject
    if subject in FOUND:
        return list(assessment.missing)
    names = {_asked_instead(subject.name)}
    if isinstance(subject, Figure):
        facts = (*subject.income(retest=True), *subject.less, subject.heads)
        names = {fact.name for fact in facts}
    match leaf.limit:
        case Line(kind=kind):
            names |= {kind.value, "district"}
        case Share(of=of):
            names.add(of.name)
        case _:
            pass
    return [item for item in assessment.missing if item.name in names]


def _asked_instead(name: str) -> str:
    """Return the fact that people are asked for a derived one."""
    return {AGE.name: "birth", MONTHS_UNEMPLOYED.name: "unemployed_since"}.get(name, name)


class CriteriaList(QWidget):
    """The criteria one below the other, in four columns; every text stands there whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list_criteria")
        self.lines: tuple[CriterionLine, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QFrame()
        self._head.setProperty("ground", "raised")
        self._columns = head = _grid(self._head)
        for at, heading in enumerate(HEADINGS):
            head.addWidget(Label(_(heading), "small"), 0, at)
        column.addWidget(Rule())
        column.addWidget(self._head)
        column.addWidget(Rule())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        theme.changes.changed.connect(self._size)

    def _size(self) -> None:
        _size_columns(self._columns)

    def show_lines(self, lines: Sequence[CriterionLine]) -> None:
        """Show other criteria."""
        self.lines = tuple(lines)
        clear_layout(self._rows)
        for line in self.lines:
            self._rows.addWidget(_Row(line))
            self._rows.addWidget(Rule())


class _Row(QFrame):
    """One criterion; what is open stands out in bold and amber."""

    def __init__(self, line: CriterionLine) -> None:
        super().__init__()
        self.setObjectName("criterion")
        grid = _grid(self)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Status(line.mark, line.icon, line.tone), 0, 0, top)
        condition = QVBoxLayout()
        condition.setSpacing(1)
        condition.addWidget(Label(line.says, wrap=True))
        if line.category:
            under = _("For the category {name}").format(name=line.category)
            condition.addWidget(Label(under, "small"))
        if line.basis:
            condition.addWidget(Elided(line.basis, "small"))
        condition.addStretch(1)
        condition.setContentsMargins(line.level * INDENT, 0, 0, 0)
        grid.addLayout(condition, 0, 1)
        value = Label(line.value, "strong" if line.open else "body", wrap=True)
        grid.addLayout(_stack(value, line.source, "wait" if line.open else ""), 0, 2)
        article = Label(line.article, tone="soft", wrap=True)
        article.setToolTip(line.article_text)
        grid.addWidget(article, 0, 3, top)
        self.setAccessibleName(
            "，".join(part for part in (line.mark, line.says, line.value, line.source) if part)
        )


def _stack(first: Label, second: str, tone: str = "") -> QVBoxLayout:
    """Return a text with a small one below, both from the top."""
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(first)
    if second:
        column.addWidget(Label(second, "small", tone=tone, wrap=True))
    column.addStretch(1)
    return column


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(12, 6, 12, 6)
    grid.setHorizontalSpacing(12)
    _size_columns(grid)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    return grid


def _size_columns(grid: QGridLayout) -> None:
    grid.setColumnMinimumWidth(0, theme.px(MARK))
    grid.setColumnMinimumWidth(3, theme.px(ARTICLE))

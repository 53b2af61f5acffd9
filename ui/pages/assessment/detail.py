"""One assessment opened: the conclusion, the criteria, what would change it, the document."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.explain import changes, conclusion, working_text
from app.policy.findings import Assessment, Missing, MissingLine
from app.policy.pack import Outcome, Pack, Status
from ui import theme
from ui.kit.banners import Banner
from ui.kit.buttons import Button
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Chip, Elided, Icon, Label
from ui.kit.layout import scrolling
from ui.pages.assessment.areas import ICONS, TONES
from ui.pages.assessment.criteria import CriteriaList, criterion_lines


class Detail(Card):
    """What is said of one assessment, and why.

    ``mend`` opens the file to fill in what is missing, ``enter_line`` the center's standards.
    """

    def __init__(
        self, mend: Callable[[], object], enter_line: Callable[[], object], why_not_mend: str
    ) -> None:
        super().__init__(flush=True)
        self.setObjectName("card_detail")
        self._mend, self._enter_line, self._why_not_mend = mend, enter_line, why_not_mend
        self._shown: Assessment | None = None
        self._everything = False
        self._papers_beside = False
        self._icon = Icon("file-check-2", "accent", 20)
        self._title = Label(role="section")
        self._title.setObjectName("detail_title")
        self._all = Button(
            _("All conditions"), self._flip, kind="quiet", icon="list-checks", name="act_all"
        )
        self._banner = QVBoxLayout()
        self.criteria = CriteriaList()
        self._more = QVBoxLayout()
        self._compose()
        theme.changes.changed.connect(self._show)

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 6)
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._all)
        self._banner.setContentsMargins(12, 0, 12, 10)
        self._more.setContentsMargins(12, 10, 12, 12)
        self._more.setSpacing(4)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.criteria)
        column.addLayout(self._more)
        column.addStretch(1)
        self.body.setSpacing(0)
        self.add(head)
        self.add(self._banner)
        self.body.addWidget(scrolling(inside), 1)
        foot = self.add_foot()
        foot.addWidget(Icon("book-open"))
        self._document = Elided(role="small")
        self._document.setObjectName("detail_document")
        foot.addWidget(self._document, 1)
        self._status = Chip("")
        foot.addWidget(self._status)
        self._articles = Button(
            _("Read the articles"), self._flip_articles, kind="quiet", name="act_articles"
        )
        foot.addWidget(self._articles)

    def show_assessment(self, assessment: Assessment) -> None:
        """Explain another assessment."""
        self._shown = assessment
        self._show()

    def set_papers_beside(self, beside: bool) -> None:
        """Leave the working and the papers to a column beside this card, or show them here."""
        self._papers_beside = beside
        self._show()

    def _flip(self) -> None:
        self._everything = not self._everything
        self._show()

    def _flip_articles(self) -> None:
        self._reading = not self._reading
        self._show()

    _reading = False

    def _show(self) -> None:
        found = self._shown
        if found is None:
            return
        area, measure = found.pack.area, found.measure
        self._icon.show_icon(ICONS[area], "accent")
        self._title.setText("　".join(filter(None, (area.label, measure.title if measure else ""))))
        clear_layout(self._banner)
        self._banner.addWidget(self._conclusion(found))
        self.criteria.show_lines(criterion_lines(found, everything=self._everything))
        self._all.setText(_("Only the telling ones") if self._everything else _("All conditions"))
        self._show_more(found)
        self._show_document(found.pack)

    def _conclusion(self, found: Assessment) -> Banner:
        title, acts = conclusion(found), list[Button]()
        if found.outcome is Outcome.UNKNOWN:
            title = _("{conclusion}: {count} still missing").format(
                conclusion=title, count=len(found.missing)
            )
            acts = [self._act_for(found.missing)] if found.missing else []
        return Banner(TONES[found.outcome], title, _second_line(found), acts)

    def _act_for(self, missing: Sequence[Missing]) -> Button:
        if all(isinstance(item, MissingLine) for item in missing):
            return Button(_("The center's standards"), self._enter_line, icon="book-open",
                          name="act_values")  # fmt: skip
        button = Button(_("Fill it in"), self._mend, key="F8", icon="file-plus-2", name="act_mend")
        button.allow(self._why_not_mend)
        return button

    def _show_more(self, found: Assessment) -> None:
        clear_layout(self._more)
        if self._reading:
            for article in found.pack.articles:
                self._more.addWidget(Label(article.number, "strong"))
                self._more.addWidget(Label(article.text, wrap=True))
                self._more.addSpacing(6)
            return
        if found.missing:
            missing = [item.tell() for item in found.missing]
            self._section(_("What is still missing"), "file-plus-2", missing)
        if found.outcome is Outcome.NO:
            turns = changes(found) or (_("More than one condition stands in the way, see above"),)
            self._section(_("What would change the result"), "arrow-right", turns)
        if found.measure and found.measure.papers and not self._papers_beside:
            self._section(_("Papers this needs"), "file-text", [_(", ").join(found.measure.papers)])

    def _section(self, title: str, icon: str, lines: Sequence[str]) -> None:
        self._more.addWidget(Label(title, "strong"))
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(Icon(icon), alignment=Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(line, wrap=True), 1)
            self._more.addLayout(row)
        self._more.addSpacing(8)

    def _show_document(self, pack: Pack) -> None:
        words = _("{title}, in force from {day}").format(
            title=f"{pack.title}{pack.number}", day=pack.in_force
        )
        self._document.setText(words)
        self._status.show_state(pack.status.label, "triangle-alert", "wait")
        self._status.setVisible(pack.status is Status.PROVISIONAL)
        self._articles.setText(
            _("Back to the conditions") if self._reading else _("Read the articles")
        )
        self.criteria.setVisible(not self._reading)


def _second_line(found: Assessment) -> str:
    """Return how the amount was found, the net income that decided, or what is missing."""
    if found.working is not None:
        return working_text(found)
    if found.outcome is Outcome.UNKNOWN:
        if len(found.missing) == 1:
            return found.missing[0].tell()
        papers = dict.fromkeys(item.paper for item in found.missing)
        return _("To be seen: {papers}").format(papers=_(", ").join(papers))
    if found.net_per_head_fen is not None:
        return _("Net income a head and month: {amount} yuan").format(
            amount=yuan_text(found.net_per_head_fen)
        )
    return ""


class Beside(QWidget):
    """The third column of a wide window: how the amount was found, and the papers needed."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_assessment(self, found: Assessment) -> None:
        """Show another assessment."""
        clear_layout(self._column)
        if found.working is not None:
            card = Card(_("How the amount was found"))
            card.add(Label(working_text(found), wrap=True))
            self._column.addWidget(card)
        if found.measure and found.measure.papers:
            card = Card(_("Papers this needs"))
            for paper in found.measure.papers:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(Icon("file-text"), alignment=Qt.AlignmentFlag.AlignTop)
                row.addWidget(Label(paper, wrap=True), 1)
                card.add(row)
            self._column.addWidget(card)
        self._column.addStretch(1)

    def speaks(self) -> bool:
        """Tell whether there is anything to show."""
        return self._column.count() > 1

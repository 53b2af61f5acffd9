"""One answer opened: the conclusion, the criteria, what to bring, what would change it, why."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.explain import conclusion, working_text
from app.policy.findings import Assessment, Missing, MissingLine
from app.policy.pack import Outcome, Pack, Status
from ui import theme
from ui.answers import GROUPS, ICONS, Answer, papers_of
from ui.kit.banners import Banner
from ui.kit.buttons import Button
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Chip, Elided, Icon, Label
from ui.kit.segments import Part, Segments
from ui.pages.assessment.criteria import CriteriaList, criterion_lines
from ui.pages.assessment.sections import Line, Section, sections

LOOKS = {outcome: (icon, tone) for outcome, icon, _words, tone in GROUPS}


class Reading(QScrollArea):
    """What scrolls by the arrow keys once Tab came to it; the focus is the bar at its left."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("reading")
        self.setAccessibleName(_("Conditions and reasons"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        self._bar = QFrame(self)
        self._bar.setProperty("kind", "focusbar")
        self._bar.hide()

    def event(self, event: QEvent) -> bool:
        """Show the bar while the focus is here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._bar.setGeometry(0, 0, 3, self.height())
            self._bar.setVisible(self.hasFocus())
            self._bar.raise_()
        return super().event(event)


class Detail(Card):
    """What is said of one answer, and why; of one of its members, where it is for members.

    ``mend`` opens the file to fill in what is missing, ``enter_line`` the center's standards.
    """

    picked = Signal()
    """Another member was chosen."""

    def __init__(
        self, mend: Callable[[], object], enter_line: Callable[[], object], why_not_mend: str
    ) -> None:
        super().__init__(flush=True)
        self.setObjectName("card_detail")
        self._mend, self._enter_line, self._why_not_mend = mend, enter_line, why_not_mend
        self._answer: Answer | None = None
        self._shown: Assessment | None = None
        self._handed_in: Collection[str] = ()
        self._everything = self._reading = self._papers_beside = False
        self._icon = Icon("file-check-2", "accent", 20)
        self._title = Elided(role="section")
        self._title.setObjectName("detail_title")
        self.members = Segments(name="segments_member")
        self.members.chosen.connect(self._choose_member)
        self._all = Button(
            _("All conditions"), self._flip, kind="quiet", icon="list-checks", name="act_all"
        )
        self._banner = QVBoxLayout()
        self._next = QHBoxLayout()
        self.criteria = CriteriaList()
        self._more = QVBoxLayout()
        self._compose()
        theme.changes.changed.connect(self._show)

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 6)
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self._all)
        switch = QHBoxLayout()
        switch.setContentsMargins(12, 0, 12, 8)
        switch.addWidget(self.members)
        switch.addStretch(1)
        self._banner.setContentsMargins(12, 0, 12, 10)
        self._next.setContentsMargins(14, 0, 12, 10)
        self._next.setSpacing(8)
        self._next_icon = Icon("info", "wait")
        self._next_words = Label(role="small", tone="wait", wrap=True)
        self._next_words.setObjectName("why_not_next")
        self._next.addWidget(self._next_icon, alignment=Qt.AlignmentFlag.AlignTop)
        self._next.addWidget(self._next_words, 1)
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
        for row in (head, switch, self._banner, self._next):
            self.add(row)
        self._area = Reading(inside)
        self.body.addWidget(self._area, 1)
        self._compose_foot()

    def _compose_foot(self) -> None:
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

    # What is shown

    def show_answer(self, answer: Answer) -> None:
        """Explain another answer; the member that was chosen stays chosen, as far as it is one."""
        same = self._answer is not None and self._answer.key == answer.key
        before = self._shown.member if same and self._shown else None
        kept = [each for each in answer.meant if same and each.member == before]
        self._answer = answer
        self._shown = kept[0] if kept else answer.best
        parts = [_part(answer, each) for each in answer.meant]
        self.members.show_parts(parts if len(parts) > 1 else [])
        self.members.choose(str(self._shown.member))
        self.members.setVisible(len(parts) > 1)
        self._show()
        if not same:
            self._area.verticalScrollBar().setValue(0)

    def current(self) -> Assessment | None:
        """Return the assessment that is explained."""
        return self._shown

    def reading(self) -> QWidget:
        """Return what takes the focus to be read on by the arrow keys."""
        return self._area

    def _choose_member(self, place: str) -> None:
        if self._answer is None:
            return
        self._shown = next(each for each in self._answer.meant if str(each.member) == place)
        self._show()
        self.picked.emit()

    def set_papers_beside(self, beside: bool) -> None:
        """Leave the working and the papers to a column beside this card, or show them here."""
        if beside != self._papers_beside:
            self._papers_beside = beside
            self._show()

    def show_papers(self, handed_in: Collection[str]) -> None:
        """Say which papers the center has."""
        self._handed_in = handed_in
        self._show()

    def say_next(self, reason: str) -> None:
        """Say why the next thing cannot be done for this answer now; empty: it can."""
        self._next_words.setText(reason)
        self._next_words.setVisible(bool(reason))
        self._next_icon.setVisible(bool(reason))
        self._next.setContentsMargins(14, 0, 12, 10 if reason else 0)

    def _flip(self) -> None:
        self._everything = not self._everything
        self._show()

    def _flip_articles(self) -> None:
        self._reading = not self._reading
        self._show()

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
                conclusion=title, count=len(papers_of([found]))
            )
            acts = [self._act_for(found.missing)] if found.missing else []
        icon, tone = LOOKS[found.outcome]
        return Banner(tone, title, second_line(found), acts, icon=icon)

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
            self._show_articles(found.pack)
            return
        for section in sections(found, self._handed_in, whole=self._papers_beside):
            self._more.addLayout(section_layout(section))
            self._more.addSpacing(8)

    def _show_articles(self, pack: Pack) -> None:
        for article in pack.articles:
            self._more.addWidget(Label(article.number, "strong"))
            self._more.addWidget(Label(article.text, wrap=True))
            self._more.addSpacing(6)
        sources = tuple(Line(source, "", "book-open") for source in pack.sources.values())
        self._more.addLayout(section_layout(Section(_("What it was taken from"), sources)))

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


def section_layout(section: Section) -> QVBoxLayout:
    """Return a section as it stands on the screen: title, lines with their icons."""
    column = QVBoxLayout()
    column.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(Label(section.title, "strong"))
    head.addStretch(1)
    head.addWidget(Label(section.more, "small"))
    column.addLayout(head)
    for line in section.lines:
        row, lead, words = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        row.setSpacing(8)
        lead.setContentsMargins(0, 3, 0, 0)
        lead.addWidget(Icon(line.icon, line.tone or "text_soft"))
        lead.addStretch(1)
        row.addLayout(lead)
        words.setSpacing(0)
        words.addWidget(Label(line.text, wrap=True))
        if line.second:
            words.addWidget(Label(line.second, "small", wrap=True))
        row.addLayout(words, 1)
        column.addLayout(row)
    return column


def second_line(found: Assessment) -> str:
    """Return how the amount was found, the net income that decided, or what is missing."""
    if found.working is not None:
        return working_text(found)
    if found.outcome is Outcome.UNKNOWN:
        papers = _(", ").join(papers_of([found]))
        if found.expected_fen:
            says = _("After bringing {papers} about {amount} yuan are to be expected.")
            return says.format(papers=papers, amount=yuan_text(found.expected_fen))
        if len(found.missing) == 1:
            return found.missing[0].tell()
        return _("To be seen: {papers}").format(papers=papers)
    if found.net_per_head_fen is not None:
        return _("Net income a head and month: {amount} yuan").format(
            amount=yuan_text(found.net_per_head_fen)
        )
    return ""


def _part(answer: Answer, each: Assessment) -> Part:
    icon, tone = LOOKS[each.outcome]
    name = answer.name(each) or _("Member {place}").format(place=(each.member or 0) + 1)
    return Part(str(each.member), name, icon=icon, tone=tone)

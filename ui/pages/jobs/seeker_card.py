"""One job seeker: what they can do, want and cannot bear, and where they were sent so far."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words import Answer
from app.core.words.placements import RecognitionState, ReferralState, SeekerState, Shift
from app.placements.seeker_records import (
    SeekerForm,
    SeekerPlacementRow,
    SeekerReferralRow,
    SeekerView,
)
from ui.job_looks import PLACEMENTS, REFERRALS
from ui.kit.banners import Banner
from ui.kit.buttons import IconButton
from ui.kit.cards import Card, EmptyState, Facts, clear_layout
from ui.kit.cells import joined, yuan
from ui.kit.labels import Chip, Label, Rule, Shrinking, Status
from ui.kit.layout import remark, scrolling
from ui.pages.jobs.cells import DASH, RECOGNITIONS, SEEKERS

NAME_WIDTH = 88


class SeekerCard(Card):
    """The registration as one reads it while looking for a job that fits."""

    reveal_wanted = Signal()

    def __init__(self, no_reveal: str) -> None:
        """``no_reveal`` says why the private values stay masked for this person."""
        super().__init__(flush=True)
        self._no_reveal = no_reveal
        self.setObjectName("seeker_card")
        top = QWidget()
        head = QVBoxLayout(top)
        head.setContentsMargins(12, 10, 12, 8)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._name = Shrinking(role="section")
        self._name.setObjectName("seeker_name")
        self._chip = Chip("")
        line.addWidget(self._name)
        line.addStretch(1)
        line.addWidget(self._chip)
        head.addLayout(line)
        self._facts = Label(role="small", wrap=True)
        self._facts.setObjectName("seeker_facts")
        head.addWidget(self._facts)
        self.add(top)
        self.add(Rule())
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(12, 10, 12, 12)
        self._column.setSpacing(8)
        self._empty = EmptyState(_("No job seeker chosen"))
        self._scroll = scrolling(holder)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._empty, 1)
        self.body.setSpacing(0)
        self.view: SeekerView | None = None
        self.show_seeker(None)

    def show_seeker(self, view: SeekerView | None, clear: SeekerForm | None = None) -> None:
        """Show another seeker, or none; ``clear`` has the private values that were revealed."""
        self.view = view
        for widget in (self._chip, self._facts, self._scroll):
            widget.setVisible(view is not None)
        self._empty.setVisible(view is None)
        self._name.setText(view.row.name if view else "")
        clear_layout(self._column)
        if view is None:
            return
        row = view.row
        if row.expired:
            self._chip.show_state(_("Registration expired"), "clock", "wait")
        else:
            self._chip.show_state(row.state.label, *SEEKERS[row.state])
        education = row.education.label if row.education else ""
        age = _("aged {age}").format(age=row.age)
        kind = row.person_kind.label if row.person_kind else ""
        self._facts.setText(joined(row.number, row.sex.label, age, kind, education))
        self._warn(view)
        self._column.addWidget(self._wishes(view))
        self._column.addWidget(Rule())
        self._add_history(view)
        self._column.addWidget(Rule())
        self._column.addWidget(self._person(view, clear))
        self._column.addStretch(1)

    def _warn(self, view: SeekerView) -> None:
        """Say what has to be known before somebody is sent anywhere."""
        if view.row.expired:
            says = _("It ran out on {day}. Renew it before the next letter.")
            self._column.addWidget(
                Banner(
                    "wait",
                    _("Registration expired"),
                    says.format(day=view.row.valid_until.isoformat()),
                )
            )
        if view.many_no_shows:
            says = _("Stayed away {count} times from where they were sent")
            text = _("The rules are not confirmed yet") if view.rules_provisional else ""
            self._column.addWidget(Banner("wait", says.format(count=view.no_shows), text))
        if view.row.state is SeekerState.WITHDRAWN:
            self._column.addWidget(Banner("accent", _("Registration withdrawn"), view.ended_reason))

    def _wishes(self, view: SeekerView) -> Facts:
        seeker, facts = view.seeker, Facts(NAME_WIDTH)
        grade = seeker.skill_grade.label if seeker.skill_grade else ""
        wishes = (seeker.wish, seeker.second_wish, seeker.third_wish)
        facts.add_fact(_("Skills"), joined(seeker.skills, grade, seeker.major) or DASH)
        if seeker.limits:
            limits = "、".join(limit.label for limit in seeker.limits)
            facts.add_fact(_("Cannot bear"), limits, tone="wait")
        else:
            facts.add_fact(_("Cannot bear"), _("Nothing was said"))
        facts.add_fact(_("Wishes"), "、".join(wish for wish in wishes if wish))
        wage = (
            _("{amount} yuan a month or more").format(amount=yuan(seeker.wage_wish))
            if seeker.wage_wish
            else _("Any wage")
        )
        facts.add_fact(_("Wage wished"), wage)
        every = set(seeker.shifts) == set(Shift)
        shifts = _("Any shift") if every else "、".join(each.label for each in seeker.shifts)
        facts.add_fact(_("Shifts"), shifts)
        facts.add_fact(_("Where to work"), "、".join(seeker.districts) or _("Anywhere"))
        if seeker.board in (Answer.YES, Answer.NO):
            facts.add_fact(_("Food and bed"), seeker.board.label)
        begins = seeker.available_on.isoformat() if seeker.available_on else _("At once")
        facts.add_fact(_("Can begin"), begins)
        if seeker.wants_training is Answer.YES:
            facts.add_fact(_("Training"), _("Wants training"))
        self._add_recognition(facts, view)
        return facts

    @staticmethod
    def _add_recognition(facts: Facts, view: SeekerView) -> None:
        last = next(iter(view.recognitions), None)
        if last is None:
            facts.add_fact(_("Recognition"), _("Not applied for"))
            return
        icon, tone = RECOGNITIONS[last.state]
        facts.add_fact(_("Recognition"), Status(last.state.label, icon, tone), last.number)
        if last.state is RecognitionState.RECOGNISED and last.grounds:
            facts.add_fact("", "、".join(last.grounds))

    def _person(self, view: SeekerView, clear: SeekerForm | None) -> QWidget:
        facts, row = Facts(NAME_WIDTH), view.row
        facts.add_fact(_("Mobile"), self._phone(clear.phone if clear else row.phone, clear))
        if clear is not None:
            facts.add_fact(_("Resident ID number"), clear.id_number)
        else:
            facts.add_fact(_("Resident ID number"), row.id_number)
        if view.seeker.address or row.district:
            facts.add_fact(_("Lives in"), joined(row.district or "", view.seeker.address))
        if view.file_number:
            facts.add_fact(_("Household file"), view.file_number)
        until = _("{day}, registered on {first}").format(
            day=row.valid_until.isoformat(), first=row.registered_on.isoformat()
        )
        facts.add_fact(_("Valid until"), until)
        if view.seeker.resume:
            facts.add_fact(_("Work so far"), view.seeker.resume)
        if view.seeker.note:
            facts.add_fact(_("Note"), view.seeker.note)
        return facts

    def _phone(self, phone: str, clear: SeekerForm | None) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(Label(phone or DASH))
        if clear is None and phone:
            eye = IconButton(
                "eye",
                _("Show, which is kept in the trail"),
                self.reveal_wanted.emit,
                size=24,
                name="reveal_seeker",
            )
            if self._no_reveal:
                eye.setEnabled(False)
                eye.setToolTip(self._no_reveal)
            line.addWidget(eye)
        return holder

    def _add_history(self, view: SeekerView) -> None:
        sent = [each for each in view.referrals if each.state is not ReferralState.VOID]
        says = _("Referrals ({count})").format(count=len(sent))
        self._column.addWidget(Label(says, "strong"))
        for each in view.referrals:
            self._column.addLayout(remark(*_sign(each), _sent(each)))
        if not view.referrals:
            self._column.addWidget(Label(_("Nobody sent them anywhere yet"), "small"))
        if view.placements:
            self._column.addWidget(Label(_("Jobs found"), "strong"))
        for each in view.placements:
            icon, tone = PLACEMENTS[each.state]
            self._column.addLayout(remark(icon, tone or "text_soft", _placed(each)))

    def words(self) -> list[str]:
        """Return every line of the card, for tests."""
        return [label.text() for label in self.findChildren(Label) if label.text()]


def _sign(row: SeekerReferralRow) -> tuple[str, str]:
    if row.overdue:
        return "triangle-alert", "bad"
    icon, tone = REFERRALS[row.state]
    return icon, tone or "text_soft"


def _sent(row: SeekerReferralRow) -> str:
    state = row.state.label
    if row.overdue:
        state = _("{state}, due since {day}").format(state=state, day=row.due_on.isoformat())
    elif row.state is ReferralState.ISSUED:
        state = _("{state}, due on {day}").format(state=state, day=row.due_on.isoformat())
    reason = row.reason.label if row.reason else ""
    return joined(row.issued_on.isoformat(), row.occupation, row.employer, state, reason)


def _placed(row: SeekerPlacementRow) -> str:
    until = _("left on {day}").format(day=row.left_on.isoformat()) if row.left_on else ""
    wage = _("{amount} yuan a month").format(amount=yuan(row.wage)) if row.wage else ""
    return joined(
        row.started_on.isoformat(), row.occupation, row.employer, wage, row.state.label, until
    )

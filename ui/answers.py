"""The answers of an assessment as screens list them: one a measure, its members together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from app.core.i18n import N_, _
from app.core.money import Fen
from app.policy.explain import against, conclusion, says, working_text
from app.policy.findings import Assessment, Findings
from app.policy.pack import Area, Measure, MeasureKind, Outcome, Pack

ICONS: Final = {
    Area.CLASSIFICATION: "file-check-2",
    Area.EMPLOYMENT: "briefcase-business",
    Area.MEDICAL: "heart-pulse",
    Area.SCHOOLING: "graduation-cap",
    Area.INCOME: "coins",
    Area.LABOUR: "scale",
    Area.SOCIAL_SECURITY: "umbrella",
    Area.CULTURE: "drama",
}
GROUPS: Final = (
    (Outcome.YES, "circle-check", N_("May get"), "ok"),
    (Outcome.UNKNOWN, "triangle-alert", N_("Papers missing"), "wait"),
    (Outcome.NO, "circle-x", N_("Does not qualify now"), "bad"),
)
"""The order of the answers on every screen: outcome, icon, words, tone."""

TONES: Final = {outcome: tone for outcome, _icon, _words, tone in GROUPS}
_ORDER: Final = {outcome: place for place, (outcome, *_look) in enumerate(GROUPS)}


@dataclass(frozen=True, eq=False)
class Answer:
    """What one measure, or the classification, comes to; of a measure for members, for them all.

    ``names`` are those of the members in the order in which they were assessed.
    """

    assessments: tuple[Assessment, ...]
    names: tuple[str, ...] = ()

    @property
    def pack(self) -> Pack:
        """Return the document it stands in."""
        return self.assessments[0].pack

    @property
    def measure(self) -> Measure | None:
        """Return the measure; `None` of the classification."""
        return self.assessments[0].measure

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is of: area and measure."""
        return self.pack.area.value, self.measure.id if self.measure else ""

    @property
    def title(self) -> str:
        """Return the name of the measure, or of the classification."""
        return self.measure.title if self.measure else self.pack.area.label

    @cached_property
    def meant(self) -> tuple[Assessment, ...]:
        """Return the answers worth reading: without the members whom the measure is not meant
        for, such as grown-ups for a pupil's, unless it is meant for none."""
        meant = tuple(each for each in self.assessments if not _passed_by(each))
        return meant or self.assessments

    @cached_property
    def best(self) -> Assessment:
        """Return the first of the best answers."""
        return min(self.meant, key=lambda each: _ORDER[each.outcome])

    @property
    def outcome(self) -> Outcome:
        """Return the best outcome of any member."""
        return self.best.outcome

    @cached_property
    def with_outcome(self) -> tuple[Assessment, ...]:
        """Return the answers of the members who come out best."""
        return tuple(each for each in self.meant if each.outcome is self.outcome)

    @cached_property
    def amount_fen(self) -> Fen:
        """Return what can be given to all together; nought where no money is."""
        given = [each for each in self.meant if each.outcome is Outcome.YES]
        return _no_more_than_together(sum(each.amount_fen or 0 for each in given), given)

    @cached_property
    def expected_fen(self) -> Fen:
        """Return what could be given if what is missing proves true, as far as that is known."""
        open_ = [each for each in self.meant if each.outcome is Outcome.UNKNOWN]
        return Fen(sum(each.expected_fen or 0 for each in open_))

    def name(self, assessment: Assessment) -> str:
        """Return whose answer it is; empty when it is the household's, or of somebody unknown."""
        place = assessment.member
        return self.names[place] if place is not None and place < len(self.names) else ""

    def who(self) -> str:
        """Return the names of the members who come out best; empty where it is meant for all."""
        return _(", ").join(filter(None, map(self.name, self.with_outcome)))

    def line(self) -> str:
        """Return the one line of a list: the way to it, what is missing, or why not."""
        who = "" if self.outcome is Outcome.NO else self.who()
        says = _("{names}: {says}").format(names=who, says=self._says()) if who else self._says()
        open_ = sum(each.outcome is Outcome.UNKNOWN for each in self.meant)
        if self.outcome is Outcome.YES and open_:
            says = _("{says}; {count} more with papers missing").format(says=says, count=open_)
        return says

    def _says(self) -> str:
        best, department = self.best, self.measure.department if self.measure else ""
        match self.outcome:
            case Outcome.YES:
                return working_text(best) or department or conclusion(best)
            case Outcome.UNKNOWN:
                papers = papers_of(self.with_outcome)
                return _("{count} missing: {papers}").format(
                    count=len(papers), papers=_(", ").join(papers)
                )
            case Outcome.NO:
                failed = against(best)
                words = _("Not met: {says}")
                return words.format(says=says(failed[0])) if failed else conclusion(best)


def papers_of(assessments: Iterable[Assessment]) -> list[str]:
    """Return the papers that are missing, each once."""
    return list(dict.fromkeys(item.paper for each in assessments for item in each.missing))


def answers(findings: Findings, names: Sequence[str] = ()) -> list[Answer]:
    """Return the answers in the order of the documents, the classification first."""
    return [
        Answer(tuple(found), tuple(names))
        for _key, found in groupby(findings.all, lambda each: (each.pack.id, each.measure))
    ]


def total(found: Iterable[Answer]) -> Fen:
    """Return what all grants that can be had come to."""
    return Fen(sum(each.amount_fen for each in found if is_grant(each)))


def is_grant(answer: Answer) -> bool:
    """Tell whether it is about money of ours."""
    return answer.measure is not None and answer.measure.kind is MeasureKind.GRANT


def _passed_by(assessment: Assessment) -> bool:
    """Tell whether a member is none of those whom the measure is meant for: the first criterion
    of a measure for members says which members it is meant for."""
    if assessment.member is None or assessment.outcome is not Outcome.NO:
        return False
    return bool(assessment.reasons) and assessment.reasons[0].held is False


def _no_more_than_together(fen: int, given: Sequence[Assessment]) -> Fen:
    """Return a sum over members, but no more than what all together may still get."""
    left = [
        each.working.together_left_fen
        for each in given
        if each.working and each.working.together_left_fen is not None
    ]
    return Fen(min(fen, *left)) if left else Fen(fen)

"""What can be done with a filing step: the form that is asked, and the act it leads to."""

from dataclasses import replace
from typing import Any, Final

from app.core.i18n import N_, _
from app.core.record import Field, Record
from app.core.words.filing import StepKind, StepState
from app.core.words.papers import PaperKind
from app.filing.actions import (
    answer_objection,
    post_notice,
    report_check,
    report_visit,
    take_down,
)
from app.filing.deciding import decide_step, propose_exit, propose_return, report_review
from app.filing.issuing import issue_authorisation, issue_review_sheet, issue_visit_record
from app.filing.records import (
    AnswerForm,
    CheckForm,
    DecideForm,
    ExitForm,
    Posted,
    PostForm,
    ReturnForm,
    ReviewForm,
    StepById,
    StepRow,
    TakeDownForm,
    VisitForm,
)
from app.filing.reports import (
    CheckReport,
    ExitTold,
    NoticeReport,
    ReturnTold,
    ReviewTold,
    VisitReport,
)
from app.reference.attachments import step_paper
from app.work import Action, SecondPersonNeeded
from ui.desk import Desk
from ui.filing.editors import ManyEditor
from ui.filing.task import Here, Task, Wanted
from ui.filing.words import stands_until
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.editors import Editor
from ui.kit.form import FormView

PAPERS: Final[dict[StepKind, tuple[PaperKind, Action[StepById, int]]]] = {
    StepKind.VISIT: (PaperKind.VISIT_RECORD, issue_visit_record),
    StepKind.CROSS_CHECK: (PaperKind.CHECK_AUTHORISATION, issue_authorisation),
    StepKind.REVIEW: (PaperKind.REVIEW_SHEET, issue_review_sheet),
}
"""Papers that are printed whenever one wants; the others are issued by their act."""


def begin_task(desk: Desk, here: Here, kind: StepKind, row: StepRow | None = None) -> Task:
    """Return the task that begins a notice, or proposes a review, an exit or a return.

    ``row`` is the step that was begun already, or sent back.
    """
    match kind:
        case StepKind.NOTICE:
            return _post(desk, here)
        case StepKind.REVIEW:
            return _review(desk, here, row)
        case StepKind.EXIT:
            return _exit(desk, here, row)
        case StepKind.RETURN:
            return _return(desk, here, row)
        case StepKind.VISIT | StepKind.CROSS_CHECK:
            raise ValueError(kind)


def task_of(desk: Desk, here: Here, row: StepRow) -> Task | None:
    """Return what is to be done with a step next; `None` when it is closed."""
    match row.state, row.kind:
        case StepState.REPORTED, _:
            return _decide(desk, row)
        case StepState.OPEN, StepKind.VISIT:
            return _visit(desk, row)
        case StepState.OPEN, StepKind.CROSS_CHECK:
            return _check(desk, here, row)
        case StepState.OPEN, StepKind.NOTICE:
            report = row.report
            said = report.objections if isinstance(report, NoticeReport) else ()
            open_ones = [each for each in said if not each.answer]
            return _answer(desk, row) if open_ones else _take_down(desk, row)
        case StepState.OPEN, kind:
            return begin_task(desk, here, kind, row)
        case _:
            return None


def _visit(desk: Desk, row: StepRow) -> Task:
    form = FormView(
        VisitReport,
        spans={
            **{"visited_on": 4, "investigator": 4, "second_investigator": 4, "spoken_with": 4},
            "result": 4,
        },
        sections=[
            ("", ["visited_on", "investigator", "second_investigator"]),
            ("", ["members", "address", "income", "illness", "work", "schooling"]),
            ("", ["spoken_with", "result", "found"]),
        ],
        context=Context(today=desk.today),
        name="form_visit",
    )
    form.set_value("visited_on", desk.today())
    form.set_value("investigator", desk.actor.name)
    form.settle()
    return Task(
        key=f"visit/{row.id}",
        title=_("What the visit found"),
        words=_("Record the visit"),
        action=report_visit,
        form=form,
        request=lambda report, documents: VisitForm(
            id=row.id, version=row.version, report=report, documents=documents
        ),
        documents=Wanted(step_paper(StepKind.VISIT), row.documents),
        done=N_("The visit is recorded"),
        reason=desk.reason(report_visit),
    )


def _check(desk: Desk, here: Here, row: StepRow) -> Task:
    people = [
        (adult.id, _("{name} ({relation})").format(name=adult.name, relation=adult.relation))
        if adult.relation
        else (adult.id, adult.name)
        for adult in here.path.adults
    ]
    partners = [(name, name) for name in here.rules.partners]

    def signers(each: Field) -> Editor:
        return ManyEditor(each, people)

    def asked(each: Field) -> Editor:
        return ManyEditor(each, partners)

    form = FormView(
        CheckReport,
        ["signed_by", "authorised_on", "valid_until", "answered_on", "asked", "answers",
         "result", "differences"],
        spans={"signed_by": 12, "asked": 12, "authorised_on": 4, "valid_until": 4,
               "answered_on": 4, "result": 4, "differences": 8},
        editors={"signed_by": signers, "asked": asked},
        context=Context(today=desk.today),
        name="form_check",
    )  # fmt: skip
    form.set_value("authorised_on", desk.today())
    form.set_value("answered_on", desk.today())
    form.set_value("asked", here.rules.usual_partners)
    form.settle()
    return Task(
        key=f"cross_check/{row.id}",
        title=_("What the departments answered"),
        says=_("Print the authorisation first: every adult member signs it"),
        words=_("Record the answers"),
        action=report_check,
        form=form,
        request=lambda report, documents: CheckForm(
            id=row.id, version=row.version, report=report, documents=documents
        ),
        documents=Wanted(step_paper(StepKind.CROSS_CHECK), row.documents),
        done=N_("The answers are recorded"),
        reason=desk.reason(report_check),
    )


def _post(desk: Desk, here: Here) -> Task:
    form = FormView(
        PostForm,
        ["posted_on", "place"],
        spans={"posted_on": 4, "place": 8},
        fixed={"household_id": here.household_id, "case_id": here.path.case_id},
        context=Context(today=desk.today),
        name="form_post",
    )

    def tell() -> None:
        """Say below the first day which is the last."""
        rules, first = here.rules, form.value("posted_on")
        until = stands_until(rules.notice_length, rules.notice_unit, first)
        form.boxes["posted_on"].set_hint(until)

    form.edited.connect(tell)
    form.set_value("posted_on", desk.today())
    tell()
    form.set_value("place", next(iter(here.rules.places), ""))
    form.settle()
    says = _("It stands {length} {unit}, counted from the day after; the name is masked")
    return Task(
        key="notice/new",
        title=_("Post the notice"),
        says=says.format(length=here.rules.notice_length, unit=here.rules.notice_unit.label),
        words=_("Post and print the sheet"),
        action=post_notice,
        form=form,
        request=_itself,
        done=N_("The notice is posted"),
        reason=desk.reason(post_notice),
        paper=_sheet,
    )


def _answer(desk: Desk, row: StepRow) -> Task:
    form = FormView(
        AnswerForm,
        ["answer", "posted_on", "upheld"],
        spans={"posted_on": 4, "upheld": 8},
        fixed={"id": row.id, "version": row.version},
        context=Context(today=desk.today),
        name="form_answer",
    )
    form.set_value("posted_on", desk.today())
    form.settle()
    return Task(
        key=f"answer/{row.id}",
        title=_("Answer the objection"),
        says=_("Not upheld, it is posted again and counted anew; upheld, the notice ends"),
        words=_("Record the answer"),
        action=answer_objection,
        form=form,
        request=_with_documents,
        documents=Wanted(step_paper(StepKind.NOTICE), row.documents),
        done=N_("The objection is answered"),
        reason=desk.reason(answer_objection),
        paper=_sheet,
    )


def _take_down(desk: Desk, row: StepRow) -> Task:
    form = FormView(
        TakeDownForm,
        ["taken_down_on"],
        spans={"taken_down_on": 4},
        fixed={"id": row.id, "version": row.version},
        context=Context(today=desk.today),
        name="form_take_down",
    )
    form.set_value("taken_down_on", desk.today())
    form.settle()
    return Task(
        key=f"down/{row.id}",
        title=_("Take the notice down"),
        says=_("From the day after its last day; the result goes to the file"),
        words=_("Take down and print the result"),
        action=take_down,
        form=form,
        request=_with_documents,
        documents=Wanted(step_paper(StepKind.NOTICE), row.documents),
        done=N_("The notice is taken down"),
        reason=desk.reason(take_down),
        paper=_sheet,
    )


def _review(desk: Desk, here: Here, row: StepRow | None) -> Task:
    form = FormView(
        ReviewTold,
        ["reviewed_on", "way", "outcome", "changes", "opinion"],
        spans={"reviewed_on": 4, "way": 4, "outcome": 4},
        context=Context(today=desk.today),
        name="form_review",
    )
    form.set_value("reviewed_on", desk.today())
    form.settle()
    return Task(
        key="review/new",
        title=_("Annual review"),
        says=_("The household is assessed today and the answer sealed; another person decides"),
        words=_("Report the review"),
        action=report_review,
        form=form,
        request=lambda told, documents: ReviewForm(
            household_id=here.household_id, told=told, documents=documents
        ),
        documents=Wanted(step_paper(StepKind.REVIEW), _named(row)),
        done=N_("The review waits to be decided"),
        reason=desk.reason(report_review),
    )


def _exit(desk: Desk, here: Here, row: StepRow | None) -> Task:
    exits = {reason.id: reason for reason in here.rules.exits}

    def reasons(each: Field) -> Editor:
        return ChoiceEditor(
            each,
            [(reason.id, f"{reason.outcome.label}　{reason.title}") for reason in exits.values()],
        )

    form = FormView(
        ExitTold,
        ["reason", "months", "effective_on", "shown"],
        spans={"reason": 5, "months": 3, "effective_on": 4},
        editors={"reason": reasons},
        context=Context(today=desk.today),
        name="form_exit",
    )

    def tell() -> None:
        """Say below the field what has to be shown for the reason chosen."""
        chosen = exits.get(str(form.value("reason") or ""))
        form.boxes["shown"].set_hint(chosen.test if chosen else "")

    form.edited.connect(tell)
    form.set_value("effective_on", desk.today())
    form.settle()
    return Task(
        key="exit/new",
        title=_("Propose the exit"),
        says=_("Another person decides; the household gets the exit notice"),
        words=_("Propose the exit"),
        action=propose_exit,
        form=form,
        request=lambda told, documents: ExitForm(
            household_id=here.household_id, told=told, documents=documents
        ),
        documents=Wanted("", _named(row)),
        done=N_("The exit waits to be decided"),
        reason=desk.reason(propose_exit),
    )


def _return(desk: Desk, here: Here, row: StepRow | None) -> Task:
    form = FormView(
        ReturnTold,
        ["returned_on", "cause"],
        spans={"returned_on": 4},
        context=Context(today=desk.today),
        name="form_return",
    )
    return Task(
        key="return/new",
        title=_("Propose the return"),
        says=_("Change what is no longer true in the file first: it is assessed today"),
        words=_("Propose the return"),
        action=propose_return,
        form=form,
        request=lambda told, documents: ReturnForm(
            household_id=here.household_id, told=told, documents=documents
        ),
        documents=Wanted("", _named(row)),
        done=N_("The return waits to be decided"),
        reason=desk.reason(propose_return),
    )


def _decide(desk: Desk, row: StepRow) -> Task:
    form = FormView(
        DecideForm,
        ["decision", "opinion"],
        spans={"decision": 4},
        fixed={"id": row.id, "version": row.version},
        hints={"opinion": _("Needed to send back or not to agree")},
        name="form_decide",
    )
    own = SecondPersonNeeded().tell() if row.mine else ""
    return Task(
        key=f"decide/{row.id}/{row.version}",
        title=_("Decide"),
        says=_("Reported by {name}").format(name=row.reported_by),
        words=_("Decide"),
        action=decide_step,
        form=form,
        request=_itself,
        done=N_("The decision is kept"),
        reason=desk.reason(decide_step) or own,
        paper=lambda paper_id: paper_id,
    )


def _named(row: StepRow | None) -> tuple[int, ...]:
    """Return the documents of a step that was sent back."""
    return row.documents if row is not None else ()


def _itself(form: Record, _documents: tuple[int, ...]) -> Record:
    """The form is the request."""
    return form


def _with_documents(form: Any, documents: tuple[int, ...]) -> Record:
    """The form is the request, with what was named beside it."""
    return replace(form, documents=documents)


def _sheet(posted: Posted) -> int | None:
    return posted.paper_id

"""The verbs that take a register of loans in, and what its undoing does.

The loans are on record only: the register tells who borrowed what, not what was repaid since. They
count in reports; no guarantee fund stands for them and no worklist names them, until a repayment
is entered here.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.money import Fen
from app.core.words.imports import ImportKind
from app.core.words.loans import (
    BorrowerKind,
    LoanEventKind,
    LoanParty,
    LoanState,
    SecurityForm,
)
from app.exchange.importing_records import ReadForm
from app.exchange.importing_rules import ImportHasErrors
from app.exchange.loans_reading import read_loans
from app.exchange.loans_records import (
    Lent,
    LoanLine,
    LoanRegister,
    LoanRegisterForm,
    LoansImported,
)
from app.exchange.register_store import homes_of, imported_as, mends_of, new_batch, parts_of
from app.loans.numbers import loan_number
from app.loans.subsidy_rules import SubsidyRule
from app.loans.terms import Rate, Terms, to_plain
from app.work import Permission, Topic, Work, action, query
from db.models.imports import ImportBatch
from db.models.loans import Loan, LoanEvent, LoanSide


class NoLoansToImport(RuleBroken):
    """No loan of the workbook can be taken in."""

    says = N_("There is no loan to import in the workbook. Nothing was written.")


class RegisterImported(RuleBroken):
    """The same file came in before: its loans would count twice."""

    says = N_(
        "This file came in as import {number} already; its loans would count twice. Nothing was "
        "written; undo that import first if it was wrong."
    )


class LoansTouched(RuleBroken):
    """A loan of the import was worked with since, so it cannot be taken out again."""

    says = N_(
        "Loan {number} of this import was worked with since; the import stays. Mend the loan "
        "itself."
    )


@query(needs=Permission.IMPORT_ARCHIVE)
def read_loan_register(work: Work, asked: ReadForm) -> LoanRegister:
    """Read and check a register of loans against those kept here; nothing is written."""
    return read_loans(
        asked.book,
        today=work.today,
        known=lambda numbers: _known(work, numbers),
        mends=mends_of(work, asked, ImportKind.LOANS),
        tick=asked.tick,
    )


@action(needs=Permission.IMPORT_ARCHIVE, changes={Topic.IMPORTS, Topic.LOANS})
def import_loans(work: Work, form: LoanRegisterForm) -> LoansImported:
    """Take a register of loans in, as one import that can be undone.

    Raises `ImportHasErrors` unless what is wrong may be left out, `NoLoansToImport`,
    `RegisterImported` for a workbook that came in before.
    """
    register = form.register
    if register.errors and not form.skip_bad:
        raise ImportHasErrors(count=register.errors)
    sound = list(register.sound())
    numbers = {line.id_number for line in sound} | {line.contract_number for line in sound}
    known = _known(work, numbers - {""})
    lines = [line for line in sound if known.keys().isdisjoint(line.keys)]
    if not lines:
        raise NoLoansToImport
    if number := imported_as(work, form.digest, ImportKind.LOANS):
        raise RegisterImported(number=number)
    left_out = register.rows - len(lines)
    batch = new_batch(work, ImportKind.LOANS, form, rows=register.rows, left_out=left_out)
    homes = homes_of(work, {line.id_number for line in lines})
    first = work.next_numbers("loan", len(lines))
    loans = [
        _loan(work, line, batch.id, loan_number(work.today.year, number), homes.get(line.id_number))
        for number, line in enumerate(lines, start=first)
    ]
    work.session.add_all(loans)
    work.session.flush()
    for loan, line in zip(loans, lines, strict=True):
        work.session.add_all(_beside(work, loan, line))
    return LoansImported(
        id=batch.id,
        number=batch.number,
        loans=len(lines),
        fen=Fen(sum(line.principal or 0 for line in lines)),
        people=len({line.id_number for line in lines}),
        on_file=sum(loan.household_id is not None for loan in loans),
        left_out=batch.left_out,
    )


def refuse_touched_loans(work: Work, batch: ImportBatch) -> None:
    """Raise `LoansTouched` when a loan of the import was worked with since."""
    touched = select(Loan.number).where(
        Loan.import_batch_id == batch.id,
        or_(
            Loan.state != LoanState.RECORDED,
            Loan.version > 1,
            Loan.id.in_(select(LoanEvent.loan_id).where(LoanEvent.number > 1)),
        ),
    )
    if number := work.session.scalar(touched.limit(1)):
        raise LoansTouched(number=number)


def take_loans_out(work: Work, batch: ImportBatch) -> None:
    """Let the loans of an undone import count no more; they stay, as withdrawn."""
    for loan in work.session.scalars(select(Loan).where(Loan.import_batch_id == batch.id)):
        loan.state = LoanState.WITHDRAWN
    work.session.flush()


def _known(work: Work, numbers: Collection[str]) -> Mapping[Lent | str, str]:
    """Return the loans that are kept here, by what tells them from others."""
    found: dict[Lent | str, str] = {}
    for part in parts_of(numbers):
        rows = work.session.execute(
            select(
                Loan.number, Loan.id_number, Loan.lent_on, Loan.principal, Loan.contract_number
            ).where(
                Loan.state.not_in((LoanState.WITHDRAWN, LoanState.REFUSED)),
                Loan.lent_on.is_not(None),
                Loan.id_number.in_(part) | Loan.contract_number.in_(part),
            )
        )
        for number, person, day, fen, contract in rows:
            if day is not None and fen is not None:
                found[Lent(person, day, fen)] = number
            if contract:
                found[contract] = number
    return found


def _loan(
    work: Work,
    line: LoanLine,
    batch_id: int,
    number: str,
    home: tuple[int, int, str | None] | None,
) -> Loan:
    if not (line.principal and line.months and line.method and line.lent_on):
        raise ValueError(f"{line.place}: a line with an error was to be imported")
    terms = Terms(
        principal=line.principal,
        rate=Rate(line.rate or 0),
        months=line.months,
        method=line.method,
        lent_on=line.lent_on,
        subsidy=SubsidyRule(shares=((line.share, 100),)) if line.share else None,
    )
    household_id, member_id, district = home or (None, None, None)
    return Loan(
        number=number,
        state=LoanState.RECORDED,
        household_id=household_id,
        member_id=member_id,
        borrower_kind=BorrowerKind.INDIVIDUAL,
        borrower_group="",
        name=line.name,
        id_number=line.id_number,
        phone="",
        address="",
        district=district,
        firm="",
        uscc="",
        purpose=line.purpose,
        industry="",
        asked=line.principal,
        months_asked=line.months,
        asked_on=line.lent_on,
        note=line.note,
        import_batch_id=batch_id,
        entered_by=work.actor.id,
        entered_at=work.now,
        rules="",
        product="",
        exposure=Fen(0),
        bank=line.bank,
        principal=line.principal,
        contract_number=line.contract_number,
        terms=to_plain(terms),
        lent_on=line.lent_on,
        outstanding=Fen(0),
        owed_to_fund=Fen(0),
    )


def _beside(work: Work, loan: Loan, line: LoanLine) -> list[LoanEvent | LoanSide]:
    """Return the event of the lending, and the guarantor the register names."""
    rows: list[LoanEvent | LoanSide] = [
        LoanEvent(
            loan_id=loan.id,
            number=1,
            kind=LoanEventKind.LENT,
            day=line.lent_on,
            fen=line.principal,
            document=line.contract_number,
            note="",
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    ]
    if line.guarantor:
        rows.append(
            LoanSide(
                loan_id=loan.id,
                party=LoanParty.GUARANTOR,
                form=SecurityForm.CREDITWORTHY,
                name=line.guarantor,
                id_number=line.guarantor_id,
                phone="",
                unit="",
                covers=Fen(0),
                thing="",
                live=True,
            )
        )
    return rows

"""What can be asked about batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, func, select

from app.cases.measures import title_of
from app.core.kinds import BankCard
from app.core.masking import mask
from app.core.money import Fen, capitals
from app.core.record import Nothing
from app.core.words.disbursements import LineState
from app.disbursements.batch_records import (
    BatchById,
    BatchLineRow,
    BatchLink,
    BatchRow,
    BatchView,
)
from app.disbursements.batches import to_correct
from app.disbursements.issuing import goods_words
from app.disbursements.preflight import CheckedLine, check_rows, checked_lines
from app.disbursements.queries import award_rows, person_name
from app.disbursements.records import AwardQuery, AwardRow
from app.disbursements.refunds import came_back
from app.work import Permission, Work, query
from db.models.cases import Case
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine
from db.models.funds import Fund
from db.models.staff import Staff

CARD = BankCard(label="")


@query(needs=Permission.READ_BATCHES)
def batch_rows(work: Work, _nothing: Nothing) -> list[BatchRow]:
    """List the batches, the newest first."""
    batches = work.session.scalars(select(Batch).order_by(Batch.id.desc()).limit(200)).all()
    return _batch_rows(work, batches)


def _batch_rows(work: Work, batches: Sequence[Batch]) -> list[BatchRow]:
    """Return batches with what their payments come to, counted in one statement."""
    sums: dict[tuple[int, LineState], tuple[int, int]] = {}
    found = work.session.execute(
        select(BatchLine.batch_id, BatchLine.state, func.count(), func.sum(AwardVersion.amount))
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .where(
            BatchLine.batch_id.in_([batch.id for batch in batches]),
            BatchLine.state != LineState.REMOVED,
        )
        .group_by(BatchLine.batch_id, BatchLine.state)
    )
    for batch_id, state, count, fen in found:
        sums[batch_id, state] = (count, fen)

    def of(batch: Batch, *states: LineState) -> tuple[int, int]:
        counts = [sums.get((batch.id, state), (0, 0)) for state in states]
        return sum(count for count, _fen in counts), sum(fen for _count, fen in counts)

    rows: list[BatchRow] = []
    for batch in batches:
        count, fen = of(batch, *LineState)
        rows.append(
            BatchRow(
                id=batch.id,
                version=batch.version,
                number=batch.number,
                way=batch.way,
                state=batch.state,
                count=count,
                amount=Fen(fen),
                paid=of(batch, LineState.PAID)[0],
                failed=of(batch, LineState.FAILED)[0],
                prepared_by=work.load(Staff, batch.prepared_by).name,
                prepared_at=batch.prepared_at,
            )
        )
    return rows


@query(needs=Permission.READ_BATCHES)
def batch_view(work: Work, asked: BatchById) -> BatchView:
    """Return a batch with its payments and, before it is frozen, what the pre-flight says."""
    batch = work.load(Batch, asked.id)
    checked = checked_lines(work, batch)
    (row,) = _batch_rows(work, [batch])
    lines = work.session.execute(
        select(BatchLine, AwardVersion, Award, Case.number, Fund.name, person_name())
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Case, Award.case_id == Case.id)
        .join(Fund, AwardVersion.fund_id == Fund.id)
        .where(BatchLine.batch_id == batch.id)
        .order_by(BatchLine.line)
    )
    by_line = {line.line.id: line for line in checked}
    found = list(lines.all())
    back = came_back(work, [version.id for _line, version, *_rest in found])
    live = [item for item in found if item[0].state is not LineState.REMOVED]
    return BatchView(
        row=row,
        layout=batch.layout,
        households=len({award.household_id for _line, _version, award, *_rest in live}),
        capitals=capitals(row.amount) if row.amount else "",
        by_fund=_by_fund((fund, version.amount) for _l, version, _a, _n, fund, _p in live),
        lines=tuple(
            _line_row(
                work,
                line,
                version,
                award,
                number,
                fund,
                person,
                by_line.get(line.id),
                back.get(version.id, Fen(0)),
            )
            for line, version, award, number, fund, person in found
        ),
        checks=check_rows(checked, batch.way) if checked else (),
        digest=batch.frozen_digest or "",
        bank_file=batch.bank_file or "",
        frozen_at=batch.frozen_at,
        follows=next(_links(work, Batch.id == batch.follows_id), None),
        followed_by=tuple(_links(work, Batch.follows_id == batch.id)),
        correctable=_correctable(work, batch),
    )


def _links(work: Work, which: ColumnElement[bool]) -> Iterator[BatchLink]:
    batches = work.session.scalars(select(Batch).where(which).order_by(Batch.id)).all()
    for row in _batch_rows(work, batches):
        yield BatchLink(id=row.id, number=row.number, count=row.count)


def _correctable(work: Work, batch: Batch) -> tuple[AwardRow, ...]:
    awards = [award for award, _version in to_correct(work, batch)]
    asked = [AwardQuery(household_id=award.household_id) for award in awards]
    rows = {row.id: row for each in asked for row in award_rows.run(work, each)}
    return tuple(rows[award.id] for award in awards)


def _by_fund(amounts: Iterable[tuple[str, Fen]]) -> tuple[tuple[str, int, Fen], ...]:
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for fund, amount in amounts:
        counts[fund] += 1
        sums[fund] += amount
    return tuple((fund, count, Fen(sums[fund])) for fund, count in counts.items())


def _line_row(
    work: Work,
    line: BatchLine,
    version: AwardVersion,
    award: Award,
    case_number: str,
    fund: str,
    person: str | None,
    checked: CheckedLine | None,
    back: Fen,
) -> BatchLineRow:
    worst = checked.worst if checked else None
    return BatchLineRow(
        id=line.id,
        line=line.line,
        award_id=award.id,
        check=worst.level if worst else "ok",
        check_says=worst.says if worst else "",
        name=version.payee,
        case_number=case_number,
        title=title_of(award.measure, work.today, person or ""),
        amount=version.amount,
        account_holder=version.account_holder,
        account_number=mask(CARD, version.account_number),
        fund=fund,
        state=line.state,
        reason=line.reason,
        goods=goods_words(version),
        settled_on=line.settled_on,
        back=back,
    )

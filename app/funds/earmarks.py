"""Earmarks in words: what a fund may pay, by its own terms and the rules of its source."""

from collections.abc import Iterator
from datetime import date

from app.core.i18n import _
from app.funds.records import FundRow
from app.funds.rules import paying_days
from app.policy.catalog import shipped
from app.reference.earmarks import Earmarks


def terms_of(fund: FundRow, document: Earmarks, today: date) -> tuple[str, ...]:
    """Return the earmarks of a fund, a sentence each: its days, its own terms, its source's."""
    return tuple(_terms(fund, document, today))


def _terms(fund: FundRow, document: Earmarks, today: date) -> Iterator[str]:
    first, last = paying_days(fund.year, fund.pays_until)
    yield _("Pays from {first} to {last}").format(first=first, last=last)
    if fund.donor:
        yield _("Given by {donor}").format(donor=fund.donor)
    if fund.condition:
        yield _("Wish of the donor: {condition}").format(condition=fund.condition)
    if fund.measures:
        titles = shipped().titles(today)
        names = "、".join(titles.get(each, each) for each in fund.measures)
        yield _("Only for {measures}").format(measures=names)
    if fund.districts:
        yield _("Only in {districts}").format(districts="、".join(fund.districts))
    if fund.categories:
        yield _("Only for households in {categories}").format(categories="、".join(fund.categories))
    if fund.file_required:
        yield _("Only households on file")
    yield document.rule(fund.source).says
    for most in document.most:
        if fund.source in most.of:
            yield most.says

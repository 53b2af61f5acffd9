"""A certificate from nothing: proves that this program can keep a store and print a paper."""

import tempfile
from datetime import timedelta
from pathlib import Path

from app.cases.actions import issue_certificate
from app.cases.queries import case_rows
from app.cases.records import CaseQuery, CertificateForm
from app.core.clock import SystemClock
from app.core.words.cases import CaseState
from app.demo.center import PASSWORD, create
from app.office import enter_store
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render

HOUSEHOLDS = 6
"""So few that it is quick, and enough that some of them are on file."""


def sample_certificate() -> bytes:
    """Make a demonstration center aside and return the PDF of a certificate issued there.

    It says 样张 across the page; the store is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="bangfu-") as folder:
        store = Path(folder, "sample.db")
        create(store, households=HOUSEHOLDS)
        office, supervisor = enter_store(store, "zhao", PASSWORD)
        try:
            filed = office.ask(supervisor, case_rows, CaseQuery(state=CaseState.FILED))[0]
            form = CertificateForm(
                household_id=filed.household_id,
                purpose="程序自检",
                valid_until=SystemClock().today() + timedelta(days=365),
            )
            paper = office.perform(supervisor, issue_certificate, form).result
            return render(office.ask(supervisor, paper_view, PaperById(id=paper)).sheet)
        finally:
            office.close()

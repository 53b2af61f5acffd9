"""The list of modules that hold verbs. Loading them fills `app.work.ACTIONS` and `QUERIES`."""

import importlib
from typing import Final

MODULES: Final = (
    "app.staff.actions",
    "app.staff.queries",
    "app.center.actions",
    "app.center.queries",
    "app.audit.queries",
    "app.backups.actions",
    "app.backups.queries",
    "app.packs.actions",
    "app.packs.queries",
    "app.drafts.actions",
    "app.drafts.queries",
    "app.documents.actions",
    "app.documents.queries",
    "app.papers.actions",
    "app.papers.queries",
    "app.households.actions",
    "app.households.queries",
    "app.households.issuing",
    "app.households.duplicates",
    "app.households.merging",
    "app.households.merging_queries",
    "app.households.moving_people",
    "app.funds.actions",
    "app.funds.queries",
    "app.filing.actions",
    "app.filing.deciding",
    "app.filing.issuing",
    "app.filing.queries",
    "app.cases.actions",
    "app.cases.notices",
    "app.cases.queries",
    "app.cases.trial",
    "app.cases.replaying",
    "app.services.actions",
    "app.services.queries",
    "app.disbursements.actions",
    "app.disbursements.batches",
    "app.disbursements.batch_queries",
    "app.disbursements.deciding",
    "app.disbursements.offering",
    "app.disbursements.queries",
    "app.disbursements.ties",
    "app.exchange.actions",
    "app.exchange.importing",
    "app.exchange.importing_columns",
    "app.exchange.importing_queries",
    "app.exchange.queries",
    "app.reports.actions",
    "app.reports.queries",
    "app.search.queries",
)


def load() -> None:
    """Import every module of verbs."""
    for module in MODULES:
        importlib.import_module(module)

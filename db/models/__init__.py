"""The schema, one module a noun; importing this package makes every table known."""

from db.base import Base
from db.models import (
    audit,
    cases,
    center,
    disbursements,
    documents,
    drafts,
    filing,
    funds,
    households,
    imports,
    merging,
    numbers,
    papers,
    policy,
    relief,
    services,
    staff,
)

__all__ = [
    "Base",
    "audit",
    "cases",
    "center",
    "disbursements",
    "documents",
    "drafts",
    "filing",
    "funds",
    "households",
    "imports",
    "merging",
    "numbers",
    "papers",
    "policy",
    "relief",
    "services",
    "staff",
]

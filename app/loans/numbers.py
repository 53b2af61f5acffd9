"""Numbers of loans and of claims as the center gives them: ``贷2026-0017``, ``贴2026-0003``."""


def loan_number(year: int, number: int) -> str:
    """Return a loan number of the center's own series."""
    return f"贷{year}-{number:04d}"


def claim_number(year: int, number: int) -> str:
    """Return the number of a claim of interest subsidy."""
    return f"贴{year}-{number:04d}"

"""Loan numbers (贷款编号) as the center gives them: ``贷2026-0017``."""


def loan_number(year: int, number: int) -> str:
    """Return a loan number of the center's own series."""
    return f"贷{year}-{number:04d}"

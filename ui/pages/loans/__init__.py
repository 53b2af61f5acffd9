"""Guaranteed loans: what waits at the loan desk, and one loan with its plan and its way."""

from ui.pages.loans.page import LoansPage

__all__ = ["LoansPage"]

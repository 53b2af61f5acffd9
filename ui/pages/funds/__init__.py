"""Funds: what each source was granted, what is left of it, and every movement."""

from ui.pages.funds.page import FundsPage

__all__ = ["FundsPage"]

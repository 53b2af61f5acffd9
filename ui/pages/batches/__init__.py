"""Batches: approved awards put together, checked, frozen, sent to the bank and reconciled."""

from ui.pages.batches.page import BatchesPage

__all__ = ["BatchesPage"]

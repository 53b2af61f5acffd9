"""Lists: awards that are given together."""

from ui.pages.lists.page import ListsPage

__all__ = ["ListsPage"]

"""Duplicates (重复户): pairs of files that are perhaps one household, side by side, and merged."""

from ui.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]

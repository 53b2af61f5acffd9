"""The household file (户档案): what the center knows of one household, and its next step."""

from ui.pages.household.page import HouseholdPage

__all__ = ["HouseholdPage"]

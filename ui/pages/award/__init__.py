"""The award proposal: how much of which fund to whose account, within the cap of the year."""

from ui.pages.award.page import AwardPage

__all__ = ["AwardPage"]

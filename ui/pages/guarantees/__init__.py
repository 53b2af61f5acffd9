"""The guarantee fund, the claims of interest subsidy, and all loans together."""

from ui.pages.guarantees.page import GuaranteesPage

__all__ = ["GuaranteesPage"]

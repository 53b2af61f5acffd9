"""Papers on the screen: register, preview, printing, verifying."""

from ui.pages.papers.page import PapersPage

__all__ = ["PapersPage"]

"""Import: an old archive is read, mended, decided upon and taken in; what came in can be undone."""

from ui.pages.imports.page import ImportsPage

__all__ = ["ImportsPage"]

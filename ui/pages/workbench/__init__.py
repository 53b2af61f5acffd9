"""The workbench: the first page everybody sees, with what waits for them."""

from ui.pages.workbench.page import WorkbenchPage

__all__ = ["WorkbenchPage"]

"""Reports: a period told by figures, tables and charts, each of which opens what stands behind."""

from ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]

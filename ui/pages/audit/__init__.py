"""The audit trail on the screen."""

from ui.pages.audit.page import AuditPage

__all__ = ["AuditPage"]

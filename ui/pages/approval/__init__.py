"""The approval desk: one proposal after the other, what it rests on, and the decision."""

from ui.pages.approval.page import ApprovalPage

__all__ = ["ApprovalPage"]

"""Members (家庭成员变更): a household is split, a member moves to another one, the head changes."""

from ui.pages.regroup.page import RegroupPage

__all__ = ["RegroupPage"]

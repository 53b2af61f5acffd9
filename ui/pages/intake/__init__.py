"""Intake (登记): one page on which a household is taken in, and on which its file is changed.

The page is composed of sections, one record each; what is typed is a draft from the first key on.
"""

from ui.pages.intake.page import IntakePage

__all__ = ["IntakePage"]

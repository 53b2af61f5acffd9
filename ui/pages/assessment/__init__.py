"""The assessment page: what a household may get, and why."""

from ui.pages.assessment.page import AssessmentPage

__all__ = ["AssessmentPage"]

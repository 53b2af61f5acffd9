"""The job service: who looks for work and what fits them, letters, placements, recognitions."""

from ui.pages.jobs.page import JobsPage

__all__ = ["JobsPage"]

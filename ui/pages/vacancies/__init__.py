"""Employers and what they want filled, who fits, and the blacklist."""

from ui.pages.vacancies.page import VacanciesPage

__all__ = ["VacanciesPage"]

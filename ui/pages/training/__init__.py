"""Training courses with their seats, and the vouchers for free training."""

from ui.pages.training.page import TrainingPage

__all__ = ["TrainingPage"]

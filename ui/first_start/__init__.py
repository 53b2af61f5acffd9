"""First use: a demonstration to try, or a real center, step by step."""

from ui.first_start.window import FirstStart

__all__ = ["FirstStart"]

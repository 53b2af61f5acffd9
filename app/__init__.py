"""Bangfu's application logic: everything the center does, without a window."""

__version__ = "0.1.0"

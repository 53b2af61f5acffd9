"""The center: its particulars and its own dated values."""

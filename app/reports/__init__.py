"""Looks over the whole store: the check of what was written, later the year's figures."""

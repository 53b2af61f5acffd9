"""The demonstration center: invented people, real ways of working."""

PASSWORD = "demo-2012"  # noqa: S105 - printed on the first page of the manual
"""Of everybody in the demonstration center."""

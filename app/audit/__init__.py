"""The audit trail: who did what, when, and what it changed."""

"""The store: its schema and the way to it. It knows no rules."""

"""Funds: where money comes from, what was granted, and the ledger."""

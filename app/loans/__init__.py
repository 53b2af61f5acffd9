"""Guaranteed loans: their terms, their money as a function of what happened, their life."""

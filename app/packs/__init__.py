"""The policy documents a store has worked with, kept as they were."""

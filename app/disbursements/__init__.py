"""Money out: awards in versions, approvals by a second person, batches to the bank."""

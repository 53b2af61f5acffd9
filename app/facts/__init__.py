"""Facts: what policy asks of a household, gathered from its form and from the store."""

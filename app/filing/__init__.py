"""Filing steps: what is done before a household is on file, while it is, and when it leaves."""

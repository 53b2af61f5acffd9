"""Documents: scans and files that prove what a household says."""

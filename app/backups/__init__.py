"""Backups: copies of the store with its key file, checked before they count, and restoring one."""

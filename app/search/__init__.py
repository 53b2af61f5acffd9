"""Search: what is typed into the one box, and what it finds."""

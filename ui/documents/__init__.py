"""The documents beside a page: a list, what is missing, and the one that is looked at."""

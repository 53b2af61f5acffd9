"""Households and their members: registering, showing, revealing."""

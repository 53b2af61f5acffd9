"""What is true for everybody on a day: dated values, districts, code lists, the work calendar.

The shipped documents stand in ``resources/reference``; this package reads them and knows no
store. A center's own dated values are of the same type and are laid over the shipped ones.
"""

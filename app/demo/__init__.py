"""The demonstration center: invented people, real ways of working."""

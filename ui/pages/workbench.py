"""The workbench: what waits for this person, by due day, and what the center did of late."""

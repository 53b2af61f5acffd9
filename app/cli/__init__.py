"""The commands, without a screen: exit code 0 done, 1 refused or problems found, 2 wrong usage."""

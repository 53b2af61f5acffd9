"""Staff: people, roles and rights."""

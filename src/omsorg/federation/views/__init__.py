"""Pages of the federation: organisations, people, roles, and one's own account."""

"""Named reads of savings."""

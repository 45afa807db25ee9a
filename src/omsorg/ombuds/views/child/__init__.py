"""The child's side of the channel: pages without menu, cookie or trace, in eight languages, with or without script."""

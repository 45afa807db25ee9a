"""The pages of savings: they read; nothing here writes a group's money."""

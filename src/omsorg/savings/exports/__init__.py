"""What a group takes with it when it leaves: everything, in forms that others read."""

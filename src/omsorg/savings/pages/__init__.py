"""What the pages of savings show, in words."""

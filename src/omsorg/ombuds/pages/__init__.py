"""What the ombudsperson's pages show: plain objects, in words of the reader's language."""

"""Forms of the ombudsperson's pages."""

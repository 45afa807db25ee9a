"""What people type, read into values: one module per kind of page. Nothing is decided here."""

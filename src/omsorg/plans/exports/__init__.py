"""A report as files: rows for spreadsheets, and a document for paper."""

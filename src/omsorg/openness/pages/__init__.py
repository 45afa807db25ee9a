"""What the pages show, put into words and ready: dataclasses, no business in templates."""

"""What comes in as a file: lists of sponsors and donors, a provider's answers, what people wrote back."""

"""What every room stands on, without a word of the field.

Numbers and days as people write them, money, pictures, sheets, uploads.
Knows nobody; known by all.
"""

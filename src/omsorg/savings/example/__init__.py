"""Invented savings groups, and what they seal: the same documents for tests, for the benchmark, and to look at."""

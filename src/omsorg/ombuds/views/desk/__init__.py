"""The pages of those who hear children: keys, the desk, a case, what was said elsewhere, recommendations, visits."""

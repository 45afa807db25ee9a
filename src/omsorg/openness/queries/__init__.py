"""What is read of openness: drafts and their check, what waits, who is told, what stands in public."""

"""What the house itself shows: the first page, the gallery, the outbox."""

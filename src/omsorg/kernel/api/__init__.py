"""What the HTTP API of every system shares: what may be handed in, pages of rows, and how a refusal is given out."""

"""Letters on paper and messages for a provider: made out of frozen notices, nothing else."""

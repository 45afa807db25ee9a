"""What is done to savings groups: one function a verb. Their money is written by `receiving` alone."""

"""What is done with a case, one function a verb: each asks who may, asks the rules, writes, and leaves one trace."""

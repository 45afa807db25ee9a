"""What is done to organisations, people and roles: one verb, one transaction, one trace each."""

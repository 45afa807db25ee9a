"""What people do in the plan tracker: one function a verb, one transaction, one trace; time and person by name."""

"""Named reads of the plan tracker: they return small frozen dataclasses or querysets and never write."""

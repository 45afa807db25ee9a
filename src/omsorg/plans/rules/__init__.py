"""The arithmetic of the plan tracker: nothing here reads a clock, a setting or a database.

Words: a *definition* says how a figure is counted, a *figure* is one answer, a *tally* is what a roll-up
keeps, a *status* is computed from figures and targets, a *base* is the set of indicators a count is
compared with. One module per noun; each algorithm has a page under `docs/rules/` whose worked numbers are
its test table.
"""

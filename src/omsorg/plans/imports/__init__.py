"""How a whole plan comes in from a file: a workbook, a CSV file for each sheet, or several of them in one archive.

`sheets` says which sheets and columns there are, `reading` makes rows out of files and names every fault by sheet,
row and column, `drafts` makes a plan out of rows and holds every reference against the rest. What comes of it is
taken in by the action `import_plan`, whole or not at all. `template` writes the empty form with help and an example.
"""

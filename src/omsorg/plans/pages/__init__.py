"""What the plan tracker's pages show: small frozen values made out of a report, in the reader's language.

Nothing is read from the database here and nothing is decided: a page's words, marks and drawings are put beside the
numbers that the rules have counted.
"""

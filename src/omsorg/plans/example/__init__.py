"""The example that ships with the house: an invented federation, and a plan with the structure of one that was real.

The files beside this module are what a plan owner would hand in; they come in through the same import, day by day, and
everything after that is done by example people through the ordinary actions. Nothing here is about anybody real, but
for the names of the eight prioritised actions, which are as they were published and say so.
"""

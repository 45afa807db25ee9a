"""Savings and loan groups: the common box adds up, offline, to the last coin.

Some twenty neighbours meet each week around one box. They buy shares, lend to each other out of what they
saved, keep a social fund for hard days, and may put a part of each saving into a common project. At the end
of the cycle everything is shared out. A phone leads them through the meeting, without network; what they
sealed is one document that never changes.

Words: group, constitution, cycle, meeting, document, line, fund, share, loan, charge, fine, social fund,
project, share-out, residue, passbook. The arithmetic is in `rules`, without Django: the phone runs the same
rules, and `vectors` binds the two together. Every number on which groups differ is their constitution's.
"""

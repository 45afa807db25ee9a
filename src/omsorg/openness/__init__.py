"""A failure is published: what happened, what we did, what we learned, and who was told.

A closed incident is written up under three headings, checked against giving a child away, held back with a reason and a
day of review where it must be, and released by a second person. Sponsors and donors of the programme are told before or
with the public page. Corrections are logged; nothing disappears. What is held is counted in public.

Words: publication, heading, re-identification check, hold, reason class, release, correction, register, audience,
notice, proof of delivery, answer, repayment. Neighbours: stands on safeguarding, plans, federation and kernel; nobody
but the site stands on it.
"""

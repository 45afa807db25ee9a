"""A child is heard: the ombudsperson's own channel, shut to everybody else.

A child, or somebody who worries about one, tells what is on their mind, in eight languages, on any phone, and keeps a
return code of four pictures. Ombudspersons answer before a promised day, keep the child's own words apart from
their notes, ask the child's assent for each thing they share, and watch that nobody is punished for speaking. Each case
has a key of its own, sealed to the ombudspersons assigned and to the child's return code: managers, administrators and
whoever steals the database read nothing.

Words: case, own words, wish, assent, return code, promise, level (national, regional, global, board), ombudsperson,
board member, key ring, check-in, exclusion, breaking confidentiality, handover, recommendation. Neighbours: stands on
federation and kernel alone, may live in a database of its own, and nobody but the site imports it.
"""

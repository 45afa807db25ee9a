"""Organisations, places, people and mandates: who may do what, and where.

A federation is a tree of organisations (international office, regions, national associations, programmes,
local partners, municipalities, authorities, networks). Every place in the tree is dated: an organisation
that moves keeps its history under the one it stood under then. A person acts through a mandate: a role, at
an organisation, for a period. What a mandate opens, it opens for that organisation and for all below it;
everything else is closed, and a stranger is told that there is nothing here.

Words: organisation, position (in the tree), lineage, place, person, account, role, mandate, token.
Neighbours: stands on the kernel; every system stands on it.
"""

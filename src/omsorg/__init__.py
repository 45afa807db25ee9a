"""Omsorg: one platform for organisations that look after children, and for the children themselves.

Rooms, each standing on the ones below it:

    site         puts the systems that are on together: settings, addresses, menus, the HTTP API
    plans        promises with actions and indicators, reported in public
    federation   organisations, places, people, mandates: who may do what, and where
    kernel       values, trail, wall, letters, imports: no word of the field
"""

"""The site puts the systems that are on together: settings, addresses, menus, the HTTP API, the gallery.

It knows every system; no system knows it.
"""

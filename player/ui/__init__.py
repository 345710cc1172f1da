"""Widgets, and the only QtWidgets.

Imports `core` and `app`: reads through services, commands services, writes nothing itself.
"""

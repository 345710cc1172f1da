"""Use cases and threads: services that command the adaptors and publish facts.

Imports every folder but `ui` and `cli`.
"""

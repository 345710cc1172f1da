"""Audio files of kinds that no encoder at hand writes, made from the bytes of those it does; and ears for exactness.

Must not know how the player finds its way in them.
"""

from audiobytes.listening import lateness, read_all, read_some, worst_jump

__all__ = ["lateness", "read_all", "read_some", "worst_jump"]

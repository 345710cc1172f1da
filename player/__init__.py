"""Earmark, a podcast player built around chapters. Start with player/README.md."""

__version__ = "0.1.0"

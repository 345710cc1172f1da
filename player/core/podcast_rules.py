"""What the listener sets for a podcast as a whole, in one value.

Must not know where it is kept, nor who acts on it. How a podcast sounds is `core.sound`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from player.core.auto_download import AutoDownload
from player.core.edges import Edges
from player.core.keeping import Keep


@dataclass(frozen=True, slots=True)
class PodcastRules:
    """What is left out of its episodes, which are downloaded and how long, and whether new ones are announced."""

    edges: Edges = field(default_factory=Edges)
    auto_download: AutoDownload = field(default_factory=AutoDownload)
    keep: Keep = field(default_factory=Keep)
    announces: bool = False

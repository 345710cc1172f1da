"""How long what is left of an episode takes: one answer for its page and its row in the lists.

Must not know how it is worded.
"""

from __future__ import annotations

from collections.abc import Sequence

from player.app.playback import Playback
from player.core.model import Episode, Millis
from player.core.play_queue import Piece, length_of
from player.core.skips import Span


def time_left(playback: Playback, episode: Episode, skips: Sequence[Span]) -> Millis | None:
    """How long what is left takes to be heard; None where the length is not known, or when it has not been begun.

    Where the episode is open: from what is heard now, at the speed of now. Else at normal speed from where it was left,
    without `skips`.
    """
    state = playback.state
    is_open = state.episode == episode.id
    position = playback.position() if is_open else episode.position
    if not position or episode.is_played:
        return None
    if is_open:
        heard = state.left_at(position)
        return state.time_for(heard) if heard is not None else None
    return length_of(Piece(episode.id), episode.duration, position, skips)

"""The facts that services publish on the bus: frozen values, mostly of ids, from which views know what to read again.

Must not know who listens.
"""

from __future__ import annotations

from dataclasses import dataclass

from player.core.errors import KnownError
from player.core.model import EpisodeId, Millis, PodcastId
from player.core.session import PlaybackState


@dataclass(frozen=True, slots=True)
class PodcastsChanged:
    """These podcasts were added, removed or described anew."""

    ids: tuple[PodcastId, ...]


@dataclass(frozen=True, slots=True)
class EpisodesChanged:
    """These episodes were added, removed, or changed in what lists show."""

    ids: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class EpisodesArrived:
    """A feed that was asked again has these episodes, which were not known. Not told when a podcast is added."""

    podcast: PodcastId
    ids: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """What the listener sets for a podcast as a whole is another."""

    podcast: PodcastId


@dataclass(frozen=True, slots=True)
class RemovalPlanned:
    """Downloads of these episodes go in a moment unless that is called off; `size` in bytes.

    `is_by_rule`: as the settings say, and not since the listener has just asked for it.
    """

    ids: tuple[EpisodeId, ...]
    size: int
    is_by_rule: bool = True


@dataclass(frozen=True, slots=True)
class EpisodeAsked:
    """The listener wants to see this episode, and asked for it outside the window."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class ChaptersChanged:
    """The chapters of these episodes were found, replaced or chosen anew."""

    ids: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class TranscriptChanged:
    """The transcript of this episode was read, or cannot be, or is being asked for."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class HeardChanged:
    """More of these episodes was heard, or the listener said otherwise. Every few seconds while playing."""

    ids: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class PictureAllowanceChanged:
    """Pictures from the web are shown for a podcast from now on, or no longer."""

    podcast: PodcastId


@dataclass(frozen=True, slots=True)
class PicturesFetched:
    """The pictures at these addresses are here now, or were replaced by newer ones."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DownloadChanged:
    """A download began, waits, was paused, failed, ended or was removed."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class DownloadsReordered:
    """Unfinished downloads have another order, or all wait for another network from now on, or no longer."""


@dataclass(frozen=True, slots=True)
class DownloadProgressed:
    """More of a download is there. At most ten times a second for each episode.

    `received` and `total` in bytes, `rate` in bytes a second, `left` until the end; None where not known.
    """

    id: EpisodeId
    received: int
    total: int | None
    rate: float
    left: Millis | None


@dataclass(frozen=True, slots=True)
class DownloadsMoving:
    """So many bytes of all downloads that change their folder have been moved. At most ten times a second."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DownloadsMoved:
    """Downloads change their folder no more: all have, or (not `is_whole`) some could not."""

    is_whole: bool


@dataclass(frozen=True, slots=True)
class PlaybackChanged:
    """The playback state is another one now."""

    state: PlaybackState


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """What is heard now is this place of the episode. Some times a second while playing, and after each jump.

    Not `is_exact`: in a file that is still arriving, the place is an estimate.
    """

    id: EpisodeId
    position: Millis
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class WaveformChanged:
    """More of the waveform of this episode is known, or none of it any more. Some times in a second at most."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class StopReached:
    """The part of an episode that was to be played is over; the sound stopped there."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class FellAsleep:
    """The sleep timer ended the sound in this episode: at its place, or with the end of what played."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class SleepChanged:
    """The sleep timer was set, prolonged, called off, or is over."""


@dataclass(frozen=True, slots=True)
class FollowedOn:
    """What was to follow without a gap is heard now: this episode, or a part of it."""

    id: EpisodeId


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """Something was queued, moved or taken out, or an entry looks different."""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """The listener's preferences are others now."""


@dataclass(frozen=True, slots=True)
class BookmarksChanged:
    """Bookmarks of these episodes were made, changed, moved or taken away."""

    ids: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class StatisticsChanged:
    """More was listened to. Every few seconds while playing."""


@dataclass(frozen=True, slots=True)
class RefreshChanged:
    """How many podcasts are being refreshed or added at this moment."""

    running: int


@dataclass(frozen=True, slots=True)
class ProblemReported:
    """Something in the background went wrong in a way that the listener should read once."""

    error: KnownError


Fact = (
    PodcastsChanged
    | EpisodesChanged
    | EpisodesArrived
    | RulesChanged
    | RemovalPlanned
    | EpisodeAsked
    | ChaptersChanged
    | TranscriptChanged
    | HeardChanged
    | PictureAllowanceChanged
    | PicturesFetched
    | DownloadChanged
    | DownloadsReordered
    | DownloadProgressed
    | DownloadsMoving
    | DownloadsMoved
    | PlaybackChanged
    | PositionChanged
    | WaveformChanged
    | StopReached
    | FellAsleep
    | SleepChanged
    | FollowedOn
    | QueueChanged
    | SettingsChanged
    | BookmarksChanged
    | StatisticsChanged
    | RefreshChanged
    | ProblemReported
)

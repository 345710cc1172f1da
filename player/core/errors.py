"""Every error that Earmark raises on purpose.

Must not know how a sentence is worded for the listener: that is `app.sentences`.

    EarmarkError
    ├── KnownError                 the world is not as hoped; becomes one clear sentence
    │   ├── NetworkError           (url, reason)
    │   │   └── HttpStatusError    (url, status, retry_after)
    │   ├── FeedEndedError         (url)
    │   ├── NotAFeedError          (url, found)
    │   ├── SeveralFeedsError      (url, feeds)
    │   ├── NoFeedKnownError       (url, reason)
    │   ├── NoKeyringError         (url)
    │   ├── DirectoryKeyError      (name)
    │   ├── NotAudioError          (name, found)
    │   ├── DamagedAudioError      (name, reason)
    │   ├── ShortAudioError        (name, missing)
    │   ├── VanishedError          (name)
    │   ├── DownloadError          (url, reason)
    │   ├── FileError              (path, reason)
    │   │   └── DiskFullError      (path, reason)
    │   ├── TagError               (path, reason)
    │   ├── NoChaptersError        (name, reason)
    │   ├── DocumentError          (name, reason)
    │   ├── ProfileError           (path, reason)
    │   │   └── DamagedLibraryError (path, reason)
    │   ├── NoBackupError          (path)
    │   ├── ProfileInUseError      (path)
    │   ├── NotFoundError          (what, name)
    │   ├── LinkError              (link, reason, feed_url)
    │   ├── EmptyQueueError        ()
    │   ├── SkippedError           (title, cause)
    │   ├── NotRunningError        ()
    │   │   └── ClosedError        ()
    │   ├── SoundDeviceError       (reason)
    │   │   └── DeviceGoneError    (reason)
    │   ├── SoundEngineError       ()
    │   └── UnexpectedError        (reason): a mistake of ours that ended a job, told so that nobody waits for it
    └── BugError                   we are wrong; reaches the log with its trace
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from player.core.feed_links import FeedLink


class EarmarkError(Exception):
    """The root of the tree."""


class KnownError(EarmarkError):
    """The network, the disk or a file is not as hoped. Carries data; `app.sentences` words it."""

    def __reduce__(self) -> tuple[type[KnownError], tuple[Any, ...]]:
        """Errors travel between processes, and what is made by keywords travels by position."""
        names = getattr(type(self), "__dataclass_fields__", ())
        return type(self), tuple(getattr(self, name) for name in names) or self.args


class BugError(EarmarkError):
    """A state that cannot be: a mistake of ours."""


@dataclass(eq=False)
class NetworkError(KnownError):
    """`url` could not be reached; `reason` says why in a few words."""

    url: str
    reason: str


@dataclass(eq=False)
class HttpStatusError(NetworkError):
    """The server of `url` answered with an HTTP status that is no success.

    `retry_after` are the milliseconds for which it wants to be left alone, if it said so.
    """

    status: int
    retry_after: int | None = None


@dataclass(eq=False)
class FeedEndedError(KnownError):
    """The server of the feed `url` says that it is gone for good (HTTP 410)."""

    url: str


@dataclass(eq=False)
class NotAFeedError(KnownError):
    """What `url` gave is no feed but `found` ("a web page", "an empty answer", …)."""

    url: str
    found: str


@dataclass(eq=False)
class SeveralFeedsError(KnownError):
    """The page `url` names more than one feed that may be meant: `feeds`, of which somebody must choose."""

    url: str
    feeds: tuple[FeedLink, ...]


@dataclass(eq=False)
class NoFeedKnownError(KnownError):
    """The link `url` names a podcast, but no way to its feed: `reason` says why, and what to do."""

    url: str
    reason: str


@dataclass(eq=False)
class NoKeyringError(KnownError):
    """There is no keyring that could keep the password for the feed `url`."""

    url: str


@dataclass(eq=False)
class DirectoryKeyError(KnownError):
    """The directory `name` answers only who has a key, and there is none in the settings."""

    name: str


@dataclass(eq=False)
class NotAudioError(KnownError):
    """What `name` (an address or a path) holds is no audio but `found`."""

    name: str
    found: str


@dataclass(eq=False)
class DamagedAudioError(KnownError):
    """`name` is audio, but cannot be used: `reason`."""

    name: str
    reason: str


@dataclass(eq=False)
class ShortAudioError(KnownError):
    """The audio of `name` ended `missing` milliseconds before the end that it announces."""

    name: str
    missing: int


@dataclass(eq=False)
class VanishedError(KnownError):
    """The audio file `name` was deleted or moved away while it plays."""

    name: str


@dataclass(eq=False)
class DownloadError(KnownError):
    """A download from `url` cannot go on, but what came is kept: `reason`."""

    url: str
    reason: str


@dataclass(eq=False)
class FileError(KnownError):
    """`path` cannot be read or written: `reason`."""

    path: str
    reason: str


@dataclass(eq=False)
class DiskFullError(FileError):
    """There is no room left for `path`: `reason`. Whatever else would be written there fails as well."""


@dataclass(eq=False)
class TagError(KnownError):
    """No chapters were written into `path`, which is as it was: `reason`, a sentence without its full stop."""

    path: str
    reason: str


@dataclass(eq=False)
class NoChaptersError(KnownError):
    """`name` was read, but holds no chapters; `reason` says what was looked for and not found."""

    name: str
    reason: str


@dataclass(eq=False)
class DocumentError(KnownError):
    """`name` is not a document of the kind that was asked for: `reason`."""

    name: str
    reason: str


@dataclass(eq=False)
class ProfileError(KnownError):
    """The profile folder `path` cannot be used: `reason`."""

    path: str
    reason: str


@dataclass(eq=False)
class DamagedLibraryError(ProfileError):
    """The library in the profile folder `path` is damaged or gone: `reason`. A backup of it may be brought back."""


@dataclass(eq=False)
class NoBackupError(KnownError):
    """There is no backup of the library in the profile folder `path`, or none that can be read."""

    path: str


@dataclass(eq=False)
class ProfileInUseError(KnownError):
    """Another Earmark has the profile `path` open."""

    path: str


@dataclass(eq=False)
class NotFoundError(KnownError):
    """There is no `what` ("episode", "podcast", "chapter") that `name` could mean."""

    what: str
    name: str


@dataclass(eq=False)
class LinkError(KnownError):
    """The link `link` leads to nothing here: `reason`. `feed_url` is the podcast that is missing, if it is one."""

    link: str
    reason: str
    feed_url: str | None = None


class EmptyQueueError(KnownError):
    """There is nothing in the queue that could be played."""


@dataclass(eq=False)
class SkippedError(KnownError):
    """The entry `title` of the queue cannot be played because of `cause`; it stays there, and the next one plays."""

    title: str
    cause: KnownError


class NotRunningError(KnownError):
    """No player is running that could be controlled."""


class ClosedError(NotRunningError):
    """The player was asked for something, and ended before it answered."""


@dataclass(eq=False)
class SoundDeviceError(KnownError):
    """There is no way to make sound: `reason`."""

    reason: str


@dataclass(eq=False)
class DeviceGoneError(SoundDeviceError):
    """The device that played has been taken away: `reason` is its name. Another one may play on."""


class SoundEngineError(KnownError):
    """The process that plays ended by itself."""


@dataclass(eq=False)
class UnexpectedError(KnownError):
    """A background job ended by a mistake of ours; the log has it, `reason` names it."""

    reason: str

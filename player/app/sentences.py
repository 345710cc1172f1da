"""Every KnownError as one clear sentence that says what happened and what to do. For the window and the command line.

Must not know where the sentence is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from player.core import errors
from player.core.errors import KnownError
from player.core.timecode import format_timecode

_NAMES_SHOWN = 4
_LONGEST_LINK = 80


def sentence(error: KnownError) -> str:
    """Word `error` for the listener."""
    for kind in type(error).__mro__:
        if kind in _WORDS:
            return _WORDS[kind](error)
    return str(error) or "Something went wrong; the log in the profile folder says more."


def _host(url: str) -> str:
    return urlsplit(url).hostname or url or "An empty address"


def _shortened(link: str) -> str:
    return link if len(link) <= _LONGEST_LINK else f"{link[:_LONGEST_LINK]}…"


def _some(names: Sequence[str]) -> str:
    """The first names of a list."""
    shown = [f"“{name}”" for name in names[:_NAMES_SHOWN]]
    return ", ".join(shown if len(names) <= _NAMES_SHOWN else [*shown, "…"])


def _http_status(error: errors.HttpStatusError) -> str:
    host = _host(error.url)
    if error.status == 401:
        return (
            f"{host} asks for a name and a password (HTTP 401); add the podcast with its address written as "
            "https://NAME:PASSWORD@…"
        )
    if error.status == 403:
        return f"{host} does not let Earmark in (HTTP {error.status}); it may need a personal address of the podcast."
    if error.status in (404, 410):
        return f"{host} says that there is nothing at {error.url} (HTTP {error.status}); check the address."
    if error.status == 429:
        return f"{host} asks for fewer requests (HTTP 429); try again later."
    if error.status >= 500:
        return f"{host} has a problem of its own (HTTP {error.status}); try again later."
    return f"{host} answered with HTTP {error.status} for {error.url}; check the address."


def _no_keyring(error: errors.NoKeyringError) -> str:
    host = _host(error.url)
    # What is in .netrc is told over secure connections only.
    is_secure = urlsplit(error.url).scheme == "https"
    keeping = f"write “machine {host} login NAME password PASSWORD” into .netrc in your home folder to keep it"
    advice = keeping if is_secure else "add the podcast again with it the next time"
    return f"The password for {host} is known until Earmark ends, for there is no keyring here; {advice}."


_WORDS: dict[type[KnownError], Callable[[Any], str]] = {
    errors.HttpStatusError: _http_status,
    errors.NetworkError: lambda e: (
        f"{_host(e.url)} could not be reached: {e.reason}. Check the address and the connection, then try again."
    ),
    errors.FeedEndedError: lambda e: (
        f"{_host(e.url)} says that this podcast has ended for good (HTTP 410), so its feed is not asked by itself any "
        "more; refresh it by hand to ask once again."
    ),
    errors.NotAFeedError: lambda e: (
        f"{e.url} is not a podcast feed but {e.found}; look on the podcast's page for its RSS address."
    ),
    errors.SeveralFeedsError: lambda e: (
        f"{_host(e.url)} names {len(e.feeds)} feeds ({_some([feed.name for feed in e.feeds])}); add the "
        "address of one, or choose with “earmark add … --pick N”."
    ),
    errors.NoFeedKnownError: lambda e: f"{_host(e.url)} does not lead to a feed: {e.reason}.",
    errors.NoKeyringError: _no_keyring,
    errors.DirectoryKeyError: lambda e: (
        f"{e.name} answers only with a key: get one at api.podcastindex.org and put it into settings.json in the "
        "profile as podcastindex_key and podcastindex_secret, or take another directory."
    ),
    errors.NotAudioError: lambda e: (
        f"{e.name} is not audio but {e.found}; "
        + ("nothing was kept of it." if "://" in e.name else "choose an audio file.")
    ),
    errors.DamagedAudioError: lambda e: f"{e.name} cannot be played: {e.reason}. Download it again.",
    errors.ShortAudioError: lambda e: (
        f"The audio of “{e.name}” ended {format_timecode(e.missing)} before the end that its file announces; "
        "download it again."
    ),
    errors.VanishedError: lambda e: (
        f"{e.name} has been deleted or moved; it plays on while it is open, but cannot be opened again."
    ),
    errors.DownloadError: lambda e: (
        f"The download from {_host(e.url)} stopped: {e.reason}. What has arrived is kept; resume it to go on."
    ),
    errors.FileError: lambda e: f"{e.path} cannot be used: {e.reason}.",
    errors.DiskFullError: lambda e: (
        f"All downloads are paused, for there is no more room for {e.path}: {e.reason}. What has arrived is kept; make "
        "room, then resume them."
    ),
    errors.TagError: lambda e: f"No chapters were written into {e.path}: {e.reason}.",
    errors.NoChaptersError: lambda e: f"No chapters found in {e.name}: {e.reason}.",
    errors.DocumentError: lambda e: f"{e.name} cannot be read: {e.reason}.",
    errors.ProfileError: lambda e: (
        f"The profile folder {e.path} cannot be used: {e.reason}. Choose another with --profile FOLDER."
    ),
    errors.DamagedLibraryError: lambda e: (
        f"The library in {e.path} cannot be used: {e.reason}. “earmark restore” brings back its last backup, and puts "
        "the file aside."
    ),
    errors.NoBackupError: lambda e: (
        f"There is no backup of the library in {e.path} that can be read; “earmark restore --empty” begins with an "
        "empty library, and puts the file aside."
    ),
    errors.ProfileInUseError: lambda e: (
        f"Earmark is already running with the profile {e.path}; use that one, or --profile FOLDER for another."
    ),
    errors.NotFoundError: lambda e: f"There is no {e.what} “{e.name}” here; check the spelling.",
    errors.LinkError: lambda e: f"{_shortened(e.link)} leads nowhere: {e.reason}.",
    errors.EmptyQueueError: lambda _: (
        "There is nothing in the queue that can be played; add an episode or a chapter first."
    ),
    errors.SkippedError: lambda e: f"Passed over, and still in the queue: “{e.title}”. {sentence(e.cause)}",
    errors.NotRunningError: lambda _: "No Earmark is running with this profile; start it with “earmark” first.",
    errors.UnexpectedError: lambda e: (
        f"Something went wrong inside Earmark ({e.reason}) and nothing was changed; the log in the profile says more."
    ),
    errors.SoundEngineError: lambda _: (
        "The part of Earmark that plays sound stopped unexpectedly; press play to go on where it was."
    ),
    errors.DeviceGoneError: lambda e: f"The sound device {e.reason} is gone; press play to go on with another one.",
    errors.SoundDeviceError: lambda e: (
        f"No sound can be played: {e.reason}. Check the sound settings, or use --null-audio to play without sound."
    ),
}

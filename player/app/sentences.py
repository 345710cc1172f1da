"""Every KnownError as one clear sentence that says what happened and what to do. For the window and the command line.

Must not know where the sentence is shown, nor in which language: each is a `Phrase`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from player.core import errors
from player.core.errors import KnownError
from player.core.phrases import Phrase, joined
from player.core.timecode import format_timecode

_NAMES_SHOWN = 4
_LONGEST_LINK = 80


def sentence(error: KnownError) -> str:
    """Word `error` for the listener."""
    for kind in type(error).__mro__:
        words = _WORDS.get(kind)
        if isinstance(words, Phrase):
            return _filled(words, error)
        if words is not None:
            return words(error)
    return str(error) or Phrase("sentences", "Something went wrong; the log in the profile folder says more.")


def _filled(words: Phrase, error: KnownError) -> Phrase:
    """Fill the fields of a sentence, which are called as those of the error; `host` is the server of its address."""
    told = {name: value for name, value in vars(error).items() if f"{{{name}}}" in words.source}
    if "{host}" in words.source:
        told["host"] = _host(vars(error)["url"])
    return words.filled(**told)


def _host(url: str) -> str:
    return urlsplit(url).hostname or url or Phrase("sentences", "An empty address")


def _shortened(link: str) -> str:
    return link if len(link) <= _LONGEST_LINK else f"{link[:_LONGEST_LINK]}…"


def _some(names: Sequence[str]) -> str:
    """The first names of a list."""
    shown: list[str] = [Phrase("sentences", "“{name}”").filled(name=name) for name in names[:_NAMES_SHOWN]]
    return joined(shown if len(names) <= _NAMES_SHOWN else [*shown, "…"])


def _http_status(error: errors.HttpStatusError) -> Phrase:
    match error.status:
        case 401:
            words = Phrase(
                "sentences",
                "{host} asks for a name and a password (HTTP 401); add the podcast with its address written as "
                "https://NAME:PASSWORD@…",
            )
        case 403:
            words = Phrase(
                "sentences",
                "{host} does not let Earmark in (HTTP {status}); it may need a personal address of the podcast.",
            )
        case 404 | 410:
            words = Phrase(
                "sentences", "{host} says that there is nothing at {url} (HTTP {status}); check the address."
            )
        case 429:
            words = Phrase("sentences", "{host} asks for fewer requests (HTTP 429); try again later.")
        case status if status >= 500:
            words = Phrase("sentences", "{host} has a problem of its own (HTTP {status}); try again later.")
        case _:
            words = Phrase("sentences", "{host} answered with HTTP {status} for {url}; check the address.")
    return _filled(words, error)


def _no_keyring(error: errors.NoKeyringError) -> Phrase:
    # What is in .netrc is told over secure connections only.
    if urlsplit(error.url).scheme == "https":
        words = Phrase(
            "sentences",
            "The password for {host} is known until Earmark ends, for there is no keyring here; write “machine {host} "
            "login NAME password PASSWORD” into .netrc in your home folder to keep it.",
        )
    else:
        words = Phrase(
            "sentences",
            "The password for {host} is known until Earmark ends, for there is no keyring here; add the podcast again "
            "with it the next time.",
        )
    return _filled(words, error)


def _several_feeds(error: errors.SeveralFeedsError) -> Phrase:
    words = Phrase(
        "sentences",
        "{host} names %n feeds ({names}); add the address of one, or choose with “earmark add … --pick N”.",
        None,
        len(error.feeds),
    )
    return words.filled(host=_host(error.url), names=_some([feed.name for feed in error.feeds]))


def _not_audio(error: errors.NotAudioError) -> Phrase:
    if "://" in error.name:
        words = Phrase("sentences", "{name} is not audio but {found}; nothing was kept of it.")
    else:
        words = Phrase("sentences", "{name} is not audio but {found}; choose an audio file.")
    return _filled(words, error)


_WORDS: dict[type[KnownError], Phrase | Callable[[Any], Phrase]] = {
    errors.HttpStatusError: _http_status,
    errors.NetworkError: Phrase(
        "sentences",
        "{host} could not be reached: {reason}. Check the address and the connection, then try again.",
    ),
    errors.FeedEndedError: Phrase(
        "sentences",
        "{host} says that this podcast has ended for good (HTTP 410), so its feed is not asked by itself any "
        "more; refresh it by hand to ask once again.",
    ),
    errors.NotAFeedError: Phrase(
        "sentences",
        "{url} is not a podcast feed but {found}; look on the podcast's page for its RSS address.",
    ),
    errors.SeveralFeedsError: _several_feeds,
    errors.NoFeedKnownError: Phrase("sentences", "{host} does not lead to a feed: {reason}."),
    errors.NoKeyringError: _no_keyring,
    errors.DirectoryKeyError: Phrase(
        "sentences",
        "{name} answers only with a key: get one at api.podcastindex.org and put it into settings.json in "
        "the profile as podcastindex_key and podcastindex_secret, or take another directory.",
    ),
    errors.NotAudioError: _not_audio,
    errors.DamagedAudioError: Phrase("sentences", "{name} cannot be played: {reason}. Download it again."),
    errors.ShortAudioError: lambda e: Phrase(
        "sentences",
        "The audio of “{name}” ended {missing} before the end that its file announces; download it again.",
    ).filled(name=e.name, missing=format_timecode(e.missing)),
    errors.VanishedError: Phrase(
        "sentences",
        "{name} has been deleted or moved; it plays on while it is open, but cannot be opened again.",
    ),
    errors.DownloadError: Phrase(
        "sentences",
        "The download from {host} stopped: {reason}. What has arrived is kept; resume it to go on.",
    ),
    errors.FileError: Phrase("sentences", "{path} cannot be used: {reason}."),
    errors.DiskFullError: Phrase(
        "sentences",
        "All downloads are paused, for there is no more room for {path}: {reason}. What has arrived is kept; "
        "make room, then resume them.",
    ),
    errors.TagError: Phrase("sentences", "No chapters were written into {path}: {reason}."),
    errors.NoChaptersError: Phrase("sentences", "No chapters found in {name}: {reason}."),
    errors.DocumentError: Phrase("sentences", "{name} cannot be read: {reason}."),
    errors.ProfileError: Phrase(
        "sentences",
        "The profile folder {path} cannot be used: {reason}. Choose another with --profile FOLDER.",
    ),
    errors.DamagedLibraryError: Phrase(
        "sentences",
        "The library in {path} cannot be used: {reason}. “earmark restore” brings back its last backup, and "
        "puts the file aside.",
    ),
    errors.NoBackupError: Phrase(
        "sentences",
        "There is no backup of the library in {path} that can be read; “earmark restore --empty” begins with "
        "an empty library, and puts the file aside.",
    ),
    errors.ProfileInUseError: Phrase(
        "sentences",
        "Earmark is already running with the profile {path}; use that one, or --profile FOLDER for another.",
    ),
    errors.NotFoundError: Phrase("sentences", "There is no {what} “{name}” here; check the spelling."),
    errors.LinkError: lambda e: Phrase("sentences", "{link} leads nowhere: {reason}.").filled(
        link=_shortened(e.link), reason=e.reason
    ),
    errors.EmptyQueueError: Phrase(
        "sentences",
        "There is nothing in the queue that can be played; add an episode or a chapter first.",
    ),
    errors.SkippedError: lambda e: Phrase(
        "sentences", "Passed over, and still in the queue: “{title}”. {cause}"
    ).filled(title=e.title, cause=sentence(e.cause)),
    errors.NotRunningError: Phrase(
        "sentences", "No Earmark is running with this profile; start it with “earmark” first."
    ),
    errors.ClosedError: Phrase("sentences", "Earmark was closed before it had answered."),
    errors.UnexpectedError: Phrase(
        "sentences",
        "Something went wrong inside Earmark ({reason}) and nothing was changed; the log in the profile says more.",
    ),
    errors.SoundEngineError: Phrase(
        "sentences",
        "The part of Earmark that plays sound stopped unexpectedly; press play to go on where it was.",
    ),
    errors.DeviceGoneError: Phrase(
        "sentences", "The sound device {reason} is gone; press play to go on with another one."
    ),
    errors.SoundDeviceError: Phrase(
        "sentences",
        "No sound can be played: {reason}. Check the sound settings, or use --null-audio to play without sound.",
    ),
}

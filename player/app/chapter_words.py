"""The words about lists of chapters: where they come from, why one is shown, how far its times were moved.

Must not know how a list is chosen (`core.choice`) or moved (`core.alignment`).
"""

from __future__ import annotations

from player.core.choice import Choice, Flaw, Why
from player.core.model import ChapterSource, Millis
from player.core.phrases import Phrase, joined
from player.core.timecode import format_timecode

_NAMES = {
    ChapterSource.LISTENER: Phrase("chapter sources", "your own outline"),
    ChapterSource.FILE: Phrase("chapter sources", "the audio file"),
    ChapterSource.SIDE_FILE: Phrase("chapter sources", "the file beside the audio"),
    ChapterSource.DOCUMENT: Phrase("chapter sources", "the podcast's chapter file"),
    ChapterSource.PODLOVE: Phrase("chapter sources", "the feed"),
    ChapterSource.OUTLINE: Phrase("chapter sources", "the show notes"),
}
_LISTED = {
    ChapterSource.LISTENER: Phrase("chapter sources", "your own outline"),
    ChapterSource.FILE: Phrase("chapter sources", "audio file"),
    ChapterSource.SIDE_FILE: Phrase("chapter sources", "file beside the audio"),
    ChapterSource.DOCUMENT: Phrase("chapter sources", "podcast's chapter file"),
    ChapterSource.PODLOVE: Phrase("chapter sources", "feed"),
    ChapterSource.OUTLINE: Phrase("chapter sources", "show notes"),
}
"""The same, as they stand in a list."""
_FLAWS = {
    Flaw.SINGLE: Phrase("chapter sources", "From {chosen} ({count}), because {other} has only one chapter"),
    Flaw.UNTITLED: Phrase("chapter sources", "From {chosen} ({count}), because {other} has no real titles"),
    Flaw.PAST_THE_END: Phrase("chapter sources", "From {chosen} ({count}), because {other} has chapters after the end"),
    Flaw.CROWDED: Phrase("chapter sources", "From {chosen} ({count}), because {other} has many chapters at one time"),
    Flaw.EARLY: Phrase(
        "chapter sources", "From {chosen} ({count}), because {other} has chapters for the beginning only"
    ),
    Flaw.SHORTER: Phrase("chapter sources", "From {chosen} ({count}), because {other} has fewer of them"),
}


def source_words(source: ChapterSource) -> Phrase:
    """The name of a source as it stands in a sentence: "the show notes"."""
    return _NAMES[source]


def listed_source(source: ChapterSource) -> Phrase:
    """The name of a source as it stands in a list: "show notes"."""
    return _LISTED[source]


def reason_words(choice: Choice) -> Phrase:
    """Where the shown list comes from, why, and what else there is.

    For example "From the audio file (24). Also: show notes (25)." or "From the show notes (25), as you chose."
    """
    chosen, reason = choice.chosen, choice.reason
    words, other = Phrase("chapter sources", "From {chosen} ({count})"), ""
    match reason.why:
        case Why.EDITED:
            words = Phrase("chapter sources", "From {chosen}, changed by you ({count})")
        case Why.ASKED if choice.others:
            words = Phrase("chapter sources", "From {chosen} ({count}), as you chose")
        case Why.PREFERRED if choice.others:
            words = Phrase("chapter sources", "From {chosen} ({count}), as you prefer for this podcast")
        case Why.BETTER if reason.instead_of is not None and reason.flaw is not None:
            words, other = _FLAWS[reason.flaw], _NAMES[reason.instead_of]
        case _:
            pass
    first = words.filled(chosen=_NAMES[chosen.source], count=len(chosen.chapters), other=other)
    if not choice.others:
        return Phrase("chapter sources", "{first}.").filled(first=first)
    counted = Phrase("chapter sources", "{source} ({count})")
    others = [counted.filled(source=_LISTED[each.source], count=len(each.chapters)) for each in choice.others]
    return Phrase("chapter sources", "{first}. Also: {others}.").filled(first=first, others=joined(others))


def moved_words(shift: Millis) -> Phrase:
    """How far times are moved: "moved +2:31 from here", "moved −0.4 s from here"; tenths below ten seconds."""
    return Phrase("chapter sources", "moved {shift} from here").filled(shift=shift_words(shift))


def shift_words(shift: Millis) -> Phrase:
    """A shift with its sign: "+2:31", "−0.4 s"."""
    return joined(["−" if shift < 0 else "+", _span(shift)], "")


def length_words(longer: Millis) -> Phrase:
    """A hint that the audio is `longer` (or shorter, when negative) than the feed says, and what may be done then."""
    if longer < 0:
        words = Phrase(
            "chapter sources",
            "The audio is {span} shorter than the feed says. If its start was cut away, move all chapters; if a later "
            "part, say which one starts now.",
        )
    else:
        words = Phrase(
            "chapter sources",
            "The audio is {span} longer than the feed says. If something was put in at the start, move all chapters; "
            "if later, say which one starts now.",
        )
    return words.filled(span=_span(longer))


def document_words(reason: str) -> Phrase:
    """That the chapter document of the feed was of no use, with the reason as errors carry it."""
    return Phrase("chapter sources", "The podcast's chapter file was not read: {reason}.").filled(reason=reason)


def transcript_words(reason: str) -> Phrase:
    """That a transcript was of no use, with the reason as errors carry it."""
    return Phrase("chapter sources", "The transcript was not read: {reason}.").filled(reason=reason)


def _span(shift: Millis) -> str:
    if abs(shift) < 10_000:
        return Phrase("chapter sources", "{seconds} s").filled(seconds=round(abs(shift) / 1000, 1))
    return format_timecode(round(abs(shift), -3))

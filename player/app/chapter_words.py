"""The words about lists of chapters: where they come from, why one is shown, how far its times were moved.

Must not know how a list is chosen (`core.choice`) or moved (`core.alignment`).
"""

from __future__ import annotations

from player.core.choice import Choice, Flaw, Why
from player.core.model import ChapterList, ChapterSource, Millis
from player.core.timecode import format_timecode

_NAMES = {
    ChapterSource.LISTENER: "your own outline",
    ChapterSource.FILE: "the audio file",
    ChapterSource.SIDE_FILE: "the file beside the audio",
    ChapterSource.DOCUMENT: "the podcast's chapter file",
    ChapterSource.PODLOVE: "the feed",
    ChapterSource.OUTLINE: "the show notes",
}
_FLAWS = {
    Flaw.SINGLE: "has only one chapter",
    Flaw.UNTITLED: "has no real titles",
    Flaw.PAST_THE_END: "has chapters after the end",
    Flaw.CROWDED: "has many chapters at one time",
    Flaw.EARLY: "has chapters for the beginning only",
    Flaw.SHORTER: "has fewer of them",
}


def source_words(source: ChapterSource) -> str:
    """The name of a source as it stands in a sentence: "the show notes"."""
    return _NAMES[source]


def reason_words(choice: Choice) -> str:
    """Where the shown list comes from, why, and what else there is.

    For example "From the audio file (24). Also: show notes (25)." or "From the show notes (25), as you chose."
    """
    chosen, reason = choice.chosen, choice.reason
    first = f"From {_counted(chosen)}"
    match reason.why:
        case Why.EDITED:
            first = f"From {_NAMES[chosen.source]}, changed by you ({len(chosen.chapters)})"
        case Why.ASKED if choice.others:
            first += ", as you chose"
        case Why.PREFERRED if choice.others:
            first += ", as you prefer for this podcast"
        case Why.BETTER if reason.instead_of is not None and reason.flaw is not None:
            first += f", because {_NAMES[reason.instead_of]} {_FLAWS[reason.flaw]}"
        case _:
            pass
    others = ", ".join(_counted(each).removeprefix("the ") for each in choice.others)
    return f"{first}. Also: {others}." if others else f"{first}."


def _counted(found: ChapterList) -> str:
    return f"{_NAMES[found.source]} ({len(found.chapters)})"


def moved_words(shift: Millis) -> str:
    """How far times are moved: "moved +2:31 from here", "moved −0.4 s from here"; tenths below ten seconds."""
    return f"moved {shift_words(shift)} from here"


def shift_words(shift: Millis) -> str:
    """A shift with its sign: "+2:31", "−0.4 s"."""
    return f"{'−' if shift < 0 else '+'}{_span(shift)}"


def length_words(longer: Millis) -> str:
    """A hint that the audio is `longer` (or shorter, when negative) than the feed says, and what may be done then."""
    if longer < 0:
        return (
            f"The audio is {_span(longer)} shorter than the feed says. If its start was cut away, move all chapters; if"
            " a later part, say which one starts now."
        )
    return (
        f"The audio is {_span(longer)} longer than the feed says. If something was put in at the start, move all"
        " chapters; if later, say which one starts now."
    )


def document_words(reason: str) -> str:
    """That the chapter document of the feed was of no use, with the reason as errors carry it."""
    return f"The podcast's chapter file was not read: {reason}."


def transcript_words(reason: str) -> str:
    """That a transcript was of no use, with the reason as errors carry it."""
    return f"The transcript was not read: {reason}."


def _span(shift: Millis) -> str:
    if abs(shift) < 10_000:
        return f"{abs(shift) / 1000:.1f} s"
    return format_timecode(round(abs(shift), -3))

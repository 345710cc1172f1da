"""The chapters of an episode as they are shown: moved, edited, chosen from all lists, with what the others add.

Must not know how lists come into the library, nor how they are drawn. Works on any connection that reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sqlite3 import Connection

from player.app.chapter_words import length_words, moved_words, reason_words
from player.core.alignment import Alignment, Anchor, Timeline, from_durations, from_lists, moved_by, timeline_of
from player.core.chapters import with_duration
from player.core.choice import TRUST, Choice, ChoiceReason, Why, choose
from player.core.edges import Edges, edge_spans, with_edges
from player.core.edits import EditLog, Entry, apply_edits, entries_of
from player.core.errors import NotFoundError
from player.core.filling import filled
from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, Millis
from player.core.phrases import Phrase
from player.core.skip_rules import ruled
from player.core.skips import SkipMark, Span, skip_spans, skipped_chapters
from player.storage import chapter_edits, chapter_wishes, chapters, podcast_rules, skip_marks, skip_rules

_SHOWN_SHIFT: Millis = 100


@dataclass(frozen=True, slots=True)
class ChapterView:
    """What a view needs of an episode's chapters.

    `chosen` is the list to show and to jump by, None when no source has any; `others` are the other lists, the most
    trusted first; `reason` is a sentence. `asked` is the source that the listener chose for this episode, `preferred`
    the one for the podcast. All times are those of the file that is here: `alignment` says how the times of `chosen`
    were moved, None when they were not, and `moved` has words for each start from which on they are moved otherwise
    than before. `has_anchors`: the listener set some; else the moves are read from the audio file's own chapters, which
    published times follow while `follows_file`. `hint` is a sentence about times that may be off, or empty; then
    `offset` is how far all of them would have to be moved if the reason lies at the very start. `skipped` are the
    indices of the chapters that playing leaves out, `edges` what it leaves out at both ends of every episode of the
    podcast; `duration` is how long this one is, as far as is known.
    """

    chosen: ChapterList | None = None
    others: tuple[ChapterList, ...] = ()
    reason: str = ""
    asked: ChapterSource | None = None
    preferred: ChapterSource | None = None
    alignment: Alignment | None = None
    moved: tuple[tuple[Millis, str], ...] = ()
    has_anchors: bool = False
    follows_file: bool = True
    hint: str = ""
    offset: Millis | None = None
    is_edited: bool = False
    can_undo: bool = False
    can_redo: bool = False
    skipped: frozenset[int] = frozenset()
    edges: Edges = field(default_factory=Edges)
    duration: Millis | None = None

    @property
    def skips(self) -> tuple[Span, ...]:
        """The spans of time that playing leaves out."""
        chapters = skip_spans(self.chosen.chapters, self.skipped) if self.chosen else ()
        return with_edges(chapters, edge_spans(self.edges, self.duration))


@dataclass(frozen=True, slots=True)
class Shown:
    """A view, and what it is made of.

    Who the chosen chapters are, as they are shown; the marks of those that are skipped or heard, and which of them
    rules name; the edits of all lists; the anchors of the listener.
    """

    view: ChapterView
    entries: tuple[Entry, ...] = ()
    marks: tuple[SkipMark, ...] = ()
    ruled: frozenset[int] = frozenset()
    logs: Mapping[ChapterSource, EditLog] = field(default_factory=dict)
    anchors: Mapping[Timeline, tuple[Anchor, ...]] = field(default_factory=dict)

    def place_of(self, chapter: Chapter) -> int:
        """The index of a chapter as it was shown. Raises NotFoundError when the list has changed since."""
        shown = self.view.chosen.chapters if self.view.chosen else ()
        for index, each in enumerate(shown):
            if (each.start, each.title) == (chapter.start, chapter.title):
                return index
        raise NotFoundError(Phrase("reasons", "chapter"), chapter.title)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A list on its way: as it is shown, who its chapters are, and how it was moved."""

    found: ChapterList
    entries: tuple[Entry, ...]
    alignment: Alignment


def read_shown(connection: Connection, episode: EpisodeId) -> Shown:
    """Read an episode's lists, move and edit them, choose and complete one. Raises NotFoundError."""
    wishes = chapter_wishes.wishes(connection, episode)
    logs, anchors = chapter_edits.edit_logs(connection, episode), chapter_edits.anchors(connection, episode)
    marks = skip_marks.skip_marks(connection, episode)
    candidates = _candidates(chapters.lists(connection, episode), wishes, logs, anchors)
    # What was undone can be redone only where it is seen: the list stays.
    touched = next((source for source in TRUST if source in logs), None)
    lists = [each.found for each in candidates.values()]
    choice = choose(lists, wishes.duration, wishes.preferred, asked=wishes.asked, edited=touched)
    log = logs.get(choice.chosen.source if choice else ChapterSource.LISTENER, EditLog())
    edges, duration = podcast_rules.edges(connection, [episode]).get(episode, (Edges(), None))
    view = ChapterView(
        edges=edges,
        duration=duration,
        asked=wishes.asked,
        preferred=wishes.preferred,
        follows_file=wishes.follows_file,
        is_edited=bool(log.done),
        can_undo=bool(log.done),
        can_redo=bool(log.undone),
    )
    if choice is None:
        return Shown(view, (), marks, frozenset(), logs, anchors)
    candidate = candidates[choice.chosen.source]
    timeline = timeline_of(choice.chosen.source)
    offset = None
    if timeline is Timeline.PUBLISHED and not candidate.alignment.anchors:
        offset = from_durations(wishes.published, wishes.measured)
    chosen = filled(choice.chosen, choice.others)
    pairs = zip(candidate.entries, chosen.chapters, strict=True)
    entries = tuple(replace(entry, chapter=chapter) for entry, chapter in pairs)
    by_rules = ruled(skip_rules.rules_for(connection, episode), chosen.chapters)
    view = replace(
        view,
        chosen=chosen,
        others=choice.others,
        reason=reason_words(_plain(choice, log)),
        alignment=candidate.alignment if candidate.alignment.anchors else None,
        moved=_moves(candidate.alignment, choice.chosen.chapters),
        has_anchors=bool(anchors.get(timeline)),
        hint=length_words(offset) if offset else "",
        offset=offset if offset and _can_move(choice.chosen, offset) else None,
        skipped=skipped_chapters(marks, entries, by_rules),
    )
    return Shown(view, entries, marks, by_rules, logs, anchors)


def read_skips(connection: Connection, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Span, ...]]:
    """What playing leaves out of those episodes of which it leaves out anything."""
    wanted = list(episodes)
    found = {each: edge_spans(*edges) for each, edges in podcast_rules.edges(connection, wanted).items()}
    by_titles = {*skip_marks.with_marks(connection, wanted), *skip_rules.with_fitting(connection, wanted)}
    found |= {each: read_shown(connection, each).view.skips for each in by_titles}
    return {episode: spans for episode, spans in found.items() if spans}


def read_lists(connection: Connection, episode: EpisodeId) -> list[ChapterList]:
    """Every source's list as it would be shown, moved and edited. Raises NotFoundError."""
    wishes = chapter_wishes.wishes(connection, episode)
    logs, anchors = chapter_edits.edit_logs(connection, episode), chapter_edits.anchors(connection, episode)
    found = chapters.lists(connection, episode)
    return [each.found for each in _candidates(found, wishes, logs, anchors).values()]


def read_alignment(connection: Connection, episode: EpisodeId) -> Alignment:
    """How times that were published (in notes, documents, transcripts) are moved. Raises NotFoundError."""
    wishes = chapter_wishes.wishes(connection, episode)
    anchors = chapter_edits.anchors(connection, episode)
    found = _alignments(chapters.lists(connection, episode), wishes, anchors)
    # Times in the notes are best moved as their outline is.
    return found.get(ChapterSource.OUTLINE) or found[None]


def keep_shown(connection: Connection, episode: EpisodeId) -> None:
    """Keep which chapters are shown, for lists of episodes and for the search. Raises NotFoundError.

    To be called after every change of what `read_shown` reads.
    """
    chosen = read_shown(connection, episode).view.chosen
    chapters.store_shown(connection, episode, chosen.chapters if chosen else ())


def is_led_by_file(connection: Connection, episode: EpisodeId) -> bool:
    """Whether published times are moved, or held, by the chapters in the audio file. Raises NotFoundError."""
    return bool(_told_by_file(chapters.lists(connection, episode), chapter_wishes.wishes(connection, episode)))


def _candidates(
    lists: Sequence[ChapterList],
    wishes: chapter_wishes.Wishes,
    logs: Mapping[ChapterSource, EditLog],
    anchors: Mapping[Timeline, tuple[Anchor, ...]],
) -> dict[ChapterSource, _Candidate]:
    alignments = _alignments(lists, wishes, anchors)
    known = {each.source: each for each in lists}
    for source, log in logs.items():
        if log.done and source not in known:
            known[source] = ChapterList(source, ())
    candidates = {}
    for source, read in known.items():
        alignment = alignments.get(source, Alignment())
        moved = alignment.aligned(read)
        entries = entries_of(read.chapters, moved.chapters)
        edits = logs[source].done if source in logs else ()
        entries = apply_edits(entries, edits) if edits else entries
        shown = tuple(entry.chapter for entry in entries)
        if wishes.duration is not None:
            shown = with_duration(shown, wishes.duration)
        candidates[source] = _Candidate(replace(moved, chapters=shown), entries, alignment)
    return candidates


def _alignments(
    lists: Sequence[ChapterList], wishes: chapter_wishes.Wishes, anchors: Mapping[Timeline, tuple[Anchor, ...]]
) -> dict[ChapterSource | None, Alignment]:
    """How each source's list is moved, and under None any other published time.

    The listener's anchors count most. Beneath them each published list follows the chapters in the audio file, or,
    where the two cannot be compared, moves as another published list does.
    """
    told = _told_by_file(lists, wishes)
    common = next((told[source] for source in TRUST if source in told), Alignment())
    found: dict[ChapterSource | None, Alignment] = {None: _anchored(common, anchors.get(Timeline.PUBLISHED, ()))}
    for each in lists:
        timeline = timeline_of(each.source)
        base = told.get(each.source, common) if timeline is Timeline.PUBLISHED else Alignment()
        found[each.source] = _anchored(base, anchors.get(timeline, ()))
    return found


def _told_by_file(lists: Sequence[ChapterList], wishes: chapter_wishes.Wishes) -> dict[ChapterSource, Alignment]:
    """How the chapters in the audio file say that published lists were moved; without those that cannot be compared."""
    in_file = next((each for each in lists if each.source is ChapterSource.FILE and each.chapters), None)
    if in_file is None or not wishes.follows_file:
        return {}
    published = (each for each in lists if timeline_of(each.source) is Timeline.PUBLISHED)
    compared = ((each.source, from_lists(each, in_file)) for each in published)
    return {source: moves for source, moves in compared if moves is not None}


def _plain(choice: Choice, log: EditLog) -> Choice:
    """The choice, not called one for the listener's changes where all of them are undone."""
    is_as_read = choice.reason.why is Why.EDITED and not log.done
    return replace(choice, reason=ChoiceReason(Why.TRUSTED)) if is_as_read else choice


def _can_move(found: ChapterList, offset: Millis) -> bool:
    """Whether all chapters still have a place of their own after a move by `offset`."""
    moved = Alignment((moved_by(offset),)).aligned(found)
    return len({each.start for each in moved.chapters}) == len({each.start for each in found.chapters})


def _anchored(alignment: Alignment, anchors: Sequence[Anchor]) -> Alignment:
    for anchor in anchors:
        alignment = alignment.with_anchor(anchor)
    return alignment


def _moves(alignment: Alignment, shown: Sequence[Chapter]) -> tuple[tuple[Millis, str], ...]:
    """The shown starts from which on the shift is another one, with the words for it: at an anchor or next after it."""
    moves: dict[Millis, str] = {}
    before: Millis = 0
    for number, anchor in enumerate(alignment.anchors, start=1):
        until = alignment.anchors[number].actual if number < len(alignment.anchors) else None
        start = next((chapter.start for chapter in shown if chapter.start >= anchor.actual), until)
        if start is not None and start != until and abs(anchor.shift - before) >= _SHOWN_SHIFT:
            moves[start] = moved_words(anchor.shift)
            before = anchor.shift
    return tuple(moves.items())

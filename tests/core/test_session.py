"""The playback state and the jump history."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.model import EpisodeId
from player.core.session import HISTORY_LENGTH, JumpHistory, Part, Phase, PlaybackState
from player.core.sound import Sound


def test_undo_returns_and_redo_goes_again() -> None:
    history = JumpHistory().jumped(1_000).jumped(5_000)
    undone = history.undo(9_000)
    assert undone is not None
    history, place = undone
    assert place == 5_000
    redone = history.redo(5_200)
    assert redone is not None
    assert redone == (JumpHistory((1_000, 5_200), ()), 9_000)


def test_a_new_jump_ends_what_could_be_redone() -> None:
    undone = JumpHistory().jumped(1_000).undo(2_000)
    assert undone is not None
    assert undone[0].forward == (2_000,)
    assert undone[0].jumped(3_000).forward == ()


def test_an_empty_history_has_nothing_to_undo() -> None:
    assert JumpHistory().undo(1) is None
    assert JumpHistory().redo(1) is None


@given(st.lists(st.integers(0, 10_000), max_size=300))
def test_the_history_stays_short(places: list[int]) -> None:
    history = JumpHistory()
    for place in places:
        history = history.jumped(place)
    assert len(history.back) == min(len(places), HISTORY_LENGTH)


def test_another_episode_keeps_sound_and_volume_and_drops_the_history() -> None:
    state = PlaybackState(sound=Sound(1.4), volume=0.5, history=JumpHistory((5,)), phase=Phase.PLAYING)
    opened = state.opened(EpisodeId(3), 1_000, ())
    assert (opened.sound, opened.volume, opened.history, opened.phase) == (
        Sound(1.4),
        0.5,
        JumpHistory(),
        Phase.LOADING,
    )


def test_another_part_of_the_same_episode_keeps_the_history() -> None:
    state = PlaybackState(episode=EpisodeId(3), history=JumpHistory((5,), (7,)))
    assert state.opened(EpisodeId(3), 1_000, (), Part(10, 20)).history == state.history


def test_places_are_kept_inside_the_episode() -> None:
    state = PlaybackState(duration=1_000)
    assert (state.clamped(-5), state.clamped(500), state.clamped(2_000)) == (0, 500, 1_000)
    assert PlaybackState().clamped(2_000) == 2_000

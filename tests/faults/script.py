"""What happens in one transfer: run after run of the program, each with some trouble, and how these are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from faults.kinds import KINDS

SIZES = (5_000, 90_000, 200_000, 320_000)
CALLS = 400
"""A run seldom makes more system calls than this."""


@dataclass(frozen=True)
class Run:
    """One run of the program. Places are thousandths of the file."""

    kind: str
    at: int
    """Where in the file the trouble is."""
    jumps: tuple[tuple[int, int], ...] = ()
    """When so much is there, the listener goes to that place."""
    pause: int | None = None
    """The listener pauses the transfer when so much is there."""
    kill_call: int | None = None
    """The program is killed just before so many system calls on files and connections have been made."""
    kill_after: float | None = None
    """It is killed after so many seconds, wherever it is."""


@dataclass(frozen=True)
class Script:
    """A transfer: its runs, after which the server does all as it should."""

    size: int
    runs: tuple[Run, ...]


_places = st.integers(0, 1000)
_ends = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(dict, pause=_places),
    st.builds(dict, kill_call=st.integers(1, CALLS)),
    st.builds(dict, kill_call=st.integers(1, CALLS)),
    st.builds(dict, kill_after=st.floats(0.001, 0.12)),
)


@st.composite
def _run(draw: st.DrawFn) -> Run:
    kind = draw(st.sampled_from(sorted(KINDS)))
    jumps = draw(st.lists(st.tuples(_places, _places), max_size=3).map(sorted))
    return Run(kind, draw(_places), tuple(jumps), **draw(_ends))


scripts = st.builds(Script, st.sampled_from(SIZES), st.lists(_run(), min_size=3, max_size=8).map(tuple))

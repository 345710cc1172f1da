"""One player on one file: jumps it is told to make, and what was heard of them.

Must not know which players and files there are.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.hearing import hear, hear_anything
from bench.players import PATIENCE, Player, Source, processor_seconds, resident_bytes
from loudspeaker import RATE, Recorder, SoundServer

_NEAR = (5.0, 120.0)
_MARGIN = 30.0
_PAUSE = (0.2, 0.4)
_PLAYED = 10.0
_MORE_PATIENCE = 9.0
"""Seconds to go on listening after the limit: a player still at work on one jump would be late with the next, too."""


@dataclass(frozen=True, slots=True)
class Jump:
    """From the command to the first right sound, and how far off that was, in seconds; None when it was not heard."""

    wait: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one player on one file: `cost` is processor time a second of playing, `memory` in bytes.

    `limit` is how many seconds a jump was waited for.
    """

    jumps: Sequence[Jump]
    limit: float
    cost: float
    memory: int


def draw_targets(seconds: float, count: int, seed: int) -> list[float]:
    """Places to jump to, one after another: far ones all over the file and near ones, forward and back."""
    generator = random.Random(seed)
    targets = [generator.uniform(0, seconds - _MARGIN)]
    while len(targets) < count:
        target = generator.uniform(0, seconds - _MARGIN)
        if generator.random() < 0.5:
            target = targets[-1] + generator.choice((-1, 1)) * generator.uniform(*_NEAR)
        if 0 <= target <= seconds - _MARGIN and abs(target - targets[-1]) > _NEAR[0]:
            targets.append(target)
    return targets


def measure(
    player: Player, source: Source, server: SoundServer, targets: Sequence[float], limit: float
) -> Result | None:
    """Play, then jump to each of `targets`, waiting `limit` seconds at most for each. None when nothing is heard."""
    player.start(source)
    try:
        with Recorder(server) as recorder:
            if not hear_anything(recorder, PATIENCE):
                return None
            before, began = processor_seconds(player.process()), time.monotonic()
            recorder.wait(_PLAYED)
            cost = (processor_seconds(player.process()) - before) / (time.monotonic() - began)
            jumps = _jump(player, recorder, targets, limit)
            return Result(jumps, limit, cost, resident_bytes(player.process()))
    finally:
        player.stop()


def _jump(player: Player, recorder: Recorder, targets: Sequence[float], limit: float) -> list[Jump]:
    generator = random.Random(0)
    told = []
    for target in targets:
        recorder.wait(generator.uniform(*_PAUSE))
        sample, at = recorder.now(), time.monotonic()
        player.seek(target)
        told.append((at, hear(recorder, sample, target, limit + _MORE_PATIENCE)))
    began = recorder.began()
    jumps = []
    for at, heard in told:
        wait = math.inf if heard is None else began + heard.at / RATE - at
        jumps.append(Jump(None, None) if heard is None or wait > limit else Jump(wait, heard.error))
    return jumps

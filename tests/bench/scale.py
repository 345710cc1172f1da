"""How the whole program grows with its library: start, memory, scrolling, opening, marking, reading.

`python -m bench.scale FOLDER [--episodes 1000,10000,100000]` (in `tests/`) makes a library of each size once (ten
chapters an episode, 200 episodes a podcast, six of ten played, some begun and downloaded) and keeps it in the folder.
Then it runs the real program on each, with its engine on a sound server and a window that is drawn in memory only, and
prints what took how long: as it passed, and what the processor spent. Beside other programs the first grows more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from sqlite3 import Connection
from statistics import median

from bench.library import make
from loudspeaker import SoundServer, missing_programs
from player.core.model import Download, DownloadState, EpisodeId, EpisodeQuery, Sort
from player.storage import episodes, listening, listing
from player.storage.database import open_writer, transaction
from player.system.paths import open_profile
from timecoded import write_timecoded

_NOW = 1_760_000_000_000
_STARTS = 5
_PATIENCE = 600

Figures = dict[str, tuple[float, float]]
"""What was measured: as it passed, and of the processor."""

TARGETS: Mapping[str, float] = {
    "start to usable window, ms": 1000,
    "scrolling by wheel, p95 ms": 16,
    "scrolling by wheel, max ms": 16,
    "scrolling by handle, p95 ms": 16,
    "scrolling by handle, max ms": 16,
    "opening an episode, p95 ms": 30,
    "marking 5 000 as played, ms": 300,
    "reading the sidebar, ms": 5,
    "memory of all processes, MB": 250,
}


def prepare(folder: Path, count: int) -> Path:
    """The profile with so many episodes, made if it is not there."""
    place = folder / str(count)
    if not place.exists():
        part = place.with_suffix(".part")
        profile = open_profile(part)
        with closing(open_writer(profile.database)) as connection:
            make(connection, max(1, count // 200), count, count * 10)
            listen(connection, write_timecoded(part / "audio.mp3", 30.0, bitrate=64_000))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        part.rename(place)
    return place


def listen(connection: Connection, audio: Path) -> None:
    """Play, begin and download some of the episodes. The newest one is there to be played, and open."""
    chance = random.Random(3)
    ids = listing.episode_ids(connection, EpisodeQuery(sort=Sort.OLDEST))
    played = len(ids) * 6 // 10
    with transaction(connection):
        listening.set_played(connection, ids[:played], True, _NOW)
        for episode in chance.sample(ids[played:-1], len(ids) // 300):
            listening.store_position(connection, episode, chance.randrange(1, 3_000_000), _NOW)
        for episode in chance.sample(ids[:-1], len(ids) // 50):
            episodes.set_download(connection, Download(EpisodeId(episode), DownloadState.COMPLETE, "/nowhere", 1, 1))
        # The folder gets its name once all is there.
        path = audio.parent.with_suffix("") / audio.name
        size = audio.stat().st_size
        episodes.set_download(connection, Download(ids[-1], DownloadState.COMPLETE, str(path), size, size))
        # The chapters that are shown are there: no start goes through them, as the first one of a new version does.
        listening.drop_session_value(connection, "shown_up_to")
        listening.store_session_value(connection, "playback", json.dumps({"episode": ids[-1]}))


def run(profile: Path, environment: Mapping[str, str], *words: str) -> Figures:
    """Run the program on a profile, with `bench.scale_child` in it; what it measured."""
    command = [sys.executable, "-m", "bench.scale_child", str(time.time()), *words, "--profile", str(profile)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=_PATIENCE)
    return {name: (passed, spent) for name, (passed, spent) in json.loads(done.stdout.splitlines()[-1]).items()}


def measure(profile: Path, environment: Mapping[str, str]) -> Figures:
    """All figures of one profile. The first start warms what is read from the disk."""
    starts = [run(profile, environment, "start") for _ in range(1 + _STARTS)][1:]
    name = "start to usable window, ms"
    start = (median(each[name][0] for each in starts), median(each[name][1] for each in starts))
    return {**run(profile, environment, "all"), name: start}


def table(found: Mapping[int, Figures]) -> Sequence[str]:
    """The figures side by side in Markdown: passed (processor). The growth is that of the processor's time or of MB."""
    counts = sorted(found)
    lines = [f"| | {' | '.join(f'{count:,}' for count in counts)} | growth | target |".replace(",", " ")]
    lines.append(f"|---|{'--:|' * (len(counts) + 2)}")
    for name in found[counts[0]]:
        pairs = [found[count][name] for count in counts]
        cells = [f"{passed:.1f} ({spent:.1f})" if spent else f"{passed:.0f}" for passed, spent in pairs]
        first, last = (spent or passed for passed, spent in (pairs[0], pairs[-1]))
        growth = f"{last / first:.1f} times" if first >= 0.05 else ""
        target = f"{TARGETS[name]:.0f}" if name in TARGETS else ""
        lines.append(f"| {name} | {' | '.join(cells)} | {growth} | {target} |")
    return lines


def main() -> None:
    """Make the libraries that are missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--episodes", default="1000,10000,100000", metavar="N,…")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[int, Figures] = {}
    with ExitStack() as opened:
        environment = dict(os.environ)
        if not missing_programs():
            sound = SoundServer(Path(opened.enter_context(tempfile.TemporaryDirectory())))
            environment = opened.enter_context(sound).environment
        environment |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.multimedia.*=false"}
        for count in (int(each) for each in options.episodes.split(",")):
            found[count] = measure(prepare(folder, count), environment)
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()

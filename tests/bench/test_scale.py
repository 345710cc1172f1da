from __future__ import annotations

import os

from bench.scale import table
from bench.scale_watch import family, middle, pss


def test_the_table_says_how_the_processors_time_grows() -> None:
    found = {
        100_000: {"start to usable window, ms": (900.0, 60.0), "memory of all processes, MB": (240.0, 0.0)},
        1000: {"start to usable window, ms": (700.0, 50.0), "memory of all processes, MB": (200.0, 0.0)},
    }
    assert list(table(found)) == [
        "| | 1 000 | 100 000 | growth | target |",
        "|---|--:|--:|--:|--:|",
        "| start to usable window, ms | 700.0 (50.0) | 900.0 (60.0) | 1.2 times | 1000 |",
        "| memory of all processes, MB | 200 | 240 | 1.2 times | 250 |",
    ]


def test_parts_of_times() -> None:
    times = [(float(number), 100.0 - number) for number in range(100)]
    assert middle(times) == (50.0, 51.0)
    assert middle(times, 0.95) == (95.0, 96.0)
    assert middle(times, 1.0) == (99.0, 100.0)


def test_the_memory_of_a_family() -> None:
    assert os.getpid() in family(os.getpid())
    assert pss(os.getpid()) > 10_000_000

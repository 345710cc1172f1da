"""The progress of a download on a terminal and elsewhere."""

from __future__ import annotations

import io

from player.cli.progress import ProgressLine, progress_text


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_bytes_rate_and_time_left_in_words() -> None:
    assert (
        progress_text(151_200_000, 302_400_000, 12_300_000.0, 12_000)
        == "151.2 of 302.4 MB (50 %), 12.3 MB/s, 0:12 left"
    )


def test_what_is_not_known_is_not_said() -> None:
    assert progress_text(1_500_000, None, 0.0, None) == "1.5 MB"
    assert progress_text(10_000_000, 10_000_000, 1e6, 0) == "10.0 of 10.0 MB (100 %), 1.0 MB/s"


def test_a_terminal_gets_one_line_that_is_drawn_again() -> None:
    out = Terminal()
    line = ProgressLine("An episode", out)
    line.show(5_000_000, 10_000_000, 1e6, 5_000)
    line.show(10_000_000, 10_000_000, 1e6, 0)
    line.end()
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().count("\r") == 2
    assert "████████████░░░░░░░░░░░░" in out.getvalue()


def test_elsewhere_there_is_a_line_for_each_tenth() -> None:
    out = io.StringIO()
    line = ProgressLine("An episode", out)
    for received in range(0, 10_000_001, 100_000):
        line.show(received, 10_000_000, 1e6, None)
    line.end()
    assert out.getvalue().count("\n") == 11


def test_elsewhere_without_a_length_there_is_a_line_for_each_ten_megabytes() -> None:
    out = io.StringIO()
    line = ProgressLine("An episode", out)
    for received in range(0, 30_000_001, 1_000_000):
        line.show(received, None, 1e6, None)
    assert out.getvalue().count("\n") == 4

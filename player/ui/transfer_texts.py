"""How a download that is not finished stands, in words.

Must not know a widget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from player.core.events import DownloadProgressed
from player.core.model import Download, DownloadState, Millis
from player.core.timecode import MINUTE, SECOND
from player.ui.texts import (
    duration_text,
    join_facts,
    left_text,
    percent_text,
    progress_text,
    rate_text,
    shown,
    translate,
)


def transfer_words(
    download: Download, progress: DownloadProgressed | None, *, again_in: Millis | None = None, is_held: bool = False
) -> str:
    """Bytes, rate and time left, or why nothing comes; empty for what is whole or not asked for."""
    received = progress.received if progress else download.received
    total = progress.total if progress else download.total
    amount = join_facts(percent_text(received, total), progress_text(received, total)) if received else ""
    match download.state:
        case DownloadState.RUNNING:
            rate = rate_text(progress.rate) if progress and progress.rate else ""
            left = left_text(progress.left) if progress and progress.left is not None else ""
            return join_facts(amount or translate("downloads", "Connecting…"), rate, left)
        case DownloadState.WAITING if again_in is not None:
            return join_facts(again_text(again_in), short_problem(download.problem))
        case DownloadState.WAITING if is_held:
            return join_facts(translate("downloads", "Waits for a network that is not metered"), amount)
        case DownloadState.WAITING:
            return join_facts(translate("downloads", "Waits for other downloads"), amount)
        case DownloadState.PAUSED:
            return join_facts(translate("downloads", "Paused"), amount, short_problem(download.problem))
        case DownloadState.FAILED:
            return shown(download.problem or "") or translate("downloads", "The download failed")
    return ""


def again_text(again_in: Millis) -> str:
    """When the next try is: "tries again in 40 s", from two minutes on in minutes."""
    seconds = max(0, -(-again_in // SECOND))
    words = translate("downloads", "{count} s").format(count=seconds)
    wait = words if again_in < 2 * MINUTE else duration_text(again_in)
    return translate("downloads", "Tries again in {wait}").format(wait=wait)


def short_problem(problem: str | None) -> str:
    """What went wrong, without what one could do about it: that is being done."""
    return shown(problem or "").partition(". ")[0].rstrip(".")


def summary_text(states: Sequence[DownloadState], running: Sequence[DownloadProgressed]) -> str:
    """How many do what, how fast all come together, and when the last of those that run will be here."""
    counts = Counter(states)
    words = {
        DownloadState.RUNNING: translate("downloads", "%n running", None, counts[DownloadState.RUNNING]),
        DownloadState.WAITING: translate("downloads", "%n waiting", None, counts[DownloadState.WAITING]),
        DownloadState.PAUSED: translate("downloads", "%n paused", None, counts[DownloadState.PAUSED]),
        DownloadState.FAILED: translate("downloads", "%n failed", None, counts[DownloadState.FAILED]),
    }
    rate = sum(each.rate for each in running)
    left = max((each.left for each in running if each.left is not None), default=None)
    return join_facts(
        *(text for state, text in words.items() if state in states),
        rate_text(rate) if rate else "",
        left_text(left) if left is not None and rate else "",
    )

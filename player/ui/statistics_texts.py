"""Time listened and saved in words: of all months, of one month, of a podcast.

Must not know a widget.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from player.core.model import Millis
from player.core.time_listened import Month, Sums
from player.core.timecode import HOUR, MINUTE, SECOND
from player.ui.texts import duration_text, join_facts

translate = QCoreApplication.translate


def month_text(month: Month) -> str:
    """A month in full: "March 2025"."""
    return f"{QLocale().standaloneMonthName(month.month)} {month.year}"


def month_label(month: Month) -> str:
    """A month below its bar: "Mar"; the year for each January."""
    if month.month == 1:
        return str(month.year)
    return QLocale().standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)


def unbroken(time: Millis) -> str:
    """A length within a sentence, of which no line breaks it."""
    return duration_text(time).replace(" ", "\N{NO-BREAK SPACE}")


def listened_text(heard: Millis, first: Month, now: Month) -> str:
    """How long was listened: "You listened for 31 h 12 min since March"; the year only where it is another one."""
    if first == now:
        words = translate("statistics", "You listened for {time} this month")
    else:
        words = translate("statistics", "You listened for {time} since {month}")
    name = QLocale().standaloneMonthName(first.month) if first.year == now.year else month_text(first)
    return words.format(time=unbroken(heard), month=name)


def saved_words(sums: Sums) -> str:
    """What was saved: "4 h 05 min saved by speed, 41 min by trimmed pauses"; in an hour and more, whole minutes."""
    kinds = (
        (sums.by_speed, translate("statistics", "{time} by speed"), translate("statistics", "{time} saved by speed")),
        (
            sums.by_trimming,
            translate("statistics", "{time} by trimmed pauses"),
            translate("statistics", "{time} saved by trimmed pauses"),
        ),
        (
            sums.by_skips,
            translate("statistics", "{time} by skipped chapters"),
            translate("statistics", "{time} saved by skipped chapters"),
        ),
    )
    least = MINUTE if sums.heard >= HOUR else SECOND
    told = [(unbroken(time), short, full) for time, short, full in kinds if time >= least]
    return ", ".join((short if number else full).format(time=time) for number, (time, short, full) in enumerate(told))


def facts_text(sums: Sums) -> str:
    """What was saved, how much of podcasts that was, and what slow playing cost, on one line."""
    audio = slow = ""
    if abs(sums.audio - sums.heard) >= MINUTE:
        audio = translate("statistics", "{time} of podcasts heard").format(time=unbroken(sums.audio))
    if sums.by_slowness >= MINUTE:
        slow = translate("statistics", "slow playing took {time} longer").format(time=unbroken(sums.by_slowness))
    return join_facts(saved_words(sums), audio, slow)


def month_words(month: Month, sums: Sums) -> str:
    """A month for a screen reader: "March 2025: 3 h 12 min listened, 40 min saved by speed"."""
    heard = translate("statistics", "{time} listened").format(time=unbroken(sums.heard))
    words = (
        ", ".join(filter(None, (heard, saved_words(sums)))) if sums != Sums() else translate("statistics", "nothing")
    )
    return f"{month_text(month)}: {words}"


def join_words(*words: str) -> str:
    """The words that are not empty, with a space between them."""
    return " ".join(filter(None, words))


def cell_text(time: Millis) -> str:
    """A length in a table: "4 h 05 min"; a dash below a second."""
    return duration_text(time) if time >= SECOND else "–"


def scale_text(time: Millis) -> str:
    """A length on the scale of a plot: "20 h", "30 min"; nothing for zero."""
    if time >= HOUR:
        return translate("statistics", "{hours} h").format(hours=QLocale().toString(time / HOUR, "g", 6))
    return duration_text(time) if time else ""

"""Durations, counts, sizes and dates as the window words them.

Must not know a widget; the words for errors are `player.app.sentences`, said here in the language of the window.
"""

from __future__ import annotations

from datetime import UTC, datetime
from unicodedata import bidirectional

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from player.app.sentences import sentence
from player.core.errors import KnownError
from player.core.model import EpochMillis, Millis, Podcast
from player.core.phrases import worded
from player.core.time_listened import Sums
from player.core.timecode import HOUR, MINUTE, SECOND

translate = QCoreApplication.translate


def shown(text: str) -> str:
    """A text that was made where there is no Qt, in the language of the window."""
    return worded(text, translate, number_text)


def number_text(number: float) -> str:
    """A number as the listener's language writes it, with the decimals that it has: "1.5", "1,234.0"."""
    return QLocale().toString(number, "f", len(str(number).partition(".")[2]))


def short_number_text(number: float) -> str:
    """A number without decimals that say nothing: "1.5", "24"."""
    return QLocale().toString(number, "g", 6)


def count_text(count: int) -> str:
    """A count with its digits in groups: "100,000"."""
    return QLocale().toString(count)


def _grouped(words: str, count: int) -> str:
    """Words that hold a count, with its digits in groups."""
    return words.replace(str(count), count_text(count), 1)


def error_text(error: KnownError) -> str:
    """The sentence of an error, in the language of the window."""
    return shown(sentence(error))


DOT = " · "
"""What stands between two facts on one line."""


ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def join_facts(*facts: str) -> str:
    """The facts that are not empty, on one line; where one reads from right to left, they do not mix."""
    told = [shown(fact) for fact in facts if fact]
    if len(told) > 1 and any(map(_has_right_to_left, told)):
        told = [f"{ISOLATE}{fact}{END_ISOLATE}" for fact in told]
    return DOT.join(told)


def _has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(bidirectional(each) in ("R", "AL") for each in text)


def duration_text(millis: Millis) -> str:
    """A length in whole minutes that are over ("5 h 15 min", "13 min"), or in seconds below one minute ("45 s")."""
    if millis < MINUTE:
        return translate("texts", "{seconds} s").format(seconds=max(0, millis // SECOND))
    hours, rest = divmod(millis, HOUR)
    minutes = rest // MINUTE
    if hours:
        return translate("texts", "{hours} h {minutes} min").format(hours=hours, minutes=f"{minutes:02}")
    return translate("texts", "{minutes} min").format(minutes=minutes)


def about_text(millis: Millis) -> str:
    """A length or a place to the nearest minute, for chapters: "22 min" for 21:34."""
    return duration_text(millis if millis < MINUTE else millis + MINUTE // 2)


def left_text(millis: Millis) -> str:
    """How much is left to hear or to wait for: "4 h 03 min left"."""
    return translate("texts", "{duration} left").format(duration=duration_text(millis))


def place_text(chapter_title: str, position: Millis) -> str:
    """A place in words for a screen reader: "Stargate, 4 h 57 min"."""
    place = about_text(position)
    return f"{chapter_title}, {place}" if chapter_title else place


def size_text(count: int) -> str:
    """An amount of bytes in decimal units, as file managers and feeds count: "302 MB", "1.4 GB", "820 kB"."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 999.5 or unit == "GB":
            break
        amount /= 1000
    digits = 1 if unit == "GB" or (unit == "MB" and amount < 10) else 0
    return f"{QLocale().toString(amount, 'f', digits)} {unit}"


def rate_text(per_second: float) -> str:
    """A speed of transfer: "1.4 MB/s"."""
    return translate("texts", "{size}/s").format(size=size_text(round(per_second)))


def progress_text(received: int, total: int | None) -> str:
    """How much of a download is there: "124 of 302 MB", or "124 MB" where the whole is not known."""
    if total is None:
        return size_text(received)
    whole = size_text(total)
    part = size_text(received)
    if part.split(" ")[-1] == whole.split(" ")[-1]:
        part = part.rsplit(" ", 1)[0]
    return translate("texts", "{part} of {whole}").format(part=part, whole=whole)


def percent_text(received: int, total: int | None) -> str:
    """How much of a download is there in per cent, or an empty text where the whole is not known."""
    return f"{min(100, received * 100 // total)} %" if total else ""


def date_text(instant: EpochMillis) -> str:
    """A day in the listener's time zone: "3 February 2025"."""
    day = datetime.fromtimestamp(instant / SECOND, UTC).astimezone().date()
    return QLocale().toString(QDate(day.year, day.month, day.day), translate("texts", "d MMMM yyyy"))


def short_date_text(instant: EpochMillis) -> str:
    """A day in the listener's time zone, short: "3 Feb 2025"."""
    day = datetime.fromtimestamp(instant / SECOND, UTC).astimezone().date()
    return QLocale().toString(QDate(day.year, day.month, day.day), translate("texts", "d MMM yyyy"))


def moment_text(instant: EpochMillis, now: EpochMillis) -> str:
    """A time of day in the listener's time zone, with the day where that is not today: "14:30", "3 Feb 2025, 14:30"."""
    at, today = (datetime.fromtimestamp(each / SECOND, UTC).astimezone() for each in (instant, now))
    clock = QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
    return clock if at.date() == today.date() else f"{short_date_text(instant)}, {clock}"


def problem_text(podcast: Podcast, now: EpochMillis, *, is_asking: bool) -> str:
    """Why a podcast's feed could not be read, and (`is_asking` by itself) when that is tried again."""
    if podcast.problem is None or podcast.ask_after is None or podcast.is_ended or not is_asking:
        return shown(podcast.problem or "")
    again = translate("texts", "It is asked again at {moment}.").format(moment=moment_text(podcast.ask_after, now))
    return f"{shown(podcast.problem)} {again}"


def chapters_text(count: int) -> str:
    """A number of chapters."""
    words = translate("texts", "1 chapter") if count == 1 else translate("texts", "%n chapters", None, count)
    return _grouped(words, count)


def unheard_text(unheard: int, count: int) -> str:
    """How many of the chapters are still to be heard, once some were: "3 of 25 chapters not heard"."""
    if unheard in (0, count):
        return chapters_text(count)
    return translate("texts", "{unheard} of {count} not heard").format(unheard=unheard, count=chapters_text(count))


def place_of_text(index: int | None, count: int, *, is_short: bool) -> str:
    """Which chapter of how many: "5 of 25", or "5/25"; how many only, when none is heard."""
    if index is None or not count:
        return str(count or "")
    words = translate("texts", "{number}/{count}") if is_short else translate("texts", "{number} of {count}")
    return words.format(number=index + 1, count=count)


def episodes_text(count: int) -> str:
    """A number of episodes."""
    words = translate("texts", "1 episode") if count == 1 else translate("texts", "%n episodes", None, count)
    return _grouped(words, count)


def downloads_text(count: int) -> str:
    """A number of downloads."""
    words = translate("texts", "1 download") if count == 1 else translate("texts", "%n downloads", None, count)
    return _grouped(words, count)


def files_text(count: int) -> str:
    """A number of files."""
    words = translate("texts", "1 file") if count == 1 else translate("texts", "%n files", None, count)
    return _grouped(words, count)


def podcasts_text(count: int) -> str:
    """A number of podcasts."""
    words = translate("texts", "1 podcast") if count == 1 else translate("texts", "%n podcasts", None, count)
    return _grouped(words, count)


def entries_text(count: int) -> str:
    """A number of entries of the queue."""
    words = translate("texts", "1 entry") if count == 1 else translate("texts", "%n entries", None, count)
    return _grouped(words, count)


def bookmarks_text(count: int) -> str:
    """A number of bookmarks."""
    words = translate("texts", "1 bookmark") if count == 1 else translate("texts", "%n bookmarks", None, count)
    return _grouped(words, count)


def unplayed_text(count: int) -> str:
    """A number of episodes that were not played yet."""
    return _grouped(translate("texts", "%n not played", None, count), count)


def title_text(title: str) -> str:
    """An episode's title, or words that stand for one."""
    return title or translate("texts", "Untitled episode")


def speed_text(speed: float) -> str:
    """A speed of playing: "1.4×"."""
    return f"{QLocale().toString(speed, 'g', 3)}×"


def saved_text(sums: Sums) -> str:
    """What listening saved: "Saved 12 min by trimming, 1 h 03 min by speed"; empty below half a minute."""
    trimming, speed = sums.by_trimming, sums.by_speed
    by_trimming = translate("texts", "{time} by trimming").format(time=duration_text(trimming))
    by_speed = translate("texts", "{time} by speed").format(time=duration_text(speed))
    parts = [words for time, words in ((trimming, by_trimming), (speed, by_speed)) if time >= MINUTE // 2]
    return translate("texts", "Saved {times} so far").format(times=", ".join(parts)) if parts else ""

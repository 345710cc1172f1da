"""The library of the pictures in README: shows that were made up, with an evening of listening behind them.

Must not know the window. Nothing in it is ever fetched: addresses are those of a domain for examples.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from sqlite3 import Connection

import av
import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from player.app.computing import measure_more, outline_in, read_audio
from player.app.waveform_files import waveform_path
from player.core.chapters import chapters_from_marks
from player.core.model import (
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    EpisodeQuery,
    EpochMillis,
    FetchedEpisode,
    FetchedFeed,
    LinkedDocument,
    Millis,
    PodcastId,
)
from player.core.play_queue import QueueEntry, QueueEntryId
from player.core.time_listened import Month, Sums
from player.core.timecode import HOUR, MINUTE, SECOND, format_timecode
from player.core.transcript import Segment, Transcript
from player.storage import (
    bookmarks,
    chapters,
    episodes,
    feeds,
    heard,
    listening,
    listing,
    play_queue,
    time_listened,
    transcripts,
    web_pictures,
)
from player.storage.database import open_writer
from player.storage.packed_transcripts import pack_transcript
from player.storage.search_index import bring_all_up_to_date
from player.storage.transcripts import KeptTranscript
from player.storage.web_pictures import KeptPicture
from player.system.paths import Profile
from speechlike import noise, word

DAY: Millis = 24 * HOUR
_RATE = 16_000
_BLOCK_SECONDS = 300
_BLOCKS = 5
_SITE = "https://shows.example.org"

MAIN_TITLE = "#212 – Under the sea: the cables that carry everything"
OUTLINE = (
    ("0:00", "Introduction"), ("6:40", "What a cable is made of"), ("18:05", "The ship, the plough and the weather"),
    ("31:50", "Who owns the ocean floor"), ("44:12", "Anchors, sharks and other legends"),
    ("58:30", "Sponsor: Harbour Tea"),
    ("1:00:10", "Repeaters: light that never rests"), ("1:14:48", "A repair, hour by hour"),
    ("1:31:20", "The night the island went dark"), ("1:47:05", "Sabotage, or bad luck"),
    ("2:02:33", "Mapping what nobody sees"),
    ("2:15:40", "How much an ocean crossing costs"), ("2:27:15", "Landing stations"),
    ("2:38:02", "Latency and the stock exchange"),
    ("2:51:26", "Listening to whales with glass"), ("3:04:10", "The next hundred thousand kilometres"),
    ("3:17:55", "Books, and how to begin"), ("3:26:30", "One last question"),
)  # fmt: skip
LENGTH: Millis = (3 * 60 + 35) * MINUTE
LISTENED_TO: Millis = 76 * MINUTE + 31 * SECOND

_WORDS = (
    "We had been waiting for eleven days when the wind finally turned.",
    "A repeater is the size of a shark, and it has to work for twenty-five years without anybody touching it.",
    "And what do you see on the screen when a cable breaks?",
    "Nothing. That is the point. One colour is missing, and somebody in an office far away picks up a telephone.",
    "The glass itself is thinner than a hair. All the rest is there to protect it from us.",
    "People think of satellites. But nearly everything that you have ever read came to you along the sea bed.",
    "So the ship goes out with a hook on a rope, five kilometres down, and fishes for something as thick as a wrist.",
    "You feel it. The rope begins to sing.",
)


@dataclass(frozen=True)
class Show:
    """A podcast, its colours, and its episodes with their lengths in minutes, the newest first."""

    title: str
    author: str
    colours: tuple[str, str]
    about: str
    episodes: tuple[tuple[str, int], ...]


_FOLDERS = {"Null Pointers": ("Making things",), "Second Draft": ("Making things",)}
SHOWS = (
    Show(
        "Long Wave", "Ines Halloran", ("#0f4c5c", "#e36414"),
        "<p>Conversations that take their time, with people who know one thing very well. Every other Thursday, "
        "without advertising in the middle, and with an outline that tells you where to begin. Ines Halloran has been "
        "asking questions on the radio for twenty years; here she waits for the answers.</p>",
        (
            (MAIN_TITLE, 215), ("#211 – Bread, salt and the price of wheat", 187), ("#210 – How a language dies", 201),
            ("#209 – The mathematics of queues", 176), ("#208 – Volcanoes that sleep", 233),
            ("#207 – A short history of the chair", 158), ("#206 – Seeds: the vault and the thieves", 192),
            ("#205 – What pilots are afraid of", 169),
        ),
    ),
    Show(
        "Kettle Theory", "Amara & Jon", ("#7b2d26", "#f0c987"), "The science of what happens on the stove.",
        (("Why pasta water foams", 41), ("Ice cream without a machine", 38), ("The smell of toast", 44)),
    ),
    Show(
        "Logbuch Küste", "Redaktion Küste", ("#1d3557", "#a8dadc"), "Zwei Stimmen über Häfen, Inseln und das Wetter.",
        (("Warum Leuchttürme rot sind", 63), ("Sturmflut", 88), ("Die Fähre um sechs", 55)),
    ),
    Show(
        "Second Draft", "Priya Nambiar", ("#3d405b", "#e07a5f"), "Writers read what they threw away.",
        (("The chapter nobody missed", 49), ("Endings", 57), ("A novel in letters", 62), ("Titles", 35)),
    ),
    Show(
        "Null Pointers", "Null Pointers", ("#2b2d42", "#8ecae6"), "Bugs, told by those who found them.",
        (("The leap second that was none", 71), ("Off by one, four times", 66), ("It works on my ship", 59)),
    ),
    Show(
        "Slow Train North", "Tove Lind", ("#386641", "#f2e8cf"), "A journey in real time.",
        (("Night train to Narvik", 124), ("Waiting room", 97), ("The last stop", 110)),
    ),
)  # fmt: skip


def fill(profile: Profile, now: EpochMillis) -> EpisodeId:
    """Write the library into an empty profile; returns the episode that is open in it."""
    profile.downloads.mkdir(parents=True, exist_ok=True)
    audio = profile.downloads / "under-the-sea.mp3"
    audio.write_bytes(b"".join(_sound()))
    connection = open_writer(profile.database)
    shows = [_add(connection, profile, show, number, now) for number, show in enumerate(SHOWS)]
    every = [listing.episode_ids(connection, EpisodeQuery(podcast=podcast)) for podcast in shows]
    main = every[0][0]
    _listen(connection, main, every, now)
    _keep_audio(connection, profile, main, audio)
    _mark(connection, main, every, now)
    _add_statistics(connection, shows)
    bring_all_up_to_date(connection)
    connection.close()
    return main


def _sound() -> Iterator[bytes]:
    """Hours of something that looks like talk: blocks of it as MP3, in an order of their own."""
    chance = np.random.default_rng(7)
    draws = (chance.uniform(0.3, 1.6, 24), chance.uniform(-26, -14, 24), chance.uniform(95, 210, 24))
    spoken = [word(seconds, _RATE, level, pitch) for seconds, level, pitch in zip(*draws, strict=True)]
    blocks = []
    for _ in range(_BLOCKS):
        sound = noise(_BLOCK_SECONDS * _RATE, -62)
        place = 0
        loudness = 1.0
        while place < len(sound) - 3 * _RATE:
            each = spoken[int(chance.integers(len(spoken)))]
            sound[place : place + len(each)] += each * loudness
            place += len(each) + int(_RATE * chance.choice([0.05, 0.12, 0.3, 1.1], p=[0.45, 0.35, 0.17, 0.03]))
            if chance.random() < 0.03:
                loudness = float(chance.uniform(0.35, 1.25))
        blocks.append(_encoded(sound))
    order = [int(chance.integers(_BLOCKS)) for _ in range(LENGTH // SECOND // _BLOCK_SECONDS)]
    yield from (blocks[number] for number in order)


def _encoded(sound: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bytes:
    codec = av.CodecContext.create("mp3", "w")
    assert isinstance(codec, av.AudioCodecContext)
    codec.sample_rate, codec.layout, codec.format, codec.bit_rate = _RATE, "mono", "fltp", 24_000
    packets = []
    for start in range(0, len(sound), 576):
        frame = av.AudioFrame.from_ndarray(np.clip(sound[None, start : start + 576], -1, 1), "fltp", "mono")
        frame.sample_rate, frame.pts = _RATE, start
        packets += codec.encode(frame)
    return b"".join(bytes(packet) for packet in [*packets, *codec.encode(None)])


def _notes(show: Show, title: str, minutes: int, chance: random.Random) -> str:
    if title == MAIN_TITLE:
        lines = "".join(f"<li>({start}) – {name}</li>" for start, name in OUTLINE)
        return (
            "<p>Almost everything that you read, watch or say to somebody far away crosses the sea in "
            "a piece of glass. "
            "<b>Marit Oksanen</b> has laid it, lost it and fished it up again for thirty years.</p>"
            "<p>At 1:14:48 she takes us through a repair hour by hour; the story of the island is at 1:31:20. "
            f'Her book is <a href="{_SITE}/books">Five Kilometres Down</a>.</p>'
            f"<p>OUTLINE:</p><ul>{lines}</ul><p>Recorded on board in Brest. Thanks to the crew.</p>"
        )
    parts = ("Welcome", "The question", "A first answer", "What went wrong", "Letters", "Good night")
    step = minutes * MINUTE // len(parts)
    starts = [max(0, number * step + chance.randrange(-40, 40) * SECOND) for number in range(1, len(parts))]
    outline = "".join(
        f"<li>{format_timecode(start)} {part}</li>" for start, part in zip([0, *starts], parts, strict=True)
    )
    return f"<p>{show.about}</p><ul>{outline}</ul>"


def _add(connection: Connection, profile: Profile, show: Show, number: int, now: EpochMillis) -> PodcastId:
    chance = random.Random(show.title)
    picture = f"{_SITE}/{number}/cover.png"
    found = tuple(
        FetchedEpisode(
            guid=f"{number}-{place}",
            title=title,
            link=f"{_SITE}/{number}/{place}",
            published=now - place * 7 * DAY - number * 19 * HOUR - 3 * HOUR,
            duration=minutes * MINUTE,
            enclosure=Enclosure(f"{_SITE}/{number}/{place}.mp3", "audio/mpeg", minutes * 960_000),
            texts=(_notes(show, title, minutes, chance),),
            transcripts=(LinkedDocument(f"{_SITE}/{number}/{place}.vtt", "text/vtt"),) if title == MAIN_TITLE else (),
        )
        for place, (title, minutes) in enumerate(show.episodes)
    )
    podcast = feeds.add_podcast(connection, f"{_SITE}/{number}/feed.xml", show.title, now)
    feeds.store_feed(connection, podcast, FetchedFeed(show.title, _SITE, show.about, show.author, picture, found), now)
    for episode, each in zip(listing.episode_ids(connection, EpisodeQuery(podcast=podcast)), found, strict=True):
        shown = chapters_from_marks(outline_in(each.texts, each.duration), each.duration)
        chapters.store_list(connection, episode, ChapterList(ChapterSource.OUTLINE, shown), now)
        chapters.store_shown(connection, episode, shown)
    connection.execute("DELETE FROM unread")
    feeds.set_folders(connection, {podcast: _FOLDERS.get(show.title, ())})
    data = _artwork(show)
    folder = profile.pictures
    folder.mkdir(exist_ok=True)
    (folder / hashlib.sha256(picture.encode()).hexdigest()).write_bytes(data)
    web_pictures.store_picture(connection, KeptPicture(picture, now, now, len(data)))
    return podcast


def _artwork(show: Show) -> bytes:
    """A cover of a few waves and a sun, in the show's colours."""
    chance = random.Random(show.title)
    ground, light = (QColor(name) for name in show.colours)
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(QPointF(0, 0), QPointF(0, 600))
    sky.setColorAt(0, ground.lighter(130))
    sky.setColorAt(1, ground.darker(140))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    size = chance.randrange(150, 260)
    painter.drawEllipse(QRectF(chance.randrange(120, 330), chance.randrange(90, 220), size, size))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in range(6):
        colour = QColor(ground.lighter(160) if row % 2 else light)
        painter.setPen(QPen(colour, 16 - row, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        height, swing = 360 + row * 42, chance.randrange(10, 34)
        points = [QPointF(x, height + swing * np.sin(x / chance.randrange(48, 52) + row)) for x in range(-20, 640, 10)]
        painter.drawPolyline(points)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(QByteArray(buffer.data()).data())


def _listen(connection: Connection, main: EpisodeId, every: list[list[EpisodeId]], now: EpochMillis) -> None:
    listening.set_played(connection, [each for ids in every for each in ids[2:]], True, now)
    listening.store_position(connection, main, LISTENED_TO, now)
    listening.store_session_value(connection, "playback", json.dumps({"episode": main}))
    heard.add_heard(connection, main, [(0, 31 * MINUTE + 50 * SECOND), (44 * MINUTE + 12 * SECOND, LISTENED_TO)])
    listening.store_position(connection, every[1][1], 12 * MINUTE, now - DAY)
    listening.store_position(connection, every[5][0], 66 * MINUTE, now - 2 * DAY)
    pieces = [(every[1][0], None), (every[2][0], None), (every[4][0], None), (every[0][1], None)]
    entries = [QueueEntry(episode, part, id=QueueEntryId(number)) for number, (episode, part) in enumerate(pieces, 1)]
    play_queue.store_entries(connection, entries)


def _keep_audio(connection: Connection, profile: Profile, main: EpisodeId, audio: Path) -> None:
    size = audio.stat().st_size
    episodes.set_download(connection, Download(main, DownloadState.COMPLETE, str(audio), size, size))
    facts = read_audio(audio)
    assert facts.duration is not None
    assert facts.index is not None
    episodes.set_duration(connection, main, facts.duration)
    listening.store_audio_index(connection, main, facts.index)
    profile.waveforms.mkdir(exist_ok=True)
    measure_more(audio, None, waveform_path(profile.waveforms, main), facts.index, inf)


def _mark(connection: Connection, main: EpisodeId, every: list[list[EpisodeId]], now: EpochMillis) -> None:
    for minute, second, text in (
        (21, 14, "the plough needs a calm of forty hours"),
        (63, 2, "why light needs a rest every eighty kilometres"),
        (75, 40, "look up: who pays when a fishing boat breaks it?"),
    ):
        bookmarks.add(connection, main, minute * MINUTE + second * SECOND, now - minute * MINUTE, text=text)
    bookmarks.add(connection, every[1][1], 9 * MINUTE, now - DAY, text="salt first, sugar never")
    bookmarks.add(connection, every[4][1], 31 * MINUTE, now - 3 * DAY, text="the fourth one")
    places = range(0, LENGTH, 9 * SECOND)
    segments = tuple(
        Segment(
            place, _WORDS[number % len(_WORDS)], "Ines" if number % len(_WORDS) == 2 else "Marit", place + 8 * SECOND
        )
        for number, place in enumerate(places)
    )
    url = f"{_SITE}/0/0.vtt"
    kept = KeptTranscript(url, asked_at=now, has_content=True)
    transcripts.store_transcript(connection, main, kept, pack_transcript(Transcript(segments)))


def _add_statistics(connection: Connection, shows: list[PodcastId]) -> None:
    chance = random.Random(5)
    for month in range(1, 12):
        for number, podcast in enumerate(shows):
            spent = chance.randrange(1, 14 if number else 30) * HOUR
            by_speed, trimmed = round(spent * chance.uniform(0.15, 0.5)), round(spent * 0.06)
            time_listened.add(connection, podcast, Month(2026, month), Sums(spent, by_speed, 0, trimmed, spent // 40))

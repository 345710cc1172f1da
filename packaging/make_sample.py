"""Makes the built-in sample: a spoken tour of Earmark as a podcast of one episode, in resources/sample.

Only for those who change the words of the tour: run `.venv/bin/python packaging/make_sample.py` where espeak-ng is
installed, listen, and commit what it wrote. Each chapter begins on a whole second with its spoken title, after silence.
"""

from __future__ import annotations

import io
import subprocess
import wave
from html import escape
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
EPISODE = "tour.mp3"

VOICE = "en-us+steph"
WORDS_A_MINUTE = 152
RATE = 22_050
"""Samples a second: espeak-ng's own rate."""

FADE = 0.004
PAUSE = 0.34
AFTER_TITLE = 0.6
BEFORE_CHAPTER = 1.1
QUIETEST_VOICE = 0.004
LOUDNESS = 0.11
CEILING = 0.85

TITLE = "A tour in twelve chapters"
PUBLISHED = "Mon, 23 Nov 2026 09:00:00 +0000"

CHAPTERS = (
    (
        "Welcome",
        "This is Earmark, a podcast player that is built around chapters.",
        "In less than four minutes I will show you round.",
        "And because this episode has chapters, you can leave any part of it at any time: that is the whole idea.",
        "I am, as you can hear, a computer. Please forgive my accent.",
    ),
    (
        "What a chapter is",
        "A long conversation has parts, and many shows write them down in their notes: a time, and a title.",
        "Earmark reads this outline as you would, and turns it into chapters.",
        "They stand in the column beside the notes, each with its length.",
    ),
    (
        "Jumping",
        "Click a chapter, and you hear its first word.",
        "Not four seconds early, and not four seconds late, even five hours into an episode.",
        "The times in the show notes are links, too.",
        "And the bar at the bottom has one segment for each chapter.",
        "Point at one to see its title. Click it to go there.",
    ),
    (
        "Keys for chapters",
        "Page Down takes you to the next chapter, and Page Up to the one before.",
        "When you are well into a chapter, Page Up first returns to its beginning.",
        "The keys one to nine are the first nine chapters.",
        "Try it: press four, and I shall begin this part again.",
    ),
    (
        "Keys for listening",
        "The space bar starts and stops.",
        "The left arrow goes back by fifteen seconds, and the right arrow goes on by thirty.",
        "The square brackets make me slower, or faster, and my voice keeps its pitch.",
        "M is for mute. And the question mark shows all the keys there are.",
    ),
    (
        "Go to",
        "Hold Control, press K, and type.",
        "It may be a word of a chapter's title, or a time, or the name of an episode or a podcast.",
        "Press Enter, and there you are.",
    ),
    (
        "Undo a jump",
        "Did you go too far? Press Backspace, and you are where you were before the jump.",
        "Shift and Backspace takes you forward again.",
        "So look round as much as you like. The way back is always one key long.",
    ),
    (
        "Your place is kept",
        "Close the window in the middle of a sentence, if you must.",
        "When you come back, Earmark opens the episode where you stopped.",
        "A download that was cut off goes on where it was, too.",
    ),
    (
        "Where chapters come from",
        "Some shows put their chapters into the audio file, others into the feed.",
        "Earmark reads both, and prefers the file, because only its chapters are certain to fit what you hear.",
        "But more often than not, there is just the outline in the notes. And that is enough.",
    ),
    (
        "Pasting an outline",
        "There is no outline in the notes? Perhaps there is one on the web page of the show.",
        "Copy it, and paste it into the episode.",
        "You need not tidy it up. Earmark finds the lines that are chapters, and leaves the others alone.",
    ),
    (
        "Your own files",
        "A lecture, an audio book, a concert: open the file, or drop it on the window.",
        "It is an episode like any other, with its chapters, and with your place in it.",
    ),
    (
        "Now it is your turn",
        "Add a podcast by its address. Or bring your subscriptions along from another program, in an O P M L file.",
        "Then choose something long, and jump straight to the part that you came for.",
        "Thank you for listening.",
    ),
)

NOTES = """<p>A guided tour of Earmark, a little under four minutes long and spoken by a computer. It came with the \
program, so it needs no network, and you may remove it like any other podcast.</p>
<p>The list below is the reason why this episode has chapters: nothing in the audio file or in the feed says where \
they are. Earmark found the outline in these notes and read it. Click a time, or a chapter in the column beside the \
notes, and you hear that part from its first word.</p>
<p><b>OUTLINE:</b><br />
{outline}</p>
<p><b>The keys of the tour</b></p>
<ul>
<li><b>Space</b> plays and pauses; <b>Left</b> and <b>Right</b> go back and forward a little.</li>
<li><b>Page Down</b> and <b>Page Up</b>, or <b>Alt+Right</b> and <b>Alt+Left</b>, go to the next and the previous \
chapter; <b>1</b> to <b>9</b> go to the first nine.</li>
<li><b>Ctrl+K</b> goes to a chapter, a time, an episode or a podcast by name.</li>
<li><b>Backspace</b> undoes a jump, <b>Shift+Backspace</b> makes it again.</li>
<li><b>[</b> and <b>]</b> play slower and faster; <b>M</b> mutes.</li>
<li><b>?</b> shows every key there is.</li>
</ul>
<p>All of it works without a window as well: type <code>earmark --help</code> in a terminal.</p>"""

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
<title>Earmark sample</title>
<description>One short episode that shows what Earmark does, made by Earmark’s authors.</description>
<language>en</language>
<itunes:author>Earmark</itunes:author>
<item>
<title>{title}</title>
<guid isPermaLink="false">earmark-sample-tour</guid>
<pubDate>{published}</pubDate>
<description>A guided tour of Earmark, spoken by a computer.</description>
<content:encoded><![CDATA[{notes}]]></content:encoded>
<itunes:duration>{duration}</itunes:duration>
<enclosure url="sample://earmark/{episode}" length="{length}" type="audio/mpeg"/>
</item>
</channel>
</rss>
"""


def speak(sentence: str) -> Sound:
    """Let espeak-ng say a sentence, without the silence around it."""
    command = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_A_MINUTE), "-z", "--stdout", sentence]
    with wave.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        # On a pipe the header tells no true length: read to the end.
        frames = np.frombuffer(file.readframes(1 << 24), dtype="<i2")
    sound = frames.astype(np.float32) / np.float32(32_768)
    voiced = np.flatnonzero(np.abs(sound) > QUIETEST_VOICE)
    return sound[voiced[0] : voiced[-1] + 1]


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def soften(sound: Sound) -> Sound:
    """Take away rumble and the sharpest treble, lift what makes consonants clear, bring all to one loudness."""
    edge = round(FADE * RATE)
    faded = sound.copy()
    faded[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    faded[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
    spectrum = np.fft.rfft(faded)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum *= 1 / np.sqrt(1 + (frequency / 6_500) ** 6)
    spectrum *= np.clip((frequency - 50) / 50, 0, 1)
    spectrum *= 1 + 0.9 / (1 + (1_800 / np.maximum(frequency, 1)) ** 4)
    filtered = np.fft.irfft(spectrum, len(sound))
    loud = filtered[np.abs(filtered) > QUIETEST_VOICE]
    filtered *= LOUDNESS / np.sqrt(np.mean(loud**2))
    rounded: Sound = (CEILING * np.tanh(filtered / CEILING)).astype(np.float32)
    return rounded


def tell() -> tuple[Sound, list[int]]:
    """The whole tour, and the second in which each chapter begins."""
    parts: list[Sound] = []
    starts: list[int] = []
    length = 0

    def add(*sounds: Sound) -> None:
        nonlocal length
        parts.extend(sounds)
        length += sum(map(len, sounds))

    def pause_to_a_second() -> None:
        add(silence(BEFORE_CHAPTER))
        add(np.zeros(-length % RATE, dtype=np.float32))

    for title, *sentences in CHAPTERS:
        starts.append(length // RATE)
        add(soften(speak(title)), silence(AFTER_TITLE))
        for sentence in sentences:
            add(soften(speak(sentence)), silence(PAUSE))
        pause_to_a_second()
    return np.concatenate(parts), starts


def encode(sound: Sound, path: Path) -> None:
    """Write a mono MP3 with a Xing header, so that its length is known to the sample."""
    with av.open(str(path), "w", format="mp3") as container:
        container.metadata.update({"title": TITLE, "artist": "Earmark", "album": "Earmark sample"})
        stream = container.add_stream(
            "libmp3lame", rate=RATE, layout="mono", bit_rate=32_000, options={"compression_level": "0"}
        )
        for start in range(0, len(sound), RATE):
            frame = av.AudioFrame.from_ndarray(sound[None, start : start + RATE], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    sound, starts = tell()
    encode(sound, FOLDER / EPISODE)
    lines = [f"({start // 60}:{start % 60:02}) – {escape(row[0])}" for start, row in zip(starts, CHAPTERS, strict=True)]
    size = (FOLDER / EPISODE).stat().st_size
    feed = FEED.format(
        title=TITLE,
        published=PUBLISHED,
        notes=NOTES.format(outline="<br />\n".join(lines)),
        duration=len(sound) // RATE,
        episode=EPISODE,
        length=size,
    )
    (FOLDER / "feed.xml").write_text(feed, encoding="utf-8")
    print("\n".join(lines), f"\n{len(sound) / RATE} s, {size} bytes")


if __name__ == "__main__":
    main()

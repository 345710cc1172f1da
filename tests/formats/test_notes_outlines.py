"""Outlines through every markup: all shapes, arrangements in HTML and Markdown, what is none, and the corpus."""

from __future__ import annotations

import html
from itertools import islice
from pathlib import Path

import pytest

from outlines import fuzz
from outlines.scoring import entries, f1, score
from outlines.shapes import CHAPTERS, MARKDOWN, SHAPES, Chapters, Shape, full, minutes, short, written
from player.core.outline import Outline
from player.formats.notes import Markup, read_outline

ALL_SHAPES = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
NOT_MARKDOWN = {"square brackets", "at sign", "wrong bracket", "bracket around all", "range of brackets"}
A = [(0, "Intro"), (300, "Topic one"), (900, "Topic two"), (3000, "End")]
B = [(0, "Intro"), (360, "Topic one"), (1020, "Topic two"), (3240, "End")]


def found(outline: Outline | None) -> Chapters:
    return [(mark.start // 1000, mark.title) for mark in outline.marks] if outline else []


def read(text: str, markup: Markup | None = None, duration: int | None = None) -> Chapters:
    """The chapters of a text in seconds; `duration` in seconds."""
    return found(read_outline(text, markup, duration=duration * 1000 if duration else None))


def page(lines: list[str]) -> str:
    return "Some words about it.\n\n" + "\n".join(lines) + "\n\nThanks for listening."


@ALL_SHAPES
def test_a_shape_in_plain_text(shape: Shape) -> None:
    lines = written(shape, CHAPTERS)
    assert read(page(lines), Markup.TEXT) == CHAPTERS
    assert read("\n".join(lines), Markup.TEXT) == CHAPTERS
    assert read(page(lines)) == CHAPTERS


LONG = [
    (0, "What we talked about last time, and what came of it since"),
    (90, "Why nobody wants to go on with it in the way that it was meant to go"),
    (754, "How it was found, lost and found again, in the words of the one who lost it"),
    (1805, "Break"),
    (4132, "Whether one may do without it, and what the people who wrote to us think about that"),
    (6105, "Letters"),
]


@ALL_SHAPES
def test_long_titles_are_no_wrapped_text(shape: Shape) -> None:
    lines = written(shape, LONG)
    assert read("\n".join(lines), Markup.TEXT) == read("\n".join(lines)) == LONG


@ALL_SHAPES
@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("<ul><li>", "</li><li>", "</li></ul>"),
        ("<ol><li><p>", "</p></li>\n<li><p>", "</p></li></ol>"),
        ("<p>", "</p><p>", "</p>"),
        ("<p>", "<br />\n", "</p>"),
        ("<div>", "</div><div>", "</div>"),
        ("<p>", "<br><br>", "</p>"),
        ("<pre>", "\n", "</pre>"),
    ],
    ids=["items", "paragraphs in items", "paragraphs", "breaks", "divs", "double breaks", "preformatted"],
)
def test_a_shape_in_html(shape: Shape, before: str, between: str, after: str) -> None:
    lines = [html.escape(line) for line in written(shape, CHAPTERS)]
    text = f"<p>Some words.</p>{before}{between.join(lines)}{after}<p>Thanks for listening.</p>"
    assert read(text, Markup.HTML) == CHAPTERS
    assert read(text) == CHAPTERS


@pytest.mark.parametrize("name", [name for name in SHAPES if name not in NOT_MARKDOWN])
def test_a_shape_in_markdown(name: str) -> None:
    assert read(page(written(SHAPES[name], CHAPTERS)), Markup.MARKDOWN) == CHAPTERS


@pytest.mark.parametrize("shape", MARKDOWN.values(), ids=MARKDOWN.keys())
def test_a_shape_of_markdown(shape: Shape) -> None:
    assert read(page(written(shape, CHAPTERS)), Markup.MARKDOWN) == CHAPTERS


ONE_LINE = {
    "brackets": "We talk. OUTLINE: " + " ".join(f"({short(t)}) – {x}" for t, x in CHAPTERS),
    "bare": "Timestamps: " + " ".join(f"{full(t)} {x}" for t, x in CHAPTERS),
    "bare, no heading": "A long talk about things. " + " ".join(f"{minutes(t)} {x}" for t, x in CHAPTERS),
    "pipes": "Chapters: " + " | ".join(f"{minutes(t)} {x}" for t, x in CHAPTERS),
    "commas": "Chapters: " + ", ".join(f"{minutes(t)} - {x}" for t, x in CHAPTERS),
    "address behind": "Hi. " + " ".join(f"({short(t)}) {x}" for t, x in CHAPTERS) + " https://example.org/more",
    "words behind": "Hi. " + " ".join(f"({short(t)}) {x}" for t, x in CHAPTERS) + " Follow us: everywhere",
    "glued heading": "Sprungmarken" + " ".join(f"({full(t)}) {x}" for t, x in CHAPTERS) + "  HostsOne (https://a.b)",
    "times after titles": "Chapters: " + ", ".join(f"{x} ({short(t)})" for t, x in CHAPTERS),
    "times after titles, words behind": "Chapters: "
    + " ".join(f"{x} ({short(t)})" for t, x in CHAPTERS)
    + " Links: One → https://example.org/one",
    "times after titles, slashes": " / ".join(f"{x} {minutes(t)}" for t, x in CHAPTERS),
}


@pytest.mark.parametrize("text", ONE_LINE.values(), ids=ONE_LINE.keys())
def test_several_in_one_line(text: str) -> None:
    for markup in (Markup.TEXT, Markup.MARKDOWN, None):
        assert read(text, markup) == CHAPTERS


def test_numbers_of_a_list_in_one_line_are_no_titles() -> None:
    text = "We talk. 01. 0:00 Intro 02. 5:00 Topic one 03. 15:00 Topic two 04. 50:00 End"
    assert read(text) == A


def test_spans_part_times_from_small_letters_and_digits() -> None:
    text = "".join(
        f"<p><span>{minutes(t)}</span><span>{x}</span></p>"
        for t, x in zip((0, 90, 300), ("iPad", "3 of us", "end"), strict=True)
    )
    assert read(text) == [(0, "iPad"), (90, "3 of us"), (300, "end")]


def test_html_that_was_escaped_twice() -> None:
    text = "&lt;p&gt;" + "&lt;br&gt;".join(f"{minutes(t)} {x}" for t, x in CHAPTERS) + "&lt;/p&gt;"
    assert read(text) == read(text, Markup.HTML) == CHAPTERS


def test_the_last_title_of_a_line_has_no_more_sentences_than_the_others() -> None:
    text = "We react. (0:55) — JETS: They drop one. (9:51) — BETS: Bets of the week. We want your calls! Bye."
    assert read(text, duration=3600) == []
    text = text.replace("(9:51)", "(9:51) — GIANTS: They win! (22:10)")
    assert read(text) == [(55, "JETS: They drop one."), (591, "GIANTS: They win!"), (1330, "BETS: Bets of the week.")]


def test_titles_in_bold_with_their_times_before_descriptions() -> None:
    text = "\n\n".join(f"**{x} ({minutes(t)})** — We go on about it, and then some more." for t, x in CHAPTERS)
    assert read(text, Markup.MARKDOWN) == CHAPTERS


def test_ranges_that_meet_are_a_list_wherever_it_begins() -> None:
    parts = [
        "3. **Wrong words (1:10-1:35)**\n   - Empty",
        "4. **Once more (1:35-1:50)**\n   - Again",
        "5. **End (1:50-2:05)**",
    ]
    text = "\n\n".join(parts)
    assert read(text, Markup.MARKDOWN) == [(70, "Wrong words"), (95, "Once more"), (110, "End")]


def test_two_late_times_with_hours_are_a_list() -> None:
    assert read("All of it.\n\n00:31:05 - The match\n01:19:44 - The coach/his club\n\nBye.") == [
        (1865, "The match"),
        (4784, "The coach/his club"),
    ]


def test_times_glued_to_capitals_of_other_alphabets() -> None:
    text = "00:00Élan\n04:10Öffnung\n09:30Основы\n15:20El mar"
    assert read(text) == [(0, "Élan"), (250, "Öffnung"), (570, "Основы"), (920, "El mar")]


def test_long_questions_far_apart_are_titles() -> None:
    question = "Q: I have been at it for a while, and it grows on me. How would you go on? Would you start over? " * 3
    text = "\n".join(f"{minutes(t)} {question}{t}" for t in (95, 400, 815, 1230))
    assert len(read(text)) == 4


def test_headings_that_end_in_linked_times() -> None:
    parts = [(240, "O Problema"), (630, "A Solução"), (1200, "Conclusão")]
    text = "\n\n".join(f"### {x} [{minutes(t)}](https://youtu.be/o?t={t})\n\nTexto longo." for t, x in parts)
    assert read(text, Markup.MARKDOWN) == parts


def test_a_cut_off_end_gives_no_chapter() -> None:
    text = "(0:00) Bestie intros! (0:35) AI Doomsday: what then (20:39) ..."
    assert read(text) == [(0, "Bestie intros!"), (35, "AI Doomsday: what then")]


HTML = {
    "newlines only": "<p>" + "\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS) + "\n</p>",
    "table": "<table><tr><th>Time</th><th>Topic</th></tr>"
    + "".join(f"<tr><td>{minutes(t)}</td><td>{x}</td></tr>" for t, x in CHAPTERS)
    + "</table>",
    "table, time last": "<table>"
    + "".join(f"<tr><td>{n}</td><td>{x}</td><td>{minutes(t)}</td></tr>" for n, (t, x) in enumerate(CHAPTERS, 1))
    + "</table>",
    "table, start and end": "<table>"
    + "".join(f"<tr><td>{minutes(t)}</td><td>{minutes(t + 9)}</td><td><p>{x}</p></td></tr>" for t, x in CHAPTERS)
    + "</table>",
    "definition list": "<dl>" + "".join(f"<dt>{minutes(t)}</dt><dd>{x}</dd>" for t, x in CHAPTERS) + "</dl>",
    "title in next paragraph": "".join(f"<p>{minutes(t)}</p><p>{x}</p>" for t, x in CHAPTERS),
    "headings": "".join(
        f"<h3>{minutes(t)} {x}</h3><p>We talk about this, see <a href='https://a.b'>here</a>.</p>" for t, x in CHAPTERS
    ),
    "linked times": "".join(f'<p><a href="https://youtu.be/a?t={t}">{minutes(t)}</a> {x}</p>' for t, x in CHAPTERS),
    "linked entries": "".join(f'<li><a href="https://youtu.be/a?t={t}">{minutes(t)} {x}</a>' for t, x in CHAPTERS),
    "times in links only": "".join(f'<li><a href="https://youtu.be/a?t={t}">{x}</a></li>' for t, x in CHAPTERS),
    "linked to their paragraphs": "".join(f'<li><a href="#p{t}">{minutes(t)} {x}</a></li>' for t, x in CHAPTERS),
    "linked to a transcript": "".join(f'<li><a href="https://a.b/c#p{t}">{full(t)} {x}</a></li>' for t, x in CHAPTERS),
    "brackets outside": "<p>" + "<br>".join(f'(<a href="#t={t}">{minutes(t)}</a>) {x}' for t, x in CHAPTERS) + "</p>",
    "spans": "".join(f"<div><span>{minutes(t)}</span><span>{x}</span></div>" for t, x in CHAPTERS),
    "a span before words": "".join(f"<p><span>{minutes(t)}</span>{x}</p>" for t, x in CHAPTERS),
}


@pytest.mark.parametrize("text", HTML.values(), ids=HTML.keys())
def test_arrangements_in_html(text: str) -> None:
    assert read(text, Markup.HTML) == CHAPTERS
    assert read(text) == CHAPTERS


SPEECH = "And so we went on about it, and on, as one does when nobody stops us, and then some more of it. " * 2
TURNS = ["Ann Lee", "Bo", "Cy Fox", "Di Wu", "Eve Ott", "Flo", "Gus Ray", "Hal", "Ida May", "Jo", "Kit Orr", "Lou"]
TEXTS = {
    "slanted": "\n".join(f"_{minutes(t)}_ {x}" for t, x in CHAPTERS),
    "words in brackets": "\n".join(f"{x} (starts at {short(t)})" for t, x in CHAPTERS),
    "title on the next line": "\n".join(f"{minutes(t)}\n{x}" for t, x in CHAPTERS),
    "title on the next line, parted": "Chapters\n\n"
    + "\n\n".join(f"{minutes(t)}\n{x}" for t, x in CHAPTERS)
    + "\n\nBye",
    "title on the line before": "\n\n".join(f"{x}\n{minutes(t)}" for t, x in CHAPTERS),
    "split": "\n".join(f"(\n{minutes(t)}\n) {x}" for t, x in CHAPTERS),
    "descriptions": "\n".join(f"{minutes(t)} {x}\nIn which we talk." for t, x in CHAPTERS),
    "in two parts": "Part one\n"
    + "\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS[:3])
    + "\n\nPart two\n"
    + "\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS[3:]),
    "heading alone in the line": " Timestamps " + "\n ".join(f"{full(t)} {x}" for t, x in CHAPTERS),
    "capitals glued": "\n".join(f"{minutes(t)}{x}" for t, x in CHAPTERS),
    "heading in the line": "Timestamps: " + "\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS),
    "transcript below": "Chapters\n"
    + "\n".join(f"{short(t)} {x}" for t, x in CHAPTERS)
    + "\n\nTranscript\n\n"
    + "\n\n".join(f"[{short(t)}] Host: And so on and on we go about it." for t in range(0, 6200, 9)),
    "turns of speakers below": "Chapters\n"
    + "\n".join(f"{full(t)} {x}" for t, x in CHAPTERS)
    + "\n\nTranscript\n\n"
    + "\n\n".join(f"{full(t)} [{name}]\n\n{SPEECH}" for t, name in zip(range(6, 300, 12), TURNS, strict=False)),
    "prose beside": "At 12:30 we discuss the verse John 3:16.\n\n"
    + "\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS)
    + "\n\nCorrection: at 7:30 I said it wrong. Live on Friday, 3 May, 20:00.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_arrangements_in_text(text: str) -> None:
    for markup in (Markup.TEXT, Markup.MARKDOWN, None):
        assert read(text, markup) == CHAPTERS


def test_two_lists_are_chosen_by_duration_and_heading() -> None:
    text = "Chapters without ads\n" + "\n".join(f"{minutes(t)} {x}" for t, x in A)
    text += "\n\nChapters with ads\n" + "\n".join(f"{minutes(t)} {x}" for t, x in B)
    assert read(text) == A
    assert read(text, duration=3100) == A
    assert read(text, duration=3400) == B
    outline = read_outline(text)
    assert outline
    assert [found(other) for other in outline.alternatives] == [B]
    text = "YouTube timestamps\n" + "\n".join(f"{minutes(t)} {x}" for t, x in A)
    text += "\n\nAudio\n" + "\n".join(f"{minutes(t)} {x}" for t, x in B)
    assert read(text) == B


def test_ratios_and_the_whole_week_before_times_are_no_dates() -> None:
    text = "Intro (0:00)\nThe 70/30 split (4:25)\nOpen 24/7 (27:50)\nThe 9/11 report (31:00)\nEnd (40:00)"
    assert [title for _, title in read(text)] == ["Intro", "The 70/30 split", "Open 24/7", "The 9/11 report", "End"]
    assert read("Bath 8/10 (16:30)\nLeeds 9/10 (17:00)\nYork 24/7/2026 (18:30)") == []


def test_number_signs_before_titles_stay() -> None:
    text = "#1: One thing (0:00)\n#2: Two things (4:25)\n#3: Three things (27:50)"
    assert [title for _, title in read(text)] == ["#1: One thing", "#2: Two things", "#3: Three things"]


def test_small_titles_in_one_line_need_a_heading() -> None:
    line = "0:00 hello 2:30 iPhones 7:15 macOS 20:00 goodbye"
    assert len(read("About it. Timestamps: " + line)) == 4
    assert read("We came at " + line) == []


def test_titles_may_be_numbers() -> None:
    chapters = [(0, "1984"), (300, "22"), (620, "1.27"), (900, "99 Luftballons")]
    assert read("\n".join(f"{minutes(t)} {x}" for t, x in chapters)) == chapters


def test_short_chapters_may_be_described_at_length() -> None:
    chapters = [(t, f"What the page of number {t} looks like") for t in range(0, 240, 30)]
    assert read("\n\n".join(f"{minutes(t)} {x}\n\n{SPEECH * 2}" for t, x in chapters)) == chapters


def test_numbers_in_brackets_and_times_above_links_have_no_titles() -> None:
    text = "\n\n".join(f"**[{n:02}] {full(t)}**\n\n- [Links of it](https://a.b/{n})" for n, (t, _) in enumerate(A, 1))
    assert read(text, Markup.MARKDOWN) == [(start, "") for start, _ in A]
    assert read(text + "\n- [05] 01:03:50 How to write to us", Markup.MARKDOWN)[4:] == [(3830, "How to write to us")]


def test_nested_items_have_levels() -> None:
    outline = read_outline("- 0:00 One\n  - 1:00 Inside\n- 5:00 Two\n- 9:00 Three", Markup.MARKDOWN)
    assert outline
    assert [entry.level for entry in outline.entries] == [0, 1, 0, 0]


def test_links_in_titles_become_the_links_of_chapters() -> None:
    text = "- [0:00](#t=0) [One](https://example.org/1)\n- [5:00](#t=300) Two\n- [9:00](#t=540) [Three](/here)"
    outline = read_outline(text, Markup.MARKDOWN)
    assert outline
    assert [mark.link for mark in outline.marks] == ["https://example.org/1", None, None]


NONE = {
    "what was measured": "Kept\n- 0:00 = 93.8%\n- 24:33 = 30.6%\n- 58:55 = 24.4%\n- 1:01:22 = 12.2%",
    "prices of a day": "0:00 $31.50\n0:15 $30.10\n0:30 $29.75\n0:45 $33.20",
    "verses": "John 3:16\nGenesis 1:26\nRomans 8:28\nPsalm 23:10",
    "verses that rise": "Readings\nGenesis 1:26\nExodus 3:14\nMatthew 5:44\nActs 7:55",
    "verses of a text": "3:16 For God so loved\n3:17 For God did not send\n3:18 He that believeth\n3:19 And this is",
    "programme": "09:00 Registration\n10:30 Keynote\n12:00 Lunch\n17:00 End",
    "am and pm": "9:00 AM Registration\n10:30 AM Keynote\n12:00 PM Lunch",
    "Uhr": "20:15 Uhr Tatort\n21:45 Uhr News\n22:15 Uhr Talk",
    "French hours": "20h30 Concert\n21h45 Débat\n23h00 Fin",
    "scores": "Kiel – Flensburg 29:27\nBerlin – Lemgo 31:28\nHamburg – Melsungen 33:30",
    "lengths": "[One](https://youtu.be/a) (3:10)\n[Two](https://youtu.be/b) (2:00)\n[Three](https://youtu.be/c) (5:00)",
    "lengths of videos": "- [One (3:10)](https://youtu.be/a)\n- [Two (4:00)](https://youtu.be/b)\n- [Three (5:00)](https://a.b/c)",
    "dates": "Fri, Sep 2, 6:00 PM\nSat, Sep 3, 7:00 PM\nSun, Sep 4, 8:00 PM",
    "a tour": "8 October: Bath (16:30)\n9 October: Leeds (17:00)\n10 October: York (18:30)",
    "days": "Monday 10:00\nTuesday 11:00\nWednesday 12:00",
    "ISO dates": "2024-05-01 12:30:00 posted\n2024-05-02 12:31:00 posted\n2024-05-03 12:32:00 posted",
    "prices": "1.20 Coffee\n2.50 Cake\n3.45 Tea",
    "versions": "3.10 released\n3.11 released\n3.12 released",
    "a stray time": "At 12:30 we discuss it, and at 45:10 we end.",
    "elapsed times": "It took me 1:33 first, then 0:28 and 2:22 of time.",
    "ratios": "16:10 display\n16:18 monitor\n4:30 ratio",
    "addresses": "https://overcast.fm/+D/13:36\nhttps://overcast.fm/+D/14:36\nhttps://overcast.fm/+D/15:36",
    "track lengths": "1. One 3:45\n2. Two 4:10\n3. Three 2:05\n4. Four 3:33\n5. Five 5:01",
    "a transcript": "\n".join(f"[{short(t)}] Host: and so we went on about it." for t in range(0, 600, 7)),
    "one time": "0:00 Intro",
    "sentences": "We talk about the game (8:52), from Anthony (25:32), and Zion (40:00).",
    "results of a race": "1. Smith 2:03:45\n2. Jones 2:04:10\n3. Brown 2:05:59\n4. Lee 2:06:30",
    "lengths of episodes": "Before:\n- Ep 12: Rust (45:10)\n- Ep 13: Go (52:33)\n- Ep 14: C (1:02:11)",
    "opening hours": "Mo 9:00-17:00\nTu 9:30-18:00\nWe 10:00-18:30",
    "laps": "Lap 1 1:33\nLap 2 1:34\nLap 3 1:35\nLap 4 1:36",
    "captions": "[0:00] Right.\n[0:14] So this is where we live.\n[0:21] Mind the step.\n[0:27] Sorry!\n[0:31] It is",
    "spoken paragraphs": "\n\n".join(
        f"[{minutes(t)}] {'And then we went on about it, as one does. ' * 8}" for t in (0, 25, 60)
    ),
    "spoken in Japanese": "00:03 今日は春の海の話をします。とても長い話になりますがどうぞよろしく。海はいいですね。"
    "00:15 それでは始めましょう。先週の日曜日に友だちと一緒に海へ行きましたが、雨でした。困りました。"
    "00:27 それでも楽しかったです。また行きたいと思います。次は晴れた日に行きたいですね。",
    "a day in parts": "<ul><li>0:00–5:59 night</li><li>6:00–13:59 early</li><li>14:00–23:59 late</li></ul>",
    "free hours": "0:00 - 0:45\n0:45 - 1:30\n1:30 - 2:15\n2:15 - 3:00",
    "a day with breaks": "- 08:30-09:10 - Coffee\n- 09:10-10:40 - Talks\n- 12:05-13:00 - Lunch\n- 16:40 - End",
    "hours with seconds": "09:00:00 10:30:00 Opening\n10:30:00 11:45:00 Talks\n11:45:00 13:15:00 Rest",
    "results with clubs": "\n".join(f"{n} Runner {name} ITA 2:{17 + n}:4{n}" for n, name in enumerate("ABCDEFGH", 1)),
    "a timetable": "06:58 Line 4\n07:14 Line 4\n07:28 Line 9\n07:43 Line 4",
    "turns of speakers": "\n\n".join(
        f"{full(t)} {name}\n{SPEECH}" for t, name in zip(range(0, 90, 9), TURNS, strict=False)
    ),
    "subtitles": "".join(f"<li>00:00:{t:02}.167 --&gt; 00:00:{t + 5}.02</li><li>(music)</li>" for t in (10, 27, 44)),
    "a day's ranges": "Timeline\n09:00 - 09:30 Plan\n09:30 - 11:30 Write\n11:30 - 12:00 Walk\n12:00 - 13:00 Eat",
    "a day's ranges with a gap": "Time | Topic\n10:00-10:10 Hello\n10:10-10:20 A tour\n10:40-11:00 Questions",
    "two times seconds apart": "Time 00:00 → one starts\nTime 00:05 → two starts",
    "whole hours": "1h 2440 Hook\n2h 2442 Fork\n3h 2441 Chair\n4h 2443 Inverted fork",
    "hours of a day": "1. Night (0:00)\n2. Dawn (5:00)\n3. Morning (7:00)\n4. Noon (12:00)\n5. Evening (18:00)",
    "lengths in minutes": "\n".join(f"{n}. Track {name} ({n + 2}:{n + 40} min)" for n, name in enumerate("ABCDEF", 1)),
    "an item and a row": "- [0:00] We begin\n\n| a | 11:03 | said |\n|---|---|---|",
    "speakers": "\n".join(f"{full(t)} - {'Ann Lee' if t % 2 else 'Bo'}\nWell." for t in range(0, 700, 61)),
    "addresses of machines": "00:1A:2B:3C:4D:5E\n00:1A:2B:3C:4D:5F\n00:1B:2B:3C:4D:5F",
    "a recipe": "Prepare 0:20\nCook 1:15\nRest 0:10",
    "an aside": "Its chapter marks read (0:00 What it is, 2:45 What to pay, and so on); we saw no more of it.",
    "two late times of day": "19:30 Doors\n21:00 Band",
    "no times": "Just words.",
    "nothing": "",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_no_outline(text: str) -> None:
    for markup in (Markup.TEXT, Markup.MARKDOWN, None):
        assert read(text, markup) == []


def test_the_outline_of_another_episode_is_none() -> None:
    assert read("\n".join(f"{minutes(t)} {x}" for t, x in CHAPTERS), duration=600) == []


SEED_FIRST = [(0, "Introduction"), (808, "DeepSeek-R1 and DeepSeek-V3"), (2102, "Low cost of training")]
SEED_LAST = [(17263, "Open source"), (17815, "Stargate"), (18264, "Future of AI")]


@pytest.mark.parametrize("duration", [None, 18958])
def test_the_seed(corpus: Path, duration: int | None) -> None:
    feed = (corpus / "seed" / "feed.xml").read_text(encoding="utf-8")
    texts = [part.split("]]>")[0] for part in feed.split("<![CDATA[")[1:]]
    short_text, full_notes, one_line = texts
    page_text = (corpus / "seed" / "episode-459-page.txt").read_text(encoding="utf-8")
    chapters = read(full_notes, None, duration)
    assert len(chapters) == 25
    assert chapters[:3] == SEED_FIRST
    assert chapters[-3:] == SEED_LAST
    assert (4132, "Export controls on GPUs to China") in chapters
    assert read(page_text, Markup.TEXT, duration) == read(page_text, None, duration) == chapters
    assert read(one_line, None, duration) == read(one_line, Markup.HTML, duration) == chapters
    assert read(short_text, None, duration) == []


def test_changed_notes_are_read_and_shown(corpus: Path) -> None:
    source = [entry["notes"] for entry in entries(corpus)]
    for number, text, chance in islice(fuzz.inputs(source, seed=20), 300):
        try:
            fuzz.check(text, chance)
        except Exception as error:
            error.add_note(f"input {number}: python -m outlines.fuzz --seed 20 --only {number}")
            raise


def test_the_corpus_level_is_held(corpus: Path) -> None:
    scores = [score(entry) for entry in entries(corpus)]
    assert [each.name for each in scores if not each.wanted and each.found] == []
    assert [each.name for each in scores if not each.is_perfect] == []
    assert f1(scores) == 1.0


def test_the_corpus_with_guessed_markup(corpus: Path) -> None:
    wrong = []
    for entry in entries(corpus):
        seconds = entry["duration_s"]
        duration = int(seconds * 1000) if seconds else None
        known = read_outline(entry["notes"], Markup(entry["format"]), duration=duration)
        if found(known) != found(read_outline(entry["notes"], duration=duration)):
            wrong.append(entry["id"])
    assert wrong == []

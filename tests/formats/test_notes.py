"""Notes as lines and as harmless HTML with times to click, in every markup."""

from __future__ import annotations

import gc
import re
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlines import adversarial
from player.core.outline import LineKind
from player.core.outline_lines import Link
from player.formats.notes import Markup, guess_markup, read_lines, read_notes, read_outline, render_notes


def texts(text: str, markup: Markup) -> list[str]:
    return [line.text.strip() for line in read_lines(text, markup)]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<p>One</p>", Markup.HTML),
        ("One<br>Two", Markup.HTML),
        ("One &amp; two", Markup.HTML),
        ("<dl><dt>0:00</dt></dl>", Markup.HTML),
        ("One & two", Markup.TEXT),
        ("One\ntwo < three > four", Markup.TEXT),
        ("# One\n\ntwo", Markup.MARKDOWN),
        ("- [One](https://example.org)", Markup.MARKDOWN),
        ("**0:00** One", Markup.MARKDOWN),
        ("One\nTwo\nThree\nFour\nFive\nsomeone writes <p>this</p> about HTML", Markup.TEXT),
        ("", Markup.TEXT),
    ],
)
def test_markup_is_guessed(text: str, markup: Markup) -> None:
    assert guess_markup(text) is markup


def test_html_becomes_lines() -> None:
    lines = read_lines(
        "<h2>Topics</h2><ul><li>One <b>bold</b></li><li>Two<ul><li>Inner</li></ul></li></ul>"
        '<p>See <a href="https://example.org/?a=1&amp;b=2">here</a>.<br>And &lt;there&gt;</p>'
        "<table><tr><td>a</td><td>b</td></tr></table><script>no()</script><!-- no -->",
        Markup.HTML,
    )
    assert [(line.kind, line.level, line.text) for line in lines] == [
        (LineKind.HEADING, 2, "Topics"),
        (LineKind.ITEM, 1, "One bold"),
        (LineKind.ITEM, 1, "Two"),
        (LineKind.ITEM, 2, "Inner"),
        (LineKind.TEXT, 0, "See here."),
        (LineKind.TEXT, 0, "And <there>"),
        (LineKind.ROW, 0, "a | b"),
    ]
    assert lines[4].links == (Link(4, 8, "https://example.org/?a=1&b=2"),)
    assert lines[1].marked == ((4, 8),)
    assert lines[4].after_gap
    assert not lines[5].after_gap


def test_markdown_becomes_lines() -> None:
    text = (
        "Title\n=====\n\n## Notes ##\n\n* One *slanted*\n  * Inner `code*`\n* [Two][ref] and "
        "[three](https://b.c 'x')\n\n"
        "> quoted \\*stars\\*\n\n| a | b |\n|---|:-:|\n| c | d |\n\n<!-- no -->\n```\n0:00 kept\n```\n"
        'snake_case and 2*3*4 <https://d.e>\n\n[ref]: https://a.b "x"\n'
    )
    lines = read_lines(text, Markup.MARKDOWN)
    assert [(line.kind, line.level, line.text.strip()) for line in lines] == [
        (LineKind.HEADING, 1, "Title"),
        (LineKind.HEADING, 2, "Notes"),
        (LineKind.ITEM, 1, "One slanted"),
        (LineKind.ITEM, 2, "Inner code*"),
        (LineKind.ITEM, 1, "Two and three"),
        (LineKind.TEXT, 0, "quoted *stars*"),
        (LineKind.ROW, 0, "a | b"),
        (LineKind.ROW, 0, "c | d"),
        (LineKind.TEXT, 0, "0:00 kept"),
        (LineKind.TEXT, 0, "snake_case and 2*3*4 https://d.e"),
    ]
    assert [link.target for link in lines[4].links] == ["https://a.b", "https://b.c"]


def test_wrapped_text_is_unwrapped_and_other_text_is_not() -> None:
    wrapped = (
        "- [@03:01] A title that goes on and on until the line is full and more\n  words follow here\n"
        "- [@06:55] Another title that goes on and on until the line is full and\n  also more\n- [@09:10] Short\n"
    )
    outline = read_outline(wrapped, Markup.MARKDOWN)
    assert outline
    assert [mark.title for mark in outline.marks] == [
        "A title that goes on and on until the line is full and more words follow here",
        "Another title that goes on and on until the line is full and also more",
        "Short",
    ]
    assert texts("0:00 One\nabout it\n5:00 Two", Markup.TEXT) == ["0:00 One", "about it", "5:00 Two"]


def test_text_keeps_paragraphs_and_breaks() -> None:
    assert render_notes("One & <two>\nthree\n\nfour", Markup.TEXT) == "<p>One &amp; &lt;two&gt;<br>three</p><p>four</p>"


def test_times_become_links() -> None:
    shown = render_notes("<p>0:00 Intro<br>(1:08:52) – Export<br>2:00:00 End</p><p>At 12:30 we laugh.</p>", Markup.HTML)
    assert '<a href="earmark:seek?ms=0">0:00</a> Intro' in shown
    assert '(<a href="earmark:seek?ms=4132000">1:08:52</a>) – Export' in shown
    assert 'At <a href="earmark:seek?ms=750000">12:30</a> we laugh.' in shown


@pytest.mark.parametrize(
    "text",
    [
        "at 10:30 AM",
        "John 3:16 says",
        "a 16:10 display",
        "on 24 May, 20:00",
        "won 21:14",
        "it took 1:33",
        "v1.2:30",
        "20:15 Uhr",
    ],
)
def test_other_numbers_do_not(text: str) -> None:
    assert "earmark:" not in render_notes(f"Words {text}.", Markup.TEXT)


def test_times_beyond_the_end_do_not() -> None:
    assert "earmark:" not in render_notes("Around 12:30 there is more.", Markup.TEXT, duration=600_000)
    assert "earmark:" in render_notes("Around 12:30 there is more.", Markup.TEXT, duration=900_000)


def test_links_keep_their_target_unless_their_words_are_a_time() -> None:
    shown = render_notes(
        '<p><a href="https://a.b/x#t=62">1:02</a> <a href="https://a.b/y">[<b>2:02</b>]</a>'
        ' <a href="https://a.b/z">see 3:02</a></p>',
        Markup.HTML,
    )
    assert '<a href="earmark:seek?ms=62000">1:02</a>' in shown
    assert '<a href="https://a.b/y">' in shown
    assert '<a href="https://a.b/z">see 3:02</a>' in shown


def test_repaired_times_lead_to_the_repaired_place() -> None:
    text = "\n".join(["10:00 One", "30:00 Two", "45:10 Three", "55:00 Four", "59:49 Five", "02:12 Six", "03:00 Seven"])
    shown = render_notes(text, Markup.TEXT)
    assert '<a href="earmark:seek?ms=3732000">02:12</a> Six' in shown


def test_bare_addresses_become_links() -> None:
    shown = render_notes("See https://a.b/12:30/c?d=1&e=(2), or (https://c.d/).", Markup.TEXT)
    assert '<a href="https://a.b/12:30/c?d=1&amp;e=(2)">https://a.b/12:30/c?d=1&amp;e=(2)</a>, or' in shown
    assert '(<a href="https://c.d/">https://c.d/</a>).' in shown
    assert "earmark:" not in shown


def test_bare_addresses_without_a_scheme_become_links() -> None:
    shown = render_notes("Maps at www.example.org/maps, mail to me.too+you@mail.example.org.", Markup.TEXT)
    assert '<a href="http://www.example.org/maps">www.example.org/maps</a>,' in shown
    assert '<a href="mailto:me.too+you@mail.example.org">me.too+you@mail.example.org</a>.' in shown
    for other in (
        "@me@social.example",
        "www. example",
        "awww.nice.example",
        "https://www.a.example/@me@b.c",
        "a@b",
        "www.",
        "ffmpeg@6.1",
        "1@2.3",
    ):
        assert render_notes(other, Markup.TEXT).count("<a ") == other.count("https"), other


def test_an_address_of_mail_ends_with_the_name_of_a_domain() -> None:
    shown = render_notes("me@host.example- or me@xn--e1a.xn--p1ai", Markup.TEXT)
    assert re.findall('"mailto:([^"]*)"', shown) == ["me@host.example", "me@xn--e1a.xn--p1ai"]


def test_nothing_harmful_is_left() -> None:
    shown = render_notes(
        '<p onclick="x()" style="color:red">a<script>x()</script><img src="http://a.b/c.png" onerror=x()>'
        '<a href="javascript:x()">b</a><a href="earmark:seek?ms=1">c</a><iframe src="http://d.e"></iframe></p>',
        Markup.HTML,
    )
    assert shown == "<p>a<a>b</a><a>c</a></p>"


def test_pictures_of_the_web_are_told_where_they_are_wanted() -> None:
    notes = (
        '<p>A <a href="https://a.b/"><img alt="x > y" SRC="https://a.b/c.png?d=1&amp;e=2" width="300"></a>'
        "<img src='/d.png'><img src='data:image/png;base64,x'><img src='javascript:x'><img src='https://t.r/a' width=1>"
        "<img src='https://t.r/b' height='0px'><img></p><ul>"
        + "".join(f"<li>{number}:00 Part <img src='https://a.b/{number % 2}.png'></li>" for number in range(6))
        + "</ul><p>After</p>"
    )
    shown = read_notes(notes, Markup.HTML, with_pictures=True)
    assert shown.pictures == ("https://a.b/c.png?d=1&e=2", "https://a.b/0.png", "https://a.b/1.png")
    assert shown.before == '<p>A <a href="https://a.b/"><img src="https://a.b/c.png?d=1&amp;e=2"></a></p>'
    assert (shown.html.count("<img"), shown.lines) == (7, 6)
    without = read_notes(notes, Markup.HTML)
    assert (without.pictures, re.sub("<img[^>]*>", "", shown.html)) == ((), without.html)
    endless = f"<img src='https://a.b/c.png' width='{'9' * 5000}'>"
    assert read_notes(endless, Markup.HTML, with_pictures=True).pictures == ("https://a.b/c.png",)
    many = "".join(f"<img src='https://a.b/{number}'>" for number in range(99))
    assert read_notes(many, Markup.HTML, with_pictures=True).html.count("<img") == 50


PICTURE = re.compile(r'<img src="https?://[^"<>]*">')
HARMLESS = re.compile(
    r"(?:[^<>]|</?(?:p|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|pre|hr|br|dl|dt|dd|section|article|b|strong|i"
    r"|em|u|code|mark|s|del|sub|sup|small|span)>|<a(?: href=\"[^\"<>]*\")?>|</a>)*"
)
SNIPPETS = (
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<img src=http://a.b/c onerror=x>",
            "<img src='https://a.b/&quot;>",
            "<a href='javascript:x'>",
            "</a>",
            "<p>",
            "<b>",
            "<!--",
        ]
    )
    | st.sampled_from(
        [
            '<a href="https://a.b/?t=1:02">',
            "-->",
            "&amp;",
            "&",
            "<",
            ">",
            '"',
            "'",
            "0:00",
            " 1:02:03 ",
            "\n",
            "[1:02](#t=62)",
        ]
    )
    | st.sampled_from(
        [
            "https://a.b/c",
            "](",
            "**",
            "- ",
            "| ",
            "`",
            "\\",
            "\x00",
            "\u200f",
            "：",
            "<style>",
            "<svg onload=x>",
            "style=x",
            " ",
        ]
    )
)
NOTES = st.lists(SNIPPETS | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=300)
@given(NOTES, st.sampled_from([None, *Markup]), st.none() | st.integers(0, 10_000_000))
def test_any_notes_become_harmless_html(text: str, markup: Markup | None, duration: int | None) -> None:
    shown = render_notes(text, markup, duration=duration)
    assert HARMLESS.fullmatch(shown)
    with_pictures = read_notes(text, markup, duration=duration, with_pictures=True)
    assert HARMLESS.fullmatch(PICTURE.sub("", with_pictures.folded("") + with_pictures.unfolded("")))
    for target in re.findall(r'href="([^"]*)"', shown):
        assert target.partition(":")[0] not in ("javascript", "data", "file")


@settings(max_examples=200)
@given(NOTES, st.sampled_from([None, *Markup]), st.none() | st.integers(0, 10_000_000))
def test_any_notes_give_starts_that_rise_and_spans_that_fit(
    text: str, markup: Markup | None, duration: int | None
) -> None:
    outline = read_outline(text, markup, duration=duration)
    if outline is None:
        return
    starts = [mark.start for mark in outline.marks]
    assert starts == sorted(starts)
    assert min(starts) >= 0
    lines = read_lines(text, markup)
    for entry in outline.entries:
        assert 0 <= entry.start <= entry.time_start <= entry.time_end <= len(lines[entry.line].text)
        assert 0 <= entry.title_start <= entry.title_end <= len(lines[entry.title_line].text)


@settings(max_examples=100)
@given(st.text(string.ascii_letters + string.punctuation.replace(":", "") + " \n", max_size=300))
def test_words_survive_as_text(text: str) -> None:
    shown = "".join(texts(text, Markup.TEXT)).replace(" ", "")
    assert shown == "".join(text.split())


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_of_no_words_nothing_is_shown(text: str) -> None:
    assert render_notes(text) == ""


SMALL, LARGE = (adversarial.texts(size) for size in (12_000, 96_000))


@pytest.mark.parametrize("name", LARGE)
def test_the_time_needed_grows_no_faster_than_the_notes(name: str) -> None:
    def needed(text: str) -> float:
        markup = Markup.HTML if "<" in text[:200] or "&" in text[:200] else Markup.MARKDOWN
        gc.disable()  # a collection of all that the tests before left costs more than what is measured
        began = time.process_time()
        render_notes(text, markup)
        gc.enable()
        return time.process_time() - began

    limit = 0.06 + min(needed(SMALL[name]) for _ in range(2)) * 16
    assert any(needed(LARGE[name]) < limit for _ in range(2))

"""What bodies are, told from their first bytes."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.recognition import Kind, recognise


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"", Kind.EMPTY, ""),
        (b" \r\n ", Kind.EMPTY, ""),
        (b"<!doctype html><title>A\n &lt;b&gt;</title>", Kind.PAGE, "A <b>"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><body>Hello there.", Kind.PAGE, "Hello there."),
        (b"<!-- x --><html><style>p{}</style><h1>Stop! Now.</h1>", Kind.PAGE, "Stop!"),
        ("<html><title>Zeitüberschreitung</title>".encode("latin-1"), Kind.PAGE, "Zeitüberschreitung"),
        ("<html><title>Seite</title>".encode("utf-16"), Kind.PAGE, "Seite"),
        (b'\xef\xbb\xbf{"message": "No \\"go\\""}', Kind.JSON, 'No \\"go\\"'),
        (b"[1, 2]", Kind.JSON, ""),
        (b"{}", Kind.JSON, ""),
        (b"<rss version='2.0'>", Kind.XML, ""),
        (b"<Error><Message>Denied</Message></Error>", Kind.XML, "Denied"),
        (b"rate limit exceeded", Kind.TEXT, "rate limit exceeded"),
        ("日本語".encode()[:-1], Kind.TEXT, "日本"),
        (b"[Music] begins", Kind.TEXT, "[Music] begins"),
        (b"ID3\x04\x00", Kind.AUDIO, ""),
        (b"\xff\xfb\x90\x64\x00", Kind.AUDIO, ""),
        (b"\xff\xf1\x50\x80", Kind.AUDIO, ""),
        (b"OggS\x00", Kind.AUDIO, ""),
        (b"\x00\x00\x00\x20ftypM4A ", Kind.AUDIO, ""),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", Kind.AUDIO, ""),
        (b"\xff\xd8\xff\xe0", Kind.PICTURE, ""),
        (b"%PDF-1.7", Kind.PDF, ""),
        (gzip.compress(b"x", mtime=0), Kind.ARCHIVE, ""),
        (bytes(5000), Kind.UNKNOWN, ""),
        (b"\x80\x81\x82", Kind.UNKNOWN, ""),
    ],
)
def test_kinds_and_words(body: bytes, kind: Kind, words: str) -> None:
    found = recognise(body)
    assert (found.kind, found.words) == (kind, words)


def test_long_words_are_cut_between_words() -> None:
    found = recognise(b"<html><title>" + b"word " * 100 + b"</title>")
    assert found.phrase.startswith("a web page (“word word")
    assert found.phrase.endswith("word …”)")
    assert len(found.words) < 100


@given(st.binary(max_size=200))
def test_any_bytes_are_something(body: bytes) -> None:
    assert recognise(body).phrase

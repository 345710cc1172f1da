"""What the world does wrong, seen in the window: one sentence at the right place, and all else goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop import Desktop, Program, place_heard
from loudspeaker import Recorder
from player.storage.backups import write_backup
from player.storage.database import open_reader
from player.system.paths import Profile
from seeded import NOW, fill
from webserver import Route, WebServer

pytestmark = pytest.mark.e2e


def subscribe(program: Program, server: WebServer) -> None:
    """Add the feed by its address and go to the episode's page."""
    program.add_podcast(server.url("/feed.xml"))
    program.click("The episode")
    program.find("Show notes")


def test_an_address_that_is_no_feed_keeps_the_dialog_open(
    desktop: Desktop, tmp_path: Path, small_publisher: WebServer
) -> None:
    small_publisher["/page"] = Route(b"<!doctype html><title>Our show</title>", "text/html")
    with Program(desktop, tmp_path / "profile", "--null-audio") as program:
        program.press("Add podcast")
        program.take_keyboard("Add podcast")
        for address, words in (
            (small_publisher.url("/page"), "is not a podcast feed but a web page (“Our show”)"),
            (small_publisher.url("/gone"), "there is nothing at"),
            ("http://127.0.0.1:1/feed.xml", "the connection was refused"),
            ("http://x.org:99999/feed", "this is not a valid address"),
        ):
            program.find("Words or an address")
            program.key("ctrl+a")
            program.type(address)
            program.key("Return")
            program.find(words)
            assert program.find("Words or an address")["value"] == address
        program.key("ctrl+a")
        link = b'<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        small_publisher["/page"] = Route(b"<!doctype html><title>Our show</title>" + link, "text/html")
        program.type(small_publisher.url("/page"))
        program.key("Return")
        program.find("The episode")
        program.wait_until(lambda: not program.see("Words or an address"), "the dialog is closed")


def test_a_page_in_place_of_audio_is_told_at_the_episode(
    desktop: Desktop, tmp_path: Path, small_publisher: WebServer, audio: Path
) -> None:
    small_publisher["/audio.mp3"] = Route(b"<!doctype html><title>Please pay</title>", "text/html")
    with Program(desktop, tmp_path / "profile", "--null-audio") as program:
        subscribe(program, small_publisher)
        program.press("Download")
        program.find("is not audio but a web page (“Please pay”)")
        assert program.find("5. Stargate"), "the chapters stay"
        small_publisher["/audio.mp3"] = Route(audio, "audio/mpeg")
        program.press("Try again")
        program.find("downloaded, ")


def test_a_truncated_file_plays_to_where_it_ends(
    desktop: Desktop, tmp_path: Path, small_publisher: WebServer, audio: Path
) -> None:
    small_publisher["/audio.mp3"] = Route(audio.read_bytes()[: 8000 * 90 + 111], "audio/mpeg")
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        subscribe(program, small_publisher)
        program.press("Download")
        program.find("downloaded, ")
        program.press("Play")
        program.wait_until(lambda: program.status()["state"] == "playing", "it plays")
        program.ctl("goto", "1:27")
        program.wait_until(lambda: 86 < (place_heard(recorder) or 0) < 90.1, "the last seconds are heard")
        program.wait_until(lambda: program.status()["state"] in ("ended", "failed"), "it has ended")
        assert program.status()["state"] == "ended"
        program.key("space")
        program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "it plays again from the start")


def test_a_damaged_library_gives_way_to_its_backup(desktop: Desktop, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    profile.folder.mkdir()
    fill(profile)
    with closing(open_reader(profile.database)) as reader:
        write_backup(reader, profile.backup, NOW)
    profile.database.write_bytes(b"this was a library" * 100)
    with Program(desktop, profile.folder) as program:
        program.find("it is damaged, or no library of Earmark")
        program.press("Quit")
        status, complaints = program.ended()
        assert status == 3
        assert complaints.startswith("earmark: The library in ")
    assert profile.database.read_bytes() == b"this was a library" * 100
    with Program(desktop, profile.folder) as program:
        program.find("a backup of 9 October 2025 with 2 podcasts and 15 episodes")
        program.press("Restore the backup")
        program.find("The library is as it was on 9 October 2025.")
        program.find("Acquired")
    (aside,) = profile.folder.glob("library-damaged-*")
    assert aside.read_bytes() == b"this was a library" * 100

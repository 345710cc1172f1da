"""Downloads in every state at once, for a picture: a slow publisher of its own, on loopback."""

from __future__ import annotations

import json
import sys
from email.utils import formatdate
from pathlib import Path

from desktop import Desktop, Program
from player.app.start import Profile, request
from timecoded import cached_timecoded
from webserver import Route, WebServer

EPISODES = (
    ("The lighthouse keepers", "/slow.mp3"),
    ("What a river remembers", "/paused.mp3"),
    ("Letters from the ice", "/gone.mp3"),
    ("A short history of bread", "/quick.mp3"),
    ("The clockmaker's daughter", "/slow.mp3"),
    ("Night trains", "/slow.mp3"),
)
"""As they are published, the newest first, with where their audio is."""


def take_downloads(theme: str, folder: Path, size: str, path: Path) -> None:
    """Two that run, one that waits, one paused, one failed, and one that is there."""
    profile = folder / "downloads"
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"theme": theme}))
    sound = cached_timecoded(600, codec="mp3", bitrate=64_000, rate=24_000, channels=1)
    with Desktop(folder, size) as desktop, Program(desktop, profile, "--null-audio") as program, WebServer() as server:
        server["/feed.xml"] = Route(_feed(server), "application/rss+xml")
        server["/quick.mp3"] = Route(sound, "audio/mpeg")
        for name, rate in (("slow", 450_000), ("paused", 900_000)):
            server[f"/{name}.mp3"] = Route(sound.read_bytes() * 12, "audio/mpeg", etag=f'"{name}"', rate=rate)
        program.find("Listen by chapter")
        told = (sys.executable, "-m", "player", "--profile", str(profile))
        desktop.run(*told, "add", server.url("/feed.xml"))
        for number in range(len(EPISODES)):
            request(Profile(profile), "get", episode=number + 1)
        program.wait_until(lambda: server.sent["/paused.mp3"] > 6_000_000, "a part of it comes")
        desktop.run(*told, "downloads", "pause", "What a river remembers")
        program.wait_until(lambda: "failed" in desktop.run(*told, "downloads"), "one has failed")
        program.click("Downloads")
        program.wait_until(lambda: server.sent["/slow.mp3"] > 20_000_000, "they are well on their way")
        program.press("Dismiss")
        program.screenshot(path)


def _feed(server: WebServer) -> bytes:
    """Six episodes, a week apart."""
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>"
        f"<pubDate>{formatdate(1_790_000_000 - number * 604_800)}</pubDate><itunes:duration>10:00</itunes:duration>"
        f"<description>0:00 Welcome&lt;br&gt;4:10 How it began&lt;br&gt;8:20 What came of it</description>"
        f'<enclosure url="{server.url(audio)}" type="audio/mpeg" length="1"/></item>'
        for number, (title, audio) in enumerate(EPISODES)
    )
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
    return f"{head}<title>Slow Stories</title>{items}</channel></rss>".encode()

"""One transfer: whole, broken off, taken up again, cancelled, refused."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from player.core.errors import DownloadError, FileError, HttpStatusError, KnownError, NetworkError, NotAudioError
from player.net import journal
from player.net.download import Transfer
from player.net.ending import Downloaded, delete_download
from player.net.journal import Place, Version
from webserver import Route, WebServer, body_of

BODY = body_of(300_000)
OTHER = body_of(300_000, seed=1)
PATH = "/a.mp3"
DATE = "Mon, 03 Feb 2025 03:37:24 GMT"


class Download:
    """Fetches one file as the service does, and remembers what it was told."""

    def __init__(self, client: httpx.Client, url: str, target: Path) -> None:
        self.client = client
        self.url = url
        self.target = target
        self.part = Place(target).part.path
        self.progress: list[tuple[int, int | None]] = []
        self.is_cancelled: Callable[[], bool] = lambda: False

    def run(self) -> Downloaded | None:
        self.transfer = Transfer(
            self.client,
            self.url,
            self.target,
            on_progress=lambda arrival: self.progress.append((arrival.there.total, arrival.total)),
            is_cancelled=lambda: self.is_cancelled(),
        )
        return self.transfer.run()

    def left(self) -> list[str]:
        """The names of all files in the folder."""
        return sorted(each.name for each in self.target.parent.iterdir())


@pytest.fixture
def download(client: httpx.Client, server: WebServer, tmp_path: Path) -> Download:
    return Download(client, server.url(PATH), tmp_path / "Show" / "a.mp3")


def broken_off(download: Download, server: WebServer, at: int = 100_000, **kwargs: object) -> None:
    """Fetch until the connection breaks at `at`."""
    server[PATH] = Route(BODY, cut_after=at, **kwargs)  # type: ignore[arg-type]
    with pytest.raises(DownloadError):
        download.run()
    server[PATH].cut_after = None
    server.requests.clear()


def test_a_file_comes_whole(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, etag='"1"', last_modified=DATE)
    assert download.run() == Downloaded(len(BODY), '"1"', DATE, "audio/mpeg")
    assert download.target.read_bytes() == BODY
    assert download.left() == ["a.mp3"]
    assert download.progress[0] == (0, len(BODY))
    assert download.progress[-1] == (len(BODY), len(BODY))
    assert [received for received, _ in download.progress] == sorted(received for received, _ in download.progress)
    assert server.requests[0].headers["Accept-Encoding"] == "identity"
    assert "Range" not in server.requests[0].headers


def test_a_big_file_comes_from_the_servers_disk(download: Download, server: WebServer, tmp_path: Path) -> None:
    source = tmp_path / "source.mp3"
    with source.open("wb") as file:
        file.write(BODY)
        file.truncate(40_000_000)
    server[PATH] = Route(source)
    done = download.run()
    assert done is not None
    assert done.size == 40_000_000
    assert download.target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    "validator", [{"etag": '"1"'}, {"last_modified": DATE}, {"etag": '"1"', "last_modified": DATE}]
)
def test_a_break_keeps_what_came_and_the_next_run_fetches_only_the_rest(
    download: Download, server: WebServer, validator: dict[str, str]
) -> None:
    server[PATH] = Route(BODY, cut_after=100_000, **validator)  # type: ignore[arg-type]
    with pytest.raises(DownloadError) as caught:
        download.run()
    assert caught.value.url == download.url
    assert caught.value.reason == "the server broke off the connection, after 100.0 kB of 300.0 kB"
    assert download.part.read_bytes() == BODY[:100_000]
    assert not download.target.exists()
    server[PATH].cut_after = None
    assert download.run() is not None
    assert download.target.read_bytes() == BODY
    assert download.left() == ["a.mp3"]
    asked = server.requests[1].headers
    assert asked["Range"] == "bytes=100000-"
    assert asked["If-Range"] == next(iter(validator.values()))
    assert (100_000, len(BODY)) in download.progress


def test_many_breaks(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, etag='"1"', cut_after=70_000)
    for _ in range(4):
        with pytest.raises(DownloadError):
            download.run()
    assert download.run() is not None
    assert download.target.read_bytes() == BODY
    assert [each.headers.get("Range") for each in server.requests] == [
        None,
        "bytes=70000-",
        "bytes=140000-",
        "bytes=210000-",
        "bytes=280000-",
    ]


@pytest.mark.parametrize("validator", [{}, {"etag": 'W/"1"'}])
def test_without_a_way_to_tell_the_version_it_starts_anew(
    download: Download, server: WebServer, validator: dict[str, str]
) -> None:
    broken_off(download, server, 100_000, **validator)
    assert download.run() is not None
    assert "Range" not in server.requests[0].headers
    assert download.target.read_bytes() == BODY
    assert download.left() == ["a.mp3"]


def test_a_changed_file_is_never_mixed_with_the_old_one(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"')
    server[PATH] = Route(OTHER, etag='"2"')
    assert download.run() == Downloaded(len(OTHER), '"2"', None, "audio/mpeg")
    assert download.target.read_bytes() == OTHER
    assert download.left() == ["a.mp3"]


def test_the_old_part_is_kept_until_the_new_one_is_further(download: Download, server: WebServer) -> None:
    broken_off(download, server, 100_000, etag='"1"')
    server[PATH] = Route(OTHER, etag='"2"', cut_after=60_000)
    with pytest.raises(DownloadError):
        download.run()
    assert download.part.read_bytes() == BODY[:100_000]
    with pytest.raises(DownloadError):
        download.run()
    assert server.requests[-1].headers["Range"] == "bytes=60000-"
    assert download.part.read_bytes() == OTHER[:120_000]
    assert download.left() == ["a.mp3.part", "a.mp3.part.json"]
    server[PATH].cut_after = None
    assert download.run() is not None
    assert download.target.read_bytes() == OTHER


@pytest.mark.parametrize("ranges", ["ignored", "shifted", "other total", "no header", "multipart"])
def test_a_server_that_answers_ranges_wrongly_is_asked_for_all(
    download: Download, server: WebServer, ranges: str
) -> None:
    broken_off(download, server, etag='"1"')
    server[PATH].ranges = ranges
    assert download.run() is not None
    assert download.target.read_bytes() == BODY
    assert len(server.requests) == (1 if ranges == "ignored" else 2)


def test_a_server_that_ignores_if_range_is_seen_through_by_its_etag(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"')
    server[PATH] = Route(OTHER, etag='"2"', ranges="stubborn")
    assert download.run() is not None
    assert download.target.read_bytes() == OTHER


def test_a_server_that_gives_small_pieces_is_asked_again(download: Download, server: WebServer) -> None:
    broken_off(download, server, 297_500, etag='"1"')
    server[PATH].ranges = "one at a time"
    assert download.run() is not None
    assert download.target.read_bytes() == BODY
    assert len(server.requests) == 3


def test_a_piece_that_nobody_asked_for_is_an_error(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY[:100], status=206)
    with pytest.raises(DownloadError):
        download.run()
    assert not download.target.exists()


@pytest.mark.parametrize("length", ["missing", "chunked"])
def test_a_length_is_not_needed(download: Download, server: WebServer, length: str) -> None:
    server[PATH] = Route(BODY, etag='"1"', length=length)
    assert download.run() is not None
    assert download.target.read_bytes() == BODY
    assert download.progress[-1] == (len(BODY), None)


def test_chunks_that_break_off_are_taken_up_again(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"', length="chunked")
    server[PATH].length = "right"
    assert download.run() is not None
    assert server.requests[0].headers["Range"] == "bytes=100000-"
    assert download.target.read_bytes() == BODY


def test_a_part_that_is_whole_without_a_known_length_ends_with_416(download: Download, server: WebServer) -> None:
    place = Place(download.target)
    download.target.parent.mkdir()
    place.part.begin(Version(download.url, '"1"'))
    place.part.path.write_bytes(BODY)
    server[PATH] = Route(BODY, etag='"1"')
    assert download.run() is not None
    assert [each.headers.get("Range") for each in server.requests] == ["bytes=300000-"]
    assert download.target.read_bytes() == BODY


def test_a_part_that_is_too_long_starts_anew(download: Download, server: WebServer) -> None:
    place = Place(download.target)
    download.target.parent.mkdir()
    place.part.begin(Version(download.url, '"1"', total=len(BODY)))
    place.part.path.write_bytes(BODY + b"more")
    server[PATH] = Route(BODY, etag='"1"')
    assert download.run() is not None
    assert download.target.read_bytes() == BODY


def test_a_length_that_promises_too_much_is_an_error_and_the_part_is_kept(
    download: Download, server: WebServer
) -> None:
    server[PATH] = Route(BODY, etag='"1"', length=len(BODY) + 5)
    with pytest.raises(DownloadError):
        download.run()
    assert download.part.read_bytes() == BODY
    assert not download.target.exists()


def test_a_packed_body_is_unpacked_and_never_resumed(download: Download, server: WebServer) -> None:
    packed = gzip.compress(BODY)
    server[PATH] = Route(packed, etag='"1"', headers={"Content-Encoding": "gzip"}, cut_after=len(packed) // 2)
    with pytest.raises(DownloadError):
        download.run()
    server[PATH].cut_after = None
    assert download.run() is not None
    assert "Range" not in server.requests[-1].headers
    assert download.target.read_bytes() == BODY


def test_redirects_are_followed_with_the_range(download: Download, server: WebServer) -> None:
    server["/real.mp3"] = Route(BODY, etag='"1"', cut_after=100_000)
    server[PATH] = Route(redirect="/real.mp3")
    with pytest.raises(DownloadError):
        download.run()
    server["/real.mp3"].cut_after = None
    assert download.run() is not None
    assert server.asked("/real.mp3")[1].headers["Range"] == "bytes=100000-"
    assert download.target.read_bytes() == BODY


def test_another_address_does_not_go_on_with_the_part(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"')
    server["/moved.mp3"] = Route(OTHER, etag='"1"')
    download.url = server.url("/moved.mp3")
    assert download.run() is not None
    assert "Range" not in server.requests[0].headers
    assert download.target.read_bytes() == OTHER


@pytest.mark.parametrize(
    ("body", "media_type", "found"),
    [
        (b"<!DOCTYPE html><html><title>Log in &amp; go</title>", "text/html", "a web page (“Log in & go”)"),
        (b"<html><script>x()</script><p>It is over. Buy now.</p>", "audio/mpeg", "a web page (“It is over.”)"),
        (b'{"error": 1, "message": "Token expired"}', "application/json", "a JSON document (“Token expired”)"),
        (b"<?xml version='1.0'?><Error><Code>Denied</Code></Error>", "text/xml", "an XML document (“Denied”)"),
        (b"Not available in your country.\nSorry.", "text/plain", "plain text (“Not available in your country.”)"),
        (b"<html><title>Big</title>" + b"<p>word</p>" * 200_000, "audio/mpeg", "a web page (“Big”)"),
        (b"", "audio/mpeg", "an empty answer"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9000), "image/png", "a picture"),
    ],
)  # fmt: skip
def test_what_is_no_audio_is_refused_in_words(
    download: Download, server: WebServer, body: bytes, media_type: str, found: str
) -> None:
    server[PATH] = Route(body, media_type)
    with pytest.raises(NotAudioError) as caught:
        download.run()
    assert (caught.value.name, caught.value.found) == (download.url, found)
    assert download.left() == []


def test_a_page_in_place_of_the_rest_leaves_the_part(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"')
    server[PATH] = Route(b"<html><title>Log in</title></html>", "text/html")
    with pytest.raises(NotAudioError):
        download.run()
    server[PATH] = Route(BODY, etag='"1"')
    assert download.run() is not None
    assert server.requests[-1].headers["Range"] == "bytes=100000-"


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_error_of_the_server_leaves_the_part(download: Download, server: WebServer, status: int) -> None:
    broken_off(download, server, etag='"1"')
    server[PATH].status = status
    with pytest.raises(HttpStatusError):
        download.run()
    assert download.part.read_bytes() == BODY[:100_000]


def test_a_server_that_is_down_leaves_the_part(download: Download, server: WebServer) -> None:
    broken_off(download, server, etag='"1"')
    server.close()
    with pytest.raises(NetworkError):
        download.run()
    assert download.part.read_bytes() == BODY[:100_000]


def test_a_cancelled_transfer_keeps_what_came(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, etag='"1"')
    download.is_cancelled = lambda: bool(download.progress) and download.progress[-1][0] > 100_000
    assert download.run() is None
    size = download.part.stat().st_size
    assert 100_000 < size < len(BODY)
    download.is_cancelled = lambda: False
    assert download.run() is not None
    assert server.requests[-1].headers["Range"] == f"bytes={size}-"
    assert download.target.read_bytes() == BODY


@pytest.mark.parametrize("route", [{"etag": '"1"'}, {"length": "missing"}, {"length": "chunked"}])
def test_a_silent_server_does_not_hold_up_a_cancelled_transfer(
    download: Download, server: WebServer, route: dict[str, str]
) -> None:
    server[PATH] = Route(BODY, stall_after=50_000, **route)  # type: ignore[arg-type]
    cancelled = threading.Event()
    download.is_cancelled = cancelled.is_set
    results: list[Downloaded | None] = []
    thread = threading.Thread(target=lambda: results.append(download.run()))
    thread.start()
    assert server.reached.wait(10)
    cancelled.set()
    thread.join(5)
    assert not thread.is_alive()
    assert results == [None]
    assert not download.target.exists()


def test_a_transfer_that_was_cancelled_before_asks_nothing(download: Download, server: WebServer) -> None:
    download.is_cancelled = lambda: True
    assert download.run() is None
    assert server.requests == []


def test_a_full_disk_is_told_in_words(download: Download, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    server[PATH] = Route(BODY, etag='"1"')
    download.target.parent.mkdir()
    download.part.symlink_to("/dev/full")
    with pytest.raises(FileError) as caught:
        download.run()
    assert caught.value.reason == "the disk is full"


def test_too_little_room_is_told_before_anything_is_written(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, length=10**17)
    with pytest.raises(FileError) as caught:
        download.run()
    assert "room" in caught.value.reason
    assert download.left() == []


def test_a_place_that_cannot_be_written_is_told_in_words(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY)
    download.target.parent.write_text("a file where the folder should be")
    with pytest.raises(FileError):
        download.run()
    download.target.parent.unlink()
    download.target.mkdir(parents=True)
    with pytest.raises(FileError) as caught:
        download.run()
    assert "folder" in caught.value.reason


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EIO, errno.ENAMETOOLONG])
def test_what_the_disk_refuses_has_words(tmp_path: Path, code: int) -> None:
    with pytest.raises(FileError) as caught, journal.disk_errors(tmp_path):
        raise OSError(code, os.strerror(code))
    assert caught.value.reason[0].islower()
    assert caught.value.reason != os.strerror(code)


def test_deleting_takes_all_of_it(download: Download, server: WebServer) -> None:
    broken_off(download, server, 100_000, etag='"1"')
    server[PATH] = Route(OTHER, etag='"2"', cut_after=60_000)
    with pytest.raises(DownloadError):
        download.run()
    assert len(download.left()) == 4
    delete_download(download.target)
    assert download.left() == []
    delete_download(download.target)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"unknown": 1}', "\x00", '{"url": 1}'])
def test_a_damaged_journal_starts_anew(download: Download, server: WebServer, text: str) -> None:
    broken_off(download, server, etag='"1"')
    Place(download.target).part.journal.write_text(text)
    assert download.run() is not None
    assert download.target.read_bytes() == BODY


def test_a_kill_between_renaming_and_noting_so_fetches_nothing(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, etag='"1"')
    assert download.run() is not None
    Place(download.target).part.journal.write_text(json.dumps({"url": download.url, "total": len(BODY), "etag": '"1"'}))
    assert download.run() == Downloaded(len(BODY), '"1"', None, None)
    assert len(server.requests) == 1
    assert download.left() == ["a.mp3"]


def test_a_kill_at_any_moment_of_the_change_to_a_newcomer_loses_nothing(tmp_path: Path) -> None:
    """Each state on the way ends with the newcomer as the part, under its own journal."""
    old, new = Version("u", '"1"'), Version("u", '"2"')
    for state in range(4):
        place = Place(tmp_path / str(state))
        place.part.begin(old)
        place.part.path.write_bytes(b"old")
        place.newcomer.begin(new)
        place.newcomer.path.write_bytes(b"newer")
        if state >= 1:
            place.part.journal.unlink()
        if state >= 2:
            place.newcomer.path.replace(place.part.path)
        if state >= 3:
            place.newcomer.journal.replace(place.part.journal)
        place.settle()
        assert place.part.path.read_bytes() == b"newer"
        assert place.part.version == new
        assert not place.newcomer.path.exists()
        assert not place.newcomer.journal.exists()


KILLED = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from player.net.client import build_client
    from player.net.download import Transfer

    def on_progress(arrival):
        print(arrival.there.total, flush=True)

    client = build_client()
    Transfer(client, sys.argv[1], Path(sys.argv[2]), on_progress=on_progress, is_cancelled=lambda: False).run()
    """
)


def test_a_killed_program_goes_on_where_it_was(download: Download, server: WebServer) -> None:
    server[PATH] = Route(BODY, etag='"1"', stall_after=150_000)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, download.url, download.target], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) == 150_000:
                break
        child.send_signal(signal.SIGKILL)
    assert not download.target.exists()
    size = download.part.stat().st_size
    assert size >= 140_000
    server[PATH].stall_after = None
    assert download.run() is not None
    assert server.requests[-1].headers["Range"] == f"bytes={size}-"
    assert download.target.read_bytes() == BODY


FAULTS: tuple[Route, ...] = (
    Route(BODY, etag='"1"', cut_after=40_000),
    Route(BODY, etag='"1"', cut_after=1),
    Route(BODY, etag='"1"', ranges="ignored", cut_after=90_000),
    Route(BODY, etag='"1"', ranges="shifted", cut_after=120_000),
    Route(BODY, etag='"1"', status=503),
    Route(BODY, etag='"1"', length="chunked", cut_after=30_000),
    Route(b"<html>Busy</html>", "text/html"),
    Route(OTHER, etag='"2"', cut_after=110_000),
    Route(OTHER, etag='"2"', ranges="stubborn", cut_after=20_000),
    Route(OTHER, cut_after=50_000),
)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_goes_wrong_versions_are_never_mixed(download: Download, server: WebServer, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        server[PATH] = replace(chance.choice(FAULTS))
        try:
            done = download.run()
        except KnownError:
            assert not download.target.exists()
        else:
            assert done is not None
            break
        for part in (Place(download.target).part, Place(download.target).newcomer):
            if part.size and part.version is not None:
                whole = OTHER if part.version.etag != '"1"' else BODY
                assert whole.startswith(part.path.read_bytes())
    else:
        server[PATH] = Route(BODY, etag='"1"')
        download.run()
    assert download.target.read_bytes() in (BODY, OTHER)
    assert download.left() == ["a.mp3"]

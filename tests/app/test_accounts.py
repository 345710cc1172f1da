"""Names and passwords: told to whom they belong, kept in the keyring, and nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from house import NOTES, Drawer, House, build, feed
from player.app.accounts import Accounts
from player.app.sentences import sentence
from player.core.accounts import Account
from player.core.errors import HttpStatusError, NoKeyringError
from player.core.events import ProblemReported
from player.core.model import EpisodeQuery
from player.storage import feed_asking
from player.storage.database import open_reader, open_writer
from webserver import Route, WebServer

ANN = Account("ann", "s3cret")


@pytest.fixture
def private(publisher: WebServer) -> WebServer:
    """The publisher lets only Ann in."""
    for route in publisher.routes.values():
        route.authorization = ANN.header
    return publisher


def with_account(url: str, words: str = "ann:s3cret") -> str:
    return url.replace("://", f"://{words}@")


def test_a_password_in_an_address_is_kept_in_the_keyring_only(
    house: House, private: WebServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    url = private.url("/feed.xml")
    podcast = house.services.adding.add(with_account(url)).result()
    assert house.services.library.podcasts()[0].feed_url == url
    assert list(house.keyring) == [url]
    (future,) = house.services.refreshing.refresh([podcast])  # type: ignore[list-item]
    assert future.result().problem is None
    episode = house.services.library.episode_ids(EpisodeQuery())[0]
    house.services.downloads.start(episode)
    assert house.services.library.download(episode).path is not None
    house.services.close()
    secrets = (b"s3cret", base64.b64encode(b"ann:s3cret"))
    for path in (tmp_path / "profile").rglob("*"):
        if path.is_file() and path.suffix != ".mp3":
            assert not any(secret in path.read_bytes() for secret in secrets), path
    assert "s3cret" not in caplog.text
    again = build(tmp_path / "profile", keyring=house.keyring)
    (future,) = again.services.refreshing.refresh([podcast])  # type: ignore[list-item]
    assert future.result().problem is None
    again.services.close()


def test_a_password_that_was_typed_beside_the_address_is_used_too(house: House, private: WebServer) -> None:
    url = private.url("/feed.xml")
    refused = house.services.adding.add(url).exception()
    assert isinstance(refused, HttpStatusError)
    assert "a name and a password" in sentence(refused)
    assert isinstance(house.services.adding.add(url, Account("ann", "wrong")).exception(), HttpStatusError)
    assert not house.keyring
    house.services.adding.add(url, ANN).result()
    assert list(house.keyring) == [url]


def test_adding_a_podcast_again_gives_it_another_password(house: House, private: WebServer) -> None:
    url = private.url("/feed.xml")
    podcast = house.services.adding.add(with_account(url)).result()
    house.keyring.clear()
    assert house.services.adding.add(with_account(url, "bob:x")).result() == podcast
    assert "bob" in house.keyring[url]


def test_without_a_keyring_it_is_said_plainly_and_goes_on_until_the_end(
    house: House, private: WebServer, tmp_path: Path
) -> None:
    house.keyring.is_locked = True
    podcast = house.services.adding.add(with_account(private.url("/feed.xml"))).result()
    (problem,) = [fact.error for fact in house.facts if isinstance(fact, ProblemReported)]
    assert isinstance(problem, NoKeyringError)
    assert "until Earmark ends" in sentence(problem)
    (future,) = house.services.refreshing.refresh([podcast])  # type: ignore[list-item]
    assert future.result().problem is None
    house.services.close()
    again = build(tmp_path / "profile")
    (future,) = again.services.refreshing.refresh([podcast])  # type: ignore[list-item]
    assert isinstance(future.result().problem, HttpStatusError)
    again.services.close()


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_password_that_an_older_earmark_left_in_an_address_moves_into_the_keyring(
    house: House, private: WebServer, is_locked: bool
) -> None:
    url = private.url("/feed.xml")
    podcast = house.services.subscriptions.add(with_account(url)).result()
    house.keyring.clear()
    house.keyring.is_locked = is_locked
    writer = open_writer(house.services.profile.database)
    feed_asking.rename_feed(writer, podcast, with_account(url))
    writer.close()
    (future,) = house.services.refreshing.refresh([podcast])
    assert future.result().problem is None
    assert list(house.keyring) == ([] if is_locked else [url])
    assert house.services.library.podcast(podcast).feed_url == (with_account(url) if is_locked else url)
    with closing(open_reader(house.services.profile.database)) as reader:
        assert feed_asking.podcast_once_at(reader, with_account(url)) is None


def test_a_password_goes_with_its_podcast(house: House, private: WebServer) -> None:
    url = private.url("/feed.xml")
    podcast = house.services.adding.add(with_account(url)).result()
    private["/new.xml"] = Route(feed(private, NOTES), "application/rss+xml", authorization=ANN.header)
    private["/feed.xml"] = Route(redirect="/new.xml", status=301)
    house.services.refreshing.refresh([podcast])  # type: ignore[list-item]
    assert list(house.keyring) == [private.url("/new.xml")]
    house.services.subscriptions.remove(podcast).result()  # type: ignore[arg-type]
    assert not house.keyring


@pytest.fixture
def accounts() -> Callable[..., Accounts]:
    def make(*feeds: str) -> Accounts:
        kept = Drawer({"https://x.org/feed": '{"user": "ann", "password": "s3cret"}', "https://y.org/feed": "nonsense"})
        return Accounts(kept, lambda host: Account("net", "rc") if host == "z.org" else None, feeds)

    return make


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("https://x.org/feed", "ann"),
        ("https://x.org/1.mp3", "ann"),
        ("http://x.org/feed", None),
        ("https://x.org:8443/feed", None),
        ("https://sub.x.org/feed", None),
        ("https://y.org/feed", None),
        ("https://z.org/feed", "net"),
        ("http://z.org/feed", None),
    ],
)
def test_who_is_told(accounts: Callable[..., Accounts], url: str, user: str | None) -> None:
    found = accounts("https://x.org/feed", "https://y.org/feed").account(url)
    assert (found.user if found else None) == user


def test_a_password_does_not_move_to_somebody_else(accounts: Callable[..., Accounts]) -> None:
    known = accounts("https://x.org/feed")
    known.move("https://x.org/feed", "https://evil.org/feed")
    assert known.account("https://evil.org/feed") is None
    assert known.account("https://x.org/feed") == ANN


def test_what_was_tried_is_forgotten(accounts: Callable[..., Accounts]) -> None:
    known = accounts("https://x.org/feed")
    with known.trying("https://x.org/other", Account("bob", "")), known.trying("https://w.org/", None):
        assert known.account("https://x.org/feed") == Account("bob", "")
    assert known.account("https://x.org/feed") == ANN

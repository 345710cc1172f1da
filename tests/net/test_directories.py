"""How directories are asked."""

from __future__ import annotations

import httpx
import pytest

from directories import parameters, serve
from player.core.errors import HttpStatusError
from player.net import directories
from player.net.directories import Key
from webserver import WebServer

KEY = Key("UXKCGDSYGUUEVQJSYDZH", "yzJe2eE7XV-3eY576dyRZ6wXyAbndh6LUrCZ8KN|")


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (directories.search_apple, "/search?term=bees+%26+trees&media=podcast&entity=podcast&limit=40"),
        (directories.look_up_apple, "/lookup?id=bees+%26+trees&entity=podcast"),
        (directories.search_fyyd, "/0.2/search/podcast?term=bees+%26+trees&count=40"),
        (directories.look_up_fyyd, "/0.2/podcast?podcast_slug=bees+%26+trees"),
    ],
)
def test_without_a_key(client: httpx.Client, server: WebServer, ask: object, path: str) -> None:
    serve(server, path, b"{}")
    assert callable(ask)
    assert ask(client, server.url(""), "bees & trees") == b"{}"


def test_fyyd_knows_numbers_and_names(client: httpx.Client, server: WebServer) -> None:
    serve(server, "/0.2/podcast?podcast_id=85", b"{}")
    directories.look_up_fyyd(client, server.url(""), "85")
    assert parameters(server.requests[-1].path) == {"podcast_id": "85"}


def test_podcast_index_wants_a_signature(client: httpx.Client, server: WebServer) -> None:
    for path in ("/api/1.0/search/byterm?q=bees&max=40", "/api/1.0/podcasts/byfeedid?id=7"):
        serve(server, path, b"{}")
    directories.search_podcast_index(client, server.url(""), "bees", KEY, 1_613_713_388)
    directories.look_up_podcast_index(client, server.url(""), "7", KEY, 1_613_713_388)
    for request in server.requests:
        assert request.headers["X-Auth-Date"] == "1613713388"
        assert request.headers["X-Auth-Key"] == KEY.key
        # What sha1sum says of key, secret and date, one behind the other.
        assert request.headers["Authorization"] == "73a1fffed61c1d30d858beb1fc48f355386449d2"


def test_a_refusal_is_a_known_error(client: httpx.Client, server: WebServer) -> None:
    with pytest.raises(HttpStatusError):
        directories.search_apple(client, server.url(""), "bees")

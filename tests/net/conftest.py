"""A real client and a real server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from player.net.client import build_client
from webserver import WebServer


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with build_client() as client:
        yield client


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server

"""Secrets in the system's keyring, and in ~/.netrc. The keyring is a backend of the library in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from player.core.accounts import Account
from player.system.keyring_store import SystemKeyring, netrc_account


class Memory(KeyringBackend):
    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.is_broken = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_broken:
            raise OSError("no bus")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_broken:
            raise OSError("no bus")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    memory = Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_a_secret_is_kept_until_it_is_removed(memory: Memory) -> None:
    store = SystemKeyring()
    assert store.read("https://x.org") is None
    assert store.write("https://x.org", "s3cret")
    assert memory.kept == {("Earmark", "https://x.org"): "s3cret"}
    assert store.read("https://x.org") == "s3cret"
    store.remove("https://x.org")
    store.remove("https://x.org")
    assert store.read("https://x.org") is None


def test_a_keyring_that_cannot_be_reached_keeps_nothing(memory: Memory) -> None:
    memory.is_broken = True
    assert not SystemKeyring().write("https://x.org", "s3cret")
    assert SystemKeyring().read("https://x.org") is None


def test_a_keyring_that_writes_in_the_clear_is_none(memory: Memory) -> None:
    memory.priority = 0.5  # type: ignore[assignment]
    assert not SystemKeyring().write("https://x.org", "s3cret")
    assert memory.kept == {}


def test_without_a_keyring_nothing_is_kept() -> None:
    assert not SystemKeyring().write("https://x.org", "s3cret")


def test_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert netrc_account("x.org") is None
    path = tmp_path / ".netrc"
    path.write_text("machine x.org login ann password s3cret\ndefault login bob password x\n", encoding="utf-8")
    path.chmod(0o600)
    assert netrc_account("x.org") == Account("ann", "s3cret")
    assert netrc_account("y.org") is None, "a default is for hosts that were not thought of"
    path.chmod(0o644)
    assert netrc_account("x.org") is None, "others may read it"
    path.chmod(0o600)
    path.write_text("machine", encoding="utf-8")
    assert netrc_account("x.org") is None

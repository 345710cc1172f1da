"""Real services on a profile of their own, everything inline, a scripted engine for sound, and a publisher."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newlibraries import lay
from player.app.compose import Services, compose
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor
from player.app.processes import Processes
from player.audio.scripted import ScriptedEngine
from player.core.errors import KnownError
from player.core.events import Fact
from player.core.model import EpochMillis, Millis
from player.net.directories import Bases
from player.system.paths import open_profile
from webserver import WebServer

NOTES = """<p>(0:00) – Introduction<br/>(0:10) – Export controls<br/>(0:20) – Stargate</p>"""


@dataclass
class Clock:
    """The time, as the test sets it."""

    now: EpochMillis = 1_700_000_000_000

    def __call__(self) -> EpochMillis:
        return self.now


class FilesOnDisk(dict[Path, Millis | KnownError]):
    """For the scripted engine: every file that is there lasts thirty seconds."""

    def get(self, path: Path, default: object = None) -> Any:
        """The length of a file that is there."""
        return 30_000 if path.exists() else default


class Drawer(dict[str, str]):
    """A keyring in memory; one that is locked keeps nothing."""

    is_locked = False

    def read(self, name: str) -> str | None:
        """See Keyring."""
        return None if self.is_locked else self.get(name)

    def write(self, name: str, secret: str) -> bool:
        """See Keyring."""
        if not self.is_locked:
            self[name] = secret
        return not self.is_locked

    def remove(self, name: str) -> None:
        """See Keyring."""
        self.pop(name, None)


@dataclass
class House:
    """Services with their home, clock and engine at hand, and every fact that was published."""

    services: Services
    home: InlineHome
    clock: Clock
    engine: ScriptedEngine
    keyring: Drawer = field(default_factory=Drawer)
    facts: list[Fact] = field(default_factory=list)

    def listened(self, milliseconds: int) -> None:
        """Let so much sound be heard, a tick each 100 ms."""
        for _ in range(milliseconds // 100):
            self.engine.advance(100)
            self.clock.now += 100
            self.home.tick()


def build(folder: Path, bases: Bases | None = None, keyring: Drawer | None = None) -> House:
    home, clock, engine, keyring = InlineHome(), Clock(), ScriptedEngine(), Drawer() if keyring is None else keyring
    engine.files = FilesOnDisk()
    is_new = not folder.exists()
    profile = open_profile(folder)
    if is_new:
        lay(profile.database)
    services = compose(
        profile,
        home,
        engine=lambda: engine,
        executor=InlineExecutor(),
        writing=InlineExecutor(),
        processes=Processes(0),
        keyring=keyring,
        now=clock,
        bases=bases,
    )
    house = House(services, home, clock, engine, keyring)
    for kind in Fact.__args__:
        services.bus.subscribe(kind, house.facts.append)
    return house


def feed(server: WebServer, notes: str, *, more: str = "") -> bytes:
    """An RSS document."""
    return f"""<?xml version="1.0"?><rss version="2.0"><channel><title>A podcast</title>
    <item><title>The episode</title><guid>one</guid><description><![CDATA[{notes}]]></description>
    <enclosure url="{server.url("/audio.mp3")}" type="audio/mpeg" length="1"/></item>{more}</channel></rss>""".encode()

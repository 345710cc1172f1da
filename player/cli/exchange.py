"""`earmark export` and `import`: what is the listener's, out of the library and into it.

Must not know what the documents look like. Where a player has the profile open, it takes in what is imported.
"""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from player.app.compose import reader_of
from player.app.course import Course
from player.app.exchange import Exchange, Imported, library_document, opml_document, write_document
from player.app.import_requests import imported_facts
from player.app.settings import SettingsStore
from player.app.start import Profile, request
from player.cli.library import EXIT_KNOWN_ERROR, counted
from player.cli.runtime import MANY_FEEDS, profile_of, services_on
from player.core.errors import ClosedError, ProfileInUseError

_STANDARD = "-"
_PATIENCE_MS = 3_600_000
_NOTHING = "earmark: nothing was imported; the library is as it was"
_CLOSED = "Earmark was closed while it imported; import the same again to have all of it."


def export(options: Namespace) -> int:
    """Write a library document or a list of podcasts."""
    with profile_of(options) as profile:
        with reader_of(profile) as reader:
            if options.opml:
                body, count = opml_document(reader)
            else:
                body, count = library_document(reader, SettingsStore(profile.settings).value)
        if options.file == _STANDARD:
            sys.stdout.buffer.write(body)
            return 0
        write_document(Path(options.file), body)
        print(f"{counted(count, 'podcast')} written to {options.file}", file=sys.stderr)
    return 0


def take_in(options: Namespace) -> int:
    """Import a document, here or in the running player; feeds of podcasts that it adds are fetched."""
    with profile_of(options) as profile, _file(options.file) as path:
        name = "standard input" if options.file == _STANDARD else path.name
        try:
            facts = _imported(profile, path, name)
        except ProfileInUseError:
            facts = _asked(profile, path, name)
        return _tell(facts, as_json=options.json)


@contextmanager
def _file(file: str) -> Iterator[Path]:
    """The path of what is to be read; what comes on standard input is kept in a file meanwhile."""
    if file != _STANDARD:
        yield Path(file)
        return
    with tempfile.TemporaryDirectory(prefix="earmark-") as folder:
        path = Path(folder) / "import"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def _imported(profile: Profile, path: Path, name: str) -> dict[str, Any]:
    with services_on(profile, processes=MANY_FEEDS) as services:
        done = _awaited(services.exchange, path, name)
        facts = imported_facts(done)
        # Their feeds are being asked for; one that cannot be had now is there all the same, and says so in the list.
        services.refreshing.settle()
        services.outlines.finish()
        podcasts = (services.library.podcast(each) for each in done.added)
        problems = [f"{each.title}: {each.problem}" for each in podcasts if each.problem]
        return {**facts, "problems": [*facts.get("problems", []), *problems]}


def _awaited(exchange: Exchange, path: Path, name: str) -> Imported:
    """What an import did. Ctrl+C calls it off, and is said to have done so where all of it was taken back."""
    course = Course()
    importing = exchange.import_file(path, name, course)
    try:
        return importing.result()
    except KeyboardInterrupt:
        exchange.close()
        # Only a library document says what is being done; the rest of an OPML document is not waited for.
        if course.doing:
            _tell_interrupted(imported_facts(importing.result()))
        raise


def _asked(profile: Profile, path: Path, name: str) -> dict[str, Any]:
    """What the running player did. Ctrl+C calls it off there."""
    ticket = secrets.token_hex(8)
    document = {"path": str(path.absolute()), "name": name, "ticket": ticket}
    try:
        facts = request(profile, "import", patience_ms=_PATIENCE_MS, **document)
    except KeyboardInterrupt:
        _tell_interrupted(request(profile, "call-off", ticket=ticket))
        raise
    except ClosedError:
        return {"error": _CLOSED}
    facts.pop("ok")
    return facts


def _tell_interrupted(facts: dict[str, Any]) -> None:
    if facts.get("called_off"):
        print(_NOTHING, file=sys.stderr)
    elif "error" not in facts:
        print(f"earmark: interrupted; {_line(facts)}", file=sys.stderr)


def _tell(facts: dict[str, Any], *, as_json: bool) -> int:
    problems = [facts["error"]] if "error" in facts else facts.get("problems", [])
    if "error" not in facts:
        print(json.dumps(facts, ensure_ascii=False) if as_json else _line(facts))
    for problem in problems:
        print(f"earmark: {problem}", file=sys.stderr)
    return EXIT_KNOWN_ERROR if problems else 0


def _line(facts: dict[str, Any]) -> str:
    line = f"{counted(facts['added'], 'podcast')} added, {facts['known']} known before"
    if "episodes" in facts:
        line += f"; what is yours in {counted(facts['episodes'], 'episode')}; {facts['queued']} for the queue"
    return line

"""Makes the pictures of README anew: the real window with a library of shows that were made up, on a virtual screen.

Usage: .venv/bin/python packaging/make_pictures.py [NAME…]   (needs what `make test` needs, and ImageMagick)
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "packaging" / "pictures"
SIZE = "1280x820"
_PAINTED_AFTER = 1.0

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from downloads_picture import take_downloads  # noqa: E402
from picture_library import MAIN_TITLE, fill  # noqa: E402

from desktop import Desktop, Program  # noqa: E402 - found by the line above
from player.system.paths import open_profile  # noqa: E402


def welcome(program: Program) -> None:
    """The first start."""
    program.find("Listen by chapter")


def main_window(program: Program) -> None:
    """An episode that plays."""
    program.click("In progress")
    program.click(f"{MAIN_TITLE} · ")
    program.find("Transcript")
    program.key("space")
    program.wait_until(lambda: program.status()["state"] == "playing", "it plays")


def transcript(program: Program) -> None:
    """What is said, as it is heard."""
    program.click("Transcript")
    program.find("Transcript", role="EditableText")


def episode_bookmarks(program: Program) -> None:
    """The bookmarks of an episode."""
    program.click("Bookmarks 3")


def podcast(program: Program) -> None:
    """The page of a podcast."""
    program.click("Long Wave")
    program.find("8 episodes")


def view(name: str, shows: str) -> Callable[[Program], None]:
    """A view of the sidebar."""

    def show(program: Program) -> None:
        program.click(name)
        program.find(shows)

    return show


def search(program: Program) -> None:
    """Words found in chapters, episodes and bookmarks."""
    program.click("Search")
    program.type("light")
    program.find("Repeaters")


def goto(program: Program) -> None:
    """The box that goes anywhere."""
    program.key("Escape", "ctrl+k")
    program.type("repair")
    program.find("A repair, hour by hour")


def settings(program: Program) -> None:
    """The settings."""
    program.key("Escape", "ctrl+comma")
    program.find("Colours")
    program.take_keyboard("Settings")


def close_dialog(program: Program) -> None:
    """Go back to the window; without a window manager nobody else gives it the keyboard."""
    program.key("Escape")
    program.wait_until(lambda: not program.see("Cancel") and not program.see("Close"), "the dialog is closed")
    program.take_keyboard()


def statistics(program: Program) -> None:
    """How much was listened to."""
    close_dialog(program)
    program.key("ctrl+t")
    program.take_keyboard("Statistics")


def mini(program: Program) -> None:
    """The small window."""
    close_dialog(program)
    program.key("ctrl+m")
    program.find("Back to the window")


STORY: tuple[tuple[str, Callable[[Program], None]], ...] = (
    ("main", main_window),
    ("transcript", transcript),
    ("podcast", podcast),
    ("new", view("New episodes", "Sturmflut")),
    ("queue", view("Queue", "Why pasta water foams")),
    ("bookmarks", view("Bookmarks", "salt first, sugar never")),
    ("search", search),
    ("goto", goto),
    ("settings", settings),
    ("statistics", statistics),
    ("mini", mini),
)


def take(theme: str, folder: Path, wanted: frozenset[str]) -> None:
    """All pictures in one theme."""
    with Desktop(folder, SIZE) as desktop:
        first = folder / "first"
        first.mkdir()
        (first / "settings.json").write_text(json.dumps({"theme": theme}))
        with Program(desktop, first, "--null-audio") as program:
            welcome(program)
            program.screenshot(PICTURES / f"welcome-{theme}.png")
        profile = open_profile(folder / "profile")
        fill(profile, time.time_ns() // 1_000_000)
        profile.settings.write_text(json.dumps({"theme": theme}))
        with Program(desktop, profile.folder, "--null-audio") as program:
            for name, act in STORY:
                act(program)
                if not wanted or name in wanted:
                    # What a screen reader is told of is painted a moment later.
                    time.sleep(_PAINTED_AFTER)
                    program.screenshot(PICTURES / f"{name}-{theme}.png")
                    if name == "mini":
                        desktop.run("mogrify", "-trim", "+repage", str(PICTURES / f"{name}-{theme}.png"))
            program.key("Escape")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as folder:
            take(theme, Path(folder), frozenset(sys.argv[1:]))
        if not sys.argv[1:] or "downloads" in sys.argv[1:]:
            with tempfile.TemporaryDirectory() as folder:
                take_downloads(theme, Path(folder), SIZE, PICTURES / f"downloads-{theme}.png")
    print(*sorted(path.relative_to(ROOT).as_posix() for path in PICTURES.iterdir()), sep="\n")

"""What is imported when: each module stands alone, and a start of the window pulls in nothing that is slow."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import player

SLOW = {"httpx", "feedparser", "mutagen", "av", "numpy", "nh3"}
HEADLESS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def modules() -> list[str]:
    """Every module of the package, by its full name."""
    root = Path(player.__file__).parent
    paths = (path.relative_to(root.parent).with_suffix("") for path in root.rglob("*.py"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in paths)


def run(script: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in HEADLESS}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)


def loaded_by(*names: str) -> set[str]:
    """Every top-level module that is there after importing `names`."""
    imports = "; ".join(f"import {name}" for name in names)
    done = run(f"{imports}; import sys; print(*{{name.partition('.')[0] for name in sys.modules}})")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def heavy_in(*names: str, also: Iterable[str] = ()) -> set[str]:
    return loaded_by(*names) & (SLOW | set(also))


def test_the_window_starts_without_what_is_slow() -> None:
    assert heavy_in("player.__main__", "player.window", "player.ui.main_window", "player.ui.application") == set()


def test_commands_start_without_widgets() -> None:
    commands = [name for name in modules() if name.startswith("player.cli.")]
    assert heavy_in("player.__main__", *commands) == set()
    done = run(
        "import player.window, player.cli.play, player.cli.sample, sys; print('PySide6.QtWidgets' in sys.modules)"
    )
    assert done.stdout.strip() == "False", done.stderr


def test_the_core_is_pure() -> None:
    core = [name for name in modules() if name.startswith("player.core")]
    assert heavy_in(*core, also=("PySide6", "sqlite3", "socket")) == set()


_EACH_FIRST = """
import importlib, os, sys, traceback
import av, feedparser, httpx, mutagen, nh3, numpy, sqlite3
import PySide6.QtMultimedia, PySide6.QtNetwork, PySide6.QtSvg, PySide6.QtWidgets
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""


def test_each_module_can_be_imported_first() -> None:
    """In a process of its own each, forked from one that has all that is not ours: to load that again takes long."""
    names = modules()
    done = subprocess.run([sys.executable, "-c", _EACH_FIRST, *names], capture_output=True, text=True, check=False)
    assert len(names) > 80
    assert (done.returncode, done.stdout) == (0, ""), done.stderr

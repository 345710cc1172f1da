"""What is imported when: each module stands alone, and a start of the window pulls in nothing that is slow."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
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


def imported_at_start(tree: ast.AST) -> Iterator[str]:
    """What is imported when the module is, by full name; not inside functions, not only for types."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield from imported_at_start(node)


def needs(name: str) -> set[str]:
    """What a module of the package imports at its start: the names it asks for, and the modules they may be in."""
    path = Path(player.__file__).parent.parent.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found = set(imported_at_start(ast.parse(path.read_text(encoding="utf-8"))))
    return found | {each.rpartition(".")[0] for each in found}


def test_each_module_can_be_imported_first() -> None:
    """No module needs itself by way of others, so that each can be imported when only what it needs has been."""
    names = modules()
    assert len(names) > 80
    circles = TopologicalSorter({name: needs(name).intersection(names) - {name} for name in names})
    assert "player" in loaded_by(*circles.static_order())

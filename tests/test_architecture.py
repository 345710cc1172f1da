"""The arrows of the house, read from the imports of every module."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "player"
MODULES = sorted(PACKAGE.rglob("*.py"))

MIDDLE = {"formats", "storage", "net", "audio", "system"}
MAY_IMPORT = {
    "core": {"core"},
    **{folder: {"core", folder} for folder in MIDDLE},
    "app": {"core", "app", *MIDDLE},
    "ui": {"core", "app", "ui"},
    "cli": {"core", "app", "cli"},
    "": {"core", "app", "ui", "cli"},
}

# Each of these is wrapped by the modules named, so that its manners and its missing types stay in one place.
ONLY_IN = {
    "PySide6.QtWidgets": ("ui/",),
    "PySide6.QtGui": ("ui/",),
    "PySide6.QtSvg": ("ui/",),
    "PySide6.QtMultimedia": ("audio/output.py",),
    "PySide6.QtNetwork": ("system/single_instance.py",),
    "PySide6.QtCore": ("ui/", "app/home.py", "audio/output.py", "system/single_instance.py"),
    "sqlite3": ("storage/", "app/"),
    "httpx": ("net/",),
    "httpcore": ("net/bodies.py", "net/connecting.py"),
    "socket": ("net/",),
    "urllib.request": (),
    "http": (),
    "feedparser": ("formats/rss.py",),
    "mutagen": ("formats/chapter_tags.py", "formats/tag_vorbis.py", "formats/clip_tags.py"),
    "av": ("audio/", "formats/media_file.py"),
    "numpy": ("audio/",),
    "nh3": ("formats/notes_html.py",),
    "platformdirs": ("system/paths.py",),
    "jeepney": ("system/",),
    "keyring": ("system/keyring_store.py",),
}


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The full names of all that a module imports, also inside functions."""
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(found)


def place(path: Path) -> str:
    """The path of a module inside the package, with forward slashes."""
    return path.relative_to(PACKAGE).as_posix()


def test_arrows() -> None:
    wrong = []
    for path in MODULES:
        inside = path.relative_to(PACKAGE).parts
        allowed = MAY_IMPORT[inside[0] if len(inside) > 1 else ""]
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "player" and len(parts) > 1 and parts[1] in MAY_IMPORT and parts[1] not in allowed:
                wrong.append(f"{place(path)} imports {name}")
    assert wrong == []


def test_wrapped_libraries() -> None:
    wrong = [
        f"{place(path)} imports {name}, which belongs in {homes}"
        for path in MODULES
        for name in imports(path)
        for library, homes in ONLY_IN.items()
        if (name == library or name.startswith(library + ".")) and not place(path).startswith(homes)
    ]
    assert wrong == []


def test_core_is_pure() -> None:
    allowed = sys.stdlib_module_names - {"threading", "socket", "sqlite3", "subprocess", "time", "os", "pathlib"}
    for path in (PACKAGE / "core").rglob("*.py"):
        for name in imports(path):
            assert name.split(".")[0] in allowed | {"player"}, f"{place(path)} imports {name}"


def test_folders_hold_only_a_docstring() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        body = tree(path).body
        assert len(body) == 1, f"{place(path)} holds code"
        assert isinstance(body[0], ast.Expr), f"{place(path)} has no docstring"


def test_no_drawers_and_no_names_of_the_standard_library() -> None:
    drawers = {"utils", "util", "helpers", "common", "manager", "misc"}
    for path in MODULES:
        assert path.stem not in drawers | set(sys.stdlib_module_names) - {"__main__", "__init__"}, place(path)
    assert not (PACKAGE.parent / "packaging" / "__init__.py").exists()


def test_no_module_state() -> None:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            assert not isinstance(node, ast.Global), f"{place(path)}:{node.lineno} uses global"


def test_sizes() -> None:
    wrong = []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 400:
            wrong.append(f"{place(path)} has {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > (300 if isinstance(node, ast.ClassDef) else 50):
                    wrong.append(f"{place(path)}:{node.lineno} {node.name} has {length} lines")
    assert wrong == []

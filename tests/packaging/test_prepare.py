"""The set-up script: which Python it takes, when `.venv` is fresh, what it tells the reader."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, at work in an empty folder."""
    spec = importlib.util.spec_from_file_location("earmark_prepare", ROOT / "packaging" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "packaging").mkdir()
    for name in ("packaging/requirements.txt", "packaging/requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "prepared.json")
    monkeypatch.setattr(module, "UNFINISHED", tmp_path / ".venv" / "unfinished")
    monkeypatch.delenv("PYTHON", raising=False)
    return module


def fake_python(folder: Path, name: str, version: tuple[int, int, int], *, can_venv: bool = True) -> Path:
    """A file that answers like a Python of some version."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    facts = {"version": version, "path": str(path), "fits": True, "can_venv": can_venv}
    path.write_text(f"#!/bin/sh\necho '{json.dumps(facts)}'\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_takes_the_newest_tested_python_that_runs_and_can_make_a_venv(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    fake_python(folder, "python3.14", (3, 14, 2))
    fake_python(folder, "python3.13", (3, 13, 5), can_venv=False)
    best = fake_python(folder, "python3.12", (3, 12, 3))
    fake_python(folder, "python3.11", (3, 11, 2))
    fake_python(folder, "python3", (3, 9, 2))
    shim = folder / "python"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setattr(prepare, "candidates", lambda: [str(path) for path in folder.iterdir()])
    python, why = prepare.choose_python()
    assert python.path == str(best)
    assert why == "the newest that is tested; also here: 3.11.2, 3.13.5, 3.14.2"


def test_the_python_of_the_callers_choice_goes_first(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = fake_python(tmp_path / "bin", "python3.11", (3, 11, 2))
    monkeypatch.setenv("PYTHON", str(chosen))
    python, why = prepare.choose_python()
    assert (python.path, why) == (str(chosen), "PYTHON names it")
    monkeypatch.setenv("PYTHON", str(fake_python(tmp_path / "bin", "python3.10", (3, 10, 2))))
    with pytest.raises(prepare.CannotPrepareError, match=r"Earmark needs CPython 3\.11 or newer"):
        prepare.choose_python()


def test_finds_pythons_along_the_path_but_not_its_own(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = fake_python(tmp_path / "bin", "python3.12", (3, 12, 3))
    (tmp_path / "bin" / "python3.12-config").touch(mode=0o755)
    (tmp_path / ".venv").mkdir()
    inside = fake_python(tmp_path / ".venv" / "bin", "python3", (3, 12, 3))
    monkeypatch.setenv("PATH", f"{inside.parent}:{outside.parent}:{tmp_path}/nowhere")
    found = prepare.candidates()
    assert str(outside) in found
    assert str(inside) not in found
    assert not any(path.endswith("-config") for path in found)


def test_this_python_fits(prepare: ModuleType) -> None:
    python = prepare.probe(sys.executable)
    assert python is not None
    assert python.version == sys.version_info[:3]


def test_a_changed_lock_asks_for_a_new_installation(prepare: ModuleType, tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    assert prepare.prepared() == {}
    stamp = prepare.wanted_stamp("test")
    prepare.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    assert set(prepare.wanted_stamp("run").items()) < set(prepare.prepared().items())
    (tmp_path / "packaging" / "requirements.txt").write_text("newer", encoding="utf-8")
    assert not set(prepare.wanted_stamp("run").items()) <= set(prepare.prepared().items())
    prepare.STAMP.write_text("{ half", encoding="utf-8")
    assert prepare.prepared() == {}


def test_a_half_made_venv_is_not_sound(prepare: ModuleType, tmp_path: Path) -> None:
    assert not prepare.is_sound()
    (tmp_path / ".venv").mkdir()
    fake_python(tmp_path / ".venv" / "bin", "python", (3, 12, 3))
    assert not prepare.is_sound(), "it has no pip"
    (tmp_path / ".venv" / "lib" / "python3.12" / "site-packages" / "pip").mkdir(parents=True)
    assert prepare.is_sound()
    prepare.UNFINISHED.touch()
    assert not prepare.is_sound()


def test_a_translation_is_compiled_when_it_changed(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(prepare, "run", lambda command, _complaint: commands.append(command))
    folder = tmp_path / "resources" / "translations"
    folder.mkdir(parents=True)
    source, made = folder / "earmark_de.ts", folder / "earmark_de.qm"
    source.touch()
    prepare.compile_translations()
    assert [command[1:] for command in commands] == [["-silent", str(source), "-qm", str(made)]]
    made.touch()
    prepare.compile_translations()
    assert len(commands) == 1
    os.utime(made, (0, 0))
    prepare.compile_translations()
    assert len(commands) == 2


def test_without_root_it_prints_the_command_to_run(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(prepare.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(prepare, "is_offered", lambda package: not package.endswith("t64"))
    missing = [("libglib-2.0.so.0", "libglib2.0-0t64", "libglib2.0-0"), ("Xvfb", "xvfb")]
    with pytest.raises(prepare.CannotPrepareError) as raised:
        prepare.install_packages(missing)
    text = str(raised.value)
    assert text.startswith("This system lacks libglib-2.0.so.0, Xvfb.")
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libglib2.0-0 xvfb\n" in text


def test_a_system_whose_pythons_are_all_too_old(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "is_offered", lambda package: package == "python3")
    with pytest.raises(prepare.CannotPrepareError, match=r"Python 3\.11 or newer, and this release .* offers none"):
        prepare.package_names(prepare.python_packages(None))
    monkeypatch.setattr(prepare, "is_offered", lambda package: package.startswith(("python3.12", "python3.11")))
    assert prepare.package_names(prepare.python_packages(None)) == ["python3.12", "python3.12-venv"]


def test_a_system_without_apt_hears_what_it_lacks(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    with pytest.raises(prepare.CannotPrepareError, match=r"lacks libGL\.so\.1\. Please install"):
        prepare.install_packages([("libGL.so.1", "libgl1")])


def test_old_pythons_can_read_it() -> None:
    ast.parse((ROOT / "packaging" / "prepare.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_wrong_use_is_said() -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "packaging" / "prepare.sh"), "nonsense"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "Usage" in done.stderr

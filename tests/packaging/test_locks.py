"""The lock files hold what pyproject.toml asks for, each by hash, and never the release that aborts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.txt": ("build",),
    "requirements-dev.txt": ("dev",),
}
PYTHONS = ("3.11.0", "3.11.9", "3.12.0", "3.13.0")


def locked(name: str) -> list[tuple[Requirement, int]]:
    """The requirements of a lock file, each with the number of its hashes."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(Requirement(line.split(" --hash")[0]), line.count("--hash=sha256:")) for line in lines]


def group(name: str) -> list[str]:
    """A dependency group with the groups that it includes."""
    found: list[str] = []
    for entry in PROJECT["dependency-groups"][name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def environment(python: str) -> dict[str, str]:
    """What markers see under a version of Python."""
    return {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}


def applies(requirement: Requirement, python: str) -> bool:
    """Whether a requirement counts under a version of Python."""
    return requirement.marker is None or requirement.marker.evaluate(environment(python))


def versions(requirements: list[Requirement], name: str, python: str) -> list[str]:
    """The versions of a package that a lock installs under a version of Python."""
    rows = [row for row in requirements if canonicalize_name(row.name) == name and applies(row, python)]
    return [next(iter(row.specifier)).version for row in rows]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_exact_and_hashed(name: str) -> None:
    rows = locked(name)
    assert rows
    for requirement, hashes in rows:
        assert hashes, f"{requirement} has no hash"
        assert [each.operator for each in requirement.specifier] == ["=="], str(requirement)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_every_direct_dependency_is_locked(name: str, python: str) -> None:
    rows = [requirement for requirement, _ in locked(name)]
    asked = [*PROJECT["project"]["dependencies"], *(each for part in LOCKS[name] for each in group(part))]
    for wanted in map(Requirement, asked):
        if applies(wanted, python):
            found = versions(rows, canonicalize_name(wanted.name), python)
            assert len(found) == 1, f"{wanted}: {found} in {name} for {python}"
            assert wanted.specifier.contains(found[0]), (
                f"{name} holds {wanted.name} {found[0]}, but {wanted} is asked for"
            )


def test_both_lock_files_agree() -> None:
    run, dev = ({f"{row.name}{row.specifier}" for row, _ in locked(name)} for name in LOCKS)
    assert run < dev


@pytest.mark.parametrize("python", [each for each in PYTHONS if each.startswith("3.11")])
def test_the_aborting_release_never_meets_an_old_python(python: str) -> None:
    for wanted in map(Requirement, PROJECT["project"]["dependencies"]):
        if wanted.name.startswith("PySide6") and applies(wanted, python):
            assert not wanted.specifier.contains("6.12.0")
    for name in LOCKS:
        rows = [requirement for requirement, _ in locked(name)]
        for part in ("pyside6-addons", "pyside6-essentials", "shiboken6"):
            assert versions(rows, part, python)
            assert "6.12.0" not in versions(rows, part, python)


def test_every_runtime_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    match = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    assert match
    explained: set[str] = set()
    comment = False
    for line in match.group(1).splitlines():
        words = line.strip()
        if words.startswith("#"):
            comment = True
            continue
        name = Requirement(words.strip('",')).name
        assert comment or name in explained, f"{name} has no comment"
        explained.add(name)
        comment = False
    assert len(explained) >= 8

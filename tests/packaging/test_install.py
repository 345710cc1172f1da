"""What the desktop reads: the entry in its menu, the description for software centres, and how they are put there."""

from __future__ import annotations

import configparser
import importlib.util
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from player import __version__
from player.cli.opened import split_opened
from player.ui.drops import sorted_words

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "packaging" / "earmark.desktop"
DESCRIPTION = ROOT / "packaging" / "earmark.metainfo.xml"


@pytest.fixture
def installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("earmark_install", ROOT / "packaging" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entry_of(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_is_valid() -> None:
    tool = shutil.which("desktop-file-validate")
    if tool is None:
        pytest.skip("no desktop-file-validate: the package desktop-file-utils has it")
    done = subprocess.run([tool, str(ENTRY)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_description_is_valid() -> None:
    tool = shutil.which("appstreamcli")
    if tool is None:
        pytest.skip("no appstreamcli: the package appstream has it")
    done = subprocess.run([tool, "validate", "--no-net", str(DESCRIPTION)], capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W:"))]
    # Earmark has no domain that its id could begin with.
    assert [line for line in told if "not-rdns" not in line] == [], done.stdout


def test_all_that_the_entry_says_is_taken_is_taken() -> None:
    schemes = [
        each.rpartition("/")[2]
        for each in entry_of(ENTRY)["MimeType"].split(";")
        if each.startswith("x-scheme-handler")
    ]
    assert set(schemes) == {"earmark", "feed", "podcast", "itpc", "pcast"}
    for scheme in schemes:
        address = f"{scheme}://episode/x.org%2Ffeed/guid" if scheme == "earmark" else f"{scheme}://x.org/feed"
        opened, options = split_opened([address])
        assert (opened, options) == ((address,), [])
        dropped = sorted_words(opened)
        assert (dropped.links if scheme == "earmark" else dropped.addresses) == (address,)


def test_the_description_is_of_this_version() -> None:
    root = ET.parse(DESCRIPTION).getroot()
    releases = [release.get("version") for release in root.iter("release")]
    assert releases[0] == __version__
    launchable = root.find("launchable")
    assert launchable is not None
    assert launchable.text == ENTRY.name


def test_it_comes_and_goes(installer: ModuleType, tmp_path: Path) -> None:
    prefix = tmp_path / "my apps"
    neighbour = prefix / "share" / "applications" / "other.desktop"
    neighbour.parent.mkdir(parents=True)
    neighbour.touch()
    installer.install_shared(prefix)
    (prefix / "bin").mkdir()
    (prefix / "bin" / "earmark").symlink_to(tmp_path / "gone")
    (prefix / "lib" / "earmark").mkdir(parents=True)
    entry = prefix / "share" / "applications" / "earmark.desktop"
    assert entry_of(entry)["Exec"] == f'"{prefix}/bin/earmark" %U'
    assert (prefix / "share" / "icons" / "hicolor" / "scalable" / "apps" / "earmark.svg").is_file()
    assert all(path.exists() or path.is_symlink() for path in installer.installed(prefix))
    installer.uninstall(prefix)
    assert sorted(path for path in prefix.rglob("*") if path.is_file() or path.is_symlink()) == [neighbour]
    assert not (prefix / "lib").exists()
    installer.uninstall(prefix)


def test_paths_are_quoted_as_the_entry_takes_them(installer: ModuleType) -> None:
    assert installer.quoted("/home/me/.local/bin/earmark") == "/home/me/.local/bin/earmark"
    assert installer.quoted("/a b/100%") == '"/a b/100%%"'
    assert installer.quoted('/a"$') == '"/a\\\\"\\\\$"'

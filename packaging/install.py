"""Installs Earmark for good, with its entry in the desktop's menu, or takes all of that away again.

Usage: install.py install|uninstall PREFIX. Under PREFIX come bin/earmark, lib/earmark (its own Python packages) and
what the desktop reads in share/. The listener's library lies elsewhere and is never touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SHARED = {
    "packaging/earmark.desktop": "share/applications/earmark.desktop",
    "packaging/earmark.metainfo.xml": "share/metainfo/earmark.metainfo.xml",
    "resources/icons/earmark.svg": "share/icons/hicolor/scalable/apps/earmark.svg",
}
_REFRESHED = (("update-desktop-database", "share/applications"), ("gtk-update-icon-cache", "share/icons/hicolor"))


def install_shared(prefix: Path) -> None:
    """Copy what the desktop reads. Its entry starts the program of this prefix, wherever PATH leads."""
    for source, target in _SHARED.items():
        path = prefix / target
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / source).read_text(encoding="utf-8")
        if path.suffix == ".desktop":
            text = text.replace("Exec=earmark ", f"Exec={quoted(str(prefix / 'bin' / 'earmark'))} ")
        path.write_text(text, encoding="utf-8")


def install_program(prefix: Path) -> None:
    """Make the program's own environment with the locked packages, and the command."""
    home = prefix / "lib" / "earmark"
    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / "packaging" / "requirements.txt")]
    subprocess.run([*pip, *locked], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
    command = prefix / "bin" / "earmark"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.unlink(missing_ok=True)
    command.symlink_to(home / "bin" / "earmark")


def uninstall(prefix: Path) -> None:
    """Take away what was installed, and the folders that are empty then."""
    for path in installed(prefix):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == prefix or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def installed(prefix: Path) -> Iterator[Path]:
    """All that stands under a prefix."""
    yield from (prefix / target for target in _SHARED.values())
    yield from (prefix / "bin" / "earmark", prefix / "lib" / "earmark")


def tell_the_desktop(prefix: Path) -> None:
    """Let the desktop read its folders anew, where it has the tools for that; else it does so in time."""
    for tool, folder in _REFRESHED:
        found = shutil.which(tool)
        if found and (prefix / folder).is_dir():
            quiet = ["-q", "-t", "-f"] if tool.startswith("gtk") else ["-q"]
            subprocess.run([found, *quiet, str(prefix / folder)], check=False, stderr=subprocess.DEVNULL)


def quoted(path: str) -> str:
    """A path as the Exec key takes it (Desktop Entry Specification, “The Exec key”)."""
    if all(letter.isalnum() or letter in "/._-+" for letter in path):
        return path
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in path)
    # Once more, since the value of the key is a string with escapes of its own; and % begins a field code.
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 2 or arguments[0] not in ("install", "uninstall"):
        print(__doc__, file=sys.stderr)
        return 2
    prefix = Path(arguments[1]).expanduser().absolute()
    if arguments[0] == "uninstall":
        uninstall(prefix)
        tell_the_desktop(prefix)
        print(f"Earmark is gone from {prefix}. Your library stays where it is.")
        return 0
    try:
        install_program(prefix)
        install_shared(prefix)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Earmark could not be installed: {error}", file=sys.stderr)
        return 1
    tell_the_desktop(prefix)
    print(f"Earmark is in your menu, and in {prefix / 'bin' / 'earmark'}")
    if str(prefix / "bin") not in os.environ.get("PATH", "").split(os.pathsep):
        print(f"(To start it by its name, put {prefix / 'bin'} into PATH.)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

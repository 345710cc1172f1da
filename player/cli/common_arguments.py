"""The options of every command.

Must not know the commands.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

# Not as defaults of the options: those of a command would win over what stands before it.
_SWITCHES = ("temp_profile", "null_audio", "verbose", "debug")
UNSET: dict[str, Any] = {"profile": None, "run": None, **dict.fromkeys(_SWITCHES, False)}


def common_options() -> argparse.ArgumentParser:
    """A parser of these alone, which is the parent of all others."""
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("options of every command")
    absent: Any = argparse.SUPPRESS
    group.add_argument("--profile", type=Path, metavar="DIR", default=absent, help="keep the library in this folder")
    group.add_argument("--temp-profile", action="store_true", default=absent, help="start empty, forget all at the end")
    group.add_argument("--null-audio", action="store_true", default=absent, help="play without a sound device")
    group.add_argument("--verbose", action="store_true", default=absent, help="log all to the terminal")
    group.add_argument(
        "--debug",
        action="store_true",
        default=absent,
        help="tell on the terminal what goes wrong, and what holds the window up",
    )
    return common

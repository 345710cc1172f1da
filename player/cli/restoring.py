"""`earmark restore`: a library that is damaged or gone, and its backup.

Must not know what a backup is made of.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime

from player.app.compose import wall_clock
from player.app.safekeeping import Repair, backup_of, find_damage, repair
from player.app.sentences import sentence
from player.cli.library import counted
from player.cli.runtime import profile_of


def restore(options: Namespace) -> int:
    """Bring the backup back, or an empty library; one that is as it should be is left alone, unless forced."""
    with profile_of(options) as profile:
        damage = find_damage(profile)
        backup = backup_of(profile)
        if damage is None and not options.force:
            print("The library is as it should be, and was left so; --force takes its backup all the same.")
            if backup is not None:
                print(f"The backup is of {_date(backup.made_at)}.")
            return 1
        if damage is not None:
            print(f"earmark: {sentence(damage)}", file=sys.stderr)
        done = repair(
            profile, Repair.EMPTY if options.empty else Repair.RESTORE, wall_clock(), saves=damage is not None
        )
        if done.backup is None:
            print("The library is empty now.")
        else:
            holds = f"{counted(done.backup.podcasts, 'podcast')}, {counted(done.backup.episodes, 'episode')}"
            print(f"The library is as it was on {_date(done.backup.made_at)}: {holds}.")
        if done.saved:
            print(f"Of {counted(done.saved, 'episode')} the places and changes since then could be saved.")
        if done.aside is not None:
            print(f"What it was before lies at {done.aside}.")
    return 0


def _date(instant: int) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")

"""Which test runs when, with several workers: first what may run beside others, then what is listened to.

`Turns` is a scheduler for pytest-xdist. Tests that are listened to run two at a time, when all others are done and no
other worker is left; then, one after another, those that nothing may run beside. The workers know which these are and
write it down for the scheduler, which sees only names (`--dist=loadgroup` marks names, but not with pytest 9.2:
pytest-xdist #1386). Must not know what tests do.
"""

from turns.scheduler import Turns

__all__ = ["Turns"]

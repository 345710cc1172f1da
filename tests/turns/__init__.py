"""Which test runs when, with several workers: first what may run beside others, then what wants the machine for itself.

`Turns` is a scheduler for pytest-xdist. A test that is listened to runs in the first worker, one after another, when
every other worker has ended. The workers know which these are and write it down for the scheduler, which sees only
names (`--dist=loadgroup` marks names, but not with pytest 9.2: pytest-xdist #1386). Must not know what tests do.
"""

from turns.scheduler import Turns

__all__ = ["Turns"]

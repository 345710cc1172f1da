"""Which test runs when, with several workers: what is listened to beside what computes.

`Turns` is a scheduler for pytest-xdist. Tests that start the program and listen wait for sound most of the time. Two
workers, the lanes, run these, one after another, from the beginning on; then one of them runs those that are `alone`,
while the other waits; and then both do of the rest. All other workers run the rest all the time, and give way (they are
nicer). The workers know which tests these are and write it down for the scheduler, which sees only names
(`--dist=loadgroup` marks names, but not with pytest 9.2: pytest-xdist #1386). Must not know what tests do.
"""

from turns.scheduler import LANES, Turns

__all__ = ["LANES", "Turns"]

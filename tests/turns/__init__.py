"""Which test runs when, with several workers: what is listened to beside what computes, at last what is alone.

`Turns` is a scheduler for pytest-xdist. Tests that start the program and listen wait for sound most of the time. Two
workers run these, one after another, from the beginning on; the others run the rest meanwhile and give way to them
(`kept_back`). When all are done and one worker is left, those come that nothing may run beside. The workers know which
these are and write it down for the scheduler, which sees only names (`--dist=loadgroup` marks names, but not with
pytest 9.2: pytest-xdist #1386). Must not know what tests do.
"""

from turns.scheduler import LANES, Turns

__all__ = ["LANES", "Turns"]

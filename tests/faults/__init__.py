"""Transfers through all that can go wrong: what a server may do, and pauses, jumps and kills of the program meanwhile.

script.py   what happens in a transfer: values, and how hypothesis draws them
kinds.py    the kinds of trouble, by name
child.py    the program that is killed: it fetches one file at a time, each time in a process of its own
play.py     plays a script, and looks after each run whether anything was lost or mixed
run.py      the command: many transfers, and a table of what became of them
"""

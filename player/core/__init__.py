"""Values and rules: the standard library only.

No files, sockets, threads, clocks or Qt; imports nothing else of Earmark.
"""

"""Bytes to values and back, one module per format. May import `core`; never opens a socket, a database or a window."""

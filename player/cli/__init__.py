"""The same services without widgets: one module per group of commands. Imports `core` and `app`, and prints."""

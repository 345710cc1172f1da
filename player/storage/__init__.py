"""The only SQL: SQLite tables and the functions that read and write them, one module per subject. May import `core`."""

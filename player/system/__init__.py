"""What the operating system offers: folders, the single-instance socket, logs. May import `core`."""

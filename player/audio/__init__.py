"""Sound: from a file on disk to the loudspeaker. PyAV, numpy, and QtMultimedia in `output` alone. May import `core`."""

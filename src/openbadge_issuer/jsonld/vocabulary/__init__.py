"""Term tables from which the pinned contexts are generated."""

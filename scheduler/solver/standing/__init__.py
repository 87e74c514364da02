"""Search for changes to the current roster: what may change, and how far."""

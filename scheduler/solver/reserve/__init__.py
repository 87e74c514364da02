"""The reserve: rosters in which an absence finds somebody to stand in."""

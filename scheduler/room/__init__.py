"""Room for guests: how many more can come than are expected, date by date."""

from scheduler.room.as_it_stands import as_it_stands

__all__ = ["as_it_stands"]

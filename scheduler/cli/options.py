"""What several commands take alike.

Functions, for annotations are evaluated when the language of the help is known.
"""

from __future__ import annotations

from typing import Any

import typer

from scheduler.wording.translation import _


def roster_file() -> Any:
    """Return the argument that names a finished roster: a path."""
    text = _("Roster workbook (.xlsx), or .json from `roster`.")
    return typer.Argument(metavar="ROSTER", help=text)


def page_file() -> Any:
    """Return the option for the workbook of a page beside the roster: a path."""
    text = _("Workbook to write; beside the roster if not given.")
    return typer.Option("--output", "-o", metavar="FILE", help=text)


def time_limit() -> Any:
    """Return the option for the seconds of a search."""
    text = _("Seconds for the search and all that follows: causes, repairs, reasons.")
    return typer.Option(min=1, max=86400, help=text)


def seed() -> Any:
    """Return the option for the seed of a search."""
    return typer.Option(min=0, max=2**31 - 1, help=_("Seed of the search."))


def threads() -> Any:
    """Return the option for the threads of a search."""
    return typer.Option(min=1, max=64, help=_("Parallel workers of the search."))


def dask() -> Any:
    """Return the option for the address of a Dask scheduler: a text."""
    text = _("Search on the Dask cluster with this scheduler: tcp://host:8786.")
    return typer.Option("--dask", metavar="ADDRESS", help=text)

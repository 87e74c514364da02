"""The arguments and options about several houses: their files, the way between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.wording.translation import _


def satellites() -> Any:
    """Return the argument for files of satellites beside their main's (paths)."""
    text = _("Those of one or two satellites, to be planned with their main office.")
    return typer.Argument(metavar=_("SATELLITE..."), help=text)


def main_roster() -> Any:
    """Return the option for the roster beside which a satellite is planned (a path)."""
    text = _(
        "For a satellite alone: the main office's finished roster. Who works in both "
        "is where it says."
    )
    return typer.Option("--main", metavar=_("ROSTER"), help=text)


def travel() -> Any:
    """Return the option for the minutes between two offices."""
    text = _(
        "Minutes of travel between two offices, for people lent where an office is "
        "short. A kind of day worked in the other office goes before."
    )
    return typer.Option(min=0, max=180, metavar=_("MINUTES"), help=text)


def _neighbour() -> Any:
    text = _(
        "Finished roster of another office of the operator. If people are missing, it "
        "is told who of it could come, on which date. May be given several times."
    )
    return typer.Option("--neighbour", metavar=_("ROSTER"), help=text)


@dataclass(frozen=True)
class OtherOffices:
    """Other offices of the operator that may lend people."""

    neighbour: Annotated[list[Path] | None, _neighbour()] = None
    travel: Annotated[int, travel()] = 30


@dataclass(frozen=True)
class OtherRosters(OtherOffices):
    """Finished rosters of other offices: the main one, and those that may lend."""

    main: Annotated[Path | None, main_roster()] = None

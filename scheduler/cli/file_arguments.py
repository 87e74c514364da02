"""The arguments and options that name files of several houses."""

from __future__ import annotations

from typing import Any

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

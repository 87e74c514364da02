"""Options of `whatif`: the plans wanted, and spellings of before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.cli import options
from scheduler.wording.translation import _


@dataclass(frozen=True)
class PlansWanted:
    """What is asked of a plan for the rest of a month."""

    plans: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar=_("NUMBER"),
            max=options.MOST_PLANS,
            help=_(
                "Plans to choose from; each spares somebody the others ask. Four if "
                "not given."
            ),
        ),
    ] = None
    advice: Annotated[
        bool,
        options.advice(_("Where no plan is legal, look for causes and repairs.")),
    ] = True


def _old(*names: str, **limits: Any) -> Any:
    """Return a hidden option that was replaced by a command and still works."""
    return typer.Option(*names, hidden=True, **limits)


@dataclass(frozen=True)
class OldSpelling:
    """Options of `whatif` from before `scenarios` and `accept` were commands."""

    scenarios: Annotated[bool, _old("--scenarios")] = False
    sheet: Annotated[Path | None, _old("--scenarios-from")] = None
    accept: Annotated[int | None, _old("--accept", min=1, max=options.MOST_PLANS)] = (
        None
    )
    why: Annotated[str | None, _old("--why")] = None

"""The options of what is written beside a roster to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from scheduler.wording.translation import _


@dataclass(frozen=True)
class Printed:
    """What is written beside a roster to be printed."""

    proof: Annotated[
        bool,
        typer.Option(
            "--proof",
            help=_(
                "Also write the workbook for the inspection: every rule with its "
                "article, and every date by the clock."
            ),
        ),
    ] = False
    wall_pdf: Annotated[
        bool,
        typer.Option(
            "--wall-pdf",
            help=_("Also write the wall sheet as PDF, A3 and A4 (needs LibreOffice)."),
        ),
    ] = False

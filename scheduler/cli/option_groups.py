"""Groups of options: what is printed beside a roster, the stamps of a worked month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.wording.translation import N_, _


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


@dataclass(frozen=True)
class Stamping:
    """Files of stamps, what their columns mean, and decisions on the differences."""

    clock: Annotated[
        list[str] | None,
        options.several(
            N_("FILE"),
            _("File of stamps (.csv, Shift_JIS or UTF-8); may be given several times."),
        ),
    ] = None
    column: Annotated[
        list[str] | None,
        options.several(
            N_("MEANING=HEADING"),
            _(
                "What a column means, where it was not recognised: name, number, date, "
                "in, out, break, break-from, break-to; such as in=出勤時刻. In a log "
                "of one line a stamp: stamp, kind, and the words in-word, out-word, "
                "break-word, back-word, such as in-word=1. It is kept for the office."
            ),
        ),
    ] = None
    accept: Annotated[
        list[str] | None,
        options.several(
            N_("NUMBER"),
            _("Accept the difference of this number on the page, or all."),
        ),
    ] = None
    as_planned: Annotated[
        list[str] | None,
        options.several(
            N_("NUMBER"),
            _("Leave the roster as it is there: a number, or all that is undecided."),
        ),
    ] = None
    again: Annotated[
        bool,
        typer.Option("--again", help=_("Open a month that is closed already.")),
    ] = False

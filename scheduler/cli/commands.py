"""The commands with their arguments and options, and the help of these.

The work is done in a module per command, imported only when the command is called, so
that ``--help`` is quick.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import file_arguments, options
from scheduler.cli.failures import WrongUse
from scheduler.cli.file_arguments import OtherRosters
from scheduler.cli.option_groups import OldSpelling, PlansWanted, Printed
from scheduler.cli.options import (
    Closing,
    Events,
    OfficeExtras,
    OfficeLimits,
    PeriodOptions,
    RosterExtras,
    RosterLimits,
    SearchOptions,
    ThreadLimits,
)
from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _

MONTH = re.compile(r"[0-9]{4}-[0-9]{1,2}")
"""A month where a file is expected: nobody names a workbook so."""


def init(
    session: Session,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("FILE"),
            help=_(
                "Workbook to write; in inputs/ if not given. A month alone, such as "
                "2027-01, is the month to plan."
            ),
        ),
    ] = None,
    period: PeriodOptions = PeriodOptions(),
    sample: Annotated[
        str | None,
        typer.Option(
            metavar=_("NAME"),
            help=_(
                "A filled-in office instead: sakura, small, tight, short, kantaki, or "
                "komorebi with its satellite tsubomi."
            ),
        ),
    ] = None,
    staff: Annotated[int, options.staff_lines()] = 30,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar=_("ROSTER"),
            help=_(
                "Last month's roster as it was worked: staff, settings, tail and "
                "ledger are taken over, by default for the period right after."
            ),
        ),
    ] = None,
) -> int:
    """Write an input workbook."""
    from scheduler.cli.init import write_following, write_input

    if path is not None and period.is_empty and MONTH.fullmatch(str(path)):
        path, period = None, PeriodOptions(month=str(path))
    if previous is None:
        return write_input(session, path, period, sample, staff)
    return write_following(session, path, period, sample, previous, staff)


def precheck(
    session: Session,
    source: Annotated[Path, options.input_file()],
    satellites: Annotated[list[Path] | None, file_arguments.satellites()] = None,
) -> int:
    """Read, count, say every sum."""
    from scheduler.cli.precheck import precheck_input

    return precheck_input(session, source, satellites or ())


def roster(
    session: Session,
    source: Annotated[Path, options.input_file()],
    satellites: Annotated[list[Path] | None, file_arguments.satellites()] = None,
    output: Annotated[
        Path | None,
        options.output(_("Roster to write, .xlsx or .json; in outputs/ if not given.")),
    ] = None,
    neighbours: OtherRosters = OtherRosters(),
    limits: RosterLimits = RosterLimits(300.0),
    extras: RosterExtras = RosterExtras(),
    printed: Printed = Printed(),
) -> int:
    """Read, solve, audit, write and sum up."""
    if satellites and neighbours.main is not None:
        raise WrongUse(_("Name either the satellites or the main office's roster."))
    if satellites:
        from scheduler.cli.houses import make_rosters

        houses = [source, *satellites]
        given = limits.of_search(), extras, printed, neighbours
        return make_rosters(session, houses, output, *given)
    from scheduler.cli.roster import make_roster

    given = limits.of_search(), extras, printed, neighbours
    return make_roster(session, source, output, *given)


def batch(
    session: Session,
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar=_("INPUT..."),
            help=_("Input workbooks (.xlsx) or .json, such as inputs/*.xlsx."),
        ),
    ],
    output: Annotated[
        Path | None,
        options.output(_("Folder to write into; outputs/ if not given."), N_("FOLDER")),
    ] = None,
    processes: Annotated[
        int | None,
        options.processes(
            _("Offices at a time on this machine; one a core if not given.")
        ),
    ] = None,
    # The default holds even where every core has an office of its own: with fewer
    # threads, proofs take so much longer that nothing is gained (benchmarks.batch).
    workers: Annotated[
        int,
        options.threads(
            _("Parallel workers of each office's search."), "--workers-per-office"
        ),
    ] = 8,
    address: Annotated[str | None, options.dask()] = None,
    limits: OfficeLimits = OfficeLimits(),
    extras: OfficeExtras = OfficeExtras(),
) -> int:
    """Make every roster, whatever becomes of the others, and sum up."""
    from scheduler.cli.arguments import Processes
    from scheduler.cli.batch import make_rosters

    search = replace(limits.of_search(), workers=workers)
    crew = Processes(processes, address)
    return make_rosters(session, sources, output, crew, search, extras)


def whatif(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    satellites: Annotated[list[Path] | None, file_arguments.satellites()] = None,
    told: Events = Events(),
    wanted: PlansWanted = PlansWanted(),
    output: Annotated[
        Path | None,
        options.output(_("First plan; beside the roster if not given.")),
    ] = None,
    old: OldSpelling = OldSpelling(),
    limits: ThreadLimits = ThreadLimits(),
) -> int:
    """Plan the rest of the month again, and write a file for each plan."""
    from scheduler.cli.plans import PlanFiles
    from scheduler.cli.whatif import whatif

    files, search = PlanFiles(source, output), limits.of_search()
    given = wanted, search, old, satellites or ()
    return whatif(session, files, told, *given)


def scenarios(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    sheet: Annotated[
        Path | None,
        typer.Option(
            metavar=_("FILE"),
            help=_("Workbook whose sheet もしも is read; the roster's if not given."),
        ),
    ] = None,
    start: Annotated[
        str | None,
        options.date(_("First date that may change, where the sheet says none.")),
    ] = None,
    plans: Annotated[
        int,
        typer.Option(
            min=1,
            max=options.MOST_PLANS,
            metavar=_("NUMBER"),
            help=_("Plans to choose from of each."),
        ),
    ] = 1,
    output: Annotated[
        Path | None,
        options.output(_("Comparison; beside the roster if not given.")),
    ] = None,
    limits: ThreadLimits = ThreadLimits(),
) -> int:
    """Plan every what-if of a sheet, and compare them."""
    from scheduler.cli.scenarios import plan_scenarios

    given = source, sheet or source, start, plans, output, limits.of_search()
    return plan_scenarios(session, *given)


def accept(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    plan: Annotated[
        str,
        typer.Argument(
            metavar=_("NUMBER|PLAN"),
            help=_("The plan: its number if it lies beside the roster, or its file."),
        ),
    ],
    why: Annotated[
        str, typer.Option(metavar=_("TEXT"), help=_("What is to be remembered of it."))
    ] = "",
) -> int:
    """Make a plan the roster."""
    from scheduler.cli.accepted import accept_plan
    from scheduler.cli.plans import plan_meant

    return accept_plan(session, source, plan_meant(source, plan), why)


def room(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    changes: Annotated[
        int,
        typer.Option(
            min=0,
            metavar=_("NUMBER"),
            max=6,
            help=_("Most cells that may change for one number of guests."),
        ),
    ] = 2,
    dates: Annotated[
        list[str] | None,
        options.several(
            "DATES",
            _(
                "Only these dates: 2026-12-14..16, or one date; may be given several "
                "times."
            ),
        ),
    ] = None,
    start: Annotated[
        str | None,
        options.date(_("First date that may change; that of the period if not given.")),
    ] = None,
    output: Annotated[Path | None, options.page_file()] = None,
    limits: SearchOptions = SearchOptions(600.0),
) -> int:
    """Ask of each date how many more can come, and write the page."""
    from scheduler.cli.room import look_for_room

    return look_for_room(session, source, changes, dates or (), start, output, limits)


def substitutes(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    date: Annotated[
        str,
        typer.Argument(metavar=_("DATE"), help=_("Date on which the shift begins.")),
    ],
    symbol: Annotated[
        str,
        typer.Argument(
            metavar=_("SYMBOL"),
            help=_("Symbol of the shift, or 宿直 for the night on call."),
        ),
    ],
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=_("NAME"),
            help=_(
                "Who is to be released from it, where several have it; the beginning "
                "of a name is enough."
            ),
        ),
    ] = None,
    start: Annotated[
        str | None,
        options.date(_("First date that may change; that of the shift if not given.")),
    ] = None,
    others: Annotated[
        int,
        typer.Option(
            min=0,
            metavar=_("NUMBER"),
            max=5,
            help=_("How many other people's days may change as well."),
        ),
    ] = 2,
    limits: SearchOptions = SearchOptions(),
) -> int:
    """Ask of everybody whether they can, and list them with the reasons."""
    from scheduler.cli.substitutes import Asked, list_substitutes

    asked = Asked(date, symbol, instead_of, start)
    return list_substitutes(session, source, asked, others, limits.of_search())


def resilience(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    start: Annotated[
        str | None,
        options.date(_("First date to look at; that of the period if not given.")),
    ] = None,
    output: Annotated[Path | None, options.page_file()] = None,
    processes: Annotated[
        int | None,
        options.processes(_("Processes on this machine; one a core if not given.")),
    ] = None,
    address: Annotated[str | None, options.dask()] = None,
    limits: SearchOptions = SearchOptions(1800.0),
) -> int:
    """Judge every single absence, tell the score, and write the map."""
    from scheduler.cli.arguments import Processes
    from scheduler.cli.resilience import judge_absences

    crew = Processes(processes, address)
    return judge_absences(session, source, start, output, crew, limits)


def close(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    closing: Closing = Closing(),
) -> int:
    """Close a month into the record of the year."""
    from scheduler.cli.actual import close_month

    return close_month(session, source, closing)


def slips(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    output: Annotated[
        Path | None,
        options.output(
            _("Folder to write into; one in outputs/ if not given."), N_("FOLDER")
        ),
    ] = None,
    person: Annotated[
        list[str] | None,
        options.several(N_("NAME"), _("Only this person; may be given several times.")),
    ] = None,
) -> int:
    """Write slips and calendars."""
    from scheduler.cli.check import write_slips

    return write_slips(session, source, output, person or ())

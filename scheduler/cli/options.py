"""Options shared by several commands, and groups of options.

A command takes options one by one or in groups: dataclasses whose fields are options,
which `typer_command` unfolds for typer.  Options are functions, called when the
annotations are evaluated, so that their help is in the language chosen by then.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.solver.search import SearchLimits

Command = Callable[..., int]
"""A command: takes a session and options, returns the exit code."""

MOST_PLANS = 9
"""Most plans for the rest of a month."""


def typer_command(command: Command) -> Callable[..., None]:
    """Return a function for typer that calls a command.

    It has one parameter for each option, fields of groups included, from which it
    builds the groups.  The session comes from typer's context, and the command's return
    value is the exit code.
    """
    hints = get_type_hints(command, include_extras=True)
    context = inspect.Parameter(
        "context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context
    )
    parameters, groups = [context], {}
    for given in inspect.signature(command).parameters.values():
        kind = hints[given.name]
        if kind is Session:
            continue
        if isinstance(kind, type) and is_dataclass(kind):
            groups[given.name] = kind
            parameters += _fields(kind, given.default)
        else:
            kept = given.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=kind)
            parameters.append(kept)

    def called(context: typer.Context, **options: Any) -> None:
        values = {
            name: group(**{one.name: options.pop(one.name) for one in fields(group)})
            for name, group in groups.items()
        }
        raise typer.Exit(command(session=context.obj, **values, **options))

    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return called


def _fields(group: type, given: object) -> list[inspect.Parameter]:
    """Return a parameter for each option of a group.

    Defaults come from ``given``, the group's default value, or else from its fields.
    """
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=getattr(given, one.name, one.default),
            annotation=hints[one.name],
        )
        for one in fields(group)
    ]


def roster_file() -> Any:
    """Return the argument for a finished roster (a path)."""
    text = _("Roster workbook (.xlsx), or .json from `roster`.")
    return typer.Argument(metavar=_("ROSTER"), help=text)


def input_file() -> Any:
    """Return the argument for an input (a path)."""
    return typer.Argument(
        metavar=_("INPUT"), help=_("Input workbook (.xlsx) or .json.")
    )


def output(text: str, metavar: str = N_("FILE")) -> Any:
    """Return the option for the file or folder to write (a path)."""
    return typer.Option("--output", "-o", metavar=_(metavar), help=text)


def page_file() -> Any:
    """Return the option for a workbook written beside the roster (a path)."""
    return output(_("Workbook to write; beside the roster if not given."))


def date(text: str, name: str = "--from", metavar: str = N_("DATE")) -> Any:
    """Return an option for a date as typed (a text)."""
    return typer.Option(name, metavar=_(metavar), help=text)


def several(metavar: str, text: str, name: str | None = None) -> Any:
    """Return an option that may be given several times (a list of texts)."""
    return typer.Option(*([name] if name else []), metavar=_(metavar), help=text)


def number(least: int, most: int, text: str, *names: str) -> Any:
    """Return an option for a number within limits."""
    return typer.Option(*names, min=least, max=most, metavar=_("NUMBER"), help=text)


def processes(text: str) -> Any:
    """Return the option for the number of processes."""
    return number(1, 512, text)


def threads(text: str, *names: str) -> Any:
    """Return the option for the number of threads of a search."""
    return number(1, 64, text, *names)


def dask() -> Any:
    """Return the option for the address of a Dask scheduler (a text)."""
    text = _("Search on the Dask cluster with this scheduler: tcp://host:8786.")
    return typer.Option("--dask", metavar=_("ADDRESS"), help=text)


def seconds(text: str) -> Any:
    """Return the option for the time limit of a search, in seconds."""
    return typer.Option(min=1, max=86400, metavar=_("SECONDS"), help=text)


def advice(text: str) -> Any:
    """Return the option that switches advice on or off (a flag)."""
    return typer.Option("--advice/--no-advice", help=text)


def month_advice() -> Any:
    """Return the option for advice where a whole month is made (a flag)."""
    return advice(_("Where the month cannot be legal, look for causes and repairs."))


def robust(text: str) -> Any:
    """Return the option for a roster with people in reserve (a flag)."""
    return typer.Option("--robust/--no-robust", help=text)


def satellites() -> Any:
    """Return the argument for files of satellites beside their main's (paths)."""
    text = _("Those of one or two satellites, to be planned with their main office.")
    return typer.Argument(metavar=_("SATELLITE..."), help=text)


def travel() -> Any:
    """Return the option for the minutes between two offices."""
    text = _(
        "Minutes of travel between two offices, for people lent where an office is "
        "short. A kind of day worked in the other office goes before."
    )
    return typer.Option(min=0, max=180, metavar=_("MINUTES"), help=text)


@dataclass(frozen=True)
class SearchOptions:
    """Time limit and seed of a search."""

    time_limit: Annotated[
        float,
        seconds(
            _("Seconds for the search and all that follows: causes, repairs, reasons.")
        ),
    ] = 60.0
    seed: Annotated[
        int,
        number(
            0,
            2**31 - 1,
            _(
                "Another number searches another way, and may find another roster as "
                "good. Seldom needed."
            ),
        ),
    ] = 0

    def of_search(self) -> SearchLimits:
        """Return the options as limits of a search."""
        from scheduler.solver.search import SearchLimits

        given = asdict(self)
        return SearchLimits(given.pop("time_limit"), **given)


@dataclass(frozen=True)
class ThreadLimits(SearchOptions):
    """Time limit, seed and threads of a search."""

    workers: Annotated[int, threads(_("Parallel workers of the search."))] = 8


@dataclass(frozen=True)
class RosterLimits(ThreadLimits):
    """Limits of the search for one office's roster, which may be repeatable."""

    repeatable: Annotated[
        bool,
        typer.Option(
            "--repeatable",
            help=_(
                "The same input gives the same roster to the cell; takes several "
                "times as long, and the limit counts work instead of seconds."
            ),
        ),
    ] = False


@dataclass(frozen=True)
class RosterExtras:
    """Additional work besides the roster; the fields of `scheduler.advice.Wanted`."""

    candidates: Annotated[
        int,
        number(
            1,
            5,
            _(
                "Rosters to choose from, as good as each other, each in a file of its "
                "own: they differ in who carries what."
            ),
        ),
    ] = 1
    advice: Annotated[bool, month_advice()] = True
    robust: Annotated[
        bool,
        robust(
            _(
                "Of rosters equally good, look for one in which an absence finds "
                "somebody in reserve; 45 seconds at most, within the limit. Of "
                "several candidates, for the first alone."
            )
        ),
    ] = False
    one_more: Annotated[
        bool,
        typer.Option(
            "--one-more",
            help=_("Also work out what one more person would bring."),
        ),
    ] = False


@dataclass(frozen=True)
class PeriodOptions:
    """The period to plan: a month, or its first and last date."""

    month: Annotated[
        str | None, date(_("The calendar month to plan."), "--month", N_("YYYY-MM"))
    ] = None
    first: Annotated[
        str | None,
        date(_("First date, for another period."), "--from", N_("YYYY-MM-DD")),
    ] = None
    last: Annotated[str | None, date(_("Last date."), "--to", N_("YYYY-MM-DD"))] = None

    @property
    def is_empty(self) -> bool:
        """Whether no period is given."""
        return not (self.month or self.first or self.last)


@dataclass(frozen=True)
class OtherOffices:
    """Other offices of the operator that may lend people."""

    neighbour: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=_("ROSTER"),
            help=_(
                "Finished roster of another office of the operator. If people are "
                "missing, it is told who of it could come, on which date. May be given "
                "several times."
            ),
        ),
    ] = None
    travel: Annotated[int, travel()] = 30


@dataclass(frozen=True)
class OtherRosters(OtherOffices):
    """Finished rosters of other offices: the main one, and those that may lend."""

    main: Annotated[
        Path | None,
        typer.Option(
            metavar=_("ROSTER"),
            help=_(
                "For a satellite alone: the main office's finished roster. Who works "
                "in both is where it says."
            ),
        ),
    ] = None

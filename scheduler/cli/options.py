"""Options shared by several commands, and groups of options.

A command takes options one by one or in groups: dataclasses whose fields are options,
which `typer_command` unfolds for typer.  Options are functions, called when the
annotations are evaluated, so that their help is in the language chosen by then.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from scheduler.cli import file_arguments
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


def processes(text: str) -> Any:
    """Return the option for the number of processes."""
    return typer.Option(min=1, max=512, metavar=_("NUMBER"), help=text)


def threads(text: str, *names: str) -> Any:
    """Return the option for the number of threads of a search."""
    return typer.Option(*names, min=1, max=64, metavar=_("NUMBER"), help=text)


def dask() -> Any:
    """Return the option for the address of a Dask scheduler (a text)."""
    text = _("Search on the Dask cluster with this scheduler: tcp://host:8786.")
    return typer.Option("--dask", metavar=_("ADDRESS"), help=text)


def seconds(text: str) -> Any:
    """Return the option for the time limit of a search, in seconds."""
    return typer.Option(min=1, max=86400, metavar=_("SECONDS"), help=text)


def _all_seconds() -> Any:
    return seconds(
        _("Seconds for the search and all that follows: causes, repairs, reasons.")
    )


def _seed() -> Any:
    return typer.Option(
        min=0,
        max=2**31 - 1,
        metavar=_("NUMBER"),
        help=_(
            "Another number searches another way, and may find another roster as good."
            " Seldom needed."
        ),
    )


def advice(text: str) -> Any:
    """Return the option that switches advice on or off (a flag)."""
    return typer.Option("--advice/--no-advice", help=text)


def month_advice() -> Any:
    """Return the option for advice where a whole month is made (a flag)."""
    return advice(_("Where the month cannot be legal, look for causes and repairs."))


def robust(text: str) -> Any:
    """Return the option for a roster with people in reserve (a flag)."""
    return typer.Option("--robust/--no-robust", help=text)


@dataclass(frozen=True)
class SearchOptions:
    """Time limit and seed of a search."""

    time_limit: Annotated[float, _all_seconds()] = 60.0
    seed: Annotated[int, _seed()] = 0

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
class OfficeLimits(SearchOptions):
    """Time limit and seed of the search for each office of a batch."""

    time_limit: Annotated[
        float, seconds(_("Seconds for each office, as in `roster`."))
    ] = 300.0


@dataclass(frozen=True)
class OfficeExtras:
    """Additional work for each office of a batch."""

    advice: Annotated[bool, month_advice()] = True
    robust: Annotated[
        bool,
        robust(
            _(
                "Of rosters equally good, look for one in which an absence finds "
                "somebody in reserve; 45 seconds at most, within the limit."
            )
        ),
    ] = False
    travel: Annotated[int, file_arguments.travel()] = 30


@dataclass(frozen=True)
class RosterExtras:
    """Additional work besides the roster; the fields of `scheduler.advice.Wanted`."""

    candidates: Annotated[
        int,
        typer.Option(
            min=1,
            max=5,
            metavar=_("NUMBER"),
            help=_(
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
class Closing:
    """What goes into the record of the year, and where."""

    users: Annotated[
        Path | None,
        typer.Option(
            metavar=_("INPUT"),
            help=_(
                "Input whose sheet of expected users has those who came; the roster's "
                "own numbers if not given."
            ),
        ),
    ] = None
    folder: Annotated[
        Path | None,
        output(_("Folder of the record; that of the roster if not given."), "FOLDER"),
    ] = None
    again: Annotated[
        bool,
        typer.Option(
            "--again", help=_("Replace what was closed before with other numbers.")
        ),
    ] = False


def staff_lines() -> Any:
    """Return the option of the lines for staff."""
    text = _("Lines for staff.")
    return typer.Option(min=1, max=200, metavar=_("NUMBER"), help=text)


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
class Events:
    """The events given on the command line: the values of each option, in order."""

    absent: Annotated[
        list[str] | None,
        several(
            N_("NAME=DATES"),
            _(
                "Somebody is ill: 佐藤=2026-12-14..16, or one date. All of these may "
                "be given several times; the beginning of a name is enough."
            ),
        ),
    ] = None
    leave: Annotated[
        list[str] | None,
        several(N_("NAME=DATE"), _("Somebody leaves; the date is the last day.")),
    ] = None
    join: Annotated[
        list[str] | None,
        several(
            N_("NAME=DATE:LIKE"),
            _(
                "Somebody new comes on the date, to work as somebody of the staff "
                "does: 鈴木=2026-12-15:佐藤."
            ),
        ),
    ] = None
    shift: Annotated[
        list[str] | None,
        several(
            N_("NAME=DATE:SYMBOL"),
            _("A cell is to say this: 佐藤=2026-12-14:日, also 休 or 有."),
        ),
    ] = None
    overnight: Annotated[
        list[str] | None, several(N_("DATE=N"), _("So many guests stay that night."))
    ] = None
    day_users: Annotated[
        list[str] | None, several(N_("DATE=N"), _("So many day users come."))
    ] = None
    visits: Annotated[
        list[str] | None, several(N_("DATE=N"), _("So many visits are made."))
    ] = None
    start: Annotated[
        str | None,
        date(_("First date that may change; the first that does if not given.")),
    ] = None

    @property
    def is_empty(self) -> bool:
        """Whether no event is given; the first date that may change is not one."""
        return not any(
            getattr(self, one.name) for one in fields(self) if one.name != "start"
        )


class Document(StrEnum):
    """The JSON documents that have a schema."""

    PROBLEM = "problem"
    ROSTER = "roster"
    FINDING = "finding"
    DOCUMENT = "document"
    """The file of ``shotaki roster -o FILE.json``: all of the above and a summary."""

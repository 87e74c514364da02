"""What the commands take: options that several have alike, and groups of options.

A command takes its options singly or in groups; a group is a dataclass whose fields are
options, and `typer_command` makes of a command what typer calls.  Annotations are
evaluated when the language of the help is known, so that what an option says of itself
is the result of a function.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from scheduler.cli.session import Session
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.solver.search import SearchLimits

Command = Callable[..., int]
"""Takes a session and options, and returns the exit code."""

MOST_PLANS = 9
"""Plans for the rest of a month, at most."""


def typer_command(command: Command) -> Callable[..., None]:
    """Return a command as typer calls it: one parameter for each single option.

    Its session comes from typer's context, its groups of options are made from their
    fields, and what it returns is the exit code.
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
    """Return the options of a group; its default says theirs, if it has one."""
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
    """Return the argument that names a finished roster: a path."""
    text = _("Roster workbook (.xlsx), or .json from `roster`.")
    return typer.Argument(metavar="ROSTER", help=text)


def input_file() -> Any:
    """Return the argument that names an input: a path."""
    return typer.Argument(metavar="INPUT", help=_("Input workbook (.xlsx) or .json."))


def output(text: str, metavar: str = "FILE") -> Any:
    """Return the option for what is written: a path."""
    return typer.Option("--output", "-o", metavar=metavar, help=text)


def page_file() -> Any:
    """Return the option for the workbook of a page beside the roster: a path."""
    return output(_("Workbook to write; beside the roster if not given."))


def date(text: str, name: str = "--from", metavar: str = "DATE") -> Any:
    """Return an option for a date, as somebody writes it: a text."""
    return typer.Option(name, metavar=metavar, help=text)


def several(metavar: str, text: str, name: str | None = None) -> Any:
    """Return an option that may be given several times: a list of texts."""
    return typer.Option(*([name] if name else []), metavar=metavar, help=text)


def processes(text: str) -> Any:
    """Return the option for how many processes work: a number."""
    return typer.Option(min=1, max=512, help=text)


def threads(text: str, *names: str) -> Any:
    """Return the option for the threads of a search: a number."""
    return typer.Option(*names, min=1, max=64, help=text)


def dask() -> Any:
    """Return the option for the address of a Dask scheduler: a text."""
    text = _("Search on the Dask cluster with this scheduler: tcp://host:8786.")
    return typer.Option("--dask", metavar="ADDRESS", help=text)


def seconds(text: str) -> Any:
    """Return the option for the time of a search: a number."""
    return typer.Option(min=1, max=86400, help=text)


def _all_seconds() -> Any:
    return seconds(
        _("Seconds for the search and all that follows: causes, repairs, reasons.")
    )


def _seed() -> Any:
    return typer.Option(min=0, max=2**31 - 1, help=_("Seed of the search."))


def advice(text: str) -> Any:
    """Return the option for what is looked for where nothing is legal: yes or no."""
    return typer.Option("--advice/--no-advice", help=text)


def month_advice() -> Any:
    """Return the same option where a whole month is made."""
    return advice(_("Where the month cannot be legal, look for causes and repairs."))


def robust(text: str) -> Any:
    """Return the option for a roster with people in reserve: yes or no."""
    return typer.Option("--robust/--no-robust", help=text)


@dataclass(frozen=True)
class SearchOptions:
    """Time and seed of a search."""

    time_limit: Annotated[float, _all_seconds()] = 60.0
    seed: Annotated[int, _seed()] = 0

    def of_search(self) -> SearchLimits:
        """Return them as a search takes them."""
        from scheduler.solver.search import SearchLimits

        given = asdict(self)
        return SearchLimits(given.pop("time_limit"), **given)


@dataclass(frozen=True)
class ThreadLimits(SearchOptions):
    """The same with the threads of the search."""

    workers: Annotated[int, threads(_("Parallel workers of the search."))] = 8


@dataclass(frozen=True)
class RosterLimits(ThreadLimits):
    """The same where work can be counted instead of time."""

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
    """Time and seed of the search of each of many offices."""

    time_limit: Annotated[
        float, seconds(_("Seconds for each office, as in `roster`."))
    ] = 300.0


@dataclass(frozen=True)
class OfficeExtras:
    """What is done beside each office's roster."""

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


@dataclass(frozen=True)
class RosterExtras:
    """What is done beside the roster; the fields of `scheduler.advice.Wanted`."""

    candidates: Annotated[
        int,
        typer.Option(
            min=1,
            max=5,
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
class PeriodOptions:
    """The period to plan: a month, or its first and last date."""

    month: Annotated[
        str | None, date(_("The calendar month to plan."), "--month", "YYYY-MM")
    ] = None
    first: Annotated[
        str | None, date(_("First date, for another period."), "--from", "YYYY-MM-DD")
    ] = None
    last: Annotated[str | None, date(_("Last date."), "--to", "YYYY-MM-DD")] = None

    @property
    def is_empty(self) -> bool:
        """Whether no period is told."""
        return not (self.month or self.first or self.last)


@dataclass(frozen=True)
class Events:
    """What has happened, as the line tells it: the values of each option, in order."""

    absent: Annotated[
        list[str] | None,
        several(
            "NAME=DATES",
            _(
                "Somebody is ill: 佐藤=2026-12-14..16, or one date. All of these may "
                "be given several times; the beginning of a name is enough."
            ),
        ),
    ] = None
    leave: Annotated[
        list[str] | None,
        several("NAME=DATE", _("Somebody leaves; the date is the last day.")),
    ] = None
    join: Annotated[
        list[str] | None,
        several(
            "NAME=DATE:LIKE",
            _(
                "Somebody new comes on the date, to work as somebody of the staff "
                "does: 鈴木=2026-12-15:佐藤."
            ),
        ),
    ] = None
    shift: Annotated[
        list[str] | None,
        several(
            "NAME=DATE:SYMBOL",
            _("A cell is to say this: 佐藤=2026-12-14:日, also 休 or 有."),
        ),
    ] = None
    overnight: Annotated[
        list[str] | None, several("DATE=N", _("So many guests stay that night."))
    ] = None
    day_users: Annotated[
        list[str] | None, several("DATE=N", _("So many day users come."))
    ] = None
    visits: Annotated[
        list[str] | None, several("DATE=N", _("So many visits are made."))
    ] = None
    start: Annotated[
        str | None,
        date(_("First date that may change; the first that does if not given.")),
    ] = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said to happen; from when plans begin is no happening."""
        return not any(
            getattr(self, one.name) for one in fields(self) if one.name != "start"
        )


def _old(*names: str, **limits: Any) -> Any:
    """Return an option that has become a command: it is taken, and not shown."""
    return typer.Option(*names, hidden=True, **limits)


@dataclass(frozen=True)
class OldSpelling:
    """What `whatif` took before `scenarios` and `accept` were commands."""

    scenarios: Annotated[bool, _old("--scenarios")] = False
    sheet: Annotated[Path | None, _old("--scenarios-from")] = None
    accept: Annotated[int | None, _old("--accept", min=1, max=MOST_PLANS)] = None
    why: Annotated[str | None, _old("--why")] = None


class Document(StrEnum):
    """The JSON documents that have a schema."""

    PROBLEM = "problem"
    ROSTER = "roster"
    FINDING = "finding"
    DOCUMENT = "document"
    """What ``shotaki roster -o FILE.json`` writes: all of the above and a summary."""

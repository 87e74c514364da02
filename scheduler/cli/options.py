"""Options shared by several commands, and groups of options.

A command takes options one by one or in groups: dataclasses whose fields are options,
which `typer_command` unfolds for typer.  What each is for stands in
``wording/options.toml``, translated when a command is asked for.
"""

from __future__ import annotations

import inspect
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

import typer

from scheduler.cli.session import Session
from scheduler.wording.translation import _, sentences

if TYPE_CHECKING:
    from scheduler.solver.search import SearchLimits

Command = Callable[..., int]
"""A command: takes a session and options, returns the exit code."""

EVERY = "every"
"""Section of the texts that several commands have in common."""

MOST_PLANS = 9
"""Most plans for the rest of a month."""

Output = Annotated[Path | None, typer.Option("--output", "-o")]
Satellites = Annotated[list[Path] | None, typer.Argument()]
"""Files of satellites beside their main office's."""
StartDate = Annotated[str | None, typer.Option("--from")]
"""A date as typed."""
Processes = Annotated[int | None, typer.Option(min=1, max=512)]
Cluster = Annotated[str | None, typer.Option("--dask")]
"""Address of a Dask scheduler."""
Seconds = Annotated[float, typer.Option(min=1, max=86400)]
Minutes = Annotated[int, typer.Option(min=0, max=180)]
Robust = Annotated[bool, typer.Option("--robust/--no-robust")]


def typer_command(name: str, command: Command) -> Callable[..., None]:
    """Return a function for typer that calls a command.

    It has one parameter for each option, fields of groups included, from which it
    builds the groups.  The session comes from typer's context, and the command's return
    value is the exit code.

    Parameters
    ----------
    name
        The command as typed; its texts stand under it.
    """
    context = inspect.Parameter(
        "context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context
    )
    parameters, groups = [context], {}
    hints = get_type_hints(command, include_extras=True)
    tables = sentences("options")
    for given in inspect.signature(command).parameters.values():
        kind = hints[given.name]
        if kind is Session:
            continue
        if isinstance(kind, type) and is_dataclass(kind):
            groups[given.name] = kind
            sections = [one.__name__ for one in kind.__mro__]
            parameters += _fields(kind, given.default, _texts(tables, sections))
        else:
            texts = _texts(tables, [name])
            parameters.append(_parameter(given.name, kind, given.default, texts))

    def called(context: typer.Context, **options: Any) -> None:
        values = {
            name: group(**{one.name: options.pop(one.name) for one in fields(group)})
            for name, group in groups.items()
        }
        raise typer.Exit(command(session=context.obj, **values, **options))

    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return called


Texts = Mapping[str, str | list[str]]
"""By parameter its text; of one that has a value its metavar before it."""


def _texts(tables: Mapping[str, Any], sections: Iterable[str]) -> Texts:
    """Return the texts of some sections, the first before others."""
    return ChainMap(*(tables.get(one, {}) for one in (*sections, EVERY)))


def _fields(group: type, given: object, texts: Texts) -> list[inspect.Parameter]:
    """Return a parameter for each option of a group.

    Defaults come from ``given``, the group's default value, or else from its fields.
    """
    hints = get_type_hints(group, include_extras=True)
    return [
        _parameter(
            one.name, hints[one.name], getattr(given, one.name, one.default), texts
        )
        for one in fields(group)
    ]


def _parameter(
    name: str, kind: Any, default: object, texts: Texts
) -> inspect.Parameter:
    """Return a parameter as typer reads it, with its text.

    Without a mark of typer it is an argument if it has no default, a flag without a
    negative if it is ``False``, else an option.
    """
    is_marked = get_origin(kind) is Annotated
    base, mark = get_args(kind) if is_marked else (kind, None)
    if mark is not None:
        mark = copy(mark)
    elif default is inspect.Parameter.empty:
        mark = typer.Argument()
    else:
        flag = [f"--{name.replace('_', '-')}"] if default is False else []
        mark = typer.Option(*flag)
    if not mark.hidden:
        told = texts[name]
        *metavar, text = [told] if isinstance(told, str) else told
        mark.help, mark.metavar = _(text), next(map(_, metavar), None)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[base, mark],
    )


@dataclass(frozen=True)
class SearchOptions:
    """Time limit and seed of a search."""

    time_limit: Seconds = 60.0
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1)] = 0

    def of_search(self) -> SearchLimits:
        """Return the options as limits of a search."""
        from scheduler.solver.search import SearchLimits

        given = asdict(self)
        return SearchLimits(given.pop("time_limit"), **given)


@dataclass(frozen=True)
class ThreadLimits(SearchOptions):
    """Time limit, seed and threads of a search."""

    workers: Annotated[int, typer.Option(min=1, max=64)] = 8


@dataclass(frozen=True)
class RosterLimits(ThreadLimits):
    """Limits of the search for one office's roster, which may be repeatable."""

    repeatable: bool = False


@dataclass(frozen=True)
class RosterExtras:
    """Additional work besides the roster; the fields of `scheduler.advice.Wanted`."""

    candidates: Annotated[int, typer.Option(min=1, max=5)] = 1
    advice: bool = True
    robust: Robust = False
    one_more: bool = False


@dataclass(frozen=True)
class PeriodOptions:
    """The period to plan: a month, or its first and last date."""

    month: str | None = None
    first: StartDate = None
    last: Annotated[str | None, typer.Option("--to")] = None

    @property
    def is_empty(self) -> bool:
        """Whether no period is given."""
        return not (self.month or self.first or self.last)


@dataclass(frozen=True)
class OtherOffices:
    """Other offices of the operator that may lend people."""

    neighbour: list[Path] | None = None
    travel: Minutes = 30


@dataclass(frozen=True)
class OtherRosters(OtherOffices):
    """Finished rosters of other offices: the main one, and those that may lend.

    With them one of the month itself, from which the search begins.
    """

    main: Path | None = None
    former: Path | None = None

"""``shotaki room``: how many more guests can come, and whom to ask for that."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.arguments import checked_output
from scheduler.cli.failures import WrongUse
from scheduler.cli.screen import table
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.cli.session import Session
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.room import Room
    from scheduler.files.workbook.roster import RosterFile

CHANGES = 2
MOST_CHANGES = 6
SECONDS = 600.0
WORKBOOK = ".xlsx"
RANGE = ".."


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
    changes: Annotated[
        int,
        typer.Option(
            min=0,
            max=MOST_CHANGES,
            help=_("Most cells that may change for one number of guests."),
        ),
    ] = CHANGES,
    dates: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATES",
            help=_(
                "Only these dates: 2026-12-14..16, or one date; may be given several "
                "times."
            ),
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=_("First date that may change; that of the period if not given."),
        ),
    ] = None,
    output: Annotated[Path | None, options.page_file()] = None,
    time_limit: Annotated[float, options.time_limit()] = SECONDS,
    seed: Annotated[int, options.seed()] = 0,
) -> None:
    """Read back, ask of each date, list it, and write the page to answer calls with."""
    session: Session = context.obj
    from scheduler.domain.errors import Exit
    from scheduler.files.rosters import read_roster
    from scheduler.files.workbook.roster import write_room

    file = read_roster(source)
    now, wanted = _dates(file.problem.period, dates or (), start)
    path = _path(output, source)
    rooms = _rooms(session, file, changes, now, wanted, time_limit, seed)
    for line in _lines(rooms, file.problem, changes, detailed=dates is not None):
        session.say(line)
    written = session.keep(
        lambda place: write_room(file.problem, rooms, changes, place), path
    )
    code = session.code(Exit.DONE)
    session.say("")
    session.say(_("Room for guests written: {path}").format(path=written))
    session.say_left(path, written)
    session.give(
        {
            "exit": int(code),
            "path": str(written),
            "changes": changes,
            "rooms": [_data(room, file.problem) for room in rooms],
        }
    )
    raise typer.Exit(code)


def _rooms(
    session: Session,
    file: RosterFile,
    changes: int,
    now: dt.date,
    wanted: Sequence[dt.date],
    seconds: float,
    seed: int,
) -> tuple[Room, ...]:
    """Return the rooms with the ways found until time is up or Ctrl-C is pressed."""
    from scheduler.audit import audit
    from scheduler.audit.figures.more_guests import as_it_stands
    from scheduler.cli.workers import opened
    from scheduler.whatif.room import with_changes

    problem, roster = file.problem, file.roster
    rooms = as_it_stands(problem, roster, audit(problem, roster), wanted)

    def on_done(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{of}" + ("\n" if done == of else ""))
            sys.stderr.flush()

    with (
        session.stopping.within(seconds) as stop,
        opened(most=len(rooms)) as workers,
    ):
        return with_changes(
            problem,
            file.plan,
            roster,
            rooms,
            workers,
            changes=changes,
            now=now,
            seed=seed,
            on_done=on_done,
            stop=stop,
        )


def _path(output: Path | None, source: Path) -> Path:
    name = _("{name}-room").format(name=source.stem) + WORKBOOK
    path = checked_output(output, default=source.with_name(name), of=source)
    if path.suffix.lower() != WORKBOOK:
        message = _("{path}: write to a file that ends in .xlsx.")
        raise WrongUse(message.format(path=path))
    return path


def _dates(
    period: Period, told: Sequence[str], start: str | None
) -> tuple[dt.date, tuple[dt.date, ...]]:
    """Return from when days may change, and the dates wanted from then on."""
    wrong: list[str] = []

    def meant_by(
        option: str, text: str, after: dt.date | None = None
    ) -> dt.date | None:
        from scheduler.audit.consistency.report import outside
        from scheduler.wording.mistakes import mistake_text
        from scheduler.wording.times import parse_date

        date = parse_date(text, period, after)
        if date is None:
            message = _("“{text}” is no date; write it like {example}.")
            wrong.append(
                f"{option}: " + message.format(text=text, example=period.first)
            )
        else:
            wrong.extend(mistake_text(one) for one in outside(period, date, ()))
        return date

    now = period.first if start is None else meant_by("--from", start)
    wanted: set[dt.date] = set()
    for text in told:
        first_text, sign, last_text = text.partition(RANGE)
        first = meant_by("--dates", first_text)
        last = meant_by("--dates", last_text, first) if sign else first
        if first is not None and last is not None:
            wanted.update(date for date in period.dates if first <= date <= last)
    if wrong or now is None:
        raise WrongUse("\n".join(dict.fromkeys(wrong)))
    rest = tuple(
        date for date in period.dates if date >= now and (date in wanted or not told)
    )
    if not rest:
        raise WrongUse(_("--dates names no date from {date} on.").format(date=now))
    return now, rest


def _lines(
    rooms: Sequence[Room], problem: Problem, changes: int, *, detailed: bool
) -> Iterator[str]:
    from scheduler.wording.names import cells_text

    text = _("Room for guests, as it stands and with at most {cells} changed:")
    yield text.format(cells=cells_text(changes))
    yield ""
    yield table([_heads(), *_rows(rooms, problem)], right=RIGHT)
    if detailed:
        for room in rooms:
            yield from _details(room, problem)


RIGHT = {1, 2, 3, 5, 6, 7, 9, 10, 11}
"""Columns of numbers."""


def _heads() -> list[str]:
    from scheduler.domain.room import Service
    from scheduler.wording.room import service_name

    each = (_("More"), _("With changes"), _("Whom to ask"))
    return [
        _("Date"),
        *(text for service in Service for text in (service_name(service), *each)),
    ]


def _rows(rooms: Sequence[Room], problem: Problem) -> Iterator[list[str]]:
    from scheduler.files.workbook.roster.words import short_names
    from scheduler.wording.room import (
        asked_text,
        guideline_text,
        more_text,
        with_changes_text,
    )
    from scheduler.wording.times import date_text

    names = short_names(member.name for member in problem.staff)
    by_date: dict[dt.date, list[str]] = {}
    for room in rooms:
        row = by_date.setdefault(room.date, [date_text(room.date)])
        guided = guideline_text(room)
        more = f"{more_text(room)} ({guided})" if guided else more_text(room)
        row += [str(room.expected), more, with_changes_text(room)]
        row.append(asked_text(room.ways[0], names) if room.ways else "")
    yield from by_date.values()


def _details(room: Room, problem: Problem) -> Iterator[str]:
    """Write what stops the next guest, and what would have to change."""
    from scheduler.wording.room import (
        guideline_text,
        more_text,
        service_name,
        stop_texts,
        way_groups,
        way_texts,
    )
    from scheduler.wording.times import date_text

    yield ""
    yield _("{date} {service}: {expected} expected, {more} more").format(
        date=date_text(room.date),
        service=service_name(room.service),
        expected=room.expected,
        more=more_text(room),
    )
    if guideline_text(room):
        yield f"  {guideline_text(room)}"
    stops = "、".join(stop_texts(room))
    if stops:
        yield "  " + _("the next one meets: {stops}").format(stops=stops)
    for text, way in way_groups(room):
        yield f"  {text}"
        for change in way_texts(way, problem):
            yield f"    - {change}"
    if not room.is_certain:
        yield "  " + _("more than that was not decided")


def _data(room: Room, problem: Problem) -> dict[str, Any]:
    from scheduler.wording.room import stop_texts, way_texts

    return {
        **room.model_dump(mode="json"),
        "with_changes": room.with_changes,
        "stops": list(stop_texts(room)),
        "texts": [list(way_texts(way, problem)) for way in room.ways],
    }

"""The command `room`: how many more guests can come, and whom to ask for that."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.cli import options
from scheduler.cli.arguments import DateReader, Processes, in_house, page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import SearchOptions
from scheduler.cli.screen import ChangingLine, table
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.domain.forecast import Service
from scheduler.domain.homes import HousesFile, homes
from scheduler.domain.period import Period
from scheduler.domain.plan import Room
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.houses import read_month
from scheduler.files.workbook.roster.people import write_room
from scheduler.whatif.room import RoomOrder, with_changes
from scheduler.wording.names import cells_text, name_of, short_names
from scheduler.wording.substitutes import (
    asked_text,
    guideline_text,
    more_text,
    stop_texts,
    way_groups,
    way_texts,
    with_changes_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

RANGE = ".."
"""Separator of the first and last date of a range."""

RIGHT = {1, 2, 3, 5, 6, 7, 9, 10, 11}
"""Columns of the table that contain numbers, aligned to the right."""


def look_for_room(
    session: Session,
    source: Path,
    changes: Annotated[int, typer.Option(min=0, max=6)] = 2,
    dates: list[str] | None = None,
    start: options.StartDate = None,
    output: options.Output = None,
    limits: SearchOptions = SearchOptions(600.0),
) -> Exit:
    """Work out the room for guests on each date, print it, and write the page."""
    file = read_month(source)
    problem = file.problem
    now, wanted = _dates(problem.period, dates or (), start)
    path = page_path(output, source, _("{name}-room"))
    rooms = _rooms(session, file, changes, now, wanted, limits)
    paths = [path]
    if isinstance(file, HousesFile):
        paths = [in_house(path, source, house) for house in file.paths]
    written = []
    for home, target in zip(homes(problem), paths, strict=True):
        name = home.problem.office.name
        own = [room for room in rooms if room.house in {"", name}]
        if len(paths) > 1:
            session.say(f"== {name} ==")
        session.say_all(_lines(own, problem, changes, detailed=bool(dates)))
        write = partial(write_room, problem, own, changes)
        written.append(session.keep(write, target))
        session.say("")
        session.say_written(_("Room for guests written: {path}"), written[-1], target)
    code = session.code(Exit.DONE)
    told = [_data(room, problem) for room in rooms]
    given = {"path": written[0]} if len(paths) == 1 else {"paths": written}
    session.give(exit=code, **given, changes=changes, rooms=told)
    return code


def _rooms(
    session: Session,
    file: RosterFile,
    changes: int,
    now: dt.date,
    wanted: Sequence[dt.date],
    limits: SearchOptions,
) -> tuple[Room, ...]:
    """Return the room on each date, as found when time is up or Ctrl-C is pressed."""
    problem, roster = file.problem, file.roster
    rooms = as_it_stands(problem, roster, audit(problem, roster), wanted)

    line = ChangingLine(sys.stderr)

    def on_done(done: int, of: int) -> None:
        line.show(f"{done}/{of}")
        if done == of:
            line.end()

    with (
        session.stopping.within(limits.time_limit) as stop,
        Processes().at_work(most=len(rooms)) as workers,
    ):
        order = RoomOrder(
            problem=problem,
            made=file.plan,
            roster=roster,
            rooms=rooms,
            changes=changes,
            now=now,
            seed=limits.seed,
        )
        return with_changes(order, workers, on_done=on_done, stop=stop)


def _dates(
    period: Period, told: Sequence[str], start: str | None
) -> tuple[dt.date, tuple[dt.date, ...]]:
    """Return the first date that may change, and the wanted dates from then on."""
    reader = DateReader(period)
    now = reader.start(start)
    wanted: set[dt.date] = set()
    for text in told:
        first_text, sign, last_text = text.partition(RANGE)
        first = reader.read("--dates", first_text)
        last = reader.read("--dates", last_text, first) if sign else first
        if first is not None and last is not None:
            wanted.update(date for date in period.dates if first <= date <= last)
    reader.check()
    rest = tuple(
        date for date in period.dates if date >= now and (date in wanted or not told)
    )
    if not rest:
        raise WrongUse(_("--dates names no date from {date} on.").format(date=now))
    return now, rest


def _lines(
    rooms: Sequence[Room], problem: Problem, changes: int, *, detailed: bool
) -> Iterator[str]:
    text = _("Room for guests, as it stands and with at most {cells} changed:")
    yield text.format(cells=cells_text(changes))
    yield ""
    each = (_("More"), _("With changes"), _("Whom to ask"))
    heads = [text for one in Service for text in (name_of(one), *each)]
    yield table([[_("Date"), *heads], *_rows(rooms, problem)], right=RIGHT)
    if detailed:
        for room in rooms:
            yield from _details(room, problem)


def _rows(rooms: Sequence[Room], problem: Problem) -> Iterator[list[str]]:
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
    """Yield lines on one date: what stops the next guest, what would have to change."""
    yield ""
    yield _("{date} {service}: {expected} expected, {more} more").format(
        date=date_text(room.date),
        service=name_of(room.service),
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
    return worded(
        room,
        with_changes=room.with_changes,
        stops=list(stop_texts(room)),
        texts=[list(way_texts(way, problem)) for way in room.ways],
    )

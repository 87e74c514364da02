"""The commands `substitutes` and `room`: who can, how many more guests, whom to ask."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.cli import options
from scheduler.cli.arguments import (
    START,
    DateReader,
    Processes,
    in_house,
    no_date_text,
    page_path,
)
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import SearchOptions
from scheduler.cli.screen import ChangingLine, table
from scheduler.cli.session import Session, worded
from scheduler.domain import N_
from scheduler.domain.absences import Ability, Substitute, Vacancy
from scheduler.domain.errors import Exit, InputError
from scheduler.domain.forecast import Service
from scheduler.domain.homes import HousesFile, homes
from scheduler.domain.period import Period
from scheduler.domain.plan import Room
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.files.houses import read_month
from scheduler.files.workbook.roster.people import write_room
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.standing.edits import Settled
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.room import WAYS, RoomOrder, with_changes
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.command_line import of_substitutes
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import cells_text, name_of, people_text, short_names
from scheduler.wording.plans import change_text
from scheduler.wording.substitutes import (
    asked_text,
    change_texts,
    early_text,
    gap_text,
    guideline_text,
    more_text,
    reason_text,
    reason_texts,
    stop_texts,
    verdict_text,
    way_groups,
    way_texts,
    with_changes_text,
)
from scheduler.wording.times import date_text, parse_date
from scheduler.wording.translation import _

RANGE = ".."
"""Separator of the first and last date of a range."""

RIGHT = {1, 2, 3, 5, 6, 7, 9, 10, 11}
"""Columns of the table of room that contain numbers, aligned to the right."""


def list_substitutes(
    session: Session,
    source: Path,
    date: str,
    symbol: str,
    instead_of: Annotated[str | None, typer.Option("--for")] = None,
    start: options.StartDate = None,
    others: Annotated[int, typer.Option(min=0, max=5)] = 2,
    limits: SearchOptions = SearchOptions(),
) -> Exit:
    """Find out who can take a shift, and print everybody, ranked, a line each.

    Rests, hours, shares and all reasons with their sources are given to programs.
    """
    file = read_month(source)
    problem, roster = file.problem, file.roster
    gap, now = _read(problem, roster, date, symbol, instead_of, start)
    by_hand = problem, file.plan, roster, Scenario(now=gap.date)
    session.begin_search()
    session.say(gap_text(gap, problem))
    early: list[str] = []

    def tell_early(known: Sequence[Substitute], left: int) -> None:
        """Print once who needs no search: somebody may be on the telephone."""
        names = [one.staff for one in known if one.verdict is Ability.AS_IS]
        if names and left and not early:
            early.append(early_text(names, left))
            session.say_all(early)

    found = substitutes(
        problem,
        roster,
        gap,
        now=now,
        others=others,
        settled=Settled.by_hand(*by_hand),
        limits=limits.of_search(),
        on_known=tell_early,
        stop=session.stopping.wish,
    )
    rulebook = rules_of(problem)
    session.say_all(_people_lines(found, problem, rulebook, others))
    return session.end(
        of_substitutes(found),
        shift=gap,
        substitutes=[
            worded(
                one,
                text=verdict_text(one),
                reasons=list(reason_texts(one, rulebook)),
                asked=one.asked,
                texts=[
                    f"{change.staff} {change_text(change, problem)}"
                    for change in (*one.own, *one.changes)
                ],
            )
            for one in found
        ],
    )


def _read(
    problem: Problem,
    roster: Roster,
    when: str,
    symbol: str,
    instead_of: str | None,
    start: str | None,
) -> tuple[Vacancy, dt.date | None]:
    """Return the shift to be taken and the first date that may change.

    Raises
    ------
    WrongUse
        With every mistake in the arguments.
    """
    period = problem.period
    told = {"DATE": when, **({} if start is None else {START: start})}
    dates = {place: parse_date(text, period) for place, text in told.items()}
    wrong = [
        f"{place}: {no_date_text(told[place], period.first)}"
        for place, found in dates.items()
        if found is None
    ]
    # If the date cannot be read, another stands in, so that the rest is checked too.
    begin, now = dates["DATE"], dates.get(START)
    date = begin or now or period.first
    try:
        gap = find_gap(problem, roster, date, symbol, instead_of, now)
    except InputError as error:
        wrong += [mistake_text(mistake) for mistake in error.mistakes]
    if wrong:
        raise WrongUse("\n".join(wrong))
    return gap, now


def _people_lines(
    found: Sequence[Substitute], problem: Problem, rulebook: Rulebook, others: int
) -> Iterator[str]:
    """Yield how many can, and a line for each person under what is true of them."""
    counts = Counter(one.verdict for one in found)
    yield _(
        "Can take it as is: {as_is}. With changes for at most {others}: {more}."
    ).format(
        as_is=people_text(counts[Ability.AS_IS]),
        others=_("{people} besides").format(people=people_text(others)),
        more=people_text(counts[Ability.WITH_CHANGES]),
    )
    for verdicts, title in PARTS:
        part = [one for one in found if one.verdict in verdicts]
        if part:
            yield ""
            yield _(title)
        for one in part:
            told = _told(one, problem, rulebook)
            yield _("- {name}: {reasons}").format(name=one.staff, reasons=told)


PARTS = (
    ((Ability.AS_IS,), N_("As is:")),
    ((Ability.WITH_CHANGES,), N_("With these changes:")),
    ((Ability.UNDECIDED,), N_("Not found in time, perhaps possible. As it stands:")),
    ((Ability.STOPPED,), N_("Not even with changes. As it stands:")),
    ((Ability.NEVER,), N_("Out of the question:")),
)
"""What is printed, by verdicts, each under its title."""


def _told(one: Substitute, problem: Problem, rulebook: Rulebook) -> str:
    """Write on a line what changes for a person, or why the person cannot."""
    if one.can:
        return _("; ").join(change_texts(one, problem))
    return reason_text(one, rulebook)


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
    told = [_data(room, problem) for room in rooms]
    given = {"path": written[0]} if len(paths) == 1 else {"paths": written}
    return session.end(Exit.DONE, **given, changes=changes, rooms=told)


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
            ways=WAYS if rooms and rooms[0].date == rooms[-1].date else 1,
            seed=limits.seed,
        )
        return with_changes(
            order,
            workers,
            on_done=lambda done, of: line.count(f"{done}/{of}", is_last=done == of),
            stop=stop,
        )


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

"""だれか入れる？ 泊まれる？: substitutes for a shift, and room for guests on a date."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.domain.plan import Room
from scheduler.page.audited import AuditedRoster
from scheduler.page.open_book import Part, RosterEdit
from scheduler.page.rendering import desk_of, part, roster_of, screen, search_of
from scheduler.page.screens.edited import date_meant, one_by_one
from scheduler.page.state import DROP, SearchRun
from scheduler.wording.names import name_of
from scheduler.wording.notation import ON_CALL, ON_CALL_MARK
from scheduler.wording.plans import version_name
from scheduler.wording.substitutes import (
    guideline_text,
    left_text,
    more_text,
    stop_texts,
    unasked_text,
)
from scheduler.wording.times import period_text, span_text

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster

SUBSTITUTES, ROOM = "substitutes", "room"
SECONDS = {SUBSTITUTES: 60.0, ROOM: 120.0}
"""Most seconds of a search; both mostly take a few."""

GIVING_WAY = 5.0
"""Seconds that a search which nobody waits for any more may take to end."""


class ShiftOfDay(NamedTuple):
    """A shift on a date: who has it, as row numbers and names."""

    symbol: str
    look: str
    span: str
    people: tuple[tuple[int, str], ...]


def show(request: Request) -> Response:
    """Show a date: its shifts to tap, and its room for guests."""
    opened = roster_of(request)
    desk_of(request).searches.expect(SUBSTITUTES)
    date = date_meant(opened.problem, request.query_params.get("date", ""))
    return screen(request, "ask.html", run=None, **_values(opened, date))


def ask(request: Request) -> Response:
    """Start a search: for a substitute, or for room with changes."""
    desk, form, opened = desk_of(request), request.state.form, roster_of(request)
    date = date_meant(opened.problem, str(form.get("date", "")))
    kind = str(form.get("kind", ""))
    if kind not in SECONDS:
        raise HTTPException(404)
    asked = {"date": str(date), "symbol": "", "instead_of": ""}
    if kind == SUBSTITUTES:
        known = {one.symbol: one for one in shifts_of_day(opened, date)}
        chosen = known.get(str(form.get("symbol", "")))
        rows = {str(row): name for row, name in chosen.people} if chosen else {}
        row = str(form.get("row", ""))
        if chosen is None or (row and row not in rows):
            raise HTTPException(404)
        is_night = chosen.symbol == ON_CALL_MARK
        asked["symbol"] = ON_CALL[0] if is_night else chosen.symbol
        asked["instead_of"] = (
            opened.problem.staff[int(row)].name if row.isdecimal() else ""
        )
    number = _begun(desk, kind, opened, asked)
    return RedirectResponse(f"/ask/{opened.book.id}/{number}#answers", 303)


def _begun(
    desk: FrontDesk, kind: str, opened: OpenRoster, asked: dict[str, Any]
) -> int:
    """Start a search, after one of its kind that asks something else has given way."""
    book = opened.book
    deadline = time.monotonic() + GIVING_WAY
    while True:
        given = kind, book.id, book.path, book.path, SECONDS[kind], asked
        number, is_new = desk.state.begin(*given)
        run = desk.state.search(number)
        if is_new:
            desk.searches.launch(number)
            return number
        same = run is not None and (run.book, run.asked) == (book.id, asked)
        if same or time.monotonic() > deadline:
            return number
        desk.state.wish(number, DROP)
        time.sleep(0.1)


def follow(request: Request) -> Response:
    """Show the answers, or that they are being looked for."""
    opened, run = roster_of(request), search_of(request, *SECONDS)
    date = date_meant(opened.problem, str(run.asked.get("date", "")))
    given = {**_values(opened, date), **_found(opened, run)}
    return screen(request, "ask.html", here="ask", **given)


def answers(request: Request) -> Response:
    """Answer with the part of the screen that has the answers."""
    opened, run = roster_of(request), search_of(request, *SECONDS)
    given = {"book": opened.book.id, **_found(opened, run)}
    return HTMLResponse(part("ask_answers.html", **given))


@one_by_one
def take(request: Request) -> Response:
    """Type an answer into the roster, as one step that is not saved yet."""
    opened, run = roster_of(request), search_of(request, *SECONDS)
    ways = [way for room in run.told.get("ways", ()) for way in room["ways"]]
    # By the person's row: more answers may have come since the button was shown.
    by_row = {str(one.get("row")): one for one in run.told.get("answers", ())}
    by_number = {str(number): way for number, way in enumerate(ways)}
    one = (by_row or by_number).get(str(request.state.form.get("answer", "")))
    if one is None or not one.get("put"):
        raise HTTPException(404)
    date = date_meant(opened.problem, run.asked["date"])
    found = _found(opened, run)
    stands, is_old = True, found["is_old"]
    books = {str(one.book.path): one for one in (*opened.others, opened)}
    steps: dict[str, list[RosterEdit]] = {path: [] for path in books}
    for path, who, day, text, breaks in one["put"]:
        cell = RosterEdit(Part.CELL, who, dt.date.fromisoformat(day), text)
        steps[path].append(cell)
        # The button may be pressed twice.
        stands &= books[path].text_at(who, cell.date) == text
        if breaks:
            steps[path].append(cell._replace(part=Part.BREAKS, text=breaks))
    if one.get("users"):
        service, before, number = one["users"]
        expected = getattr(
            books[one["book"]].now.problem.forecast_by_date[date], service
        )
        steps[one["book"]].append(RosterEdit(Part.USERS, service, date, str(number)))
        stands &= expected == number
        is_old |= expected not in (None, before)
    if not stands and (found["unsaved"] or is_old):
        return RedirectResponse(f"/ask/{opened.book.id}/{run.id}#answers", 303)
    for path, step in steps.items() if not stands else ():
        if step:
            books[path].take(*step)
    return RedirectResponse(f"/month/{opened.book.id}?date={date}", 303)


def _found(opened: OpenRoster, run: SearchRun) -> dict[str, Any]:
    """Return what the template of the answers needs, but for the book."""
    houses = opened.saved.houses
    left = run.told.get("left", 0)
    stands = (houses.whole if houses else opened.saved.roster).fingerprint
    return {
        "run": run,
        "left": left and (left_text if run.is_running else unasked_text)(left),
        "is_old": run.told.get("of", stands) != stands,
        "unsaved": any(one.edits for one in (opened, *opened.others)),
    }


def shifts_of_day(opened: OpenRoster, date: dt.date) -> tuple[ShiftOfDay, ...]:
    """Return the shifts that somebody could take on a date, the night on call last."""
    problem, roster = opened.problem, opened.saved.roster
    by_shift: dict[str, list[tuple[int, str]]] = {}
    for row, member in enumerate(problem.staff):
        duty = roster.by_cell.get((member.name, date))
        if duty is not None and duty.shift is not None:
            by_shift.setdefault(duty.shift, []).append((row, member.name))
    found = [
        ShiftOfDay(
            shift.symbol,
            "n" if shift.is_night else "",
            span_text(shift.interval),
            tuple(by_shift.get(shift.symbol, ())),
        )
        for shift in problem.shifts
        if shift.counts and not shift.half_leave
    ]
    called = roster.on_call_by_date.get(date)
    if called is not None:
        row = [member.name for member in problem.staff].index(called)
        span = span_text(problem.office.on_call_band)
        found.append(ShiftOfDay(ON_CALL_MARK, "n", span, ((row, called),)))
    return tuple(found)


def _rooms(saved: AuditedRoster, date: dt.date) -> Iterator[Room]:
    """Yield the room in the house on a date; other houses may stop a guest, too."""
    houses = saved.houses
    if houses is None:
        yield from as_it_stands(saved.problem, saved.roster, saved.findings, [date])
        return
    name = saved.problem.office.name
    given = houses.problem, houses.whole, houses.findings, [date]
    yield from (room for room in as_it_stands(*given) if room.house == name)


def _values(opened: OpenRoster, date: dt.date) -> dict[str, Any]:
    problem, saved = opened.problem, opened.saved
    rooms = [
        (
            name_of(room.service),
            room.expected,
            more_text(room),
            guideline_text(room),
            stop_texts(room),
        )
        for room in _rooms(saved, date)
    ]
    return {
        "book": opened.book.id,
        "title": period_text(problem.period),
        "version": version_name(opened.version),
        "period": problem.period,
        "date": date,
        "shifts": shifts_of_day(opened, date),
        "rooms": rooms,
        "unsaved": bool(opened.edits),
    }

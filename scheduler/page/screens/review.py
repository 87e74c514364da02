"""ふりかえり: evenness, wishes, leave; closing, the next month, the map of absences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.audit.figures.fairness import PersonShare, closing_ledger, fairness
from scheduler.domain.absences import Outcome
from scheduler.domain.errors import OutputError
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.year import fiscal_year
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.next_month import following_period, next_month
from scheduler.files.paths import make_folder
from scheduler.files.problems import name_for
from scheduler.files.saving import save_new
from scheduler.files.workbook.write_input import input_bytes
from scheduler.files.years import (
    NotClosed,
    close_worked,
    read_year,
    with_records,
    year_path,
)
from scheduler.page import clock
from scheduler.page.jobs.asking import WORKBOOK
from scheduler.page.rendering import (
    XLSX,
    desk_of,
    part,
    roster_of,
    screen,
    search_of,
    stream,
)
from scheduler.page.state import DONE, KEEP, SearchRun
from scheduler.rulebook import rules_of
from scheduler.wording.actual import closed_text, five_days_note, months_text
from scheduler.wording.names import burden_name, name_of, owed_text
from scheduler.wording.resilience import kind_sign
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster


INPUTS = "inputs"
TENTHS = 100
"""Thousandths in a tenth of a time: a smaller difference is even."""


class BurdenShared(NamedTuple):
    """A burden and the people who share it; ``most`` is the longest bar."""

    name: str
    most: float
    people: tuple[PersonShare, ...]


def show(request: Request) -> Response:
    """Show how a month and those before it were shared."""
    return _shown(request, roster_of(request))


def close(request: Request) -> Response:
    """Close the month, as `shotaki close` does."""
    opened = roster_of(request)
    again = bool(request.state.form.get("again"))
    try:
        closed = close_worked(opened.book.path, again=again)
    except NotClosed as error:
        if error.replaces:
            text = _("The month is closed already, with other numbers: {changes}.")
            told = text.format(changes="、".join(error.replaces))
            return _shown(request, opened, 409, told=told, may_replace=True)
        told = _("Not closed: first decide on what the stamps say otherwise.")
        return _shown(request, opened, 409, told=told)
    named = [closed_text(month) for one in closed.years for month in one.months]
    text = _("Closed: {months}.").format(months="、".join(named))
    told = text if named else _("It was closed before with the same numbers.")
    return _shown(request, opened, done=told)


def following(request: Request) -> Response:
    """Write the workbook of the month after, as `shotaki init --previous` does."""
    opened, desk = roster_of(request), desk_of(request)
    path, problem = opened.book.path, opened.problem
    period = following_period(problem.period)
    worked = roster_as_worked(path)
    after = with_records(next_month(problem, worked.roster, period), path.parent)
    folder = desk.library.folder / INPUTS
    make_folder(folder)
    target = folder / name_for(period, path.stem)
    try:
        save_new(input_bytes(after.problem), target)
    except OutputError as error:
        return _shown(request, opened, 409, told=str(error))
    return RedirectResponse(f"/material/{desk.library.at(target).id}", 303)


def _shown(
    request: Request, opened: OpenRoster, status: int = 200, **more: Any
) -> Response:
    given = {"told": "", "done": "", "may_replace": False, **more}
    run = _latest_map(desk_of(request), opened)
    values = {**_values(opened), **_map_values(opened, run), **given}
    return screen(request, "review.html", here="review", status=status, **values)


def _values(opened: OpenRoster) -> dict[str, Any]:
    problem = opened.problem
    worked = roster_as_worked(opened.book.path)
    roster = worked.roster
    year = fiscal_year(problem.period.first)
    folder, office = opened.book.path.parent, problem.office.name
    record = read_year(year_path(folder, office, year), office, year)
    return {
        "book": opened.book.id,
        "month": period_text(problem.period),
        "next": period_text(following_period(problem.period)),
        "burdens": tuple(burdens(problem, roster)),
        "beyond": beyond,
        "owed": owed_text,
        "ledger": closing_ledger(problem, roster),
        "record": record,
        "due": rules_of(problem)["F-12"].int("days_a_year"),
        "five_days": five_days_note(),
        "year": year,
        "closed": months_text(dict.fromkeys(one.month for one in record.months)),
        "is_over": problem.period.last < clock.today(),
        "is_actual": worked.is_actual,
        "undecided": len(worked.undecided),
    }


def burdens(problem: Problem, roster: Roster) -> Iterator[BurdenShared]:
    """Yield each burden that is shared, with what everybody bore of it up to now.

    People hired for a burden alone share it among themselves, after the others.
    """
    told: set[str] = set()
    for sharing in fairness(problem, roster):
        accounts = [one.closing for one in sharing.standings]
        most = max((max(one.times, one.share / 1000) for one in accounts), default=0)
        if most:
            name = burden_name(sharing.burden)
            text = _("{burden} (people who do nothing else)") if name in told else name
            told.add(name)
            yield BurdenShared(text.format(burden=name), most, sharing.standings)


def beyond(balance: int) -> str:
    """Write how much more than fair somebody bore, by a balance in thousandths."""
    if abs(balance) < TENTHS / 2:
        return _("even")
    text = _("{times} more") if balance > 0 else _("{times} fewer")
    return text.format(times=f"{abs(balance) / 1000:.1f}")


MAP = "absences"
MAP_SECONDS = 900.0
"""Most time of a map: a month of a large office has several hundred absences."""


def start_map(request: Request) -> Response:
    """Judge the absences of a roster, unless they are being judged."""
    book = roster_of(request).book
    desk_of(request).searches.begin(MAP, book, MAP_SECONDS)
    return RedirectResponse(f"/review/{book.id}#absences", 303)


def stop_map(request: Request) -> Response:
    """End the search with what is judged so far."""
    run = search_of(request, MAP)
    desk_of(request).state.wish(run.id, KEEP)
    return RedirectResponse(f"/review/{run.book}#absences", 303)


async def map_events(request: Request) -> Response:
    """Send how far the map is, until it or the tab ends."""
    opened = desk_of(request).roster(search_of(request, MAP).book)

    def drawn(run: SearchRun) -> str:
        return part("review_map.html", **_map_values(opened, run))

    return stream(request, MAP, drawn)


def map_workbook(request: Request) -> Response:
    """Hand out the map as a workbook."""
    run = search_of(request, MAP)
    path = run.place / WORKBOOK
    if run.state != DONE or not path.is_file():
        raise HTTPException(404)
    name = _("{name}-absence-map").format(name=Path(run.source).stem)
    return FileResponse(path, media_type=XLSX, filename=f"{name}.xlsx")


def _latest_map(desk: FrontDesk, opened: OpenRoster) -> SearchRun | None:
    """Return the latest map of a roster, or of all houses, if one was asked for."""
    books = {one.book.id for one in (opened, *opened.others)}
    found = (one for one in desk.state.searches(MAP) if one.book in books)
    return next(found, None)


def _map_values(opened: OpenRoster, run: SearchRun | None) -> dict[str, Any]:
    """Return what the map's template needs."""
    problem = opened.problem
    told = run.told if run else {}
    houses = opened.saved.houses
    judged = houses.whole if houses else opened.saved.roster
    cases = told.get("cases", [])
    by_cell = {(one["row"], one["day"]): one for one in cases}
    rows = [
        (name, house, [by_cell.get((row, day)) for day in range(problem.period.days)])
        for row, (name, house) in enumerate(told.get("people", []))
    ]
    return {
        "book": opened.book.id,
        "map": run,
        "map_told": told,
        "map_period": problem.period,
        "map_rows": rows if cases else [],
        "map_cases": [
            (name_of(outcome), list(found))
            for outcome in reversed(Outcome)
            if outcome is not Outcome.COVERED
            for found in [[one for one in cases if one["outcome"] == outcome]]
            if found
        ],
        "map_legend": [(kind_sign(one), name_of(one), str(one)) for one in Outcome],
        "is_old": bool(told) and told.get("of") != judged.fingerprint,
    }

"""The map of absences: asked for on ふりかえり, judged in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.domain.absences import Outcome
from scheduler.page.jobs.asking import WORKBOOK
from scheduler.page.rendering import XLSX, desk_of, part, roster_of, search_of, stream
from scheduler.page.state import DONE, KEEP, SearchRun
from scheduler.wording.names import name_of
from scheduler.wording.resilience import kind_sign, meaning_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster
    from scheduler.page.front_desk import FrontDesk

KIND = "absences"
SECONDS = 900.0
"""Most time of a map: a month of a large office has several hundred absences."""


def start(request: Request) -> Response:
    """Judge the absences of a roster, unless they are being judged."""
    book = roster_of(request).book
    desk_of(request).searches.begin(KIND, book, SECONDS)
    return RedirectResponse(f"/review/{book.id}#absences", 303)


def stop(request: Request) -> Response:
    """End the search with what is judged so far."""
    run = search_of(request, KIND)
    desk_of(request).state.wish(run.id, KEEP)
    return RedirectResponse(f"/review/{run.book}#absences", 303)


async def events(request: Request) -> Response:
    """Send how far the map is, until it or the tab ends."""
    run = search_of(request, KIND)
    opened = desk_of(request).roster(run.book)

    def drawn(one: SearchRun) -> str:
        return part("review_map.html", **values(opened, one))

    return stream(request, run.id, drawn)


def workbook(request: Request) -> Response:
    """Hand out the map as a workbook."""
    run = search_of(request, KIND)
    path = run.place / WORKBOOK
    if run.state != DONE or not path.is_file():
        raise HTTPException(404)
    name = _("{name}-absence-map").format(name=Path(run.source).stem)
    return FileResponse(path, media_type=XLSX, filename=f"{name}.xlsx")


def latest(desk: FrontDesk, opened: OpenRoster) -> SearchRun | None:
    """Return the latest map of a roster, or of all houses, if one was asked for."""
    books = {one.book.id for one in (opened, *opened.others)}
    found = (one for one in desk.state.searches(KIND) if one.book in books)
    return next(found, None)


def values(opened: OpenRoster, run: SearchRun | None) -> dict[str, Any]:
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
        "map_legend": [
            (kind_sign(one), name_of(one), str(one), meaning_text(one))
            for one in Outcome
        ],
        "is_old": bool(told) and told.get("of") != judged.fingerprint,
    }

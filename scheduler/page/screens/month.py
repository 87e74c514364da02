"""勤務表: the month's roster; every edit is audited before the next key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.finding import Stance
from scheduler.domain.forecast import Service
from scheduler.page.audited import lamps
from scheduler.page.books import WorkbookFile
from scheduler.page.day_chart import day_chart
from scheduler.page.grid import ON_CALL_ROW, TOLD, month_grid
from scheduler.page.grid_values import MonthGrid
from scheduler.page.month_steps import FIXED, OPEN, Cell, Part, RosterEdit, pinned
from scheduler.page.moving import exchanged
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import MOST_TEXT, DatedScreen, date_shown, number
from scheduler.rulebook import rules_of
from scheduler.wording.gathered import gathered
from scheduler.wording.plans import version_name
from scheduler.wording.times import period_text

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster
    from scheduler.page.front_desk import FrontDesk

Asked = TypeVar("Asked")

ASIDE = (Stance.FAIR, Stance.COMFORT)
"""Stances that are told in the list below the grid only."""


def latest_on(name: str) -> Callable[[Request], Response]:
    """Return what leads to the roster of the month in which today lies, on a screen.

    Where there is none, to the latest.
    """

    def latest(request: Request) -> Response:
        found = latest_roster(desk_of(request))
        if found is None:
            return screen(request, "month_none.html", here=name)
        return RedirectResponse(f"/{name}/{found.id}", 303)

    return latest


latest = latest_on("month")


def latest_roster(desk: FrontDesk) -> WorkbookFile | None:
    """Return the roster of the month in which today lies, else the latest."""
    today = dt.date.today()
    found = desk.library.rosters()
    now = [one for one in found if one.covers(today)]
    return next(iter(now or found), None)


class MonthScreen(DatedScreen["OpenRoster"]):
    """The grid of a roster."""

    name = "month"
    forms = (*DatedScreen.forms, "pin", "move", "users")

    def find(self, desk: FrontDesk, book_id: str) -> OpenRoster:
        """Return the open roster."""
        return desk.roster(book_id)

    def step_of(self, request: Request, opened: OpenRoster) -> Callable[[], None]:
        """Return the step of a form.

        It has ``row``, ``day``, the ``text``, and ``until`` for a stretch.
        """
        text = str(request.state.form.get("text", "")).strip()
        cells = _stretch(request, opened)
        return lambda: opened.take(
            *(RosterEdit(Part.CELL, *cell, text) for cell in cells)
        )

    def pin(self, request: Request) -> Response:
        """Fix a cell or a stretch, or let it go if the first of it is fixed."""
        opened = self.opened(request)
        cells = self._asked(lambda: _stretch(request, opened))
        text = OPEN if opened.is_pinned(*cells[0]) else FIXED
        changes = [RosterEdit(Part.PIN, *cell, text) for cell in cells]
        return self.step(request, opened, lambda: opened.take(*changes))

    def move(self, request: Request) -> Response:
        """Exchange a cell with another, on which it was put."""
        opened = self.opened(request)
        one = self._asked(lambda: _cell(request, opened))
        other = self._asked(lambda: _cell(request, opened, "to_"))
        request.state.form = dict(request.state.form, shown=str(other[1]))

        def take() -> None:
            changes = exchanged(opened, one, other)
            if changes:
                opened.take(*changes)

        return self.step(request, opened, take)

    def users(self, request: Request) -> Response:
        """Take another number of users on a date."""
        opened, form = self.opened(request), request.state.form
        service = next((s for s in Service if s == form.get("service")), None)
        dates = {str(date): date for date in opened.problem.period.dates}
        date = dates.get(str(form.get("shown", "")))
        text = str(form.get("number", ""))
        if service is None or date is None:
            raise HTTPException(404)
        if len(text) > MOST_TEXT:
            raise HTTPException(413)
        change = RosterEdit(Part.USERS, service, date, text)
        return self.step(request, opened, lambda: opened.take(change))

    def _asked(self, found: Callable[[], Asked]) -> Asked:
        try:
            return found()
        except IndexError:
            raise HTTPException(404) from None

    def grid(self, request: Request, opened: OpenRoster) -> MonthGrid:
        """Return the grid as it is now."""
        return month_grid(opened)

    def values(self, request: Request, opened: OpenRoster) -> dict[str, Any]:
        """Return what the templates need."""
        date = date_shown(request, opened.problem)
        return {**_values(opened), **self.day_values(opened, date)}

    def day_values(self, opened: OpenRoster, date: dt.date) -> dict[str, Any]:
        """Return a date by the clock."""
        changed = {staff for staff, day in opened.typed if day == date}
        users = {
            who for part, who, day in opened.edits if part is Part.USERS and day == date
        }
        return {
            "chart": day_chart(opened.now.problem, opened.now, date, changed),
            "users_changed": users,
            "services": Service,
        }


def _cell(request: Request, opened: OpenRoster, name: str = "") -> Cell:
    """Return the cell that a form names; raise `IndexError` if there is none."""
    form = request.state.form
    row = str(form.get(f"{name}row", ""))
    date = opened.problem.period.dates[number(form.get(f"{name}day", ""))]
    return "" if row == ON_CALL_ROW else opened.problem.staff[number(row)].name, date


def _stretch(request: Request, opened: OpenRoster) -> list[Cell]:
    """Return the cells of a stretch; the date by the clock follows the first."""
    form, dates = request.state.form, opened.problem.period.dates
    who, first = _cell(request, opened)
    until = str(form.get("until", ""))
    last = dates[number(until)] if until else first
    request.state.form = dict(form, shown=str(first))
    return [(who, one) for one in dates if min(first, last) <= one <= max(first, last)]


def _values(opened: OpenRoster) -> dict[str, Any]:
    """Return what is told of the whole month."""
    rulebook = rules_of(opened.problem)
    findings = opened.now.findings
    return {
        "lamps": lamps(opened.now.problem, findings),
        "title": period_text(opened.problem.period),
        "version": version_name(opened.version),
        "following": version_name(opened.version + 1),
        "told": gathered(filter(_is_told, findings), rulebook, by_clock=True),
        "can_remake": _can_remake(opened),
        "aside": gathered(filter(_is_aside, findings), rulebook, by_clock=True),
    }


def _can_remake(opened: OpenRoster) -> int:
    """Return how many cells are fixed, of a month that has not begun.

    Of houses that are planned together those of all, for they are made again together.
    """
    is_past = opened.problem.period.first <= dt.date.today()
    houses = opened.now.houses
    problem = houses.problem if houses else opened.now.problem
    return 0 if is_past else len(pinned(problem.pins))


def _is_told(finding: Any) -> bool:
    return finding.stance in TOLD


def _is_aside(finding: Any) -> bool:
    return finding.stance in ASIDE

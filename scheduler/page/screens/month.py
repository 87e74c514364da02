"""勤務表: the month's roster; every edit is audited before the next key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import Service
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.workbook.words import plan_text
from scheduler.page import clock
from scheduler.page.audited import lamps
from scheduler.page.books import WorkbookFile
from scheduler.page.day_chart import day_chart
from scheduler.page.grid import ON_CALL_ROW, TOLD, month_grid
from scheduler.page.grid_values import MonthGrid
from scheduler.page.open_book import (
    FIXED,
    OPEN,
    Cell,
    NotUnderstood,
    Part,
    RosterEdit,
    Step,
    pinned,
)
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import MOST_TEXT, DatedScreen, date_shown, number
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.empty_nights import empty_night_texts
from scheduler.wording.gathered import Gathered, gathered
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.plans import version_name
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster


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
            return screen(request, "none.html", here=name, missing="roster")
        return RedirectResponse(f"/{name}/{found.id}", 303)

    return latest


def latest_roster(desk: FrontDesk) -> WorkbookFile | None:
    """Return the roster of the month in which today lies, else the latest."""
    today = clock.today()
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
            "empty_night": empty_night_texts(
                opened.now.problem, opened.now.roster, date
            ),
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
        "told": _gathered(findings, TOLD, rulebook),
        "can_remake": _can_remake(opened),
        "other_users": any(part is Part.USERS for part, _who, _day in opened.edits),
        "registrants": [
            (one.name, plan_text(one)) for one in opened.problem.registrants
        ],
        "use_dates": _open_dates(opened),
        "aside": _gathered(findings, ASIDE, rulebook),
    }


def _open_dates(opened: OpenRoster) -> list[dt.date]:
    """Return the dates from today on; all, if the month is over or still to come."""
    dates, today = opened.problem.period.dates, clock.today()
    return [one for one in dates if one >= today] or list(dates)


def _can_remake(opened: OpenRoster) -> int:
    """Return how many cells are fixed, of a month that has not begun.

    Of houses that are planned together those of all, for they are made again together.
    """
    is_past = opened.problem.period.first <= clock.today()
    houses = opened.now.houses
    problem = houses.problem if houses else opened.now.problem
    return 0 if is_past else len(pinned(problem.pins))


def _gathered(
    findings: Iterable[Finding], stances: Sequence[Stance], rulebook: Rulebook
) -> tuple[Gathered, ...]:
    found = (one for one in findings if one.stance in stances)
    return gathered(found, rulebook, by_clock=True)


def exchanged(opened: OpenRoster, one: Cell, other: Cell) -> Step:
    """Return the step that exchanges two cells; empty if they are the same.

    A night takes the morning after along, as nobody works one without the other.

    Raises
    ------
    NotUnderstood
        If one is fixed, or a person's and the other the night on call's.
    """
    if bool(one[0]) != bool(other[0]):
        raise NotUnderstood(_("A night on call goes only to another night."))
    pairs = dict(_pairs(opened, one, other))
    for cell in pairs:
        if opened.is_pinned(*cell):
            raise NotUnderstood(_("What is fixed stays; let it go first."))
    return tuple(
        RosterEdit(Part.CELL, *cell, _text_for(opened, cell[0], source))
        for cell, source in pairs.items()
    )


def _pairs(opened: OpenRoster, one: Cell, other: Cell) -> Iterator[tuple[Cell, Cell]]:
    """Yield each cell that gets something, with the cell whose content it gets."""
    if one == other:
        return
    length = max(_length(opened, one), _length(opened, other))
    period = opened.problem.period
    apart = abs((one[1] - other[1]).days)
    if one[0] == other[0] and apart < length:
        # A night moves by one day: the day beside it goes to its other side.
        first = min(one[1], other[1])
        dates = [first, first + ONE_DAY, first + 2 * ONE_DAY]
        if dates[-1] in period:
            is_first = _length(opened, (one[0], first)) > 1
            sources = dates[-1:] + dates[:-1] if is_first else dates[1:] + dates[:1]
            for date, source in zip(dates, sources, strict=True):
                yield (one[0], date), (one[0], source)
            return
        length = 1
    for day in range(length):
        here = one[0], one[1] + day * ONE_DAY
        there = other[0], other[1] + day * ONE_DAY
        if here[1] in period and there[1] in period:
            yield here, there
            yield there, here


def _length(opened: OpenRoster, cell: Cell) -> int:
    """Return how many cells go together: two if a night's morning follows."""
    shift = opened.problem.shift_of(_duty(opened, cell))
    after = _duty(opened, (cell[0], cell[1] + ONE_DAY))
    passes = shift is not None and shift.passes_midnight
    follows = after is not None and after.off is OffKind.AFTER_NIGHT
    return 2 if passes and follows else 1


def _duty(opened: OpenRoster, cell: tuple[str, dt.date]) -> Duty | None:
    return opened.now.roster.by_cell.get((StaffId(cell[0]), cell[1]))


def _text_for(opened: OpenRoster, who: str, source: Cell) -> str:
    """Return what is typed for a person who gets what stands in a cell.

    Jobs that the person does not do stay behind.
    """
    duty = _duty(opened, source)
    if not who:
        return opened.text_at(*source)
    if duty is None:
        return OFF_SYMBOLS[OffKind.DAY_OFF]
    able = opened.problem.member_by_name[StaffId(who)].roles
    if duty.shift is not None and not set(duty.roles) <= set(able):
        return str(duty.shift)
    return opened.text_at(*source)

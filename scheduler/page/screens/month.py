"""勤務表: the month's roster; every edit is audited before the next key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from scheduler.domain.finding import Stance
from scheduler.page.day_chart import day_chart
from scheduler.page.grid import ON_CALL_ROW, TOLD, month_grid
from scheduler.page.grid_values import changed_cells
from scheduler.page.lamps import lamps
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import DatedScreen, date_shown, number
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_words
from scheduler.wording.plans import version_name
from scheduler.wording.times import period_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.page.books import WorkbookFile
    from scheduler.page.editing import OpenRoster
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.grid_values import MonthGrid, RosterCell

ASIDE = (Stance.FAIR, Stance.COMFORT)
"""Stances that are told in the list below the grid only."""


def latest(request: Request) -> Response:
    """Go to the roster of the month in which today lies, else to the latest."""
    found = latest_roster(desk_of(request))
    if found is None:
        return screen(request, "month_none.html", here="month")
    return RedirectResponse(f"/month/{found.id}", 303)


def latest_roster(desk: FrontDesk) -> WorkbookFile | None:
    """Return the roster of the month in which today lies, else the latest."""
    today = dt.date.today()
    found = desk.library.rosters()
    now = [one for one in found if one.covers(today)]
    return next(iter(now or found), None)


class MonthScreen(DatedScreen["OpenRoster"]):
    """The grid of a roster."""

    name = "month"

    def find(self, desk: FrontDesk, book_id: str) -> OpenRoster:
        """Return the open roster."""
        return desk.roster(book_id)

    def step_of(self, request: Request, opened: OpenRoster) -> Callable[[], None]:
        """Return the step of a form with ``row``, ``day`` and the ``text``."""
        form = request.state.form
        row, text = str(form.get("row", "")), str(form.get("text", ""))
        date = opened.problem.period.dates[number(form.get("day", ""))]
        staff = "" if row == ON_CALL_ROW else opened.problem.staff[number(row)].name
        # The date by the clock follows the cell.
        request.state.form = dict(form, shown=str(date))
        return lambda: opened.type(staff, date, text)

    def write(self, opened: OpenRoster) -> None:
        """Save a new version; the one before stays beside it."""
        opened.save(dt.datetime.now().replace(microsecond=0, second=0))

    def grid(self, opened: OpenRoster) -> MonthGrid:
        """Return the grid as it is now."""
        return month_grid(opened)

    def changed(self, before: MonthGrid, after: MonthGrid) -> tuple[RosterCell, ...]:
        """Return the cells that differ."""
        return changed_cells(before, after)

    def values(self, request: Request, opened: OpenRoster) -> dict[str, Any]:
        """Return what the templates need."""
        date = date_shown(request, opened.problem)
        return {**_values(opened), **self.day_values(opened, date)}

    def day_values(self, opened: OpenRoster, date: dt.date) -> dict[str, Any]:
        """Return a date by the clock."""
        changed = {staff for staff, day in opened.edits if day == date}
        return {"chart": day_chart(opened.problem, opened.now, date, changed)}


def _values(opened: OpenRoster) -> dict[str, Any]:
    """Return what is told of the whole month."""
    rulebook = rules_of(opened.problem)
    findings = opened.now.findings
    return {
        "lamps": lamps(opened.problem, findings),
        "title": period_text(opened.problem.period),
        "version": version_name(opened.version),
        "following": version_name(opened.version + 1),
        "told": [finding_words(one, rulebook) for one in findings if _is_told(one)],
        "aside": [
            finding_words(one, rulebook) for one in findings if one.stance in ASIDE
        ],
    }


def _is_told(finding: Any) -> bool:
    return finding.stance in TOLD

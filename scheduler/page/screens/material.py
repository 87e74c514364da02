"""来月の材料: wishes, settled cells, events and expected users of the month to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from scheduler.files.workbook.month_cells import MaterialCell, MaterialPart
from scheduler.page.expected import under_users
from scheduler.page.material_grid import ROWS, brushes, material_grid
from scheduler.page.material_language import FIXED, told_at_cell
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import DatedScreen, date_shown, number
from scheduler.page.screens.home import next_input
from scheduler.wording.duties import request_text
from scheduler.wording.times import period_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.grid_values import RosterCell
    from scheduler.page.material import OpenMaterial
    from scheduler.page.material_grid import MaterialGrid


def latest(request: Request) -> Response:
    """Go to the input of the month that is to be made."""
    desk = desk_of(request)
    found = next_input(desk, desk.library.rosters())
    if found is None:
        return screen(request, "material_none.html", here="material")
    return RedirectResponse(f"/material/{found.id}", 303)


class MaterialScreen(DatedScreen["OpenMaterial"]):
    """The grid of the month that is to be made."""

    name = "material"

    def find(self, desk: FrontDesk, book_id: str) -> OpenMaterial:
        """Return the open input."""
        return desk.material(book_id)

    def step_of(self, request: Request, opened: OpenMaterial) -> Callable[[], None]:
        """Return the step of a form.

        It has ``row``, ``day``, the ``text``; ``until`` for a stretch; ``again`` if the
        cell was clicked once more, which changes the strength of its wish.
        """
        form = request.state.form
        row, text = str(form.get("row", "")), str(form.get("text", ""))
        first = number(form.get("day", ""))
        last = number(form.get("until", "") or first)
        known = opened.problem.period.dates
        known[last]
        request.state.form = dict(form, shown=str(known[first]))
        dates = known[min(first, last) : max(first, last) + 1]
        named = next((one for one, name in ROWS.items() if name == row), None)
        if named is not None:
            return lambda: opened.type(named, "", dates, text)
        who = opened.problem.staff[number(row)].name
        again = bool(form.get("again"))
        return lambda: opened.change(_for_person(opened, who, dates, text, again=again))

    def write(self, opened: OpenMaterial) -> None:
        """Write what was typed into the workbook."""
        opened.save()

    def grid(self, opened: OpenMaterial) -> MaterialGrid:
        """Return the grid as it is now."""
        return material_grid(opened)

    def changed(
        self, before: MaterialGrid, after: MaterialGrid
    ) -> tuple[RosterCell, ...]:
        """Return the cells that differ."""
        old = {cell.id: cell for cell in _cells(before)}
        return tuple(one for one in _cells(after) if old.get(one.id) != one)

    def values(self, request: Request, opened: OpenMaterial) -> dict[str, Any]:
        """Return what the templates need."""
        date = date_shown(request, opened.problem)
        return {
            "title": period_text(opened.problem.period),
            "brushes": brushes(opened.problem),
            "sign": FIXED[0],
            "roster_told": under_users(desk_of(request), opened.book, opened.current()),
            **self.day_values(opened, date),
        }

    def day_values(self, opened: OpenMaterial, date: dt.date) -> dict[str, Any]:
        """Return what is asked for on a date."""
        problem = opened.current()
        asked = [one for one in problem.requests if one.date == date]
        return {
            "date": date,
            "asked": [request_text(one) for one in asked],
            "held": [one for one in problem.events if one.is_held_on(date)],
            "forecast": problem.forecast_by_date[date],
        }


def _cells(grid: MaterialGrid) -> Iterator[RosterCell]:
    for person in grid.people:
        yield from person.cells
    for line in grid.parts:
        yield from line.cells


def _for_person(
    opened: OpenMaterial, who: str, dates: Sequence[dt.date], text: str, *, again: bool
) -> dict[MaterialCell, str]:
    """Return the texts of a person's cells by what was typed into them."""
    now = opened.texts
    texts: dict[MaterialCell, str] = {}
    for date in dates:
        wish = MaterialCell(MaterialPart.WISH, who, date)
        settled = MaterialCell(MaterialPart.SETTLED, who, date)
        if not text.strip():
            texts |= {wish: "", settled: ""}
            continue
        part, meant = told_at_cell(
            opened.language, text, now.get(wish, ""), again=again
        )
        texts[settled if part is MaterialPart.SETTLED else wish] = meant
    return texts

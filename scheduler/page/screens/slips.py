"""個人票: a page to print for each person, or for those whose days have changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from scheduler.audit.figures.people import people
from scheduler.domain.base import StaffId
from scheduler.files.rosters import read_version
from scheduler.files.workbook.roster.slip_cells import WrittenCells
from scheduler.files.workbook.roster.slips import FREE, Day, Totals
from scheduler.page.rendering import roster_of, screen
from scheduler.wording.names import role_name
from scheduler.wording.plans import version_name
from scheduler.wording.times import full_date_text, period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster


class Slip(NamedTuple):
    """One person's page."""

    name: str
    facts: str
    days: dict[dt.date, Day]
    totals: Totals


def show(request: Request) -> Response:
    """Show the slips; with ``changed`` those of whom the last version changed."""
    opened = roster_of(request)
    changed = _changed(opened)
    names = {name for name, _date in changed}
    only = bool(request.query_params.get("changed"))
    period = opened.problem.period
    return screen(
        request,
        "slips.html",
        here="month",
        book=opened.book.id,
        slips=tuple(_slips(opened, names if only else None)),
        period=period,
        weeks=opened.problem.weeks,
        changed=changed,
        free=FREE,
        title=period_text(period),
        version=version_name(opened.version),
        only=only,
        can_choose=bool(names),
        edits=bool(opened.edits),
    )


def _changed(opened: OpenRoster) -> set[tuple[StaffId, dt.date]]:
    """Return the cells of slips that the last version changed; breaks are on them."""
    now = opened.saved.roster
    if not now.revisions:
        return set()
    changed = {(one.staff, one.date) for one in now.revisions[-1].changes}
    before = read_version(opened.book.path, opened.file, opened.version - 1).plan
    for cell, duty in now.by_cell.items():
        known = before.by_cell.get(cell)
        if known and known.shift == duty.shift and known.breaks != duty.breaks:
            changed.add(cell)
    return changed


def _slips(opened: OpenRoster, names: set[StaffId] | None) -> Iterator[Slip]:
    problem, roster = opened.problem, opened.saved.roster
    months = {month.staff: month for month in people(problem, roster)}
    cells = WrittenCells(problem, roster, months)
    made = full_date_text(roster.made_at) if roster.made_at else ""
    issued = _("issued {date}").format(date=made) if made else ""
    for member in problem.staff:
        if names is not None and member.name not in names:
            continue
        jobs = "・".join(role_name(role) for role in member.roles)
        facts = (problem.office.name, jobs, version_name(opened.version), issued)
        yield Slip(
            member.name,
            "　".join(filter(None, facts)),
            {date: cells.day(member, date, "") for date in problem.period.dates},
            cells.totals(member),
        )

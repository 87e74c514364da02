"""個人票: a page to print for each person, or for those whose days have changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from scheduler.audit.figures.people import people
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.roster.slip_cells import WrittenCells
from scheduler.files.workbook.roster.slips import FREE, Day
from scheduler.page.rendering import roster_of, screen
from scheduler.wording.names import role_name
from scheduler.wording.plans import version_name
from scheduler.wording.times import full_date_text, period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster


class SlipDate(NamedTuple):
    """A date of a slip; ``is_inside`` the month, ``changed`` with the last version."""

    date: dt.date
    day: Day
    look: str
    is_inside: bool
    changed: bool


class Slip(NamedTuple):
    """One person's page."""

    name: str
    facts: str
    weeks: tuple[tuple[SlipDate, ...], ...]
    sums: tuple[tuple[str, str], ...]


def show(request: Request) -> Response:
    """Show the slips; with ``changed`` those of whom the last version changed."""
    opened = roster_of(request)
    revisions = opened.saved.roster.revisions
    last = revisions[-1].changes if revisions else ()
    changed = {(str(one.staff), one.date) for one in last}
    names = {name for name, _date in changed}
    only = bool(request.query_params.get("changed"))
    return screen(
        request,
        "slips.html",
        here="month",
        book=opened.book.id,
        slips=tuple(_slips(opened, names if only else None, changed)),
        title=period_text(opened.problem.period),
        version=version_name(opened.version),
        only=only,
        can_choose=bool(names),
        edits=bool(opened.edits),
    )


def _slips(
    opened: OpenRoster, names: set[str] | None, changed: set[tuple[str, dt.date]]
) -> Iterator[Slip]:
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
            tuple(_weeks(opened, member, cells, changed)),
            tuple(_sums(cells, member)),
        )


def _weeks(
    opened: OpenRoster,
    member: StaffMember,
    cells: WrittenCells,
    changed: set[tuple[str, dt.date]],
) -> Iterator[tuple[SlipDate, ...]]:
    period = opened.problem.period
    begin = opened.problem.office.settings.week_starts_on
    for week in period.weeks(begin):
        yield tuple(
            SlipDate(
                date,
                day,
                _look(opened, date, day),
                is_inside,
                (str(member.name), date) in changed,
            )
            for date in week
            for is_inside in [date in period]
            for day in [cells.day(member, date, "") if is_inside else Day()]
        )


def _look(opened: OpenRoster, date: dt.date, day: Day) -> str:
    holiday = date in opened.problem.period.holiday_names
    weekend = {5: "sa", 6: "su"}.get(date.weekday(), "")
    return f"{'su' if holiday else weekend}{' free' if day.symbol in FREE else ''}"


def _sums(cells: WrittenCells, member: StaffMember) -> Iterator[tuple[str, str]]:
    found: Any = cells.totals(member)
    yield _("Days worked"), f"{found.worked}"
    yield _("Nights"), f"{found.nights}"
    yield _("On call"), f"{found.on_call}"
    yield _("Days off"), f"{found.days_off}"
    yield _("Paid leave"), f"{found.paid_leave:g}"
    yield _("Hours of work"), f"{found.work:.1f}"
    yield _("Hours by contract"), f"{found.hours:.1f}"

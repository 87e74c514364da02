"""The pages of users: their services, and how many more could come (受け入れ余力)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.audit.users import (
    UserServices,
    registrant_days,
    services,
    services_by_user,
    services_per_week,
)
from scheduler.domain.base import StaffId
from scheduler.domain.forecast import Service
from scheduler.domain.problem import Problem
from scheduler.files.workbook.dates import day_fill
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.page import Entry, Page, Pages, TableColumn
from scheduler.files.workbook.paging import fit_or_part
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.styles import BOLD, LEFT, Fill, Ink, Look
from scheduler.wording.names import cells_text, name_of, sheet_note, short_names
from scheduler.wording.substitutes import (
    asked_text,
    more_text,
    stops_text,
    way_groups,
    way_texts,
    with_changes_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Room

USERS_WIDTHS = (14, 12, 12, 9, 9, 9, 9, 10)
COUNTED = Look(size=9)
AVERAGE = Look(size=9, number="0.0")
FEW = replace(AVERAGE, fill=Fill.SHORT, ink=Ink.ALARM, bold=True)


def write_users(book: Book, page: Page) -> None:
    """Fill the page: a line for each registrant, and the office's average (C-06)."""
    problem, least = book.problem, book.rulebook["C-06"].int("per_week")
    page.widths(USERS_WIDTHS)
    page.title(_("Users' services (not to be posted)"))
    text = sheet_note("users")
    page.sentence(text.format(least=least))
    head = page.row
    page.table(_columns(least), services_by_user(problem))
    made, days = services(problem), registrant_days(problem)
    average = services_per_week(made.total, days) if days else Fraction()
    by_plan = (made.day_use, made.visits, made.stays, made.total)
    page.line(
        (_("All, as expected"), "", days, *by_plan, float(average)),
        (LEFT, LEFT, *[COUNTED] * 5, AVERAGE if average >= least else FEW),
    )
    page.finish(head, freeze=1, landscape=False)


def _columns(least: int) -> tuple[TableColumn[UserServices], ...]:
    def level(one: UserServices) -> str:
        return name_of(one.user.care_level) if one.user.care_level else ""

    return (
        TableColumn(_("User"), lambda one: one.user.name, LEFT),
        TableColumn(_("Care level"), level, LEFT),
        TableColumn(_("Dates counted"), lambda one: one.days, COUNTED),
        TableColumn(_("Day use"), lambda one: one.day_use, COUNTED),
        TableColumn(_("Visits at home"), lambda one: one.visits, COUNTED),
        TableColumn(_("Overnight stays"), lambda one: one.stays, COUNTED),
        TableColumn(_("In all"), lambda one: one.total, COUNTED),
        TableColumn(
            _("A week"),
            lambda one: float(one.per_week),
            lambda one: AVERAGE if one.per_week >= least or not one.days else FEW,
        ),
    )


DATE_WIDTH = 14
WIDTHS = (6, 8, 21)
"""Widths for each service: expected, how many more, what stops the next one."""
CHANGES_WIDTHS = (5, 7, 15, 7.5, 12)
"""Widths with changes: the same, then how many more with changes, and whom to ask."""
WAY_WIDTHS = (13, 9, 18, 18, 46)
"""Widths of date, service, how many more, whom to ask, what to ask."""
ROW_POINTS = 14.5

DATE = Look(size=10, bold=True, across="left", shrink=True)
EXPECTED = Look(size=9)
MORE = Look(size=11, bold=True, fill=Fill.GOOD)
NONE = Look(size=10, ink=Ink.SOFT, fill=Fill.BAND)
CHANGED = Look(size=11, bold=True, fill=Fill.WISH)
WHY = Look(size=8, ink=Ink.SOFT, across="left", shrink=True)
ASKED = Look(size=8.5, across="left", shrink=True)
ON_DATE = Look(size=8.5, bold=True, across="left")


def write_room_page(book: Book, page: Page) -> None:
    """Fill the page of a roster workbook: room without any changes of duties."""
    _write_rooms(page, book.problem, book.rooms, None)


def write_room(
    problem: Problem, rooms: Sequence[Room], changes: int, path: Path
) -> Path:
    """Write a workbook of the page, and one on the necessary changes; return where.

    Parameters
    ----------
    changes
        Most cells that may change.
    """
    pages = Pages()
    _write_rooms(pages.add(_("Room for guests")), problem, rooms, changes)
    if any(room.ways for room in rooms):
        page = pages.add(_("What has to change"), WAY_WIDTHS)
        _write_ways(page, problem, rooms)
    return save_sealed(pages.workbook, path)


def _names(problem: Problem) -> Mapping[StaffId, str]:
    """Return short names: the family name, or more if that is not unique."""
    return short_names(member.name for member in problem.staff)


def _write_rooms(
    page: Page, problem: Problem, rooms: Sequence[Room], changes: int | None
) -> None:
    """Fill the page: a line for each date.

    Parameters
    ----------
    rooms
        One for each date and service.
    changes
        Most cells that may change; ``None`` if no changes were asked for.
    """
    sizes = WIDTHS if changes is None else CHANGES_WIDTHS
    page.widths((DATE_WIDTH, *sizes * len(Service)))
    page.title(_("Room for guests"))
    page.sentence(sheet_note("room"))
    headings = [_("Expected"), _("More"), _("The next one meets")]
    if changes is not None:
        text = sheet_note("room_with_changes")
        page.sentence(text.format(cells=cells_text(changes)))
        headings += [_("With changes"), _("Whom to ask")]
    head = page.row
    page.bands([name_of(service) for service in Service], len(sizes))
    page.headings((_("Date"), *headings * len(Service)))
    by_date: dict[dt.date, list[Room]] = {}
    for room in rooms:
        by_date.setdefault(room.date, []).append(room)
    names = _names(problem)
    for date, own in by_date.items():
        fill = day_fill(problem.period, date)
        page.put(page.row, 1, date_text(date), replace(DATE, fill=fill))
        for place, room in enumerate(own):
            cells = list(_cells(room, names, with_changes=changes is not None))
            column = 2 + place * len(sizes)
            values, looks = zip(*cells, strict=True)
            page.cells(page.row, column, values, looks)
        page.height(ROW_POINTS, page.row)
        page.row += 1
    page.finish((head, head + 1), freeze=2)
    fit_or_part(page.sheet, (head, head + 1))


def _cells(
    room: Room, names: Mapping[StaffId, str], *, with_changes: bool
) -> Iterator[tuple[Entry, Look]]:
    """Yield the cells of a date and service."""
    yield room.expected, EXPECTED
    yield more_text(room), MORE if room.as_it_stands else NONE
    yield stops_text(room), WHY
    if with_changes:
        yield with_changes_text(room), CHANGED if room.ways else NONE
        # The first way is for one guest more than without changes.
        yield asked_text(room.ways[0], names) if room.ways else "", ASKED


def _write_ways(page: Page, problem: Problem, rooms: Sequence[Room]) -> None:
    """Fill the page of the changes needed for each number of additional guests."""
    page.title(_("What has to change"))
    head = page.row
    page.headings(
        (_("Date"), _("Service"), _("Guests more"), _("Whom to ask"), _("What to ask"))
    )
    names = _names(problem)
    for room in rooms:
        date = replace(ON_DATE, fill=day_fill(problem.period, room.date))
        for much, way in way_groups(room):
            values = (
                date_text(room.date),
                name_of(room.service),
                much,
                asked_text(way, names),
                "\n".join(way_texts(way, problem)),
            )
            page.line(values, (date, LEFT, LEFT, BOLD, LEFT))
    page.finish(head, freeze=1, landscape=False)

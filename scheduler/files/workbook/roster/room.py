"""The page of room for guests (受け入れ余力), with which the telephone is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from scheduler.domain.room import Service
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.roster.words import date_fill, short_names
from scheduler.files.workbook.styles import (
    BAND,
    GOOD,
    SOFT_INK,
    WISH,
    Look,
    Stylist,
    print_setup,
)
from scheduler.wording.names import cells_text
from scheduler.wording.room import (
    asked_text,
    more_text,
    service_name,
    stops_text,
    way_groups,
    way_texts,
    with_changes_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.room import Room
    from scheduler.files.workbook.roster.book import Book

DATE_WIDTH = 14
WIDTHS = (6, 8, 21)
"""Of each service: expected, how many more, what stops the next."""
CHANGES_WIDTHS = (5, 7, 15, 7.5, 12)
"""With changes: the same, then how many more with them, and who is asked for one."""
WAY_WIDTHS = (13, 9, 18, 18, 46)
"""Date, service, how many more, whom to ask, what."""
ROW_POINTS = 14.5

DATE = Look(size=10, bold=True, across="left", shrink=True)
EXPECTED = Look(size=9)
MORE = Look(size=11, bold=True, fill=GOOD)
NONE = Look(size=10, ink=SOFT_INK, fill=BAND)
CHANGED = Look(size=11, bold=True, fill=WISH)
WHY = Look(size=8, ink=SOFT_INK, across="left", shrink=True)
ASKED = Look(size=8.5, across="left", shrink=True)
ON_DATE = Look(size=8.5, bold=True, across="left")
NAMES = replace(LEFT, bold=True)


@dataclass(frozen=True)
class RoomPage:
    """The room for guests of a roster, and what of it is to be shown.

    Attributes
    ----------
    rooms
        One for each date and service.
    changes
        Most cells that may change; ``None`` if no changes were asked for.
    """

    stylist: Stylist
    problem: Problem
    rooms: tuple[Room, ...]
    changes: int | None = None

    @property
    def short_names(self) -> Mapping[StaffId, str]:
        """Family names where they suffice."""
        return short_names(member.name for member in self.problem.staff)


def write_room_page(book: Book, sheet: Worksheet) -> None:
    """Fill the page of a roster workbook, nobody's days changed."""
    write_room(RoomPage(book.stylist, book.problem, book.rooms), sheet)


def build_room(problem: Problem, rooms: Sequence[Room], changes: int) -> Workbook:
    """Make a workbook of the page and one on what would change, unsaved.

    Parameters
    ----------
    changes
        Most cells that could change.
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Room for guests")
    page = RoomPage(Stylist(workbook), problem, tuple(rooms), changes)
    write_room(page, sheet)
    if any(room.ways for room in rooms):
        write_ways(page, workbook.create_sheet(_("What has to change")))
    embed(workbook, {CONTENT: content_digest(workbook)})
    return workbook


def write_room(page: RoomPage, sheet: Worksheet) -> None:
    """Fill the page: a line for each date."""
    widths = WIDTHS if page.changes is None else CHANGES_WIDTHS
    columns = (DATE_WIDTH, *widths * len(Service))
    writing = Page(page.stylist, sheet, columns)
    writing.title(_("Room for guests"))
    for text in _notes(page):
        writing.sentence(text, LEFT)
    head = writing.row
    writing.bands([service_name(service) for service in Service], len(widths))
    writing.headings((_("Date"), *_headings(page) * len(Service)))
    by_date: dict[object, list[Room]] = {}
    for room in page.rooms:
        by_date.setdefault(room.date, []).append(room)
    for rooms in by_date.values():
        _line(page, writing, rooms)
    sheet.freeze_panes = f"{get_column_letter(2)}{head + 2}"
    print_setup(sheet, title_rows=f"{head}:{head + 1}")


def _notes(page: RoomPage) -> Iterator[str]:
    yield _(
        "More guests of one service on one date, all else as expected, without law, a "
        "must of the office or a contract being broken more than it is. As planned; "
        "edits are not followed."
    )
    if page.changes is not None:
        text = _(
            "With changes: at most {cells} change, breaks not counted. Two changes of "
            "two dates may not go together; ask again after each."
        )
        yield text.format(cells=cells_text(page.changes))


def _headings(page: RoomPage) -> tuple[str, ...]:
    usual = (_("Expected"), _("More"), _("The next one meets"))
    if page.changes is None:
        return usual
    return (*usual, _("With changes"), _("Whom to ask"))


def _line(page: RoomPage, writing: Page, rooms: Sequence[Room]) -> None:
    date = rooms[0].date
    fill = date_fill(page.problem.period, date)
    values: list[str | int] = [date_text(date)]
    looks = [replace(DATE, fill=fill)]
    for room in rooms:
        values += [room.expected, more_text(room), stops_text(room)]
        looks += [EXPECTED, MORE if room.as_it_stands else NONE, WHY]
        if page.changes is not None:
            values += [with_changes_text(room), _whom(page, room)]
            looks += [CHANGED if room.ways else NONE, ASKED]
    row = writing.row
    for column, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
        page.stylist.put(writing.sheet, row, column, value, look)
    writing.sheet.row_dimensions[row].height = ROW_POINTS
    writing.row += 1


def _whom(page: RoomPage, room: Room) -> str:
    """Write who is asked for one guest more than the roster carries."""
    return asked_text(room.ways[0], page.short_names) if room.ways else ""


def write_ways(page: RoomPage, sheet: Worksheet) -> None:
    """Fill the page of what changes for each number of guests more."""
    writing = Page(page.stylist, sheet, WAY_WIDTHS)
    writing.title(_("What has to change"))
    head = writing.row
    writing.headings(
        (_("Date"), _("Service"), _("Guests more"), _("Whom to ask"), _("What to ask"))
    )
    for room in page.rooms:
        date = replace(ON_DATE, fill=date_fill(page.problem.period, room.date))
        for much, way in way_groups(room):
            values = (
                date_text(room.date),
                service_name(room.service),
                much,
                asked_text(way, page.short_names),
                "\n".join(way_texts(way, page.problem)),
            )
            writing.line(values, (date, LEFT, LEFT, NAMES, LEFT))
    sheet.freeze_panes = f"A{head + 1}"
    print_setup(sheet, landscape=False, title_rows=f"{head}:{head}")

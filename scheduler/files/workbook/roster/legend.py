"""The legend under the break-room sheet: symbols with their times, marks, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import total_minutes
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster.grid import FIRST_DATE_COLUMN, ROLE_COLUMN
from scheduler.files.workbook.styles import (
    NOTE,
    SATURDAY,
    SHORT,
    SUNDAY,
    SURPLUS,
    TAIL,
    WISH,
    Look,
)
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    ROLE_MARKS,
    SHORT_MARK,
    WISHED_DAY_OFF,
)
from scheduler.wording.plans import version_name
from scheduler.wording.times import span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.styles import Edge

STEP = 9
"""Columns of dates that one entry may run over."""


def write(book: Book, sheet: Worksheet, row: int) -> int:
    """Write the legend from ``row`` on, and return the row after it."""
    book.stylist.put(sheet, row, ROLE_COLUMN, _("Legend"), Look(bold=True, edge="none"))
    row = _entries(book, sheet, row + 1, tuple(_shifts(book)))
    row = _entries(book, sheet, row, tuple(_marks(book)))
    return _colours(book, sheet, row) + 1


def _shifts(book: Book) -> Iterator[str]:
    for shift in book.problem.shifts:
        pause = total_minutes(shift.break_options[0])
        yield _("{symbol}: {name} {span}, break {minutes} min").format(
            symbol=shift.symbol,
            name=shift.name,
            span=span_text(shift.interval),
            minutes=pause,
        )


def _marks(book: Book) -> Iterator[str]:
    shown = OFF_SYMBOLS | {OffKind.ABSENT: ABSENT_ON_PAPER}
    names = {kind: off_name(kind) for kind in shown}
    names[OffKind.ABSENT] = _("away")
    offs = [f"{symbol}: {names[kind]}" for kind, symbol in shown.items()]
    yield "  ".join(offs[:2])
    yield "  ".join((*offs[2:], _("{symbol}: wished").format(symbol=WISHED_DAY_OFF)))
    yield _("{mark} behind a symbol: on call").format(mark=ON_CALL_MARK)
    if book.shortage.dates:
        yield _("{mark} before a date: short, see “{page}” (as planned)").format(
            mark=SHORT_MARK, page=_("Shortage")
        )
    roles = "  ".join(f"{mark}={role_name(r)}" for r, mark in ROLE_MARKS.items())
    yield _("Job behind a symbol: {roles}; none: care").format(roles=roles)


def _entries(book: Book, sheet: Worksheet, row: int, entries: Sequence[str]) -> int:
    columns = [ROLE_COLUMN, *range(FIRST_DATE_COLUMN + 2, book.grid.last_column, STEP)]
    for index, entry in enumerate(entries):
        line, place = divmod(index, len(columns))
        book.stylist.put(sheet, row + line, columns[place], entry, NOTE)
    return row + -(-len(entries) // len(columns))


def _colours(book: Book, sheet: Worksheet, row: int) -> int:
    entries = (
        (SATURDAY, _("Saturday")),
        (SUNDAY, _("Sunday, holiday")),
        (TAIL, _("last month")),
        (WISH, _("wish granted (underlined)")),
        (SHORT, _("short, or a rule broken (bold)")),
        (SURPLUS, _("more than asked for")),
    )
    start = FIRST_DATE_COLUMN + 2
    for index, (colour, text) in enumerate(entries):
        column = start + 6 * index
        wished = colour == WISH
        sample = "休" if wished else None
        look = Look(fill=colour, underline=wished)
        book.stylist.put(sheet, row, column, sample, look)
        book.stylist.put(sheet, row, column + 1, text, NOTE)
    frames: list[tuple[Edge, str]] = []
    if book.problem.pins.count:
        frames.append(("box", _("pinned beforehand")))
    if book.changed_cells or book.changed_nights:
        frames.append(("changed", _changed(book)))
    for index, (edge, text) in enumerate(frames, start=len(entries)):
        column = start + 6 * index
        book.stylist.put(sheet, row, column, "早", Look(edge=edge))
        book.stylist.put(sheet, row, column + 1, text, NOTE)
    return row


def _changed(book: Book) -> str:
    if book.plan_number:
        return _("changed by this plan")
    name = version_name(book.roster.version)
    return _("changed in {version}").format(version=name)

"""The accounts beside the burdens: wishes, leave, days off, hours of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.styles import HEAD, Look
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book

COUNT = Look(number="0")
SIGNED = Look(number="+0;-0;0")
DAYS = Look()
HOURS = Look(number="0.0")


class _Entry(NamedTuple):
    value: float | str
    """A formula if it is text."""
    look: Look


def write_accounts(book: Book, sheet: Worksheet, row: int) -> int:
    """Write the table from a row on; return its last column."""
    groups = (
        (_("Wishes of this month"), (_("Asked"), _("Granted"))),
        (_("Wishes in all"), (_("Asked"), _("Granted"))),
        (_("Paid leave, days"), (_("This month"), _("In all"))),
        (_("Days off outstanding"), (_("Before"), _("In all"))),
        (_("Hours by contract"), (_("Planned"), _("At least"), _("At most"))),
    )
    put = book.stylist.put
    put(sheet, row, 1, _("Name"), HEAD)
    put(sheet, row + 1, 1, None, HEAD)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    column = 2
    for above, texts in groups:
        for offset, text in enumerate(texts):
            put(sheet, row, column + offset, None if offset else above, HEAD)
            put(sheet, row + 1, column + offset, text, HEAD)
        end = column + len(texts) - 1
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=end
        )
        column = end + 1
    sheet.row_dimensions[row].height = sheet.row_dimensions[row + 1].height = 28
    for below, member in enumerate(book.grid.members, start=row + 2):
        look = Look(across="left", bold=True, shrink=True)
        put(sheet, below, 1, member.name, look)
        for number, entry in enumerate(_entries(book, member), start=2):
            if isinstance(entry.value, str):
                book.stylist.formula(sheet, below, number, entry.value, entry.look)
            else:
                put(sheet, below, number, entry.value, entry.look)
    return column - 1


def _entries(book: Book, member: StaffMember) -> tuple[_Entry, ...]:
    before = book.problem.ledger_by_name[member.name]
    wishes = book.month_of[member.name].wishes
    granted = sum(wish.granted for wish in wishes)

    def cell(key: totals.Key) -> str:
        return totals.cell_of(book, member.name, totals.column_of(book, key))

    agreed = member.contract.days_off_min
    owed: float | str = before.days_off_owed
    if agreed is not None:
        owed = f"={before.days_off_owed + agreed}-{cell('days_off')}"
    leave = cell("paid_leave")
    return (
        _Entry(len(wishes), COUNT),
        _Entry(granted, COUNT),
        _Entry(before.wishes_asked + len(wishes), COUNT),
        _Entry(before.wishes_granted + granted, COUNT),
        _Entry(f"={leave}", DAYS),
        _Entry(f"={before.paid_leave / 2:g}+{leave}", DAYS),
        _Entry(before.days_off_owed, SIGNED),
        _Entry(owed, SIGNED),
        _Entry(f"={cell('hours')}", HOURS),
        *(
            _Entry(f'=IF({cell(key)}="","",{cell(key)})', HOURS)
            for key in ("hours_min", "hours_max")
        ),
    )

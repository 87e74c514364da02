"""The sheet of what-ifs (もしも): empty lines for a manager to fill in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.scenario import Event
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.layout.scenarios import EXAMPLE, SCENARIOS
from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.styles import SOFT_INK, Look, print_setup
from scheduler.files.workbook.writing import frame
from scheduler.wording.names import name_of
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.times import date_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.roster.book import Book

LINES = 27
"""Empty ones."""
LINE_HEIGHT = 17
"""Points."""

GUIDE = (
    SCENARIOS.hint,
    N_(
        "Absence: who, when, until. Leaving: who, when (the last day). Joining: who, "
        "when (the first day), and like whom. Change of shift: who, when, until, and "
        "the symbol. Numbers of users: when, until, and the number."
    ),
    N_("Grey lines are examples and do not count; you may delete them."),
)

ENTRY = Look(size=10, across="left", number="@", locked=False)
"""As text, so that no program takes 1/14 for a date of another year."""
SAMPLE = replace(ENTRY, ink=SOFT_INK)
TEXT = replace(LEFT, size=9)


def write_scenarios(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet with its guide, examples and empty lines."""
    page = Page(book.stylist, sheet, [column.width for column in SCENARIOS.columns])
    page.title(_(SCENARIOS.title))
    for text in GUIDE:
        page.sentence(_(text), TEXT)
    page.row += 1
    head = page.row
    table = frame.Page(sheet, book.stylist, SCENARIOS)
    for number, column in enumerate(SCENARIOS.columns, start=1):
        frame.heading(table, head, number, column)
    examples = tuple(_examples(book))
    last = head + len(examples) + LINES
    for row in range(head + 1, last + 1):
        place = row - head - 1
        is_example = place < len(examples)
        texts = examples[place] if is_example else ("",) * len(SCENARIOS.columns)
        for number, text in enumerate(texts, start=1):
            book.stylist.put(sheet, row, number, text, SAMPLE if is_example else ENTRY)
        sheet.row_dimensions[row].height = LINE_HEIGHT
    _offer(book, table, head + 1, last)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    print_setup(sheet, title_rows=f"{head}:{head}")


def _examples(book: Book) -> Iterator[tuple[str, ...]]:
    """Yield lines of what can happen, with people, dates and a shift of the office."""
    members, dates = book.problem.staff, book.problem.period.dates
    middle = dates[len(dates) // 2 :]
    first, last = date_text(middle[0]), date_text(middle[: len(dates) // 8 + 1][-1])
    symbol = next(iter(members[0].shifts), OFF_SYMBOLS[OffKind.DAY_OFF])
    for event, *said in (
        (Event.ABSENCE, members[-1].name, first, last, ""),
        (Event.DUTY, members[0].name, first, "", symbol),
        (Event.OVERNIGHT, "", last, "", "6"),
    ):
        yield _(EXAMPLE), name_of(event), *said, ""


def _offer(book: Book, table: frame.Page, first: int, last: int) -> None:
    """Add the lists to choose from; whatever else is typed is judged when read."""
    lists, problem = book.lists, book.problem
    names = str(lists.range(tuple(member.name for member in problem.staff)))
    dates = str(lists.range(tuple(date_text(date) for date in problem.period.dates)))
    given = (OFF_SYMBOLS[OffKind.DAY_OFF], OFF_SYMBOLS[OffKind.PAID_LEAVE])
    symbols = str(lists.range((*problem.shift_by_symbol, *given)))
    columns = [column.path for column in SCENARIOS.columns]
    event = f"$B{first}"
    joining = name_of(Event.JOINING)
    choices = {
        "person": names,
        "first": dates,
        "last": dates,
        "start": dates,
        "what": f'IF({event}="{joining}",{names},{symbols})',
    }
    for number, path in enumerate(columns, start=1):
        cells = frame.column_range(number, first, last)
        if path in choices:
            frame.offer(table.sheet, cells, choices[path], strict=False)
        elif path == "event":
            frame.validate(table, SCENARIOS.columns[number - 1], cells)

"""The input workbook, filled in or empty, with a guide to its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.saving import save
from scheduler.files.workbook.columns import TEXTS, Sheet
from scheduler.files.workbook.following import mark_lines
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    EXPERT_SETTINGS,
    FIRST_ROW,
    FORECAST,
    GUIDE,
    LEDGER,
    OFFICE,
    PROFILES,
    REQUESTS,
    SETTINGS,
    SHEETS,
    SHIFTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.references import area
from scheduler.files.workbook.sheet_writer import (
    LINE_POINTS,
    WIDE,
    SheetWriter,
    WorkbookWriter,
    lines_of,
)
from scheduler.files.workbook.styles import (
    HEAD,
    TEXT,
    TITLE,
    Ink,
    Look,
)
from scheduler.files.workbook.writing.draft import (
    STAFF_LINES,
    Draft,
    draft_of,
    empty_draft,
)
from scheduler.files.workbook.writing.frame import (
    follow_names,
    name_range,
    offer,
    open_page,
)
from scheduler.files.workbook.writing.tables import (
    SPARE_LINES,
    paint_exceptions,
    paint_grid,
    paint_keys,
    paint_table,
)
from scheduler.wording.translation import N_, _

STEPS: tuple[str, ...] = tuple(TEXTS["steps"].values())
"""How the workbook is filled in, step by step."""

SITUATIONS_HINT = N_("Where it is said")
SITUATION_HEADINGS = (
    N_("No."),
    N_("What you want to say"),
    N_("Sheet"),
    N_("What is entered (for example)"),
)


class Situation(NamedTuple):
    """Something that an office has to say."""

    what: str
    sheet: Sheet
    how: str
    """Columns of the sheet, and what is entered there."""


_BY_TITLE = {layout.title: layout for layout in SHEETS}

SITUATIONS = tuple(
    Situation(told["what"], _BY_TITLE[told["sheet"]], told["how"])
    for told in TEXTS["situations"].values()
)

PAGES = "docs/ja/README.md"
"""The page that explains every sheet, from the folder of the program."""
MORE = N_("Every column of every sheet is explained in {page} (folder of shotaki).")

IF_NEEDED = N_("if needed")
OCCASIONS = {
    **dict.fromkeys(
        (one.title for one in (OFFICE, PROFILES, SHIFTS, STAFF, SETTINGS)), N_("once")
    ),
    **dict.fromkeys(
        (one.title for one in (FORECAST, REQUESTS, TAIL)), N_("every month")
    ),
    LEDGER.title: N_("by itself, from the month before"),
    EXPERT_SETTINGS.title: N_("may stay as it is"),
}
"""When a sheet is filled in, by its title; the others if needed."""

GUIDE_HEADINGS = (N_("No."), N_("Sheet"), N_("When"), N_("What is entered"))
WIDTHS = (6, 28, 22, 92)
STEP = Look(size=11, across="left", wrap=True, edge="none")
NUMBER = Look(size=11, bold=True, edge="none")
SHEET = Look(across="left", wrap=True, underline=True, ink=Ink.SATURDAY)
MORE_LOOK = Look(size=11, across="left", underline=True, ink=Ink.SATURDAY, edge="none")
LARGER = 1.25
"""A step's letters against those of the tables."""


def occasion(layout: Sheet) -> str:
    """Return when a sheet is filled in, translated."""
    return _(OCCASIONS.get(layout.title, IF_NEEDED))


def paint_guide(out: SheetWriter) -> None:
    """Write the guide, the list of sheets, and what an office has to say."""
    sheet = out.sheet
    out.put(1, 1, _(GUIDE.hint), TITLE)
    across = sum(WIDTHS[1:])
    for number, step in enumerate(STEPS, start=1):
        row = 1 + number
        out.cells(row, 1, (number, _(step)), (NUMBER, STEP))
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=4)
        lines = lines_of(_(step), across / LARGER)
        out.height(LARGER * LINE_POINTS * lines + 6, row)
    more = out.put(len(STEPS) + 2, 2, _(MORE).format(page=PAGES), MORE_LOOK)
    more.hyperlink = f"../{PAGES}"
    head = len(STEPS) + 4
    sheets = ((_(one.title), occasion(one), _(one.hint)) for one in SHEETS)
    _list(out, head, GUIDE_HEADINGS, sheets, 2)
    head += len(SHEETS) + 2
    sheet.row_breaks.append(Break(id=head - 1))
    out.put(head, 1, _(SITUATIONS_HINT), TITLE)
    situations = ((_(one.what), _(one.sheet.title), _(one.how)) for one in SITUATIONS)
    _list(out, head + 1, SITUATION_HEADINGS, situations, 3)
    for row in (1, head):
        out.height(30, row)
    sheet.sheet_view.showGridLines = False
    out.widths(WIDTHS)
    out.finish()


def _list(
    out: SheetWriter,
    head: int,
    headings: Iterable[str],
    lines: Iterable[tuple[str, str, str]],
    linked: int,
) -> None:
    """Write numbered lines of three texts; column ``linked`` has titles of sheets."""
    out.cells(head, 1, map(_, headings), HEAD)
    for number, texts in enumerate(lines, start=1):
        row = head + number
        out.put(row, 1, number, Look())
        for column, text in enumerate(texts, start=2):
            look = SHEET if column == linked else TEXT
            cell = out.put(row, column, text, look)
            if column == linked:
                cell.hyperlink = f"#'{text}'!A1"
        high = max(map(lines_of, texts, (width - WIDE for width in WIDTHS[1:])))
        out.height(LINE_POINTS * high + 5, row)


def write_input(
    content: Problem | Period, path: Path, people: int = STAFF_LINES
) -> None:
    """Write an input workbook atomically.

    Parameters
    ----------
    content
        A problem, or a period for an empty office with examples to change.
    people
        Lines for staff; more where the problem has more people.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    save(input_bytes(content, people), path)


def input_bytes(content: Problem | Period, people: int = STAFF_LINES) -> bytes:
    """Return an input workbook, as `write_input` writes it."""
    draft = empty_draft(content) if isinstance(content, Period) else draft_of(content)
    draft.people = max(people, len(draft.names) + SPARE_LINES)
    return bytes_of(paint(draft))


def paint(draft: Draft) -> Workbook:
    """Return the workbook with the content of a draft."""
    writer = WorkbookWriter()
    paint_guide(writer.add(_(GUIDE.title)))
    written: dict[str, SheetWriter] = {}
    lines: dict[str, int] = {}
    for layout in SHEETS:
        out = written[layout.title] = open_page(writer, layout)
        if layout.has_keys:
            paint_keys(out, layout, draft.values)
        elif layout.labels:
            paint_grid(out, layout, draft)
        else:
            rows = draft.rows_of(layout)
            lines[layout.title] = _lines(layout, draft)
            paint_table(out, layout, rows, lines[layout.title])
            if layout is LEDGER:
                follow_names(out, FIRST_ROW, draft.people)
        if layout is AGREEMENTS:
            paint_exceptions(out, lines[layout.title])
    _offer_names(written, lines)
    mark_lines(writer.workbook)
    return writer.workbook


def _lines(layout: Sheet, draft: Draft) -> int:
    rows = len(draft.rows_of(layout))
    if layout is FORECAST:
        return rows
    if layout in (STAFF, LEDGER):
        return draft.people
    return max(rows + SPARE_LINES, layout.lines)


def _offer_names(writer: Mapping[str, SheetWriter], lines: Mapping[str, int]) -> None:
    """Add the drop-downs that offer the names of another sheet.

    ``lines`` are the numbers of lines of the tables, like the pages by their title.
    """
    for layout in SHEETS:
        for number, column in enumerate(layout.columns, start=1):
            if column.offers:
                last = FIRST_ROW + lines[layout.title] - 1
                cells = area(FIRST_ROW, number, last, number)
                names = name_range(column.offers, lines[column.offers])
                offer(writer[layout.title], cells, names, strict=False)

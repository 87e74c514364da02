"""The empty form for wishes (希望記入用紙): people and dates, filled in by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from scheduler.files.workbook.embedded import seal
from scheduler.files.workbook.package import measure_columns
from scheduler.files.workbook.page import Page, date_format, day_fill
from scheduler.files.workbook.roster.book import HOLIDAY_MARK, RosterGrid
from scheduler.files.workbook.styles import Edge, Look, Stylist
from scheduler.wording.times import date_text, period_text, weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem

TITLE_ROW, RULES_ROW, DATE_ROW, WEEKDAY_ROW, FIRST_ROW = range(1, 6)
NAME_COLUMN, FIRST_DATE = 1, 2

WIDTH, HEIGHT = 760, 550
"""What margins leave of an A4 page, in points; widths are less exact than heights."""
NAME = 84
"""Width of the names."""
CHARACTER = 21 / 4
"""Points of a column's width of one character."""
LEAST_ROW, MOST_ROW = 14, 32
MARGIN = 0.25
BLACK, WHITE = "000000", "FFFFFF"


def build_wishes_form(problem: Problem, closing: dt.date | None) -> Workbook:
    """Return the empty form of a month, unsaved.

    Parameters
    ----------
    closing
        Last date on which wishes are taken; ``None`` to leave a line for it.
    """
    workbook = Workbook()
    measure_columns(workbook)
    sheet = workbook.active
    sheet.title = _("Wishes form")
    page = Page(Stylist(workbook), sheet)
    _head(problem, page, closing)
    _dates(problem, page)
    _people(problem, page)
    _shape(problem, page)
    seal(workbook)
    return workbook


def _head(problem: Problem, page: Page, closing: dt.date | None) -> None:
    large = Look(size=16, bold=True, edge="none", across="left")
    title = _("Wishes for {period}").format(period=period_text(problem.period))
    page.put(TITLE_ROW, NAME_COLUMN, title, large)
    until = date_text(closing) if closing else "　　月　　日（　）"
    column = FIRST_DATE + len(problem.period.dates) // 2
    text = _("Closing date: {date}").format(date=until)
    page.put(TITLE_ROW, column, text, large)
    note = Look(size=9, edge="none", across="left")
    page.put(RULES_ROW, NAME_COLUMN, "　".join(wishes_rules(problem)), note)


def wishes_rules(problem: Problem) -> Iterator[str]:
    """Yield what is to be known before a wish is written."""
    yield _(
        "休 day off, 有 paid leave, 前休 / 後休 half a day off, ×夜 no night. "
        "◎ behind it: by all means. No reasons, please: others see this sheet."
    )
    most = problem.office.settings.wishes_per_person
    if most is not None:
        yield _("Days off: {most} at most.").format(most=most)


def _dates(problem: Problem, page: Page) -> None:
    head = Look(size=10, bold=True, edge="wall")
    for row, text in ((DATE_ROW, _("Name")), (WEEKDAY_ROW, _("Weekday"))):
        page.put(row, NAME_COLUMN, text, replace(head, across="left"))
    for column, date in enumerate(problem.period.dates, start=FIRST_DATE):
        look = replace(head, fill=day_fill(problem.period, date), edge=_edge(date))
        number = date_format(problem.period, date)
        page.put(DATE_ROW, column, date, replace(look, number=number, shrink=True))
        is_holiday = date in problem.period.holiday_names
        text = HOLIDAY_MARK if is_holiday else weekday_text(date.weekday())
        if is_holiday or date.weekday() == 6:
            look = replace(look, fill=BLACK, ink=WHITE)
        page.put(WEEKDAY_ROW, column, text, look)


def _edge(date: dt.date) -> Edge:
    return "wall week" if date.weekday() == 5 else "wall"


def _people(problem: Problem, page: Page) -> None:
    members = RosterGrid(problem).members
    for row, member in enumerate(members, start=FIRST_ROW):
        name = Look(size=11, bold=True, across="left", shrink=True, edge="wall")
        page.put(row, NAME_COLUMN, member.name, name)
        for column, date in enumerate(problem.period.dates, start=FIRST_DATE):
            fill = day_fill(problem.period, date)
            page.dress(row, column, Look(size=11, fill=fill, edge=_edge(date)))


def _shape(problem: Problem, page: Page) -> None:
    dates, people = len(problem.period.dates), len(problem.staff)
    each = min(40, (WIDTH - NAME) / dates)
    page.widths(points / CHARACTER for points in (NAME, *[each] * dates))
    heads = {TITLE_ROW: 28, RULES_ROW: 18, DATE_ROW: 18, WEEKDAY_ROW: 16}
    for row, points in heads.items():
        page.height(points, row)
    room = (HEIGHT - sum(heads.values())) / max(1, people)
    last = FIRST_ROW + people - 1
    page.height(min(MOST_ROW, max(LEAST_ROW, room)), FIRST_ROW, last)
    page.finish((DATE_ROW, WEEKDAY_ROW))
    margins = page.sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = MARGIN
    margins.header = margins.footer = 0
    page.sheet.oddFooter.center.text = ""
    right = get_column_letter(FIRST_DATE + dates - 1)
    page.sheet.print_area = f"A1:{right}{last}"

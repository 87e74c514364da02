"""Labour law by person (労務): hours, days off, nights, runs and rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule

from scheduler.domain.clock import HOUR
from scheduler.i18n import _
from scheduler.reports import people
from scheduler.wording import duration_text, role_name
from scheduler.workbook.roster.page import LEFT, Page
from scheduler.workbook.styles import SHORT, WISH, Look, alarm_font, fill, print_setup

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.reports import PersonMonth
    from scheduler.workbook.roster.book import Book

COLUMNS = (16, 11, 10, 10, 10, 11, 8, 8, 8, 10, 8, 8, 11, 12, 30)
HOURS = Look(size=9, number="0.0")
COUNT = Look(size=9)


def write_labour(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of labour law by person."""
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("Labour law, person by person"))
    settings = book.problem.office.settings
    note = _(
        "Month cap: Labour Standards Act art. 32-2 (F-02). Rest: wished {wished}, at"
        " least {least} (F-11). Days in a row: wished {row}, at most {most} (F-13)."
        " As planned."
    ).format(
        wished=duration_text(settings.rest_wished),
        least=duration_text(settings.rest_least),
        row=settings.days_in_a_row_wished,
        most=settings.days_in_a_row_most,
    )
    page.sentence(note, Look(size=8.5, across="left"))
    page.headings(
        (
            _("Name"),
            _("Job"),
            _("Work, h"),
            _("Month cap, h"),
            _("To spare, h"),
            _("Credited, h"),
            _("Days off"),
            _("Paid leave"),
            _("Absent"),
            _("Holidays by law"),
            _("Nights"),
            _("On call"),
            _("Longest run, days"),
            _("Shortest rest, h"),
            _("Hours by job"),
        )
    )
    first = page.row
    months = {month.staff: month for month in people(book.problem, book.roster)}
    for member in book.grid.members:
        _person(page, months[member.name], role_name(member.roles[0]))
    _colours(book, sheet, first, page.row - 1)
    sheet.freeze_panes = sheet.cell(first, 2)
    print_setup(sheet, title_rows=f"{first - 1}:{first - 1}")


def _person(page: Page, month: PersonMonth, job: str) -> None:
    rest = month.shortest_rest
    by_role = "  ".join(
        f"{role_name(hours.role)} {hours.total / HOUR:.1f}" for hours in month.roles
    )
    page.line(
        (
            month.staff,
            job,
            month.total / HOUR,
            month.cap / HOUR,
            (month.cap - month.total) / HOUR,
            month.credited / HOUR,
            month.days_off,
            month.leave_days,
            month.absent,
            month.free_days,
            month.nights,
            month.on_call,
            month.longest_run,
            None if rest is None else rest / HOUR,
            by_role,
        ),
        (LEFT, LEFT, *[HOURS] * 4, *[COUNT] * 7, HOURS, LEFT),
    )


def _colours(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    settings = book.problem.office.settings
    red, yellow = fill(SHORT), fill(WISH)
    for column, broken, unwished in (
        ("E", f"E{first}<0", ""),
        (
            "M",
            f"M{first}>{settings.days_in_a_row_most}",
            f"M{first}>{settings.days_in_a_row_wished}",
        ),
        (
            "N",
            f'AND(N{first}<>"",N{first}<{settings.rest_least / HOUR:g})',
            f'AND(N{first}<>"",N{first}<{settings.rest_wished / HOUR:g})',
        ),
    ):
        area = f"{column}{first}:{column}{last}"
        rule = FormulaRule(
            formula=[broken], fill=red, font=alarm_font(), stopIfTrue=True
        )
        sheet.conditional_formatting.add(area, rule)
        if unwished:
            rule = FormulaRule(formula=[unwished], fill=yellow)
            sheet.conditional_formatting.add(area, rule)

"""Labour law by person (労務): hours, days off, nights, runs and rest.

The page of wishes (希望): every request, those refused first, each with its reason.

As planned; it does not follow edits by hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule

from scheduler.audit.figures.limits import days_off_owed, hours_band
from scheduler.audit.figures.people import people
from scheduler.domain.clock import HOUR
from scheduler.domain.requests import Strength
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SHORT,
    WISH,
    Look,
    alarm_font,
    fill,
    print_setup,
)
from scheduler.wording.duties import wish_text
from scheduler.wording.names import duration_text, role_name, strength_name
from scheduler.wording.notation import ON_CALL_MARK
from scheduler.wording.reasons import reason_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.figures.people import PersonMonth, WishVerdict
    from scheduler.domain.requests import Request
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book


LABOUR_COLUMNS = (16, 11, 10, 10, 10, 10, 10, 11, 8, 8, 8, 10, 8, 8, 11, 12, 30)
HOURS = Look(size=9, number="0.0")
COUNT = Look(size=9)


def write_labour(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of labour law by person."""
    page = Page(book.stylist, sheet, LABOUR_COLUMNS)
    page.title(_("Labour law, person by person"))
    settings = book.problem.office.settings
    note = _(
        "Month cap: Labour Standards Act art. 32-2 (F-02); it is held against the hours"
        " of work. Hours by contract are work, paid leave and absence together (L-03);"
        " red: outside the contract, as are days off that are too few (L-02). Set by"
        " the office: rest wished {wished}, at least {least} (F-11); days in a row"
        " wished {row}, at most {most} (F-13). As planned."
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
            _("Hours of work"),
            _("Month cap, h"),
            _("To spare, h"),
            _("Hours of paid leave"),
            _("Hours of absence"),
            _("Hours by contract"),
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
        _person(book, page, months[member.name], member)
    _colours(book, sheet, first, page.row - 1)
    sheet.freeze_panes = sheet.cell(first, 2)
    print_setup(sheet, title_rows=f"{first - 1}:{first - 1}")


def _person(book: Book, page: Page, month: PersonMonth, member: StaffMember) -> None:
    rest = month.shortest_rest
    least, most = hours_band(book.problem, member)
    too_few = least is not None and month.credited < least
    too_many = most is not None and month.credited > most
    short_of_days = month.days_off < days_off_owed(book.problem, member)
    by_role = "  ".join(
        f"{role_name(hours.role)} {hours.total / HOUR:.1f}" for hours in month.roles
    )
    page.line(
        (
            month.staff,
            role_name(member.roles[0]),
            month.total / HOUR,
            month.cap / HOUR,
            (month.cap - month.total) / HOUR,
            month.leave / HOUR,
            month.absence / HOUR,
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
        (
            *[LEFT] * 2,
            *[HOURS] * 5,
            _red(HOURS) if too_few or too_many else HOURS,
            _red(COUNT) if short_of_days else COUNT,
            *[COUNT] * 6,
            HOURS,
            LEFT,
        ),
    )


def _red(look: Look) -> Look:
    """Return how a number outside the contract looks."""
    return replace(look, fill=SHORT, ink=ALARM_INK, bold=True)


def _colours(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    settings = book.problem.office.settings
    red, yellow = fill(SHORT), fill(WISH)
    for column, broken, unwished in (
        ("E", f"E{first}<0", ""),
        (
            "O",
            f"O{first}>{settings.days_in_a_row_most}",
            f"O{first}>{settings.days_in_a_row_wished}",
        ),
        (
            "P",
            f'AND(P{first}<>"",P{first}<{settings.rest_least / HOUR:g})',
            f'AND(P{first}<>"",P{first}<{settings.rest_wished / HOUR:g})',
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


WISH_COLUMNS = (14, 12, 18, 9, 10, 10, 13, 60)


def write_wishes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of wishes."""
    page = Page(book.stylist, sheet, WISH_COLUMNS)
    refused = _in_order(book, granted=False)
    granted = _in_order(book, granted=True)
    page.title(_("Wishes, and why some were not granted"))
    page.sentence(_summary(book), LEFT)
    page.section(_("Not granted: {count}").format(count=len(refused)))
    _table(book, page, refused, granted=False)
    page.section(_("Granted: {count}").format(count=len(granted)))
    _table(book, page, granted, granted=True)
    print_setup(sheet)


def _in_order(book: Book, *, granted: bool) -> list[Request]:
    """Return requests by strength, and then by date."""
    verdicts: Iterator[WishVerdict] = (v for m in book.months for v in m.wishes)
    chosen = [one.request for one in verdicts if one.granted is granted]
    strengths = tuple(Strength)
    return sorted(chosen, key=lambda one: (strengths.index(one.strength), one.date))


def _summary(book: Book) -> str:
    """Say how many were asked for and granted, strength by strength."""
    verdicts = [one for month in book.months for one in month.wishes]
    parts = []
    for strength in Strength:
        own = [one.granted for one in verdicts if one.request.strength is strength]
        if own:
            text = _("{strength}: {granted} of {asked} granted")
            name = strength_name(strength)
            parts.append(text.format(strength=name, granted=sum(own), asked=len(own)))
    note = _(
        "Of two wishes of equal weight, the one of whoever was refused more often in "
        "the months before is granted first (nine refusals at most count). As planned; "
        "edits are not followed."
    )
    return "  ".join([*parts, note])


def _table(book: Book, page: Page, requests: list[Request], *, granted: bool) -> None:
    headings = (
        _("Name"),
        _("Date"),
        _("What"),
        _("How strongly"),
        _("Outcome"),
        _("Planned"),
        _("Refused before"),
        _("Why not"),
    )
    columns = len(headings) - granted
    page.headings(headings[:columns])
    outcome = _("granted") if granted else _("not granted")
    reasons = {one.request: one for one in book.roster.reasons}
    for request in requests:
        reason = reasons.get(request)
        must = request.strength is Strength.MUST
        colour = GOOD if granted else SHORT if must else WISH
        mark = replace(CENTRE, fill=colour, bold=not granted)
        values = (
            request.staff,
            date_text(request.date),
            wish_text(request),
            strength_name(request.strength),
            outcome,
            _planned(book, request),
            book.problem.ledger_by_name[request.staff].wishes_refused or None,
            reason_text(reason, book.rulebook) if reason else None,
        )
        looks = (LEFT, LEFT, LEFT, CENTRE, mark, CENTRE, CENTRE, LEFT)
        page.line(values[:columns], looks[:columns])


def _planned(book: Book, request: Request) -> str:
    """Write the cell that the person has on the date, and the night on call."""
    duty = book.roster.by_cell.get((request.staff, request.date))
    on_call = book.roster.on_call_by_date.get(request.date) == request.staff
    wished = request.date in book.month_of[request.staff].dates_as_wished
    text = "" if duty is None else book.language.write(duty, wished=wished)
    return f"{text}{ON_CALL_MARK}" if on_call else text

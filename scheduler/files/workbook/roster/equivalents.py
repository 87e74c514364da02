"""Full-time equivalents by both readings, and figures by calendar month (B, C, E)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import by_calendar_month
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents, nurse_tenths
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Unit
from scheduler.domain.office import FteDenominator
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT
from scheduler.files.workbook.roster.words import amount_text
from scheduler.files.workbook.styles import Look
from scheduler.wording.names import name_of, role_name
from scheduler.wording.times import dates_text, month_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.audit.figures.calendar_months import MonthPart, PartFigures
    from scheduler.audit.figures.denominator import Denominators
    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.roster.page import Page

FTE = Look(size=8.5, across="right", number="0.0")
NOTE = Look(size=8.5, across="left")


def write_equivalents(book: Book, page: Page) -> None:
    """Write the full-time equivalents of the period by hours and by the form (B-01)."""
    fte = full_time_equivalents(book.problem, book.roster)
    page.section(_("Full-time equivalents (cut to one decimal)"))
    page.sentence(
        _(
            "By hours: everybody's hours, divided by a full-timer's. By the form: as"
            " the table of staffing (勤務形態一覧表) counts, which the municipality"
            " adds up again: a dedicated full-timer (A) who works throughout is 1,"
            " B to D by their hours. Whoever joins or leaves within these dates, or"
            " works on none of them, is taken by hours."
        ),
        NOTE,
    )
    page.headings(("", _("Job"), _("Reckoning"), "", _("By hours"), _("By the form")))
    by_form = dict(fte.by_form.roles)
    rows = [
        *((role_name(one), tenths, by_form[one]) for one, tenths in fte.by_hours.roles),
        (_("Care and nursing together"), fte.by_hours.pool, fte.by_form.pool),
        (_("of these in the day band"), fte.pool_day, None),
        (_("Everybody"), fte.by_hours.total, fte.by_form.total),
    ]
    for index, (name, hours, form) in enumerate(rows):
        reckoning = _reckoning(fte.denominators) if index == 0 else ""
        of_form = None if form is None else form / TENTHS
        page.line(
            ("", name, reckoning, "", hours / TENTHS, of_form),
            (CENTRE, LEFT, LEFT, LEFT, FTE, FTE),
        )


def _reckoning(bases: Denominators) -> str:
    """Say what hours are divided by, and four weeks also as the form prints them."""
    values = {
        "hours": f"{bases.minutes / HOUR:g}",
        "method": name_of(bases.chosen),
        "four_weeks": f"{bases.four_weeks / HOUR:g}",
    }
    if bases.chosen is FteDenominator.FOUR_WEEKS:
        text = _(
            "a full-timer's {four_weeks} h in four weeks: {hours} h on these dates"
        )
    else:
        text = _("a full-timer's {hours} h on these dates: {method}")
    return text.format(**values)


def write_calendar_months(book: Book, page: Page) -> None:
    """Write what is judged by the calendar month, of each month's dates (B-02)."""
    page.section(_("By calendar month, as far as this roster goes"))
    page.sentence(
        _(
            "Of a month that is only in part in this roster the other dates stand in"
            " the roster before or after: the month is judged by both together."
        ),
        NOTE,
    )
    page.headings(
        ("", _("Calendar month"), _("Figure"), _("Note"), _("Required"), _("Planned"))
    )
    for figures in by_calendar_month(book.problem, book.roster):
        _of_part(page, figures)


def _of_part(page: Page, figures: PartFigures) -> None:
    fte, minutes = figures.fte, Unit.PERSON_MINUTES
    nurse_hours, nurse_form = nurse_tenths(fte)
    rows = (
        (_("Everybody, FTE by hours"), "", _tenths(fte.by_hours.total)),
        (_("Everybody, FTE by the form"), "", _tenths(fte.by_form.total)),
        (_("Care and nursing together, FTE by hours"), "", _tenths(fte.by_hours.pool)),
        (
            _("Care and nursing together, FTE by the form"),
            "",
            _tenths(fte.by_form.pool),
        ),
        (_("Nurses, FTE by hours (E-03)"), "", _tenths(nurse_hours)),
        (_("Nurses, FTE by the form (E-03)"), "", _tenths(nurse_form)),
        (
            _("Hours by day, day use and visits (C-02)"),
            amount_text(minutes, figures.hours.required),
            amount_text(minutes, figures.hours.planned),
        ),
        (
            _("Short nights (C-03)"),
            "",
            amount_text(Unit.DAYS, figures.short_nights),
        ),
        (_("Nurses' shifts (A-10)"), "", amount_text(Unit.TIMES, figures.nurse_shifts)),
        (_("Visits (E-02)"), "", amount_text(Unit.TIMES, figures.visits)),
    )
    for index, (name, required, planned) in enumerate(rows):
        first = index == 0
        page.line(
            (
                "",
                month_text(figures.part.dates[0]) if first else "",
                name,
                _extent(figures.part) if first else "",
                required,
                planned,
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT),
        )


def _tenths(tenths: int) -> str:
    return amount_text(Unit.FTE_TENTHS, tenths)


def _extent(part: MonthPart) -> str:
    dates = dates_text(part.dates[0], part.dates[-1])
    text = _("the whole month") if part.is_whole else _("only {dates}")
    return text.format(dates=dates)

"""What the month leads to: deductions at risk, add-ons, full-time equivalents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import by_calendar_month, is_calendar_month
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents, nurse_tenths
from scheduler.audit.papers.addons import addons
from scheduler.audit.papers.deductions import (
    Deduction,
    Outlook,
    deduction_cost,
    deductions,
)
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Unit
from scheduler.domain.office import FteDenominator
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT
from scheduler.files.workbook.roster.words import amount_text, article, title
from scheduler.files.workbook.styles import ALARM_INK, GOOD, SHORT, WISH, Look
from scheduler.wording.names import name_of, role_name
from scheduler.wording.times import dates_text, month_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import cost_lines, outlook_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.audit.denominator import Denominators
    from scheduler.audit.figures.calendar_months import MonthPart, PartFigures
    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.roster.page import Page


ALARM = Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True)
LOOKS = {
    Outlook.NONE: Look(size=8.5, fill=GOOD, wrap=True),
    Outlook.BELOW: Look(size=8.5, fill=WISH, ink=ALARM_INK, bold=True, wrap=True),
    Outlook.NOTICE: Look(size=8.5, fill=WISH, wrap=True),
    Outlook.NEXT_MONTH: ALARM,
    Outlook.MONTH_AFTER_NEXT: ALARM,
    Outlook.AT_RISK: ALARM,
}
CONFIRM = N_("confirm with the municipality")


def write_consequences(book: Book, page: Page) -> None:
    """Add the tables of deductions, add-ons and full-time equivalents."""
    _of_the_period(book, page)
    _deductions(book, page)
    _addons(book, page)
    write_equivalents(book, page)
    if not is_calendar_month(book.problem.period):
        write_calendar_months(book, page)


def _of_the_period(book: Book, page: Page) -> None:
    """Say that figures judged by the month are those of another stretch of dates."""
    period = book.problem.period
    if is_calendar_month(period):
        return
    note = _(
        "This roster covers {dates}, which is no calendar month. Deductions, add-ons"
        " and full-time equivalents are judged by the calendar month: below stand the"
        " figures of these dates, and those of each month as far as these dates go."
    )
    text = note.format(dates=dates_text(period.first, period.last))
    page.section(_("Figures judged by the calendar month"))
    page.sentence(text, Look(size=9, across="left", fill=WISH))


def _deductions(book: Book, page: Page) -> None:
    page.section(_("Deductions at risk"))
    lines = deductions(book.problem, book.roster)
    write_deductions(book, page, lines)
    cost = deduction_cost(book.problem, lines)
    for text in cost_lines(cost) if cost else ():
        page.sentence(text, Look(size=8.5, across="left", ink=ALARM_INK))


def write_deductions(book: Book, page: Page, lines: Iterable[Deduction]) -> None:
    """Write deductions as a table of nine columns, as wide as the page's."""
    page.headings(
        (
            _("Rule"),
            _("Figure"),
            _("Source"),
            _("Note"),
            _("Required"),
            _("Planned"),
            "",
            "",
            _("Outlook"),
        )
    )
    for line in lines:
        rule = book.rulebook[line.rule]
        facet = rule.facet[line.facet]
        sign = "≦" if line.at_most else "≧"
        page.line(
            (
                line.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule, line.facet),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"{sign} {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                "",
                "",
                outlook_text(line.outlook),
            ),
            (
                CENTRE,
                LEFT,
                LEFT,
                LEFT,
                RIGHT,
                RIGHT,
                RIGHT,
                CENTRE,
                LOOKS[line.outlook],
            ),
        )


def _addons(book: Book, page: Page) -> None:
    page.section(_("Add-ons: conditions that these dates show (necessary, not enough)"))
    page.headings(
        (
            _("Rule"),
            _("Condition"),
            _("Source"),
            _("Note"),
            _("Required"),
            _("Planned"),
            _("Units a month"),
            "",
            _("Verdict"),
        )
    )
    for line in addons(book.problem, book.roster):
        rule = book.rulebook[line.rule]
        facet = rule.facet[line.facet]
        met = Look(size=8.5, fill=GOOD if line.met else "")
        page.line(
            (
                line.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule, line.facet),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"≧ {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                line.units,
                "",
                _("met") if line.met else _("not met"),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, CENTRE, met),
        )


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

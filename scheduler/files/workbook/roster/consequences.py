"""Financial consequences of a month: deductions, add-ons, full-time equivalents.

Parts of the compliance page (B, C, E).  If the period is no calendar month, the figures
that are judged by the month are also given for each month, for its dates in the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.audit.figures.calendar_months import (
    PartFigures,
    by_calendar_month,
    is_calendar_month,
)
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents, nurse_tenths
from scheduler.audit.papers.addons import AddOn, addons
from scheduler.audit.papers.deductions import (
    Deduction,
    Outlook,
    deduction_cost,
    deductions,
)
from scheduler.audit.staff_list import Denominators
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Unit
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.files.workbook.fees import figure_columns
from scheduler.files.workbook.page import Page, TableColumn, limit_columns
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.styles import (
    ALARM,
    BROKEN,
    CENTRE,
    LEFT,
    MET,
    OPEN,
    RIGHT,
    Fill,
    Look,
)
from scheduler.rulebook import Rulebook
from scheduler.wording.fees import addon_note, deduction_note
from scheduler.wording.findings import unit_text
from scheduler.wording.names import name_of, role_name, sheet_note
from scheduler.wording.times import dates_text, month_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import cost_lines

OUTLOOKS = {
    Outlook.NONE: MET,
    Outlook.BELOW: replace(BROKEN, fill=Fill.WISH),
    Outlook.NOTICE: OPEN,
}
"""Looks of outlooks; the others are deductions."""
CONFIRM = N_("confirm with the municipality")
FTE = Look(size=8.5, across="right", number="0.0")


def write_consequences(book: Book, page: Page) -> None:
    """Add the tables of deductions, add-ons and full-time equivalents."""
    period = book.problem.period
    if not is_calendar_month(period):
        note = sheet_note("no_calendar_month")
        text = note.format(dates=dates_text(period.first, period.last))
        page.section(_("Figures judged by the calendar month"))
        page.sentence(text, Look(size=9, across="left", fill=Fill.WISH))
    page.section(_("Deductions at risk"))
    lines = deductions(book.problem, book.roster)
    write_deductions(book, page, lines)
    cost = deduction_cost(book.problem, lines)
    for text in cost_lines(cost) if cost else ():
        page.sentence(text, ALARM)
    page.section(_("Add-ons: conditions that these dates show (necessary, not enough)"))
    page.table(_addons(book.problem, book.rulebook), addons(book.problem, book.roster))
    _equivalents(book, page)
    if not is_calendar_month(period):
        _calendar_months(book, page)


def write_deductions(
    book: Book, page: Page, lines: Iterable[Deduction], *, by_rule: bool = True
) -> None:
    """Write deductions as a table of nine columns, like other tables of the page.

    Parameters
    ----------
    by_rule
        Whether the first column has the ids of rules, as pages for inspections have.
    """
    columns: tuple[TableColumn[Deduction], ...] = (
        *limit_columns(book.rulebook, _("Figure"))[0 if by_rule else 1 :],
        TableColumn(
            _("Note"), lambda line: deduction_note(book.problem, line, _(CONFIRM))
        ),
        *figure_columns(book.rulebook, _("Planned")),
        TableColumn("", lambda line: "", RIGHT),
        TableColumn("", lambda line: "", CENTRE),
        TableColumn(
            _("Outlook"),
            lambda line: name_of(line.outlook),
            lambda line: OUTLOOKS.get(line.outlook, BROKEN),
        ),
    )
    page.table(columns, lines)


def _addons(problem: Problem, rulebook: Rulebook) -> tuple[TableColumn[AddOn], ...]:
    return (
        *limit_columns(rulebook, _("Condition")),
        TableColumn(_("Note"), lambda line: addon_note(problem, line, _(CONFIRM))),
        *figure_columns(rulebook, _("Planned")),
        TableColumn(_("Units a month"), lambda line: line.units, RIGHT),
        TableColumn("", lambda line: "", CENTRE),
        TableColumn(
            _("Verdict"),
            lambda line: _("met") if line.met else _("not met"),
            lambda line: Look(size=8.5, fill=Fill.GOOD if line.met else ""),
        ),
    )


def _equivalents(book: Book, page: Page) -> None:
    """Write the full-time equivalents, by hours and by the official form (B-01)."""
    fte = full_time_equivalents(book.problem, book.roster)
    page.section(_("Full-time equivalents (cut to one decimal)"))
    page.sentence(sheet_note("equivalents"))
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
    """Return the denominator of hours as text, for four weeks as on the form too."""
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


def _calendar_months(book: Book, page: Page) -> None:
    """Write the figures judged by the calendar month, for each month (B-02)."""
    page.section(_("By calendar month, as far as this roster goes"))
    page.sentence(sheet_note("part_of_month"))
    page.headings(
        ("", _("Calendar month"), _("Figure"), _("Note"), _("Required"), _("Planned"))
    )
    looks = (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT)
    for figures in by_calendar_month(book.problem, book.roster):
        dates = figures.part.dates
        whole = _("the whole month") if figures.part.is_whole else _("only {dates}")
        extent = whole.format(dates=dates_text(dates[0], dates[-1]))
        heads = (month_text(dates[0]), extent)
        for name, required, planned in _figures(figures):
            month, note = heads
            page.line(("", month, name, note, required, planned), looks)
            heads = ("", "")


def _figures(figures: PartFigures) -> Iterator[tuple[str, str, str]]:
    """Yield the figures of a month: name, required (may be empty), planned."""
    fte, minutes = figures.fte, Unit.PERSON_MINUTES
    nurse_hours, nurse_form = nurse_tenths(fte)
    for name, tenths in (
        (_("Everybody, FTE by hours"), fte.by_hours.total),
        (_("Everybody, FTE by the form"), fte.by_form.total),
        (_("Care and nursing together, FTE by hours"), fte.by_hours.pool),
        (_("Care and nursing together, FTE by the form"), fte.by_form.pool),
        (_("Nurses, FTE by hours (E-03)"), nurse_hours),
        (_("Nurses, FTE by the form (E-03)"), nurse_form),
    ):
        yield name, "", unit_text(Unit.FTE_TENTHS, tenths)
    yield (
        _("Hours by day, day use and visits (C-02)"),
        unit_text(minutes, figures.hours.required),
        unit_text(minutes, figures.hours.planned),
    )
    for name, unit, number in (
        (_("Short nights (C-03)"), Unit.DAYS, figures.short_nights),
        (_("Nurses' shifts (A-10)"), Unit.TIMES, figures.nurse_shifts),
        (_("Visits (E-02)"), Unit.TIMES, figures.visits),
    ):
        yield name, "", unit_text(unit, number)

"""Figures judged by the calendar month, for each month that a period touches (B-02)."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.figures.calendar_months import PartFigures, by_calendar_month
from scheduler.audit.figures.fte import nurse_tenths
from scheduler.domain.finding import Unit
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import CENTRE, LEFT, RIGHT
from scheduler.rulebook import rules_of
from scheduler.wording.fees import extent_of_part
from scheduler.wording.findings import unit_text
from scheduler.wording.names import sheet_note
from scheduler.wording.times import month_text
from scheduler.wording.translation import _


def write_calendar_months(problem: Problem, roster: Roster, out: SheetWriter) -> None:
    """Write the figures judged by the calendar month, for each month (B-02)."""
    out.section(_("By calendar month, as far as this roster goes"))
    out.sentence(sheet_note("part_of_month"))
    out.headings(
        ("", _("Calendar month"), _("Figure"), _("Note"), _("Required"), _("Planned"))
    )
    looks = (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT)
    least = rules_of(problem)["A-19"].int("nurse_fte_tenths")
    for figures in by_calendar_month(problem, roster):
        heads = (month_text(figures.part.dates[0]), extent_of_part(figures.part))
        for name, required, planned in _figures(figures, least):
            month, note = heads
            out.line(("", month, name, note, required, planned), looks)
            heads = ("", "")


def _figures(figures: PartFigures, least: int) -> Iterator[tuple[str, str, str]]:
    """Yield the figures of a month: name, required (may be empty), planned.

    Parameters
    ----------
    least
        Tenths of a full-timer that the licensed nurses of a kantaki are (A-19).
    """
    fte, minutes = figures.fte, Unit.PERSON_MINUTES
    for name, tenths in (
        (_("Everybody, FTE by hours"), fte.by_hours.total),
        (_("Everybody, FTE by the form"), fte.by_form.total),
        (_("Care and nursing together, FTE by hours"), fte.by_hours.pool),
        (_("Care and nursing together, FTE by the form"), fte.by_form.pool),
    ):
        yield name, "", unit_text(Unit.FTE_TENTHS, tenths)
    names = (_("Nurses, FTE by hours (E-03)"), _("Nurses, FTE by the form (E-03)"))
    found, asked = nurse_tenths(fte), ""
    if figures.licensed:
        names = (
            _("Licensed nurses, in care too, FTE by hours (A-19)"),
            _("Licensed nurses, in care too, FTE by the form (A-19)"),
        )
        found, asked = figures.licensed, unit_text(Unit.FTE_TENTHS, least)
    for name, tenths in zip(names, found, strict=True):
        yield name, asked, unit_text(Unit.FTE_TENTHS, tenths)
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

"""Grades of add-ons, deductions and check lists in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scheduler.audit.figures.calendar_months import MonthPart, is_calendar_month
from scheduler.audit.papers.addons import AddOn, Averaged
from scheduler.audit.papers.deductions import Deduction, month_after
from scheduler.audit.papers.grades import CheckItem, Grade, GradeCondition, Item, Known
from scheduler.domain.clock import HOUR
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.findings import facet_title, rule_title, unit_text
from scheduler.wording.names import NAMES, name_of, times_text
from scheduler.wording.times import dates_text, month_text
from scheduler.wording.translation import _

ADDONS = NAMES["addons"]


def grade_name(grade: Grade, rulebook: Rulebook) -> str:
    """Return the name of an add-on with its grade."""
    return f"{rule_title(rulebook[grade.rule])} {grade.name}".strip()


def condition_text(condition: GradeCondition, rulebook: Rulebook) -> str:
    """Return what a condition asks for, without the number."""
    line = condition.line
    return facet_title(rulebook.facet_of(line))


def amounts(condition: GradeCondition, rulebook: Rulebook) -> tuple[str, str, str]:
    """Return required, actual and margin of a condition, in its unit."""
    line = condition.line
    unit = rulebook.facet_of(line).unit
    margin = unit_text(unit, abs(condition.margin))
    sign = "-" if condition.margin < 0 else "+"
    return (
        f"≧ {unit_text(unit, line.required)}",
        unit_text(unit, line.actual),
        f"{sign}{margin}",
    )


def lacking_text(condition: GradeCondition, rulebook: Rulebook) -> str:
    """Return what is missing for a condition in words; empty if it is met."""
    line = condition.line
    if line.met:
        return ""
    if line.averaged is Averaged.LAST_YEAR:
        return _("last year is closed: it counts as it is until March")
    if line.averaged is Averaged.THREE_MONTHS:
        return _("these months are closed: the next three count when they are")
    if condition.lacking is not None:
        hours = f"{condition.lacking / HOUR:.1f}"
        text = (
            _("{hours} h more a month by nurses")
            if line.rule == "E-03"
            else _("{hours} h a month more by people who count, of those already there")
        )
        return text.format(hours=hours)
    unit = rulebook.facet_of(line).unit
    return _("{number} more").format(number=unit_text(unit, -condition.margin))


def average_name(of: Averaged) -> str:
    """Return the months that a share of staff is averaged over."""
    if of is Averaged.THREE_MONTHS:
        return _("a new office: the three months before")
    return _("last year, April to February")


def grade_verdict(grade: Grade) -> str:
    """Return whether a grade is reached, as far as the roster shows."""
    if grade.met:
        return _("reached")
    if grade.is_barred and (grade.fulfilled or grade.is_open or grade.is_unfinished):
        return _("barred by a deduction")
    if grade.is_unfinished:
        return _("the rest of the month decides")
    return _("depends on the reading") if grade.is_open else _("not reached")


def summary_lines(
    found: Sequence[Grade], above: dict[str, Grade | None], rulebook: Rulebook
) -> Iterator[str]:
    """Yield a line for each add-on: the grade reached, and what the next one lacks.

    Where the roster would lead to a deduction, that comes before what figures lack.
    """
    for rule in dict.fromkeys(one.rule for one in found):
        own = next((one for one in found if one.rule == rule and one.met), None)
        title = rule_title(rulebook[rule])
        following = above[rule]
        if any(one.rule == rule and one.is_barred for one in found):
            text = _(
                "{title}: not to be claimed beside a deduction. This roster would lead"
                " to one (see below; to be confirmed)."
            )
            yield text.format(title=title)
            continue
        if own is None:
            text = _("{title}: not reached.")
            if following is not None and following.is_unfinished:
                text = _("{title}: the rest of the month decides.")
            text = text.format(title=title)
        else:
            name = grade_name(own, rulebook)
            text = _("{name}: reached as far as the roster shows.").format(name=name)
        if following is not None:
            lacking = _least_lacking(following, rulebook)
            more = _(" For {name}: {lacking}.")
            text += more.format(name=grade_name(following, rulebook), lacking=lacking)
        yield text


def _least_lacking(grade: Grade, rulebook: Rulebook) -> str:
    """Return what a grade lacks, the ways joined with "or"."""
    ways = []
    for way in grade.ways:
        parts = [
            f"{condition_text(one, rulebook)} {lacking_text(one, rulebook)}".strip()
            for one in way
            if not one.line.met
        ]
        ways.append("、".join(parts))
    return _(" or ").join(ways)


def of_dates(period: Period, by_month: bool) -> str:
    """Return of which dates the figures are, and whether they are judged so."""
    text = _("The figures are of {dates}; they are judged by the calendar month.")
    if by_month:
        text = _("The figures are of {dates}.")
    return text.format(dates=dates_text(period.first, period.last))


def month_of_part(part: MonthPart) -> str:
    """Return a calendar month, and of which of its dates figures are."""
    extent = extent_of_part(part)
    return _("{month} ({extent})").format(
        month=month_text(part.dates[0]), extent=extent
    )


def extent_of_part(part: MonthPart) -> str:
    """Return whether figures are of a whole month, or of which of its dates."""
    whole = _("the whole month") if part.is_whole else _("only {dates}")
    return whole.format(dates=dates_text(part.dates[0], part.dates[-1]))


def acts_text(date: dt.date | None) -> str:
    """Return from which month something counts; ``None``: a share in no average."""
    if date is None:
        return _("March is in no average")
    return _("from {month}").format(month=month_text(date))


def deduction_margin(line: Deduction, rulebook: Rulebook) -> str:
    """Return how far a figure is from a deduction's line, with its sign."""
    margin = (
        line.required - line.actual if line.at_most else line.actual - line.required
    )
    unit = rulebook.facet_of(line).unit
    return f"{'-' if margin < 0 else '+'}{unit_text(unit, abs(margin))}"


def addon_note(problem: Problem, line: AddOn, confirm: str) -> str:
    """Write what is to be said of a figure: ``confirm``, and the record of the year."""
    notes = [confirm] if line.to_be_confirmed else []
    if line.averaged:
        notes.append(average_name(line.averaged))
    notes.append(closed_note(problem, line.rule, line.facet, line.required))
    return "、".join(filter(None, notes))


def deduction_note(
    problem: Problem, line: Deduction, confirm: str, *, names_month: bool = True
) -> str:
    """Write what is to be said of a deduction: ``confirm``, and the year's record.

    Its month is named where the period is none, unless a heading does so.
    """
    least = rules_of(problem)["C-06"].int("per_week")
    closed = closed_note(problem, line.rule, line.facet, least)
    names_month = names_month and not is_calendar_month(problem.period)
    of = month_of_part(line.part) if line.part and names_month else ""
    notes = (of, confirm if line.to_be_confirmed else "", closed)
    return "、".join(filter(None, notes))


def closed_note(problem: Problem, rule: str, facet: str, least: int) -> str:
    """Write what the record of the year says of a monthly figure; empty if nothing.

    Parameters
    ----------
    rule, facet
        The figure: visits, or services.
    least
        How many visits in a month, or services of a registrant in a week, are asked.
    """
    last = problem.office.last_closed
    if last.month is None:
        return ""
    reached = ""
    if (rule, facet) == ("E-02", "visits") and last.visits is not None:
        reached = times_text(last.visits)
        is_short = last.visits < least
    elif (rule, facet) == ("C-06", "services") and last.per_week is not None:
        text = _("{number} a week and registrant")
        reached = text.format(number=f"{last.per_week // 10 / 100:g}")
        is_short = last.per_week < least * 1000
    if not reached:
        return ""
    text = _("{month}, closed: {told} (fewer than {least})")
    if not is_short:
        text = _("{month}, closed: {told} ({least} or more)")
    note = text.format(month=month_text(last.month), told=reached, least=least)
    before = month_after(problem.period.first, -1)
    if last.month < before:
        text = _("{note}; not closed: {month}")
        note = text.format(note=note, month=month_text(before))
    return note


def deduction_month(line: Deduction, last: dt.date) -> str:
    """Return the first month with a deduction, if the sources say it."""
    first = line.counts_from(last)
    if first is not None:
        return acts_text(first)
    return _("ask the municipality") if line.outlook.is_deducted else ""


def item_text(item: CheckItem) -> str:
    """Return what a line of a check list asks for."""
    return name_of(item.item).format(years=item.years, required=item.required)


def known_text(item: CheckItem) -> str:
    """Return what the roster knows of it."""
    if item.item is Item.NO_DEDUCTION and item.known is Known.NO:
        return _("no: see the deductions above")
    if item.years:
        if item.number is None:
            return _("type dates of hire under “employed” on the sheet of staff")
        text = _("{number} % of the hours, by the dates of hire that are typed")
        return text.format(number=item.number)
    if item.number == 0 and item.known is Known.NO:
        return _("none in the roster: check it")
    return name_of(item.known).format(number=item.number)

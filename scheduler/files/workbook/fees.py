"""Add-ons and deductions, met or not: on a page of their own and on that of rules.

The first is read by managers: by how much, from when, what in yen.  The page of rules
(B, C, E) has the same figures with their sources, and full-time equivalents; if the
period is no calendar month, also those judged by the month for each month's dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from scheduler.audit.figures.calendar_months import is_calendar_month, month_parts
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents, licensed_tenths
from scheduler.audit.papers.addons import AddOn, addons
from scheduler.audit.papers.deductions import (
    Deduction,
    Outlook,
    deduction_cost,
    deductions,
)
from scheduler.audit.papers.grades import (
    CheckItem,
    Grade,
    GradeCondition,
    Known,
    checklists,
    grades,
    next_grade,
)
from scheduler.audit.staff_list import Denominators
from scheduler.domain.clock import HOUR
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.workbook.calendar_months import write_calendar_months
from scheduler.files.workbook.sheet_writer import (
    LINE_POINTS,
    Entry,
    SheetWriter,
    TableColumn,
    lines_of,
)
from scheduler.files.workbook.styles import (
    ALARM,
    BOLD,
    BROKEN,
    CENTRE,
    LEFT,
    MET,
    MISSING,
    OPEN,
    RIGHT,
    YEN,
    Fill,
    Look,
)
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.fees import (
    ADDONS,
    acts_text,
    addon_note,
    amounts,
    condition_text,
    deduction_margin,
    deduction_month,
    deduction_note,
    grade_name,
    grade_verdict,
    item_text,
    known_text,
    lacking_text,
    month_of_part,
    of_dates,
    summary_lines,
)
from scheduler.wording.findings import (
    OfLimit,
    amount_of,
    bound_sign,
    facet_title,
    limit_text,
    rule_title,
    source_text,
)
from scheduler.wording.names import first_of, name_of, role_name, sheet_note
from scheduler.wording.times import date_text, dates_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import cost_lines

WIDTHS = (32, 34, 12, 12, 12, 38, 14, 8, 12, 13, 13)
MOST_DATES = 3
"""Most dates of a deduction that are named."""

CONFIRM = N_("to be confirmed")
KNOWN_COLUMN = 4
"""First of the three columns of what the roster knows."""

LOOKS = {Known.YES: MET, Known.NO: OPEN, Known.SOME: CENTRE, Known.UNKNOWN: CENTRE}
OUTLOOKS = {Outlook.NONE: MET, Outlook.BELOW: OPEN, Outlook.NOTICE: OPEN}
"""Looks of outlooks; the others are deductions."""

GradeRow = tuple[Grade, GradeCondition, bool]
"""A grade, one of its conditions, and whether that is its first."""


def write_fees(problem: Problem, roster: Roster, out: SheetWriter) -> None:
    """Fill the page."""
    rulebook = rules_of(problem)
    out.title(_("Add-ons and deductions"), WIDTHS)
    by_month = is_calendar_month(problem.period)
    found = [
        ("" if by_month else month_of_part(part), grades(problem, roster, part))
        for part in month_parts(problem.period)
    ]
    for month, own in found:
        _month(out, month)
        above = {one.rule: next_grade(own, one.rule) for one in own}
        out.listed(summary_lines(own, above, rulebook))
    out.sentence(of_dates(problem.period, by_month), *() if by_month else (ALARM,))
    out.section(_("Add-ons, grade by grade"))
    for month, own in found:
        _month(out, month)
        out.table(_grades(problem, rulebook), _rows(own))
    out.sentence(sheet_note("fees"))
    out.section(_("Deductions"))
    parts, lines = month_parts(problem.period), deductions(problem, roster)
    for part in parts:
        _month(out, "" if by_month else month_of_part(part))
        # What is of no dates stands in the first month.
        here = (part, None) if part is parts[0] else (part,)
        those = [line for line in lines if line.part in here]
        out.table(_deductions(problem, rulebook), those)
    if problem.office.monthly_revenue is None:
        text = _(
            "With “Fees of a month” filled in (sheet of the office), deductions are in"
            " yen too."
        )
        out.sentence(text)
    out.sentence(sheet_note("relief"))
    out.section(_("Check lists: what a roster cannot decide"))
    _checks(out, checklists(problem, roster, [one[1] for one in found]))
    out.finish()
    # The tables of two months are no letters that one can read on one page.
    out.sheet.page_setup.fitToHeight = int(by_month)


def _month(out: SheetWriter, month: str) -> None:
    """Write the calendar month that figures are of, if the period is none."""
    if month:
        out.sentence(month, Look(size=9, bold=True, across="left"))


def limit_columns(rulebook: Rulebook, heading: str) -> tuple[TableColumn[OfLimit], ...]:
    """Return the columns with the rule, the limit and the legal source of a row."""
    return (
        TableColumn(_("Rule"), lambda one: one.rule, CENTRE),
        TableColumn(heading, lambda one: limit_text(rulebook[one.rule], one.facet)),
        TableColumn(
            _("Source"), lambda one: source_text(rulebook[one.rule], one.facet)
        ),
    )


def figure_columns(
    rulebook: Rulebook, planned: str
) -> tuple[TableColumn[Deduction | AddOn], ...]:
    """Return the columns of what is required and of what there is."""

    def required(line: Deduction | AddOn) -> str:
        sign = bound_sign(isinstance(line, Deduction) and line.at_most)
        return f"{sign} {amount_of(rulebook, line, line.required)}"

    return (
        TableColumn(_("Required"), required, RIGHT),
        TableColumn(planned, lambda one: amount_of(rulebook, one, one.actual), RIGHT),
    )


def _rows(found: tuple[Grade, ...]) -> list[GradeRow]:
    return [
        (grade, condition, index == 0)
        for grade in found
        for index, condition in enumerate(one for way in grade.ways for one in way)
    ]


def _grades(problem: Problem, rulebook: Rulebook) -> tuple[TableColumn[GradeRow], ...]:
    def once(
        heading: str,
        of: Callable[[Grade], Entry],
        look: Look | Callable[[GradeRow], Look],
    ) -> TableColumn[GradeRow]:
        return TableColumn(heading, lambda row: of(row[0]) if row[2] else "", look)

    def amount(
        heading: str, place: int, look: Look | Callable[[GradeRow], Look] = RIGHT
    ) -> TableColumn[GradeRow]:
        return TableColumn(heading, lambda row: amounts(row[1], rulebook)[place], look)

    def verdict(row: GradeRow) -> Look:
        grade = row[0]
        if not row[2]:
            return CENTRE
        return MET if grade.met else OPEN if grade.is_open else CENTRE

    def wanting(row: GradeRow) -> Look:
        return RIGHT if row[1].line.met else MISSING

    return (
        once(_("Add-on"), lambda grade: grade_name(grade, rulebook), BOLD),
        TableColumn(_("Condition"), lambda row: condition_text(row[1], rulebook)),
        amount(_("Required"), 0),
        amount(_("Now"), 1),
        amount(_("To spare"), 2, wanting),
        TableColumn(_("What is missing"), lambda row: lacking_text(row[1], rulebook)),
        once(_("Verdict"), grade_verdict, verdict),
        once(_("Units a month"), lambda grade: grade.units, RIGHT),
        once(_("Yen a month"), lambda grade: grade.yen, YEN),
        once(_("Counts"), lambda grade: acts_text(grade.acts_on), CENTRE),
        TableColumn(
            _("Note"), lambda row: addon_note(problem, row[1].line, _(CONFIRM))
        ),
    )


def _deductions(
    problem: Problem, rulebook: Rulebook
) -> tuple[TableColumn[Deduction], ...]:
    def dates(line: Deduction) -> str:
        return "、".join(first_of([date_text(one) for one in line.dates], MOST_DATES))

    def yen(line: Deduction) -> int | None:
        cost = deduction_cost(problem, [line])
        return None if cost is None or cost.yen is None else -cost.yen

    return (
        TableColumn(_("Deduction"), lambda one: rule_title(rulebook[one.rule]), BOLD),
        TableColumn(_("Figure"), lambda line: facet_title(rulebook.facet_of(line))),
        *figure_columns(rulebook, _("Now")),
        TableColumn(
            _("To spare"), lambda line: deduction_margin(line, rulebook), RIGHT
        ),
        TableColumn(_("On which dates"), dates),
        _outlook(OUTLOOKS),
        TableColumn("", lambda line: ""),
        TableColumn(_("Yen a month"), yen, YEN),
        TableColumn(
            _("Counts"), lambda one: deduction_month(one, problem.period.last), CENTRE
        ),
        TableColumn(
            _("Note"),
            lambda one: deduction_note(problem, one, _(CONFIRM), names_month=False),
        ),
    )


def _outlook(looks: Mapping[Outlook, Look]) -> TableColumn[Deduction]:
    return TableColumn(
        _("Outlook"),
        lambda line: name_of(line.outlook),
        lambda line: looks.get(line.outlook, BROKEN),
    )


def _checks(out: SheetWriter, items: Sequence[CheckItem]) -> None:
    """Write the check lists: a box for each item that the roster does not settle."""
    heads = (_("Add-on"), _("What it asks for"), _("Checked"))
    out.headings((*heads, _("What the roster knows"), "", ""))
    out.merge(out.row - 1, KNOWN_COLUMN, out.row - 1, KNOWN_COLUMN + 2)
    before = ""
    for item in items:
        name = _(ADDONS[item.addon]) if item.addon != before else ""
        box = "" if item.known is Known.YES else "□"
        look = LOOKS[item.known]
        looks = (BOLD, LEFT, replace(CENTRE, size=11))
        out.cells(out.row, 1, (name, item_text(item), box), looks)
        out.across(out.row, KNOWN_COLUMN, KNOWN_COLUMN + 2, known_text(item), look)
        lines = lines_of(item_text(item), WIDTHS[1])
        out.height(lines * LINE_POINTS + 3, out.row)
        out.row += 1
        before = item.addon


ASK = N_("confirm with the municipality")
FTE = Look(size=8.5, across="right", number="0.0")


def write_consequences(problem: Problem, roster: Roster, out: SheetWriter) -> None:
    """Add the tables of deductions, add-ons and full-time equivalents."""
    period, rulebook = problem.period, rules_of(problem)
    if not is_calendar_month(period):
        out.section(_("Figures judged by the calendar month"))
        text = sheet_note("no_calendar_month")
        text = text.format(dates=dates_text(period.first, period.last))
        out.sentence(text, Look(size=9, across="left", fill=Fill.WISH))
    out.section(_("Deductions at risk"))
    lines = deductions(problem, roster)
    write_deductions(problem, out, lines)
    cost = deduction_cost(problem, lines)
    for text in cost_lines(cost) if cost else ():
        out.sentence(text, ALARM)
    out.section(_("Add-ons: conditions that these dates show (necessary, not enough)"))
    for part in month_parts(period):
        _month(out, "" if is_calendar_month(period) else month_of_part(part))
        out.table(_addons(problem, rulebook), addons(problem, roster, part))
    _equivalents(problem, roster, out)
    if not is_calendar_month(period):
        write_calendar_months(problem, roster, out)


def write_deductions(
    problem: Problem,
    out: SheetWriter,
    lines: Iterable[Deduction],
    *,
    by_rule: bool = True,
) -> None:
    """Write deductions in nine columns, the first with ids of rules if ``by_rule``."""
    rulebook = rules_of(problem)
    columns: tuple[TableColumn[Deduction], ...] = (
        *limit_columns(rulebook, _("Figure"))[0 if by_rule else 1 :],
        TableColumn(_("Note"), lambda line: deduction_note(problem, line, _(ASK))),
        *figure_columns(rulebook, _("Planned")),
        TableColumn("", lambda line: "", RIGHT),
        TableColumn("", lambda line: "", CENTRE),
        _outlook(OUTLOOKS | {Outlook.BELOW: replace(BROKEN, fill=Fill.WISH)}),
    )
    out.table(columns, lines)


def _addons(problem: Problem, rulebook: Rulebook) -> tuple[TableColumn[AddOn], ...]:
    return (
        *limit_columns(rulebook, _("Condition")),
        TableColumn(_("Note"), lambda line: addon_note(problem, line, _(ASK))),
        *figure_columns(rulebook, _("Planned")),
        TableColumn(_("Units a month"), lambda line: line.units, RIGHT),
        TableColumn("", lambda line: "", CENTRE),
        TableColumn(
            _("Verdict"),
            _met,
            lambda line: Look(size=8.5, fill=Fill.GOOD if line.met else ""),
        ),
    )


def _met(line: AddOn) -> str:
    """Return whether a condition is met, or is open for want of a month's dates."""
    if line.is_unfinished and not line.met:
        return _("the rest of the month decides")
    return _("met") if line.met else _("not met")


def _equivalents(problem: Problem, roster: Roster, out: SheetWriter) -> None:
    """Write the full-time equivalents, by hours and by the official form (B-01)."""
    fte = full_time_equivalents(problem, roster)
    out.section(_("Full-time equivalents (cut to one decimal)"))
    out.sentence(sheet_note("equivalents"))
    out.headings(("", _("Job"), _("Reckoning"), "", _("By hours"), _("By the form")))
    by_form = dict(fte.by_form.roles)
    licensed: tuple[tuple[str, int, int], ...] = ()
    if rules_of(problem)["A-19"].is_for(problem.office.kind):
        own = licensed_tenths(problem, fte)
        licensed = ((_("of these, licensed nurses, in care too"), *own),)
    rows = [
        *((role_name(one), tenths, by_form[one]) for one, tenths in fte.by_hours.roles),
        (_("Care and nursing together"), fte.by_hours.pool, fte.by_form.pool),
        *licensed,
        (_("of these in the day band"), fte.pool_day, None),
        (_("Everybody"), fte.by_hours.total, fte.by_form.total),
    ]
    looks = (CENTRE, LEFT, LEFT, LEFT, FTE, FTE)
    for index, (name, hours, form) in enumerate(rows):
        reckoning = "" if index else _reckoning(fte.denominators)
        of_form = None if form is None else form / TENTHS
        out.line(("", name, reckoning, "", hours / TENTHS, of_form), looks)


def _reckoning(bases: Denominators) -> str:
    """Return the denominator of hours as text, for four weeks as on the form too."""
    text = _("a full-timer's {hours} h on these dates: {method}")
    if bases.chosen is FteDenominator.FOUR_WEEKS:
        text = _(
            "a full-timer's {four_weeks} h in four weeks: {hours} h on these dates"
        )
    return text.format(
        hours=f"{bases.minutes / HOUR:g}",
        method=name_of(bases.chosen),
        four_weeks=f"{bases.four_weeks / HOUR:g}",
    )

"""The page of add-ons and deductions: met or not, by how much, from when, what in yen.

It is read by managers; the page of rules has the same figures with their sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.audit.figures.calendar_months import is_calendar_month
from scheduler.audit.papers.addons import AddOn
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
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.workbook.page import (
    LINE_POINTS,
    Entry,
    Page,
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
    summary_lines,
)
from scheduler.wording.findings import amount_of, bound_sign, facet_title, rule_title
from scheduler.wording.names import first_of, name_of, sheet_note
from scheduler.wording.times import date_text, dates_text
from scheduler.wording.translation import N_, _

WIDTHS = (32, 34, 12, 12, 12, 38, 14, 8, 12, 13, 13)
MOST_DATES = 3
"""Most dates of a deduction that are named."""

CONFIRM = N_("to be confirmed")
BOX = "□"
KNOWN_COLUMN = 4
"""First of the three columns of what the roster knows."""

LOOKS = {Known.YES: MET, Known.NO: OPEN, Known.SOME: CENTRE, Known.UNKNOWN: CENTRE}
OUTLOOKS = {Outlook.NONE: MET, Outlook.BELOW: OPEN, Outlook.NOTICE: OPEN}

GradeRow = tuple[Grade, GradeCondition, bool]
"""A grade, one of its conditions, and whether that is its first."""


def write_fees(problem: Problem, roster: Roster, page: Page) -> None:
    """Fill the page."""
    rulebook = rules_of(problem)
    page.widths(WIDTHS)
    page.title(_("Add-ons and deductions"))
    found = grades(problem, roster)
    above = {one.rule: next_grade(found, one.rule) for one in found}
    page.listed(summary_lines(found, above, rulebook))
    if not is_calendar_month(problem.period):
        text = _("The figures are of {dates}; they are judged by the calendar month.")
        dates = dates_text(problem.period.first, problem.period.last)
        page.sentence(text.format(dates=dates), ALARM)
    page.section(_("Add-ons, grade by grade"))
    page.table(_grades(problem, rulebook), _rows(found))
    page.sentence(sheet_note("fees"))
    page.section(_("Deductions"))
    page.table(_deductions(problem, rulebook), deductions(problem, roster))
    if problem.office.monthly_revenue is None:
        page.sentence(
            _(
                "With “Fees of a month” filled in (sheet of the office), deductions are"
                " in yen too."
            )
        )
    page.sentence(sheet_note("relief"))
    page.section(_("Check lists: what a roster cannot decide"))
    _checks(page, checklists(problem, roster))
    page.finish()
    page.sheet.page_setup.fitToHeight = 1


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
    def once(value: Entry, row: GradeRow) -> Entry:
        return value if row[2] else ""

    def verdict(row: GradeRow) -> Look:
        grade = row[0]
        if not row[2]:
            return CENTRE
        return MET if grade.met else OPEN if grade.is_open else CENTRE

    def wanting(row: GradeRow) -> Look:
        return RIGHT if row[1].line.met else MISSING

    return (
        TableColumn(
            _("Add-on"), lambda row: once(grade_name(row[0], rulebook), row), BOLD
        ),
        TableColumn(_("Condition"), lambda row: condition_text(row[1], rulebook)),
        TableColumn(_("Required"), lambda row: amounts(row[1], rulebook)[0], RIGHT),
        TableColumn(_("Now"), lambda row: amounts(row[1], rulebook)[1], RIGHT),
        TableColumn(_("To spare"), lambda row: amounts(row[1], rulebook)[2], wanting),
        TableColumn(_("What is missing"), lambda row: lacking_text(row[1], rulebook)),
        TableColumn(
            _("Verdict"), lambda row: once(grade_verdict(row[0]), row), verdict
        ),
        TableColumn(_("Units a month"), lambda row: once(row[0].units, row), RIGHT),
        TableColumn(_("Yen a month"), lambda row: once(row[0].yen, row), YEN),
        TableColumn(
            _("Counts"), lambda row: once(acts_text(row[0].acts_on), row), CENTRE
        ),
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

    def name(line: Deduction) -> str:
        return rule_title(rulebook[line.rule])

    columns: tuple[TableColumn[Deduction], ...] = (
        TableColumn(_("Deduction"), name, BOLD),
        TableColumn(
            _("Figure"),
            lambda line: facet_title(rulebook.facet_of(line)),
        ),
        *figure_columns(rulebook, _("Now")),
        TableColumn(
            _("To spare"), lambda line: deduction_margin(line, rulebook), RIGHT
        ),
        TableColumn(_("On which dates"), dates),
        TableColumn(
            _("Outlook"),
            lambda line: name_of(line.outlook),
            lambda line: OUTLOOKS.get(line.outlook, BROKEN),
        ),
        TableColumn("", lambda line: ""),
        TableColumn(_("Yen a month"), yen, YEN),
        TableColumn(
            _("Counts"),
            lambda line: deduction_month(line, problem.period.last),
            CENTRE,
        ),
        TableColumn(_("Note"), lambda line: deduction_note(problem, line, _(CONFIRM))),
    )
    return columns


def _checks(page: Page, items: Sequence[CheckItem]) -> None:
    """Write the check lists: a box for each item that the roster does not settle."""
    heads = (_("Add-on"), _("What it asks for"), _("Checked"))
    known = _("What the roster knows")
    page.headings((*heads, known, "", ""))
    page.merge(page.row - 1, KNOWN_COLUMN, page.row - 1, KNOWN_COLUMN + 2)
    before = ""
    for item in items:
        name = _(ADDONS[item.addon]) if item.addon != before else ""
        box = "" if item.known is Known.YES else BOX
        look = LOOKS[item.known]
        page.cells(
            page.row,
            1,
            (name, item_text(item), box, known_text(item), None, None),
            (BOLD, LEFT, replace(CENTRE, size=11), look, look, look),
        )
        page.merge(page.row, KNOWN_COLUMN, page.row, KNOWN_COLUMN + 2)
        lines = lines_of(item_text(item), WIDTHS[1])
        page.height(lines * LINE_POINTS + 3, page.row)
        page.row += 1
        before = item.addon

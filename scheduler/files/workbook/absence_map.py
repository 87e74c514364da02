"""The workbook of the absence map (欠勤マップ): what each absence would do to a roster.

After the map, people and dates marked by sign and by colour, come the single points of
failure, with the limits that break, and the people to ask for each absence that can be
repaired.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import day_fill, write_date_heads
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.roster.book import RosterGrid
from scheduler.files.workbook.sheet_writer import (
    LINE_POINTS,
    Entry,
    SheetWriter,
    TableColumn,
    WorkbookWriter,
    lines_of,
)
from scheduler.files.workbook.styles import (
    BOLD,
    CENTRE,
    HEAD,
    LEFT,
    MISSING,
    NOTE,
    TITLE,
    Edge,
    Fill,
    Ink,
    Look,
)
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.findings import (
    amount_of,
    detail_text,
    finding_text,
    limit_text,
    source_text,
    when_text,
)
from scheduler.wording.names import name_of, role_name, sheet_note
from scheduler.wording.resilience import (
    able_text,
    asked_text,
    contracts_broken,
    kind_sign,
    meaning_text,
    percent_text,
    request_texts,
    score_definition,
    score_text,
    sign,
    singles_text,
    what_breaks,
    work_text,
)
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import _

ROLE_COLUMN, NAME_COLUMN, FIRST_DATE_COLUMN = 1, 2, 3
HEAD_ROW = 7
"""Row of the dates; below it the weekdays, then the people."""

ROLE_WIDTH, NAME_WIDTH, DATE_WIDTH, COUNT_WIDTH = 9.0, 15.0, 3.6, 5.0
HEAD_HEIGHT, ROW_HEIGHT, FOOT_HEIGHT = 15, 19, 15

REPAIRS = ((2, Fill.WISH), (5, Fill.MORE))
"""Colours of repairs, by the most cells that they change."""

FILLS = {
    Outcome.COVERED: Fill.GOOD,
    Outcome.REPAIRABLE: Fill.WISH,
    Outcome.STRAINED: Fill.STRAIN,
    Outcome.UNDECIDED: Fill.SURPLUS,
    Outcome.FATAL: Fill.SHORT,
}
SCORE = Look(size=12, bold=True, edge="none", across="left")
ALARM = replace(SCORE, size=10, ink=Ink.ALARM)
SENTENCE = Look(size=9, edge="none", across="left", wrap=True)
SIGN = Look(size=11, bold=True)
COUNT = Look(size=9, shrink=True)
LABEL = Look(size=8, bold=True, fill=Fill.HEADING, across="left", shrink=True)


@dataclass(frozen=True)
class MapContext:
    """The data from which every sheet of an absence map's workbook is written."""

    problem: Problem
    resilience: Resilience
    rulebook: Rulebook
    source: str
    """Name of the roster's file."""
    first: dt.date
    """First date whose absences were examined."""

    @property
    def origin(self) -> str:
        """Return a line with the office, the period and the roster's file."""
        office, period = self.problem.office.name, period_text(self.problem.period)
        told = _("{office}   {period}   roster: {file}")
        return told.format(office=office, period=period, file=self.source)


class _Map:
    def __init__(self, context: MapContext, out: SheetWriter) -> None:
        self._context = context
        self._out = out
        self._problem = context.problem
        self._resilience = context.resilience
        self._grid = RosterGrid(context.problem)
        self._dates = context.problem.period.dates
        self._count_column = FIRST_DATE_COLUMN + len(self._dates)
        self._last_column = self._count_column + len(Outcome)

    def write(self) -> None:
        sizes = [ROLE_WIDTH, NAME_WIDTH, *[DATE_WIDTH] * len(self._dates)]
        self._sizes = [*sizes, *[COUNT_WIDTH] * (len(Outcome) + 1)]
        self._out.widths(self._sizes)
        self._top()
        self._heads()
        row = HEAD_ROW + 2
        for member in self._grid.members:
            self._person(row, member)
            row += 1
        self._totals(row)
        row = self._foot(row + 1)
        self._legend(row + 1)
        heads = (HEAD_ROW, HEAD_ROW + 1)
        self._out.finish(heads, freeze=FIRST_DATE_COLUMN, title_columns="A:B")

    def _across(self, row: int, text: str, look: Look, first: int = 1) -> None:
        """Write wrapped text from column ``first`` to the right edge of the page."""
        self._out.across(row, first, self._last_column, text, look)
        lines = lines_of(text, sum(self._sizes[first - 1 :]))
        self._out.height(lines * LINE_POINTS + 3, row)

    def _top(self) -> None:
        out, resilience = self._out, self._resilience
        out.put(1, 1, _("Absence map: what if one person drops out?"), TITLE)
        out.height(2 * LINE_POINTS, 1)
        out.put(2, 1, self._context.origin, NOTE)
        self._across(3, score_text(resilience), SCORE)
        out.height(1.6 * LINE_POINTS, 3)
        broken = bool(resilience.single_points)
        self._across(4, singles_text(resilience), ALARM if broken else SENTENCE)
        self._across(5, score_definition(), SENTENCE)

    def _heads(self) -> None:
        out, period = self._out, self._problem.period
        out.cells(HEAD_ROW, ROLE_COLUMN, (_("Job"), _("Name")), HEAD)
        out.cells(HEAD_ROW + 1, ROLE_COLUMN, (None, None), HEAD)
        out.height(HEAD_HEIGHT, HEAD_ROW, HEAD_ROW + 1)
        look = Look(bold=True, fill=Fill.HEADING, shrink=True)
        write_date_heads(out, HEAD_ROW, FIRST_DATE_COLUMN, period, look)
        for column, outcome in enumerate(Outcome, start=self._count_column):
            look = replace(HEAD, fill=FILLS[outcome], shrink=True, wrap=False)
            out.put(HEAD_ROW + 1, column, kind_sign(outcome), look)
        last = self._last_column - 1
        out.across(HEAD_ROW, self._count_column, last, _("Cases"), HEAD)
        out.put(HEAD_ROW, self._last_column, _("Strength"), replace(HEAD, size=7.5))
        out.put(HEAD_ROW + 1, self._last_column, "%", HEAD)

    def _person(self, row: int, member: StaffMember) -> None:
        out, edge = self._out, self._grid.edges[member.name]
        role = Look(size=8, edge=edge, shrink=True)
        name = Look(size=9.5, bold=True, across="left", shrink=True, edge=edge)
        names = (role_name(member.roles[0]), member.name)
        out.cells(row, ROLE_COLUMN, names, (role, name))
        for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
            one = self._resilience.by_cell.get((member.name, date))
            if one is None:
                # Grey: not examined (before the first date, or not employed).
                asked = date >= self._context.first and date in member.employed
                fill = "" if asked else Fill.TAIL
                out.put(row, column, None, Look(size=9, fill=fill, edge=edge))
            else:
                cells = len(one.changes)
                entry = cells if one.outcome is Outcome.REPAIRABLE else sign(one)
                look = replace(_look(one.outcome, cells), edge=edge)
                out.put(row, column, entry, look)
        own = self._resilience.of(member.name)
        self._counts(row, own, edge=edge, zero=None)
        percent = percent_text(own) if own.dropouts else None
        out.put(row, self._last_column, percent, replace(COUNT, bold=True, edge=edge))
        out.height(ROW_HEIGHT, row)

    def _counts(
        self,
        row: int,
        among: Resilience,
        *,
        edge: Edge,
        zero: int | None,
        bold: bool = False,
    ) -> None:
        """Write, in the columns at the right, the number of absences by outcome."""
        for column, outcome in enumerate(Outcome, start=self._count_column):
            look = _counted(outcome, among)
            look = replace(look, edge=edge, bold=bold or look.bold)
            self._out.put(row, column, among.count(outcome) or zero, look)

    def _totals(self, row: int) -> None:
        """Write the number of absences on each date, and their total by outcome."""
        out, whole = self._out, self._resilience
        head = replace(LABEL, edge="group")
        out.across(row, ROLE_COLUMN, NAME_COLUMN, _("Cases"), head)
        look = replace(COUNT, bold=True, edge="group")
        for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
            number = len(whole.on(date).dropouts)
            fill = day_fill(self._problem.period, date) or Fill.BAND
            out.put(row, column, number or None, replace(look, fill=fill))
        self._counts(row, whole, edge="group", zero=0, bold=True)
        out.put(row, self._last_column, percent_text(whole), look)
        out.height(FOOT_HEIGHT, row)

    def _foot(self, row: int) -> int:
        """Write the number of absences on each date by outcome; return the next row."""
        out = self._out
        for outcome in Outcome:
            name = f"{kind_sign(outcome)} {name_of(outcome)}"
            out.across(row, ROLE_COLUMN, NAME_COLUMN, name, LABEL)
            for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
                there = self._resilience.on(date)
                look = _counted(outcome, there)
                fill = look.fill or day_fill(self._problem.period, date) or Fill.BAND
                value = there.count(outcome) or None
                out.put(row, column, value, replace(look, fill=fill))
            out.height(FOOT_HEIGHT, row)
            row += 1
        return row

    def _legend(self, row: int) -> None:
        heading = Look(bold=True, edge="none", across="left")
        self._out.put(row, 1, _("Legend"), heading)
        for outcome in Outcome:
            row += 1
            look = replace(_look(outcome), size=9.5)
            self._out.put(row, ROLE_COLUMN, kind_sign(outcome), look)
            text = f" {name_of(outcome)}: {meaning_text(outcome)}"
            self._across(row, text, SENTENCE, NAME_COLUMN)
        self._out.put(row + 1, ROLE_COLUMN, None, Look(fill=Fill.TAIL))
        text = _("Not asked: before the first date looked at, or not employed.")
        self._across(row + 1, f" {text}", SENTENCE, NAME_COLUMN)
        text = _("The deeper a number's colour, the more cells: up to {steps}, more.")
        text = text.format(steps="、".join(str(most) for most, _colour in REPAIRS))
        note = replace(SENTENCE, ink=Ink.SOFT)
        self._across(row + 2, f" {text}", note, NAME_COLUMN)


def _look(outcome: Outcome, cells: int = 0) -> Look:
    """Return the look of a case, by the cells that change where it can be repaired."""
    fill = FILLS[outcome]
    if outcome is Outcome.REPAIRABLE:
        fill = next((colour for most, colour in REPAIRS if cells <= most), Fill.MUCH)
    ink = Ink.ALARM if outcome is Outcome.FATAL else Look.ink
    return replace(SIGN, fill=fill, ink=ink)


def _counted(outcome: Outcome, among: Resilience) -> Look:
    """Return the look of a number of cases, highlighted if their outcome is fatal."""
    if outcome is Outcome.FATAL and among.count(outcome):
        return replace(COUNT, bold=True, ink=Ink.ALARM, fill=Fill.SHORT)
    return COUNT


def write_resilience(
    problem: Problem,
    resilience: Resilience,
    path: Path,
    *,
    source: str,
    first: dt.date,
) -> Path:
    """Write map, single points of failure and repairs of the others; return where.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    writer = WorkbookWriter()
    context = MapContext(problem, resilience, rules_of(problem), source, first)
    _Map(context, writer.add(_("Absence map"))).write()
    _write_single_points(context, writer.add(_("Single points of failure")))
    _write_repairs(context, writer.add(_("Whom to ask")))
    return save_sealed(writer.workbook, path)


POINT_COLUMNS = (4, 12, 14, 20, 30, 25, 22, 11, 30)

NONE = Look(size=11, bold=True, fill=Fill.GOOD, across="left")
OPEN = replace(NONE, fill=Fill.WISH)
SOME = replace(NONE, fill=Fill.SHORT, ink=Ink.ALARM)
NAME = replace(LEFT, size=10, bold=True)
POINT_LOOKS = (CENTRE, BOLD, NAME, LEFT, LEFT, LEFT, BOLD, MISSING, LEFT)


def _write_single_points(context: MapContext, out: SheetWriter) -> None:
    out.title(_("Single points of failure"), POINT_COLUMNS)
    out.sentence(context.origin)
    found = context.resilience.single_points
    dropouts = context.resilience.dropouts
    undecided = [one for one in dropouts if one.outcome is Outcome.UNDECIDED]
    look = SOME if found else OPEN if undecided else NONE
    out.sentence(singles_text(context.resilience), look)
    out.sentence(sheet_note("single_points"))
    out.row += 1
    heads = out.row if found else 0
    if found:
        who = ("", _("Date"), _("Name"), _("Shift"))
        what = (_("Limit"), _("Source"), _("Date and time"), _("Missing"))
        out.headings((*who, *what, _("Who else may do it")))
    for number, one in enumerate(found, start=1):
        _point(context, out, number, one)
    out.finish(heads)
    if undecided:
        # Listed, because an undecided absence may be a single point too.
        out.section(_("Undecided"))
        told, texts = _("{date} {name} ({shift})"), []
        for one in undecided:
            date, shift = date_text(one.date), work_text(one, context.problem)
            texts.append(told.format(date=date, name=one.staff, shift=shift))
        out.sentence("、".join(texts))


def _point(context: MapContext, out: SheetWriter, number: int, one: Dropout) -> None:
    """Write a single point of failure, with a line for each limit that breaks."""
    problem, rulebook = context.problem, context.rulebook
    who: tuple[Entry, ...]
    who = (number, date_text(one.date), one.staff, work_text(one, problem))
    looks = [replace(look, edge="group") for look in POINT_LOOKS]
    for finding in what_breaks(one):
        rule = rulebook[finding.rule]
        limit = (
            limit_text(rule, finding.facet, detail_text(finding)),
            source_text(rule, finding.facet),
            when_text(finding) or _("whole period"),
            amount_of(rulebook, finding, finding.amount),
            able_text(finding, one, problem, rulebook),
        )
        out.line((*who, *limit), looks)
        who, looks = (None,) * len(who), [*POINT_LOOKS]


WAY_COLUMNS = (14, 16, 22, 6, 13, 76, 42)
ASKED = replace(LEFT, size=9)


def _write_repairs(context: MapContext, out: SheetWriter) -> None:
    """Fill the page of whom to ask: the least repair of each absence, by date."""
    out.title(_("Whom to ask if somebody drops out"), WAY_COLUMNS)
    out.sentence(context.origin)
    out.sentence(sheet_note("whom_to_ask"))
    out.row += 1
    mended = (Outcome.REPAIRABLE, Outcome.STRAINED)
    ways = [one for one in context.resilience.dropouts if one.outcome in mended]
    heads = out.row if ways else 0
    if ways:
        out.table(_ways(context), sorted(ways, key=lambda way: way.date))
    else:
        out.sentence(_("There is no absence that others could mend."))
    out.finish(heads)


def _ways(context: MapContext) -> tuple[TableColumn[Dropout], ...]:
    problem, rulebook = context.problem, context.rulebook

    def asked(one: Dropout) -> str:
        texts = list(request_texts(one, problem))
        if not one.is_least:
            texts.append(_("(There may be a way that asks less.)"))
        return "\n".join(texts)

    def beyond(one: Dropout) -> str:
        return "\n".join(finding_text(f, rulebook) for f in contracts_broken(one))

    def mark(one: Dropout) -> Look:
        return replace(CENTRE, bold=True, fill=FILLS[one.outcome])

    return (
        TableColumn(_("Date"), lambda one: date_text(one.date), BOLD),
        TableColumn(_("Who drops out"), lambda one: one.staff, NAME),
        TableColumn(_("Shift"), lambda one: work_text(one, problem)),
        TableColumn("", sign, mark),
        TableColumn(_("People and cells"), asked_text, CENTRE),
        TableColumn(_("Who would be asked for what"), asked, ASKED),
        TableColumn(_("Beyond the contract"), beyond),
    )

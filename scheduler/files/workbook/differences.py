"""The workbook of differences between stamps and roster, on which they are decided.

Its second page is the month that has begun: the plan, and below it the actual.  Neither
is to be posted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scheduler.audit.changes.as_worked import people_without_stamps, stamps_by_night
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import AsWorked, Difference, DifferenceKind
from scheduler.domain.clock import HOUR
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.roster import Roster
from scheduler.domain.staff import StaffMember
from scheduler.files.saving import replace_file, save
from scheduler.files.validation import refused, shown
from scheduler.files.workbook.container import open_workbook, read_rows
from scheduler.files.workbook.dates import (
    day_fill,
    write_date_heads,
)
from scheduler.files.workbook.embedded import CONTENT, content_digest, extract, seal
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.paging import LARGEST_CHARACTER, fit_or_part
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.roster.book import RosterGrid
from scheduler.files.workbook.sheet_writer import (
    SheetWriter,
    TableColumn,
    WorkbookWriter,
)
from scheduler.files.workbook.styles import (
    BOLD,
    CENTRE,
    HEAD,
    NOTE,
    PAPER_A3,
    Edge,
    Fill,
    Ink,
    Look,
)
from scheduler.wording.actual import (
    amount_text,
    counts_text,
    decided_text,
    decision_text,
    effect_text,
    planned_text,
    stamps_lines,
    stamps_text,
    standing_text,
)
from scheduler.wording.names import name_of, sheet_note
from scheduler.wording.notation import CellLanguage
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import N_, _, spellings

TITLE = N_("Stamps and roster")
COLUMNS = (5, 13, 16, 17, 11, 17, 24, 30, 12, 22)
DECISION = 9
"""Column in which somebody decides."""

ACCEPT, PLANNED = N_("accept"), N_("as planned")
NOT_TO_POST = Look(size=12, bold=True, ink=Ink.ALARM, edge="none", across="left")
CHOICE = Look(size=10, bold=True, fill=Fill.INPUT, locked=False)
FILLS = {True: Fill.GOOD, False: Fill.WISH, None: Fill.INPUT}
TINTS = {
    DifferenceKind.NO_STAMPS: Fill.SHORT,
    DifferenceKind.OTHER_SHIFT: Fill.MORE,
    DifferenceKind.UNPLANNED: Fill.MORE,
}


class Decided(NamedTuple):
    """What somebody has typed on the page.

    Attributes
    ----------
    accepted, planned
        Differences to accept, and those in which the roster stays.
    others
        Whether other cells were edited as well, which are not read.
    """

    accepted: tuple[Difference, ...] = ()
    planned: tuple[Difference, ...] = ()
    others: bool = False


def write_differences(month: AsWorked, path: Path, *, kept: Path | None = None) -> Path:
    """Write the page of differences; return where it is.

    Parameters
    ----------
    path
        Where to write, over what was written before.
    kept
        Where a page that somebody has written other things on is kept.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    writer = WorkbookWriter()
    out = writer.add(_(TITLE), COLUMNS)
    out.title(_(TITLE))
    out.sentence(
        _("Not to be posted: for the manager and the pay office alone."), NOT_TO_POST
    )
    out.sentence(_about(month))
    out.sentence(sheet_note("differences").format(grace=month.actual.grace))
    _add_notes(month, out)
    heads = out.row
    out.table(_columns(month), month.differences, CENTRE)
    if month.differences:
        cells = area(heads + 1, DECISION, out.row - 1, DECISION)
        out.offer(cells, f'"{_(ACCEPT)},{_(PLANNED)}"')
    out.finish(heads, freeze=4)
    if month.is_actual:
        _PlanAndActual(month, writer.add(_(PLAN_AND_ACTUAL))).write()
    seal(writer.workbook)
    if kept is not None:
        replace_file(bytes_of(writer.workbook), path, kept)
        return path
    return save(bytes_of(writer.workbook), path)


def _about(month: AsWorked) -> str:
    text = _("{office}   {period}   differences: {count} ({kinds})   {standing}")
    return text.format(
        office=month.problem.office.name,
        period=period_text(month.problem.period),
        count=len(month.differences),
        kinds=counts_text(month.differences) or _("none"),
        standing=standing_text(month),
    )


def _add_notes(month: AsWorked, out: SheetWriter) -> None:
    """Say who has no stamps, and to what date there are any."""
    until = month.actual.stamped_until
    if until is not None and until < month.problem.period.last:
        text = _("There are stamps until {date}; from then on the roster counts.")
        out.sentence(text.format(date=date_text(until)))
    absent = people_without_stamps(month.problem, month.actual)
    if absent:
        text = _("Without any stamp, and so counted as planned: {names}")
        out.sentence(text.format(names="、".join(absent)))
    out.row += 1


def _columns(month: AsWorked) -> tuple[TableColumn[Difference], ...]:
    problem, actual = month.problem, month.actual
    stamps = stamps_by_night(Timeline(problem, month.cells), actual.stamps)
    decided = actual.decided

    def choice(one: Difference) -> Look:
        return replace(CHOICE, fill=FILLS[decided.get(one)])

    def kind(one: Difference) -> Look:
        return replace(CENTRE, bold=True, fill=TINTS.get(one.kind, ""))

    def before(one: Difference) -> str:
        texts = [decision_text(said) for said in actual.before(one)]
        return "\n".join(texts) if decided.get(one) is None else ""

    def stamped(one: Difference) -> str:
        return stamps_text(stamps.get((one.staff, one.date)))

    return (
        TableColumn(_("Date"), lambda one: date_text(one.date), CENTRE),
        TableColumn(_("Name"), lambda one: one.staff, BOLD),
        TableColumn(_("Difference"), lambda one: name_of(one.kind), kind),
        TableColumn(_("By how much"), amount_text, CENTRE),
        TableColumn(_("Planned"), lambda one: planned_text(one, problem), CENTRE),
        TableColumn(_("Stamps"), stamped, CENTRE),
        TableColumn(_("If accepted"), effect_text),
        TableColumn(_("Decision"), lambda one: decided_text(decided.get(one)), choice),
        TableColumn(_("Decided before, on other stamps"), before),
    )


def read_decisions(path: Path, month: AsWorked) -> Decided:
    """Return what somebody has decided on the page since it was written.

    A decision that was written with the page is none that somebody has typed, also
    where the difference it was on is gone since, or another one stands there.

    Raises
    ------
    InputError
        If the page cannot be read, or a cell says neither; every such cell.
    """
    workbook = open_workbook(path)
    sheet = next(
        (one for one in workbook.worksheets if one.title in spellings(TITLE)), None
    )
    if sheet is None:
        raise refused("no_differences", path=path.name)
    written = extract(workbook).get(CONTENT)
    if content_digest(workbook) == written:
        return Decided()
    known = {_place(one): one for one in month.differences}
    before = {_place(one.difference): one.accepted for one in month.actual.decisions}
    decided = month.actual.decided
    there = (one for one in month.differences if one in decided)
    before |= {_place(one): decided[one] for one in there}
    found: dict[bool, list[Difference]] = {True: [], False: []}
    mistakes = []
    for number, row in enumerate(read_rows(sheet, values_only=True), start=1):
        if len(row) < DECISION or not isinstance(row[0], int):
            continue
        place = str(row[1]), look_of(row[2]), str(row[3])
        one, was, typed = known.get(place), before.get(place), row[DECISION - 1]
        word = look_of(typed or "")
        if word and word not in _words(was):
            said = next((said for said in found if word in _words(said)), None)
            if one is not None and said is not None:
                found[said].append(one)
            else:
                code = "not_decision" if said is None else "no_difference"
                where = sheet.title, at(number, DECISION)
                mistakes.append(Mistake.at(code, *where, value=shown(typed)))
        sheet.cell(number, DECISION).value = decided_text(was) or None
    if mistakes:
        raise InputError(mistakes)
    others = content_digest(workbook) != written
    return Decided(tuple(found[True]), tuple(found[False]), others)


def _place(one: Difference) -> tuple[str, str, str]:
    """Return by what a line of the page is known: date, person and kind, as written."""
    return date_text(one.date), look_of(one.staff), name_of(one.kind)


def _words(said: bool | None) -> set[str]:
    """Return how a decision is written, in either language; nothing for none."""
    texts = {True: ACCEPT, False: PLANNED}
    return set() if said is None else set(map(look_of, spellings(texts[said])))


PLAN_AND_ACTUAL = N_("Plan and actual")
DATE_ROW, WEEKDAY_ROW, FIRST_ROW = 4, 5, 6
NAME_COLUMN, LINE_COLUMN, FIRST_DATE = 1, 2, 3
WIDTHS = (14, 6)
DATE_WIDTH, SUM_WIDTH = 5.6, 7
HEIGHTS = (17, 19, 23)
"""Of a person's three lines: plan, actual, stamps."""
LINES = len(HEIGHTS)
STAMPED_LINE = 9.5
"""Height of a line of stamps; one that comes and goes twice has four."""

PLAN = Look(size=11, ink=Ink.SOFT, shrink=True, edge="group")
ACTUAL = Look(size=13, bold=True, shrink=True)
STAMPS = Look(size=6.5, wrap=True)


class _PlanAndActual:
    def __init__(self, month: AsWorked, out: SheetWriter) -> None:
        self._month = month
        self._problem = month.problem
        self._out = out
        self._language = CellLanguage(month.problem)
        self._dates = month.problem.period.dates
        timeline = Timeline(month.problem, month.cells)
        self._stamps = stamps_by_night(timeline, month.actual.stamps)
        self._open = {(one.staff, one.date) for one in month.undecided}
        self._until = month.actual.stamped_until
        rosters = month.plan, month.roster
        self._timelines = [Timeline(month.problem, roster) for roster in rosters]

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        self._heads()
        members = RosterGrid(self._problem).members
        rows = range(FIRST_ROW, FIRST_ROW + LINES * len(members), LINES)
        for row, member in zip(rows, members, strict=True):
            self._person(row, member)
        out = self._out
        sums = FIRST_DATE + len(self._dates)
        out.widths((*WIDTHS, *[DATE_WIDTH] * len(self._dates), *[SUM_WIDTH] * 3))
        heads = DATE_ROW, WEEKDAY_ROW
        out.finish(heads, freeze=FIRST_DATE, title_columns="A:B", paper=PAPER_A3)
        last = FIRST_ROW + LINES * len(members) - 1
        out.sheet.print_area = area(1, 1, last, sums + 2)
        out.sheet.oddHeader.right.text = _("Not to be posted")
        fit_or_part(out.sheet, heads, rows, LARGEST_CHARACTER)

    def _heads(self) -> None:
        out, period = self._out, self._problem.period
        large = Look(size=16, bold=True, edge="none", across="left")
        office = self._problem.office.name
        text = f"{_(PLAN_AND_ACTUAL)}   {period_text(period)}   {office}"
        out.put(1, NAME_COLUMN, text, large)
        out.put(2, NAME_COLUMN, self._stamped_until(), NOTE)
        for row, head in ((DATE_ROW, _("Name")), (WEEKDAY_ROW, _("Weekday"))):
            out.cells(row, NAME_COLUMN, (head, None), HEAD)
        look = Look(bold=True, shrink=True)
        write_date_heads(out, DATE_ROW, FIRST_DATE, period, look, holidays=True)
        sums = FIRST_DATE + len(self._dates)
        texts = (_("Planned h"), _("Worked h"), _("More, less"))
        out.cells(DATE_ROW, sums, texts, HEAD)
        out.cells(WEEKDAY_ROW, sums, (None, None, None), HEAD)

    def _stamped_until(self) -> str:
        if self._until is None:
            return _("There are no stamps yet.")
        text = sheet_note("plan_and_actual")
        return text.format(date=date_text(self._until))

    def _person(self, row: int, member: StaffMember) -> None:
        out = self._out
        name = Look(size=11, bold=True, across="left", shrink=True, edge="group")
        labels = (_("plan"), _("actual"), _("stamps"))
        for line, (label, height) in enumerate(zip(labels, HEIGHTS, strict=True)):
            edge: Edge = "grid" if line else "group"
            out.put(row + line, NAME_COLUMN, None if line else member.name, name)
            out.put(row + line, LINE_COLUMN, label, Look(size=8, edge=edge))
            out.height(height, row + line)
        own = (self._stamps.get((member.name, date)) for date in self._dates)
        most = max(stamps_lines(day).count("\n") + 1 for day in own)
        out.height(max(HEIGHTS[-1], most * STAMPED_LINE), row + LINES - 1)
        out.merge(row, NAME_COLUMN, row + LINES - 1, NAME_COLUMN)
        for column, date in enumerate(self._dates, start=FIRST_DATE):
            self._date(row, column, member, date)
        sums = FIRST_DATE + len(self._dates)
        planned, worked = (
            one.minutes_begun(member.name, self._dates) / HOUR
            for one in self._timelines
        )
        numbers = ("0.0", "0.0", "+0.0;-0.0;")
        looks = [Look(size=10, number=number, edge="group") for number in numbers]
        out.cells(row, sums, (planned, worked, worked - planned), looks)
        for place in range(3):
            out.merge(row, sums + place, row + LINES - 1, sums + place)

    def _date(self, row: int, column: int, member: StaffMember, date: dt.date) -> None:
        out, cell = self._out, (member.name, date)
        tint = day_fill(self._problem.period, date)
        rosters = self._month.plan, self._month.roster
        plan, now = (self._text(one, member, date) for one in rosters)
        out.put(row, column, plan, replace(PLAN, fill=tint))
        is_past = self._until is not None and date <= self._until
        look = replace(ACTUAL, fill=tint)
        if now != plan:
            look = replace(look, edge="changed", ink=Ink.ALARM, fill=Fill.SHORT)
        text = now if is_past or now != plan else None
        if cell in self._open:
            text, look = f"{text or ''}?", replace(look, fill=Fill.INPUT)
        out.put(row + 1, column, text, look)
        stamps = stamps_lines(self._stamps.get(cell))
        out.put(row + 2, column, stamps or None, replace(STAMPS, fill=tint))

    def _text(self, roster: Roster, member: StaffMember, date: dt.date) -> str | None:
        duty = roster.by_cell.get((member.name, date))
        return (duty and self._language.write(duty)) or None

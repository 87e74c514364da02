"""The foot of the statutory table: dates, full-time equivalents, required people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from scheduler.audit.figures.fte import TENTHS, WorkType
from scheduler.audit.papers.statutory import JOBS, TableDay
from scheduler.audit.staff_list import Listed, is_nurse
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import Role
from scheduler.files.workbook.dates import day_fill
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.statutory.layout import (
    LINE,
    NUMBER,
    TYPE,
)
from scheduler.files.workbook.statutory.people import TableSheet
from scheduler.files.workbook.styles import HEAD, Fill, Formula, Ink, Look
from scheduler.rulebook import rules_of
from scheduler.wording.names import duration_text, name_of, short_names
from scheduler.wording.statutory import job_names, on_call_legend
from scheduler.wording.translation import _

LABEL = Look(size=8.5, bold=True, fill=Fill.BAND, across="left", shrink=True)
COUNT = Look(size=10, number="0", shrink=True)
HOURS = Look(size=9, number="0.00", shrink=True)
PERSON = Look(size=7, wrap=True)
EQUIVALENT = Look(size=10, number="0.0", bold=True)
TEXT = Look(size=9, across="left", wrap=True)
NOTE = Look(size=8.5, edge="none", across="left", wrap=True)
LINE_POINTS = 15
NAME_POINTS = 10.5
NAME_LETTERS = 3
"""Letters of a name that fit beside each other in the width of a date."""


def write_foot(sheet: TableSheet) -> None:
    """Write everything below the people."""
    row = _by_date(sheet, sheet.grid.foot)
    row = _equivalents(sheet, row + 1)
    row = _people(sheet, row + 1)
    _notes(sheet, row + 1)


def _by_date(sheet: TableSheet, row: int) -> int:
    """Write the rows by date; return the next row."""
    for label, value in (
        (_("Day users"), lambda day: day.day_users),
        (_("Overnight guests"), _guests),
        (_("Visits"), lambda day: day.visits),
    ):
        _dates(sheet, row, label, value, COUNT)
        _sum(sheet, row, COUNT)
        row += 1
    row = _care_hours(sheet, row)
    names = short_names(member.name for member in sheet.problem.staff)

    def on_duty(day: TableDay) -> str:
        return "\n".join(names[one] for one in day.on_duty)

    def on_call(day: TableDay) -> str:
        return names[day.on_call] if day.on_call else ""

    for label, told in ((_("Night duty"), on_duty), (_("On call at night"), on_call)):
        _dates(sheet, row, label, told, PERSON)
        lines = max((_lines(told(day)) for day in sheet.table.days), default=1)
        sheet.out.height(NAME_POINTS * max(2, lines), row)
        row += 1
    return row


def _lines(text: str) -> int:
    """Return how many lines names take in the width of a date."""
    return sum(-(-len(name) // NAME_LETTERS) for name in text.split("\n"))


def _guests(day: TableDay) -> int | str:
    return _("unknown") if day.overnight is None else day.overnight


def _care_hours(sheet: TableSheet, row: int) -> int:
    """Write the care hours by day: required, planned, to spare (A-03)."""
    grid = sheet.grid
    pool = grid.rows_of(Role.NURSE, Role.CARE)
    lines = grid.area(LINE, Role.NURSE, Role.CARE)

    def cells(day: TableDay) -> str | None:
        here = grid.columns[day.date]
        return pool and area(pool[0], here, pool[1], here, "row")

    def later(day: TableDay) -> Formula:
        found = cells(day)
        return Formula(f"={sheet.symbols.next_morning(found) if found else 0}")

    def planned(day: TableDay) -> Formula:
        found, here = cells(day), grid.columns[day.date]
        begun = f'SUMIF({lines},"{_("By day")}",{found})' if found else "0"
        return Formula(f"={begun}-{at(row, here)}+{at(row, here - 1)}")

    def spare(day: TableDay) -> Formula:
        here = grid.columns[day.date]
        return Formula(f"=ROUND({at(row + 2, here)}-{at(row + 1, here)},6)")

    label = _("Next morning's hours by day, from the eve ▸")
    _dates(sheet, row, label, later, HOURS, split=True)
    sheet.out.put(row, LINE, sheet.table.carried_in / HOUR, HOURS)
    told: tuple[tuple[str, Callable[[TableDay], object]], ...] = (
        (_("Care hours by day required"), lambda day: day.required / HOUR),
        (_("Care hours by day planned"), planned),
        (_("to spare"), spare),
    )
    for place, (label, value) in enumerate(told, start=row + 1):
        _dates(sheet, place, label, value, HOURS)
        _sum(sheet, place, HOURS)
    below_zero = grid.dates_of(row + 3).replace("$", "")
    sheet.out.limit(below_zero, "lessThan", 0)
    return row + 4


def _dates(
    sheet: TableSheet,
    row: int,
    label: str,
    value: Callable[[TableDay], object],
    look: Look,
    *,
    split: bool = False,
) -> None:
    out = sheet.out
    out.across(row, NUMBER, LINE - split, label, LABEL)
    for day in sheet.table.days:
        own = replace(look, fill=day_fill(sheet.problem.period, day.date))
        out.put(row, sheet.grid.columns[day.date], value(day), own)
    out.height(LINE_POINTS, row)


def _sum(sheet: TableSheet, row: int, look: Look) -> None:
    formula = Formula(f"=SUM({sheet.grid.dates_of(row)})")
    sheet.out.put(row, sheet.grid.behind.total, formula, replace(look, bold=True))


def _boxes(
    sheet: TableSheet,
    row: int,
    values: Sequence[object],
    looks: Sequence[Look],
    lines: float = 1,
) -> None:
    """Write values into boxes: the first over the names, the others over the dates."""
    sheet.out.height(LINE_POINTS * lines, row)
    out, width = sheet.out, max(1, (sheet.grid.last - LINE) // 8)
    first = NUMBER
    for index, (value, look) in enumerate(zip(values, looks, strict=True)):
        last = LINE if index == 0 else first + width - 1
        if index == len(values) - 1 and index > 1:
            last = max(last, sheet.grid.last)
        out.across(row, first, last, value, look)
        first = last + 1


def _equivalents(sheet: TableSheet, row: int) -> int:
    """Write the full-time equivalents in both readings (B-01); return the next row."""
    heads = (
        _("Full-time equivalents (cut to one decimal)"),
        _("Rows: A"),
        _("B"),
        _("C"),
        _("D"),
        _("Hours that count"),
        _("by hours"),
        _("by the form (A is 1)"),
    )
    _boxes(sheet, row, heads, [replace(HEAD, size=8.5)] * len(heads), 1.5)
    sums = replace(HOURS, size=9.5)
    looks = [LABEL, *[replace(COUNT, number="0;-0;")] * 4, sums, *[EQUIVALENT] * 2]
    for values in _equivalent_rows(sheet):
        row += 1
        _boxes(sheet, row, values, looks)
    return row + 1


def _equivalent_rows(sheet: TableSheet) -> Iterator[Sequence[object]]:
    """Yield label, heads by form, hours, and equivalents in both readings."""
    pool = (Role.NURSE, Role.CARE)
    for label, roles in (
        *zip(job_names(), ((role,) for role in JOBS), strict=True),
        (_("Nursing and care together"), pool),
        (_("Everybody"), JOBS),
    ):
        yield _equivalent(sheet, label, roles)
        if roles == pool and sheet.table.licensed:
            yield _licensed(sheet)
    by_day = sheet.grid.area(sheet.grid.behind.by_day, *pool)
    label = _("of nursing and care together in the day band")
    yield label, *[None] * 4, *_hours(sheet, f"SUM({by_day})" if by_day else "0"), None


def _hours(sheet: TableSheet, hours: str) -> tuple[Formula, Formula]:
    """Return hours, and what they are of a full-timer."""
    return Formula(f"={hours}"), Formula(f"={_tenths(sheet, hours)}")


def _equivalent(
    sheet: TableSheet, label: str, roles: tuple[Role, ...]
) -> Sequence[object]:
    grid = sheet.grid
    counted, ones = (
        grid.area(grid.behind.counted, *roles),
        grid.area(grid.behind.is_one, *roles),
    )
    kinds = grid.area(TYPE, *roles)
    if counted is None or ones is None or kinds is None:
        return [label, *[0] * 7]
    heads = [Formula(f'=COUNTIF({kinds},"{kind.value}")') for kind in WorkType]
    others = f"SUMPRODUCT((1-{ones})*{counted})"
    form = Formula(f"=SUM({ones})+{_tenths(sheet, others)}")
    return [label, *heads, *_hours(sheet, f"SUM({counted})"), form]


def _licensed(sheet: TableSheet) -> Sequence[object]:
    """Return those of licensed nurses, whatever they do in the care pool (A-19)."""
    grid, members = sheet.grid, sheet.problem.member_by_name
    tops = [
        grid.top(one)
        for one in sheet.table.rows
        if one.job.role.in_care_pool and is_nurse(sheet.problem, members[one.job.staff])
    ]
    ones = [f"N({grid.cell(top, grid.behind.is_one)})" for top in tops]
    counted = [grid.cell(top, grid.behind.counted) for top in tops]
    parts = (f"(1-{one})*{own}" for one, own in zip(ones, counted, strict=True))
    others = f"({'+'.join(parts) or 0})"
    form = Formula(f"={'+'.join((*ones, _tenths(sheet, others)))}")
    label = _("of these, licensed nurses, in care too")
    return [label, *[None] * 4, *_hours(sheet, f"({'+'.join(counted) or 0})"), form]


def _tenths(sheet: TableSheet, hours: str) -> str:
    """Return hours over a full-timer's, cut to one decimal, as a formula term.

    The quotient is rounded far behind its last digit first, for 428.5 / 171.4 is a
    trifle less than 2.5 for a spreadsheet.
    """
    return f"ROUNDDOWN(ROUND({hours}/{sheet.full_timer}*{TENTHS},6),0)/{TENTHS}"


def _people(sheet: TableSheet, row: int) -> int:
    heads = (
        _("Required people"),
        _("Asked for"),
        _("People"),
        _("Verdict"),
        _("Names"),
    )
    _boxes(sheet, row, heads, [replace(HEAD, size=8.5)] * len(heads))
    for label, asked, listed in _required(sheet):
        row += 1
        people, met = listed.names, listed.fewest >= asked
        verdict = Look(size=9, bold=True, fill=Fill.GOOD if met else Fill.SHORT)
        verdict = verdict if met else replace(verdict, ink=Ink.ALARM)
        word = _("met") if met else _("NOT met")
        told = "、".join([*people, *_hours_of_job(sheet, label, people)])
        values = (label, asked, listed.fewest, word, told)
        _boxes(sheet, row, values, (LABEL, COUNT, COUNT, verdict, TEXT), 1.3)
    if sheet.table.licensed:
        row += 1
        _nurses(sheet, row, *sheet.table.licensed)
    return row + 1


def _nurses(sheet: TableSheet, row: int, by_hours: int, by_form: int) -> None:
    """Write the equivalents of nurses that a kantaki needs, in both readings (A-19)."""
    asked = rules_of(sheet.problem)["A-19"].int("nurse_fte_tenths")
    word, verdict = _("met"), Look(size=9, bold=True, fill=Fill.GOOD)
    if max(by_hours, by_form) < asked:
        word = _("NOT met")
        verdict = replace(verdict, fill=Fill.SHORT, ink=Ink.ALARM)
    elif min(by_hours, by_form) < asked:
        word, verdict = _("depends on the reading"), replace(verdict, fill=Fill.WISH)
    text = _(
        "licensed nurses, with their hours in care: {hours} by hours, {form} by the"
        " form (to be confirmed)"
    )
    told = text.format(hours=by_hours / TENTHS, form=by_form / TENTHS)
    label = _("Nurses, full-time equivalents")
    values = (label, asked / TENTHS, by_form / TENTHS, word, told)
    tenths = replace(COUNT, number="0.0")
    _boxes(sheet, row, values, (LABEL, tenths, tenths, verdict, TEXT), 1.3)


def _required(sheet: TableSheet) -> Iterator[tuple[str, int, Listed]]:
    rules, table = rules_of(sheet.problem), sheet.table
    yield (
        _("Nursing staff of either licence"),
        rules["A-10"].int("nurses_min"),
        table.nurses,
    )
    least = rules["A-19"].int("full_time_nurses_min")
    if sheet.table.licensed and least:
        label = _("Full-time public health nurse or nurse")
        yield label, least, table.full_time_nurses
    yield _("Care manager"), rules["A-11"].int("planners_min"), table.planners
    yield _("Manager"), rules["A-13"].int("managers_min"), table.managers


def _hours_of_job(
    sheet: TableSheet, label: str, names: Sequence[StaffId]
) -> Iterator[str]:
    """Yield the hours of planning or management, with the office's own aim.

    The aim is of all dates of the period: beside those of some it would say nothing.
    """
    is_of_all = len(sheet.table.dates) == sheet.problem.period.days
    settings = sheet.problem.office.settings
    for own, role, aim in (
        (_("Care manager"), Role.PLANNER, settings.planner_desk),
        (_("Manager"), Role.MANAGER, sheet.problem.office.manager_desk),
    ):
        if label == own:
            done = sum(
                row.job.worked
                for row in sheet.table.of_job(role)
                if row.job.staff in names
            )
            text = _("{done} in this job (the office's aim: {aim})")
            text = text if is_of_all else _("{done} in this job")
            yield text.format(done=duration_text(done), aim=duration_text(aim))


def _notes(sheet: TableSheet, row: int) -> None:
    kinds = "  ".join(f"{kind.value}: {name_of(kind)}" for kind in WorkType)
    texts = (
        _("Form of employment: {kinds}").format(kinds=kinds),
        on_call_legend(sheet.problem),
        _(
            "Leave, training and trips of full-timers count as worked, unless the"
            " absence is longer than a calendar month; those of part-timers do not."
            " Somebody's jobs together count at most a full-timer's hours. “Counts as"
            " 1”: a full-timer with one job who is there throughout (to be confirmed)."
        ),
        _(
            "Hours stand on the date on which a shift begins; the care hours by day"
            " count what lies after midnight on the next date."
        ),
    )
    for text in texts:
        sheet.out.across(row, NUMBER, sheet.grid.last, text, NOTE)
        sheet.out.height(LINE_POINTS, row)
        row += 1

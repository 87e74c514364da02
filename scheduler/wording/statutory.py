"""The words of the statutory staffing table (勤務形態一覧表)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.audit.figures.fte import TENTHS
from scheduler.audit.papers.statutory import (
    StatutoryTable,
    TableRow,
    TableSpan,
    TableSymbol,
)
from scheduler.domain.clock import DAY, HOUR, Interval
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of
from scheduler.wording.duties import shift_name
from scheduler.wording.findings import confirm_text, source_text
from scheduler.wording.names import (
    NAMES,
    day_kind_name,
    duration_text,
    name_of,
    off_name,
    role_name,
)
from scheduler.wording.notation import OFF_SYMBOLS, ON_CALL_MARK, ROLE_MARKS
from scheduler.wording.times import (
    dates_text,
    full_date_text,
    month_text,
    span_text,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.actual import AsWorked

JOB_TITLES = NAMES["job_titles"]


def job_title(member: StaffMember, role: Role) -> str:
    """Return the title of a job: 管理者, 介護支援専門員, 看護職員, 介護職員.

    Planning without licence and training is told apart, as A-11 asks for both, in a
    satellite for the training alone.
    """
    if role is Role.PLANNER and not member.plans(with_licence=True):
        if member.plans(with_licence=False):
            return _("Planner with the training")
        return _("Planner without licence and training on record")
    return _(JOB_TITLES[role])


def job_names() -> tuple[str, ...]:
    """Return the titles of all jobs, in the order of the table."""
    return tuple(map(_, JOB_TITLES.values()))


def table_title(table: StatutoryTable, among: int) -> str:
    """Return the title of a table's sheet, with the month if there are several."""
    title = _("Staffing table, {edition}").format(edition=name_of(table.edition))
    return title if among == 1 else f"{title} {table.dates[0]:%m}"


def dates_covered(table: StatutoryTable) -> str:
    """Return the month of a table, with its dates where they are not all of it."""
    first, last = table.dates[0], table.dates[-1]
    extent = dates_text(first, last)
    if table.span is TableSpan.FOUR_WEEKS:
        return f"{month_text(first)} ({extent})"
    return month_text(first) if table.is_whole else f"{month_text(first)} ({extent})"


def head_lines(
    problem: Problem, table: StatutoryTable, made_on: dt.date | None
) -> Iterator[tuple[tuple[str, str | float], ...]]:
    """Yield the lines of the head: labels, each with a text or with hours."""
    office = problem.office
    bases, night, capacity = (
        table.fte.denominators,
        office.night_band,
        office.capacity,
    )
    day = Interval(night.end - DAY, night.start)
    yield (
        (_("Service"), name_of(office.kind)),
        (_("Office"), office.name),
        (_("Office number"), office.number),
        (_("Year and month"), dates_covered(table)),
    )
    yield (
        (_("(1) Dates"), name_of(table.span)),
        (_("(2) Plan or actual"), name_of(table.edition)),
        (_("(5) Day band"), span_text(day)),
        (_("Night band"), span_text(night)),
    )
    yield (
        (_("(3) Full-timer: hours of these dates"), bases.minutes / HOUR),
        (_("Reckoned by"), denominator_text(table)),
        (_("Full-timer: hours a week"), office.settings.full_time_week / HOUR),
        (_("(4) Day users, average"), users_text(table)),
    )
    yield (
        (_("Made on"), full_date_text(made_on) if made_on else ""),
        (_("Made by"), ""),
        (_("Checked by"), ""),
        (
            _("Registration, day use, overnight"),
            f"{capacity.registered} / {capacity.day_use} / {capacity.overnight}",
        ),
    )


def symbol_texts(
    problem: Problem, tables: Iterable[StatutoryTable]
) -> dict[TableSymbol, str]:
    """Return the text of every symbol of some tables, no two alike.

    Where cells of the same shift have other hours, because a break or an event falls
    elsewhere, the most frequent has the plain symbol, the others a number behind it.
    They come in the order of the shift table, days off and nights on call last.
    """
    used = Counter(
        cell for table in tables for row in table.rows for cell in row.cells if cell
    )
    shifts = [shift.symbol for shift in problem.all_shifts]

    def place(symbol: TableSymbol) -> tuple[int, str, int]:
        known = symbol.shift in shifts
        first = shifts.index(symbol.shift) if symbol.shift and known else len(shifts)
        return first, _base(symbol), -used[symbol]

    found: dict[TableSymbol, str] = {}
    taken: set[str] = set()
    for symbol in sorted(used, key=place):
        base, number = _base(symbol), 1
        while look_of(text := f"{base}{number}" if number > 1 else base) in taken:
            number += 1
        taken.add(look_of(text))
        found[symbol] = text
    return found


def _base(symbol: TableSymbol) -> str:
    """Return the text of a symbol without a number."""
    if symbol.shift is not None:
        text = f"{symbol.shift}{ROLE_MARKS[symbol.role] if symbol.role else ''}"
    elif symbol.kind is not None:
        text = symbol.kind
    elif symbol.off is None or (symbol.is_on_call and symbol.off is OffKind.DAY_OFF):
        text = ""
    else:
        text = OFF_SYMBOLS[symbol.off]
    return text + ON_CALL_MARK if symbol.is_on_call else text


def symbol_meaning(problem: Problem, symbol: TableSymbol) -> str:
    """Return what a symbol stands for: 日勤（管理の部分）＋宿直."""
    parts = []
    if symbol.shift is not None:
        shift = problem.shift_by_symbol[symbol.shift]
        name = shift_name(shift)
        part = _("{shift}, its part in {role}")
        parts.append(
            part.format(shift=name, role=role_name(symbol.role))
            if symbol.role
            else name
        )
    elif symbol.kind is not None:
        parts.append(day_kind_name(problem, symbol.kind))
    elif symbol.off is not None:
        parts.append(off_name(symbol.off))
    if symbol.is_on_call:
        parts.append(_("on call at night"))
    return "＋".join(parts)


def symbol_times(symbol: TableSymbol) -> str:
    """Return when the work of a symbol is, and how long: 8:30-17:30（8時間）."""
    if symbol.begin is None or symbol.end is None:
        return ""
    hours = duration_text(symbol.day + symbol.night - symbol.on_call)
    return _("{span} ({hours})").format(
        span=span_text(Interval(symbol.begin, symbol.end)), hours=hours
    )


def on_call_legend(problem: Problem) -> str:
    """Return the line that says how nights on call are counted (B-08, F-10)."""
    if problem.office.settings.standby.is_work:
        return _(
            "{mark}: on call. The office counts it as hours of work: they stand in the"
            " night band, and are left out of full-time equivalents (to be confirmed)."
        ).format(mark=ON_CALL_MARK)
    return _(
        "{mark}: on call. No hours: it counts neither in the bands nor in full-time"
        " equivalents (to be confirmed)."
    ).format(mark=ON_CALL_MARK)


def second_jobs(problem: Problem, row: TableRow) -> str:
    """Return a person's other jobs, here and elsewhere."""
    member = problem.member_by_name[row.job.staff]
    here = [
        job_title(member, role) for role in member.roles if role is not row.job.role
    ]
    return "、".join([*here, *elsewhere(member)])


def elsewhere(member: StaffMember) -> Sequence[str]:
    """Return where else a person works, with the hours there if they are known."""
    if not member.works_elsewhere:
        return ()
    name = member.other_job or _("another office")
    if member.other_minutes is None:
        return (name,)
    hours = f"{member.other_minutes / HOUR:g}"
    return (_("{office} {hours} h").format(office=name, hours=hours),)


def attached_texts(problem: Problem) -> Iterator[str]:
    """Yield in which services the staff may also work, and nurses beside (A-16)."""
    rule = rules_of(problem)["A-16"]
    for text, name in (
        (_("Staff may also work in attached {services} ({source})."), "attached"),
        (
            _("Nurses may also work, on the same premises, in {services}."),
            "nurses_also",
        ),
    ):
        services = "、".join(rule.names(name))
        if services:
            line = text.format(services=services, source=source_text(rule))
            yield f"{line} {confirm_text(rule)}".rstrip()


def denominator_text(table: StatutoryTable) -> str:
    """Return the method by which a full-timer's month is reckoned (B-03)."""
    return name_of(table.fte.denominators.chosen)


def users_text(table: StatutoryTable) -> str:
    """Return the average of day users with its method and numbers (A-05)."""
    users = table.users
    return _("{average} ({method}: {total} / {days})").format(
        average=f"{users.tenths / TENTHS:.1f}",
        method=name_of(users.method),
        total=users.total,
        days=users.days,
    )


def worked_from(month: AsWorked) -> str:
    """Return what the table as worked is taken from: changed cells, stamps."""
    plan, roster = month.plan.by_cell, month.roster.by_cell
    cells = sum(plan.get(cell) != duty for cell, duty in roster.items())
    text = _(
        "As worked: the plan with {cells} cells changed since the period began."
    ).format(cells=cells)
    if not month.is_actual:
        return text + _(" No stamps of the clock are in it.")
    stamps = _(
        " Of the differences to the stamps {accepted} were accepted, {open} are not"
        " decided."
    )
    return text + stamps.format(accepted=len(month.accepted), open=len(month.undecided))


def equivalents_text(table: StatutoryTable) -> str:
    """Return the full-time equivalents of a table in both readings, on one line."""
    text = _(
        "{edition}, {dates}: full-time equivalents of everybody {hours} by hours,"
        " {form} by the form; nursing and care {pool_hours} and {pool_form}"
    )
    fte = table.fte
    told = text.format(
        edition=name_of(table.edition),
        dates=dates_covered(table),
        hours=f"{fte.by_hours.total / TENTHS:.1f}",
        form=f"{fte.by_form.total / TENTHS:.1f}",
        pool_hours=f"{fte.by_hours.pool / TENTHS:.1f}",
        pool_form=f"{fte.by_form.pool / TENTHS:.1f}",
    )
    if table.licensed:
        hours, form = (f"{tenths / TENTHS:.1f}" for tenths in table.licensed)
        more = _("; licensed nurses, in care too, {hours} and {form}")
        told += more.format(hours=hours, form=form)
    return told

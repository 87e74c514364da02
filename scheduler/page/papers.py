"""Papers as pages to print: rows of cells, whatever the paper is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.papers.statutory import Edition, StatutoryTable, TableSymbol
from scheduler.domain.clock import HOUR
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.actual.pay import PayUnit
from scheduler.files.workbook.wishes import wishes_rules
from scheduler.page.grid_values import day_look
from scheduler.wording.names import name_of, short_names
from scheduler.wording.statutory import (
    dates_covered,
    equivalents_text,
    job_title,
    on_call_legend,
    symbol_meaning,
    symbol_texts,
    symbol_times,
)
from scheduler.wording.times import period_text, weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.papers import PayPaper, StatutoryPaper


class LeafCell(NamedTuple):
    """A cell: its text, its look, and how many columns and rows it takes."""

    text: str = ""
    look: str = ""
    across: int = 1
    down: int = 1


Row = tuple[LeafCell, ...]


class Leaf(NamedTuple):
    """A leaf of paper.  ``look`` names its style; ``facts`` stand beside the title."""

    look: str
    title: str
    facts: str
    alarms: tuple[str, ...]
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def wishes_paper(problem: Problem) -> Leaf:
    """Return the empty form for wishes, to lie in the break room."""
    dates = problem.period.dates
    empty = tuple(LeafCell("", day_look(problem.period, date)) for date in dates)
    return Leaf(
        "form",
        _("Wishes for {period}").format(period=period_text(problem.period)),
        _("Closing date: {date}").format(date="　　　/　　　"),
        (),
        _date_heads(problem.period, dates, (_("Name"),)),
        tuple((LeafCell(one.name, "name"), *empty) for one in problem.staff),
        tuple(wishes_rules(problem)),
    )


def pay_pages(paper: PayPaper) -> Iterator[Leaf]:
    """Yield the figures for the pay office, empty columns left out."""
    table, problem = paper.table, paper.month.problem
    shown = [
        at
        for at, column in enumerate(table.columns)
        if column.unit is PayUnit.TEXT or table.sums[at]
    ]
    columns = [table.columns[at] for at in shown]
    groups = tuple(
        LeafCell(group, across=len(tuple(own)))
        for group, own in groupby(columns, key=lambda one: one.group)
    )
    yield Leaf(
        "pay",
        _("For the pay office"),
        f"{paper.edition}　{period_text(problem.period)}　{problem.office.name}",
        (
            _("Not to be posted: for the manager and the pay office alone."),
            *paper.alarms,
        ),
        (groups, tuple(LeafCell(one.heading) for one in columns)),
        tuple(
            tuple(
                LeafCell(
                    _figure(row[at], table.columns[at].unit),
                    "name" if table.columns[at].unit is PayUnit.TEXT else "",
                )
                for at in shown
            )
            for row in (*table.rows, (_("Sum"), *table.sums[1:]))
        ),
        paper.notes,
    )


def _figure(value: str | float, unit: PayUnit) -> str:
    """Write a figure as the workbook shows it; zero is left out."""
    if isinstance(value, str) or not value:
        return value if isinstance(value, str) else ""
    if unit is PayUnit.TIME:
        return f"{int(value) // HOUR}:{int(value) % HOUR:02}"
    return f"{value:g}"


def statutory_pages(paper: StatutoryPaper) -> Iterator[Leaf]:
    """Yield the staffing tables: each job in three lines, the foot by date."""
    problem = paper.month.problem
    symbols = symbol_texts(problem, paper.tables)
    for table in paper.tables:
        used = {cell for row in table.rows for cell in row.cells if cell}
        title = _("Table of staffing and forms of employment ({edition})")
        office = problem.office
        yield Leaf(
            "statutory",
            title.format(edition=name_of(table.edition)),
            f"{dates_covered(table)}　{office.name} {office.number}",
            tuple(filter(None, [paper.remarks.get(table.edition, "")]))
            if table.edition is Edition.ACTUAL
            else (),
            _date_heads(
                problem.period,
                table.dates,
                (_("Job"), _("Form of employment"), _("Name"), ""),
                (_("Sum"),),
            ),
            (*_job_rows(problem, table, symbols), *_foot(problem, table)),
            (
                equivalents_text(table),
                "　".join(
                    " ".join(
                        filter(
                            None,
                            (text, symbol_meaning(problem, one), symbol_times(one)),
                        )
                    )
                    for one, text in symbols.items()
                    if one in used
                ),
                on_call_legend(problem) if any(one.is_on_call for one in used) else "",
                _("The layout is our own (to be confirmed with your municipality)."),
            ),
        )


def _job_rows(
    problem: Problem, table: StatutoryTable, symbols: dict[TableSymbol, str]
) -> Iterator[Row]:
    members = {one.name: one for one in problem.staff}
    looks = [day_look(problem.period, date) for date in table.dates]
    for row in table.rows:
        job = row.job
        lines = (
            (_("Symbol"), [symbols[one] if one else "" for one in row.cells], ""),
            *(
                (label, [_hours(minutes) for minutes in by_day], _hours(sum(by_day)))
                for label, by_day in (
                    (_("By day"), [one.day if one else 0 for one in row.cells]),
                    (_("By night"), [one.night if one else 0 for one in row.cells]),
                )
            ),
        )
        for number, (label, texts, total) in enumerate(lines):
            first = (
                (
                    LeafCell(job_title(members[job.staff], job.role), "name", 1, 3),
                    LeafCell(name_of(job.work_type), "name", 1, 3),
                    LeafCell(job.staff, "name", 1, 3),
                )
                if number == 0
                else ()
            )
            own = looks if number else [f"symbol {look}" for look in looks]
            yield (
                *first,
                LeafCell(label, "line"),
                *(LeafCell(*cell) for cell in zip(texts, own, strict=True)),
                LeafCell(total, "sum"),
            )


def _foot(problem: Problem, table: StatutoryTable) -> Iterator[Row]:
    names = short_names(one.name for one in problem.staff)
    looks = [f"foot {day_look(problem.period, date)}" for date in table.dates]
    unknown = _("unknown")
    for label, texts in (
        (_("Day users"), [f"{day.day_users}" for day in table.days]),
        (
            _("Overnight guests"),
            [
                unknown if day.overnight is None else f"{day.overnight}"
                for day in table.days
            ],
        ),
        (_("Visits"), [f"{day.visits}" for day in table.days]),
        (
            _("Care hours by day required"),
            [_hours(day.required) for day in table.days],
        ),
        (_("Care hours by day planned"), [_hours(day.planned) for day in table.days]),
        (
            _("Night duty"),
            ["、".join(names[x] for x in day.on_duty) for day in table.days],
        ),
        (
            _("On call at night"),
            [names[day.on_call] if day.on_call else "" for day in table.days],
        ),
    ):
        yield (
            LeafCell(label, "name", 4),
            *(LeafCell(*cell) for cell in zip(texts, looks, strict=True)),
            LeafCell("", "sum"),
        )


def _hours(minutes: int) -> str:
    return f"{minutes / HOUR:.2f}".rstrip("0").rstrip(".") if minutes else ""


def _date_heads(
    period: Period,
    dates: Sequence[dt.date],
    before: Sequence[str],
    behind: Sequence[str] = (),
) -> tuple[Row, Row]:
    """Return two lines of heads: dates, and weekdays below them."""
    return (
        (
            *(LeafCell(text, "name", 1, 2) for text in before),
            *(LeafCell(f"{one.day}", day_look(period, one)) for one in dates),
            *(LeafCell(text, "sum", 1, 2) for text in behind),
        ),
        tuple(
            LeafCell(weekday_text(one.weekday()), day_look(period, one))
            for one in dates
        ),
    )

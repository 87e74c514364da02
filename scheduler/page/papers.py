"""Papers as pages to print: rows of cells, whatever the paper is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
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
    equivalents_text,
    head_lines,
    job_title,
    on_call_legend,
    second_jobs,
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

LINES = 3
"""Lines of a job on the staffing table: symbol, hours by day, hours by night."""


class Leaf(NamedTuple):
    """A leaf of paper.  ``look`` names its style; ``facts`` stand beside the title.

    What was typed or reckoned for all of it is ``held``, with labels, above the table.
    """

    look: str
    title: str
    facts: str
    alarms: tuple[str, ...]
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    held: tuple[tuple[str, str], ...] = ()


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
    problem = paper.problem
    symbols = symbol_texts(problem, paper.tables)
    for table in paper.tables:
        used = {cell for row in table.rows for cell in row.cells if cell}
        types = sorted({row.job.work_type for row in table.rows})
        title = _("Table of staffing and forms of employment ({edition})")
        yield Leaf(
            "statutory",
            title.format(edition=name_of(table.edition)),
            _("The layout is our own (to be confirmed with your municipality)."),
            tuple(filter(None, [paper.remarks.get(table.edition, "")]))
            if table.edition is Edition.ACTUAL
            else (),
            _date_heads(
                problem.period,
                table.dates,
                (
                    _("(6) Job"),
                    _("(7) Form"),
                    _("(8) Qualifications"),
                    _("(9) Name"),
                    "",
                ),
                (
                    _("(11) Sum"),
                    _("(12) Average a week"),
                    _("(13) Other jobs, here and elsewhere"),
                ),
            ),
            (*_job_rows(problem, table, symbols), *_foot(problem, table)),
            (
                equivalents_text(table),
                "　".join(f"{one} {name_of(one)}" for one in types),
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
            ),
            tuple(
                (label, held if isinstance(held, str) else f"{held:.2f}")
                for line in head_lines(problem, table, paper.made_on)
                for label, held in line
            ),
        )


def _job_rows(
    problem: Problem, table: StatutoryTable, symbols: dict[TableSymbol, str]
) -> Iterator[Row]:
    looks = [day_look(problem.period, date) for date in table.dates]
    for row in table.rows:
        job, member = row.job, problem.member_by_name[row.job.staff]
        day, night = (
            [getattr(one, band) if one else 0 for one in row.cells]
            for band in ("day", "night")
        )
        before = (
            job_title(member, job.role),
            str(job.work_type),
            "、".join(member.qualifications),
            job.staff,
        )
        behind = (_hours(row.weekly), "sum"), (second_jobs(problem, row), "name")
        texts = [symbols[one] if one else "" for one in row.cells]
        symbol_looks = [f"symbol {look}" for look in looks]
        yield (
            *(LeafCell(text, "name", down=LINES) for text in before),
            *_line(_("Symbol"), texts, symbol_looks, _hours(row.minutes)),
            *(LeafCell(*cell, down=LINES) for cell in behind),
        )
        for label, by_day in ((_("By day"), day), (_("By night"), night)):
            yield _line(label, map(_hours, by_day), looks, _hours(sum(by_day)))


def _line(label: str, texts: Iterable[str], looks: Sequence[str], total: str) -> Row:
    cells = (LeafCell(*cell) for cell in zip(texts, looks, strict=True))
    return LeafCell(label, "band"), *cells, LeafCell(total, "sum")


def _foot(problem: Problem, table: StatutoryTable) -> Iterator[Row]:
    names, days = short_names(one.name for one in problem.staff), table.days
    looks = [f"foot {day_look(problem.period, date)}" for date in table.dates]
    for label, counts in (
        (_("Day users"), [day.day_users for day in days]),
        (_("Overnight guests"), [day.overnight for day in days]),
        (_("Visits"), [day.visits for day in days]),
    ):
        texts = [_("unknown") if one is None else f"{one}" for one in counts]
        yield _foot_line(label, texts, looks, f"{sum(one or 0 for one in counts)}")
    for label, hours in (
        (_("Care hours by day required"), [day.required for day in days]),
        (_("Care hours by day planned"), [day.planned for day in days]),
    ):
        yield _foot_line(label, map(_hours, hours), looks, _hours(sum(hours)))
    for label, texts in (
        (_("Night duty"), ["、".join(names[x] for x in day.on_duty) for day in days]),
        (
            _("On call at night"),
            [names[day.on_call] if day.on_call else "" for day in days],
        ),
    ):
        yield _foot_line(label, texts, looks, "")


def _foot_line(
    label: str, texts: Iterable[str], looks: Sequence[str], total: str
) -> Row:
    _label, *cells = _line("", texts, looks, total)
    return LeafCell(label, "name", 5), *cells, LeafCell("", "name", 2)


def _hours(minutes: float) -> str:
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

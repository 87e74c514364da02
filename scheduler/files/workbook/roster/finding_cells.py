"""Where the cells of a roster stand in a workbook that people have worked on.

People are found by name and dates by date, so that rows and columns may have been
moved, inserted or sorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.errors import Mistake, Spot
from scheduler.domain.likeness import look_of
from scheduler.files.workbook.roster.matrix import place
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.roster.grid import Labels
    from scheduler.files.workbook.roster.matrix import Matrix


class Places(NamedTuple):
    """Rows of people, columns of dates, and the on-call row, where found.

    The columns are those of all dates of the heading, last month's too.
    """

    rows: dict[StaffId, int]
    columns: dict[dt.date, int]
    on_call: int | None


def find_cells(
    matrix: Matrix, problem: Problem, labels: Labels, mistakes: list[Mistake]
) -> Places:
    """Find the cells of the break-room sheet; what is missing joins ``mistakes``."""
    nothing = Places({}, {}, None)
    corner = matrix.find(labels.name)
    if corner is None:
        facts: dict[str, int | str] = {"heading": labels.name}
        mistakes.append(Mistake(code="missing_column", facts=facts, sheet=matrix.title))
        return nothing
    header, column = corner
    columns = _columns(matrix, header, problem, mistakes)
    names = [
        (row, matrix.text(row, column)) for row in range(header + 1, matrix.height + 1)
    ]
    on_call = next(
        (row for row, name in names if look_of(name) == look_of(labels.on_call)), None
    )
    if on_call is None:
        facts = {"heading": labels.on_call}
        mistakes.append(Mistake(code="missing_row", facts=facts, sheet=matrix.title))
    rows = _rows(matrix, problem, names, column, mistakes)
    places = Places(rows, columns, on_call)
    mistakes.extend(_strangers(matrix, problem, names, places, column))
    mistakes.extend(_undated(matrix, header, places))
    return places


def find_breaks(
    matrix: Matrix, problem: Problem, labels: Labels, mistakes: list[Mistake]
) -> Places:
    """Find the cells of the sheet of breaks; what is missing joins ``mistakes``."""
    corner, label = matrix.find(labels.name), matrix.find(labels.break_row)
    if corner is None or label is None:
        facts: dict[str, int | str] = {
            "heading": labels.break_row if corner else labels.name
        }
        mistakes.append(Mistake(code="missing_column", facts=facts, sheet=matrix.title))
        return Places({}, {}, None)
    header, column = corner
    names = [
        (row, matrix.text(row, column))
        for row in range(header + 1, matrix.height + 1)
        if look_of(matrix.text(row, label[1])) == look_of(labels.break_row)
    ]
    columns = _columns(matrix, header, problem, mistakes)
    return Places(_rows(matrix, problem, names, column, mistakes), columns, None)


def _columns(
    matrix: Matrix, header: int, problem: Problem, mistakes: list[Mistake]
) -> dict[dt.date, int]:
    columns: dict[dt.date, int] = {}
    for date, column in matrix.dates(header, problem.period):
        if date in columns and date in problem.period:
            facts: dict[str, int | str] = {"date": date_text(date)}
            cell = place(header, column)
            mistakes.append(
                Mistake(code="date_twice", facts=facts, sheet=matrix.title, cell=cell)
            )
        columns.setdefault(date, column)
    missing = [date for date in problem.period.dates if date not in columns]
    if missing:
        facts = {"dates": "、".join(date_text(date) for date in missing)}
        mistakes.append(
            Mistake(
                code="missing_date_columns",
                facts=facts,
                sheet=matrix.title,
                cell=place(header, 1),
            )
        )
    return columns


def _rows(
    matrix: Matrix,
    problem: Problem,
    names: Iterable[tuple[int, str]],
    column: int,
    mistakes: list[Mistake],
) -> dict[StaffId, int]:
    known = {look_of(member.name): member.name for member in problem.staff}
    rows: dict[StaffId, int] = {}
    for row, text in names:
        name = known.get(look_of(text))
        if name is not None and name in rows:
            mistakes.append(
                Mistake(
                    code="person_twice",
                    facts={"name": name},
                    sheet=matrix.title,
                    cell=place(row, column),
                    more=(Spot(sheet=matrix.title, cell=place(rows[name], column)),),
                )
            )
        elif name is not None:
            rows[name] = row
    for member in problem.staff:
        if member.name not in rows:
            facts: dict[str, int | str] = {"name": member.name}
            mistakes.append(
                Mistake(code="missing_person", facts=facts, sheet=matrix.title)
            )
    return rows


def _strangers(
    matrix: Matrix,
    problem: Problem,
    names: Iterable[tuple[int, str]],
    places: Places,
    column: int,
) -> Iterator[Mistake]:
    """Yield a mistake for each unknown name, or none, among rows with entries."""
    rows = places.rows.values()
    first = min(rows, default=0)
    last = places.on_call or max(rows, default=0)
    known = [member.name for member in problem.staff]
    for row, text in names:
        if not first < row < last or row in rows:
            continue
        cell = place(row, column)
        if look_of(text):
            facts: dict[str, int | str] = {**unknown_facts(text, known)}
            yield Mistake(
                code="unknown_person", facts=facts, sheet=matrix.title, cell=cell
            )
        elif any(matrix.text(row, number) for number in places.columns.values()):
            yield Mistake(code="row_without_name", sheet=matrix.title, cell=cell)


def _undated(matrix: Matrix, header: int, places: Places) -> Iterator[Mistake]:
    """Yield a mistake for each column among the dates that has entries and no date."""
    columns = places.columns.values()
    for column in range(min(columns, default=0), max(columns, default=0)):
        rows = [row for row in places.rows.values() if matrix.text(row, column)]
        if rows and column not in columns:
            cells = "、".join(place(row, column) for row in sorted(rows))
            yield Mistake(
                code="no_date_above",
                facts={"cells": cells},
                sheet=matrix.title,
                cell=place(header, column),
            )

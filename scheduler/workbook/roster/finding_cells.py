"""Where the cells of a roster stand in a workbook that people have worked on.

People are found by name and dates by date, so that rows and columns may have been
moved, inserted or sorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import look_of
from scheduler.wording import date_text
from scheduler.workbook.roster.matrix import place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.workbook.roster.grid import Labels
    from scheduler.workbook.roster.matrix import Matrix


class Places(NamedTuple):
    """Rows of people, columns of dates, and the on-call row, where found."""

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
    rows = _rows(matrix, problem, names, mistakes)
    mistakes.extend(_strangers(matrix, problem, names, rows, on_call, column))
    return Places(rows, columns, on_call)


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
    return Places(_rows(matrix, problem, names, mistakes), columns, None)


def _columns(
    matrix: Matrix, header: int, problem: Problem, mistakes: list[Mistake]
) -> dict[dt.date, int]:
    columns: dict[dt.date, int] = {}
    for date, column in matrix.dates(header):
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
                    cell=place(row, 1),
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
    rows: dict[StaffId, int],
    on_call: int | None,
    column: int,
) -> Iterator[Mistake]:
    """Yield a mistake for each unknown name among the people."""
    first = min(rows.values(), default=0)
    last = on_call or max(rows.values(), default=0)
    known = "、".join(member.name for member in problem.staff)
    for row, text in names:
        if first < row < last and text and row not in rows.values():
            yield Mistake(
                code="unknown_person",
                facts={"value": text, "known": known},
                sheet=matrix.title,
                cell=place(row, column),
            )

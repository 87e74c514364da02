"""A legal week drawn by hand, and its workbook, which is written only once.

Guests stay on 2 and 4 December, with a different one of the two night workers each;
everybody works in care.  Weeks begin on Sunday, 6 December.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.domain.problem import Pins
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OnCall, Role
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.write_input import write_input
from tests.support.builders import make_duty, with_duties
from tests.support.impossible import (
    CARER,
    MANAGER,
    NIGHTLY,
    NURSE,
    PLANNER,
    date_of,
    night_workers,
    office,
)
from tests.support.workbooks import once, opened, typed

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId

DAYS = 7
PROBLEM = office(*night_workers(), days=DAYS, overnight=[0, 1, 0, 1, 0, 0, 0])

GRID = {
    MANAGER: "休休日休日休休",
    PLANNER: "休休休休休日日",
    NURSE: "休休休休休休休",
    CARER: "日日日日日休休",
    NIGHTLY[0]: "休夜明休休休休",
    NIGHTLY[1]: "休休休夜明休休",
}
FIRST_NIGHT, OTHER = NIGHTLY
FRONT = "管理用"

ILL = ("whatif", "r.xlsx", "--absent", "杉=2026-12-02..03")
"""A command in which the worker of the first night is ill."""


def _roster() -> RosterRecord:
    duties = [
        duty(name, day, symbol)
        for name, row in GRID.items()
        for day, symbol in enumerate(row)
    ]
    nights = [OnCall(staff=NURSE, date=date_of(day)) for day in (1, 3)]
    return RosterRecord(duties=tuple(duties), on_call=tuple(nights))


def duty(name: str, day: int, symbol: str) -> Duty:
    """Return the duty of a cell; shifts are worked in care."""
    roles = {"roles": (Role.CARE,)} if symbol in "日夜" else {}
    return make_duty(PROBLEM, name, date_of(day), symbol, **roles)


ROSTER = _roster()


@once
def put(path: Path) -> None:
    """Write the workbook of the week to a path."""
    write_roster(path, PROBLEM, ROSTER, audit(PROBLEM, ROSTER))


@once
def put_ill(path: Path) -> None:
    """Write the week to a path with the carer's absence on the first date, fixed."""
    ill = duty(CARER, 0, "欠")
    problem = PROBLEM.model_copy(update={"pins": Pins(duties=(ill,))})
    roster = with_duties(ROSTER, ill)
    write_roster(path, problem, roster, audit(problem, roster))


@once
def put_input(path: Path) -> None:
    """Write the week's input to a path."""
    write_input(PROBLEM, path)


def rows(sheet: Worksheet) -> list[list[Any]]:
    """Return the values of the cells, row by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def edit(path: Path, name: StaffId, date: dt.date, text: str) -> None:
    """Write a text into a cell of the break-room sheet, as a person would."""
    content = path.read_bytes()
    columns, lines = _places(content)
    path.write_bytes(typed(content, [(FRONT, f"{columns[date]}{lines[name]}", text)]))


@lru_cache(maxsize=8)
def _places(content: bytes) -> tuple[dict[dt.date, str], dict[Any, int]]:
    """Return the column of each date of the break-room sheet, the row of each name."""
    sheet = opened(content)[FRONT]
    columns = {
        cell.value.date(): cell.column_letter
        for cell in sheet[3]
        if isinstance(cell.value, dt.datetime)
    }
    # A name may stand once more further down: its own row comes first.
    lines = {cell.value: cell.row for cell in reversed(sheet["B"])}
    return columns, lines

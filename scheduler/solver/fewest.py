"""The fewest people with whom each date's needs can be met, as rows of the model.

A relaxation meets five people at once and four in the afternoon by 4.6 people, and over
a month these parts of people add up to some whom nobody has.  That they are whole is
seen on each date alone: the least number at work there, rounded up, is a row that every
roster satisfies and no relaxation does.  With these rows CP-SAT proves in seconds what
it could not prove at all (docs/performance.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import Option, Wanted
from scheduler.domain.base import ShiftId
from scheduler.domain.shifts import Role, Shift
from scheduler.solver.engines.linear_program import AtLeast, LinearProgram
from scheduler.solver.engines.rounding import Rounding

if TYPE_CHECKING:
    from scheduler.constraints.language.roster_model import RosterModel


def fewest(model: RosterModel, program: LinearProgram) -> tuple[AtLeast, ...]:
    """Return, date by date, at least how many people are at work.

    It holds as long as what the model's ``program`` holds, law and musts at zero, is
    held.
    """
    program = program.propagated()
    owners = _owners(model, len(program.low))
    found: list[AtLeast] = []
    for number, date in enumerate(model.problem.period.dates):
        part, places = program.part(owners == number, owners >= 0)
        rounding = Rounding(part)
        for people in dict.fromkeys(_sums(model, date)):
            inside = [places[index] for index in people if index in places]
            least = rounding.least(inside) if inside else None
            if least is not None:
                found.append(AtLeast(people, least))
    return tuple(found)


def _owners(model: RosterModel, size: int) -> np.ndarray:
    """Return for each variable the number of the date that decides it, or -1."""
    owners = np.full(size, -1)
    for number, date in enumerate(model.problem.period.dates):
        owners[[variable.index for variable in model.decisions(date)]] = number
    return owners


def _sums(model: RosterModel, date: dt.date) -> Iterator[tuple[int, ...]]:
    """Yield the variables, by index, of groups of people at work on a date.

    All of them, those who give care, and all but those on one shift: where a short
    shift fills a gap, it is the others who must be whole.
    """
    staff = model.problem.staff
    symbols = {one for member in staff for one in model.symbols(member, date)}

    def cares(_shift: Shift, option: Option) -> bool:
        return Role.CARE in option.roles

    def is_other(shift: Shift, _option: Option, *, than: ShiftId | None) -> bool:
        return shift.symbol != than

    groups: list[Wanted] = [cares, partial(is_other, than=None)]
    groups += (partial(is_other, than=one) for one in sorted(symbols))
    for wanted in groups:
        total = LinearSum.total(model.starts(one, date, wanted) for one in staff)
        yield tuple(variable.index for variable, _ in total.terms)

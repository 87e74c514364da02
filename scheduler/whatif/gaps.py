"""Which shift is to be taken, and from whom, as a manager says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, outside, unknown_facts
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import recognised
from scheduler.domain.substitute import Gap
from scheduler.whatif.names import name_mistake, named
from scheduler.wording.spoken import says_on_call

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

ON_CALL = "宿直"
"""What stands for the night on call where a shift's symbol could stand."""


def find_gap(
    problem: Problem,
    roster: Roster,
    date: dt.date,
    symbol: str,
    instead_of: str | None = None,
    now: dt.date | None = None,
) -> Gap:
    """Return the shift that is to be taken.

    Parameters
    ----------
    symbol
        Of the shift, or `ON_CALL`.
    instead_of
        Who is released, by name or its beginning.  Not needed if one person has the
        shift; if nobody has it, one more person is looked for.
    now
        First date that may still change.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    known = recognised(symbol, problem.shift_by_symbol)
    night = known or symbol.strip()
    shift = None if says_on_call(night) else ShiftId(night)
    found = [*outside(problem.period, date, ()), *_unknown(problem, shift)]
    if now is not None and now > date:
        found.append(mistake("date_past", (), date=date, now=now))
    staff = [member.name for member in problem.staff]
    people = () if instead_of is None else named(instead_of, staff)
    if instead_of is not None and len(people) != 1:
        found.append(name_mistake(instead_of, staff))
    if found:
        raise InputError(found)
    holders = tuple(_holders(problem, roster, date, shift))
    found += _unclear(date, night, holders, people)
    if found:
        raise InputError(found)
    released = people or holders
    return Gap(date=date, shift=shift, instead_of=released[0] if released else None)


def _unknown(problem: Problem, shift: ShiftId | None) -> Iterator[Mistake]:
    """Report a symbol that is none, and one that is nobody's to take."""
    if shift is None:
        return
    known = problem.shift_by_symbol.get(shift)
    if known is None:
        symbols = (*problem.shift_by_symbol, ON_CALL)
        yield mistake("unknown_shift", (), **unknown_facts(shift, symbols))
    elif known.half_leave:
        yield mistake("shift_with_leave", (), symbol=shift)
    elif not known.counts:
        yield mistake("shift_uncounted", (), symbol=shift)


def _holders(
    problem: Problem, roster: Roster, date: dt.date, shift: ShiftId | None
) -> Iterator[StaffId]:
    """Yield who has the shift, in the order of the staff list."""
    for member in problem.staff:
        duty = roster.by_cell.get((member.name, date))
        if shift is None:
            has_it = roster.on_call_by_date.get(date) == member.name
        else:
            has_it = duty is not None and duty.shift == shift
        if has_it:
            yield member.name


def _unclear(
    date: dt.date,
    symbol: str,
    holders: tuple[StaffId, ...],
    people: tuple[StaffId, ...],
) -> Iterator[Mistake]:
    facts = {"symbol": symbol, "on": date, "names": "、".join(holders)}
    if not people and len(holders) > 1:
        yield mistake("shift_of_several", (), **facts)
    elif people and not holders:
        yield mistake("shift_of_nobody", (), name=people[0], **facts)
    elif people and people[0] not in holders:
        yield mistake("shift_of_another", (), name=people[0], **facts)

"""Find single changes of contracts that make the sum of one, or of several, add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from scheduler.domain.clock import WEEK
from scheduler.domain.precheck import AND, Line, Mend
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.contracts import contract_nights, contracts_one_by_one
from scheduler.precheck.mends import contract_of_the_part, mended
from scheduler.precheck.nights import nights

HALF_HOUR = 30
"""Steps in which hours of contracts are changed, in minutes."""

MOST_NIGHTS = 31
MORE_THAN_THE_PART = 2
"""Days of a contract beyond the dates employed that tell of a whole month's."""

FIELDS = {
    "days_off": ("days_off_min",),
    "nights_min": (
        "nights_min",
        "nights_max",
        "nights_most",
        "days_off_min",
        "days_per_week_max",
        "minutes_max",
    ),
    "hours_min": (
        "minutes_min",
        "nights_max",
        "nights_most",
        "days_off_min",
        "days_per_week_max",
    ),
    "hours_between": ("minutes_min", "minutes_max"),
    "hours_max": ("minutes_max",),
}
"""Fields of the contract or the office that may be changed, by the line's code."""


def contract_mends(problem: Problem, line: Line) -> Iterator[Mend]:
    """Yield, field by field, the smallest change that makes a person's line add up.

    If somebody is employed on some dates only and the share of the contract adds up,
    a whole month's contract was typed for it: then the share is all that is offered.
    """
    (name,) = line.people
    member = problem.member_by_name[name]
    alone = problem.model_copy(update={"staff": (member,)})
    before = _impossible(alone)
    part = _part_of_month(alone, member)
    if part and _mildest(alone, [part], before - {line.code}):
        yield part
        return
    for field in FIELDS[line.code]:
        values = _values(alone, member, line, field)
        mends = [
            Mend(code=field, facts={"name": name, "value": value}) for value in values
        ]
        mend = _mildest(alone, mends, before - {line.code})
        if mend is not None:
            yield mend


def _part_of_month(problem: Problem, member: StaffMember) -> Mend | None:
    """Return the change to the share of the dates employed; ``None`` if it is made.

    A contract of two days more, of work and off, than there are dates is that of a
    whole month; one of fewer may have been worked out for the part.
    """
    dates = sum(date in member.employed for date in problem.period.dates)
    agreed = member.contract
    asked = Fraction(agreed.minutes_min or 0, agreed.day_minutes)
    asked += agreed.days_off_min or 0
    if dates in (0, problem.period.days) or asked < dates + MORE_THAN_THE_PART:
        return None
    part = contract_of_the_part(problem, member)
    limits = {
        name: value
        for name in ("minutes_min", "minutes_max", "days_off_min")
        if (value := getattr(part, name)) is not None
    }
    facts = {"name": member.name, "dates": dates, **limits}
    return Mend(code="part_of_month", facts=facts)


def _values(
    problem: Problem, member: StaffMember, line: Line, field: str
) -> Sequence[int]:
    """Return the values to try for a field, the smallest change first."""
    if field == "nights_most":
        now = problem.office.settings.nights_most
    else:
        now = getattr(member.contract, field)
    if now is None:
        return ()
    match field:
        case "minutes_min" | "nights_min":
            return (now - line.missing,)
        case "minutes_max" if line.code == "hours_between":
            return (now + int(line.facts["above"]) - int(line.facts["most"]),)
        case "minutes_max" if line.code == "hours_max":
            return (now - line.missing,)
        case "minutes_max":
            wanted = line.required * int(line.facts["night"])
            return (now + wanted - int(line.facts["hours"]),)
        case "days_off_min":
            return range(now - 1, -1, -1)
        case "days_per_week_max":
            return range(now + 1, WEEK + 1)
        case _:
            return range(now + 1, MOST_NIGHTS + 1)


def mends_for_all(cells: Cells, line: Line) -> Iterator[Mend]:
    """Yield, field by field, the smallest change of several contracts alike.

    They are those of the people who could pass more nights if they promised less.
    """
    steps = {"minutes_min": HALF_HOUR, "days_off_min": 1}
    for field, step in steps.items():
        of_all = {
            member.name: getattr(member.contract, field)
            for member in cells.problem.staff
            if member.name in str(line.facts["bound"]).split(AND)
        }
        kept = {name: value for name, value in of_all.items() if value}
        most = min(kept.values(), default=0)
        mends = [
            Mend(code=f"less_{field}", facts={"name": AND.join(kept), "by": by})
            for by in range(step, most + 1, step)
        ]
        mend = _first_that(
            lambda one: _all_possible(
                contract_nights(cells.beside(mended(cells.problem, one)))
            ),
            mends,
        )
        if mend is not None:
            yield mend


def night_mends(cells: Cells, line: Line) -> Iterator[Mend]:
    """Yield changes with which enough people can work the nights of the period.

    They are one more night each for as few people as will do, those with fewest first;
    the office's own limit; and the setting that keeps long nights apart.
    """
    shares = {one.staff: one.amount for one in line.shares}
    limited = str(line.facts["limited"]).split(AND)
    able = sorted((n for n in shares if n in limited), key=lambda name: shares[name])
    more = [
        Mend(code="more_nights_max", facts={"name": AND.join(able[:number]), "by": by})
        for by in (1, 2)
        for number in range(1 if by == 1 else len(able), len(able) + 1)
    ]
    now = cells.problem.office.settings.nights_most
    wider = range(now + 1, MOST_NIGHTS + 1) if now is not None else ()
    for mends in (
        more,
        [Mend(code="nights_most", facts={"value": value}) for value in wider],
        [Mend(code="long_nights_apart")] if line.facts.get("apart") else [],
    ):
        mend = _first_that(
            lambda one: _all_possible(nights(Cells(mended(cells.problem, one)))),
            mends,
        )
        if mend is not None:
            yield mend


def _all_possible(lines: Iterable[Line]) -> bool:
    return not any(line.is_impossible for line in lines)


def _mildest(
    problem: Problem, mends: Sequence[Mend], kept: frozenset[str]
) -> Mend | None:
    """Return the smallest change that helps."""
    return _first_that(lambda one: _impossible(mended(problem, one)) <= kept, mends)


def _first_that(helps: Callable[[Mend], bool], mends: Sequence[Mend]) -> Mend | None:
    """Return the smallest change that helps, by bisection: larger ones help too."""
    if not mends or not helps(mends[-1]):
        return None
    low, high = 0, len(mends) - 1
    while low < high:
        middle = (low + high) // 2
        if helps(mends[middle]):
            high = middle
        else:
            low = middle + 1
    return mends[low]


def _impossible(problem: Problem) -> frozenset[str]:
    """Return the codes of contract lines that are impossible."""
    return frozenset(
        line.code for line in contracts_one_by_one(Cells(problem)) if line.is_impossible
    )

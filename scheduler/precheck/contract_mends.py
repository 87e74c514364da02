"""Which entry of a contract, changed, would make it add up; each is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.precheck import Line, Mend, Verdict
from scheduler.precheck.contracts import contracts
from scheduler.precheck.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

MOST_NIGHTS = 31
DAYS_OF_A_WEEK = 7

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
"""What could be changed, by the code of the line: of the contract, or of the office."""


def mended_contract(problem: Problem, mend: Mend) -> Problem:
    """Return a problem with one limit of a person, or of the office, changed."""
    field, value = mend.code, int(mend.facts["value"])
    if field == "nights_most":
        settings = problem.office.settings.model_copy(update={field: value})
        office = problem.office.model_copy(update={"settings": settings})
        return problem.model_copy(update={"office": office})
    staff = tuple(
        one.model_copy(
            update={"contract": one.contract.model_copy(update={field: value})}
        )
        if one.name == mend.facts["name"]
        else one
        for one in problem.staff
    )
    return problem.model_copy(update={"staff": staff})


def contract_mends(problem: Problem, line: Line) -> Iterator[Mend]:
    """Yield the smallest change of each entry that makes a person's line add up."""
    (name,) = line.people
    member = problem.member_by_name[name]
    alone = problem.model_copy(update={"staff": (member,)})
    before = _impossible(alone)
    for field in FIELDS[line.code]:
        values = _values(alone, member, line, field)
        mends = [
            Mend(code=field, facts={"name": name, "value": value}) for value in values
        ]
        mend = _mildest(alone, mends, before - {line.code})
        if mend is not None:
            yield mend


def _values(
    problem: Problem, member: StaffMember, line: Line, field: str
) -> Sequence[int]:
    """Return what an entry could be changed to, the smallest change first."""
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
            return range(now + 1, DAYS_OF_A_WEEK + 1)
        case _:
            return range(now + 1, MOST_NIGHTS + 1)


def _mildest(
    problem: Problem, mends: Sequence[Mend], kept: frozenset[str]
) -> Mend | None:
    """Return the first change that helps; whatever is larger than it helps too."""

    def helps(mend: Mend) -> bool:
        return _impossible(mended_contract(problem, mend)) <= kept

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
    """Return what of the contracts cannot be kept, by the codes of the lines."""
    return frozenset(
        line.code
        for line in contracts(Ground(problem))
        if line.verdict is Verdict.IMPOSSIBLE
    )

"""The wishes of one person that cannot be kept together, of a sum that fails."""

from __future__ import annotations

from collections.abc import Collection

from scheduler.domain.precheck import Line, Topic
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.requests import Request, Strength
from scheduler.precheck.cells import Cells
from scheduler.precheck.contracts import contracts_one_by_one
from scheduler.precheck.pins import pins

COUNTED = {Topic.CONTRACTS: contracts_one_by_one, Topic.PINS: pins}
"""What counts the sums of one person, by topic."""


def wishes_behind(problem: Problem, line: Line) -> tuple[Request, ...]:
    """Return must wishes of a person with which a sum fails, as few as it takes.

    Nothing where it does not add up without any of them either, or where the line names
    them as it is (``cell_clash``).
    """
    counted = COUNTED.get(line.topic)
    if counted is None or not line.is_impossible or line.code == "cell_clash":
        return ()
    if len(line.people) != 1:
        return ()
    (name,) = line.people
    musts = [
        one
        for one in problem.requests
        if one.staff == name and one.strength is Strength.MUST
    ]
    own = Pins(
        duties=tuple(one for one in problem.pins.duties if one.staff == name),
        on_call=tuple(one for one in problem.pins.on_call if one.staff == name),
    )
    alone = problem.model_copy(
        update={
            "staff": (problem.member_by_name[name],),
            "pins": own,
            "pairs": (),
        }
    )

    def fails(kept: Collection[Request]) -> bool:
        cells = Cells(alone.model_copy(update={"requests": tuple(kept)}))
        return any(
            one.code == line.code
            and one.is_impossible
            and set(one.dates) <= set(line.dates)
            for one in counted(cells)
        )

    if not musts or fails(()):
        return ()
    kept = musts
    for one in musts:
        fewer = [other for other in kept if other != one]
        if fails(fewer):
            kept = fewer
    return tuple(kept)

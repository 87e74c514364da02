"""Check the other offices of an operator that are asked for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.audit.consistency.report import mistake
from scheduler.domain.between_houses import may_help, may_lend
from scheduler.domain.errors import Mistake
from scheduler.domain.homes import homes
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem


def neighbour_mistakes(
    problem: Problem, others: Mapping[str, Problem]
) -> Iterator[tuple[str, Mistake]]:
    """Yield what keeps offices from being asked for people, each with its file.

    Parameters
    ----------
    problem
        The month that may lack people, of one office or of houses together.
    others
        The offices to be asked, by their files.
    """
    houses = [home.problem for home in homes(problem)]
    own = {look_of(house.office.name) for house in houses}
    known: dict[str, str] = {}
    for file, other in others.items():
        name, facts = look_of(other.office.name), {"office": other.office.name}
        if name in own:
            yield file, mistake("neighbour_itself", (), **facts)
        elif name in known:
            yield file, mistake("neighbour_twice", (), **facts, other=known[name])
        known.setdefault(name, file)
        if other.period != problem.period:
            theirs, ours = other.period, problem.period
            dates = {"first": theirs.first, "last": theirs.last}
            wanted = {"since": ours.first, "until": ours.last}
            yield file, mistake("neighbour_period", (), **facts, **dates, **wanted)
        if not any(may_lend(other, house) for house in houses):
            yield file, mistake("neighbour_kind", (), **facts)
        elif not any(may_help(other, member) for member in other.staff):
            yield file, mistake("neighbour_nobody", (), **facts)

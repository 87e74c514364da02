"""Houses that are planned together, in words: where their workbooks contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.wording.notation import CellLanguage
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.audit.houses import Contradiction
    from scheduler.domain.joint import JointProblem


def contradiction_texts(
    problem: JointProblem, contradictions: Sequence[Contradiction]
) -> Iterator[str]:
    """Yield what to do about contradictions, and each of them; nothing if none is."""
    if contradictions:
        yield _(
            "The workbooks contradict each other; what stands where the person belongs "
            "was taken. Change one of the two cells:"
        )
    names = {house.office.name: house for house in problem.houses}
    for one in contradictions:
        home = problem.houses[problem.home_of[one.staff]]
        there = CellLanguage(names[one.house]).write(one.there) if one.there else ""
        here = CellLanguage(home).write(one.home) if one.home else ""
        yield _("- {name}, {date}: {home} in {first}, {there} in {second}").format(
            name=one.staff,
            date=date_text(one.date),
            home=here,
            first=home.office.name,
            there=there,
            second=one.house,
        )

"""What a roster that is made already would lack with other numbers of users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit import audit
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.page.grid import TOLD
from scheduler.rulebook import rules_of
from scheduler.wording.gathered import Gathered, gathered

if TYPE_CHECKING:
    from scheduler.page.books import WorkbookFile
    from scheduler.page.front_desk import FrontDesk


class UnderUsers(NamedTuple):
    """The month's roster, and what it would not keep besides what it does not now."""

    book: str
    told: tuple[Gathered, ...]


def under_users(
    desk: FrontDesk, book: WorkbookFile, month: Problem
) -> UnderUsers | None:
    """Return what the roster of a month lacks with the users that an input expects.

    ``None`` if there is no roster, or it was made with the same numbers.
    """
    made = next(
        (one for one in desk.library.rosters() if one.month == book.month), None
    )
    if made is None:
        return None
    opened = desk.roster(made.id)
    if opened.problem.forecast == month.forecast:
        return None
    problem = opened.problem.model_copy(update={"forecast": month.forecast})
    known = Counter(one.model_dump_json() for one in opened.saved.findings)
    found = tuple(_others(audit(problem, opened.saved.roster), known))
    rulebook = rules_of(problem)
    return UnderUsers(made.id, gathered(found, rulebook, by_clock=True))


def _others(findings: Sequence[Finding], known: Counter[str]) -> Iterator[Finding]:
    for one in findings:
        key = one.model_dump_json()
        if known[key]:
            known[key] -= 1
        elif one.stance in TOLD:
            yield one

"""M-01: each burden is shared by fair shares, earlier months included.

Uneven: of ten nights among three people alike, 5, 3 and 2 where 3.33 is fair, so that
two of them are a whole time or more away.  Even: 4, 3 and 3.

The largest deviation counts first, then how many have it, then the next: leximin over
steps of one time, by one slack a step (Ogryczak and Sliwinski 2006, counting
thresholds). A deviation that no roster can reduce only adds a constant, so it does not
mask the others.

Source: project.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import one_of
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.problem import Problem
from scheduler.domain.shares import WHOLE, bears, fair_groups
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule

STEPS = ("off_1", "off_2", "off_3", "off_more")


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Penalise each person's deviation from the fair share, by steps of one time."""
    for group in fair_groups(problem):
        people = [problem.member_by_name[name] for name in group.weights]
        counts = [_count(model, problem, member, group.burden) for member in people]
        total = model.total(counts)
        for member, count in zip(people, counts, strict=True):
            carried = problem.ledger_by_name[member.name].carried(group.burden)
            share = total * group.weights[member.name]
            deviation = LinearSum(carried.balance) + count * WHOLE - share
            _price(model, rule, deviation, rule.int(f"free_{group.burden.kind}"))


def _price(model: RosterModel, rule: Rule, deviation: LinearSum, free: int) -> None:
    """Charge the steps of a deviation, each with its own slack.

    Parameters
    ----------
    deviation
        In thousandths of a time.
    free
        Absolute deviation, in thousandths, from which the first step is charged.
    """
    most = (max(deviation.highest, -deviation.lowest) - free) // WHOLE + 1
    slacks = []
    for step, facet in enumerate(STEPS, start=1):
        reach = most - step + 1
        if reach > 0:
            size = reach if facet == STEPS[-1] else 1
            slacks.append(model.scope(rule, facet).slack(size))
    # |deviation| <= free - 1 + WHOLE * (sum of slacks)
    model.within(deviation, free - 1, [s for s in slacks if s is not None], WHOLE)


def _count(
    model: RosterModel, problem: Problem, member: StaffMember, burden: Burden
) -> LinearSum:
    dates = problem.period.dates
    if burden.kind is BurdenKind.ON_CALL:
        return model.called([member], dates)
    return LinearSum.total(
        model.starts(
            member,
            date,
            one_of([s for s in problem.all_shifts if bears(problem, burden, s, date)]),
        )
        for date in dates
    )

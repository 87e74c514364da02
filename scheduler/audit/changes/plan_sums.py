"""A plan for the rest of a month in sums, to be laid beside others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.changes.effects import effects, largest_deviations
from scheduler.audit.changes.months_changed import MonthChange, months
from scheduler.audit.figures.order import in_order_of_time
from scheduler.domain.advice import Effects
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.ledger import Burden

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan


class PlanSums(Frozen):
    """What a plan asks, and what it keeps."""

    disturbed: tuple[StaffId, ...]
    """Who has to be asked, in the order of the staff list."""
    cells: int
    """Cells and nights on call that differ for them."""
    nearest: dt.date | None
    """First date on which anything differs for them."""
    breaches: tuple[Finding, ...]
    """Law, pins and musts that are not kept, in order of time."""
    contracts: tuple[Finding, ...]
    """Contracts that are not kept, in order of time."""
    effects: Effects
    """Held against the roster as it stood."""
    deviations: tuple[tuple[Burden, int, int], ...]
    """Largest deviation from a fair share before and after, in thousandths."""
    hours: tuple[MonthChange, ...]
    """Of everybody who works more or fewer hours than before, by the staff list."""
    is_least: bool
    """Whether it is proven that no plan keeps as much and disturbs less."""


def plan_sums(plan: Plan) -> PlanSums:
    """Sum a plan up."""
    before = largest_deviations(plan.problem, plan.before)
    after = largest_deviations(plan.problem, plan.roster)
    hard = [finding for finding in plan.findings if finding.stance.is_hard]
    contract = [one for one in plan.findings if one.stance is Stance.CONTRACT]
    return PlanSums(
        disturbed=plan.disturbed,
        cells=len(plan.asks),
        nearest=min((change.date for change in plan.asks), default=None),
        breaches=in_order_of_time(hard),
        contracts=in_order_of_time(contract),
        effects=effects(plan.problem, plan.before, plan.roster),
        deviations=tuple(
            (burden, before.get(burden, 0), size) for burden, size in after.items()
        ),
        hours=tuple(change for change in months(plan) if change.minutes_more),
        is_least=plan.is_least,
    )

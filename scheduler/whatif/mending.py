"""Plans for a roster read from its file, and repairs if none of them is legal.

Hand edits in the roster are kept.  Of houses that are planned together, the plan of
each is one like any other: its scenario, its roster before and after, its findings; so
it is written, read and accepted like any other.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.advice import Advising, Stage
from scheduler.advice.neighbours import Neighbours
from scheduler.advice.repairs import Mended
from scheduler.audit import audit
from scheduler.audit.findings import Tolerated
from scheduler.audit.houses import houses_of
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.forecast import HouseDay
from scheduler.domain.homes import at_number
from scheduler.domain.joint import JointProblem
from scheduler.domain.plan import Amendment, Plan
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.registrants import HouseUse
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Proposal, Scenario
from scheduler.domain.staff import HouseMember, StaffMember
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.breaks import with_breaks_kept
from scheduler.solver.standing.edits import Settled, with_pins
from scheduler.solver.standing.month import StandingMonth
from scheduler.whatif.replan import replan
from scheduler.whatif.scenario_effects import apply_scenario


def plans_of(
    file: RosterFile,
    scenario: Scenario,
    limits: SearchLimits,
    most: int | None = None,
    stop: threading.Event | None = None,
    *,
    spared: Collection[StaffId] = (),
    begun: Collection[tuple[StaffId, dt.date]] = (),
) -> Iterator[Plan]:
    """Yield plans for the rest of a month, the least disturbing first.

    Hand edits are kept, except in cells that the scenario is about.  Each plan's roster
    carries what is needed to accept it (`scheduler.whatif.accepting`).

    Parameters
    ----------
    limits
        Threads and seed, and the time for all plans together.
    most
        Most plans; each spares at least one person of every earlier plan.
    stop
        Set it from another thread to end with the plans so far.
    spared
        People whose days stay as they are, for they were asked and cannot.
    begun
        Cells that stay as they are, for their work has begun (`begun_by`).
    """
    by_hand = file.problem, file.plan, file.roster, scenario
    settled = Settled.by_hand(*by_hand)
    kept = ((name, date) for name in spared for date in file.problem.period.dates)
    for plan in replan(
        with_pins(*by_hand),
        file.roster,
        scenario,
        limits,
        settled=replace(settled, cells=settled.cells.union(kept, begun)),
        most=most,
        stop=stop,
    ):
        # Nights on call have no cells of their own.
        if set(spared).isdisjoint(plan.disturbed):
            yield _proposed(plan, file.plan)


def begun_by(
    problem: Problem, roster: Roster, moment: dt.datetime, scenario: Scenario
) -> Iterator[tuple[StaffId, dt.date]]:
    """Yield the cells of a date whose work has begun, but for those in question."""
    minute = moment.hour * HOUR + moment.minute
    named = {one.staff for one in scenario.duties} | scenario.away
    for duty in roster.duties:
        shift = problem.shift_of(duty)
        has_begun = shift is not None and shift.interval.start <= minute
        if duty.date == moment.date() and has_begun and duty.staff not in named:
            yield duty.staff, duty.date


def _proposed(plan: Plan, standing: RosterRecord) -> Plan:
    """Return the plan with its scenario and the roster it replaces recorded."""
    proposal = Proposal(scenario=plan.scenario, before=plan.before.fingerprint)
    roster = plan.roster.model_copy(
        update={
            "revisions": standing.revisions,
            "reasons": standing.reasons_in(plan.roster),
            "proposal": proposal,
        }
    )
    return replace(plan, roster=roster)


@dataclass(frozen=True)
class Mending:
    """A plan that is not legal, with its advice."""

    plan: Plan
    """The plan, with causes and repairs in its roster."""
    mended: tuple[Plan, ...]
    """One plan for each repair, in the order of the repairs."""


def needs_mending(plans: Sequence[Plan]) -> bool:
    """Whether every plan breaks law, a must or a pin on dates that can still change."""
    return all(
        any(finding.stance.is_hard and not _is_past(finding, plan) for finding in found)
        for plan, found in ((plan, plan.findings) for plan in plans)
    )


def mend(
    file: RosterFile,
    plan: Plan,
    limits: SearchLimits | None = None,
    *,
    on_progress: Callable[[Stage], None] | None = None,
    stop: threading.Event | None = None,
) -> Mending:
    """Look for causes and repairs of a plan that is not legal.

    The past, absences, duties of the scenario and hand edits stay.  Contract breaches
    that the scenario alone brings about are not repaired.

    Parameters
    ----------
    file
        The roster that the plan would replace, as it was read back.
    limits
        Threads and seed, and the time for all of it.
    on_progress
        Called from this thread whenever something is found.
    stop
        Set it from another thread to end with what was found so far.
    """
    scenario = plan.scenario
    settled = Settled.by_hand(file.problem, file.plan, file.roster, scenario)
    typed = {(duty.staff, duty.date) for duty in scenario.duties}
    month = StandingMonth(
        plan.problem,
        plan.roster,
        replace(settled, cells=settled.cells | typed),
        _tolerated(plan),
    )
    search = Search(limits or SearchLimits(), stop)
    budget = search.budgets.advice
    advising = Advising(month, plan.findings, search, on_progress)
    causes, repairs = budget.cause_on_the_phone, budget.repairs_on_the_phone
    advising.look_for_causes(search.share(causes, repairs))
    if plan.is_least or advising.advice.causes:
        advising.look_for_repairs(search.share(repairs))
    else:
        # Nothing is proven to be short: a plan that breaks nothing may exist.
        broken = {one.stance for one in plan.findings if not _is_past(one, plan)}
        unsettled = tuple(one for one in LEVELS if one.is_hard and one in broken)
        advising.advice = advising.advice.model_copy(update={"unsettled": unsettled})
    advised = plan.roster.model_copy(update={"advice": advising.advice})
    return Mending(
        replace(plan, roster=advised),
        tuple(
            _planned(plan, mended, number)
            for number, mended in enumerate(advising.mended, start=1)
        ),
    )


def with_help(mending: Mending, neighbours: Neighbours, search: Search) -> Mending:
    """Return a mending with what other offices could do, as repairs and as offers.

    Parameters
    ----------
    search
        Its time and stop request end it with what was found so far.
    """
    plan = mending.plan
    given = plan.problem, plan.roster, search, plan.scenario.now, _tolerated(plan)
    found = neighbours.help(*given)
    plans = list(mending.mended)
    if found.mended is not None:
        place = found.advice.repairs.index(found.mended.repair)
        # Why the plan is not legal and what would help is no matter of a legal month.
        bare = replace(plan, roster=plan.roster.model_copy(update={"advice": None}))
        plans.insert(place, _planned(bare, found.mended, place + 1))
    roster = plan.roster.model_copy(update={"advice": found.advice})
    return Mending(
        replace(plan, roster=roster),
        tuple(_numbered(one, number) for number, one in enumerate(plans, start=1)),
    )


def _numbered(plan: Plan, number: int) -> Plan:
    """Return the plan of a repair with its number among all."""
    if plan.amendment is None:
        return plan
    return replace(plan, amendment=replace(plan.amendment, number=number))


def _tolerated(plan: Plan) -> Tolerated:
    """Return the findings that may stay: past ones, and contract breaches by events.

    The latter are found with the scenario applied and nothing else changed.
    """
    rulebook = rules_of(plan.problem)
    past = [finding for finding in plan.findings if _is_past(finding, plan)]
    tolerated = Tolerated(rulebook, past)
    undone = apply_scenario(plan.problem, plan.before, plan.scenario)
    found = audit(plan.problem, undone, rulebook)
    tolerated.allow(one for one in found if one.stance is Stance.CONTRACT)
    return tolerated


def _is_past(finding: Finding, plan: Plan) -> bool:
    return finding.date is not None and finding.date < plan.scenario.now


def _planned(plan: Plan, mended: Mended, number: int) -> Plan:
    """Return a repaired month as a plan that can be accepted."""
    scenario = _with_repair(plan.scenario, mended)
    rulebook = rules_of(mended.problem)
    tolerated = Tolerated(rulebook, mended.findings)
    kept = with_breaks_kept(mended.problem, plan.before, mended.roster, tolerated)
    proposal = plan.roster.proposal
    if proposal is not None:
        proposal = proposal.model_copy(update={"scenario": scenario})
    roster = plan.roster.model_copy(
        update={
            "duties": kept.duties,
            "on_call": kept.on_call,
            "proposal": proposal,
        }
    )
    return Plan(
        scenario=scenario,
        problem=mended.problem,
        before=plan.before,
        roster=roster,
        findings=audit(mended.problem, kept, rulebook),
        is_least=False,
        amendment=Amendment(number, mended.repair, plan.problem),
    )


def _with_repair(scenario: Scenario, mended: Mended) -> Scenario:
    """Return the scenario with the helpers and the forecast of a repair."""
    days = {
        (day.date, day.house if isinstance(day, HouseDay) else MAIN): day
        for day in (*scenario.days, *mended.repair.forecast)
    }
    helpers = (
        at_number(mended.problem, helper.house).of_all(helper.member)
        for helper in mended.repair.helpers
    )
    return scenario.model_copy(
        update={
            "days": tuple(days[key] for key in sorted(days)),
            "joining": (*scenario.joining, *helpers),
        }
    )


# -- houses that are planned together -------------------------------------------------


def plans_of_houses(
    plan: Plan, files: Sequence[RosterFile], names: Iterable[str]
) -> tuple[Plan, ...]:
    """Return the plan of each house, to be accepted together.

    Each tells the whole repair, if the plan has one.

    Parameters
    ----------
    files
        The roster of each house that its plan would replace.
    names
        Names of the files to which the houses' plans are written.
    """
    problem = plan.problem
    assert isinstance(problem, JointProblem)
    made = plan.roster.in_files(names)
    found = []
    for number, (house, file) in enumerate(
        zip(houses_of(problem, made), files, strict=True)
    ):
        scenario = scenario_in(problem, plan.scenario, number)
        roster = house.roster.model_copy(
            update={
                "revisions": file.plan.revisions,
                "reasons": file.plan.reasons_in(house.roster),
                "proposal": Proposal(scenario=scenario, before=file.roster.fingerprint),
            }
        )
        found.append(
            replace(
                plan,
                scenario=scenario,
                problem=house.problem,
                before=file.roster,
                roster=roster,
                findings=house.findings,
            )
        )
    return tuple(found)


def scenario_in(problem: JointProblem, scenario: Scenario, house: int) -> Scenario:
    """Return what of a scenario of all houses concerns one of them."""
    known = problem.houses[house].member_by_name
    duties = problem.of_house(Roster(duties=scenario.duties), house).duties
    return scenario.model_copy(
        update={
            "absences": tuple(a for a in scenario.absences if a.staff in known),
            "leaving": tuple(one for one in scenario.leaving if one.staff in known),
            "duties": duties,
            "days": tuple(_lines_in(scenario.days, house)),
            "uses": tuple(_lines_in(scenario.uses, house)),
            "joining": tuple(_joining(scenario, house)),
        }
    )


def _joining(scenario: Scenario, house: int) -> Iterator[StaffMember]:
    """Yield who joins a house, as its staff list has them."""
    for member in scenario.joining:
        if isinstance(member, HouseMember) and member.house == house:
            yield member.alone


def _lines_in(lines: Iterable[Any], house: int) -> Iterator[Any]:
    """Yield the dates or weeks with other users that are of a house; else the main's.

    Each is as the house has it.
    """
    for line in lines:
        if isinstance(line, HouseDay | HouseUse) and line.house == house:
            yield line.alone
        elif house == MAIN and not isinstance(line, HouseDay | HouseUse):
            yield line

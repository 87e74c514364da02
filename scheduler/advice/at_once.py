"""Repairs that need no search, known as soon as there is a roster.

What the best roster breaks is agreed on, for it is legal once each of these limits
gives way by as much; or somebody from outside is there at the hours at which it is
short, and nobody's days change.  Searches then look for cheaper and for other repairs.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from scheduler.advice.offers import to_be_mended
from scheduler.advice.temporary_workers import (
    Help,
    HelpKind,
    as_asked,
    help_on,
    help_on_any_date,
    who_comes,
)
from scheduler.audit import audit
from scheduler.domain.advice import Helper, Repair
from scheduler.domain.agreements import Agreement, Concession, Spot
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.homes import Home, expected_in, homes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OffKind, OnCall, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rulebook
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import price_of


def agreements_of(
    month: StandingMonth, findings: Iterable[Finding]
) -> tuple[Agreement, ...]:
    """Return the agreements under which findings are no breaches.

    What has no concession is left out, and so is what a month tolerates.
    """
    amounts: Counter[Spot] = Counter()
    for finding in to_be_mended(findings):
        if month.rulebook.facet_of(finding).yields is not None:
            amounts[month.rulebook.spot_of(finding)] += finding.amount
    amounts -= Counter({spot: month.tolerated.allowed(spot) for spot in amounts})
    return tuple(Agreement(spot=s, amount=amount) for s, amount in amounts.items())


def price_in_all(month: StandingMonth, agreed: Iterable[Agreement]) -> int:
    """Return the price of some agreements together."""
    return sum(
        one.amount * price_of(month.problem, month.rulebook.facet_of(spot), spot)
        for one in agreed
        for spot in [one.spot]
    )


def as_it_stands(month: StandingMonth, findings: Sequence[Finding]) -> Repair | None:
    """Return the repair that agrees on all that a month's best roster breaks.

    ``None`` if nothing is broken, or something that no agreement allows.
    """
    agreed = agreements_of(month, findings)
    repair = Repair(agreements=agreed, price=price_in_all(month, agreed), bound=0)
    left = audit(repair.applied_to(month.problem), month.roster, month.rulebook)
    if not agreed or month.tolerated.beyond(to_be_mended(left)):
        return None
    return repair


def of_few_things(repairs: Sequence[Repair], most: int) -> tuple[Repair, ...]:
    """Return the repairs of at most so many things; all if none of these is enough.

    Where few things are enough, a list of many is no help to whoever has to ask.
    """
    few = tuple(one for one in repairs if one.actions <= most)
    return tuple(repairs) if all(one.remaining for one in few) else few


def alternatives(
    repairs: Sequence[Repair], problem: Problem, rulebook: Rulebook, most: int
) -> tuple[Repair, ...]:
    """Return the repairs to choose from, the cheapest first.

    None asks for all the kinds of things that a cheaper one asks for, if there are
    enough of such; else none asks for all the things.  Who chooses wants other ways,
    not the same one with more to ask.  Of all but the cheapest, one that mixes kinds
    is left out where some of these and fewer things would do, and comes last where as
    many would.
    """
    by_price = sorted(repairs, key=lambda one: one.price)
    kinds = {id(one): set(_kinds(one, problem, rulebook)) for one in repairs}

    def is_mixture(one: Repair, fewer: int) -> bool:
        return any(
            kinds[id(other)] < kinds[id(one)] and other.actions + fewer <= one.actions
            for other in by_price[1:]
        )

    dearer = [one for one in by_price[1:] if not is_mixture(one, 1)]
    # A stable sort: each half stays in order of price.
    in_order = [*by_price[:1], *sorted(dearer, key=lambda one: is_mixture(one, 0))]
    chosen: list[Repair] = []
    for asked in (_kinds, _things):
        for one in in_order:
            if len(chosen) == most or any(one is other for other in chosen):
                continue
            things = set(asked(one, problem, rulebook))
            others = [set(asked(other, problem, rulebook)) for other in chosen]
            if not any(things >= other or things <= other for other in others):
                chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.price))


def _kinds(repair: Repair, problem: Problem, rulebook: Rulebook) -> Iterator[Hashable]:
    """Yield the kinds of concession of a repair; a shift moved is one too."""
    for one in repair.agreements:
        yield rulebook.facet_of(one.spot).yields
    if repair.helpers:
        yield Concession.HELP_HOUR
    if repair.shifts:
        yield "shift"
    for day in repair.forecast:
        usual = expected_in(problem, day)
        if day.day_users < usual.day_users:
            yield Concession.USER_FEWER
        if day.overnight != usual.overnight:
            yield Concession.STAY_MOVED


def _things(
    repair: Repair, _problem: Problem, _rulebook: Rulebook
) -> Iterator[Hashable]:
    """Yield the spots, workers, dates and shifts of a repair.

    A temporary worker is nobody in particular: who comes on another date for the same
    work is the same way out, and not one to choose from.
    """
    yield from (one.spot for one in repair.agreements)
    times: Counter[Hashable] = Counter()
    for one in repair.helpers:
        work = one.house, one.role, one.minutes, one.begin.time(), one.lent
        times[work] += 1
        yield work, times[work]
    yield from (day.date for day in repair.forecast)
    yield from (shift.symbol for shift in repair.shifts)


MOST_TRIES = 3
"""Most ways of helping that are tried for one thing that is short, each an audit."""


class Coming(NamedTuple):
    """A temporary worker of a house, and what they do; ``None``: a night on call."""

    home: Home
    member: StaffMember
    shift: Shift | None
    dates: tuple[dt.date, ...]
    breaks: BreakOption = ()


def help_at_once(
    month: StandingMonth,
    findings: Sequence[Finding],
    most: int,
    only: Callable[[Finding], bool] = lambda _finding: True,
) -> tuple[tuple[Helper, ...], Roster]:
    """Return who could come for what a month's best roster is short of, and with them.

    At most ``most`` come, and only for findings that ``only`` chooses.

    Returns
    -------
    tuple
        The temporary workers, and the roster in which nothing but theirs has changed.
        Without any where they do not make up for all that law wants.
    """
    nobody: tuple[tuple[Helper, ...], Roster] = (), month.roster
    broken = month.tolerated.beyond(to_be_mended(findings))
    # One thing that is short may be the other's cause: no nurse, and no nurse's shift.
    asked = [one for one in broken if only(one)]
    hard = [one for one in asked if one.stance.is_hard and one.rule != "W-02"]
    # Nights in a row (C-03) are of one spot in all: what helps each night helps them.
    hard.sort(
        key=lambda one: (
            month.rulebook.spot_of(one).date or dt.date.max,
            one.date or dt.date.max,
            -one.amount,
        )
    )
    if len({one.date for one in hard}) > most:
        return nobody
    coming: list[Coming] = []
    left = _left(month, broken)
    for finding in hard:
        while left[month.rulebook.spot_of(finding)] > 0:
            better = _who_helps(month, finding, coming, left)
            if better is None or len(better[0]) > most:
                if month.rulebook.facet_of(finding).yields is None:
                    return nobody
                break
            coming, left = better
    spots = {month.rulebook.spot_of(one) for one in asked}
    facets = [month.rulebook.facet_of(spot) for spot in spots if left[spot] > 0]
    if not coming or any(facet.yields is None for facet in facets):
        return nobody
    problem, roster = _with(month, coming)
    given = [(one.home.number, one.member) for one in coming]
    helpers = tuple(who_comes(problem, given, roster))
    return helpers, as_asked(roster, helpers)


def _who_helps(
    month: StandingMonth,
    finding: Finding,
    coming: Sequence[Coming],
    left: Counter[Spot],
) -> tuple[list[Coming], Counter[Spot]] | None:
    """Return the first one more who makes less short, and nothing worse."""
    home = next(one for one in homes(month.problem) if one.name == finding.house)
    known = {one.member.name for one in coming}
    ways = (one for one in _ways(home, finding) if one.member.name not in known)
    spot = month.rulebook.spot_of(finding)
    for _number, one in zip(range(MOST_TRIES), ways, strict=False):
        more = [*coming, one]
        problem, roster = _with(month, more)
        found = month.tolerated.beyond(to_be_mended(audit(problem, roster)))
        after = _left(month, found)
        if after[spot] < left[spot] and after <= left:
            return more, after
    return None


def _left(month: StandingMonth, broken: Iterable[Finding]) -> Counter[Spot]:
    """Return how much is broken, by place."""
    amounts: Counter[Spot] = Counter()
    for one in broken:
        amounts[month.rulebook.spot_of(one)] += one.amount
    return amounts


def _ways(home: Home, finding: Finding) -> Iterator[Coming]:
    """Yield who could help with a finding, those first who are there all the time."""
    if finding.date is None:
        yield from _nurse_of_the_month(home, finding)
        return
    is_call = (finding.rule, finding.facet) == ("A-06", "on_call")
    offered: dict[Help, tuple[StaffMember, ...]] = {}
    # What is short in the morning may be what last night's shift reaches into.
    for date in (finding.date, finding.date - ONE_DAY):
        if date in home.problem.period.dates:
            offered |= help_on(home, (finding,), (date,))
    ways = []
    for help, members in offered.items():
        if (help.kind is HelpKind.ON_CALL) != is_call or help.date is None:
            continue
        for place, member in enumerate(members):
            if is_call and help.date == finding.date:
                yield Coming(home, member, None, (help.date,))
            for shift in _shifts(home.problem, member):
                for breaks in shift.break_options:
                    there = _minutes_there(finding, help.date, shift, breaks)
                    one = Coming(home, member, shift, (help.date,), breaks)
                    ways.append(((-there, shift.work_minutes, place), one))
    ways = [way for way in ways if way[0][0]]
    yield from (one for _order, one in sorted(ways, key=lambda way: way[0]))


WEEKDAYS = ((2,), (0, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4), tuple(range(7)))
"""Weekdays on which somebody comes all month, 0 for Monday: as few as will do."""


def _nurse_of_the_month(home: Home, finding: Finding) -> Iterator[Coming]:
    """Yield a nurse for as many shifts as nurses miss in the month.

    She comes on the same days of every week, which is easier to ask for.
    """
    problem, offered = home.problem, help_on_any_date(home, (finding,))
    number = max(finding.amount, problem.office.nurse_shifts)
    every = (
        tuple(one for one in problem.period.dates if one.weekday() in weekdays)
        for weekdays in WEEKDAYS
    )
    dates = next((found[:number] for found in every if len(found) >= number), ())
    if finding.rule != "A-10" or not dates:
        return
    for help, members in offered:
        for member in members if help.kind is HelpKind.NURSE else ():
            for shift in sorted(_shifts(problem, member), key=lambda s: s.work_minutes):
                yield Coming(home, member, shift, dates, shift.break_options[0])


def _shifts(problem: Problem, member: StaffMember) -> list[Shift]:
    own = map(problem.shift_by_symbol.__getitem__, member.shifts)
    role = member.roles[0]
    return [one for one in own if not one.roles or role in one.roles]


def _minutes_there(
    finding: Finding, date: dt.date, shift: Shift, breaks: BreakOption
) -> int:
    """Return for how long of what is short somebody in a shift would be at work.

    Where it is short of hours of the day, whatever the hour, it is the whole shift, but
    for what is more than enough.
    """
    if finding.begin is None or finding.end is None or finding.date is None:
        same = date == finding.date
        return min(shift.work_minutes, finding.amount) if same else 0
    midnight = dt.datetime.combine(date, dt.time())
    begin, end = (
        (moment - midnight) // dt.timedelta(minutes=1)
        for moment in (finding.begin, finding.end)
    )

    def shared(span: tuple[int, int]) -> int:
        return max(0, min(end, span[1]) - max(begin, span[0]))

    rests = 0 if shift.is_night else sum(map(shared, breaks))
    return shared(shift.interval) - rests


def _with(month: StandingMonth, coming: Sequence[Coming]) -> tuple[Problem, Roster]:
    """Return the month and its roster with temporary workers in it."""
    given = [(one.home.number, one.member) for one in coming]
    duties = (duty for one in coming for duty in _cells(month.problem, one))
    calls = {
        date: OnCall(staff=one.member.name, date=date)
        for one in coming
        if one.shift is None
        for date in one.dates
    }
    roster = month.roster
    others = (one for one in roster.on_call if one.date not in calls)
    update = {
        "duties": (*roster.duties, *duties),
        "on_call": tuple(sorted((*others, *calls.values()), key=lambda one: one.date)),
    }
    return month.problem.with_more(given), roster.model_copy(update=update)


def _cells(problem: Problem, one: Coming) -> Iterator[Duty]:
    """Yield what a temporary worker does on each date."""
    name = one.member.name
    for date in problem.period.dates:
        if one.shift is not None and date in one.dates:
            duty = Duty(
                staff=name,
                date=date,
                shift=one.shift.symbol,
                roles=(one.member.roles[0],) * len(one.shift.segments),
                breaks=one.breaks,
            )
            yield one.home.duty_in_all(duty)
            continue
        off = OffKind.DAY_OFF if date in one.member.employed else OffKind.AWAY
        after = one.shift is not None and one.shift.end > DAY
        if after and date - ONE_DAY in one.dates:
            off = OffKind.AFTER_NIGHT
        yield Duty(staff=name, date=date, off=off)

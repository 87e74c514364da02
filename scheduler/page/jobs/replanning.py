"""The search for plans when somebody is absent, as `shotaki whatif` makes them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.audit.changes.plans import Call, phone_list, plan_sums
from scheduler.audit.figures.summary import kept
from scheduler.audit.findings import Tolerated
from scheduler.domain.between_houses import MAIN
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import HousesFile, at_home, house_at
from scheduler.domain.plan import Gain, Plan, number_of
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Change, Roster
from scheduler.domain.scenario import Case, Event, Happening, Scenario, Words
from scheduler.files.houses import read_month
from scheduler.files.paths import make_folder
from scheduler.page.asked_plans import happening, lent_text
from scheduler.page.jobs.reports import Reports, house_files, keep_plans, seconds_left
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.search import SearchLimits
from scheduler.whatif.mending import begun_by, plans_of, plans_of_houses
from scheduler.whatif.scenario_effects import apply_scenario
from scheduler.whatif.scenario_parser import parse_scenario
from scheduler.wording.empty_nights import emptied_night_texts
from scheduler.wording.notation import CellLanguage
from scheduler.wording.plans import (
    by_text,
    plan_verdict_beyond,
    return_texts,
    why_texts,
    wish_texts,
)
from scheduler.wording.times import date_text, runs

if TYPE_CHECKING:
    from scheduler.page.state import SearchRun

MOST_PLANS = 4

HARD = tuple(one for one in Stance if one.is_hard)
"""What a plan may leave as it stands, and not break further."""


def replan_month(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Look for plans, keep each in a file of its own, and return their folder."""
    source = Path(run.source)
    file = read_month(source)
    house = house_at(file, source)
    scenario = scenario_of(run.asked, file.problem, file.roster, house)
    make_folder(run.place)
    rulebook = rules_of(file.problem)
    stands = Tolerated(rulebook, audit(file.problem, file.roster))
    plans: list[dict[str, Any]] = []
    before = file.roster.fingerprint
    reports.tell(before=before, most=MOST_PLANS, plans=plans)
    limits = SearchLimits(seconds=seconds_left(run))
    spared = tuple(run.asked.get("refused", ()))
    moment = dt.datetime.fromisoformat(run.asked["moment"])
    begun = tuple(begun_by(file.problem, file.roster, moment, scenario))
    given = file, scenario, limits, MOST_PLANS, stop
    found = plans_of(*given, spared=spared, begun=begun)
    known: list[Plan] = []
    for plan in found:
        number = number_of(plan, known)
        known[number - 1 : number] = [plan]
        # Of a plan that is not accepted nobody needs a workbook.
        path = run.candidate(number)
        parts: tuple[Plan, ...] = (plan,)
        if isinstance(file, HousesFile):
            names = [one.name for one in house_files(path, len(file.houses))]
            parts = plans_of_houses(plan, file.houses, names)
        keep_plans(path, parts)
        if not known[1:]:
            stands.allow(_of_those_away(plan, rulebook))
        card = plan_card(plan, rulebook, stands)
        card["worse"] = bool(stands.beyond(plan.findings, HARD))
        card |= {"houses": [house_card(one) for one in parts[1:] and parts]}
        plans[number - 1 : number] = [card]
        reports.tell(plans=plans)
    return run.place


def scenario_of(
    asked: dict[str, Any], problem: Problem, roster: Roster, house: int = MAIN
) -> Scenario:
    """Return what has happened, as it was asked on the screen of a house.

    Raises
    ------
    InputError
        With every mistake in it.
    """
    case = Case(tuple(_happenings(asked)), Words(asked["start"]))
    return parse_scenario(case, problem, roster, house=house)


def _happenings(asked: dict[str, Any]) -> Iterator[Happening]:
    for date, service, _before, number in asked.get("users", ()):
        what = Words(str(number))
        yield Happening(Event(service), Words(), Words(date), Words(), what)
    yield from map(happening, asked.get("uses", ()))
    if not asked["name"]:
        return
    name, kind = Words(asked["name"]), asked["kind"]
    if asked.get("lent"):
        lent = Words(lent_text(asked["lent"]))
        for date in asked["dates"]:
            yield Happening(Event.LOAN, name, Words(date), Words(), lent)
        return
    if kind:
        # Leave that is granted: the cells say so, and whoever asked gave up the shift.
        for date in asked["dates"]:
            yield Happening(Event.DUTY, name, Words(date), Words(), Words(kind))
        return
    for first, last in runs(map(dt.date.fromisoformat, asked["dates"])):
        yield Happening(
            Event.ABSENCE, name, Words(str(first)), Words(str(last)), Words()
        )


def _of_those_away(plan: Plan, rulebook: Rulebook) -> Iterator[Finding]:
    """Yield what the contracts of those away lack, whatever is done about it."""
    happened = apply_scenario(plan.problem, plan.before, plan.scenario)
    for one in audit(plan.problem, happened, rulebook):
        if one.stance is Stance.CONTRACT and plan.scenario.away.issuperset(one.people):
            yield one


def plan_card(plan: Plan, rulebook: Rulebook, stands: Tolerated) -> dict[str, Any]:
    """Return a plan as the screen shows it, as plain data.

    Parameters
    ----------
    stands
        What the roster before breaks, and what has happened.
    """
    sums = plan_sums(plan)
    lacking = kept(plan.problem, plan.findings).people
    own = kept(plan.problem, stands.beyond(plan.findings, [Stance.CONTRACT])).people
    away = plan.scenario.away
    return {
        "legal": plan.is_legal,
        "verdict": plan_verdict_beyond(plan, stands),
        "lacking": [name for name in lacking if name not in own],
        "least": plan.is_least,
        "gains": plan.gain in (Gain.KEEPS_MORE, Gain.DISTURBS_LESS),
        "shares": plan.gain is Gain.SHARES,
        "cells": sums.cells,
        "people": [
            _person(call, plan.problem, rulebook, is_own=call.staff in away)
            for call in phone_list(plan)
        ],
        "effects": list(wish_texts(sums.effects)),
        "nights": list(emptied_night_texts(plan)),
        "loses": bool(sums.effects.wishes_lost),
    }


def house_card(plan: Plan) -> dict[str, Any]:
    """Return what a plan changes in the workbook of one of several houses."""
    language = CellLanguage(plan.problem)
    people: dict[str, list[list[str]]] = {}
    for change in plan.changes:
        people.setdefault(change.staff, []).append(_ask(change, language))
    return {
        "name": plan.problem.office.name,
        "cells": len(plan.changes),
        "people": list(people.items()),
    }


def _person(
    call: Call, problem: Problem, rulebook: Rulebook, *, is_own: bool
) -> dict[str, Any]:
    member = problem.member_by_name[call.staff]
    home = at_home(problem, call.staff)
    language = CellLanguage(home.problem)
    return {
        "name": call.staff,
        "house": home.name,
        "tel": member.telephone,
        "by": by_text(call),
        "own": is_own,
        "asks": [_ask(home.change(change), language) for change in call.changes],
        "returns": list(return_texts(call)),
        "why": list(why_texts(call, rulebook)),
    }


def _ask(change: Change, language: CellLanguage) -> list[str]:
    """Return date, symbol before and after; for a night on call whether it is."""
    if change.on_call is not None:
        return [date_text(change.date), "", "on call" if change.on_call else "no call"]
    sides = (change.before, change.after)
    before, after = (language.write(duty) if duty else "" for duty in sides)
    return [date_text(change.date), before, after]

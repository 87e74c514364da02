"""The command `whatif`: plans the rest of a month by what is told on the line."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.accepted import (
    accept_now,
    accept_plan,
    accepted_data,
    accepted_lines,
    of_accepted,
    write_wall,
)
from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.arguments import start_of
from scheduler.cli.failures import WrongUse
from scheduler.cli.neighbours import AskedOffices, named_offices
from scheduler.cli.options import ThreadLimits
from scheduler.cli.plans import (
    PlanFiles,
    add_plan,
    by_hand_lines,
    plan_data,
    plans_data,
    scenario_text,
)
from scheduler.cli.scenarios import plan_scenarios
from scheduler.cli.screen import Reporter, watch
from scheduler.cli.session import Session
from scheduler.domain.advice import Advice
from scheduler.domain.between_houses import MAIN
from scheduler.domain.errors import Exit, Mistake
from scheduler.domain.homes import house_at
from scheduler.domain.plan import Plan
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import USERS, Case, Event, Happening, Scenario, Words
from scheduler.files.houses import read_month
from scheduler.files.saving import prepare_replacing
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.accepting import Accepted
from scheduler.whatif.mending import Mending, mend, needs_mending, plans_of, with_help
from scheduler.whatif.scenario_parser import parse_scenario
from scheduler.wording.command_line import command_line, of_plans
from scheduler.wording.repairs import repair_name
from scheduler.wording.translation import _

OPTIONS = (
    ("--absent", "absent", Event.ABSENCE, "{name}={first}..{day}"),
    ("--leave", "leave", Event.LEAVING, "{name}={first}"),
    ("--join", "join", Event.JOINING, "鈴木={first}:{name}"),
    ("--shift", "shift", Event.DUTY, "{name}={first}:{symbol}"),
    ("--lend", "lend", Event.LOAN, "{name}={first}:9:00-18:00 ひだまり"),
    ("--overnight", "overnight", Event.OVERNIGHT, "{first}=6"),
    ("--day-users", "day_users", Event.DAY_USERS, "{first}=6"),
    ("--visits", "visits", Event.VISITS, "{first}=6"),
    ("--use", "use", Event.USE, "A={first}:通い 火木 9:30-16:00"),
)
"""For each option its name, its field of `Events`, the kind of event, an example."""

COLON = (Event.JOINING, Event.DUTY, Event.LOAN, Event.USE)
"""Events with a colon and a further value after the date."""

NAMED = (Event.ABSENCE, Event.LEAVING, *COLON)
"""Events with a name before the equals sign; others have the date there."""

DATES = (Event.ABSENCE, Event.DUTY, Event.LOAN, *USERS, Event.USE)
"""Events that may have a range of dates."""

RANGE = re.compile(r"\.{2,}|[~〜]")

PLANS = 4
"""Default number of plans to choose from."""


def _old(*names: str, **limits: Any) -> Any:
    """Return a hidden option that was replaced by a command and still works."""
    return typer.Option(*names, hidden=True, **limits)


@dataclass(frozen=True)
class Events:
    """The events given on the command line: the values of each option, in order."""

    absent: list[str] | None = None
    leave: list[str] | None = None
    join: list[str] | None = None
    shift: list[str] | None = None
    lend: list[str] | None = None
    overnight: list[str] | None = None
    day_users: list[str] | None = None
    visits: list[str] | None = None
    use: list[str] | None = None
    start: options.StartDate = None

    @property
    def is_empty(self) -> bool:
        """Whether no event is given; the first date that may change is not one."""
        return not any(
            getattr(self, one.name) for one in fields(self) if one.name != "start"
        )


@dataclass(frozen=True)
class PlansWanted(options.OtherOffices):
    """What is asked of a plan for the rest of a month."""

    plans: Annotated[int | None, typer.Option(min=1, max=options.MOST_PLANS)] = None
    advice: bool = True


@dataclass(frozen=True)
class OldSpelling:
    """Options of `whatif` from before `scenarios` and `accept` were commands."""

    scenarios: Annotated[bool, _old("--scenarios")] = False
    sheet: Annotated[Path | None, _old("--scenarios-from")] = None
    accept: Annotated[int | None, _old("--accept", min=1, max=options.MOST_PLANS)] = (
        None
    )
    why: Annotated[str | None, _old("--why")] = None


def whatif(
    session: Session,
    source: Path,
    satellites: options.Satellites = None,
    told: Events = Events(),
    wanted: PlansWanted = PlansWanted(),
    output: options.Output = None,
    old: OldSpelling = OldSpelling(),
    limits: ThreadLimits = ThreadLimits(),
) -> Exit:
    """Plan the rest of a month, or run the command that an old option stands for.

    Returns
    -------
    Exit
        The exit code of the plans, or, if one is accepted, of the new roster.

    Raises
    ------
    InputError
        With every mistake in the events, or in the roster.
    WrongUse
        If plans cannot be written where they should be, there is no such plan to
        accept, or options are given that do not go together.
    OutputError
        If a file cannot be written, or the roster not replaced by an accepted plan.
    """
    files = PlanFiles(source, output)
    if old.why is not None and old.accept is None:
        raise WrongUse(_("--why says why a plan is accepted; add --accept."))
    if old.scenarios or old.sheet is not None:
        if not told.is_empty or old.accept is not None:
            message = _(
                "--scenarios reads from the sheet what happens; it goes with neither "
                "--accept nor what is told on the line."
            )
            raise WrongUse(message)
        sheet = [] if old.sheet is None else ["--sheet", str(old.sheet)]
        _name_command(session, ["scenarios", str(source), *sheet])
        given = old.sheet, told.start, wanted.plans or 1, output, limits
        return plan_scenarios(session, source, *given)
    if old.accept is not None and told.is_empty:
        chosen = files.existing(old.accept)
        _name_command(session, ["accept", str(source), str(chosen)])
        return accept_plan(session, source, str(chosen), old.why or "")
    rest = wanted, limits.of_search(), old, satellites or ()
    return _plan_rest(session, files, told, *rest)


def _name_command(session: Session, words: Sequence[str]) -> None:
    """Print the command that replaces an old option."""
    text = _("This has a command of its own now: {line}")
    session.note(text.format(line=command_line(words)))


def _plan_rest(
    session: Session,
    files: PlanFiles,
    happened: Events,
    wanted: PlansWanted,
    limits: SearchLimits,
    old: OldSpelling,
    others: Sequence[Path],
) -> Exit:
    """Plan the rest of a month, print whom to call, and write a file for each plan."""
    plans, advice = wanted.plans or PLANS, wanted.advice
    files.check()
    file = read_month(files.source, others)
    if old.accept is not None:
        prepare_replacing(files.source)
    offices = named_offices(wanted, file.problem)
    house = house_at(file, files.source)
    scenario = read_events(happened, file.problem, file.roster, house)
    rulebook = rules_of(file.problem)
    session.say(scenario_text(scenario, file.problem))
    session.say_all(by_hand_lines(file))
    session.begin_search()
    asking = AskedOffices(session, offices, limits)
    search = Search(asking.limits, session.stopping.wish)
    most = max(plans, old.accept or 1)
    found = _plans(session, file, scenario, search, most, advice)
    mending = _mending(session, file, found, search, asking) if advice else None
    if mending is not None:
        found[0] = mending.plan
    session.say("")
    paths = files.write(session, found, file)
    if len(found) < plans and not search.is_over and mending is None:
        session.say(_("There is no further plan that spares somebody of each."))
    told: dict[str, Any] = {"plans": plans_data(found, paths, rulebook)}
    if mending is not None:
        told["advice"] = _write_repairs(session, files, mending, file)
    code = of_plans(found)
    if old.accept is not None:
        accepted = _accepted(session, files.source, paths, old.accept, old.why or "")
        if accepted is not None:
            code = of_accepted(accepted)
            told["accepted"] = accepted_data(accepted)
    return session.end(code, scenario=scenario, **told)


def _accepted(
    session: Session, source: Path, paths: Sequence[Path], number: int, why: str
) -> Accepted | None:
    """Accept one of the plans just written and print it; ``None`` if stopped."""
    if session.stopping.wish.is_set():
        session.note(_("Stopped; nothing was accepted."))
        return None
    if number > len(paths):
        message = _("There is no plan {number}; nothing was accepted.")
        raise WrongUse(message.format(number=number))
    accepted = accept_now(source, paths[number - 1], why)
    session.say_all(["", *accepted_lines(accepted)])
    write_wall(session, accepted)
    return accepted


def _plans(
    session: Session,
    file: RosterFile,
    scenario: Scenario,
    search: Search,
    most: int,
    advice: bool,
) -> list[Plan]:
    """Return the plans, printing each as it is found.

    If none is legal so far, the search ends in time for the advice to be worked out.
    """
    rulebook = rules_of(file.problem)
    least = min(search.budgets.advice.on_the_phone, search.limits.seconds / 2)
    found: list[Plan] = []
    stop = session.stopping.wish
    for plan in plans_of(file, scenario, search.limits, most, stop):
        session.say_all(["", add_plan(plan, found, rulebook)])
        if advice and needs_mending(found) and search.left < least:
            break
    return found


def _mending(
    session: Session,
    file: RosterFile,
    plans: Sequence[Plan],
    search: Search,
    asking: AskedOffices,
) -> Mending | None:
    """Find and print repairs of the first plan; ``None`` if not needed or stopped."""
    stop = session.stopping.wish
    if not needs_mending(plans) or stop.is_set():
        return None
    plan = plans[0]

    def run(report: Reporter) -> Mending:
        limits = replace(search.limits, seconds=search.left)
        return mend(file, plan, limits, on_progress=report, stop=stop)

    mending = watch(run, sys.stderr, search.left)
    if asking.neighbours.offices:
        mending = with_help(mending, asking.neighbours, asking.search)
        asking.say(mending.plan.roster.advice or Advice())
    roster, rulebook = mending.plan.roster, rules_of(plan.problem)
    session.say_all(["", advice_text(plan.problem, roster, rulebook)])
    return mending


def _write_repairs(
    session: Session, files: PlanFiles, mending: Mending, file: RosterFile
) -> dict[str, Any]:
    """Write a file for each repair, beside the plan's.

    Returns
    -------
    dict
        The advice as JSON data, each repair with its file and plan.
    """
    plan = mending.plan
    rulebook = rules_of(plan.problem)
    told: dict[str, Any] = advice_data(plan.problem, plan.roster, rulebook) or {}
    for number, mended in enumerate(mending.mended, start=1):
        text = _("{repair} written: {path}")
        text = text.format(repair=repair_name(number), path="{path}")
        place = PlanFiles(files.source, files.repair(number))
        written = place.write_one(session, (mended,), 1, file, text)
        line = place.accepting_line(1, written)
        session.say("  " + _("To accept it: {line}").format(line=line))
        told["repairs"][number - 1] |= {
            "path": written,
            "plan": plan_data(mended, 1, rulebook),
        }
    return told


def read_events(
    told: Events, problem: Problem, roster: Roster, house: int = MAIN
) -> Scenario:
    """Return the scenario that the options describe, in the words of a house.

    Raises
    ------
    InputError
        With every mistake in them; its place is the option and its value.
    """
    found: list[Mistake] = []
    happenings: list[Happening] = []
    for option, field, event, example in OPTIONS:
        for text in getattr(told, field) or ():
            happening = _happening(option, event, text)
            if happening is None:
                facts = {"value": text, "example": _example(example, problem)}
                found.append(Mistake.at("not_told", option, text, **facts))
            else:
                happenings.append(happening)
    case = Case(tuple(happenings), start_of(told.start))
    return parse_scenario(case, problem, roster, found, house)


def _example(text: str, problem: Problem) -> str:
    """Return an example of an option's value, with names and dates of the month."""
    dates = problem.period.dates
    last = dates[2 * len(dates) // 3]
    return text.format(
        name=problem.staff[0].name.split()[0],
        first=dates[len(dates) // 3],
        day=f"{last.month}-{last.day}",
        symbol=problem.shifts[0].symbol,
    )


def _happening(option: str, event: Event, text: str) -> Happening | None:
    """Return the event in an option's value; ``None`` if a part is missing."""
    before, sign, after = unicodedata.normalize("NFKC", text).rpartition("=")
    if not (sign and before.strip() and after.strip()):
        return None
    name, when, what = (before, after, "") if event in NAMED else ("", before, after)
    if event in COLON:
        when, sign, what = after.partition(":")
        if not (sign and when.strip() and what.strip()):
            return None
    ends = RANGE.split(when)
    if event not in DATES or len(ends) != 2 or not all(map(str.strip, ends)):
        # Anything but one range of dates is kept whole, and refused later as no date.
        ends = [when, ""]
    words = (Words(part, option, text) for part in (name, *ends, what))
    return Happening(event, *words)

"""The command `scenarios`: plans each what-if of a sheet, and compares them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.audit.changes.plans import plan_sums
from scheduler.cli import options
from scheduler.cli.arguments import page_path, start_of
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import ThreadLimits
from scheduler.cli.plans import (
    PlanFiles,
    add_plan,
    by_hand_lines,
    plans_data,
    scenario_text,
)
from scheduler.cli.screen import table
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.homes import HousesFile, house_at
from scheduler.domain.plan import Plan
from scheduler.domain.record import RosterFile
from scheduler.domain.scenario import Scenario
from scheduler.files.houses import read_month
from scheduler.files.paths import safe_name
from scheduler.files.problems import WORKBOOK
from scheduler.files.workbook.roster.scenarios import read_cases
from scheduler.files.workbook.roster.side_by_side import Answered, write_what_ifs
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.search import SearchLimits
from scheduler.whatif.mending import plans_of
from scheduler.whatif.scenario_parser import parse_scenarios
from scheduler.wording.command_line import of_batch, of_plans
from scheduler.wording.names import cells_text, people_text
from scheduler.wording.plans import plan_verdict
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

LONGEST_NAME = 40
"""Most letters of a what-if's name that are used in the name of a file."""


def plan_scenarios(
    session: Session,
    source: Path,
    sheet: Path | None = None,
    start: options.StartDate = None,
    plans: Annotated[int, typer.Option(min=1, max=options.MOST_PLANS)] = 1,
    output: options.Output = None,
    limits: ThreadLimits = ThreadLimits(),
) -> Exit:
    """Plan every what-if of a sheet, write its plans, and compare them.

    Returns
    -------
    Exit
        The exit code of the worst what-if.

    Raises
    ------
    InputError
        With every mistake in the sheet.
    WrongUse
        If the comparison cannot be written where it should be.
    """
    path = page_path(
        output,
        source,
        _("{name}-what-ifs"),
        _("{path}: the comparison is a workbook; name a file in .xlsx."),
    )
    sheet = sheet or source
    if sheet.suffix.lower() != WORKBOOK:
        message = _("{path} has no sheet of what-ifs; name one with --sheet.")
        raise WrongUse(message.format(path=sheet))
    file = read_month(source)
    scenarios = _read(source, sheet, start, file)
    session.say_all(by_hand_lines(file))
    session.begin_search()
    found: list[tuple[Plan, ...]] = []
    for scenario in scenarios:
        if session.stopping.wish.is_set():
            left = "、".join(one.name for one in scenarios[len(found) :])
            session.note(_("Stopped; not planned: {names}").format(names=left))
            break
        found.append(_plans(session, file, scenario, limits.of_search(), plans))
    return _compared(session, source, path, file, found)


def _compared(
    session: Session,
    source: Path,
    path: Path,
    file: RosterFile,
    found: Sequence[tuple[Plan, ...]],
) -> Exit:
    """Write the plans and the comparison, print it, and return the exit code."""
    problem = file.problem
    rulebook = rules_of(problem)
    session.say("")
    places = _plan_paths(source, path, [plans[0].scenario for plans in found])
    answered = [
        Answered(some, PlanFiles(source, place).write(session, some, file))
        for some, place in zip(found, places, strict=True)
    ]
    written = session.keep(lambda place: write_what_ifs(answered, problem, place), path)
    session.say_all(["", _table(answered), ""])
    session.say_written(_("Comparison written: {path}"), written, path)
    code = of_batch(of_plans(one.plans) for one in answered)
    told = [_data(one, rulebook) for one in answered]
    return session.end(code, path=written, scenarios=told)


def _read(
    source: Path, sheet: Path, start: str | None, file: RosterFile
) -> tuple[Scenario, ...]:
    """Return the what-ifs of a sheet; ``start`` is the default of their first date.

    Of several houses it is in the words of the one in whose workbook it stands.
    """
    lines = read_cases(sheet)
    begin = start_of(start)
    cases = [
        case if case.start.text else case._replace(start=begin) for case in lines.cases
    ]
    is_of_house = isinstance(file, HousesFile) and sheet in file.paths
    house = house_at(file, sheet if is_of_house else source)
    given = file.problem, file.roster, lines.mistakes, house
    return parse_scenarios(cases, *given)


def _plan_paths(
    source: Path, comparison: Path, scenarios: Sequence[Scenario]
) -> Iterator[Path]:
    """Yield the path for the first plan of each what-if, no two the same."""
    taken = {comparison.name.casefold()}
    text = _("{name}-what-if-{scenario}")
    for scenario in scenarios:
        own = scenario.name[:LONGEST_NAME]
        for number in count(1):
            name = own if number == 1 else f"{own}-{number}"
            stem = text.format(name=source.stem, scenario=safe_name(name))
            path = comparison.with_name(stem + WORKBOOK)
            if path.name.casefold() not in taken:
                taken.add(path.name.casefold())
                yield path
                break


def _plans(
    session: Session,
    file: RosterFile,
    scenario: Scenario,
    limits: SearchLimits,
    most: int,
) -> tuple[Plan, ...]:
    """Return the plans for a what-if, printing each as it is found."""
    rulebook = rules_of(file.problem)
    session.say("")
    session.say(_("What if: {name}").format(name=scenario.name))
    session.say(scenario_text(scenario, file.problem))
    found: list[Plan] = []
    for plan in plans_of(file, scenario, limits, most, session.stopping.wish):
        session.say(add_plan(plan, found, rulebook))
    return tuple(found)


def _table(answered: Sequence[Answered]) -> str:
    """Return a table with a row for the best plan of each what-if."""
    heads = (_("What if"), _("Verdict"), _("People"), _("Cells"), _("First change"))
    rows = [[*heads, _("Wishes lost"), _("Beyond contracts")]]
    for one in answered:
        sums = plan_sums(one.best)
        verdict, people = plan_verdict(one.best), people_text(len(sums.disturbed))
        nearest = date_text(sums.nearest) if sums.nearest else "-"
        cells, lost = cells_text(sums.cells), str(len(sums.effects.wishes_lost))
        told = (verdict, people, cells, nearest, lost, str(len(sums.contracts)))
        rows.append([one.scenario.name, *told])
    return table(rows, right=(2, 3, 5, 6))


def _data(one: Answered, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "name": one.scenario.name,
        "exit": of_plans(one.plans),
        "scenario": one.scenario,
        "plans": plans_data(one.plans, one.files, rulebook),
    }

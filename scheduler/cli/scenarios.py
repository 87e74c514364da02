"""``shotaki whatif --scenarios``: each what-if of a sheet planned, and all compared."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from scheduler.audit.changes.plans import plan_sums
from scheduler.cli.arguments import checked_output
from scheduler.cli.failures import WrongUse
from scheduler.cli.plan_files import write_plans
from scheduler.cli.plans import plan_data, plan_text, scenario_text
from scheduler.cli.screen import table
from scheduler.domain.errors import Exit
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import read_roster
from scheduler.files.saving import safe_name
from scheduler.files.workbook.roster.scenarios import read_cases
from scheduler.files.workbook.what_ifs import Answered, write_what_ifs
from scheduler.rulebook import load
from scheduler.whatif.mending import plans_of
from scheduler.whatif.scenario_parser import scenarios_of
from scheduler.wording.exits import of_batch, of_plans
from scheduler.wording.names import cells_text, people_text
from scheduler.wording.plans import plan_verdict
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scheduler.cli.session import Session
    from scheduler.domain.plan import Plan
    from scheduler.domain.record import RosterFile
    from scheduler.domain.scenario import Scenario, Words
    from scheduler.rulebook import Rulebook
    from scheduler.solver.search import SearchLimits

LONGEST_NAME = 40
"""Letters of a what-if's name that go into the name of a file."""


def plan_scenarios(
    session: Session,
    source: Path,
    *,
    sheet: Path,
    output: Path | None,
    start: Words,
    plans: int,
    limits: SearchLimits,
) -> Exit:
    """Plan every what-if of a sheet, write its plans, and compare them.

    Parameters
    ----------
    source
        The roster.
    sheet
        The workbook with the sheet; the roster itself if it is one.
    output
        The comparison; beside the roster if not given.
    start
        First date that may change, where the sheet does not say.
    plans
        Most plans of each.
    limits
        Of each what-if.

    Returns
    -------
    Exit
        That of the worst.

    Raises
    ------
    InputError
        With every mistake in the sheet.
    WrongUse
        If the comparison cannot be written where it should be.
    """
    path = _comparison_path(source, output)
    if sheet.suffix.lower() != WORKBOOK:
        message = _("{path} has no sheet of what-ifs; name one with --scenarios-from.")
        raise WrongUse(message.format(path=sheet))
    file = read_roster(source)
    lines = read_cases(sheet)
    cases = [
        case if case.start.text else case._replace(start=start) for case in lines.cases
    ]
    scenarios = scenarios_of(cases, file.problem, file.roster, lines.mistakes)
    rulebook = load(file.problem.period)
    if file.changed:
        message = _("Cells edited by hand since the plan, which stay: {count}")
        session.say(message.format(count=len(file.changed)))
    session.stopping.keep()
    found: list[tuple[Plan, ...]] = []
    for scenario in scenarios:
        if session.stopping.wish.is_set():
            left = "、".join(one.name for one in scenarios[len(found) :])
            session.note(_("Stopped; not planned: {names}").format(names=left))
            break
        found.append(_plans(session, file, scenario, limits, plans, rulebook))
    session.say("")
    places = _plan_paths(source, path, scenarios[: len(found)])
    answered = [
        Answered(some, write_plans(session, source, place, some))
        for some, place in zip(found, places, strict=True)
    ]
    written = session.keep(
        lambda place: write_what_ifs(answered, file.problem, place), path
    )
    session.say("")
    session.say(_table(answered))
    session.say("")
    session.say(_("Comparison written: {path}").format(path=written))
    session.say_left(path, written)
    code = session.code(of_batch(of_plans(one.plans) for one in answered))
    session.give(
        {
            "exit": int(code),
            "path": str(written),
            "scenarios": [_data(one, rulebook) for one in answered],
        }
    )
    return code


def _comparison_path(source: Path, output: Path | None) -> Path:
    name = _("{name}-what-ifs").format(name=source.stem) + WORKBOOK
    path = checked_output(output, default=source.with_name(name), of=source)
    if path.suffix.lower() != WORKBOOK:
        message = _("{path}: the comparison is a workbook; name a file in .xlsx.")
        raise WrongUse(message.format(path=path))
    return path


def _plan_paths(
    source: Path, comparison: Path, scenarios: Sequence[Scenario]
) -> Iterator[Path]:
    """Yield where the first plan of each what-if belongs, no two alike."""
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
    rulebook: Rulebook,
) -> tuple[Plan, ...]:
    """Plan a what-if and tell of it."""
    session.say("")
    session.say(_("What if: {name}").format(name=scenario.name))
    session.say(scenario_text(scenario, file.problem))
    found: list[Plan] = []
    for plan in plans_of(file, scenario, limits, most, session.stopping.wish):
        found.append(plan)
        session.say(plan_text(plan, len(found), rulebook))
    return tuple(found)


def _table(answered: Sequence[Answered]) -> str:
    """Write the what-ifs below each other, the best plan of each."""
    heads = (_("What if"), _("Verdict"), _("People"), _("Cells"), _("First change"))
    rows = [[*heads, _("Wishes lost"), _("Beyond contracts")]]
    rows += ([one.scenario.name, *_cells(one.best)] for one in answered)
    return table(rows, right=(2, 3, 5, 6))


def _cells(plan: Plan) -> list[str]:
    sums = plan_sums(plan)
    return [
        plan_verdict(plan),
        people_text(len(sums.disturbed)),
        cells_text(sums.cells),
        date_text(sums.nearest) if sums.nearest else "-",
        str(len(sums.effects.wishes_lost)),
        str(len(sums.contracts)),
    ]


def _data(one: Answered, rulebook: Rulebook) -> dict[str, Any]:
    scenario, plans = one.scenario, one.plans
    return {
        "name": scenario.name,
        "exit": int(of_plans(plans)),
        "scenario": scenario.model_dump(mode="json"),
        "plans": [
            {"path": str(path), **plan_data(plan, number, rulebook)}
            for number, (path, plan) in enumerate(
                zip(one.files, plans, strict=True), start=1
            )
        ],
    }

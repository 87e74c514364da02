"""Plans for what is told on the line, and the one of them that is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.cli.accepting import accept_now, accepted_data, accepted_text
from scheduler.cli.failures import WrongUse
from scheduler.cli.mending import look_for_repairs, write_repairs
from scheduler.cli.plan_files import checked_plan_output, write_plans
from scheduler.cli.plans import plan_data, plan_text, scenario_text
from scheduler.cli.scenario import read_scenario
from scheduler.domain.errors import Exit
from scheduler.files.rosters import read_roster
from scheduler.files.saving import prepare_replacing
from scheduler.rulebook import load
from scheduler.solver.search import Search
from scheduler.whatif.mending import needs_mending, plans_of
from scheduler.wording.exits import of_check, of_plans
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.cli.scenario import Told
    from scheduler.cli.session import Session
    from scheduler.domain.plan import Plan
    from scheduler.solver.search import SearchLimits


def plan_rest(
    session: Session,
    source: Path,
    told: Told,
    *,
    output: Path | None,
    plans: int,
    limits: SearchLimits,
    accept: int | None,
    why: str,
    advice: bool = True,
) -> Exit:
    """Plan the rest of a month, tell whom to call, and write a file for each plan.

    Parameters
    ----------
    source
        The roster.
    told
        What has happened.
    output
        The first plan; beside the roster if not given.
    plans
        Most plans.
    limits
        Of all of them, and of the advice.
    accept
        Number of the plan that becomes the roster, if one does.
    why
        What is to be remembered of it.
    advice
        Whether causes and repairs are looked for where no plan is legal.

    Returns
    -------
    Exit
        That of the plans, or of the roster as it is once one is accepted.

    Raises
    ------
    InputError
        With every mistake in what was told, or in the roster.
    WrongUse
        If plans cannot be written where they should be, or there is no such plan to
        accept.
    OutputError
        If a file cannot be written, or the roster not replaced by an accepted plan.
    """
    checked_plan_output(source, output)
    file = read_roster(source)
    if accept is not None:
        prepare_replacing(source)
    scenario = read_scenario(told, file.problem, file.roster)
    rulebook = load(file.problem.period)
    session.say(scenario_text(scenario, file.problem))
    if file.changed:
        message = _("Cells edited by hand since the plan, which stay: {count}")
        session.say(message.format(count=len(file.changed)))
    found: list[Plan] = []
    session.stopping.keep()
    stop = session.stopping.wish
    search = Search(limits, stop)
    for plan in plans_of(file, scenario, limits, max(plans, accept or 1), stop):
        found.append(plan)
        session.say("")
        session.say(plan_text(plan, len(found), rulebook))
        if advice and needs_mending(found) and _is_time_to_mend(search):
            break
    mending = look_for_repairs(session, file, found, search) if advice else None
    if mending is not None:
        found[0] = mending.plan
    session.say("")
    paths = write_plans(session, source, output, found)
    if len(found) < plans and not search.is_over and mending is None:
        session.say(_("There is no further plan that spares somebody of each."))
    code = of_plans(found)
    result: dict[str, Any] = {
        "scenario": scenario.model_dump(mode="json"),
        "plans": [
            {"path": str(path), **plan_data(plan, number, rulebook)}
            for number, (path, plan) in enumerate(
                zip(paths, found, strict=True), start=1
            )
        ],
    }
    if mending is not None:
        result["advice"] = write_repairs(session, source, output, mending)
    if accept is not None and stop.is_set():
        session.note(_("Stopped; nothing was accepted."))
    elif accept is not None:
        if accept > len(found):
            message = _("There is no plan {number}; nothing was accepted.")
            raise WrongUse(message.format(number=accept))
        accepted = accept_now(source, paths[accept - 1], why)
        session.say("")
        session.say(accepted_text(accepted, source))
        code = of_check(accepted.findings)
        result["accepted"] = accepted_data(accepted, source)
    code = session.code(code)
    session.give({"exit": int(code), **result})
    return code


def _is_time_to_mend(search: Search) -> bool:
    """Tell whether further plans would take the time that causes and repairs need."""
    needed = search.budgets.advice.on_the_phone
    return search.left < min(needed, search.limits.seconds / 2)

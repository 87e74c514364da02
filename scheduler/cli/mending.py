"""``shotaki whatif`` where no plan is legal: causes, repairs, a file for each."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.plan_files import accepting_line, plan_path, repair_path, write_plan
from scheduler.cli.plans import plan_data
from scheduler.cli.screen import watch
from scheduler.rulebook import load
from scheduler.whatif.mending import Mending, mend, needs_mending
from scheduler.wording.repairs import repair_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.cli.screen import Reporter
    from scheduler.cli.session import Session
    from scheduler.domain.plan import Plan
    from scheduler.domain.record import RosterFile
    from scheduler.solver.search import Search


def look_for_repairs(
    session: Session, file: RosterFile, plans: Sequence[Plan], search: Search
) -> Mending | None:
    """Look for what would make the first plan legal where none is, and say it.

    Parameters
    ----------
    search
        Whose set-up and time are those of the command.
    """
    stop = session.stopping.wish
    if not needs_mending(plans) or stop.is_set():
        return None
    plan = plans[0]

    def run(report: Reporter) -> Mending:
        limits = replace(search.limits, seconds=search.left)
        return mend(file, plan, limits, on_progress=report, stop=stop)

    mending = watch(run, sys.stderr)
    rulebook = load(plan.problem.period)
    session.say("")
    session.say(advice_text(plan.problem, mending.plan.roster, rulebook))
    return mending


def write_repairs(
    session: Session, source: Path, output: Path | None, mending: Mending
) -> dict[str, Any]:
    """Write a file for each repair beside the plan's; parameters as `write_plans`.

    Returns
    -------
    dict
        The advice for a program, each repair with its file and roster.
    """
    plan = mending.plan
    rulebook = load(plan.problem.period)
    told: dict[str, Any] = advice_data(plan.problem, plan.roster, rulebook) or {}
    first = plan_path(source, output, 1)
    for number, mended in enumerate(mending.mended, start=1):
        path = repair_path(first, number)
        written = session.keep(partial(write_plan, mended, (mended,)), path)
        text = _("{repair} written: {path}")
        session.say(text.format(repair=repair_name(number), path=written))
        session.say_left(path, written)
        line = accepting_line(source, path, 1, written)
        session.say("  " + _("To accept it: {line}").format(line=line))
        told["repairs"][number - 1] |= {
            "path": str(written),
            "plan": plan_data(mended, 1, rulebook),
        }
    return told

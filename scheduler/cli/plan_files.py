"""Where plans for the rest of a month are written, and which of them is meant."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from scheduler.cli.arguments import checked_output, path_of_candidate
from scheduler.cli.failures import WrongUse
from scheduler.files.saving import taken_names
from scheduler.wording.command_line import command_line
from scheduler.wording.translation import _, language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.cli.session import Session
    from scheduler.domain.plan import Plan


def checked_plan_output(source: Path, output: Path | None) -> None:
    """Say at once if plans cannot be written there.

    Raises
    ------
    WrongUse
        If the path has another format, no folder, or is the roster itself.
    """
    from scheduler.cli.whatif import MOST_PLANS
    from scheduler.files.saving import check_name

    first = checked_output(output, default=plan_path(source, None, 1), of=source)
    check_name(plan_path(source, output, MOST_PLANS))
    check_name(repair_path(first, MOST_PLANS))


def plan_path(source: Path, output: Path | None, number: int) -> Path:
    """Return where a plan belongs.

    Parameters
    ----------
    source
        The roster.
    output
        The first plan as named on the line; plans lie beside the roster if it is not.
    number
        Of the plan, from 1.
    """
    if output is not None:
        return path_of_candidate(output, number)
    name = _("{name}-plan{number}").format(name=source.stem, number=number)
    return source.with_name(f"{name}.xlsx")


def repair_path(plan: Path, number: int) -> Path:
    """Return where a plan belongs that one of its repairs makes legal."""
    name = _("{plan}-repair{number}").format(plan=plan.stem, number=number)
    return plan.with_stem(name)


def existing_plan(source: Path, output: Path | None, number: int) -> Path:
    """Return the file of a plan that was written before; parameters as `plan_path`.

    Raises
    ------
    WrongUse
        If there is none, or it is not clear which of several is meant.
    """
    path = plan_path(source, output, number)
    found = taken_names(path) if output is None else (path,)
    if len(found) > 1:
        message = _("Several files hold a plan {number}: {paths}. Name one with -o.")
        paths = "、".join(map(str, found))
        raise WrongUse(message.format(number=number, paths=paths))
    if os.path.realpath(path) == os.path.realpath(source):
        message = _("{path} is the input itself; choose another name.")
        raise WrongUse(message.format(path=path))
    if not os.path.isfile(path):
        message = _(
            "There is no plan {number}: {path} is missing. Say what has happened, so "
            "that plans are made, or name the first plan with -o."
        )
        raise WrongUse(message.format(number=number, path=path))
    return path


def write_plans(
    session: Session, source: Path, output: Path | None, plans: Sequence[Plan]
) -> tuple[Path, ...]:
    """Write a file for each plan, say where and how to accept it; return where."""
    paths = []
    for number, plan in enumerate(plans, start=1):
        path = plan_path(source, output, number)
        written = session.keep(partial(write_plan, plan, plans), path)
        paths.append(written)
        session.say(_("Plan written: {path}").format(path=written))
        session.say_left(path, written)
        line = accepting_line(source, output, number, written)
        session.say("  " + _("To accept it: {line}").format(line=line))
    return tuple(paths)


def write_plan(plan: Plan, plans: Sequence[Plan], path: Path) -> Path:
    """Write one of several plans, as `write_roster` does."""
    from scheduler.files.rosters import write_roster

    return write_roster(path, plan.problem, plan.roster, plan.findings, plans=plans)


def accepting_line(
    source: Path, output: Path | None, number: int, written: Path
) -> str:
    """Return the line that accepts a plan; parameters as `plan_path`.

    Parameters
    ----------
    written
        Where the plan was written.
    """
    words = ["whatif", str(source), "--accept"]
    if language() != "ja":
        words[0:0] = ["--lang", language()]
    if output is not None and written == plan_path(source, output, number):
        words += [str(number), "-o", str(output)]
    elif output is None and taken_names(plan_path(source, None, number)) == (written,):
        words += [str(number)]
    else:
        words += ["1", "-o", str(written)]
    return command_line(words)

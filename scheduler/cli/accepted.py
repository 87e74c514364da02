"""A plan that becomes the roster: accepted, as text and as JSON data."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.audit.figures.summary import kept, summarise
from scheduler.cli.failures import WrongUse
from scheduler.cli.overview import listed
from scheduler.cli.plans import PlanFiles
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.domain.homes import HousesFile
from scheduler.files.houses import read_month
from scheduler.files.outdated import outdated
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.rulebook import rules_of
from scheduler.whatif.accepting import Accepted, accept
from scheduler.wording.advice import entering_there_texts
from scheduler.wording.command_line import command_line, of_check
from scheduler.wording.plans import change_text, version_name
from scheduler.wording.translation import _
from scheduler.wording.verdict import summary_texts, verdict_text


def accept_plan(
    session: Session,
    source: Path,
    plan: str,
    why: str = "",
) -> Exit:
    """Make a plan the roster, with what was edited in its file since.

    Raises
    ------
    WrongUse
        If there is no such plan, several may be meant, or it is the roster itself.
    """
    is_number = plan.isdecimal()
    chosen = PlanFiles(source).existing(int(plan)) if is_number else Path(plan)
    if os.path.realpath(chosen) == os.path.realpath(source):
        message = _("{path} is the input itself; choose another name.")
        raise WrongUse(message.format(path=chosen))
    accepted = accept_now(source, chosen, why)
    session.say_all(accepted_lines(accepted))
    write_wall(session, accepted)
    return session.end(of_accepted(accepted), accepted=accepted_data(accepted))


def write_wall(session: Session, accepted: Accepted) -> None:
    """Write the wall sheet of all houses anew, if there are several."""
    if accepted.others:
        file = read_month(accepted.path)
        assert isinstance(file, HousesFile)
        wanted = wall_of_all_path(file.paths[0])
        write = partial(write_wall_of_all, problem=file.joint, roster=file.roster)
        wall = session.keep(write, wanted)
        session.say("")
        text = _("Wall sheet of all houses written: {path}")
        session.say_written(text, wall, wanted)


def of_accepted(accepted: Accepted) -> Exit:
    """Return the exit code of an accepted plan, with those of the other houses."""
    findings = (f for one in (accepted, *accepted.others) for f in one.findings)
    return of_check(tuple(findings))


def accept_now(source: Path, chosen: Path, why: str) -> Accepted:
    """Accept a plan at the present time; parameters and errors as of `accept`."""
    return accept(source, chosen, dt.datetime.now().replace(microsecond=0), why)


def accepted_data(accepted: Accepted) -> dict[str, Any]:
    """Return an accepted plan as JSON data, with texts beside the values."""
    changes = accepted.revision.changes
    others = [accepted_data(one) for one in accepted.others]
    there = list(entering_there_texts(accepted.revision.scenario))
    return {
        "path": accepted.path,
        "kept": accepted.kept,
        "cells_by_hand": accepted.by_hand,
        "typed": accepted.typed,
        "outdated": [one.path for one in outdated(accepted.path)],
        "verdict": verdict_text(kept(accepted.problem, accepted.findings)),
        "revision": worded(
            accepted.revision,
            texts=[
                f"{change.staff} {change_text(change, accepted.problem)}"
                for change in changes
            ],
        ),
        "breaches": [one for one in accepted.findings if one.stance.is_hard],
        **({"enter_there": there} if there else {}),
        **({"others": others} if others else {}),
    }


def accepted_lines(accepted: Accepted) -> Iterator[str]:
    """Yield lines on an accepted plan: its version, the old one's file, breaches."""
    version = accepted.revision.version
    yield _("Accepted: {path} is {version} of the roster now.").format(
        path=accepted.path, version=version_name(version)
    )
    yield _("The version before is kept: {path}").format(path=accepted.kept)
    if accepted.by_hand:
        yield _("Cells of the plan edited by hand, and taken over: {count}").format(
            count=accepted.by_hand
        )
    yield from _typed(accepted)
    yield from outdated_lines(accepted.path)
    yield from entering_there_texts(accepted.revision.scenario)
    summary = summarise(accepted.problem, accepted.roster, accepted.findings)
    yield from summary_texts(summary)
    broken = (*summary.breaches, *summary.contracts)
    yield from listed(broken, rules_of(accepted.problem))
    for other in accepted.others:
        yield ""
        yield f"== {other.problem.office.name} =="
        yield from accepted_lines(other)


def outdated_lines(roster: Path) -> Iterator[str]:
    """Yield lines on what still shows an earlier version, and how it is made anew."""
    found = outdated(roster)
    if not found:
        return
    yield _("Not made anew; it shows the roster as it was before:")
    for one in found:
        yield f"  ・{one.path}"
    options: dict[str, list[str]] = {}
    for command, *more in sorted({one.again for one in found}):
        options.setdefault(command, []).extend(more)
    text = _("To make it anew: {line}")
    for command, more in options.items():
        yield "  " + text.format(line=command_line([command, str(roster), *more]))


def _typed(accepted: Accepted) -> Iterator[str]:
    """Yield lines on other typed entries: those carried over, and those lost."""
    carried, lost = accepted.typed.carried, accepted.typed.lost
    if carried:
        text = _("Typed by hand, and carried over: {count} (sheets: {sheets})")
        sheets = "、".join(dict.fromkeys(one.sheet for one in carried))
        yield text.format(count=len(carried), sheets=sheets)
    if lost:
        text = _("Typed by hand and NOT carried over; it stands only here: {count}")
        yield text.format(count=len(lost))
        for one in lost:
            file = accepted.kept.name if one.file == accepted.path.name else one.file
            parts = (file, one.sheet, one.cell, one.text)
            yield "  ・" + " ".join(part for part in parts if part)

"""Accepting a plan on the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.audit.figures.summary import kept, summarise
from scheduler.cli.overview import listed
from scheduler.cli.plan_files import existing_plan
from scheduler.rulebook import load
from scheduler.whatif.accepting import accept
from scheduler.wording.exits import of_check
from scheduler.wording.plans import change_text, version_name
from scheduler.wording.translation import _
from scheduler.wording.verdict import verdict_line, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scheduler.cli.session import Session
    from scheduler.domain.errors import Exit
    from scheduler.whatif.accepting import Accepted


def accept_written(
    session: Session, source: Path, output: Path | None, number: int, why: str
) -> Exit:
    """Accept a plan that was written before, with what was edited in it since.

    Parameters
    ----------
    source
        The roster.
    output
        The first plan; beside the roster if not given.
    number
        Of the plan, from 1.
    why
        What is to be remembered of it.

    Raises
    ------
    WrongUse
        If there is no such plan.
    """
    chosen = existing_plan(source, output, number)
    accepted = accept_now(source, chosen, why)
    session.say(accepted_text(accepted, source))
    code = of_check(accepted.findings)
    data = accepted_data(accepted, source)
    session.give({"exit": int(code), "accepted": data})
    return code


def accept_now(source: Path, chosen: Path, why: str) -> Accepted:
    """Make a plan the roster as of now; parameters and errors as `accept` has."""
    return accept(source, chosen, dt.datetime.now().replace(microsecond=0), why)


def accepted_text(accepted: Accepted, source: Path) -> str:
    """Write what the roster is now, where the one before is, and what is not kept."""
    return "\n".join(_lines(accepted, source))


def accepted_data(accepted: Accepted, source: Path) -> dict[str, Any]:
    """Return what was accepted for a program, with its words beside the values."""
    revision = accepted.revision
    return {
        "path": str(source),
        "kept": str(accepted.kept),
        "cells_by_hand": accepted.by_hand,
        "typed": accepted.typed.model_dump(mode="json"),
        "verdict": verdict_text(kept(accepted.problem, accepted.findings)),
        "revision": {
            **revision.model_dump(mode="json"),
            "texts": [
                f"{change.staff} {change_text(change, accepted.problem)}"
                for change in revision.changes
            ],
        },
        "breaches": [
            finding.model_dump(mode="json")
            for finding in accepted.findings
            if finding.stance.is_hard
        ],
    }


def _lines(accepted: Accepted, source: Path) -> Iterator[str]:
    version = accepted.revision.version
    yield _("Accepted: {path} is {version} of the roster now.").format(
        path=source, version=version_name(version)
    )
    yield _("The version before is kept: {path}").format(path=accepted.kept)
    if accepted.by_hand:
        yield _("Cells of the plan edited by hand, and taken over: {count}").format(
            count=accepted.by_hand
        )
    yield from _typed(accepted, source)
    summary = summarise(accepted.problem, accepted.roster, accepted.findings)
    yield verdict_line(summary.kept)
    broken = (*summary.breaches, *summary.contracts)
    yield from listed(broken, load(accepted.problem.period))


def _typed(accepted: Accepted, source: Path) -> Iterator[str]:
    """Write what else was typed by hand, and what of it the new version has not."""
    carried, lost = accepted.typed.carried, accepted.typed.lost
    if carried:
        text = _("Typed by hand, and carried over: {count} (sheets: {sheets})")
        sheets = "、".join(dict.fromkeys(one.sheet for one in carried))
        yield text.format(count=len(carried), sheets=sheets)
    if lost:
        text = _("Typed by hand and NOT carried over; it stands only here: {count}")
        yield text.format(count=len(lost))
        for one in lost:
            file = accepted.kept.name if one.file == source.name else one.file
            parts = (file, one.sheet, one.cell, one.text)
            yield "  ・" + " ".join(part for part in parts if part)

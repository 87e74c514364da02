"""Plans for the rest of a month: as text, as JSON data, and as files to accept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.audit.changes.plans import Call, PlanSums, phone_list, plan_sums
from scheduler.audit.figures.summary import summarise
from scheduler.cli.arguments import checked_output, in_house, path_of_candidate
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import MOST_PLANS
from scheduler.cli.session import Session, worded
from scheduler.domain.homes import HousesFile
from scheduler.domain.plan import Plan, number_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterFile
from scheduler.domain.scenario import Scenario
from scheduler.files.paths import taken_names
from scheduler.files.rosters import write_roster
from scheduler.files.saving import check_name
from scheduler.rulebook import Rulebook
from scheduler.whatif.mending import plans_of_houses
from scheduler.wording.command_line import command_line
from scheduler.wording.empty_nights import emptied_night_texts
from scheduler.wording.findings import finding_text
from scheduler.wording.gathered import gathered
from scheduler.wording.names import cells_text, first_of, people_text
from scheduler.wording.plans import (
    by_text,
    change_text,
    claim_text,
    effect_texts,
    plan_name,
    plan_verdict,
    return_texts,
    scenario_texts,
    why_texts,
)
from scheduler.wording.translation import _, language
from scheduler.wording.verdict import summary_texts

MOST_BREACHES = 5
"""Breaches of a plan that are listed; the pages in the workbook have them all."""


def scenario_text(scenario: Scenario, problem: Problem) -> str:
    """Return a scenario as text."""
    texts = scenario_texts(scenario, problem)
    return "\n".join((_("What has happened:"), *(f"- {text}" for text in texts)))


def by_hand_lines(file: RosterFile) -> Iterator[str]:
    """Yield a line with the number of cells edited by hand, if there are any."""
    if file.changed:
        message = _("Cells edited by hand since the plan, which stay: {count}")
        yield message.format(count=len(file.changed))


def add_plan(plan: Plan, found: list[Plan], rulebook: Rulebook) -> str:
    """Put a plan among those found, and return the text that tells of it.

    Of one that is there already, and comes again, only what is known of it now.
    """
    number = number_of(plan, found)
    is_known = number <= len(found)
    found[number - 1 : number] = [plan]
    if not is_known:
        return "\n".join(_lines(plan, number, rulebook))
    claim = claim_text(plan, number)
    return _("{plan}: {claim}").format(plan=plan_name(number), claim=claim)


def plan_data(plan: Plan, number: int, rulebook: Rulebook) -> dict[str, Any]:
    """Return a plan as JSON data, with texts beside the values."""
    sums = plan_sums(plan)
    return {
        "name": plan_name(number),
        "legal": plan.is_legal,
        "verdict": plan_verdict(plan),
        "is_least": plan.is_least,
        "gain": plan.gain,
        "disturbed": plan.disturbed,
        "cells": sums.cells,
        "nearest": sums.nearest,
        "changes": [
            worded(change, text=change_text(change, plan.problem))
            for change in plan.changes
        ],
        "calls": [
            {
                "staff": call.staff,
                "by": call.by,
                "asks": [change_text(change, plan.problem) for change in call.changes],
                "why": tuple(why_texts(call, rulebook)),
                "returns": tuple(return_texts(call)),
            }
            for call in phone_list(plan)
        ],
        "breaches": [
            worded(finding, text=finding_text(finding, rulebook))
            for finding in (*sums.breaches, *sums.contracts)
        ],
        "empty_nights": emptied_night_texts(plan),
        "wishes_lost": sums.effects.wishes_lost,
        "wishes_won": sums.effects.wishes_won,
    }


def plans_data(
    plans: Sequence[Plan], paths: Sequence[Path], rulebook: Rulebook
) -> list[dict[str, Any]]:
    """Return plans as JSON data, each with the path of its file."""
    return [
        {"path": path, **plan_data(plan, number, rulebook)}
        for number, (path, plan) in enumerate(zip(paths, plans, strict=True), start=1)
    ]


def _lines(plan: Plan, number: int, rulebook: Rulebook) -> Iterator[str]:
    """Yield whether a plan is legal, whom to call for what, and what it costs."""
    sums = plan_sums(plan)
    yield _("{plan}: {verdict} ({claim})").format(
        plan=plan_name(number),
        verdict=plan_verdict(plan),
        claim=claim_text(plan, number),
    )
    yield from _broken(sums, rulebook)
    calls = phone_list(plan)
    if calls:
        yield "  " + _("Call in this order:")
    else:
        yield "  " + _("Nobody has to be asked.")
    for place, call in enumerate(calls, start=1):
        yield from _call(place, call, plan, rulebook)
    yield "  " + _("to be asked: {people}, {cells}").format(
        people=people_text(len(sums.disturbed)), cells=cells_text(sums.cells)
    )
    for text in (*emptied_night_texts(plan), *effect_texts(sums.effects)):
        yield f"  {text}"
    summary = summarise(plan.problem, plan.roster, plan.findings)
    for text in islice(summary_texts(summary), 1, None):
        yield f"  {text}"


def _broken(sums: PlanSums, rulebook: Rulebook) -> Iterator[str]:
    texts = [
        f"{'×' if one.first.stance.is_hard else '△'} {one.text}"
        for one in gathered((*sums.breaches, *sums.contracts), rulebook)
    ]
    yield from (f"  {text}" for text in first_of(texts, MOST_BREACHES))


def _call(place: int, call: Call, plan: Plan, rulebook: Rulebook) -> Iterator[str]:
    asks = "、".join(change_text(change, plan.problem) for change in call.changes)
    yield f"  {place}. {call.staff}: {asks}"
    why = _("; ").join(why_texts(call, rulebook))
    yield f"     {by_text(call)}; {why}"
    returns = return_texts(call)
    if returns:
        told = _("; ").join(returns)
        yield "     " + _("in return: {what}").format(what=told)


class PlanFiles(NamedTuple):
    """The paths of the files of plans for a roster.

    Attributes
    ----------
    output
        The first plan's file as given on the command line; if not given, plans are
        written beside the roster.
    """

    source: Path
    output: Path | None = None

    def check(self) -> None:
        """Check, before any work, that plans can be written.

        Raises
        ------
        WrongUse
            If the path has another format, no folder, or is the roster itself.
        """
        default = PlanFiles(self.source).plan(1)
        checked_output(self.output, default=default, of=self.source)
        check_name(self.plan(MOST_PLANS))
        check_name(self.repair(MOST_PLANS))

    def plan(self, number: int) -> Path:
        """Return the path for a plan, by its number from 1."""
        if self.output is not None:
            return path_of_candidate(self.output, number)
        name = _("{name}-plan{number}").format(name=self.source.stem, number=number)
        return self.source.with_name(f"{name}.xlsx")

    def repair(self, number: int) -> Path:
        """Return the path for the first plan made legal by the repair of a number."""
        first = self.plan(1)
        name = _("{plan}-repair{number}").format(plan=first.stem, number=number)
        return first.with_stem(name)

    def existing(self, number: int) -> Path:
        """Return the path of a plan that was written before.

        Raises
        ------
        WrongUse
            If there is no such file, or several may be meant.
        """
        path = self.plan(number)
        found = taken_names(path) if self.output is None else (path,)
        if len(found) > 1:
            message = _(
                "Several files hold a plan {number}: {paths}. Name the one you mean."
            )
            paths = "、".join(map(str, found))
            raise WrongUse(message.format(number=number, paths=paths))
        if not os.path.isfile(path):
            message = _(
                "There is no plan {number}: {path} is missing. Name the file of a "
                "plan, or make plans with `whatif`."
            )
            raise WrongUse(message.format(number=number, path=path))
        return path

    def accepting_line(self, number: int, written: Path) -> str:
        """Return the command line that accepts the plan written to a file."""
        beside = PlanFiles(self.source).plan(number)
        is_clear = self.output is None and taken_names(beside) == (written,)
        words = ["accept", str(self.source), str(number) if is_clear else str(written)]
        if language() != "ja":
            words[0:0] = ["--lang", language()]
        return command_line(words)

    def write(
        self, session: Session, plans: Sequence[Plan], file: RosterFile
    ) -> tuple[Path, ...]:
        """Write a file for each plan, and return their paths.

        Path and command to accept the plan are printed for each.  Where several houses
        are planned together, each plan has a file for each, beside that of the source.

        Parameters
        ----------
        file
            The roster that the plans would replace.
        """
        text = _("Plan written: {path}")
        paths = []
        for number in range(1, len(plans) + 1):
            paths.append(self.write_one(session, plans, number, file, text))
            line = self.accepting_line(number, paths[-1])
            session.say("  " + _("To accept it: {line}").format(line=line))
        return tuple(paths)

    def write_one(
        self,
        session: Session,
        plans: Sequence[Plan],
        number: int,
        file: RosterFile,
        text: str,
    ) -> Path:
        """Write the file of one of several plans, and return its path.

        Parameters
        ----------
        text
            Printed for each file, with its path in place of ``{path}``.
        """
        if not isinstance(file, HousesFile):
            return write_plan(
                session, plans[number - 1], plans, self.plan(number), text
            )
        parts = [
            plans_of_houses(plan, file.houses, self._names(place, file.paths))
            for place, plan in enumerate(plans, start=1)
        ]
        found = self.plan(number)
        for house, source in enumerate(file.paths):
            path = in_house(self.plan(number), self.source, source)
            every = [one[house] for one in parts]
            whole = plans[number - 1]
            written = write_plan(session, every[number - 1], every, path, text, whole)
            found = written if source == self.source else found
        return found

    def _names(self, number: int, sources: Iterable[Path]) -> list[str]:
        return [
            in_house(self.plan(number), self.source, source).name for source in sources
        ]


def write_plan(
    session: Session,
    plan: Plan,
    plans: Sequence[Plan],
    path: Path,
    text: str,
    whole: Plan | None = None,
) -> Path:
    """Write the file of one of several plans, and return its path.

    ``text``, with the path in place of ``{path}``, is printed.  ``whole`` is the plan
    of all houses, where the plan is that of one of several.
    """
    given: dict[str, Any] = {"roster": plan.roster, "findings": plan.findings}
    if whole is not None:
        given["whole"] = AuditedMonth(whole.problem, whole.roster, whole.findings)
    write = partial(write_roster, problem=plan.problem, plans=plans, **given)
    written = session.keep(write, path)
    session.say_written(text, written, path)
    return written

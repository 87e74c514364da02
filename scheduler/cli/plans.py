"""Plans for the rest of a month on the terminal."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from scheduler.audit.changes.plans import phone_list, plan_sums
from scheduler.wording.findings import finding_text, gathered
from scheduler.wording.names import cells_text, people_text
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
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.changes.plans import Call, PlanSums
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.scenario import Scenario
    from scheduler.rulebook import Rulebook

MOST_BREACHES = 5
"""Breaches told one by one; the pages in the workbook have them all."""


def scenario_text(scenario: Scenario, problem: Problem) -> str:
    """Write what has happened."""
    texts = scenario_texts(scenario, problem)
    return "\n".join((_("What has happened:"), *(f"- {text}" for text in texts)))


def plan_text(plan: Plan, number: int, rulebook: Rulebook) -> str:
    """Write a plan: legal or not, whom to call for what, what it costs."""
    return "\n".join(_lines(plan, number, rulebook))


def plan_data(plan: Plan, number: int, rulebook: Rulebook) -> dict[str, Any]:
    """Return a plan for a program, with its words beside the values."""
    sums = plan_sums(plan)
    return {
        "name": plan_name(number),
        "legal": plan.is_legal,
        "verdict": plan_verdict(plan),
        "is_least": plan.is_least,
        "disturbed": list(plan.disturbed),
        "cells": sums.cells,
        "nearest": sums.nearest.isoformat() if sums.nearest else None,
        "changes": [
            {
                **change.model_dump(mode="json"),
                "text": change_text(change, plan.problem),
            }
            for change in plan.changes
        ],
        "calls": [
            {
                "staff": call.staff,
                "by": call.by.isoformat(),
                "asks": [change_text(change, plan.problem) for change in call.changes],
                "why": list(why_texts(call, rulebook)),
                "returns": list(return_texts(call)),
            }
            for call in phone_list(plan)
        ],
        "breaches": [
            {
                **finding.model_dump(mode="json"),
                "text": finding_text(finding, rulebook),
            }
            for finding in (*sums.breaches, *sums.contracts)
        ],
        "wishes_lost": [
            wish.model_dump(mode="json") for wish in sums.effects.wishes_lost
        ],
        "wishes_won": [
            wish.model_dump(mode="json") for wish in sums.effects.wishes_won
        ],
    }


def _lines(plan: Plan, number: int, rulebook: Rulebook) -> Iterator[str]:
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
    for text in effect_texts(sums.effects):
        yield f"  {text}"


def _broken(sums: PlanSums, rulebook: Rulebook) -> Iterator[str]:
    found = gathered((*sums.breaches, *sums.contracts), rulebook)
    for one in islice(found, MOST_BREACHES):
        sign = "×" if one.first.stance.is_hard else "△"
        yield f"  {sign} {one.text}"
    if len(found) > MOST_BREACHES:
        yield "  " + _("and {more} more").format(more=len(found) - MOST_BREACHES)


def _call(place: int, call: Call, plan: Plan, rulebook: Rulebook) -> Iterator[str]:
    asks = "、".join(change_text(change, plan.problem) for change in call.changes)
    yield f"  {place}. {call.staff}: {asks}"
    why = _("; ").join(why_texts(call, rulebook))
    yield f"     {by_text(call)}; {why}"
    returns = return_texts(call)
    if returns:
        told = _("; ").join(returns)
        yield "     " + _("in return: {what}").format(what=told)

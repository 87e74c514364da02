"""What nobody would notice if it were missing is redundant or untested.

Every rule is taken out of the model in turn; on a roster that breaks this rule alone
the model must then disagree with the audit, which still has it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

import scheduler.model
from scheduler.audit import audit
from scheduler.constraints import EXCLUSIONS, RULES, Exclusion
from scheduler.domain.finding import Stance
from tests.fixing import Verdict, any_allowed, judge
from tests.worlds import a_problem, disturbed

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

    Case = tuple[Problem, Roster]

SEEDS = 350
"""Enough draws for every rule to be broken by some roster."""


@pytest.fixture(scope="module")
def witnesses() -> dict[str, list[Case]]:
    """Rosters by a rule they break: alone if it is enforced, or at a price."""
    found: dict[str, list[Case]] = defaultdict(list)
    for seed in range(SEEDS):
        rnd = random.Random(seed)
        problem = a_problem(rnd)
        allowed = any_allowed(problem, seed)
        for _ in range(6):
            roster = disturbed(rnd, problem, allowed)
            findings = audit(problem, roster)
            enforced = {f.rule for f in findings if f.stance is Stance.ENFORCED}
            priced = {f.rule for f in findings if f.stance is not Stance.REPORT}
            for rule in enforced if len(enforced) == 1 else priced - enforced:
                if not enforced or rule in enforced:
                    found[rule].append((problem, roster))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("rule", [rule for rule, _ in RULES])
def test_a_missing_rule_is_noticed(
    rule: str, witnesses: dict[str, list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule the model finds less wrong with a roster that breaks it."""
    left = tuple(entry for entry in RULES if entry[0] != rule)
    _assert_noticed(witnesses[rule], "RULES", left, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["L-01", "A-15", "F-09"])
def test_a_missing_exclusion_is_noticed(
    rule: str, witnesses: dict[str, list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an exclusion the model has a variable for what the audit refuses."""
    left = tuple(
        (name, Exclusion(lambda *cell: False) if name == rule else exclusion)
        for name, exclusion in EXCLUSIONS
    )
    _assert_noticed(witnesses[rule], "EXCLUSIONS", left, monkeypatch)


def _assert_noticed(
    cases: list[Case],
    registry: str,
    left: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert cases, "no roster of the draws breaks the rule"
    for problem, roster in cases:
        whole = judge(problem, roster)
        with monkeypatch.context() as patch:
            patch.setattr(scheduler.model, registry, left)
            sabotaged = judge(problem, roster)
        if _lighter(sabotaged, whole):
            return
    pytest.fail("the model says the same without it")


def _lighter(sabotaged: Verdict, whole: Verdict) -> bool:
    if sabotaged.allowed != whole.allowed:
        return sabotaged.allowed
    return sum(sabotaged.amounts.values()) < sum(whole.amounts.values())

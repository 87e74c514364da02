"""Model and audit, written apart, say the same of every roster."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit import audit
from scheduler.domain.stance import LEVELS, Stance
from scheduler.rulebook import load
from tests.fixing import any_allowed, judge
from tests.worlds import a_problem, disturbed

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32))
def test_model_and_audit_agree(seed: int) -> None:
    """Fixed to a roster, the model allows what the audit passes, amount by amount."""
    compare(*draw(seed))


def draw(seed: int) -> tuple[Problem, Roster]:
    """Draw an office, and a roster near to one that the model allows."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    roster = any_allowed(problem, seed=rnd.randint(0, 10_000))
    return problem, disturbed(rnd, problem, roster)


def compare(problem: Problem, roster: Roster) -> None:
    """Hold the model's verdict on a roster against the audit's findings."""
    verdict = judge(problem, roster)
    findings = audit(problem, roster)
    rulebook = load(problem.period)
    enforced = {(f.rule, f.facet) for f in findings if f.stance is Stance.ENFORCED}
    assert verdict.inherited <= enforced
    if verdict.inherited:
        assert verdict.allowed <= (enforced == verdict.inherited)
    else:
        assert verdict.allowed == (not enforced), enforced
    if verdict.allowed:
        amounts: Counter[tuple[str, str]] = Counter()
        for finding in findings:
            if finding.stance in LEVELS and "build" in rulebook[finding.rule].sides:
                amounts[finding.rule, finding.facet] += finding.amount
        amounts = _without_check_only(amounts)
        assert verdict.amounts == dict(amounts)


def _without_check_only(
    amounts: Counter[tuple[str, str]],
) -> Counter[tuple[str, str]]:
    """Leave out what the staff list alone decides, such as a missing nurse."""
    return Counter({k: v for k, v in amounts.items() if k[1] != "on_list" and v})

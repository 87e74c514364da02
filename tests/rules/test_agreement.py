"""Model and audit, written apart, say the same of every roster.

``make agreement`` takes 600 random months.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.domain.agreements import Agreement
from scheduler.domain.finding import LEVELS, Stance
from scheduler.model import build
from scheduler.rulebook import rules_of, yielding
from tests.support.fixing import Verdict, any_allowed, judge
from tests.support.thorough import first_of
from tests.support.worlds import a_problem, disturbed

if TYPE_CHECKING:
    import pytest

    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


FEW = 12
"""Draws of `make test`."""

AGREED = 40
"""Draws that are compared once more with agreements."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draw as many random months as the command line asks for."""
    if "seed" in metafunc.fixturenames:
        number: int = metafunc.config.getoption("--months")
        metafunc.parametrize("seed", first_of(range(number), FEW))


def test_model_and_audit_agree(seed: int) -> None:
    """Fixed to a roster, the model allows what the audit passes, amount by amount.

    So it does in the first draws where of what the roster breaks some is agreed on,
    in part or whole.
    """
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    model = build(problem)
    near = any_allowed(problem, rnd.randint(0, 10_000), model)
    roster = disturbed(rnd, problem, near)
    compare(problem, roster, judge(problem, roster, model=model))
    if seed < AGREED:
        agreed = with_agreements(random.Random(seed), problem, roster)
        compare(agreed, roster, judge(agreed, roster))


def with_agreements(rnd: random.Random, problem: Problem, roster: Roster) -> Problem:
    """Agree on most of what a roster breaks and may give way, or on a part of it."""
    rulebook = rules_of(problem)
    broken: Counter[Spot] = Counter()
    for finding in audit(problem, roster):
        if (finding.rule, finding.facet) in yielding():
            broken[rulebook.spot_of(finding)] += finding.amount
    agreements = tuple(
        Agreement(spot=spot, amount=max(1, amount - rnd.choice([0, 0, 1, amount // 2])))
        for spot, amount in broken.items()
        if rnd.random() < 0.7
    )
    return problem.model_copy(update={"agreements": agreements})


def compare(problem: Problem, roster: Roster, verdict: Verdict) -> None:
    """Hold the model's verdict on a roster against the audit's findings."""
    findings = audit(problem, roster)
    rulebook = rules_of(problem)
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

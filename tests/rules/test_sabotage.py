"""What nobody would notice if it were missing is redundant or untested.

Every rule is taken out of the model in turn; on a roster that breaks this rule alone
the model must then disagree with the audit, which still has it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

import pytest

import scheduler.model
from scheduler.audit import audit
from scheduler.constraints import EXCLUSIONS, RULES, Exclusion
from scheduler.domain.finding import Stance
from scheduler.domain.record import RosterRecord
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.casefiles import cases
from tests.support.fixing import Verdict, any_allowed, judge
from tests.support.worlds import a_problem, disturbed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

    Case = tuple[Problem, Roster]

SEEDS = 350
"""Draws after which no more are made; most rules are broken long before."""


class Witnesses:
    """Rosters that break one rule alone if it is enforced, or at a price.

    First the rule's own cases and what is drawn by hand here, then random ones: they
    are drawn when they are asked for, and kept for the rules that come after.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[Case]] = defaultdict(list)
        self._drawn = self._draw()

    def of(self, rule: str) -> Iterator[Case]:
        """Yield rosters that break a rule."""
        own = [(one.problem, one.roster) for one in cases() if one.rule == rule]
        if rule in BY_HAND:
            own.insert(0, BY_HAND[rule]())
        yield from (case for case in own if rule in broken(*case))
        for place in count():
            while place >= len(self._found[rule]):
                case = next(self._drawn, None)
                if case is None:
                    return
                for one in broken(*case):
                    self._found[one].append(case)
            yield self._found[rule][place]

    def _draw(self) -> Iterator[Case]:
        for seed in range(SEEDS):
            rnd = random.Random(seed)
            problem = a_problem(rnd)
            allowed = any_allowed(problem, seed)
            for _ in range(6):
                yield problem, disturbed(rnd, problem, allowed)


def broken(problem: Problem, roster: Roster) -> set[str]:
    """Return the one enforced rule that is broken, or else all that cost something."""
    findings = audit(problem, roster)
    enforced = {f.rule for f in findings if f.stance is Stance.ENFORCED}
    priced = {f.rule for f in findings if f.stance is not Stance.REPORT}
    if enforced:
        return enforced if len(enforced) == 1 else set()
    return priced


def a_week_without_a_holiday() -> Case:
    """Work three hours on twelve dates, a whole week among them (F-06)."""
    short = make_shift("短", "9:00-12:00", [])
    problem = make_problem([make_staff("A", shifts=["短"])], days=12, shifts=[short])
    return problem, make_roster(problem, f"A {'短' * 12}")


def a_job_the_shift_has_not() -> Case:
    """Do care in a shift for nurses alone (A-15)."""
    nurses = make_shift("看", "9:00-12:00", [], roles=["nurse"])
    both = make_staff("A", shifts=["看"], roles=["care", "nurse"])
    problem = make_problem([both], days=1, shifts=[nurses])
    duty = make_duty(problem, "A", FIRST, "看", roles=["care"])
    return problem, RosterRecord(duties=(duty,))


def early_after_late() -> Case:
    """Work late, then early, four hours each (P-05)."""
    shifts = [make_shift("早", "7:00-11:00", []), make_shift("遅", "15:00-19:00", [])]
    problem = make_problem(
        [make_staff("A", shifts=["早", "遅"])],
        days=7,
        shifts=shifts,
        office=make_office(forward_rotation="guideline"),
    )
    return problem, make_roster(problem, "A 遅早休休休休休")


def early_twice() -> Case:
    """Work a shift of four hours twice in a row, where once is the most (P-08)."""
    early = make_shift("早", "7:00-11:00", [], in_a_row_most=1)
    problem = make_problem([make_staff("A", shifts=["早"])], days=7, shifts=[early])
    return problem, make_roster(problem, "A 早早休休休休休")


def a_night_for_nobody() -> Case:
    """Work a night of four hours while nobody stays and a contact is named (N-01)."""
    night = make_shift("夜", "22:00-26:00", [])
    problem = make_problem(
        [make_staff("A", shifts=["夜"])],
        days=7,
        shifts=[night],
        office=make_office(contact_system=True),
        forecast=make_forecast(make_period(7), overnight=0),
    )
    return problem, make_roster(problem, "A 夜明休休休休休")


BY_HAND = {
    "F-06": a_week_without_a_holiday,
    "A-15": a_job_the_shift_has_not,
    "N-01": a_night_for_nobody,
    "P-05": early_after_late,
    "P-08": early_twice,
}
"""For rules that random rosters hardly ever break alone."""


@pytest.fixture(scope="module")
def witnesses() -> Witnesses:
    return Witnesses()


@pytest.mark.slow
@pytest.mark.parametrize("rule", [rule for rule, _ in RULES])
def test_a_missing_rule_is_noticed(
    rule: str, witnesses: Witnesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule the model finds less wrong with a roster that breaks it."""
    left = tuple(entry for entry in RULES if entry[0] != rule)
    _assert_noticed(witnesses.of(rule), "RULES", left, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["L-01", "A-15", "F-09"])
def test_a_missing_exclusion_is_noticed(
    rule: str, witnesses: Witnesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an exclusion the model has a variable for what the audit refuses."""
    left = tuple(
        (name, Exclusion(lambda *cell: False) if name == rule else exclusion)
        for name, exclusion in EXCLUSIONS
    )
    _assert_noticed(witnesses.of(rule), "EXCLUSIONS", left, monkeypatch)


def _assert_noticed(
    found: Iterator[Case],
    registry: str,
    left: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = 0
    for problem, roster in found:
        tried += 1
        whole = judge(problem, roster)
        with monkeypatch.context() as patch:
            patch.setattr(scheduler.model, registry, left)
            sabotaged = judge(problem, roster)
        if _lighter(sabotaged, whole):
            return
    pytest.fail(f"the model says the same of {tried} rosters without it")


def _lighter(sabotaged: Verdict, whole: Verdict) -> bool:
    if sabotaged.allowed != whole.allowed:
        return sabotaged.allowed
    return sum(sabotaged.amounts.values()) < sum(whole.amounts.values())

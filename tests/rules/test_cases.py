"""Audit and model give every hand-worked case the amount worked out by hand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import CHECKS
from scheduler.rulebook import load
from tests.rules.test_agreement import compare
from tests.support.builders import make_period
from tests.support.casefiles import FOLDER, Case, cases
from tests.support.fixing import judge
from tests.support.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.finding import Finding


def findings_of(case: Case) -> list[Finding]:
    found = case.found
    return [finding for finding in found if finding.rule == case.rule]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_amounts_are_those_worked_out_by_hand(case: Case) -> None:
    """Per facet, the findings of the rule add up to the expected amount."""
    amounts: Counter[str] = Counter()
    for finding in findings_of(case):
        amounts[finding.facet] += finding.amount
    assert dict(amounts) == case.expect


@pytest.mark.parametrize("case", [c for c in cases() if c.witness], ids=str)
def test_the_witnesses_show_where(case: Case) -> None:
    """Every witness the case describes is among the findings, field by field."""
    shown = [_fields(finding) for finding in findings_of(case)]
    for wanted in case.witness:
        assert any(wanted.items() <= fields.items() for fields in shown)


def _fields(finding: Finding) -> dict[str, Any]:
    """Lay the fields and facts of a finding side by side."""
    fields = {**finding.model_dump(), "people": list(finding.people)}
    facts = {f"facts.{name}": value for name, value in finding.facts.items()}
    return {**fields, **facts}


def said_once() -> Iterator[Any]:
    """Yield all cases; those that say of a rule what others said are thorough.

    A rule's first breach of each facet says something, and the first that keeps it.
    """
    seen: set[tuple[str, str | None]] = set()
    for case in cases():
        says = {(case.rule, facet) for facet in case.expect or (None,)}
        yield case if says - seen else pytest.param(case, marks=THOROUGH)
        seen |= says


@pytest.mark.parametrize("case", list(said_once()), ids=str)
def test_the_model_says_the_same(case: Case) -> None:
    """Fixed to the roster of a case, the model agrees with the audit on all rules."""
    compare(case.problem, case.roster, judge(case.problem, case.roster))


@pytest.mark.parametrize("rule", CHECKS)
def test_every_rule_has_cases_on_both_sides(rule: str) -> None:
    """Each check has a case that breaks its rule and one that keeps it."""
    own = [case for case in cases() if case.rule == rule]
    assert any(case.expect for case in own)
    assert any(not case.expect for case in own)


def test_every_facet_is_broken_by_some_case() -> None:
    """No facet of a checked rule goes without a case that breaks it."""
    rulebook = load(make_period())
    facets = {
        (rule, name)
        for rule in CHECKS
        for name, facet in rulebook[rule].facet.items()
        if not facet.computed
    }
    broken = {(case.rule, facet) for case in cases() for facet in case.expect}
    assert facets - broken == set()


def test_case_files_are_named_after_their_rule() -> None:
    """A file holds the cases of the rule in its name, but for one across all rules."""
    files = {path.stem for path in FOLDER.glob("*.toml")} - {"uncounted"}
    assert files == {case.rule for case in cases()}
    assert {case.rule for case in cases()} == set(CHECKS)

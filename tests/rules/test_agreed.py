"""What was agreed on breaks nothing; a minute or a time less than the breach does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Stance
from scheduler.rulebook import load
from tests.support.builders import make_period
from tests.support.casefiles import Case, cases

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding

SPOTS = [(case, case.agreed) for case in cases() if case.agreed is not None]
"""Cases that break a limit at a single spot, and that spot, worked out by hand."""

each_spot = pytest.mark.parametrize(
    ("case", "spot"), SPOTS, ids=[str(case) for case, _ in SPOTS]
)


def the_case(rule: str, name: str) -> Case:
    return next(one for one in cases() if (one.rule, one.name) == (rule, name))


def audited(case: Case, *agreements: Agreement) -> tuple[Finding, ...]:
    problem = case.problem.model_copy(update={"agreements": agreements})
    return audit(problem, case.roster)


def held(findings: tuple[Finding, ...], rule: str, facet: str) -> int:
    """Return the amount of a facet that is still held against the roster."""
    return sum(
        finding.amount
        for finding in findings
        if (finding.rule, finding.facet) == (rule, facet)
        and finding.stance is not Stance.REPORT
    )


def apart(findings: tuple[Finding, ...], rule: str, facet: str) -> list[Finding]:
    """Return what was found of all other facets."""
    return [one for one in findings if (one.rule, one.facet) != (rule, facet)]


@each_spot
def test_an_agreement_of_the_breach_leaves_none(case: Case, spot: Spot) -> None:
    """Exactly what is too much was agreed: shown, and held against nobody."""
    rule, facet = spot.rule, spot.facet
    broken = case.expect[facet]
    found = audited(case, Agreement(spot=spot, amount=broken))
    assert held(found, rule, facet) == 0
    shown = [one for one in found if (one.rule, one.facet) == (rule, facet)]
    assert sum(int(one.facts["agreed"]) for one in shown) == broken
    assert sum(one.amount for one in shown) == broken
    assert apart(found, rule, facet) == apart(audited(case), rule, facet)


@each_spot
def test_one_less_leaves_a_breach_of_one(case: Case, spot: Spot) -> None:
    """A minute, a time or a day less than the breach leaves one, held as before."""
    rule, facet = spot.rule, spot.facet
    broken = case.expect[facet]
    less = [Agreement(spot=spot, amount=broken - 1)] if broken > 1 else []
    found = audited(case, *less)
    assert held(found, rule, facet) == 1
    record = load(case.problem.period)[rule].facet[facet]
    (rest,) = (
        one
        for one in found
        if (one.rule, one.facet, one.stance) == (rule, facet, record.stance)
    )
    assert rest.amount == 1


@each_spot
def test_an_agreement_elsewhere_changes_nothing(case: Case, spot: Spot) -> None:
    """Another person, date or cover rule has no part in it."""
    others: list[dict[str, Any]] = []
    if spot.staff:
        others.append({"staff": "Z"})
    if spot.date:
        others.append({"date": spot.date + dt.timedelta(days=1)})
    if spot.name:
        others.append({"name": "-"})
    agreements = [
        Agreement(spot=spot.model_copy(update=other), amount=10_000) for other in others
    ]
    assert audited(case, *agreements) == audited(case)


def test_every_facet_that_yields_has_a_case() -> None:
    """No facet that may give way goes without both sides of its edge."""
    rulebook = load(make_period())
    yielding = {
        (rule.id, name)
        for rule in rulebook.rules
        for name, facet in rule.facet.items()
        if facet.yields is not None
    }
    assert {(spot.rule, spot.facet) for _case, spot in SPOTS} == yielding


@pytest.mark.parametrize("case", cases(), ids=str)
def test_every_breach_that_may_give_way_has_its_spot(case: Case) -> None:
    """Agreed at the spots of its findings, nothing that yields is broken any more."""
    rulebook = load(case.problem.period)
    found = case.found
    agreements = [
        Agreement(spot=rulebook.spot_of(finding), amount=finding.amount)
        for finding in found
        if rulebook.facet_of(finding).yields is not None
    ]
    rest = audited(case, *agreements) if agreements else found
    assert len(rest) == len(found)
    assert all(
        finding.stance is Stance.REPORT or "agreed" not in finding.facts
        for finding in rest
    )
    kept = [
        finding
        for finding in rest
        if finding.stance in (*LEVELS, Stance.ENFORCED)
        and rulebook.facet_of(finding).yields is not None
    ]
    assert kept == []


def test_the_law_never_gives_way() -> None:
    """An agreement on what law asks for is passed over."""
    case = the_case("A-06", next(c.name for c in cases() if c.rule == "A-06"))
    (finding, *_) = (one for one in audited(case) if one.rule == "A-06")
    rulebook = load(case.problem.period)
    spot = rulebook.spot_of(finding)
    assert audited(case, Agreement(spot=spot, amount=10_000)) == audited(case)


def test_an_agreement_is_used_up_in_order_of_time() -> None:
    """Of two meetings of a pair the first is the one that was agreed on."""
    case = the_case(
        "P-01", "apart: the other way round, and the late shift of the night's own date"
    )
    spot = Spot(rule="P-01", facet="apart_must", staff=StaffId("A"))
    found = audited(case, Agreement(spot=spot, amount=1))
    own = sorted(
        (one for one in found if one.rule == "P-01"), key=lambda one: str(one.begin)
    )
    assert [one.stance for one in own] == [Stance.REPORT, Stance.MUST]
    assert [one.facts.get("agreed") for one in own] == [1, None]


def test_a_finding_is_agreed_on_in_part() -> None:
    """Of 540 minutes 100 were agreed: 440 are left on the level, and are said."""
    case = the_case("K-01", "7 users need a third")
    spot = Spot(rule="K-01", facet="must", date=dt.date(2026, 12, 1))
    before, after = audited(case), audited(case, Agreement(spot=spot, amount=100))
    rulebook = load(case.problem.period)
    taken = [rulebook.level_totals(found)[Stance.MUST] for found in (before, after)]
    assert taken[0] - taken[1] == 100
    assert held(after, "K-01", "must") == 440


def test_agreements_of_one_spot_add_up() -> None:
    """Said twice, it is agreed twice."""
    case = the_case("L-02", "history: last month's days off do not count")
    one = Agreement(
        spot=Spot(rule="L-02", facet="days_off", staff=StaffId("A")), amount=1
    )
    assert held(audited(case, one), "L-02", "days_off") == 1
    assert held(audited(case, one, one), "L-02", "days_off") == 0

"""What was agreed on breaks nothing; a minute or a time less than the breach does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit, level_totals
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Stance
from scheduler.rulebook import load
from scheduler.rulebook.spots import spot_of
from tests.builders import make_period
from tests.casefiles import Case, cases

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding

FIRST = {"date": dt.date(2026, 12, 1)}
SECOND = {"date": dt.date(2026, 12, 2)}
A = {"staff": "A"}

SPOTS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("A-10", "shifts", "two are asked for", {}),
    ("A-11", "desk", "at the desk until 13:00, then on the floor", {}),
    ("A-13", "desk", "one day of management of two", {}),
    ("F-02", "month", "six days of 8 hours in 7 dates", A),
    ("F-13", "nights_most", "two nights, one at most", A),
    (
        "F-13",
        "nights_in_a_row",
        "three nights in a row",
        {**A, "date": dt.date(2026, 12, 5)},
    ),
    (
        "F-13",
        "days_in_a_row_most",
        "seven days of work in a row, to the last day",
        {**A, "date": dt.date(2026, 12, 7)},
    ),
    (
        "F-13",
        "long_apart_must",
        "long: 12 hours from start to end, two dates after another",
        {**A, "date": dt.date(2026, 12, 3)},
    ),
    (
        "F-13",
        "day_off_after_must",
        "long: the next night on the date after the morning after",
        {**A, "date": dt.date(2026, 12, 3)},
    ),
    ("G", "desk_early", "care in the afternoon is no desk", {}),
    ("G", "desk_late", "desk hours from the 20th", {}),
    (
        "G",
        "night_ban",
        "a night on the 7th ends on the 8th",
        {**A, "date": dt.date(2026, 12, 8)},
    ),
    ("K-01", "must", "6 users and both on their break over noon", FIRST),
    (
        "K-02",
        "band_must",
        "nobody at work from 9:00 to 10:00",
        {**FIRST, "name": "送迎"},
    ),
    (
        "K-02",
        "count_must",
        "single dates, whatever their weekday",
        {**SECOND, "name": "行事"},
    ),
    (
        "L-01",
        "available",
        "a Saturday in a contract of Mondays to Fridays",
        {**A, "date": dt.date(2026, 12, 5)},
    ),
    ("L-01", "duty", "a symbol not agreed", {**A, **FIRST, "name": "早"}),
    ("L-01", "duty", "on call though not agreed", {**A, **FIRST, "name": "on_call"}),
    ("L-02", "days_off", "history: last month's days off do not count", A),
    ("L-03", "hours_min", "two days of three", A),
    ("L-03", "hours_max", "five days of four", A),
    (
        "L-04",
        "days_per_week",
        "history: Sunday and Monday worked in last month",
        {**A, **FIRST},
    ),
    (
        "L-04",
        "days_per_week",
        "four of three days",
        {**A, "date": dt.date(2026, 12, 6)},
    ),
    ("L-05", "nights_max", "two nights of one", A),
    ("L-05", "nights_min", "one night, two agreed as the least", A),
    (
        "P-01",
        "apart_must",
        "apart: the other way round, and the late shift of the night's own date",
        A,
    ),
    ("P-01", "together_must", "together: a minute less", A),
    ("P-02", "night_must", "a newcomer alone at night", {**FIRST, "staff": "N"}),
    ("P-02", "day_must", "a mentor for four hours of nine", {**FIRST, "staff": "N"}),
    ("P-03", "must", "none of three, as a must", A),
    ("P-04", "must", "paid leave beside it, as a must", {**A, **SECOND}),
    ("P-05", "must", "a minute earlier", {**A, **SECOND}),
    ("P-06", "must", "none of two asked for", A),
    ("P-07", "must", "on call on the morning after a night", {**A, **SECOND}),
    ("W-01", "must", "a must", {**A, **SECOND}),
    ("W-02", "duty", "another shift in the fixed cell", {**A, **SECOND}),
    (
        "W-02",
        "on_call",
        "another on call in the fixed night",
        {**SECOND, "staff": "B"},
    ),
]
"""Rule, facet, a case that breaks it at a single spot, and what that spot speaks of."""


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


@pytest.mark.parametrize(("rule", "facet", "name", "about"), SPOTS)
def test_an_agreement_of_the_breach_leaves_none(
    rule: str, facet: str, name: str, about: dict[str, Any]
) -> None:
    """Exactly what is too much was agreed: shown, and held against nobody."""
    case = the_case(rule, name)
    broken = case.expect[facet]
    spot = Spot(rule=rule, facet=facet, **about)
    found = audited(case, Agreement(spot=spot, amount=broken))
    assert held(found, rule, facet) == 0
    shown = [one for one in found if (one.rule, one.facet) == (rule, facet)]
    assert sum(int(one.facts["agreed"]) for one in shown) == broken
    assert sum(one.amount for one in shown) == broken
    assert apart(found, rule, facet) == apart(audited(case), rule, facet)


@pytest.mark.parametrize(("rule", "facet", "name", "about"), SPOTS)
def test_one_less_leaves_a_breach_of_one(
    rule: str, facet: str, name: str, about: dict[str, Any]
) -> None:
    """A minute, a time or a day less than the breach leaves one, held as before."""
    case = the_case(rule, name)
    broken = case.expect[facet]
    spot = Spot(rule=rule, facet=facet, **about)
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


@pytest.mark.parametrize(("rule", "facet", "name", "about"), SPOTS)
def test_an_agreement_elsewhere_changes_nothing(
    rule: str, facet: str, name: str, about: dict[str, Any]
) -> None:
    """Another person, date or cover rule has no part in it."""
    case = the_case(rule, name)
    others: list[dict[str, Any]] = []
    if "staff" in about:
        others.append({**about, "staff": "Z"})
    if "date" in about:
        others.append({**about, "date": about["date"] + dt.timedelta(days=1)})
    if "name" in about:
        others.append({**about, "name": "-"})
    agreements = [
        Agreement(spot=Spot(rule=rule, facet=facet, **other), amount=10_000)
        for other in others
    ]
    assert audited(case, *agreements) == audited(case)


def test_the_table_has_every_facet_that_yields() -> None:
    """No facet that may give way goes without both sides of its edge."""
    rulebook = load(make_period())
    yielding = {
        (rule.id, name)
        for rule in rulebook.rules
        for name, facet in rule.facet.items()
        if facet.yields is not None
    }
    assert {(rule, facet) for rule, facet, _name, _about in SPOTS} == yielding


@pytest.mark.parametrize("case", cases(), ids=str)
def test_every_breach_that_may_give_way_has_its_spot(case: Case) -> None:
    """Agreed at the spots of its findings, nothing that yields is broken any more."""
    rulebook = load(case.problem.period)
    found = audit(case.problem, case.roster)
    agreements = [
        Agreement(spot=spot_of(finding, rulebook[finding.rule]), amount=finding.amount)
        for finding in found
        if rulebook[finding.rule].facet[finding.facet].yields is not None
    ]
    rest = audited(case, *agreements)
    assert len(rest) == len(found)
    assert all(
        finding.stance is Stance.REPORT or "agreed" not in finding.facts
        for finding in rest
    )
    kept = [
        finding
        for finding in rest
        if finding.stance in (*LEVELS, Stance.ENFORCED)
        and rulebook[finding.rule].facet[finding.facet].yields is not None
    ]
    assert kept == []


def test_the_law_never_gives_way() -> None:
    """An agreement on what law asks for is passed over."""
    case = the_case("A-06", next(c.name for c in cases() if c.rule == "A-06"))
    (finding, *_) = (one for one in audited(case) if one.rule == "A-06")
    rulebook = load(case.problem.period)
    spot = spot_of(finding, rulebook["A-06"])
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
    spot = Spot(rule="K-01", facet="must", date=FIRST["date"])
    before, after = audited(case), audited(case, Agreement(spot=spot, amount=100))
    rulebook = load(case.problem.period)
    taken = [level_totals(rulebook, found)[Stance.MUST] for found in (before, after)]
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

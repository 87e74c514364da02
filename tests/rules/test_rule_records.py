"""Every rule is whole: its record says all that others need, and each piece is there.

A failure names what a rule lacks, so that it can be added by the list alone
(CONTRIBUTING.md).
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from scheduler.audit import CHECKS
from scheduler.audit.figures.limits import FIGURES
from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.domain.events import CalendarEvent, DeskTask
from scheduler.domain.finding import Stance
from scheduler.domain.office import Capacity, Settings
from scheduler.domain.problem import Pins
from scheduler.domain.requests import CoverRule, PairKind
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import Contract
from scheduler.rulebook import load
from scheduler.wording.places import FACTS
from tests.support.builders import make_office, make_period
from tests.support.casefiles import FOLDER
from tools.messages import PO, of_record, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

    from scheduler.rulebook import Facet, Rule

RULEBOOK = load(make_period())
BUILT = {rule for rule, _ in (*RULES, *EXCLUSIONS)}
CHECKED = set(CHECKS)
OWNERS = {
    "settings": Settings,
    "contract": Contract,
    "capacity": Capacity,
    "shift": Shift,
    "shifts": Shift,
    "pins": Pins,
    "cover_rules": CoverRule,
    "events": CalendarEvent,
    "desk_tasks": DeskTask,
}
"""Where the fields that records name are."""


@lru_cache(maxsize=1)
def japanese() -> Catalog:
    """Return the Japanese catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="ja", domain="shotaki")


def lacks(rule: Rule) -> Iterator[str]:
    """Yield what a rule lacks, one line a piece."""
    if "build" in rule.sides and rule.id not in BUILT:
        yield "a module in scheduler/constraints that builds it"
    if "check" in rule.sides and rule.id not in CHECKED:
        yield "a module in scheduler/audit/rules that checks it"
    if "build" not in rule.sides and rule.id in BUILT:
        yield "the side “build” in its record"
    if "check" not in rule.sides and rule.id in CHECKED:
        yield "the side “check” in its record"
    if len(rule.sides) < 2 and not rule.one_sided:
        yield "a reason for its missing side (one_sided)"
    if rule.sides and rule.of is None:
        yield "whose rule it is where houses share people (of)"
    if rule.sides and not rule.facet:
        yield "facets"
    if "check" in rule.sides and not (FOLDER / f"{rule.id}.toml").exists():
        yield f"hand-worked cases: tests/cases/{rule.id}.toml"
    counted = [facet for facet in rule.facet.values() if not facet.computed]
    if "check" in rule.sides and not (counted and counted[0].amount):
        yield "how a breach is counted (amount), for the table of docs/design.md"
    for message, context in of_record(rule.model_dump()):
        entry = japanese().get(message, context)
        if entry is None or not entry.string:
            yield f"the Japanese of “{message}”"
    for name, facet in rule.facet.items():
        for piece in _of_facet(rule, facet):
            yield f"{name}: {piece}"


def _of_facet(rule: Rule, facet: Facet) -> Iterator[str]:
    if facet.yields is not None:
        if not facet.request:
            yield "what somebody is asked for where it gives way (request)"
        if not facet.exception:
            yield "what an exception to it is called (exception)"
    is_told = facet.stance in (Stance.STATUTORY, Stance.MUST) or facet.yields
    if is_told and rule.sides and not facet.condition:
        yield "what holds, as a sentence (condition)"
    told = [facet, *facet.named.values()]
    asked = {
        name
        for one in told
        for text in (one.condition, one.request)
        for name in placeholders(text)
    }
    if asked & {"limit", "after"} and facet.limit is None:
        yield "the number that its sentences tell (limit)"
    for name in sorted(asked - set(FACTS)):
        yield f"the fact {{{name}}} in scheduler/wording/places.py"
    if facet.limit is not None:
        yield from _of_limit(rule, facet.limit)
    if facet.held_by is not None and not _is_input(facet.held_by):
        yield f"the input that switches it: {facet.held_by}"
    if facet.group and facet.group not in Settings.model_fields:
        yield f"the setting with its group: {facet.group}"


def _of_limit(rule: Rule, where: str) -> Iterator[str]:
    source, name = where.partition(" - ")[0].split(".")
    if source == "figure":
        if name not in FIGURES:
            yield f"the figure {name} in scheduler/audit/figures/limits.py"
    elif source == "number":
        if not isinstance(rule.values.get(name), int):
            yield f"the number {name} in its record"
    elif name not in OWNERS[source].model_fields:
        yield f"the field {name} of {OWNERS[source].__name__}"


SIDES = ("most", "least")


def _is_input(path: str) -> bool:
    source, name = path.split(".", 1)
    if source == "pairs":
        return name in list(PairKind)
    if source == "personal_limits":
        return name in {f"{per}{side}" for per in ("", "week_") for side in SIDES}
    if source == "settings":
        attrgetter(name)(make_office().settings)
        return True
    return name in OWNERS[source].model_fields


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=attrgetter("id"))
def test_a_rule_is_whole(rule: Rule) -> None:
    """Both sides, cases, sentences, limit, and switch, as its record says."""
    assert list(lacks(rule)) == []


def test_no_module_is_without_a_record() -> None:
    """What is built or checked has a record."""
    assert {rule.id for rule in RULEBOOK.rules} >= BUILT | CHECKED


def test_ids_are_used_once() -> None:
    """A rule's id names one rule."""
    ids = [rule.id for rule in RULEBOOK.rules]
    assert len(set(ids)) == len(ids)


WHOLE = RULEBOOK["P-06"]
MISSING: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"id": "P-99"}, {}, "a module in scheduler/constraints that builds it"),
    ({"id": "P-99"}, {}, "a module in scheduler/audit/rules that checks it"),
    ({"id": "P-99"}, {}, "hand-worked cases: tests/cases/P-99.toml"),
    ({}, {"amount": ""}, "how a breach is counted (amount)"),
    ({"sides": ("check",)}, {}, "the side “build” in its record"),
    ({"sides": ("check",)}, {}, "a reason for its missing side (one_sided)"),
    ({"title": "No such title"}, {}, "the Japanese of “No such title”"),
    ({}, {"limit": None}, "must: the number that its sentences tell (limit)"),
    ({}, {"limit": "settings.no_such"}, "must: the field no_such of Settings"),
    ({}, {"condition": ""}, "must: what holds, as a sentence (condition)"),
    (
        {},
        {"request": ""},
        "must: what somebody is asked for where it gives way (request)",
    ),
    ({}, {"exception": ""}, "must: what an exception to it is called (exception)"),
    ({}, {"request": "{no_such}"}, "must: the fact {no_such} in "),
    ({}, {"held_by": "shifts.no_such"}, "must: the input that switches it: "),
    ({}, {"group": "no_such"}, "must: the setting with its group: no_such"),
]
"""Changes of a record and of its facet, and how what is then missing is named."""


@pytest.mark.parametrize(("record", "facet", "named"), MISSING)
def test_what_a_rule_lacks_is_named(
    record: dict[str, Any], facet: dict[str, Any], named: str
) -> None:
    """Any single piece taken away from a whole rule is told."""
    must = WHOLE.facet["must"].model_copy(update=facet)
    facets = {**WHOLE.facet, "must": must}
    rule = WHOLE.model_copy(update={"facet": facets, **record})
    assert list(lacks(WHOLE)) == []
    assert any(piece.startswith(named) for piece in lacks(rule))

"""The rules as data: one record per rule, one TOML file per family of rules.

Code contains no legal number; it reads each from the rule's record, which also gives
the dates from which the number holds, its source, and the kinds of office that have
another one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import pkgutil
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from importlib import import_module, resources
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from scheduler.domain.agreements import Spot
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.office_kind import Arrangement, OfficeKind
from scheduler.rulebook.record import (
    Confidence,
    Facet,
    OfKind,
    Rule,
    Sentences,
    Severity,
    Work,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

__all__ = [
    "Confidence",
    "Facet",
    "OfKind",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Sentences",
    "Severity",
    "Work",
    "load",
    "modules_of",
    "of_kinds",
    "records",
    "rules_of",
    "yielding",
]


class OfFacet(Protocol):
    """What belongs to a facet of a rule."""

    @property
    def rule(self) -> str:
        """The rule's id."""

    @property
    def facet(self) -> str:
        """The facet's name."""


class Rulebook(Frozen):
    """All rules, with the thresholds in force for one kind of office in one period.

    ``sha256`` is the digest of the TOML files.
    """

    rules: tuple[Rule, ...]
    sha256: str
    kind: OfficeKind = OfficeKind.MAIN

    def __getitem__(self, rule_id: str) -> Rule:
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def facet_of(self, one: OfFacet) -> Facet:
        """Return the facet that a finding, or the spot of a limit, is of."""
        return self[one.rule].facet[one.facet]

    def spot_of(self, finding: Finding) -> Spot:
        """Return the spot whose limit a finding breaks.

        Which of person, date and name identify it, its facet says (`about`); the person
        is the first of the finding's.
        """
        about = self.facet_of(finding).about
        return Spot(
            rule=finding.rule,
            facet=finding.facet,
            staff=finding.people[0] if "staff" in about else StaffId(""),
            date=finding.date if "date" in about else None,
            name=str(finding.facts["name"]) if "name" in about else "",
            house=finding.house,
        )

    def level_totals(self, findings: Iterable[Finding]) -> dict[Stance, int]:
        """Return the value of each level of the objective: the sum of weight x amount.

        Facets that only the audit checks belong to no level.
        """
        totals = dict.fromkeys(LEVELS, 0)
        for finding in findings:
            facet = self.facet_of(finding)
            if finding.stance in totals and not facet.audit_only:
                totals[finding.stance] += facet.weight * finding.amount
        return totals


class RulebookError(Exception):
    """A threshold is missing for a period, or changes within it."""


def load(
    period: Period,
    kind: OfficeKind = OfficeKind.MAIN,
    given: Collection[Arrangement] = (),
) -> Rulebook:
    """Return the rulebook with the thresholds in force throughout ``period``.

    Raises
    ------
    RulebookError
        If a threshold begins to hold within the period, or none holds yet.
    """
    return _load(period.first, period.last, kind, frozenset(given))


def rules_of(problem: Problem) -> Rulebook:
    """Return the rulebook for a problem: its period and its kind of office.

    Raises
    ------
    RulebookError
        As `load`.
    """
    office = problem.office
    return load(problem.period, office.kind, office.arrangements)


@lru_cache(maxsize=1)
def records() -> tuple[Rule, ...]:
    """Return every rule's record without its thresholds, in the rulebook's order.

    Only the thresholds depend on the period, so none is needed here.
    """
    return tuple(Rule.model_validate(_without_numbers(one)) for one in _records()[0])


@lru_cache(maxsize=1)
def yielding() -> dict[tuple[str, str], Facet]:
    """Return every facet that may give way, by rule and name, in the rulebook's order.

    These are the facets with a `Concession` in ``yields``.
    """
    return {
        (rule.id, name): facet
        for rule in records()
        for name, facet in rule.facet.items()
        if facet.yields is not None
    }


MODULE = re.compile(r"(?P<family>[a-z])(?P<number>\d\d)?_")
"""Beginning of the name of a rule's module: the rule's id in lower case."""


def modules_of(package: ModuleType) -> dict[str, ModuleType]:
    """Import the rule modules of a package; return them by rule id.

    ``p08_shifts_in_a_row.py`` belongs to P-08, ``d_capacity.py`` to D; modules with
    other names are skipped.  The order is that of the rulebook.
    """
    found = {}
    for info in pkgutil.iter_modules(package.__path__):
        if match := MODULE.match(info.name):
            rule = "-".join(part for part in match.groups() if part).upper()
            found[rule] = import_module(f"{package.__name__}.{info.name}")
    order = {rule.id: place for place, rule in enumerate(records())}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


@lru_cache(maxsize=32)
def _load(
    first: dt.date, last: dt.date, kind: OfficeKind, given: frozenset[Arrangement]
) -> Rulebook:
    records, digest = _records()
    return Rulebook(
        rules=tuple(_in_force(record, first, last, kind, given) for record in records),
        sha256=digest,
        kind=kind,
    )


@lru_cache(maxsize=1)
def _records() -> tuple[tuple[dict[str, Any], ...], str]:
    digest = hashlib.sha256()
    records: list[dict[str, Any]] = []
    folder = resources.files(__name__)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            digest.update(text.encode())
            records.extend(tomllib.loads(text)["rule"])
    return tuple(records), digest.hexdigest()


def _in_force(
    record: dict[str, Any],
    first: dt.date,
    last: dt.date,
    kind: OfficeKind,
    given: frozenset[Arrangement],
) -> Rule:
    """Return a rule with its numbers: those of all offices, then those of the kind.

    What a kind of office has otherwise replaces what all have, in the record's order;
    so may source and confidence.  Law that may come has its numbers in any period.
    """
    found = _without_numbers(record)
    if record.get("to_come"):
        newest = max(record["value"], key=_since)
        numbers = {k: v for k, v in newest.items() if k not in _NO_NUMBERS}
        return Rule.model_validate(
            {**found, "values": numbers, "may_hold_from": newest["from"]}
        )
    values: dict[str, Any] = {}
    for dated in _by_office(record, kind, given):
        before = [value for value in dated if value["from"] <= first]
        if not before or any(first < value["from"] <= last for value in dated):
            raise RulebookError(record["id"])
        newest = max(before, key=_since)
        found |= {key: newest[key] for key in _OF_RULE if key in newest}
        values |= {k: v for k, v in newest.items() if k not in _NO_NUMBERS}
    return Rule.model_validate({**found, "values": values} if values else found)


_FOR = ("kinds", "given")
_OF_RULE = ("source", "confidence")
_NO_NUMBERS = ("from", *_FOR, *_OF_RULE)


def of_kinds() -> Iterator[tuple[str, OfKind]]:
    """Yield, by rule, what kinds of office have otherwise than all."""
    for record in _records()[0]:
        for value in record.get("value", ()):
            if "kinds" in value:
                numbers = {k: v for k, v in value.items() if k not in _NO_NUMBERS}
                fields = {key: value[key] for key in _FOR if key in value}
                fields |= {"since": value["from"], "values": numbers}
                source = value.get("source", record["source"])
                yield record["id"], OfKind(**fields, source=source)


def _by_office(
    record: dict[str, Any], kind: OfficeKind, given: frozenset[Arrangement]
) -> Iterator[list[dict[str, Any]]]:
    """Yield the dated values that hold for an office, one list for each condition.

    ``kinds`` of a value names the kinds of office, ``given`` what another house must do
    for the office.
    """
    alike: dict[tuple[tuple[str, ...], str], list[dict[str, Any]]] = {}
    for value in record.get("value", ()):
        kinds, needed = tuple(value.get("kinds", ())), value.get("given", "")
        if (not kinds or kind in kinds) and (not needed or needed in given):
            alike.setdefault((kinds, needed), []).append(value)
    yield from alike.values()


def _since(value: dict[str, Any]) -> dt.date:
    since: dt.date = value["from"]
    return since


def _without_numbers(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "value"}

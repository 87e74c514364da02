"""The rules as data: one record per rule, one TOML file per family of rules.

Code contains no legal number; it reads each from the rule's record, which also gives
the dates from which the number holds and its source.
"""

from __future__ import annotations

import hashlib
import pkgutil
import re
import tomllib
from functools import lru_cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import Frozen
from scheduler.rulebook.record import Confidence, Facet, Rule, Sentences, Severity, Work

if TYPE_CHECKING:
    import datetime as dt
    from types import ModuleType

    from scheduler.domain.period import Period

__all__ = [
    "Confidence",
    "Facet",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Sentences",
    "Severity",
    "Work",
    "load",
    "modules_of",
    "records",
    "yielding",
]


class Rulebook(Frozen):
    """All rules, with the thresholds in force in one period.

    ``sha256`` is the digest of the TOML files.
    """

    rules: tuple[Rule, ...]
    sha256: str

    def __getitem__(self, rule_id: str) -> Rule:
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


class RulebookError(Exception):
    """A threshold is missing for a period, or changes within it."""


def load(period: Period) -> Rulebook:
    """Return the rulebook with the thresholds in force throughout ``period``.

    Raises
    ------
    RulebookError
        If a threshold begins to hold within the period, or none holds yet.
    """
    return _load(period.first, period.last)


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


@lru_cache(maxsize=8)
def _load(first: dt.date, last: dt.date) -> Rulebook:
    records, digest = _records()
    return Rulebook(
        rules=tuple(_in_force(record, first, last) for record in records),
        sha256=digest,
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


def _in_force(record: dict[str, Any], first: dt.date, last: dt.date) -> Rule:
    dated = sorted(record.get("value", ()), key=lambda value: value["from"])
    if not dated:
        return Rule.model_validate(record)
    before = [value for value in dated if value["from"] <= first]
    if not before or any(first < value["from"] <= last for value in dated):
        raise RulebookError(record["id"])
    values = {key: value for key, value in before[-1].items() if key != "from"}
    return Rule.model_validate({**_without_numbers(record), "values": values})


def _without_numbers(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "value"}

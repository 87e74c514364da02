"""The law as data: every rule with its thresholds, validity dates and source.

One TOML file a family of rules.  Code holds no legal number: it asks the rule.
"""

from __future__ import annotations

import hashlib
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from scheduler.domain.agreements import Concession
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance, Unit

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.period import Period


class Severity(StrEnum):
    """What a breach means (rulebook, severity classes)."""

    HARD_LAW = "HARD-LAW"
    DEDUCT = "DEDUCT"
    ADDON = "ADDON"
    GUIDE = "GUIDE"
    REPORT = "REPORT"


_LAW = (Severity.HARD_LAW, Severity.DEDUCT)


class Confidence(StrEnum):
    """How well a rule's text is backed; decides how it may be presented."""

    LAW = "law"
    NOTICE = "notice"
    ANSWER = "answer"
    """An official answer (国のQ&A) says so."""
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"
    DERIVED = "derived"
    OFFICE = "office"
    """The office's own rule or contract; no claim about law."""

    @property
    def to_be_confirmed(self) -> bool:
        """Whether users are told to confirm it with the authority."""
        return self in (Confidence.UNCONFIRMED, Confidence.DERIVED)


class Facet(Frozen):
    """One limit of a rule: how it is held, and what a breach is counted in."""

    stance: Stance
    unit: Unit
    weight: int = Field(default=1, ge=1)
    """Units of the level's objective for one unit of the facet."""
    compares: Unit | None = None
    """Unit of a finding's two sides, where it is not that of the amount."""
    about: tuple[Literal["staff", "date", "name"], ...] = ()
    """What a limit of the facet speaks of; nothing: of the whole period."""
    yields: Concession | None = None
    """What has to be conceded where it gives way; ``None``: it never does."""
    audit_only: bool = False
    """Whether the model knows nothing of it; then it is no part of a level."""
    confidence: Confidence | None = None
    """How well this limit is backed, where it differs from its rule."""
    computed: bool = False
    """Whether only a report shows it, so that no finding ever names it."""
    source: str = ""
    source_ja: str = ""
    """Where the limit stands, if the office has set it beside a rule of law."""
    title: str
    title_ja: str

    @property
    def compared_in(self) -> Unit:
        """The unit of `Finding.required` and `Finding.actual`."""
        return self.compares or self.unit


class Rule(Frozen):
    """A rule's record: id, source, facets, and the thresholds in force."""

    id: str
    title: str
    title_ja: str
    severity: Severity
    sides: tuple[Literal["build", "check"], ...]
    one_sided: str = ""
    """Why a side is missing."""
    source: str
    source_ja: str
    confidence: Confidence
    facet: dict[str, Facet] = {}
    values: dict[str, Any] = {}

    def is_to_be_confirmed(self, facet: str) -> bool:
        """Whether users are told to confirm a limit with the authority."""
        return (self.facet[facet].confidence or self.confidence).to_be_confirmed

    def is_law(self, facet: str) -> bool:
        """Tell whether law sets a limit, and not the office, a contract or a wish."""
        return self.severity in _LAW and not self.facet[facet].source

    def table(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return a threshold table in force as pairs, in the order of the record."""
        return tuple((int(first), int(second)) for first, second in self.values[name])

    def int(self, name: str) -> int:
        """Return a threshold in force.

        Raises
        ------
        KeyError
            If the rule has no such number.
        """
        value = self.values[name]
        if not isinstance(value, int):
            raise KeyError(name)
        return value


class Rulebook(Frozen):
    """All rules, with the thresholds in force in one period."""

    rules: tuple[Rule, ...]
    sha256: str

    def __getitem__(self, rule_id: str) -> Rule:
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


class RulebookError(Exception):
    """The rulebook cannot serve a period: thresholds missing or changing in it."""


def load(period: Period) -> Rulebook:
    """Return the rulebook with the thresholds in force throughout ``period``.

    Raises
    ------
    RulebookError
        If a threshold begins to hold within the period, or none holds yet.
    """
    return _load(period.first, period.last)


@lru_cache(maxsize=1)
def yielding() -> dict[tuple[str, str], Facet]:
    """Return every facet that may give way, by rule and name, in the rulebook's order.

    How a limit is held does not depend on the period; only its numbers do.
    """
    records, _digest = _records()
    facets = {
        (record["id"], name): Facet.model_validate(facet)
        for record in records
        for name, facet in record.get("facet", {}).items()
    }
    return {key: facet for key, facet in facets.items() if facet.yields is not None}


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
    dated = sorted(record["value"], key=lambda value: value["from"])
    before = [value for value in dated if value["from"] <= first]
    if not before or any(first < value["from"] <= last for value in dated):
        raise RulebookError(record["id"])
    fields = {key: value for key, value in record.items() if key != "value"}
    values = {key: value for key, value in before[-1].items() if key != "from"}
    return Rule.model_validate({**fields, "values": values})

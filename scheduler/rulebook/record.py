"""A rule's record, typed: its source, facets, thresholds and texts.

The rest of a rule is code: one module in `scheduler.constraints` and one in
`scheduler.audit.rules`, whose names begin with its id: ``p08_shifts_in_a_row.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from scheduler.domain.agreements import Concession
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance, Unit
from scheduler.domain.office_kind import Arrangement, OfficeKind


class Severity(StrEnum):
    """The consequence of a breach: the classes explained in docs/rules.md."""

    HARD_LAW = "HARD-LAW"
    DEDUCT = "DEDUCT"
    ADDON = "ADDON"
    GUIDE = "GUIDE"
    REPORT = "REPORT"


_LAW = (Severity.HARD_LAW, Severity.DEDUCT)


class Confidence(StrEnum):
    """The kind of source a rule rests on; decides how it may be presented."""

    LAW = "law"
    NOTICE = "notice"
    ANSWER = "answer"
    """An official answer (国のQ&A)."""
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"
    DERIVED = "derived"
    OFFICE = "office"
    """The office's own rule or contract; no claim about law."""

    @property
    def to_be_confirmed(self) -> bool:
        """Whether users are advised to confirm the rule with the authority."""
        return self in (Confidence.UNCONFIRMED, Confidence.DERIVED)


class Work(StrEnum):
    """The kind of work that is left undone where a limit is broken."""

    NIGHT = "night"
    ON_CALL = "on_call"
    CARE = "care"
    """Care or nursing by day: the people counted for the 3:1 ratio."""
    NURSING = "nursing"
    PLANNING = "planning"
    MANAGING = "managing"
    COVER = "cover"
    """Whatever one of the office's own cover rules asks for."""


LimitPath = Annotated[
    str,
    StringConstraints(
        pattern=r"^(settings|contract|capacity|shift|number|figure)\.\w+( - \d+)?$"
    ),
]
"""Where the number of a limit is found.

``settings``, ``contract``, ``capacity`` and ``shift`` name a field of the settings, of
the person's contract, of the capacities or of the shift the limit applies to;
``number`` a threshold of the record itself, which may be reduced (``- 1``); ``figure``
a value computed by `scheduler.audit.figures.limits`.
"""

SwitchPath = Annotated[
    str,
    StringConstraints(
        pattern=(
            r"^(settings|shifts|cover_rules|pairs|"
            r"personal_limits|pins|events|desk_tasks)(\.\w+)+$"
        )
    ),
]
"""The input field that switches a limit on, or sets how strictly it is held."""


class Sentences(Frozen):
    """A limit in words: message ids whose blanks `scheduler.wording.places` fills."""

    condition: str = ""
    """The limit as a statement: “{name} has at most {limit} on night duty a month”."""
    request: str = ""
    """The request made of somebody where the limit gives way."""


class Facet(Sentences):
    """One limit of a rule: how strictly it is held and how a breach is measured."""

    title: str
    """Name of a breach of it; a message id of the context ``limit``."""
    amount: str = ""
    """How a breach is measured, to the minute, in the words of docs/design.md; empty:
    as for the facet before it."""
    stance: Stance
    graded: str = ""
    """Template of its name, ``night_{stance}``, where the office chooses the stance;
    the title then names the stance too.  Empty: the stance is fixed."""
    unit: Unit
    weight: int = Field(default=1, ge=1)
    """Penalty in the level's objective for one unit of the amount."""
    compares: Unit | None = None
    """Unit of a finding's two sides, where it differs from that of the amount."""
    about: tuple[Literal["staff", "date", "name"], ...] = ()
    """What each limit of the facet applies to; empty: the whole period."""
    weekly: bool = False
    """Whether it holds for a week: its date is the week's first in the period."""
    yields: Concession | None = None
    """The concession needed where it gives way; ``None``: it never does."""
    at_most: bool = False
    """Whether it is an upper limit, so that an agreed amount is added to it."""
    limit: LimitPath | None = None
    """Where its number is found; ``None``: it has none, or no single one."""
    held_by: SwitchPath | None = None
    """The input field that switches it; ``None``: it is always in force."""
    held_as: str | bool | None = None
    """The value of that field which puts it in force; ``None``: any value, or, if
    graded, the stance."""
    group: str = ""
    """The setting that names the only group of staff it applies to; empty: all."""
    work: Work | None = None
    """The kind of work that is left undone where it is broken."""
    told_once: bool = False
    """Whether, where several houses planned together see the same breach of a person,
    only the first of them tells and counts it."""
    audit_only: bool = False
    """Whether only the audit checks it and the model does not; it has no level then."""
    computed: bool = False
    """Whether it appears in a report only, so that no finding names it."""
    confidence: Confidence | None = None
    """The kind of source of this limit, where it differs from its rule's."""
    source: str = ""
    """Source of the limit, if the office has set it beside a rule of law."""
    exception: str = ""
    """Name of an exception to it, as listed on the sheet of agreements."""
    named: dict[str, Sentences] = {}
    """Sentences that replace its own for certain names (`sentences`)."""

    @property
    def compared_in(self) -> Unit:
        """The unit of `Finding.required` and `Finding.actual`."""
        return self.compares or self.unit

    def sentences(self, name: str) -> Sentences:
        """Return the sentences for a cover rule, shift or night on call by its name."""
        return self.named.get(name, self)


class Rule(Frozen):
    """A rule's record: id, source, facets, and the thresholds in force."""

    id: str
    title: str
    """A message id of the context ``rule``."""
    severity: Severity
    sides: tuple[Literal["build", "check"], ...]
    of: Literal["house", "people"] | None = None
    """Whose it is where houses share people: each house's own, with all who work there,
    or of the people whose contracts stand in it, with their work in other houses."""
    one_sided: str = ""
    """Why the rule has no module for the model, or none for the audit."""
    source: str
    """A message id."""
    confidence: Confidence
    kinds: tuple[OfficeKind, ...] = ()
    """Kinds of office it holds for; empty: all."""
    to_come: bool = False
    """Whether it is law that may come, in force nowhere: only asked about."""
    may_hold_from: dt.date | None = None
    """The earliest date from which law that may come could hold."""
    facet: dict[str, Facet] = {}
    values: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, record: dict[str, Any]) -> dict[str, Any]:
        """Expand each graded limit into one facet per stance.

        A record defines such a limit once, as ``[rule.facet."night_{stance}"]`` with
        a weight for each stance; it becomes the facets ``night_must``,
        ``night_guideline`` and so on.
        """
        record = dict(record)
        facets = [
            one
            for name, fields in record.get("facet", {}).items()
            for one in _in_each_stance(name, fields)
        ]
        if record.pop("musts_first", False):
            facets.sort(key=lambda one: list(Stance).index(one[1]["stance"]))
        return {**record, "facet": dict(facets)}

    @field_validator("facet")
    @classmethod
    def _graded_are_held_by_something(
        cls, facets: dict[str, Facet]
    ) -> dict[str, Facet]:
        for name, facet in facets.items():
            if facet.graded and facet.held_by is None:
                raise ValueError(f"{name}: no input says how strictly it is held")
        return facets

    def is_for(self, kind: OfficeKind) -> bool:
        """Tell whether the rule holds for a kind of office."""
        return not self.kinds or kind in self.kinds

    def is_to_be_confirmed(self, facet: str) -> bool:
        """Tell whether users are advised to confirm a limit with the authority."""
        return (self.facet[facet].confidence or self.confidence).to_be_confirmed

    def is_law(self, facet: str) -> bool:
        """Tell whether a limit is set by law, not by the office, contract or wish."""
        return self.severity in _LAW and not self.facet[facet].source

    def table(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return a threshold table in force as pairs, in the order of the record."""
        return tuple((int(first), int(second)) for first, second in self.values[name])

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of names in force, such as licences."""
        return tuple(self.values[name])

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


class OfKind(Frozen):
    """What some kinds of office have otherwise than all: one value of a record."""

    kinds: tuple[OfficeKind, ...]
    given: Arrangement | None = None
    """What another house must do for the office."""
    since: dt.date
    source: str
    """A message id."""
    values: dict[str, Any]


_OF_A_MUST = ("yields", "request", "exception", "work")
"""Keys kept for a must only: other stances give way without anybody being asked."""

_OF_NO_PLACE = (Stance.COMFORT, Stance.REPORT)
"""Stances whose breaches are only summed, so that their limits have no spots."""


def _in_each_stance(
    name: str, fields: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and fields of each facet of a limit: one per stance if graded."""
    if "weights" not in fields:
        yield name, fields
        return
    shared = {key: value for key, value in fields.items() if key != "weights"}
    for key, weight in fields["weights"].items():
        stance = Stance(key)
        own = {**shared, "stance": stance, "weight": weight, "graded": name}
        if stance is not Stance.MUST:
            own = {key: value for key, value in own.items() if key not in _OF_A_MUST}
        if stance in _OF_NO_PLACE:
            own["about"] = ()
        yield name.format(stance=stance), own

"""A rule's record: everything that is said of the rule, typed.

What else there is to a rule stands in its two modules, `scheduler.constraints` and
`scheduler.audit.rules`, whose names begin with its id: ``p08_shifts_in_a_row.py``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from scheduler.domain.agreements import Concession
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator


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


class Work(StrEnum):
    """The work that is missing where a limit is broken."""

    NIGHT = "night"
    ON_CALL = "on_call"
    CARE = "care"
    """Care or nursing by day: the pool that is counted to the 3:1."""
    NURSING = "nursing"
    PLANNING = "planning"
    MANAGING = "managing"
    COVER = "cover"
    """What one of the office's own cover rules asks for."""


LimitPath = Annotated[
    str,
    StringConstraints(
        pattern=r"^(settings|contract|capacity|shift|number|figure)\.\w+( - \d+)?$"
    ),
]
"""Where the number of a limit stands.

A field of the settings, of the person's contract, of the capacities or of the shift
that the limit speaks of; a number of the record's own, which may be lessened; or what
`scheduler.audit.figures.limits` works out.
"""

SwitchPath = Annotated[
    str,
    StringConstraints(pattern=r"^(settings|shifts|cover_rules|pairs|pins)(\.\w+)+$"),
]
"""The input that says whether a limit is in force, or how strictly it is held."""


class Sentences(Frozen):
    """A limit in words: message ids to be filled by `scheduler.wording.places`."""

    condition: str = ""
    """What holds: “{name} has at most {limit} on night duty a month”."""
    request: str = ""
    """What somebody is asked for where it gives way."""


class Facet(Sentences):
    """One limit of a rule: how it is held, and what a breach is counted in."""

    title: str
    """What is wrong where it is broken; a message id of the context ``limit``."""
    amount: str = ""
    """How a breach is counted, to the minute, in the words of docs/design.md; empty: as
    the facet before it."""
    stance: Stance
    graded: str = ""
    """How its name is made of the stance, where the office chooses that; the title
    then says which it is."""
    unit: Unit
    weight: int = Field(default=1, ge=1)
    """Units of the level's objective for one unit of the facet."""
    compares: Unit | None = None
    """Unit of a finding's two sides, where it is not that of the amount."""
    about: tuple[Literal["staff", "date", "name"], ...] = ()
    """What a limit of the facet speaks of; nothing: of the whole period."""
    yields: Concession | None = None
    """What has to be conceded where it gives way; ``None``: it never does."""
    at_most: bool = False
    """Whether the limit is one from above, so that what is agreed on comes on top."""
    limit: LimitPath | None = None
    """Where the number stands; ``None``: there is none, or no single one."""
    held_by: SwitchPath | None = None
    """The input that switches it; ``None``: it is always in force."""
    held_as: str | bool | None = None
    """What that input then says; ``None``: anything, or the stance if it is graded."""
    group: str = ""
    """The setting with the name of the only group of staff that it speaks of."""
    work: Work | None = None
    """What nobody does where it is broken."""
    measure: str = ""
    """What the compliance page compares with the limit
    (`scheduler.audit.papers.compliance`); empty: there are no two numbers."""
    audit_only: bool = False
    """Whether the model knows nothing of it; then it is no part of a level."""
    computed: bool = False
    """Whether only a report shows it, so that no finding ever names it."""
    confidence: Confidence | None = None
    """How well this limit is backed, where it differs from its rule."""
    source: str = ""
    """Where the limit stands, if the office has set it beside a rule of law."""
    exception: str = ""
    """What an exception to it is called: the choice on the sheet of agreements."""
    named: dict[str, Sentences] = {}
    """Sentences of its own for what bears one of these names."""

    @property
    def compared_in(self) -> Unit:
        """The unit of `Finding.required` and `Finding.actual`."""
        return self.compares or self.unit

    def sentences(self, name: str) -> Sentences:
        """Return the sentences for a cover rule, shift or night on call of the name."""
        return self.named.get(name, self)


class Rule(Frozen):
    """A rule's record: id, source, facets, and the thresholds in force."""

    id: str
    title: str
    """A message id of the context ``rule``."""
    severity: Severity
    sides: tuple[Literal["build", "check"], ...]
    one_sided: str = ""
    """Why a side is missing."""
    source: str
    """A message id."""
    confidence: Confidence
    facet: dict[str, Facet] = {}
    values: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, record: dict[str, Any]) -> dict[str, Any]:
        """Make a facet of each stance in which a limit may be held.

        A record writes such a limit once, as ``[rule.facet."night_{stance}"]`` with a
        weight for each stance.  Findings name the facets ``night_must``,
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


_OF_A_MUST = ("yields", "request", "exception", "work")
"""What only a must has: anything else gives way without anybody being asked."""

_OF_NO_PLACE = (Stance.COMFORT, Stance.REPORT)
"""Stances that are counted, but of which no single place is spoken."""


def _in_each_stance(
    name: str, fields: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the facets of a limit with their names; itself if it is held one way."""
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

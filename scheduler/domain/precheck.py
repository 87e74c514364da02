"""The results of a precheck: lines that each compare two sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import AliasChoices, Field

from scheduler.domain.agreements import Spot
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.requests import Request

AND = "\n"
"""Between the names of several people in a fact."""

TENTH = 10
"""What has less than a tenth to spare is tight."""

EMPTY: Mapping[Any, Any] = MappingProxyType({})


class Topic(StrEnum):
    """The subject of a line."""

    CAPACITY = "capacity"
    """Capacities for day use and overnight stays, compared with each other."""
    NIGHTS = "nights"
    ON_CALL = "on_call"
    CARE = "care"
    """People and hours of care by day, date by date."""
    HOURS = "hours"
    """Hours of the whole period, in all and by role."""
    QUALIFIED = "qualified"
    """Qualifications and roles on the staff list, and the office's own cover rules."""
    WISHES = "wishes"
    CONTRACTS = "contracts"
    PINS = "pins"


class Verdict(StrEnum):
    """What follows from comparing the two sides of a line."""

    IMPOSSIBLE = "impossible"
    """No roster keeps law, musts and pins (with `Line.contract`: and contracts)."""
    TIGHT = "tight"
    """It is possible with little to spare."""
    FINE = "fine"


class BlockedBy(StrEnum):
    """Why a person cannot do something on a date, the most lasting reason first."""

    SYMBOL = "symbol"
    """The person does no such shift, or has no such role."""
    ON_REQUEST = "on_request"
    """A shift that counts for no cover, and is neither pinned nor asked for."""
    HALF_LEAVE = "half_leave"
    """A shift with half a day of leave that was not asked for."""
    EMPLOYED = "employed"
    LAST_DATE = "last_date"
    """A night would end after the last date of employment (L-01)."""
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    OTHER_HOUSE = "other_house"
    """A shift in another house, on a date that is none of those for it (L-01)."""
    BREAKS = "breaks"
    """Breaks of the shift, or of a night on call that is work, are too short (F-05)."""
    NO_FLEX = "no_flex"
    """The shift is longer than the day of people outside the scheme (F-01)."""
    NO_NIGHT = "no_night"
    """Protected from work at night (F-09)."""
    NIGHTS_MAX = "nights_max"
    """No nights are allowed, or all are pinned on other dates (L-05, F-13)."""
    PER_WEEK = "per_week"
    """The week's nights on call are done, or pinned on other dates (F-10)."""
    DEADLINE = "deadline"
    """The care manager's billing days (G)."""
    COVER = "cover"
    """A cover rule allows nobody (K-02)."""
    PIN = "pin"
    """The cell is pinned to something else."""
    TAKEN = "taken"
    """The night on call is pinned to somebody else."""
    LEAVE = "leave"
    """Leave or a day off that must be granted."""
    WISH = "wish"
    """Another wish that must be granted."""
    BEFORE = "before"
    """Fixed duties on the dates before exclude it (F-07, F-11)."""
    TAIL = "tail"
    """Last month's tail excludes it, likewise."""
    PIN_BEFORE = "pin_before"
    """A pin on the date before excludes it, likewise."""
    AFTER = "after"
    """Fixed duties on the dates after exclude it (F-07, F-11)."""
    PIN_AFTER = "pin_after"
    """A pin on the date after excludes it, likewise."""
    LEAVE_AFTER = "leave_after"
    """The shift would reach into leave or a day off on the date after."""


class Bound(StrEnum):
    """What limits the number of nights a person can work."""

    LIMIT = "limit"
    """The nights that contract or office allow (L-05, F-13)."""
    DATES = "dates"
    """The dates on which a night may begin, with rests and nights in a row kept (F-11,
    F-13)."""
    DAYS_OFF = "days_off"
    """The days off owed: a night uses up its date and mostly the next one (L-02)."""
    WEEKS = "weeks"
    """Days a week (L-04), and the weekly holiday (F-06)."""
    LAW = "law"
    """The legal limit of the month's hours (F-02)."""
    HOURS = "hours"
    """The most hours agreed on (L-03)."""


EXPLAINED = {
    Topic.NIGHTS: {("A-06", "awake")},
    Topic.ON_CALL: {("A-06", "on_call")},
    Topic.CARE: {("A-03", "daily"), ("A-04", "presence"), ("K-01", "must")},
}
"""Limits that a sum which does not add up breaks, by its topic."""

OF_QUOTAS = {
    "nurse_shifts": ("A-10", "shifts"),
    "nurse_minutes": ("A-19", "nurse_fte"),
    "planner_desk": ("A-11", "desk"),
    "manager_desk": ("A-13", "desk"),
    "desk_early": ("G", "desk_early"),
    "desk_late": ("G", "desk_late"),
}
"""The limit of a quota, by the code of its line.  That nobody could do anything for it
says all; where some do too little, a cause tells what keeps them from more."""

OF_CONTRACTS = {
    "days_off": {("L-02", "days_off")},
    "hours_min": {("L-03", "hours_min")},
    "nights_min": {("L-05", "nights_min")},
    "contract_nights": {("L-02", "days_off"), ("L-03", "hours_min")},
}
"""Limits that contracts break if they do not add up, by the code of the line."""

OF_RULES = ("cover_date", "cover_nobody", "cover_times", "cover")
"""Codes of lines on one cover rule, which they name."""


class Share(Frozen):
    """The most that one person can contribute, in the unit of the line."""

    staff: StaffId
    amount: int


class Blocker(Frozen):
    """Why one person cannot contribute on the dates of the line."""

    staff: StaffId
    why: BlockedBy = Field(validation_alias=AliasChoices("why", "bar"))
    """Files of before call it ``bar``."""


class Mend(Frozen):
    """A change of one input entry that makes a line possible; checked by counting.

    The keys of ``facts`` depend on ``code`` (`scheduler.wording.precheck`).
    """

    code: str
    facts: dict[str, int | str] = {}


class Line(Frozen):
    """One comparison of what is required with what is possible, and its verdict.

    The unit of ``required`` and ``possible``, and the keys of ``facts``, depend on
    ``code`` (`scheduler.wording.precheck`).
    """

    topic: Topic
    code: str
    verdict: Verdict
    contract: bool = False
    """Whether `Verdict.IMPOSSIBLE` means only that contracts cannot be kept."""
    people: tuple[StaffId, ...] = ()
    dates: tuple[dt.date, ...] = ()
    required: int = 0
    possible: int = 0
    shares: tuple[Share, ...] = ()
    obstacles: tuple[Blocker, ...] = ()
    rules: tuple[str, ...] = ()
    """Names of the cover rules that set an upper limit here."""
    mends: tuple[Mend, ...] = ()
    """Changes of the input, each of which alone makes the line possible."""
    merged: tuple[Line, ...] = ()
    """Lines on the same hours, or with the same reasons, that this one stands for,
    itself included."""
    wishes: tuple[Request, ...] = Field(default=(), exclude_if=lambda some: not some)
    """Must wishes of the person that cannot be kept together: any fewer of them can."""
    facts: dict[str, int | str] = {}
    house: str = Field(default="", exclude_if=lambda name: not name)
    """Name of the house of which it tells, where several are planned together."""

    @property
    def missing(self) -> int:
        """The shortfall, required less possible; zero or less where there is none."""
        return self.required - self.possible

    @property
    def is_impossible(self) -> bool:
        """Whether law, musts and pins cannot be kept, or else contracts."""
        return self.verdict is Verdict.IMPOSSIBLE

    @property
    def breaks_law(self) -> bool:
        """Whether the line shows that no roster can be legal."""
        return self.is_impossible and not self.contract

    def explains(self, spot: Spot) -> bool:
        """Tell whether this sum, if it does not add up, shows why a limit is broken."""
        if self.house and self.house != spot.house:
            return False
        rules = self.rules
        if self.code in OF_RULES:
            rules = (*rules, str(self.facts["name"]))
        limit = spot.rule, spot.facet
        about = limit in EXPLAINED.get(self.topic, ())
        about = about or (not self.shares and limit == OF_QUOTAS.get(self.code))
        is_of_rule = spot.rule == "K-02" and spot.name in rules
        on_date = not self.dates or spot.date in self.dates
        if on_date and (about or is_of_rule):
            return True
        own = limit in OF_CONTRACTS.get(self.code, ())
        if own and spot.staff in self.people:
            return True
        return any(one.explains(spot) for one in self.merged if one != self)


def line_of(
    topic: Topic,
    code: str,
    required: int = 0,
    possible: int = 0,
    *,
    tight: bool = False,
    shares: Mapping[StaffId, int] = EMPTY,
    **more: Any,
) -> Line:
    """Return a line; its verdict follows from its two sides unless it is given.

    Parameters
    ----------
    tight
        Whether the verdict is `Verdict.TIGHT` where the line is possible.
    shares
        The most that each person can contribute; these are the line's people.
    more
        Other fields of the line.
    """
    verdict = Verdict.TIGHT if tight else Verdict.FINE
    if shares:
        listed = tuple(Share(staff=name, amount=one) for name, one in shares.items())
        more = {"people": tuple(shares), "shares": listed, **more}
    return Line(
        topic=topic,
        code=code,
        required=required,
        possible=possible,
        **{"verdict": verdict if required <= possible else Verdict.IMPOSSIBLE, **more},
    )


def is_tight(required: int, possible: int, part: int = TENTH) -> bool:
    """Tell whether less than a part of what is required is to spare."""
    return (possible - required) * part < required


def joined(
    lines: Iterable[Line],
    field: str = "dates",
    may_join: Callable[[Line], bool] = lambda _line: True,
) -> tuple[Line, ...]:
    """Merge lines of one date, or one person, each that differ in nothing but that."""
    groups: dict[str, Line] = {}
    for number, line in enumerate(lines):
        own = getattr(line, field)
        alike = line.model_copy(update={field: ()}).model_dump_json()
        key = alike if len(own) == 1 and may_join(line) else f"{number}"
        first = groups.get(key)
        every = (*getattr(first, field), *own) if first else own
        groups[key] = line.model_copy(update={field: every})
    return tuple(groups.values())

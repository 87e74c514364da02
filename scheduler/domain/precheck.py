"""What a precheck says: one line of arithmetic at a time."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import Frozen, StaffId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


EMPTY: Mapping[Any, Any] = MappingProxyType({})


class Topic(StrEnum):
    """What the sum is about."""

    CAPACITY = "capacity"
    """Places for day use and nights against one another."""
    NIGHTS = "nights"
    ON_CALL = "on_call"
    CARE = "care"
    """People and hours of care by day, date by date."""
    HOURS = "hours"
    """Hours of the whole period, and of single roles."""
    QUALIFIED = "qualified"
    """Qualifications and roles on the list, and the office's own cover rules."""
    WISHES = "wishes"
    CONTRACTS = "contracts"
    PINS = "pins"


class Verdict(StrEnum):
    """What follows from the sum."""

    IMPOSSIBLE = "impossible"
    """No roster keeps the law, the musts and the pins (`Line.contract`: nor the
    contracts)."""
    TIGHT = "tight"
    """It adds up with little to spare."""
    FINE = "fine"


class BlockedBy(StrEnum):
    """Why a person cannot do something on a date, what is settled longest first."""

    SYMBOL = "symbol"
    """No such shift, or role, in the contract."""
    ON_REQUEST = "on_request"
    """A shift that counts for no cover, which nobody pinned or asked for."""
    HALF_LEAVE = "half_leave"
    """It goes with half a day of leave that was not asked for."""
    EMPLOYED = "employed"
    LAST_DATE = "last_date"
    """A night would end after the last date of employment (L-01)."""
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    BREAKS = "breaks"
    """Those of the shift, or of a night on call that is work, are too short (F-05)."""
    NO_FLEX = "no_flex"
    """The shift is longer than the day of people outside the scheme (F-01)."""
    NO_NIGHT = "no_night"
    """Protected from work at night (F-09)."""
    NIGHTS_MAX = "nights_max"
    """The nights of the contract are none, or pinned elsewhere (L-05, F-13)."""
    PER_WEEK = "per_week"
    """The nights on call of the week are done or pinned elsewhere (F-10)."""
    DEADLINE = "deadline"
    """The care manager's billing days (G)."""
    COVER = "cover"
    """A cover rule allows nobody (K-02)."""
    PIN = "pin"
    """The cell, or the night on call, is pinned otherwise."""
    LEAVE = "leave"
    """Leave or a day off that must be granted."""
    WISH = "wish"
    """Another wish that must be granted."""
    BEFORE = "before"
    """What is settled on the dates before leaves no room (F-07, F-11)."""
    TAIL = "tail"
    """The same, by last month's tail."""
    PIN_BEFORE = "pin_before"
    """The same, by a pin on the date before."""
    AFTER = "after"
    """What is settled on the dates after leaves no room (F-07, F-11)."""
    PIN_AFTER = "pin_after"
    """The same, by a pin on the date after."""
    LEAVE_AFTER = "leave_after"
    """Leave or a day off on the date after, into which the shift would reach."""


class Bound(StrEnum):
    """What keeps a person's nights down."""

    LIMIT = "limit"
    """The nights that contract or office allow (L-05, F-13)."""
    DATES = "dates"
    """Dates on which one may begin, rest and chains kept (F-11, F-13)."""
    DAYS_OFF = "days_off"
    """The days off owed: a night takes its date and mostly the next one (L-02)."""
    WEEKS = "weeks"
    """Days a week (L-04), and the weekly holiday (F-06)."""
    LAW = "law"
    """The month's cap of hours (F-02)."""
    HOURS = "hours"
    """The most hours agreed on (L-03)."""


class Share(Frozen):
    """What one person can bring at most, in the unit of the line."""

    staff: StaffId
    amount: int


class Blocker(Frozen):
    """Why one person cannot, on the dates of the line."""

    staff: StaffId
    bar: BlockedBy


class Mend(Frozen):
    """One entry of the input that, changed, makes a sum add up; checked by counting.

    What ``facts`` hold depends on ``code`` (`scheduler.wording.precheck_facts`).
    """

    code: str
    facts: dict[str, int | str] = {}


class Line(Frozen):
    """One sum, its numbers, and what follows.

    ``required`` and ``possible`` are the two sides; their unit, and what ``facts``
    hold beside them, depends on ``code`` (`scheduler.wording.precheck`).
    """

    topic: Topic
    code: str
    verdict: Verdict
    contract: bool = False
    """Whether `Verdict.IMPOSSIBLE` means that contracts cannot be kept, and no more."""
    people: tuple[StaffId, ...] = ()
    dates: tuple[dt.date, ...] = ()
    required: int = 0
    possible: int = 0
    shares: tuple[Share, ...] = ()
    obstacles: tuple[Blocker, ...] = ()
    rules: tuple[str, ...] = ()
    """Names of the cover rules that allow no more."""
    mends: tuple[Mend, ...] = ()
    """Each alone makes the sum add up."""
    facts: dict[str, int | str] = {}

    @property
    def missing(self) -> int:
        """How much is wanting; zero or less where nothing is."""
        return self.required - self.possible

    @property
    def breaks_law(self) -> bool:
        """Whether it shows that no roster can be legal."""
        return self.verdict is Verdict.IMPOSSIBLE and not self.contract


def told(
    topic: Topic,
    code: str,
    required: int = 0,
    possible: int = 0,
    *,
    tight: bool = False,
    shares: Mapping[StaffId, int] = EMPTY,
    **more: Any,
) -> Line:
    """Return a line whose verdict follows from its two sides, unless it is given.

    Parameters
    ----------
    tight
        Whether what there is to spare is little.
    shares
        What everybody can bring at most; those are the line's people.
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


def joined(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Put lines together that speak of one date each and say the same of it."""
    groups: dict[str, Line] = {}
    for number, line in enumerate(lines):
        alike = line.model_copy(update={"dates": ()}).model_dump_json()
        key = alike if len(line.dates) == 1 else f"{number}"
        first = groups.get(key)
        dates = (*first.dates, *line.dates) if first else line.dates
        groups[key] = line.model_copy(update={"dates": dates})
    return tuple(groups.values())

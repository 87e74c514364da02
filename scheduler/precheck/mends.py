"""Which entries of the input, changed, would make a sum add up.

Each is tried: the problem is changed and counted through anew.  What is named leaves
nothing of the line behind and makes no other sum worse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval
from scheduler.domain.office import HouseRatio
from scheduler.domain.precheck import Line, Mend, Verdict
from scheduler.precheck.by_clock import hours_of
from scheduler.precheck.care import care
from scheduler.precheck.contract_mends import (
    FIELDS,
    contract_mends,
    mended_contract,
)
from scheduler.precheck.ground import Ground
from scheduler.precheck.nights import nights
from scheduler.precheck.on_call import on_call
from scheduler.precheck.qualified import qualified

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Shift

KEEPS_ROWS = ("night_band", "house_ratio")
"""Changes that leave what is left of every cell as it is."""

RELAXING = ("house_ratio", "cover_most")
"""Changes that ask for less, so that no sum can be worse by them."""


class Outcome:
    """What is short or impossible in a problem, worked out as far as it is asked for.

    Attributes
    ----------
    hours
        When anybody is missing by the clock, by date.
    missing
        How many minutes of people, by date.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        lines = [one for one in care(ground) if one.verdict is Verdict.IMPOSSIBLE]
        self._by_date = [one for one in lines if "begin" not in one.facts]
        self.hours: dict[dt.date, list[Interval]] = defaultdict(list)
        self.missing: Counter[dt.date] = Counter()
        for line in lines:
            if "begin" in line.facts:
                for date in line.dates:
                    self.hours[date].append(hours_of(line))
                    if line.code != "hours_span":
                        self.missing[date] += line.missing * hours_of(line).minutes

    @cached_property
    def impossible(self) -> frozenset[tuple[str, str]]:
        """Codes of other lines, each with a date, or with people where it has none."""
        ground = self._ground
        lines = (
            *nights(ground),
            *on_call(ground),
            *self._by_date,
            *qualified(ground),
        )
        return frozenset(
            (line.code, str(about))
            for line in lines
            if line.verdict is Verdict.IMPOSSIBLE
            for about in (line.dates or [line.people])
        )


def with_mends(ground: Ground, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with what would mend short hours, and contracts."""
    short = [line for line in lines if line.code in ("hours_short", "hours_span")]
    trials = Trials(ground) if short else None
    found = []
    for line in lines:
        mends: tuple[Mend, ...] = ()
        if line.code in FIELDS and line.verdict is Verdict.IMPOSSIBLE:
            mends = tuple(contract_mends(ground.problem, line))
        elif trials is not None and line in short:
            mends = tuple(trials.mends(line, short))
        found.append(line.model_copy(update={"mends": mends}))
    return tuple(found)


def mended(problem: Problem, mend: Mend) -> Problem:
    """Return a problem with one entry changed."""
    facts, office = mend.facts, problem.office
    changed: dict[str, object]
    match mend.code:
        case "night_band":
            band = Interval(int(facts["begin"]), int(facts["end"]))
            changed = {"office": office.model_copy(update={"night_band": band})}
        case "house_ratio":
            settings = office.settings.model_copy(
                update={"house_ratio": HouseRatio.GUIDELINE}
            )
            changed = {"office": office.model_copy(update={"settings": settings})}
        case "shift_hours":
            changed = {"shifts": tuple(_moved(one, facts) for one in problem.shifts)}
        case "cover_most":
            changed = {
                "cover_rules": tuple(_raised(r, facts) for r in problem.cover_rules)
            }
        case _:
            return mended_contract(problem, mend)
    return problem.model_copy(update=changed)


class Trials:
    """Changes of one problem, each counted through once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._before = Outcome(ground)
        self._after: dict[str, Outcome] = {}

    def mends(self, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
        """Yield what would mend a line.

        Parameters
        ----------
        short
            All lines of its kind, so that one change can mend several.
        """
        for mend in _candidates(self._ground, line, short):
            key = mend.model_dump_json()
            if key not in self._after:
                self._after[key] = Outcome(self._changed(mend))
            if self._helps(line, mend, self._after[key]):
                yield mend

    def _changed(self, mend: Mend) -> Ground:
        problem = mended(self._ground.problem, mend)
        if mend.code in KEEPS_ROWS:
            return self._ground.beside(problem)
        return Ground(problem)

    def _helps(self, line: Line, mend: Mend, after: Outcome) -> bool:
        """Tell whether nothing of a line is left, and nothing else is worse."""
        span = hours_of(line)
        left = any(
            span.overlaps(hours) for date in line.dates for hours in after.hours[date]
        )
        if left or mend.code in RELAXING:
            return not left
        before = self._before
        return not (after.missing - before.missing) and (
            after.impossible <= before.impossible
        )


# -- what could be changed -------------------------------------------------------------


def _candidates(ground: Ground, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
    """Yield changes that are worth a try."""
    yield from _night_band(ground, line, short)
    if ground.problem.office.settings.house_ratio is HouseRatio.MUST:
        yield Mend(code="house_ratio")
    yield from _shift_hours(ground, line)
    yield from _cover_most(ground, line)


def _night_band(ground: Ground, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
    """Yield a longer night band, if the hours lie beside it: for all such lines one."""
    start, end = band = ground.problem.office.night_band
    spans = [hours_of(one) for one in short]
    for span in sorted(spans, reverse=True):
        if span.end == start:
            start = span.start
    for span in sorted(spans):
        if span.start + DAY == end:
            end = span.end + DAY
    longer = Interval(start, end)
    own = hours_of(line)
    beside = longer.covers(own) or longer.covers(own.shifted(DAY))
    if longer != band and longer.minutes < DAY and beside:
        yield Mend(code="night_band", facts={"begin": start, "end": end})


def _shift_hours(ground: Ground, line: Line) -> Iterator[Mend]:
    """Yield shifts that begin as the hours end, or end as they begin, moved over."""
    begin, end = hours_of(line)
    for shift in ground.problem.shifts:
        if shift.on_request or shift.passes_midnight:
            continue
        moves = {shift.start == end: begin - end, shift.end == begin: end - begin}
        if moves.get(True):
            yield Mend(
                code="shift_hours",
                facts={
                    "symbol": shift.symbol,
                    "begin": shift.start + moves[True],
                    "end": shift.end + moves[True],
                },
            )


def _cover_most(ground: Ground, line: Line) -> Iterator[Mend]:
    """Yield the cover rules that allow no more, with as many as are needed."""
    for rule in ground.problem.cover_rules:
        if rule.name in line.rules and rule.at_most is not None:
            most = rule.at_most + line.missing
            yield Mend(code="cover_most", facts={"name": rule.name, "most": most})


def _moved(shift: Shift, facts: Mapping[str, int | str]) -> Shift:
    """Return a shift with other hours, its breaks and cuts moved along."""
    if shift.symbol != facts["symbol"]:
        return shift
    by = int(facts["begin"]) - shift.start
    return shift.model_copy(
        update={
            "start": shift.start + by,
            "end": shift.end + by,
            "cuts": tuple(cut + by for cut in shift.cuts),
            "breaks": tuple(
                tuple(pause.shifted(by) for pause in option) for option in shift.breaks
            ),
        }
    )


def _raised(rule: CoverRule, facts: Mapping[str, int | str]) -> CoverRule:
    if rule.name != facts["name"]:
        return rule
    return rule.model_copy(update={"at_most": int(facts["most"])})

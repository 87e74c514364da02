"""Sums of the office's own cover rules and events: who could come (K-02, K-03).

Of a rule each date may have enough people who could come, and all dates together too
few: a rule on two night workers, or on three drivers every day, takes more of them than
their days off, their hours and the rests between their shifts leave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.audit.rules.k03_events import asks, stays_away
from scheduler.constraints.language.crew import could_count
from scheduler.domain.base import StaffId
from scheduler.domain.events import CalendarEvent
from scheduler.domain.finding import Stance
from scheduler.domain.precheck import Line, Topic, Verdict, line_of
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import OffKind, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.hours import Most, line_of_most, most_of, most_of_contract
from scheduler.precheck.presence import around, not_beginning, pieces_of
from scheduler.precheck.settled import Begun
from scheduler.precheck.work_dates import Chains, chain_of, most_by_last


def cover_rules(cells: Cells) -> Iterator[Line]:
    """Yield for each must of a cover rule whether its people are enough."""
    for rule in cells.problem.cover_rules:
        if rule.must and rule.at_least:
            yield from Cover(cells, rule, rule.at_least).lines()


@dataclass(frozen=True)
class Cover:
    """A cover rule that asks for at least so many people, and who they could be."""

    cells: Cells
    rule: CoverRule
    at_least: int

    def lines(self) -> Iterator[Line]:
        """Yield one line if it always or never has enough people, else short dates."""
        dates = [d for d in self.cells.problem.period.dates if self.rule.applies_on(d)]
        if not dates:
            return
        lacking = [line for date in dates for line in self._on(date)]
        in_all = self._in_all(dates)
        people = tuple(m.name for m in self.cells.problem.staff if self._shifts_of(m))
        facts = {"name": self.rule.name}
        if not lacking and in_all is None:
            yield line_of(
                Topic.QUALIFIED,
                "cover",
                self.at_least,
                len(people),
                verdict=Verdict.FINE,
                people=people,
                facts=facts,
            )
        elif len(lacking) == len(dates) and len(people) < self.at_least:
            asked = ("role", "qualification", "group", "shift")
            sought = {one: getattr(self.rule, one) for one in asked}
            yield line_of(
                Topic.QUALIFIED,
                "cover_nobody",
                self.at_least,
                len(people),
                people=people,
                dates=tuple(dates),
                facts=facts | {one: str(name) for one, name in sought.items() if name},
            )
        else:
            yield from lacking
            if in_all is not None:
                yield in_all

    def _asked(self, date: dt.date) -> int | None:
        """Return how many people it asks for with what is agreed; ``None``: nothing."""
        facet = "count_must" if self.rule.band is None else "band_must"
        agreed = self.cells.agreed("K-02", facet, date=date, name=self.rule.name)
        return None if self.rule.band and agreed else max(0, self.at_least - agreed)

    @cached_property
    def _people(self) -> list[StaffMember]:
        """Those whom the rule counts."""
        return [one for one in self.cells.problem.staff if could_count(self.rule, one)]

    @cached_property
    def _moments(self) -> Sequence[int | None]:
        """Clock minutes at which people are counted; ``None``: shifts of the date."""
        if self.rule.band is None:
            return (None,)
        pieces = pieces_of(self.cells.problem, self.rule.band)
        return [piece.start for piece in pieces]

    def _shifts_of(self, member: StaffMember) -> tuple[Shift, ...]:
        """Return the shifts of a person's contract that the rule may count."""
        rule = self.rule
        if not could_count(rule, member) or rule.role not in (None, *member.roles):
            return ()
        return tuple(
            shift
            for shift in self.cells.own_shifts(member)
            if shift.counts and rule.shift in (None, shift.symbol)
        )

    def _fitting(
        self, member: StaffMember, date: dt.date, minute: int | None
    ) -> Iterator[tuple[dt.date, Begun]]:
        """Yield a person's shifts that could count at a moment, and where they begin.

        Parameters
        ----------
        minute
            A clock minute of the date; ``None``: shifts that begin on it count.
        """
        if minute is None:
            found = ((date, one) for one in self.cells.working(member, date))
            yield from (pair for pair in found if self._fits(pair[1], None))
            return
        for begins, one, at in around(self.cells, member, date, minute):
            if self._fits(one, at):
                yield begins, one

    def _fits(self, begun: Begun, minute: int | None) -> bool:
        """Tell whether a shift could count at a minute since its date began."""
        if self.rule.shift not in (None, begun.shift.symbol):
            return False
        if minute is None:
            every = [role for roles in begun.roles for role in roles]
            return begun.shift.counts and self.rule.role in (None, *every)
        roles = begun.roles_at(minute)
        return (
            begun.at_work(minute) and bool(roles) and self.rule.role in (None, *roles)
        )

    # -- one date ----------------------------------------------------------------------

    def _on(self, date: dt.date) -> Iterator[Line]:
        """Yield a line if fewer people can be counted on a date than are asked for."""
        asked = self._asked(date)
        able = () if asked is None else self._able(date)
        if asked is not None and len(able) < asked:
            yield line_of(
                Topic.QUALIFIED,
                "cover_date",
                asked,
                len(able),
                people=able,
                dates=(date,),
                obstacles=not_beginning(self.cells, date, able, self._shifts_of),
                facts={"name": self.rule.name},
            )

    def _able(self, date: dt.date) -> tuple[StaffId, ...]:
        """Return who could be counted on a date, at the moment with the fewest."""
        found = (
            tuple(m.name for m in self._people if any(self._fitting(m, date, minute)))
            for minute in self._moments
        )
        return min(found, key=len)

    # -- all dates together ------------------------------------------------------------

    def _in_all(self, dates: Sequence[dt.date]) -> Line | None:
        """Return the sum of all dates at the moment with most missing, if any is."""
        asked = {date: self._asked(date) for date in dates}
        needed = {date: number for date, number in asked.items() if number is not None}
        lines = [
            line_of_most(
                Topic.QUALIFIED,
                "cover_times",
                sum(needed.values()),
                {who: most for who, most in of_all.items() if most.law},
                facts={"name": self.rule.name},
            )
            for minute in self._moments
            for of_all in (
                {m.name: self._most(m, list(needed), minute) for m in self._people},
            )
        ]
        worst = max(lines, key=lambda line: line.missing)
        return worst if worst.missing > 0 else None

    def _most(
        self, member: StaffMember, dates: Sequence[dt.date], minute: int | None
    ) -> Most:
        """Return on how many of some dates a person could be counted."""
        cells = self.cells
        found = [one for date in dates for one in self._fitting(member, date, minute)]
        before = len({date for date, _ in found if date < cells.first})
        inside = {date for date, _ in found if date >= cells.first}
        shifts = {one.shift.symbol: one.shift for date, one in found if date in inside}
        if not shifts:
            return Most(before, before)
        shortest = max(1, min(shift.work_minutes for shift in shifts.values()))
        most = most_of(cells, member, lambda date: date in inside)
        chain = Chains(
            able=tuple(date in inside for date in cells.problem.period.dates),
            most=min(most.law, cells.month_cap(member) // shortest),
            next_day=cells.may_repeat(shifts.values()),
            in_a_row=chain_of(cells, member, tuple(shifts.values())).most,
        )
        law = most_by_last(chain)[-1]
        nights = all(shift.is_night for shift in shifts.values())
        limit = cells.nights_limit(member) if nights else None
        kept = (most.contract, most_of_contract(cells, member) // shortest, limit)
        contract = min((law, *(one for one in kept if one is not None)))
        return Most(before + law, before + contract)


# -- events (K-03) ---------------------------------------------------------------------


def events(cells: Cells) -> Iterator[Line]:
    """Yield the events that nobody, too few, or not all of those named can come to."""
    for event in cells.problem.events:
        asked = [member for member in cells.problem.staff if asks(event, member)]
        for date in cells.problem.period.dates:
            if event.span is not None and event.is_held_on(date) and asked:
                yield from _on(cells, event, asked, date)


def _on(
    cells: Cells, event: CalendarEvent, asked: Sequence[StaffMember], date: dt.date
) -> Iterator[Line]:
    able = tuple(m.name for m in asked if cells.may_come(m, date, event.name))
    if event.at_least is not None:
        agreed = cells.agreed("K-03", _facet(event), date=date, name=event.name)
        least = event.at_least - agreed
        if len(able) < least:
            yield _line(
                cells, event, asked, date, able, required=least, is_sure=event.must
            )
        return
    missing = [
        member
        for member in asked
        if member.name not in able
        and (
            member.name in event.people
            or (event.days_off and _is_missed(cells, event, member, date))
        )
    ]
    if missing:
        sure = any(_is_missed(cells, event, member, date) for member in missing)
        came = tuple(m.name for m in asked if m not in missing)
        yield _line(
            cells, event, missing, date, came, required=len(missing), is_sure=sure
        )
    elif not able:
        yield _line(cells, event, asked, date, (), required=1, is_sure=False)


def _line(
    cells: Cells,
    event: CalendarEvent,
    asked: Sequence[StaffMember],
    date: dt.date,
    able: Collection[StaffId],
    *,
    required: int,
    is_sure: bool,
) -> Line:
    """Return a line on who cannot come and why.

    Parameters
    ----------
    is_sure
        Whether a must is then broken, as nobody asked is excused.
    """
    names = tuple(member.name for member in asked)
    others = tuple(m.name for m in cells.problem.staff if m.name not in names)
    obstacles = not_beginning(cells, date, (*able, *others), cells.own_shifts)
    return line_of(
        Topic.QUALIFIED,
        "event_few" if event.at_least is not None else "event_nobody",
        required,
        len(able) if event.at_least is not None else 0,
        verdict=Verdict.IMPOSSIBLE if is_sure else Verdict.TIGHT,
        people=tuple(able) if event.at_least is not None else names,
        dates=(date,),
        obstacles=obstacles,
        facts={"name": event.name},
    )


def _facet(event: CalendarEvent) -> str:
    return f"missing_{Stance.as_set(must=event.must)}"


def _is_missed(
    cells: Cells, event: CalendarEvent, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a person who cannot come breaks a must whatever the cell becomes."""
    if not event.must or cells.agreed(
        "K-03", _facet(event), member.name, date, event.name
    ):
        return False
    entries = [(cells.shifts.get(one), one) for one in cells.left(member, date)]
    return bool(entries) and all(
        stays_away(event, member, shift, None if shift else OffKind(entry)) is False
        for shift, entry in entries
    )

"""Help from another house: people of one office lent to another for a date.

Each offer is audited in both houses before it is told: in the lender's with the person
at work elsewhere on that date, in the borrower's with the person as a guest.  Every
offer stands by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit import audit
from scheduler.audit.standard import LAW, Standard
from scheduler.domain.advice import Loan
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.house_symbols import plain_role
from scheduler.domain.kinds import DayKind
from scheduler.domain.likeness import look_of
from scheduler.domain.office_kind import KANTAKI
from scheduler.domain.shifts import Duty, OffKind, Role
from scheduler.domain.staff import REGISTERED_NURSE, Contract, DateSpan, StaffMember
from scheduler.rulebook import Rulebook, rules_of
from scheduler.rulebook.findings import level_totals, spot_of

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Iterable, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import BreakOption, Shift

DATES = 8
"""Most dates of one office for which help is looked for, the worst first."""

OFFERS = 3
"""Most offers for one date."""

TRIES = 30
"""Most people and shifts that are tried for one date."""

MENDED = (Stance.ENFORCED, Stance.STATUTORY, Stance.MUST)
"""What help is looked for; a pinned cell is the manager's own."""

STAND_IN = StaffId("?")
"""Name of the guest with whom it is tried which shifts would help at all."""


@dataclass(frozen=True)
class OfficeMonth:
    """An office with its finished roster and the audit's findings in it."""

    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The office's name."""
        return self.problem.office.name

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return rules_of(self.problem)

    @cached_property
    def standard(self) -> Standard:
        """What is broken already."""
        return Standard(self.rulebook, self.findings)

    def travel(self, other: OfficeMonth) -> int | None:
        """Return the minutes of travel that the workbook tells to another house."""
        told = (k.travel for k in self.problem.kinds if k.elsewhere == other.name)
        return max(told, default=None)

    def with_cells(self, problem: Problem, cells: Iterable[Duty]) -> OfficeMonth:
        """Return the house with some cells changed, audited anew."""
        changed = {(duty.staff, duty.date): duty for duty in cells}
        kept = {**self.roster.by_cell, **changed}
        roster = self.roster.model_copy(update={"duties": tuple(kept.values())})
        return OfficeMonth(problem, roster, audit(problem, roster, self.rulebook))


class Visit(NamedTuple):
    """A shift of the borrower on a date, as a guest would do it."""

    date: dt.date
    shift: Shift
    breaks: BreakOption
    role: Role


def loans(
    houses: Sequence[OfficeMonth], travel: int, stop: threading.Event
) -> tuple[tuple[Loan, ...], ...]:
    """Return for each house the people whom the others could lend it.

    Parameters
    ----------
    houses
        Offices of one operator.
    travel
        Minutes between two houses whose workbooks tell none.
    stop
        Set it from another thread to end with what was found so far.
    """
    return tuple(_Borrowing(house, houses, travel, stop).found() for house in houses)


class _Borrowing:
    """One house, and the others that may help it."""

    def __init__(
        self,
        house: OfficeMonth,
        houses: Sequence[OfficeMonth],
        travel: int,
        stop: threading.Event,
    ) -> None:
        self._house = house
        self._usual = travel
        self._stop = stop
        is_kantaki = house.problem.office.kind in KANTAKI
        self._lenders = [
            other
            for other in houses
            if other is not house
            if (other.problem.office.kind in KANTAKI) == is_kantaki
        ]
        listed = [name for one in houses for name in one.problem.member_by_name]
        self._on_several_lists = {name for name in listed if listed.count(name) > 1}

    def found(self) -> tuple[Loan, ...]:
        """Return the offers by date, at most `OFFERS` for each."""
        if not self._lenders:
            return ()
        return tuple(loan for date in self._dates() for loan in self._on(date))

    def _dates(self) -> list[dt.date]:
        """Return the dates with something to mend: the worst ones, in order."""
        house = self._house
        amounts: dict[dt.date, int] = {}
        for one in house.findings:
            rule = house.rulebook[one.rule]
            is_house = rule.of == "house" and one.stance in MENDED
            if is_house and one.date is not None and one.date in house.problem.period:
                weight = rule.facet[one.facet].weight * one.amount
                amounts[one.date] = amounts.get(one.date, 0) + weight
        worst = sorted(amounts, key=lambda date: (-amounts[date], date))
        return sorted(worst[:DATES])

    def _on(self, date: dt.date) -> list[Loan]:
        """Return the offers for a date, what mends most first."""
        told: dict[StaffId, Loan] = {}
        tries = 0
        for visit in self._helpful(date):
            for lender, member in self._free(visit):
                if self._stop.is_set() or len(told) == OFFERS or tries == TRIES:
                    return list(told.values())
                if member.name in told:
                    continue
                tries += 1
                loan = self._loan(lender, member, visit)
                if loan is not None:
                    told[member.name] = loan
        return list(told.values())

    # -- which shifts would help -----------------------------------------------------

    def _helpful(self, date: dt.date) -> list[Visit]:
        """Return the shifts that would mend something, the most first."""
        gains: list[tuple[int, int, Visit]] = []
        for shift in self._house.problem.shifts:
            for role in (Role.CARE, Role.NURSE):
                if shift.on_request or role not in (shift.roles or (role,)):
                    continue
                visits = [Visit(date, shift, b, role) for b in shift.break_options]
                tried = [(self._gain(visit), visit) for visit in visits]
                gain, visit = max(tried, key=lambda one: one[0])
                if gain > 0:
                    gains.append((-gain, len(gains), visit))
                    break
        return [visit for *_order, visit in sorted(gains)]

    def _gain(self, visit: Visit) -> int:
        """Return how much less is broken with somebody on a shift."""
        if self._stop.is_set():
            return 0
        licences = (REGISTERED_NURSE,) if visit.role is Role.NURSE else ()
        guest = StaffMember(
            name=STAND_IN,
            contract=Contract(full_time=False),
            roles=(visit.role,),
            qualifications=licences,
        )
        after = self._with_guest(guest, STAND_IN, visit)
        before, now = (
            level_totals(self._house.rulebook, one.findings)
            for one in (self._house, after)
        )
        return sum(before[s] - now[s] for s in MENDED if s in before)

    # -- who could come --------------------------------------------------------------

    def _free(self, visit: Visit) -> list[tuple[OfficeMonth, StaffMember]]:
        """Return who might come by their own roster: first whoever is at work then."""
        found = [
            (is_off, lender, member)
            for lender in self._lenders
            for member in lender.problem.staff
            if self._does(lender.problem, member, visit)
            if (is_off := _is_off(lender, member, visit.date)) is not None
        ]
        return [
            (lender, member)
            for wanted in (False, True)
            for is_off, lender, member in found
            if is_off is wanted
        ]

    def _does(self, home: Problem, member: StaffMember, visit: Visit) -> bool:
        """Tell whether a person does at home what is asked of them."""
        table = home.shift_by_symbol
        kinds = {table[one].kind for one in member.shifts if one in table}
        return (
            not member.home
            and not member.works_elsewhere
            and member.name not in self._on_several_lists
            and home.office.settings.newcomers not in member.groups
            and visit.shift.kind in kinds
            and _role(member, visit) is not None
        )

    # -- an offer --------------------------------------------------------------------

    def _loan(
        self, lender: OfficeMonth, member: StaffMember, visit: Visit
    ) -> Loan | None:
        """Return an offer that both houses' audits confirm; else ``None``."""
        role = _role(member, visit)
        assert role is not None
        visit = visit._replace(role=role)
        house = self._house
        told = (lender.travel(house), house.travel(lender))
        travel = max((one for one in told if one is not None), default=self._usual)
        sent = _sent(lender, member, visit, house.name, travel)
        lost = lender.standard.beyond(sent.findings)
        if any(one.stance in LAW for one in lost) or _refuses_a_wish(lender, sent):
            return None
        guest = self._with_guest(member, lender.name, visit)
        if house.standard.beyond(guest.findings):
            return None
        dates = (visit.date, visit.date + ONE_DAY)
        better = Standard(house.rulebook, guest.findings)
        mends = tuple(
            one for one in better.beyond(house.findings, MENDED) if one.date in dates
        )
        if not mends:
            return None
        spots = {spot_of(one, house.rulebook[one.rule]) for one in mends}
        left = tuple(
            one
            for one in guest.findings
            if spot_of(one, house.rulebook[one.rule]) in spots
        )
        return Loan(
            staff=member.name,
            lender=lender.name,
            date=visit.date,
            shift=visit.shift.symbol,
            span=visit.shift.interval,
            role=role,
            instead_of=lender.roster.by_cell[member.name, visit.date].shift,
            travel=travel,
            mends=mends,
            left=left,
            contract=lost,
        )

    def _with_guest(
        self, member: StaffMember, lender: str, visit: Visit
    ) -> OfficeMonth:
        """Return the house with a person of another one on a shift of its own."""
        problem = self._house.problem
        date, shift = visit.date, visit.shift
        last = date + ONE_DAY if shift.passes_midnight else date
        guest = StaffMember(
            name=member.name,
            contract=Contract(full_time=False),
            roles=(visit.role,),
            qualifications=member.qualifications,
            shifts=(shift.symbol,),
            employed=DateSpan(first=date, last=last),
            no_night=member.no_night,
            other_office=True,
            home=lender,
        )
        cells = [
            Duty(staff=guest.name, date=one, off=OffKind.AWAY)
            for one in problem.period.dates
        ]
        cells.append(_at_work(guest, shift.symbol, visit))
        if last != date and last in problem.period:
            cells.append(Duty(staff=guest.name, date=last, off=OffKind.AFTER_NIGHT))
        listed = problem.model_copy(update={"staff": (*problem.staff, guest)})
        return self._house.with_cells(listed, cells)


def _role(member: StaffMember, visit: Visit) -> Role | None:
    """Return the role in which a person does a shift; ``None`` if in none of theirs.

    Whoever nurses also gives care, where care is what is missing.
    """
    able = (visit.role,) if visit.role is Role.NURSE else (Role.CARE, Role.NURSE)
    allowed = visit.shift.roles or able
    return next((r for r in able if r in member.roles and r in allowed), None)


def _is_off(lender: OfficeMonth, member: StaffMember, date: dt.date) -> bool | None:
    """Tell whether a person has a day off; ``None`` if they cannot be asked at all."""
    duty = lender.roster.by_cell.get((member.name, date))
    if duty is None or date not in lender.problem.period or duty.worked or duty.events:
        return None
    if duty.shift is not None:
        shift = lender.problem.shift_by_symbol.get(duty.shift)
        return False if shift and not shift.on_request else None
    return True if duty.off is OffKind.DAY_OFF and duty.kind is None else None


def _sent(
    lender: OfficeMonth, member: StaffMember, visit: Visit, to: str, travel: int
) -> OfficeMonth:
    """Return the lender's house with a person at work in another one on a date."""
    problem, date, shift = lender.problem, visit.date, visit.shift
    symbols = [s.symbol for s in problem.all_shifts] + [k.symbol for k in problem.kinds]
    taken = set(map(look_of, symbols))
    names = ("援", *(f"援{number}" for number in range(2, 10)))
    symbol = ShiftId(next(name for name in names if look_of(name) not in taken))
    kind = DayKind(
        symbol=symbol,
        hours=True,
        start=shift.start,
        end=shift.end,
        breaks=(visit.breaks,) if visit.breaks else (),
        elsewhere=to,
        travel=travel,
    )
    cells = [_at_work(member, symbol, visit)]
    following = lender.roster.by_cell.get((member.name, date + ONE_DAY))
    # The morning after follows the night: a day off becomes one, or it a day off.
    swapped = (
        (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
        if shift.passes_midnight
        else (OffKind.AFTER_NIGHT, OffKind.DAY_OFF)
    )
    if following is not None and (following.off, following.kind) == (swapped[0], None):
        cells.append(following.model_copy(update={"off": swapped[1]}))
    with_kind = problem.model_copy(update={"kinds": (*problem.kinds, kind)})
    return lender.with_cells(with_kind, cells)


def _at_work(member: StaffMember, symbol: ShiftId, visit: Visit) -> Duty:
    """Return the duty of a visit as one of the two houses writes it."""
    is_guest = symbol == visit.shift.symbol
    segments = len(visit.shift.segments) if is_guest else 1
    role = visit.role if is_guest else plain_role(member)
    return Duty(
        staff=member.name,
        date=visit.date,
        shift=symbol,
        roles=(role,) * segments,
        breaks=visit.breaks,
    )


def _refuses_a_wish(lender: OfficeMonth, sent: OfficeMonth) -> bool:
    """Tell whether somebody's wish is refused that was granted before."""
    before = {spot_of(o, lender.rulebook[o.rule]) for o in _refused(lender)}
    return any(
        spot_of(one, lender.rulebook[one.rule]) not in before for one in _refused(sent)
    )


def _refused(house: OfficeMonth) -> list[Finding]:
    return [
        one
        for one in house.findings
        if one.rule == "W-01" and one.stance in (Stance.WISH, Stance.MUST)
    ]

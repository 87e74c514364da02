"""The part of a month that advice is about: all of it, or what is not past yet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.advice.offers import to_be_mended
from scheduler.audit.standard import Standard
from scheduler.domain.shifts import Duty, OffKind
from scheduler.model import build
from scheduler.rulebook import load
from scheduler.solver.standing.disturbance import Disturbance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.agreements import Spot
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Absence


WEEK = dt.timedelta(days=7)


def _nothing(spot: Spot) -> int:
    return 0


class OpenPart:
    """What of a month advice may change, and which breaches it is about.

    The models of the month that advice searches are all made here, so that what stays
    is the same in each of them.

    Parameters
    ----------
    problem, roster
        The month, and its roster as it stands.
    now
        First date that can still change; the first of the month if not given.
    cells, nights
        Cells, and nights with whoever is on call in them, that stay besides.
    absences
        Who is put on call on none of their dates.
    away
        Who is asked for another day only where others are not enough.
    accepted
        How far limits are broken that are past, or that nobody is to mend.

    Attributes
    ----------
    first
        First date that can still change.
    away
        Who is asked for another day only where others are not enough.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        *,
        now: dt.date | None = None,
        cells: Collection[tuple[StaffId, dt.date]] = (),
        nights: Collection[dt.date] = (),
        absences: Collection[Absence] = (),
        away: Collection[StaffId] = (),
        accepted: Standard | None = None,
    ) -> None:
        self.first = now or problem.period.first
        self._roster = roster
        self._cells = frozenset(cells)
        self._nights = frozenset(nights)
        self._absences = tuple(absences)
        self.away = frozenset(away)
        self._accepted = accepted or Standard(load(problem.period), ())

    @property
    def since(self) -> dt.date | None:
        """The first date that can change, where some of the month is past."""
        past = any(duty.date < self.first for duty in self._roster.duties)
        return self.first if past else None

    def allowed(self, spot: Spot) -> int:
        """Return how much is broken at a spot that nobody is to mend."""
        return self._accepted.allowed(spot)

    def broken(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings for which causes and repairs are looked for."""
        return self._accepted.beyond(to_be_mended(findings))

    def is_settled(self, spot: Spot) -> bool:
        """Whether nothing that can change speaks of a spot.

        A limit on weeks has the first date of its week.
        """
        absent = spot.rule == "W-02" and any(
            spot.staff == one.staff and spot.date in one for one in self._absences
        )
        return absent or (spot.date is not None and spot.date <= self.first - WEEK)

    def model(
        self,
        problem: Problem,
        gives: Callable[[Spot], int] = _nothing,
        otherwise: Sequence[ForecastDay] = (),
        *,
        pins_may_go: bool = False,
    ) -> RosterModel:
        """Return a model of the month in which what stays is held.

        Parameters
        ----------
        problem
            The month, perhaps with other people, shifts or users.
        gives, otherwise
            As for `RosterModel`.
        pins_may_go
            Whether what stays is held by its pin alone where it has one, which can
            then be asked about like any other limit.
        """
        model = build(
            problem,
            gives=lambda spot: gives(spot) + self.allowed(spot),
            otherwise=otherwise,
            standing=self._roster,
        )
        pins = problem.pins if pins_may_go else None
        cells = {(pin.staff, pin.date) for pin in pins.duties} if pins else set()
        nights = {pin.date for pin in pins.on_call} if pins else set()
        held = self._differences(model)
        held.hold_past(model.cp)
        held.hold_cells(model.cp, self._cells - cells)
        held.hold_nights(model.cp, self._nights - nights)
        held.hold_absent(model.cp, self._absences)
        return model

    def read(self, model: RosterModel, values: Sequence[int]) -> Roster:
        """Turn values into a roster; breaks stay where nothing has changed."""
        read = model.read(lambda variable: values[variable.index])
        duties = tuple(self._differences(model).with_breaks(read))
        return read.model_copy(update={"duties": duties})

    def stands(self, problem: Problem) -> Roster:
        """Return the roster as it stands, in which whoever is new does nothing."""
        known = self._roster.by_cell
        idle = (
            Duty(staff=member.name, date=date, off=_idle(date in member.employed))
            for member in problem.staff
            for date in problem.period.dates
            if (member.name, date) not in known
        )
        return self._roster.model_copy(update={"duties": (*known.values(), *idle)})

    def _differences(self, model: RosterModel) -> Disturbance:
        stands = self.stands(model.problem)
        return Disturbance(model, model.cp, stands, self.first, asked=())


def _idle(employed: bool) -> OffKind:
    return OffKind.DAY_OFF if employed else OffKind.AWAY

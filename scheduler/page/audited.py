"""A roster with its audit, and the four lamps: law, musts, contracts, wishes.

Houses that are planned together are read as `shotaki check` reads their workbooks, with
what was typed into one for somebody who works in several as if typed into all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import is_not
from typing import NamedTuple

from scheduler.audit import audit
from scheduler.audit.consistency import joint_mistakes
from scheduler.audit.figures.day_curve import day_curves
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.figures.summary import SetBy, kept, set_by
from scheduler.audit.houses import together
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.houses import typed_in_all
from scheduler.rulebook import rules_of
from scheduler.wording.translation import N_, _, ngettext


class AuditedRoster:
    """A roster with the findings of its audit, and what is read off it.

    Parameters
    ----------
    before
        One that differs in few cells, of whose figures those of other dates are kept.
    houses
        All houses, where the roster is that of one of several.
    """

    def __init__(
        self,
        problem: Problem,
        roster: RosterRecord,
        before: AuditedRoster | None = None,
        houses: AllHouses | None = None,
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.houses = houses
        self.margins = self._margins(before)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of its audit; that of all houses, where they are planned together."""
        if self.houses is not None:
            return self.houses.own
        return audit(self.problem, self.roster)

    @cached_property
    def in_other_houses(self) -> tuple[Finding, ...]:
        """Findings of other houses that name people of this one."""
        houses, own = self.houses, self.problem.office.name
        known = self.problem.member_by_name
        return tuple(
            one
            for one in (houses.findings if houses else ())
            if one.house != own and any(name in known for name in one.people)
        )

    @cached_property
    def months(self) -> tuple[PersonMonth, ...]:
        """Every person's month, in the order of the staff list."""
        return people(self.problem, self.roster)

    def _margins(self, before: AuditedRoster | None) -> dict[dt.date, int]:
        """Return for each date the people beyond those needed, at the scarcest time."""
        dates = self.problem.period.dates
        known = {
            date: before.margins[date]
            for date in dates
            if before is not None and self.parts_of(date) == before.parts_of(date)
        }
        others = [date for date in dates if date not in known]
        curves = day_curves(self.problem, self.roster, others)
        return known | {
            date: min(moment.margin for moment in curve)
            for date, curve in curves.items()
        }

    def parts_of(self, date: dt.date) -> list[object]:
        """Return what the figures of a date are made of, the night before included."""
        cells, nights = self.roster.by_cell, self.roster.on_call_by_date
        forecast = self.problem.forecast_by_date
        known: list[object] = []
        for day in (date - ONE_DAY, date):
            known += [cells.get((one.name, day)) for one in self.problem.staff]
            known += [nights.get(day), forecast.get(day)]
        return known


OK, BAD, HALF = "ok", "bad", "half"
WISHES = "W-01"

NAMES = (N_("Law"), N_("Musts"), N_("Contracts (lamp)"), N_("Wishes (lamp)"))


class Lamp(NamedTuple):
    """One lamp: what is kept of what there is.

    Attributes
    ----------
    look
        ``ok``, ``bad``, or ``half`` for wishes, which may be refused.
    told
        A few words beside the name.
    done, whole, unit
        So many of so many; ``whole`` is ``None`` if they cannot be counted.
    """

    name: str
    look: str
    told: str
    done: int
    whole: int | None
    unit: str

    @property
    def sign(self) -> str:
        """A sign that tells without colour."""
        return {OK: "✓", BAD: "!", HALF: "…"}[self.look]


def lamps(problem: Problem, findings: Sequence[Finding]) -> tuple[Lamp, ...]:
    """Return the four lamps of a roster, by the findings of its audit."""
    rulebook = rules_of(problem)
    found = kept(problem, findings)
    hard = [one for one in findings if one.stance.is_hard]
    unlawful = [one for one in hard if set_by(one, rulebook) is SetBy.LAW]
    musts = sum(found.broken.get(one, 0) for one in (SetBy.OFFICE, SetBy.PIN))
    musts += found.broken.get(SetBy.WISH, 0) + found.broken.get(SetBy.CONTRACT, 0)
    employed = {one.name for one in problem.home.staff if not one.is_temporary}
    staff, broken = len(employed), len(employed.intersection(found.people))
    asked = len(problem.requests)
    granted = asked - refused(findings)
    law, must, contract, wish = (_(name) for name in NAMES)
    return (
        Lamp(
            law,
            BAD if unlawful else OK,
            _places(len(unlawful)),
            problem.period.days - len({one.date for one in unlawful if one.date}),
            problem.period.days,
            _("days (unit)"),
        ),
        Lamp(must, BAD if musts else OK, _places(musts), musts, None, ""),
        Lamp(
            contract,
            BAD if broken else OK,
            _of(staff - broken, staff, _("people (unit)")),
            staff - broken,
            staff,
            _("people (unit)"),
        ),
        Lamp(
            wish,
            OK if granted == asked else HALF,
            _of(granted, asked, _("wishes (unit)")),
            granted,
            asked,
            _("wishes (unit)"),
        ),
    )


def refused(findings: Iterable[Finding]) -> int:
    """Count the requests that are not granted."""
    return len(
        {
            (one.people, one.date, one.facts.get("want"), one.facts.get("shifts"))
            for one in findings
            if one.rule == WISHES and "want" in one.facts and "before" not in one.facts
        }
    )


def _places(number: int) -> str:
    if not number:
        return _("kept")
    text = ngettext("not kept in {number} place", "not kept in {number} places", number)
    return text.format(number=number)


def _of(done: int, whole: int, unit: str) -> str:
    return _("{done} of {whole} {unit}").format(done=done, whole=whole, unit=unit)


class AllHouses:
    """The houses as they stand, with what was typed into them.

    Parameters
    ----------
    problem
        All houses as one.
    house
        Number of the house that is shown.
    rosters
        Of the houses, in their order.
    typed
        Cells of each house that differ from its workbook.

    Attributes
    ----------
    rosters
        With the typed cells in all houses.
    whole, contradictions
        All of them as one roster, and where they contradict each other.
    """

    def __init__(
        self,
        problem: JointProblem,
        house: int,
        rosters: Sequence[RosterRecord],
        typed: Sequence[Iterable[tuple[StaffId, dt.date]]],
    ) -> None:
        self.problem = problem
        self.rosters = tuple(rosters)
        # The house that is shown last: what was typed there holds.
        for number in sorted(range(len(rosters)), key=house.__eq__):
            self.rosters = typed_in_all(problem, number, self.rosters, typed[number])
        self.whole, self.contradictions = together(problem, self.rosters)
        self._house = house

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of the audit of all houses; each names its house."""
        return audit(self.problem, self.whole)

    @property
    def own(self) -> tuple[Finding, ...]:
        """Those of the house itself, as its own audit would name them."""
        name = self.problem.houses[self._house].office.name
        return tuple(
            one.model_copy(update={"house": ""})
            for one in self.findings
            if one.house == name
        )


class Joining:
    """Makes one problem of the houses, anew only when one of theirs has changed."""

    def __init__(self) -> None:
        self._houses: tuple[Problem, ...] = ()
        self._made: JointProblem | None = None

    def of(self, houses: Sequence[Problem]) -> JointProblem | None:
        """Return the houses as one; ``None`` if they do not fit each other."""
        known = self._houses
        if len(known) != len(houses) or any(map(is_not, known, houses)):
            self._houses = tuple(houses)
            self._made = None if joint_mistakes(houses) else joint(houses)
        return self._made

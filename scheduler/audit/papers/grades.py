"""Grades of add-ons: which one a month reaches, and what no roster shows of it.

Conditions that no roster shows (training plans, years of service, users' states) stand
in the check lists; a grade is never more than reached as far as the roster goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from scheduler.audit.figures.calendar_months import (
    MonthPart,
    care_jobs,
    month_parts,
    staffing,
)
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents
from scheduler.audit.papers.addons import PERCENT, AddOn, Averaged, addons
from scheduler.audit.papers.deductions import deductions, month_after
from scheduler.domain.base import Frozen
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import CERTIFIED_CARE_WORKER as CERTIFIED
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Role
from scheduler.domain.year import APRIL, MARCH, fiscal_year
from scheduler.rulebook import Severity, rules_of

SHARES = {
    "certified_1": ("certified", "care"),
    "certified_2": ("certified", "care"),
    "certified_3": ("certified", "care"),
    "full_time_3": ("full_time", "pool"),
}
"""Conditions that are a share of staff: what is counted, and of what."""

NURSE_FTE = ("nurse_fte", "nurse_fte_form")


class GradeCondition(Frozen):
    """One condition, with its distance."""

    line: AddOn
    lacking: int | None = None
    """Minutes of work by people who count that a share or full-time equivalent lacks;
    ``None`` where the figures themselves say it."""

    @property
    def margin(self) -> int:
        """Distance to what is required, in the unit of the facet; negative if short."""
        return self.line.actual - self.line.required


class Grade(Frozen):
    """One grade of an add-on."""

    rule: str
    name: str
    """Ⅰ, Ⅱ, Ⅲ; empty if the add-on has only one."""
    ways: tuple[tuple[GradeCondition, ...], ...]
    """Any one of them is enough, with all of its conditions."""
    units: int
    """Fee units for each month and registrant."""
    yen: int
    """Of a month, all registrants, at the least price of a unit."""
    acts_on: dt.date | None
    """First date of the month from which it may be claimed by these figures; ``None``
    if they count in no month (E-01 in March)."""
    to_be_confirmed: bool
    is_barred: bool = False
    """Whether the roster itself would lead to a deduction, beside which the add-on is
    not claimed."""

    @property
    def fulfilled(self) -> bool:
        """Whether the figures of one way are reached."""
        return any(all(one.line.met for one in way) for way in self.ways)

    @property
    def met(self) -> bool:
        """Whether one way is met as far as the roster shows."""
        return self.fulfilled and not self.is_barred

    @property
    def is_open(self) -> bool:
        """Whether it depends on the reading: of several figures one is enough."""
        return not self.fulfilled and any(
            any(one.line.met for one in way) and _is_reading(way) for way in self.ways
        )

    @property
    def is_unfinished(self) -> bool:
        """Whether the other dates of the month decide it."""
        return not self.fulfilled and any(
            all(one.line.met or one.line.is_unfinished for one in way)
            for way in self.ways
        )


def _is_reading(way: Sequence[GradeCondition]) -> bool:
    """Tell whether conditions are two readings of one figure."""
    return all(one.line.facet in NURSE_FTE for one in way)


def grades(
    problem: Problem, roster: Roster, part: MonthPart | None = None
) -> tuple[Grade, ...]:
    """Return every grade that a roster says something of, the highest first.

    Of the dates of one calendar month (B-02), or of all dates.
    """
    return tuple(_grades(problem, roster, part))


def _grades(
    problem: Problem, roster: Roster, part: MonthPart | None
) -> Iterator[Grade]:
    rulebook = rules_of(problem)
    dates = part.dates if part else problem.period.dates
    lines = {(one.rule, one.facet): one for one in addons(problem, roster, part)}
    lacking = _lacking(problem, roster, tuple(lines.values()), dates)
    cut = bool(_cuts(problem, roster, part))
    for rule in dict.fromkeys(rule for rule, _facet in lines):
        record = rulebook[rule]
        for name, ways in record.values["grades"].items():
            conditions = tuple(
                tuple(
                    GradeCondition(
                        line=lines[rule, facet], lacking=lacking.get((rule, facet))
                    )
                    for facet in way
                )
                for way in ways
            )
            known = [one.line for way in conditions for one in way]
            price = rulebook["E-01"].int("yen_per_unit")
            yield Grade(
                rule=rule,
                name=name,
                ways=conditions,
                units=known[0].units,
                yen=known[0].units * problem.office.registered * price,
                acts_on=_acts_on(dates, known[0]),
                to_be_confirmed=any(one.to_be_confirmed for one in known),
                is_barred=cut and bool(record.values.get("no_deduction")),
            )


def _cuts(problem: Problem, roster: Roster, part: MonthPart | None = None) -> int:
    """Return how many lines of a deduction a roster would lead to (C-01 to C-04).

    Of a part of the period, those by its dates and those by no dates.
    """
    rulebook = rules_of(problem)
    return sum(
        line.outlook.is_deducted and rulebook[line.rule].severity is Severity.DEDUCT
        for line in deductions(problem, roster)
        if part is None or line.part in (None, part)
    )


def _acts_on(dates: Sequence[dt.date], line: AddOn) -> dt.date | None:
    """Return the month from which figures count: E-01 by the year, others at once.

    The shares of April to February count in the fiscal year after them, those of March
    in none; those of three months from the month after that in which they are reported.
    """
    if line.rule != "E-01" or line.averaged is Averaged.THREE_MONTHS:
        return month_after(dates[-1], int(line.rule == "E-01"))
    if line.averaged is None and all(date.month == MARCH for date in dates):
        return None
    year = fiscal_year(dates[0])
    return dt.date(year + (line.averaged is None), APRIL, 1)


def _lacking(
    problem: Problem, roster: Roster, lines: Sequence[AddOn], dates: Sequence[dt.date]
) -> dict[tuple[str, str], int]:
    """Return the minutes that shares and full-time equivalents lack.

    A share lacks the hours of people already there who would have to count; for an
    average of months gone by nothing can be made good any more.
    """
    fte = full_time_equivalents(problem, roster, dates)
    shares = staffing(problem, fte)
    nurses = sum(job.minutes for job in fte.jobs if job.role is Role.NURSE)
    found = {}
    for line in lines:
        if line.met or line.averaged:
            continue
        if line.facet in SHARES:
            part, whole = (getattr(shares, name) for name in SHARES[line.facet])
            found[line.rule, line.facet] = -(-line.required * whole // PERCENT) - part
        elif line.facet == "nurse_fte":
            month = fte.denominators.minutes
            found[line.rule, line.facet] = -(-line.required * month // TENTHS) - nurses
    return found


def reached(found: Sequence[Grade], rule: str) -> Grade | None:
    """Return the highest grade of an add-on that is reached; ``None`` if none is."""
    return next((one for one in found if one.rule == rule and one.met), None)


def _is_reached(found: Iterable[Sequence[Grade]], rule: str, *names: str) -> bool:
    """Tell whether in each month one of some grades is the one that is reached."""
    own = (reached(grades, rule) for grades in found)
    return all(grade is not None and grade.name in names for grade in own)


def next_grade(found: Sequence[Grade], rule: str) -> Grade | None:
    """Return the grade above the one reached; ``None`` if it is the highest."""
    above = None
    for one in found:
        if one.rule == rule:
            if one.met:
                return above
            above = one
    return above


LEADER = "実践リーダー"
INSTRUCTOR = "指導者"
MEETINGS = ("会議", "ミーティング")
COMMITTEES = ("生産性", "業務改善")
"""What names of qualifications and events contain, as offices write them."""


class Known(StrEnum):
    """What a roster knows of one item of a check list."""

    YES = "yes"
    NO = "no"
    SOME = "some"
    """It counts something, and how much is enough is not in the roster."""
    UNKNOWN = "unknown"
    """Nothing of it is in a roster."""


class Item(StrEnum):
    """What an add-on asks for."""

    TRAINING_PLANS = "training_plans"
    MEETINGS = "meetings"
    NO_DEDUCTION = "no_deduction"
    LONG_CERTIFIED = "long_certified"
    LONG = "long"
    LEADERS = "leaders"
    INSTRUCTORS = "instructors"
    TARGET_USERS = "target_users"
    QUALITY_GRADE = "quality_grade"
    CAREER = "career"
    WORKPLACE = "workplace"
    COMMITTEE = "committee"
    DEVICES = "devices"
    DATA = "data"
    NURSE_GRADE = "nurse_grade"
    CONTACT = "contact"
    GUIDELINE = "guideline"
    CONSENT = "consent"


class CheckItem(Frozen):
    """One line of a check list."""

    addon: str
    """Key of the add-on: ``quality``, ``dementia``, ``pay``, ``productivity``,
    ``end_of_life``."""
    item: Item
    known: Known
    number: int | None = None
    """What was counted, if anything was; for years of service, a percentage."""
    required: int | None = None
    """Likewise how much is asked for, where that is known."""
    years: int | None = None
    """Years of service that count."""


def checklists(
    problem: Problem, roster: Roster, known: Sequence[tuple[Grade, ...]] = ()
) -> tuple[CheckItem, ...]:
    """Return the check lists of all add-ons; ``known`` are the months' `grades`."""
    found = known or [grades(problem, roster, p) for p in month_parts(problem.period)]
    return tuple(_items(problem, roster, found))


def _items(
    problem: Problem, roster: Roster, found: Sequence[tuple[Grade, ...]]
) -> Iterator[CheckItem]:
    meetings = _held(problem, MEETINGS)
    cut = _cuts(problem, roster)
    yield _unknown("quality", Item.TRAINING_PLANS)
    yield _counted("quality", Item.MEETINGS, meetings)
    yield CheckItem(
        addon="quality",
        item=Item.NO_DEDUCTION,
        known=Known.NO if cut else Known.YES,
        number=cut,
    )
    yield from _served(problem, roster)
    yield _counted("dementia", Item.LEADERS, _holding(problem, LEADER))
    yield _unknown("dementia", Item.TARGET_USERS)
    yield _counted("dementia", Item.MEETINGS, meetings)
    yield _counted("dementia", Item.INSTRUCTORS, _holding(problem, INSTRUCTOR))
    yield _unknown("dementia", Item.TRAINING_PLANS)
    high = Known.YES if _is_reached(found, "E-01", "Ⅰ", "Ⅱ") else Known.NO
    yield CheckItem(addon="pay", item=Item.QUALITY_GRADE, known=high)
    yield _unknown("pay", Item.CAREER)
    yield _unknown("pay", Item.WORKPLACE)
    yield _counted("productivity", Item.COMMITTEE, _held(problem, COMMITTEES))
    yield _unknown("productivity", Item.DEVICES)
    yield _unknown("productivity", Item.DATA)
    if not rules_of(problem)["E-03"].is_for(problem.office.kind):
        # It rests on the add-on for nurses, which such an office does not have.
        return
    first = Known.YES if _is_reached(found, "E-03", "Ⅰ") else Known.NO
    yield CheckItem(addon="end_of_life", item=Item.NURSE_GRADE, known=first)
    # The contact system of A-07 is for visits; whether a nurse answers is not known.
    yield _unknown("end_of_life", Item.CONTACT)
    yield _unknown("end_of_life", Item.GUIDELINE)
    yield _unknown("end_of_life", Item.CONSENT)


def _served(problem: Problem, roster: Roster) -> Iterator[CheckItem]:
    """Yield the shares of hours by people long in service, other ways of E-01.

    Years count to the end of the month before, from the dates of hire that are typed:
    of somebody hired on the first of a month they are full on the eve of the same
    month.  Service elsewhere for the same operator counts too and is not known, so that
    a share may be larger, not smaller.
    """
    rule = rules_of(problem)["E-01"]
    first = problem.period.first.replace(day=1)
    pool = [
        job
        for job in full_time_equivalents(problem, roster).jobs
        if job.role.in_care_pool
    ]
    care = care_jobs(problem, pool)
    for item, facet, jobs in (
        (Item.LONG_CERTIFIED, "long_1", care),
        (Item.LONG, "long_3", pool),
    ):
        wanted = rule.values[facet]
        latest = first.replace(year=first.year - wanted["years"])
        members = {job.staff: problem.member_by_name[job.staff] for job in jobs}
        hired = {
            name: member.employed.first
            for name, member in members.items()
            if item is Item.LONG or CERTIFIED in member.qualifications
        }
        part = sum(
            job.minutes
            for job in jobs
            if (day := hired.get(job.staff)) is not None and day <= latest
        )
        percent = 100 * part // max(1, sum(job.minutes for job in jobs))
        met = percent >= wanted["percent"]
        # None of those who may be long in service is not known while dates are missing.
        is_known = part or None not in hired.values()
        known = Known.YES if met else Known.SOME if is_known else Known.UNKNOWN
        yield CheckItem(
            addon="quality",
            item=item,
            known=known,
            number=percent if is_known else None,
            required=wanted["percent"],
            years=wanted["years"],
        )


def _unknown(addon: str, item: Item) -> CheckItem:
    return CheckItem(addon=addon, item=item, known=Known.UNKNOWN)


def _counted(addon: str, item: Item, number: int) -> CheckItem:
    known = Known.SOME if number else Known.NO
    return CheckItem(addon=addon, item=item, known=known, number=number)


def _holding(problem: Problem, word: str) -> int:
    """Return how many people employed in the period hold a qualification like that."""
    return sum(
        any(word in one for one in member.qualifications)
        for member in problem.staff
        if any(date in member.employed for date in problem.period.dates)
    )


def _held(problem: Problem, words: tuple[str, ...]) -> int:
    """Return how often events with such a name are held in the period."""
    return sum(
        event.is_held_on(date)
        for event in problem.events
        if any(word in event.name for word in words)
        for date in problem.period.dates
    )

"""Add-ons that hang on more than a roster: what it knows, and what people must check.

Dementia (E-04), pay improvement, productivity and end-of-life care (E-05), and what all
grades of the staffing quality add-on ask for beside shares (E-01).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.papers.deductions import deductions
from scheduler.audit.papers.grades import grades, reached
from scheduler.domain.base import Frozen
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import Role
from scheduler.domain.staff import CERTIFIED_CARE_WORKER as CERTIFIED
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

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


def checklists(problem: Problem, roster: Roster) -> tuple[CheckItem, ...]:
    """Return the check lists of all add-ons, in order."""
    return tuple(_items(problem, roster))


def _items(problem: Problem, roster: Roster) -> Iterator[CheckItem]:
    found = grades(problem, roster)
    meetings = _held(problem, MEETINGS)
    cut = sum(one.outlook.is_deducted for one in deductions(problem, roster))
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
    quality = reached(found, "E-01")
    high = quality is not None and quality.name in ("Ⅰ", "Ⅱ")
    yield CheckItem(addon="pay", item=Item.QUALITY_GRADE, known=_said(high))
    yield _unknown("pay", Item.CAREER)
    yield _unknown("pay", Item.WORKPLACE)
    yield _counted("productivity", Item.COMMITTEE, _held(problem, COMMITTEES))
    yield _unknown("productivity", Item.DEVICES)
    yield _unknown("productivity", Item.DATA)
    nurse = reached(found, "E-03")
    first = nurse is not None and nurse.name == "Ⅰ"
    yield CheckItem(addon="end_of_life", item=Item.NURSE_GRADE, known=_said(first))
    # The contact system of A-07 is for visits; whether a nurse answers is not known.
    yield _unknown("end_of_life", Item.CONTACT)
    yield _unknown("end_of_life", Item.GUIDELINE)
    yield _unknown("end_of_life", Item.CONSENT)


def _served(problem: Problem, roster: Roster) -> Iterator[CheckItem]:
    """Yield the shares of hours by people long in service, other ways of E-01.

    Years count to the end of the month before, from the dates of hire that are typed:
    service elsewhere for the same operator counts too and is not known, so that a share
    may be larger, not smaller.
    """
    rule = rules_of(problem)["E-01"]
    eve = problem.period.first.replace(day=1) - ONE_DAY
    pool = [
        job
        for job in full_time_equivalents(problem, roster).jobs
        if job.role.in_care_pool
    ]
    care = [job for job in pool if job.role is Role.CARE]
    for item, facet, jobs in (
        (Item.LONG_CERTIFIED, "long_1", care),
        (Item.LONG, "long_3", pool),
    ):
        wanted = rule.values[facet]
        latest = eve.year - wanted["years"], eve.month, eve.day
        members = {job.staff: problem.member_by_name[job.staff] for job in jobs}
        hired = {
            name: (day.year, day.month, day.day)
            for name, member in members.items()
            if (day := member.employed.first) is not None
        }
        part = sum(
            job.minutes
            for job in jobs
            if job.staff in hired and hired[job.staff] <= latest
            if item is Item.LONG or CERTIFIED in members[job.staff].qualifications
        )
        percent = 100 * part // max(1, sum(job.minutes for job in jobs))
        met = percent >= wanted["percent"]
        known = Known.YES if met else Known.SOME if hired else Known.UNKNOWN
        yield CheckItem(
            addon="quality",
            item=item,
            known=known,
            number=percent if hired else None,
            required=wanted["percent"],
            years=wanted["years"],
        )


def _said(known: bool) -> Known:
    return Known.YES if known else Known.NO


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

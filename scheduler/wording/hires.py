"""What hiring one more person would bring, and progress of the advice, in words."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.advice import Hire, Step
from scheduler.domain.finding import Stance
from scheduler.domain.shifts import Role
from scheduler.wording.names import (
    days_text,
    role_name,
    times_text,
    word_of,
)
from scheduler.wording.places import in_house
from scheduler.wording.reasons import level_text
from scheduler.wording.times import weekdays_text
from scheduler.wording.translation import _


def hire_name(hire: Hire) -> str:
    """Return a hire's name: 看護師（月〜金）, 夜勤専従・介護（金・土、月8回まで）."""
    if hire.on_call:
        who = _("On call only")
    elif hire.nights:
        who = _("Nights only, {role}").format(role=role_name(hire.role))
    elif hire.role is Role.NURSE:
        who = _("Nurse")
    else:
        who = _("Part-timer, {role}").format(role=role_name(hire.role))
    terms = "、".join(_terms(hire))
    return in_house(hire.house, _("{who} ({terms})").format(who=who, terms=terms))


def shortage_text(minutes: int) -> str:
    """Write the shortage against statutory staffing, from minutes."""
    return level_text(Stance.STATUTORY, minutes)


def musts_text(value: int) -> str:
    """Write the amount by which the office's musts are missed."""
    return level_text(Stance.MUST, value)


def contracts_text(value: int) -> str:
    """Write the amount by which contracts are missed."""
    return level_text(Stance.CONTRACT, value)


def verdict_text(hire: Hire) -> str:
    """Write whether the result with the person is proven the best."""
    if hire.is_best:
        return _("cannot be better")
    return _("may be better still")


def hires_note() -> str:
    """Write what the table of hires shows."""
    return _(
        "The month solved again with one more person, each of them by themselves: what "
        "would then be short, and how many wishes refused. Hours and musts marked "
        "“cannot be better” are the best that any roster with the person reaches; the "
        "others were found in the time there was, and may be better still."
    )


def _terms(hire: Hire) -> Iterator[str]:
    yield weekdays_text(hire.weekdays)
    if hire.days_per_week is not None:
        days = days_text(hire.days_per_week)
        yield _("at most {days} a week").format(days=days)
    if hire.nights_most is not None:
        times = times_text(hire.nights_most)
        yield _("at most {times} a month").format(times=times)


def step_text(step: Step, found: int) -> str:
    """Write a progress message of the advice."""
    return word_of("progress", step).format(count=found)

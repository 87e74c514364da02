"""Advice in words: what is not settled, settings to change, hiring, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from scheduler.domain.advice import Advice, Hire, Step
from scheduler.domain.finding import Stance
from scheduler.domain.shifts import Role
from scheduler.wording.names import (
    days_text,
    role_name,
    stance_name,
    times_text,
    word_of,
)
from scheduler.wording.places import in_house
from scheduler.wording.precheck import mend_text
from scheduler.wording.reasons import level_text
from scheduler.wording.times import weekdays_text
from scheduler.wording.translation import _


def unsettled_text(advice: Advice) -> str:
    """Write of which levels the search has not ended; empty if there is none."""
    if not advice.unsettled:
        return ""
    if advice.repairs or advice.settings:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it. What is told as a way out was solved and audited, but perhaps less or "
            "nothing need be asked; more time may tell."
        )
    else:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it, and no way out was found; give it more time."
        )
    return text.format(levels="・".join(map(stance_name, advice.unsettled)))


def settings_texts(advice: Advice) -> Iterator[str]:
    """Yield that the month's conditions do not fit, and the settings to change."""
    if advice.settings and advice.unsettled:
        yield _(
            "Change ONE of these settings (with each a roster was found that keeps law "
            "and every must; perhaps none is needed):"
        )
    elif advice.settings:
        yield _(
            "The month's conditions do not fit together. Change ONE of these settings "
            "(with each a roster was found that keeps law and every must):"
        )
    elif advice.asks_too_much and not advice.repairs and advice.since is not None:
        yield _(
            "Every way out that was found asks more of people than can be arranged:"
            " more than eight things, or much of somebody who is on leave."
        )
    elif advice.asks_too_much and not advice.repairs:
        yield _(
            "The month's conditions do not fit together: every way out that was found "
            "asks more of people than can be arranged. No single setting that mends it "
            "was found in time either."
        )
    for change in advice.settings:
        text = mend_text(change.mend)
        if not change.keeps_contracts:
            text = _(
                "{change} (whether all contracts can be kept then is not known yet)"
            ).format(change=text)
        yield in_house(change.house, text)


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


class HireFigure(NamedTuple):
    """What a hire changes: a value before and after, and how it is written."""

    heading: str
    before: int
    after: int
    written: Callable[[int], str | int]


def hire_figures(hire: Hire) -> tuple[HireFigure, ...]:
    """Return what is short without and with somebody hired, level by level."""

    def level(name: str, stance: Stance, before: int, after: int) -> HireFigure:
        return HireFigure(name, before, after, partial(level_text, stance))

    law, must, contract = Stance.STATUTORY, Stance.MUST, Stance.CONTRACT
    return (
        level(_("Statutory shortage"), law, hire.short_before, hire.short_after),
        level(_("Musts of the office"), must, hire.musts_before, hire.musts_after),
        level(_("Contracts"), contract, hire.contract_before, hire.contract_after),
        HireFigure(_("Wishes refused"), hire.refused_before, hire.refused_after, int),
    )


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

"""Nights in which nobody stays, in words: are they needed, and who is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.figures.empty_nights import EmptyNight, empty_night
from scheduler.domain.homes import homes
from scheduler.domain.plan import Plan
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.wording.places import in_house
from scheduler.wording.times import date_text, stretch_text
from scheduler.wording.translation import _


def empty_night_texts(
    problem: Problem, roster: Roster, date: dt.date
) -> tuple[str, ...]:
    """Write what a night needs in which nobody stays, sentence by sentence.

    Nothing if somebody stays, or if nobody is needed and nobody there.

    Parameters
    ----------
    problem
        One house.
    """
    night = empty_night(problem, roster, date)
    return tuple(_sentences(night)) if night else ()


def emptied_night_texts(plan: Plan) -> tuple[str, ...]:
    """Write of each night that the plan's scenario leaves without guests."""
    dates = sorted({day.date for day in plan.scenario.days})
    return tuple(
        in_house(home.name, " ".join(texts))
        for home in homes(plan.problem)
        for date in dates
        if (texts := empty_night_texts(home.problem, home.roster(plan.roster), date))
    )


def _sentences(night: EmptyNight) -> Iterator[str]:
    date, names = date_text(night.date), "、".join(night.workers)
    if night.is_needed:
        text = _(
            "Nobody stays in the night of {date}, but night duty and a person on call "
            "are needed all the same: the office has no contact system at night."
        )
        yield text.format(date=date)
    elif night.workers:
        text = _(
            "Nobody stays in the night of {date}, so the night itself needs no night "
            "duty ({names})."
        )
        yield text.format(date=date, names=names)
        yield _given_up(night)
        if night.needs_on_call:
            yield _("A person on call is needed, as guests stay in a satellite.")
        else:
            yield _("Whoever is on call stays the contact at night.")


def _given_up(night: EmptyNight) -> str:
    """Write what is short once the night duty is given up."""
    short = [stretch_text(*span, night.date) for span in night.short]
    if night.lacks_hours:
        short.append(_("hours of care in the day"))
    if not short:
        return _("It can be given up: the evening and the morning have enough people.")
    text = _(
        "But it is there in the evening and the morning; without it, short: {what}."
    )
    return text.format(what="、".join(short))

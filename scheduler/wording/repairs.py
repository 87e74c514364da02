"""Repairs in words: their steps, and what else they change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scheduler.domain.advice import Advice, Effects, Helper, Repair
from scheduler.domain.agreements import Agreement
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.homes import Home, at_number, homes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, Shift, ShiftKind
from scheduler.rulebook import Rulebook
from scheduler.wording.advice import larger_text, lent_steps
from scheduler.wording.causes import alike, dates_of
from scheduler.wording.duties import (
    break_times,
    entry_text,
    is_same_work,
    request_text,
    shift_name,
)
from scheduler.wording.findings import UNITS, exception_name, finding_text
from scheduler.wording.names import (
    burden_name,
    people_text,
    role_name,
    share_text,
    times_text,
)
from scheduler.wording.places import agreement_text, in_house
from scheduler.wording.times import date_text, dates_exactly, span_text, stretch_text
from scheduler.wording.translation import _

MANY = 8
"""Things to ask for of which more are told by kind."""


def repair_name(number: int) -> str:
    """Return the name of a repair by its number from 1: 解決策1."""
    return _("Repair {number}").format(number=number)


def enough_text(advice: Advice) -> str:
    """Write that any one of the repairs is enough, and what none of them mends."""
    repairs = advice.repairs
    if len(repairs) == 1:
        text = _(
            "This is enough, with every step of it taken. It was solved and audited."
        )
    else:
        text = _(
            "Any ONE of these {count} is enough: choose one, and take every step of "
            "it; the others are then not needed. Each was solved and audited by itself."
        ).format(count=len(repairs))
    if advice.since is None and not all(repair.full_search for repair in repairs):
        text += _(
            " What else changes is told of a roster found within seconds near this "
            "one; with the change entered, a whole search finds a better one."
        )
    elif advice.since is None and all(repair.wishes_proven for repair in repairs):
        text += _(" What is lost is told of a whole search with the repair.")
    elif advice.since is None:
        text += _(" The search with a repair had not always ended: see “at most”.")
    else:
        text += _(
            " Nothing before {date} changes, nor what was entered by hand; what else "
            "changes is told against this plan."
        ).format(date=date_text(advice.since))
    if any(repair.remaining for repair in repairs):
        text += _(" What is told as still broken no such change can mend.")
    return text + larger_text(advice)


def entering_text(advice: Advice) -> str:
    """Write how repairs are ordered, and what to do once one is agreed on."""
    if advice.since is None:
        return _(
            "The easiest to ask for stands first, by what the office has said of that "
            "(sheet of settings). What is agreed on goes into the input workbook "
            "(sheet of agreements, forecast, staff); then make the roster again."
        )
    return _(
        "The easiest to ask for stands first, by what the office has said of that "
        "(sheet of settings). Each repair has a workbook of its own beside this "
        "plan's, with the roster, the changes and whom to call; what is agreed on "
        "stands in it. Ask, then accept that workbook, which needs nothing entered."
    )


def claim_text(repair: Repair, number: int, *, has_begun: bool = False) -> str:
    """Write whether a repair is proven the cheapest; for the first one only.

    Parameters
    ----------
    number
        Number of the repair from 1, the cheapest.
    has_begun
        Whether the month has begun, so that changed cells count as well.
    """
    if number > 1:
        return _("another way")
    if repair.is_cheapest:
        return _("nothing cheaper will do")
    if has_begun:
        return _("little asked, and few other cells changed")
    return _("nothing cheaper was found")


def step_texts(repair: Repair, rulebook: Rulebook, problem: Problem) -> tuple[str, ...]:
    """Write the steps of a repair, a line each; those that are many by kind."""
    # A must of the office is one thing to decide, but may take a line for each date.
    for many in (repair.actions > MANY, True):
        lines = (
            *(_in_all if many else _agreements)(repair, rulebook, problem),
            *lent_steps(repair, problem.period),
            *_helpers(repair, problem, many=many),
            *_forecast(repair, problem),
            *_added(repair, problem),
        )
        if len(lines) <= MANY:
            break
    return lines


def _agreements(repair: Repair, rulebook: Rulebook, problem: Problem) -> Iterator[str]:
    """Write agreements by person; those that differ only in the date are one line."""
    people = list(dict.fromkeys(one.spot.staff for one in repair.agreements))
    in_order = sorted(repair.agreements, key=lambda one: people.index(one.spot.staff))

    def text_of(agreement: Agreement, when: str) -> str:
        return agreement_text(agreement, rulebook, problem, when=when)

    for agreements in alike(in_order, text_of):
        yield text_of(agreements[0], dates_of(one.spot for one in agreements))


def _in_all(repair: Repair, rulebook: Rulebook, problem: Problem) -> Iterator[str]:
    """Write agreements by kind: how much in all, and of whom or when how much."""
    kinds: dict[tuple[str, str, str], list[Agreement]] = {}
    for one in repair.agreements:
        spot = one.spot
        kinds.setdefault((spot.house, spot.rule, spot.facet), []).append(one)
    for (house, rule, name), own in kinds.items():
        facet = rulebook[rule].facet[name]
        told = UNITS[facet.unit]
        people: Counter[str] = Counter()
        for one in own:
            people[one.spot.staff] += one.amount
        each = [f"{name} {told(amount)}" for name, amount in people.items() if name]
        text = _("{exception}: {amount} in all")
        if whose := "、".join(each) or dates_of(one.spot for one in own):
            text = _("{exception}: {amount} in all ({whose})")
        told_in_all = text.format(
            exception=exception_name((rule, name)),
            amount=told(people.total()),
            whose=whose,
        )
        yield in_house(house, told_in_all)


def _helpers(repair: Repair, problem: Problem, *, many: bool) -> Iterator[str]:
    """Write the temporary workers: equal ones as one line, and who comes often."""
    outside = [one for one in repair.helpers if one.lent is None]
    times = Counter(one.member.name for one in outside)

    def text_of(helper: Helper, when: str) -> str:
        return _helper(helper, when, repair, problem)

    for own in alike((one for one in outside if times[one.member.name] > 1), text_of):
        text = text_of(own[0], dates_exactly(one.date for one in own))
        yield _("{help}: {times}").format(help=text, times=times_text(len(own)))
    once = [one for one in outside if times[one.member.name] == 1]
    work = {text_of(one, ""): one for one in once}
    people = Counter((text_of(one, ""), one.date) for one in once)
    groups: dict[tuple[str, int, dt.date | None], list[dt.date]] = {}
    for (text, date), count in people.items():
        # Of many the dates on which as many come for the same work are one line.
        alone = None if many else date
        groups.setdefault((text, count, alone), []).append(date)
    for (text, count, _alone), dates in groups.items():
        told = text_of(work[text], dates_exactly(dates))
        line = _("{help}: {people} each") if dates[1:] else _("{help}: {people}")
        yield line.format(help=told, people=people_text(count))


def _helper(helper: Helper, date: str, repair: Repair, problem: Problem) -> str:
    when = stretch_text(helper.begin, helper.end, helper.date)
    home = at_number(problem, helper.house)
    if helper.role is None:
        text = _("{date} {when}, temporary worker on call")
        return in_house(home.name, text.format(date=date, when=when))
    table = (*home.problem.shifts, *filter(home.has, repair.shifts))
    kinds = {one.kind for one in table if one.symbol in helper.member.shifts}
    if kinds == {ShiftKind.NIGHT}:
        text = _("{date} {when}, temporary worker for the night ({role})")
    else:
        text = _("{date} {when}, temporary worker ({role})")
    told = text.format(date=date, when=when, role=role_name(helper.role))
    return in_house(home.name, told)


def _forecast(repair: Repair, problem: Problem) -> Iterator[str]:
    """Write the changes in the numbers of users and guests, house by house."""
    for home in homes(problem):
        for text in _forecast_in(home, filter(home.has, repair.forecast)):
            yield in_house(home.name, text)


def _forecast_in(home: Home, days: Iterable[ForecastDay]) -> Iterator[str]:
    more: list[dt.date] = []
    fewer: list[dt.date] = []
    for day in days:
        expected = home.problem.forecast_by_date[day.date]
        date = date_text(day.date)
        if day.day_users != expected.day_users:
            text = _("{date}: {after} day users instead of {before}")
            yield text.format(date=date, before=expected.day_users, after=day.day_users)
        if day.visits != expected.visits:
            text = _("{date}: {after} visits instead of {before}")
            yield text.format(date=date, before=expected.visits, after=day.visits)
        guests = (day.overnight or 0) - (expected.overnight or 0)
        (more if guests > 0 else fewer).extend([day.date] * abs(guests))
    yield from _guests(fewer, more)


def _guests(fewer: list[dt.date], more: list[dt.date]) -> Iterator[str]:
    """Write guests' nights that move, by the date they leave; then the others."""
    moved = min(len(fewer), len(more))
    moves = groupby(zip(fewer, more, strict=False), key=lambda move: move[0])
    for before, pairs in moves:
        targets = Counter(after for _before, after in pairs)
        text = _("Move the night of {people} from {before} to {after}")
        yield text.format(
            people=people_text(targets.total()),
            before=date_text(before),
            after=_targets(targets),
        )
    for date, count in Counter(fewer[moved:]).items():
        text = _("{date}: {people} fewer staying overnight")
        yield text.format(date=date_text(date), people=people_text(count))
    for date, count in Counter(more[moved:]).items():
        text = _("{date}: {people} more staying overnight")
        yield text.format(date=date_text(date), people=people_text(count))


def _targets(targets: Counter[dt.date]) -> str:
    """Write the dates that nights move to, with numbers if there are several."""
    if len(targets) == 1:
        return "、".join(map(date_text, targets))
    text = _("{date} ({people})")
    return "、".join(
        text.format(date=date_text(date), people=people_text(count))
        for date, count in targets.items()
    )


def _added(repair: Repair, problem: Problem) -> Iterator[str]:
    """Write the shifts with other clock times, house by house."""
    return (
        in_house(home.name, _shift(shift))
        for home in homes(problem)
        for shift in filter(home.has, repair.shifts)
    )


def _shift(shift: Shift) -> str:
    pause = " / ".join(break_times(one) for one in shift.breaks)
    text = _("Add the shift “{symbol}” ({name}): {span}")
    if pause:
        text = _("Add the shift “{symbol}” ({name}): {span}, break {pause}")
    return text.format(
        symbol=shift.symbol,
        name=shift_name(shift),
        span=span_text(shift.interval),
        pause=pause,
    )


class SideEffects(NamedTuple):
    """What else a repair changes, a text each."""

    lost: tuple[str, ...]
    won: tuple[str, ...]
    evenness: tuple[str, ...]


def side_effects(repair: Repair, *, has_begun: bool) -> SideEffects:
    """Write the wishes that a repair costs and allows, and the change in evenness.

    Of a search that had not ended, only the most wishes that can be lost are known.

    Parameters
    ----------
    has_begun
        Whether the month has begun: the repair's own roster is then what is offered.
    """
    effects = repair.effects
    lost, won = (
        tuple(map(request_text, wishes))
        for wishes in (effects.wishes_lost, effects.wishes_won)
    )
    if has_begun or repair.wishes_proven:
        return SideEffects(lost, won, evenness_texts(effects))
    if not lost:
        return SideEffects(lost, won, ())
    text = _(
        "{number} at most; the search with this repair had not ended, and perhaps fewer"
        " or none need be lost"
    )
    return SideEffects((text.format(number=len(lost)),), (), ())


def evenness_texts(effects: Effects) -> tuple[str, ...]:
    """Write the change in the largest deviation from a fair share, by burden."""
    text = _("{burden}: largest difference from a fair share {before} -> {after}")
    return tuple(
        text.format(
            burden=burden_name(burden),
            before=share_text(before),
            after=share_text(after),
        )
        for burden, before, after in effects.fairness
    )


class EditedCell(NamedTuple):
    """A cell that the repair changes."""

    date: dt.date
    text: str
    """Person, and the cell before and after: 桃 みるこ 公休 → 夜."""


def changes(repair: Repair, problem: Problem, roster: Roster) -> tuple[EditedCell, ...]:
    """Return the cells that change, by date, without breaks and helpers.

    Parameters
    ----------
    roster
        The roster made without the repair.
    """
    found = (*_duties(repair, problem, roster), *_on_call(repair, problem, roster))
    return tuple(sorted(found, key=lambda change: change.date))


def change_texts(found: Sequence[EditedCell], most: int) -> tuple[str, ...]:
    """Write the first ``most`` changes, a line for each date, and count the others."""
    lines = []
    for date, own in groupby(found[:most], key=lambda change: change.date):
        told = "、".join(change.text for change in own)
        lines.append(_("{date}: {changes}").format(date=date_text(date), changes=told))
    if len(found) > most:
        lines.append(_("and {more} more").format(more=len(found) - most))
    return tuple(lines)


def remaining_texts(repair: Repair, rulebook: Rulebook) -> tuple[str, ...]:
    """Write the findings that the repair does not mend."""
    return tuple(finding_text(finding, rulebook) for finding in repair.remaining)


def _duties(repair: Repair, problem: Problem, roster: Roster) -> Iterator[EditedCell]:
    for duty in repair.effects.duties:
        before = roster.by_cell.get((duty.staff, duty.date))
        if duty.staff in problem.member_by_name and (
            before is None or not is_same_work(before, duty)
        ):
            sides = _sides(_cell(before, duty), _cell(duty, before))
            yield EditedCell(duty.date, f"{duty.staff} {sides}")


def _on_call(repair: Repair, problem: Problem, roster: Roster) -> Iterator[EditedCell]:
    for night in repair.effects.on_call:
        known = night.staff in problem.member_by_name
        after = night.staff if known else _("temporary worker")
        sides = _sides(roster.on_call_by_date.get(night.date, ""), after)
        yield EditedCell(night.date, _("on call {change}").format(change=sides))


def _sides(before: str, after: str) -> str:
    sides = {"before": before or _("none"), "after": after or _("none")}
    return _("{before} -> {after}").format(**sides)


def _cell(duty: Duty | None, other: Duty | None) -> str:
    """Write a cell, with roles if its shift is the same as the other's."""
    if duty is None:
        return ""
    alike = other is not None and duty.shift == other.shift
    return entry_text(duty.shift, duty.off, duty.roles if alike else ())

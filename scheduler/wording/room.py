"""Room for guests in words: how many more, what stops the next, whom to ask."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.audit.findings import in_order_of_time
from scheduler.domain.forecast import Service
from scheduler.wording.duties import break_times
from scheduler.wording.names import cells_text, people_text
from scheduler.wording.plans import change_text
from scheduler.wording.times import date_text, stretch_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.room import GuestWay, Room

SERVICES = {
    Service.DAY_USE: N_("Day users"),
    Service.OVERNIGHT: N_("Overnight guests"),
    Service.VISIT: N_("Visits"),
}

STOPS = {
    "A-03": N_("care hours"),
    "A-06": N_("people at night"),
    "C-03": N_("nights short in a row"),
    "K-01": N_("staff"),
}
"""Short names of the rules that may stop a guest."""

BY_THE_CLOCK = ("A-06", "K-01")
"""Rules for which the time of day is written."""


def service_name(service: Service) -> str:
    """Return the name of a service: 通い, 宿泊, 訪問."""
    return _(SERVICES[service])


def more_text(room: Room) -> str:
    """Write how many more guests fit without changes: +2, +9以上, 0."""
    text = _("+{more} or more") if room.is_open else "+{more}"
    return text.format(more=room.as_it_stands) if room.as_it_stands else "0"


def guideline_text(room: Room) -> str:
    """Write how many of them keep to the guideline, 目安は+2まで; empty if all do."""
    if not room.passes_guideline:
        return ""
    if not room.until_guideline:
        return _("each beyond the guideline")
    return _("guideline: up to +{more}").format(more=room.until_guideline)


def with_changes_text(room: Room) -> str:
    """Write how many more guests fit with changes; a dash if none do."""
    if room.full or room.is_open:
        return ""
    if not room.ways:
        return "-" if room.is_certain else "?"
    text = "+{more}" if room.is_certain else _("+{more} or more")
    return text.format(more=room.with_changes)


def stop_texts(room: Room) -> tuple[str, ...]:
    """Write what stops the next guest: 人手 10:00-10:30, 介護時間, or 満員."""
    if room.full:
        return (_("no place left"),)
    found = in_order_of_time(room.stopped_by)
    return tuple(dict.fromkeys(_stop(finding, room) for finding in found))


def stops_text(room: Room) -> str:
    """Write the first thing that stops the next guest, and the number of others.

    The end of the office's guideline is written before it.
    """
    first, *others = stop_texts(room) or ("",)
    if others:
        first = _("{first} and {more} more").format(first=first, more=len(others))
    guided = guideline_text(room)
    return _("; ").join(text for text in (guided, first) if text)


def _stop(finding: Finding, room: Room) -> str:
    name = _(STOPS[finding.rule]) if finding.rule in STOPS else finding.rule
    if finding.rule not in BY_THE_CLOCK or not (finding.begin and finding.end):
        return name
    # For A-06, that the night is short says enough without a clock time.
    span = stretch_text(finding.begin, finding.end, room.date)
    return name if finding.rule == "A-06" else f"{span} {name}"


def asked_text(way: GuestWay, short_names: Mapping[StaffId, str]) -> str:
    """Write who has to be asked, or that only breaks move."""
    if not way.asked:
        return _("only breaks move")
    return "・".join(short_names.get(name, name) for name in way.asked)


def way_groups(room: Room) -> Iterator[tuple[str, GuestWay]]:
    """Yield each different way, with its numbers of guests and how much it changes.

    Such as 「+1〜+3（1人・1セル）」.
    """
    for _changes, group in groupby(room.ways, lambda way: (way.changes, way.breaks)):
        ways = tuple(group)
        text = _("+{first} to +{last} ({much})") if ways[1:] else _("+{first} ({much})")
        first, last = ways[0], ways[-1]
        yield text.format(first=first.more, last=last.more, much=_much(first)), first


def _much(way: GuestWay) -> str:
    """Write how much has to change: 2人・3セル."""
    if not way.changes:
        return _("only breaks move")
    return f"{people_text(len(way.asked))}・{cells_text(len(way.changes))}"


def way_texts(way: GuestWay, problem: Problem) -> Iterator[str]:
    """Yield a way's changes, a line each: 佐藤 12月14日(月) 早 → 日; breaks last."""
    for change in way.changes:
        yield f"{change.staff} {change_text(change, problem)}"
    for duty in way.breaks:
        yield _("{name} {date} break: {breaks}").format(
            name=duty.staff, date=date_text(duty.date), breaks=break_times(duty.breaks)
        )

"""Room for guests and substitutes for a shift, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from scheduler.audit.findings import in_order_of_time
from scheduler.domain.absences import Ability, Substitute, Vacancy
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Duty
from scheduler.rulebook import Rulebook
from scheduler.wording.duties import break_times, on_call_text, request_text
from scheduler.wording.findings import finding_text, source_text
from scheduler.wording.names import (
    NAMES,
    cells_text,
    first_of,
    name_of,
    off_name,
    people_text,
)
from scheduler.wording.plans import change_text
from scheduler.wording.times import date_text, span_text, stretch_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.domain.plan import GuestWay, Room
    from scheduler.domain.roster import Change


STOPS = NAMES["stops"]
"""Short names of the rules that may stop a guest."""

BY_THE_CLOCK = ("A-06", "K-01")
"""Rules for which the time of day is written."""


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
    groups: dict[tuple[Sequence[Change], Sequence[Duty]], list[GuestWay]] = {}
    for way in room.ways:
        groups.setdefault((way.changes, way.breaks), []).append(way)
    for ways in groups.values():
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
    yield from break_texts(way.breaks)


def break_texts(moved: Iterable[Duty]) -> Iterator[str]:
    """Yield the breaks that move, a line each: 佐藤 12月14日(月) 休憩: 13:00-14:00."""
    for duty in moved:
        yield _("{name} {date} break: {breaks}").format(
            name=duty.staff, date=date_text(duty.date), breaks=break_times(duty.breaks)
        )


REASONS = 4
"""Most breaches written for one person; the others are counted."""


def early_text(names: Iterable[str], left: int) -> str:
    """Write who can take a shift as it is, while others are still looked at."""
    able = _("Can take it as is: {names}.").format(names="、".join(names))
    return f"{able} {left_text(left)}"


def left_text(left: int) -> str:
    """Write how many people are still looked at."""
    return ngettext(
        "{number} more person is being looked at.",
        "{number} more people are being looked at.",
        left,
    ).format(number=left)


def unasked_text(left: int) -> str:
    """Write how many people a search that was ended has not looked at."""
    return ngettext(
        "The search ended before {number} person was looked at.",
        "The search ended before {number} people were looked at.",
        left,
    ).format(number=left)


def gap_text(gap: Vacancy, problem: Problem) -> str:
    """Write the shift and who is released: 12月14日(月) 夜 16:30-翌9:30 (佐藤)."""
    if gap.shift is None:
        what = on_call_text(problem.office.on_call_band)
    else:
        shift = problem.shift_by_symbol[gap.shift]
        what = f"{shift.symbol} {span_text(shift.interval)}"
    vacancy = f"{date_text(gap.date)} {what}"
    if gap.instead_of is None:
        return _("{shift}, one more person").format(shift=vacancy)
    return _("{shift} instead of {name}").format(shift=vacancy, name=gap.instead_of)


def verdict_text(one: Substitute) -> str:
    """Write the verdict, with the number of other people and cells that change."""
    name = name_of(one.verdict)
    if one.verdict is not Ability.WITH_CHANGES:
        return name
    text = _("{verdict} (others: {people}, {cells})")
    return text.format(
        verdict=name,
        people=people_text(len(one.asked)),
        cells=cells_text(len(one.changes)),
    )


def own_text(one: Substitute, problem: Problem) -> str:
    """Write the person's own changes by the shift."""
    return "、".join(change_text(change, problem) for change in one.own)


def knock_on_texts(one: Substitute, problem: Problem) -> Iterator[str]:
    """Yield the knock-on changes, a line for each person."""
    for name in dict.fromkeys(change.staff for change in one.changes):
        changed = "、".join(
            change_text(change, problem)
            for change in one.changes
            if change.staff == name
        )
        yield _("{name}: {changes}").format(name=name, changes=changed)


def change_texts(one: Substitute, problem: Problem) -> Iterator[str]:
    """Yield what has to change, a person each, and the wishes that would be lost."""
    yield own_text(one, problem)
    for text in knock_on_texts(one, problem):
        yield _("besides {change}").format(change=text)
    lost = wishes_text(one)
    if lost:
        yield _("wishes lost: {wishes}").format(wishes=lost)


def reason_text(one: Substitute, rulebook: Rulebook) -> str:
    """Write the first thing that stops a person, and how much else does."""
    return _("; ").join(reason_texts(one, rulebook, sourced=False, most=1))


def reason_texts(
    one: Substitute, rulebook: Rulebook, *, sourced: bool = True, most: int = REASONS
) -> Iterator[str]:
    """Yield what stops a person, breaches that concern them first.

    ``sourced`` puts the source of the rule behind each; beyond ``most`` breaches the
    others are counted.
    """
    if one.leave is not None:
        yield _("has {leave}").format(leave=off_name(one.leave))
    if one.has_it:
        yield _("has this shift anyway")
    if one.not_of:
        yield _("does not work in {house}").format(house=one.not_of)

    def about_others(finding: Finding) -> bool:
        return one.staff not in finding.people

    reasons = sorted(one.stopped_by, key=about_others)
    texts = []
    for finding in reasons:
        source = source_text(rulebook[finding.rule], finding.facet)
        told_of = f" [{source}]" if sourced else ""
        texts.append(f"{finding_text(finding, rulebook)}{told_of}")
    yield from first_of(texts, most)


def wishes_text(one: Substitute) -> str:
    """Write the wishes that would be lost; empty if there are none."""
    return "、".join(request_text(wish) for wish in one.wishes_lost)

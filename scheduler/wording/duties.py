"""Words for the day of one person, and what a typed cell means as a duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.shifts import BreakOption, Duty, OffKind, Role, Shift
from scheduler.wording.names import name_of, off_name, role_name, word_of
from scheduler.wording.notation import OR, CellLanguage, Meaning, plain_roles, want_text
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import _


def shift_name(shift: Shift) -> str:
    """Return the name of a shift, or its symbol if it has none."""
    return shift.name or shift.symbol


def jobs_text(shift: Shift, roles: tuple[Role, ...], between: str) -> str:
    """Write the roles of a shift, later ones with their beginning: 管理, 13:00〜介護.

    They are joined by ``between``.
    """
    texts = [role_name(role) for role in roles[:1]]
    for before, (role, segment) in pairwise(zip(roles, shift.segments, strict=False)):
        if role is not before[0]:
            begin = clock_text(segment.start)
            texts.append(_("{begin}- {job}").format(begin=begin, job=role_name(role)))
    return between.join(texts)


def entry_text(symbol: str | None, off: OffKind | None, roles: Iterable[Role]) -> str:
    """Write a cell of a roster: 早, 日(管理・介護), 公休; empty for no duty.

    Parameters
    ----------
    roles
        Roles to name, one a segment; empty to name none.
    """
    if off is not None:
        return off_name(off)
    named = tuple(roles)
    once = named[:1] if len(set(named)) == 1 else named
    done = "・".join(role_name(role) for role in once)
    return f"{symbol}({done})" if done else symbol or ""


def breaks_text(times: str) -> str:
    """Write breaks whose times are already text: 休憩 12:30-13:30."""
    return _("Break {times}").format(times=times)


def break_times(breaks: BreakOption) -> str:
    """Write the times of breaks, several joined: 20:00-21:00+翌1:00-翌2:00."""
    return "+".join(span_text(pause) for pause in breaks)


def on_call_text(night: Interval) -> str:
    """Write a night on call with its hours: 宿直 21:00-翌6:00."""
    return _("On call {span}").format(span=span_text(night))


def wish_text(request: Request) -> str:
    """Write what a request asks for in plain words: 午前休み, 「夜」以外."""
    return word_of("wishes", request.want).format(shifts=OR.join(request.shifts))


def request_text(request: Request) -> str:
    """Write a request: 桜あおい 12月14日(月) 休 (必須)."""
    return _("{name}, {date}: {want} ({strength})").format(
        name=request.staff,
        date=date_text(request.date),
        want=want_text(request),
        strength=name_of(request.strength),
    )


def events_on(problem: Problem, date: dt.date) -> Iterator[str]:
    """Yield the names of the events of a date."""
    return (event.name for event in problem.events if event.is_held_on(date))


def events_of(problem: Problem, duty: Duty) -> Iterator[str]:
    """Yield the events that a person comes to on a date: 職員会議 18:00-19:00."""
    for name in duty.events:
        event = problem.event_by_name.get(name)
        if event is not None and event.span is not None:
            text = _("{event} {span}").format(event=name, span=span_text(event.span))
            yield f"{text} {event.place}".strip()


def typed_duty(
    problem: Problem,
    language: CellLanguage,
    text: str,
    name: StaffId,
    date: dt.date,
    planned: Duty | None,
) -> Duty | None:
    """Return the duty that a text means; ``None`` if it has no known meaning.

    Parameters
    ----------
    planned
        The cell's duty in the roster as it was written.
    """
    meaning = language.read(text)
    if meaning is None:
        return None
    duty = meant_duty(problem, name, date, meaning)
    if planned is not None and is_same_work(duty, planned):
        return planned
    if planned is None or duty.shift is None:
        return duty
    kept = kept_breaks(problem, duty, planned)
    return duty.model_copy(update={"breaks": kept, "events": planned.events})


def meant_duty(
    problem: Problem, name: StaffId, date: dt.date, meaning: Meaning
) -> Duty:
    """Return the duty of a cell's meaning, with the first breaks of its shift."""
    if meaning.shift is None:
        return Duty(staff=name, date=date, off=meaning.off, kind=meaning.kind)
    shift = problem.shift_by_symbol[meaning.shift]
    member = problem.member_by_name[name]
    return Duty(
        staff=name,
        date=date,
        shift=shift.symbol,
        roles=meaning.roles or plain_roles(member, shift),
        breaks=shift.break_options[0],
    )


def kept_breaks(problem: Problem, duty: Duty, planned: Duty | None) -> BreakOption:
    """Return the breaks of a duty with a shift for which none were typed."""
    if planned is None or duty.shift is None:
        return duty.breaks
    offered = problem.shift_by_symbol[duty.shift].break_options
    stays = planned.shift == duty.shift or planned.breaks in offered
    return planned.breaks if stays else duty.breaks


def is_same_work(one: Duty, other: Duty) -> bool:
    """Tell whether two duties are the same but for breaks and events."""
    return (one.shift, one.roles, one.off) == (other.shift, other.roles, other.off)

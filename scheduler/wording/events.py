"""Events of the office in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.wording.times import span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty


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

"""Count a roster of a public instance from its cells alone, without the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.public.instance import Instance, Person

Roster = Mapping[str, tuple[str, ...]]
"""For each person the shift of every day, ``""`` for a day off."""


def breaches(instance: Instance, roster: Roster) -> list[str]:
    """Return every breach of a hard rule, as text; empty if the roster is valid."""
    return [
        f"{name}: {breach}"
        for name, person in instance.people.items()
        for breach in _breaches(instance, person, roster[name])
    ]


def cost(instance: Instance, roster: Roster) -> int:
    """Return the objective: requests not met, and too few or too many on a shift."""
    wishes = sum(
        one.weight for one in instance.on if roster[one.person][one.day] != one.shift
    )
    refusals = sum(
        one.weight
        for one in instance.against
        if roster[one.person][one.day] == one.shift
    )
    there = Counter(
        (day, shift) for row in roster.values() for day, shift in enumerate(row)
    )
    cover = 0
    for one in instance.cover:
        lack = one.required - there[one.day, one.shift]
        cover += one.under * max(0, lack) + one.over * max(0, -lack)
    return wishes + refusals + cover


def _breaches(
    instance: Instance, person: Person, row: tuple[str, ...]
) -> Iterator[str]:
    """Yield the breaches of one person."""
    for day, (shift, following) in enumerate(pairwise(row)):
        if shift and following in instance.shifts[shift].not_before:
            yield f"{following} on day {day + 1} after {shift}"
    counts = Counter(shift for shift in row if shift)
    for shift, number in counts.items():
        if number > person.most_of[shift]:
            yield f"{number} {shift}, at most {person.most_of[shift]}"
    least, most = person.minutes
    minutes = sum(instance.shifts[one].minutes * n for one, n in counts.items())
    if not least <= minutes <= most:
        yield f"{minutes} minutes, not {least} to {most}"
    yield from _broken_runs(person, row)
    worked = sum(any(row[day] for day in days) for days in instance.weekends)
    if worked > person.weekends:
        yield f"{worked} weekends, at most {person.weekends}"
    for day in sorted(person.off):
        if row[day]:
            yield f"{row[day]} on day {day}, a day off"


def _broken_runs(person: Person, row: tuple[str, ...]) -> Iterator[str]:
    """Yield runs of work or of days off that are too long or too short.

    The days outside the horizon count as off for the longest run of work, and as more
    of the same for the shortest runs of both kinds.
    """
    shortest, longest = person.run
    start = 0
    for works, days in groupby(row, key=bool):
        length = len(list(days))
        is_inside = start > 0 and start + length < len(row)
        if works and length > longest:
            yield f"{length} days of work from day {start}, at most {longest}"
        least = shortest if works else person.fewest_off
        if is_inside and length < least:
            kind = "of work" if works else "off"
            yield f"{length} days {kind} from day {start}, at least {least}"
        start += length

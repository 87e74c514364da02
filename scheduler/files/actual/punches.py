"""Logs of one line a stamp: which stamps are one's coming and going of which date.

A log says for each stamp who and when, and perhaps whether it is coming, going, or a
break.  Where it does not say, the shifts of the roster tell to which of them a stamp
belongs; within a shift coming and going take turns.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from scheduler.domain.actual import StampedDay, StampPair
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, HOUR, LATEST, ONE_DAY, Interval
from scheduler.domain.likeness import spelling_of

TWICE = 3
"""Minutes within which two stamps of a kind are one that was made twice."""
NEAR = 4 * HOUR
"""Stamps farther than this from a shift are of none."""
LONGEST = 18 * HOUR
"""Longest stretch between coming and going where the roster has no shift."""
APART = 3 * HOUR
"""Least time between two turns of work that are of two dates."""


class PunchKind(StrEnum):
    """What a stamp says."""

    IN = "in"
    OUT = "out"
    BREAK = "break"
    BACK = "back"

    @property
    def comes(self) -> bool:
        """Whether work begins with it; it ends with the others."""
        return self in (PunchKind.IN, PunchKind.BACK)


WORDS = {
    PunchKind.IN: "出勤 出社 始業 入室 入館 勤務開始 開始 出 入 in clockin",
    PunchKind.OUT: "退勤 退社 終業 退室 退館 勤務終了 終了 退 out clockout",
    PunchKind.BREAK: "休憩 休憩開始 休憩入 休憩入り 外出 中抜け breakstart break",
    PunchKind.BACK: "休憩終了 休憩戻 休憩戻り 戻り 戻 再入 breakend back",
}
"""Words for kinds of stamps that need not be told."""


class Punch(NamedTuple):
    """One stamp, in minutes from the period's first 0:00; ``None``: kind not known."""

    at: int
    kind: PunchKind | None


class _Turn(NamedTuple):
    """Coming and going, in the same minutes; one of them may be missing."""

    start: int | None
    end: int | None

    @property
    def at(self) -> int:
        """The first stamp there is."""
        return self.end or 0 if self.start is None else self.start

    @property
    def until(self) -> int:
        """The last one."""
        return self.start or 0 if self.end is None else self.end


def kind_of(text: str, own: Mapping[PunchKind, Iterable[str]]) -> PunchKind | None:
    """Return the kind that a word stands for, the office's own words first."""
    look = spelling_of(text)
    known = {spelling_of(word): kind for kind in own for word in own[kind]}
    usual = {
        spelling_of(word): kind
        for kind, words in WORDS.items()
        for word in words.split()
    }
    return (usual | known).get(look)


def stamped_days(
    staff: StaffId,
    punches: Iterable[Punch],
    shifts: Sequence[tuple[dt.date, Interval]],
    first: dt.date,
) -> Iterator[StampedDay]:
    """Yield a person's stamps by the date on which the work begins.

    Parameters
    ----------
    punches
        All stamps of the person, in any order.
    shifts
        The person's shifts: date, and begin and end in minutes from the first 0:00.
    first
        The date of that 0:00.
    """
    found: dict[dt.date, list[StampPair]] = defaultdict(list)
    before: tuple[int, dt.date] | None = None
    for turn in _turns(_told(single(punches), shifts)):
        date = _date(turn, shifts, first, before)
        before = turn.until, date
        offset = (date - first).days * DAY
        start, end = (at if at is None else at - offset for at in turn)
        found[date].append(StampPair(start=start, end=end))
    for date, pairs in sorted(found.items()):
        yield StampedDay(staff=staff, date=date, pairs=tuple(pairs))


def single(punches: Iterable[Punch]) -> list[Punch]:
    """Return the stamps in order of time, without those made twice.

    Of two goings the later one counts, of others the first.
    """
    found: list[Punch] = []
    for one in sorted(punches, key=lambda punch: punch.at):
        if found and found[-1].kind is one.kind and one.at - found[-1].at <= TWICE:
            if one.kind is PunchKind.OUT:
                found[-1] = one
        else:
            found.append(one)
    return found


def _told(
    punches: Sequence[Punch], shifts: Sequence[tuple[dt.date, Interval]]
) -> Iterator[Punch]:
    """Yield the stamps with kinds: those of a shift in turns, by what is missing."""
    groups: dict[int | None, list[Punch]] = defaultdict(list)
    for one in punches:
        if one.kind is None:
            groups[_nearest(one.at, shifts)].append(one)
    kinds: dict[int, PunchKind] = {}
    for number, own in groups.items():
        turns = _of_none(own) if number is None else _of_shift(own, shifts[number][1])
        kinds |= {punch.at: kind for punch, kind in zip(own, turns, strict=True)}
    for one in punches:
        yield one if one.kind else Punch(one.at, kinds[one.at])


def _nearest(at: int, shifts: Sequence[tuple[dt.date, Interval]]) -> int | None:
    """Return which of some shifts a stamp belongs to; ``None`` if to none.

    Of several as near, such as a night that ends and a shift that begins, that with the
    nearer end or begin.
    """

    def far(number: int) -> tuple[int, int]:
        span = shifts[number][1]
        outside = max(0, span.start - at, at - span.end)
        return outside, min(abs(at - span.start), abs(at - span.end))

    number = min(range(len(shifts)), key=far, default=None)
    return number if number is not None and far(number)[0] <= NEAR else None


def _of_shift(punches: Sequence[Punch], span: Interval) -> Iterator[PunchKind]:
    """Yield the kinds of a shift's stamps; of an odd number one is missing.

    It is the going if the first stamp is nearer to the shift's begin than the last is
    to its end, else the coming; of three, with both ends there, one between is.
    """
    first, last = abs(punches[0].at - span.start), abs(punches[-1].at - span.end)
    is_odd = len(punches) % 2 == 1
    lacks_first = is_odd and (
        abs(punches[0].at - span.end) < first if len(punches) == 1 else first > HOUR
    )
    for place in range(len(punches)):
        is_last = place == len(punches) - 1
        if is_odd and is_last and place and not lacks_first and last <= HOUR:
            yield PunchKind.OUT
        else:
            yield PunchKind.IN if (place % 2 == 0) is not lacks_first else PunchKind.OUT


def _of_none(punches: Sequence[Punch]) -> Iterator[PunchKind]:
    """Yield the kinds of stamps of no shift: in turns, a going soon after a coming."""
    came: int | None = None
    for one in punches:
        goes = came is not None and one.at - came <= LONGEST
        came = None if goes else one.at
        yield PunchKind.OUT if goes else PunchKind.IN


def _turns(punches: Iterable[Punch]) -> Iterator[_Turn]:
    came: int | None = None
    for one in punches:
        if one.kind is None or one.kind.comes:
            if came is not None:
                yield _Turn(came, None)
            came = one.at
        elif came is not None and one.at - came <= DAY:
            yield _Turn(came, one.at)
            came = None
        else:
            if came is not None:
                yield _Turn(came, None)
            yield _Turn(None, one.at)
            came = None
    if came is not None:
        yield _Turn(came, None)


def _date(
    turn: _Turn,
    shifts: Sequence[tuple[dt.date, Interval]],
    first: dt.date,
    before: tuple[int, dt.date] | None,
) -> dt.date:
    """Return the date to which a turn of work belongs: that of its shift, if any.

    Else that of the turn before, if it ended a short while ago.
    """
    own = first + ONE_DAY * (turn.at // DAY)
    number = _nearest(turn.at, shifts)
    date = own if number is None else shifts[number][0]
    if number is None and before is not None and turn.at - before[0] < APART:
        date = before[1]
    offset = (date - first).days * DAY
    return date if offset <= turn.at and turn.until - offset <= LATEST else own

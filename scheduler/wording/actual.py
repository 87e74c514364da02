"""Differences between stamps and roster, in words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.actual import Difference, DifferenceKind
from scheduler.domain.clock import total_minutes
from scheduler.domain.shifts import OffKind
from scheduler.wording.names import duration_text, off_name
from scheduler.wording.times import clock_text, span_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.actual import AsWorked, Decision, StampedDay
    from scheduler.domain.problem import Problem

NAMES = {
    DifferenceKind.LATE: N_("came late"),
    DifferenceKind.CAME_EARLY: N_("came early"),
    DifferenceKind.LEFT_EARLY: N_("left early"),
    DifferenceKind.STAYED: N_("overtime"),
    DifferenceKind.BREAK: N_("other break"),
    DifferenceKind.MISSING_IN: N_("no stamp of coming"),
    DifferenceKind.MISSING_OUT: N_("no stamp of going"),
    DifferenceKind.MISSING_BETWEEN: N_("a stamp in between is missing"),
    DifferenceKind.NO_STAMPS: N_("no stamp at all"),
    DifferenceKind.OTHER_SHIFT: N_("other shift"),
    DifferenceKind.UNPLANNED: N_("work without a shift"),
}

MEANINGS = {
    DifferenceKind.BREAK: N_("The break was longer or shorter than planned."),
    DifferenceKind.MISSING_IN: N_("There is a stamp of going and none of coming."),
    DifferenceKind.MISSING_OUT: N_("There is a stamp of coming and none of going."),
    DifferenceKind.MISSING_BETWEEN: N_(
        "Coming or going was stamped twice, with no stamp of the other in between."
    ),
    DifferenceKind.NO_STAMPS: N_(
        "There is a shift and no stamp. Whether somebody was absent or forgot it is "
        "decided one by one."
    ),
    DifferenceKind.OTHER_SHIFT: N_("The stamps are near the times of another shift."),
    DifferenceKind.UNPLANNED: N_("There are stamps on a date without a shift."),
}

COLUMNS = {
    "name": N_("name"),
    "number": N_("staff number"),
    "date": N_("date (column)"),
    "came": N_("coming"),
    "went": N_("going"),
    "rest": N_("length of the break"),
    "rest_from": N_("beginning of the break"),
    "rest_to": N_("end of the break"),
    "stamp": N_("time of the stamp"),
    "kind": N_("coming or going (column)"),
    "in_words": N_("coming"),
    "out_words": N_("going"),
    "break_words": N_("beginning of the break"),
    "back_words": N_("end of the break"),
}
"""What a column, or a word in a column, can mean, by the field that keeps it."""


def difference_name(kind: DifferenceKind) -> str:
    """Return the name of a kind of difference: 遅刻, 残業."""
    return _(NAMES[kind])


def kind_meaning(kind: DifferenceKind) -> str:
    """Return in a sentence what a kind of difference is; empty if its name says it."""
    return _(MEANINGS[kind]) if kind in MEANINGS else ""


def column_meaning(field: str) -> str:
    """Return what a column, or a word in it, means by the field that keeps it."""
    return _(COLUMNS[field])


def doubled_text(day: StampedDay | None) -> str:
    """Write which stamps of a date stand there twice: 出勤の打刻が2回（8:00、8:10）."""
    found = []
    for one, other in pairwise(day.pairs if day else ()):
        for text, lacks, times in (
            (_("two stamps of coming: {times}"), one.end, (one.start, other.start)),
            (_("two stamps of going: {times}"), other.start, (one.end, other.end)),
        ):
            if lacks is None and None not in times:
                told = (clock_text(at) for at in times if at is not None)
                found.append(text.format(times="、".join(told)))
    return "　".join(found)


def amount_text(one: Difference) -> str:
    """Write by how much: 30分; empty where there is nothing to measure."""
    return duration_text(one.minutes) if one.minutes else ""


def planned_text(one: Difference, problem: Problem) -> str:
    """Write what was planned: 日 8:30-17:30; a dash for no shift."""
    shift = problem.shift_by_symbol.get(one.planned) if one.planned else None
    return f"{shift.symbol} {span_text(shift.interval)}" if shift else "－"


def stamps_text(day: StampedDay | None) -> str:
    """Write the stamps of a date: 8:42-17:31, with ? for one that is missing."""
    if day is None:
        return "－"
    pairs = (
        "-".join("?" if at is None else clock_text(at) for at in (one.start, one.end))
        for one in day.pairs
    )
    rest = _("break {time}").format(time=duration_text(day.rest or 0))
    return " ".join((*pairs, *([rest] if day.rest is not None else [])))


def stamps_lines(day: StampedDay | None) -> str:
    """Write the stamps of a date in a narrow cell: 8:42-, and 17:31 below."""
    pairs = day.pairs if day else ()
    times = (
        ("?" if at is None else clock_text(at) for at in (p.start, p.end))
        for p in pairs
    )
    return "\n".join("-\n".join(both) for both in times)


def effect_text(one: Difference) -> str:
    """Write what accepting a difference does, and whether only by its own number."""
    text = _effect(one)
    return text + _(" (never with all)") if one.by_itself else text


def _effect(one: Difference) -> str:
    match one.kind:
        case DifferenceKind.NO_STAMPS:
            return _("counts as {absent}").format(absent=off_name(OffKind.ABSENT))
        case DifferenceKind.LATE | DifferenceKind.CAME_EARLY if one.at is not None:
            return _("begins at {time}").format(time=clock_text(one.at))
        case DifferenceKind.LEFT_EARLY | DifferenceKind.STAYED if one.at is not None:
            return _("ends at {time}").format(time=clock_text(one.at))
        case DifferenceKind.BREAK:
            rest = total_minutes(one.breaks or ())
            return _("a break of {time}").format(time=duration_text(rest))
        case DifferenceKind.OTHER_SHIFT | DifferenceKind.UNPLANNED if one.worked:
            text = _("counts as {shift}, {span}")
            return text.format(shift=one.shift, span=span_text(one.worked))
        case _ if one.by_itself:
            return _(
                "counts as no work; enter the shift in the roster if there was one"
            )
        case _:
            return _("the time of the roster counts")


def decided_text(accepted: bool | None) -> str:
    """Write what was decided: 採用, 予定のまま; empty if nothing was."""
    if accepted is None:
        return ""
    return _("accept") if accepted else _("as planned")


def decision_text(one: Decision) -> str:
    """Write an earlier decision on other stamps: 遅刻 20分 採用."""
    parts = (
        difference_name(one.difference.kind),
        amount_text(one.difference),
        decided_text(one.accepted),
    )
    return " ".join(part for part in parts if part)


def counts_text(differences: Iterable[Difference]) -> str:
    """Write how many differences there are of each kind: 遅刻 3、残業 5."""
    counts = Counter(one.kind for one in differences)
    texts = (
        f"{difference_name(kind)} {counts[kind]}"
        for kind in DifferenceKind
        if counts[kind]
    )
    return "、".join(texts)


def standing_text(month: AsWorked) -> str:
    """Write how many differences are accepted, left as planned, and undecided."""
    accepted, undecided = len(month.accepted), len(month.undecided)
    text = _("accepted {accepted}, as planned {planned}, undecided {undecided}")
    planned = len(month.differences) - accepted - undecided
    return text.format(accepted=accepted, planned=planned, undecided=undecided)

"""Numbers as people say a limit: 5回まで, 月5回以内, 最低2回, 週2日まで."""

from __future__ import annotations

import re

from scheduler.domain.fields import input_at
from scheduler.domain.requests import PersonalLimit
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.words import neat
from scheduler.wording.translation import _

BEFORE = {
    **dict.fromkeys(("最大", "最高", "最多", "多くても", "多くて", "上限"), "most"),
    **dict.fromkeys(("最低", "最小", "最少", "少なくとも", "下限"), "least"),
}
BEHIND = {
    **dict.fromkeys(("まで", "以内", "以下", "が上限", "が限度"), "most"),
    **dict.fromkeys(("以上", "から", "は必要"), "least"),
}
"""Words before and behind a number, and which limit they make of it."""

SIDES = {
    **dict.fromkeys(("max", "most", "capacity"), "most"),
    **dict.fromkeys(("min", "least", "desk"), "least"),
}
"""What words in the names of fields make of a number."""
SIDE_OF = {
    **dict.fromkeys(("days_in_a_row_wished", "nights_wished"), "most"),
    **dict.fromkeys(("wishes_per_person", "wishes_per_day"), "most"),
    **dict.fromkeys(("rest_wished", "nurse_shifts"), "least"),
}
"""Likewise of fields whose names do not say."""

SPANS = {
    **dict.fromkeys(("月", "毎月", "1か月", "1ヶ月", "1カ月", "1ケ月"), "month"),
    **dict.fromkeys(("週", "毎週", "1週間", "1週"), "week"),
}
LONGEST_FIRST = "|".join(sorted(SPANS, key=len, reverse=True))
SPAN = re.compile(rf"({LONGEST_FIRST})(?:間?に|あたり)?")
"""The stretch in which a limit holds, said before the number."""

OF_THE_MONTH = frozenset(
    {
        *("minutes_min", "minutes_max", "days_off_min", "nights_min", "nights_max"),
        *("nights_wished", "nights_most", "wishes_per_person", "nurse_shifts"),
        *("planner_desk", "manager_desk"),
    }
)
"""Fields that hold for the month; those for the week say so in their names."""
COUNTED_IN = input_at(PersonalLimit, "per").heading
OWN_COLUMN = frozenset({"at_most", "at_least"})
"""Fields beside which the stretch has a column of its own."""


def number_said(path: str, raw: str) -> str:
    """Return what a text leaves of a number, without the words that make it a limit.

    Parameters
    ----------
    path
        Path of the field, whose name says which limit it is.

    Raises
    ------
    Wrong
        If the words make another limit of it than the field is.
    """
    name = path.rpartition(".")[2]
    said, span = _without_span(neat(raw))
    said, sides = _without_sides(said)
    if not span and not sides:
        return said
    side = SIDE_OF.get(name) or next(
        (SIDES[word] for word in re.split(r"[._]", path) if word in SIDES), ""
    )
    if sides and sides != {side}:
        raise Wrong("limit_of_other_side" if side else "limit_no_limit", raw)
    if span and name in OWN_COLUMN:
        raise Wrong("limit_has_span", raw, heading=_(COUNTED_IN))
    if span and span != _span_of(path):
        raise Wrong("limit_other_span", raw)
    return said


def _span_of(path: str) -> str:
    """Return the stretch in which a field holds; empty if it is neither."""
    name = path.rpartition(".")[2]
    return "week" if "week" in name else "month" if name in OF_THE_MONTH else ""


def _without_span(said: str) -> tuple[str, str]:
    match = SPAN.match(said)
    if match is None or not said[match.end() :]:
        return said, ""
    return said[match.end() :].strip(), SPANS[match[1]]


def _without_sides(said: str) -> tuple[str, set[str]]:
    sides: set[str] = set()
    for word, side in BEFORE.items():
        if said.startswith(word):
            said, sides = said.removeprefix(word).strip(), {*sides, side}
    for word, side in BEHIND.items():
        if said.endswith(word):
            said, sides = said.removesuffix(word).strip(), {*sides, side}
    return said, sides

"""Findings that differ only in their dates as one line with all dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scheduler.audit.findings import AGREED, in_order_of_time
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding, Stance
from scheduler.rulebook import Rulebook
from scheduler.wording.findings import (
    FindingWords,
    clock_of,
    day_of,
    finding_text,
    finding_words,
    when_text,
)
from scheduler.wording.names import days_text
from scheduler.wording.times import dates_shortly, span_text
from scheduler.wording.translation import _

MINUTE = dt.timedelta(minutes=1)


class Gathered(NamedTuple):
    """Findings that differ only in their dates; often only one."""

    findings: tuple[Finding, ...]
    """In order of time."""
    text: str
    words: FindingWords
    """The same in parts."""

    @property
    def places(self) -> int:
        """How many findings they are."""
        return len(self.findings)

    @property
    def first(self) -> Finding:
        """The first finding, which stands for what all have in common."""
        return self.findings[0]


def gathered(
    findings: Iterable[Finding], rulebook: Rulebook, *, by_clock: bool = False
) -> tuple[Gathered, ...]:
    """Group findings whose texts differ only in the date, in the order of the first.

    Findings that are only shown are grouped whoever they concern: the break of a lone
    night worker comes every night.

    Parameters
    ----------
    by_clock
        Whether those at the same clock time of several dates are one group however
        much is missing; the text has the numbers of the worst date.
    """
    groups: dict[str, list[Finding]] = {}
    bands: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        clock = clock_of(finding) if by_clock else ""
        like = _without_numbers(finding) if clock else finding
        key = _key(like, rulebook, clock_of(finding))
        if clock and key not in groups:
            bands[_key(like, rulebook, "")].append(key)
        groups.setdefault(key, []).append(finding)
    for keys in bands.values():
        if len(keys) > MOST_BANDS:
            _join_bands(groups, keys)
    return tuple(_told(in_order_of_time(group), rulebook) for group in groups.values())


MOST_BANDS = 3
"""Most clock times of one limit that are told each on a line; of more, those that touch
are one."""


def _join_bands(groups: dict[str, list[Finding]], keys: Sequence[str]) -> None:
    """Join groups whose clock times overlap or touch, into the first of them."""
    ordered = sorted(keys, key=lambda key: _minutes(groups[key])[0])
    last = ordered[0]
    for key in ordered[1:]:
        if _minutes(groups[key])[0] > _minutes(groups[last])[1]:
            last = key
            continue
        first, other = sorted((last, key), key=keys.index)
        groups[first].extend(groups.pop(other))
        last = first


def _minutes(group: Sequence[Finding]) -> tuple[int, int]:
    """Return from when to when on their dates the findings of a group are."""
    begins, ends = [], []
    for one in group:
        day = day_of(one)
        if day is not None and one.begin is not None and one.end is not None:
            midnight = dt.datetime.combine(day, dt.time())
            begins.append((one.begin - midnight) // MINUTE)
            ends.append((one.end - midnight) // MINUTE)
    return min(begins, default=0), max(ends, default=0)


def gathered_texts(findings: Iterable[Finding], rulebook: Rulebook) -> tuple[str, ...]:
    """Write findings, one line for those that differ only in the date."""
    return tuple(one.text for one in gathered(findings, rulebook))


def dates_and_clock(group: Sequence[Finding]) -> str:
    """Write the dates of a group of findings, and the clock time they share."""
    days = [day for finding in group if (day := day_of(finding)) is not None]
    if len(group) == 1 or len(days) < len(group):
        return "、".join(dict.fromkeys(when_text(finding) for finding in group))
    text = _("{dates} ({count})")
    dates = text.format(dates=dates_shortly(days), count=days_text(len(set(days))))
    if len({clock_of(one) for one in group}) > 1:
        clock = span_text(Interval(*_minutes(group)))
        return _("{dates}, within {clock}").format(dates=dates, clock=clock)
    return f"{dates} {clock_of(group[0])}".rstrip()


def _key(finding: Finding, rulebook: Rulebook, when: str) -> str:
    """Return the text of a finding without its date, as a key for grouping."""
    people = () if _concerns_anybody(finding) else finding.people
    sentence = finding_text(finding, rulebook, when=when, people=people)
    return f"{finding.stance} {finding.rule} {sentence}"


def _without_numbers(finding: Finding) -> Finding:
    """Return a finding that says which side is larger, but not by how much."""
    is_less = finding.actual < finding.required
    return finding.model_copy(update={"required": +is_less, "actual": +(not is_less)})


def _told(group: tuple[Finding, ...], rulebook: Rulebook) -> Gathered:
    is_one = len({finding.people for finding in group}) == 1
    worst = max(group, key=lambda finding: abs(finding.required - finding.actual))
    when = dates_and_clock(group)
    text = finding_text(worst, rulebook, when=when, people=None if is_one else ())
    words = finding_words(worst, rulebook)
    words = words._replace(when=when, who=words.who if is_one else "")
    if len({(one.required, one.actual) for one in group}) > 1:
        at_worst = _("{text} [numbers of the worst date]")
        text = at_worst.format(text=text)
        words = words._replace(sides=at_worst.format(text=words.sides))
    return Gathered(group, text, words)


def _concerns_anybody(finding: Finding) -> bool:
    return finding.stance is Stance.REPORT and AGREED not in finding.facts

"""Findings that differ in nothing but their dates, in one line with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.order import in_order_of_time
from scheduler.domain.stance import Stance
from scheduler.wording.findings import clock_of, day_of, finding_text, when_text
from scheduler.wording.names import days_text
from scheduler.wording.times import runs_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rulebook

AGREED = "agreed"


class Gathered(NamedTuple):
    """Findings that say the same of several dates; often there is only one."""

    findings: tuple[Finding, ...]
    """In order of time."""
    text: str

    @property
    def first(self) -> Finding:
        """The first of them, for all that they share."""
        return self.findings[0]


def gathered(findings: Iterable[Finding], rulebook: Rulebook) -> tuple[Gathered, ...]:
    """Put together what reads the same but for its date, in the order of the first.

    What is only shown is put together whoever it concerns: the break of a lone night
    worker comes every night.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_key(finding, rulebook), []).append(finding)
    return tuple(
        Gathered(in_order_of_time(group), _text(in_order_of_time(group), rulebook))
        for group in groups.values()
    )


def gathered_texts(findings: Iterable[Finding], rulebook: Rulebook) -> tuple[str, ...]:
    """Write findings, a line for each that differs in more than its date."""
    return tuple(one.text for one in gathered(findings, rulebook))


def dates_and_clock(group: Sequence[Finding]) -> str:
    """Write all the dates of findings alike, and the clock time that they share."""
    days = [day for finding in group if (day := day_of(finding)) is not None]
    if len(group) == 1 or len(days) < len(group):
        return "、".join(dict.fromkeys(when_text(finding) for finding in group))
    text = _("{dates} ({count})")
    dates = text.format(dates=runs_text(days), count=days_text(len(set(days))))
    return f"{dates} {clock_of(group[0])}".rstrip()


def _key(finding: Finding, rulebook: Rulebook) -> str:
    """Write all that a finding says beside its date."""
    people = () if _concerns_anybody(finding) else finding.people
    told = finding_text(finding, rulebook, when=clock_of(finding), people=people)
    return f"{finding.stance} {told}"


def _text(group: Sequence[Finding], rulebook: Rulebook) -> str:
    people = {finding.people for finding in group}
    return finding_text(
        group[0],
        rulebook,
        when=dates_and_clock(group),
        people=() if len(people) > 1 else None,
    )


def _concerns_anybody(finding: Finding) -> bool:
    return finding.stance is Stance.REPORT and AGREED not in finding.facts

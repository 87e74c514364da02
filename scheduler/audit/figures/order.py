"""The order in which findings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding


def in_order_of_time(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by date and clock; what speaks of no date comes last."""

    def place(finding: Finding) -> tuple[bool, str, str, str, str]:
        date = finding.date.isoformat() if finding.date else ""
        begin = finding.begin.isoformat() if finding.begin else ""
        return not date, date, begin, finding.rule, finding.facet

    return tuple(sorted(findings, key=place))

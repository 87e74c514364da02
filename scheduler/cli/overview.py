"""A roster's summary and its findings, in words for the manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.cli.text import table
from scheduler.domain.clock import HOUR
from scheduler.domain.stance import LEVELS, Stance
from scheduler.i18n import _, language
from scheduler.reports.order import in_order_of_time
from scheduler.wording import finding_text, request_text, stance_name
from scheduler.wording.levels import level_text
from scheduler.wording.reasons import reason_text
from scheduler.wording.reserve import reserve_heading, reserve_lines
from scheduler.wording.shortage import fee_lines, headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.reports.hours import PersonMonth
    from scheduler.reports.summary import Summary
    from scheduler.rulebook import Rule, Rulebook

ORDER = (Stance.ENFORCED, *LEVELS, Stance.REPORT)
"""Findings are listed from what law forbids down to what is only shown."""


def verdict(summary: Summary) -> str:
    """Say whether law and the office's musts are kept."""
    if summary.legal:
        return _("Verdict: law and every must of the office are kept.")
    message = _("Verdict: NOT kept everywhere. Breaches: {count}")
    return message.format(count=len(summary.breaches))


def overview(summary: Summary, rulebook: Rulebook) -> str:
    """Write the summary of a roster that was just made."""
    return "\n\n".join(
        "\n".join(block)
        for block in (
            [verdict(summary), *listed(summary.breaches, rulebook)],
            [*headline(summary.shortage), *fee_lines(summary.shortage)],
            list(_wishes(summary, rulebook)),
            list(_people(summary.people)),
            list(_levels(summary)),
            list(_reserve(summary)),
        )
        if block
    )


def listed(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Write findings in order of time, each with its rule and source."""
    for finding in in_order_of_time(findings):
        yield f"- {finding_text(finding, rulebook)}"
        source = source_text(rulebook[finding.rule])
        yield "  " + _("Source: {source}").format(source=source)


def by_stance(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Write all findings, under a heading for each way in which rules are held."""
    found = tuple(findings)
    for stance in ORDER:
        group = [finding for finding in found if finding.stance is stance]
        if group:
            yield ""
            yield _("{level}: {count}").format(
                level=stance_name(stance), count=len(group)
            )
            if stance is Stance.REPORT:
                yield from _firsts(group, rulebook)
            else:
                yield from listed(group, rulebook)


def source_text(rule: Rule) -> str:
    """Return a rule's source in the user's language."""
    return rule.source_ja if language() == "ja" else rule.source


def _firsts(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Write the first finding of each kind: what is only shown comes every night."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in in_order_of_time(findings):
        kinds.setdefault((finding.rule, finding.facet), []).append(finding)
    for first, *others in kinds.values():
        more = _(" and {count} more like it").format(count=len(others))
        yield f"- {finding_text(first, rulebook)}{more if others else ''}"


def _wishes(summary: Summary, rulebook: Rulebook) -> Iterator[str]:
    yield _("Wishes granted: {granted} of {asked}").format(
        granted=summary.wishes_granted, asked=summary.wishes_asked
    )
    reasons = {reason.request: reason for reason in summary.reasons}
    for request in summary.wishes_refused:
        yield "- " + _("not granted: {request}").format(request=request_text(request))
        reason = reasons.get(request)
        if reason is not None:
            yield f"  {reason_text(reason, rulebook)}"


def _people(months: Iterable[PersonMonth]) -> Iterator[str]:
    rows: list[list[str | int]] = [
        [
            _("Name"),
            _("Nights"),
            _("On call"),
            _("Days off"),
            _("Paid leave"),
            _("Absent"),
            _("Sat/Sun/hol."),
            _("Hours"),
            _("Wishes"),
        ]
    ]
    for month in months:
        hours, minutes = divmod(month.credited, HOUR)
        rows.append(
            [
                month.staff,
                month.nights,
                month.on_call,
                month.days_off,
                f"{month.leave_days:g}",
                month.absent,
                month.rest_days,
                f"{hours}:{minutes:02d}",
                f"{month.wishes_granted}/{len(month.wishes)}",
            ]
        )
    yield table(rows, right=range(1, len(rows[0])))


def _levels(summary: Summary) -> Iterator[str]:
    if not summary.levels:
        return
    yield _("How good the roster is, level by level (0 is nothing wanting):")
    rows = []
    for outcome in summary.levels:
        if outcome.is_proven:
            gap = _("no roster can be better")
        elif outcome.is_best:
            gap = _("nothing better was found; the bound is equal")
        else:
            most = level_text(outcome.level, outcome.value - outcome.bound)
            gap = _("at most {gap} away from the best").format(gap=most)
        value = level_text(outcome.level, outcome.value)
        seconds = _("{seconds} s").format(seconds=f"{outcome.seconds:.1f}")
        rows.append([stance_name(outcome.level), value, seconds, gap])
    yield table(rows, right={1, 2})


def _reserve(summary: Summary) -> Iterator[str]:
    if summary.reserve is not None:
        yield reserve_heading()
        for line in reserve_lines(summary.reserve):
            yield f"- {line}"

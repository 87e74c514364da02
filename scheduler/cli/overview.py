"""A roster's summary, its findings, and a comparison of candidates, as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scheduler.audit.figures.people import PersonMonth
from scheduler.audit.figures.summary import BELOW, Summary, places
from scheduler.audit.findings import in_order_of_time
from scheduler.cli.screen import table
from scheduler.cli.session import worded
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.shifts import ShiftKind
from scheduler.rulebook import Rulebook
from scheduler.wording.duties import request_text
from scheduler.wording.findings import (
    confirm_text,
    finding_text,
    rule_title,
    source_text,
)
from scheduler.wording.gathered import Gathered, gathered, gathered_texts
from scheduler.wording.names import name_of, stance_name
from scheduler.wording.reasons import (
    left_text,
    obstacle_texts,
    reached_text,
    reason_text,
    sure_text,
    why_left_text,
)
from scheduler.wording.resilience import reserve_heading, reserve_lines
from scheduler.wording.times import hours_and_minutes, month_text
from scheduler.wording.translation import _
from scheduler.wording.verdict import fee_lines, headline, summary_texts

if TYPE_CHECKING:
    from scheduler.audit.changes.plans import Candidate
    from scheduler.audit.papers.to_come import LawToCome


ORDER = (Stance.ENFORCED, *LEVELS, Stance.REPORT)
"""Order in which findings are listed, the strictest stance first."""


def overview(summary: Summary, rulebook: Rulebook) -> str:
    """Return the summary of a roster that was just made, as text."""
    return "\n\n".join(
        "\n".join(block)
        for block in (
            [
                *summary_texts(summary),
                *listed((*summary.breaches, *summary.contracts), rulebook),
            ],
            [*headline(summary.shortage), *fee_lines(summary.shortage)],
            list(_wishes(summary, rulebook)),
            list(_people(summary.people)),
            list(_levels(summary)),
            list(_remaining(summary, rulebook)),
            list(_reserve(summary)),
        )
        if block
    )


def listed(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Yield lines on findings in order of time, similar ones in one, with sources.

    Those of one source stand together, with the source behind the last.
    """

    def source(one: Gathered) -> str:
        return source_text(rulebook[one.first.rule], one.first.facet)

    found = gathered(in_order_of_time(findings), rulebook, by_clock=True)
    sources = list(dict.fromkeys(map(source, found)))
    ordered = sorted(found, key=lambda one: sources.index(source(one)))
    for told, alike in groupby(ordered, source):
        yield from (f"- {one.text}" for one in alike)
        yield "  " + _("Source: {source}").format(source=told)


def by_stance(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Yield lines on all findings, under a heading for each stance."""
    found = tuple(findings)
    for stance in ORDER:
        group = places(one for one in found if one.stance is stance)
        if group:
            yield ""
            yield _("{level}: {count}").format(
                level=stance_name(stance), count=len(group)
            )
            if stance is Stance.REPORT:
                ordered = in_order_of_time(group)
                yield from (f"- {text}" for text in gathered_texts(ordered, rulebook))
            else:
                yield from listed(group, rulebook)


def to_come_texts(
    to_come: Iterable[LawToCome], rulebook: Rulebook, as_of: dt.date
) -> Iterator[str]:
    """Yield lines on law that may hold by a month, and what would break it."""
    yield ""
    found, month = tuple(to_come), month_text(as_of)
    if not found:
        yield _("No law is known that may come by {month}.").format(month=month)
        return
    yield _(
        "Law that may hold by {month}. None of it is decided; this roster is not bound"
        " by it."
    ).format(month=month)
    for law in found:
        title, confirm = rule_title(law.rule), confirm_text(law.rule)
        if law.findings is None:
            yield "- " + _("{title}: no roster tells.").format(title=title) + confirm
        elif not law.findings:
            yield "- " + _("{title}: kept.").format(title=title) + confirm
        else:
            message, count = _("{title}: {count} would break it."), len(law.findings)
            yield "- " + message.format(title=title, count=count)
            ordered = in_order_of_time(law.findings)
            yield from (f"  {text}" for text in gathered_texts(ordered, rulebook))


def breaches_to_come(
    to_come: Sequence[LawToCome], rulebook: Rulebook
) -> list[dict[str, Any]]:
    """Return law that may come as data, each with what would break it."""
    return [
        {
            "rule": law.rule.id,
            "title": rule_title(law.rule),
            "findings": None
            if law.findings is None
            else [worded(f, text=finding_text(f, rulebook)) for f in law.findings],
        }
        for law in to_come
    ]


def _wishes(summary: Summary, rulebook: Rulebook) -> Iterator[str]:
    """Yield the refused wishes, those with the same reason together, and the reason."""
    reasons = {
        reason.request: reason_text(reason, rulebook) for reason in summary.reasons
    }
    groups: dict[str, list[str]] = {}
    for request in summary.wishes_refused:
        groups.setdefault(reasons.get(request, ""), []).append(request_text(request))
    for reason, told in groups.items():
        for text in told:
            yield "- " + _("not granted: {request}").format(request=text)
        if reason:
            yield f"  {reason}"


def _people(months: Iterable[PersonMonth]) -> Iterator[str]:
    heads = (
        *(_("Name"), _("Nights"), _("On call"), _("Days off"), _("Paid leave")),
        *(_("Absent"), _("Sat/Sun/hol."), _("Hours of work")),
        *(_("Hours of paid leave"), _("Hours of absence"), _("Hours by contract")),
        _("Wishes"),
    )
    rows: list[list[str | int]] = [
        [
            *(one.staff, one.nights, one.on_call, one.days_off),
            *(f"{one.leave_days:g}", one.absent, one.rest_days),
            *map(hours_and_minutes, (one.total, one.leave, one.absence, one.credited)),
            f"{one.wishes_granted}/{len(one.wishes)}",
        ]
        for one in months
    ]
    yield table([heads, *rows], right=range(1, len(heads)))


def _levels(summary: Summary) -> Iterator[str]:
    if not summary.levels:
        return
    yield _("How good the roster is, in the order of what comes first")
    left = {one.level: one for one in summary.remaining}
    rows = [
        [
            stance_name(outcome.level),
            reached_text(outcome, left.get(outcome.level)),
            sure_text(outcome),
        ]
        for outcome in summary.levels
    ]
    yield table(rows)


def _remaining(summary: Summary, rulebook: Rulebook) -> Iterator[str]:
    """Yield the remaining findings of each level, with what keeping them would cost.

    Wishes are left out, as `_wishes` lists them.
    """
    for left in summary.remaining:
        if left.level is Stance.WISH or left.level not in BELOW:
            continue
        yield f"{stance_name(left.level)}: {left_text(left)}"
        for one in gathered(left.findings, rulebook, by_clock=True):
            yield f"- {one.text}"
            told = obstacle_texts(one.findings, summary.obstacles, rulebook)
            yield from (f"  {text}" for text in told)
        if summary.levels:
            yield f"  {why_left_text(left)}"


def _reserve(summary: Summary) -> Iterator[str]:
    if summary.reserve is not None:
        yield reserve_heading()
        for line in reserve_lines(summary.reserve):
            yield f"- {line}"


BETWEEN = "/"
"""Separator of the candidates' values in a cell."""


def comparison(candidates: Sequence[Candidate], names: Sequence[str]) -> str:
    """Return the differences between candidates as text: in all, and by person.

    Parameters
    ----------
    names
        Names of the candidates, such as those of their files.
    """
    return "\n".join((*_whole(candidates, names), "", *_people_who_differ(candidates)))


def _whole(candidates: Sequence[Candidate], names: Sequence[str]) -> Iterator[str]:
    yield _("Candidates:")
    for name, one in zip(names, candidates, strict=True):
        text = _(
            "- {name}: cells unlike the first {cells}, wishes not granted {wishes}"
        )
        yield text.format(name=name, cells=one.cells_changed, wishes=len(one.refused))
        for request in one.refused:
            wish = request_text(request)
            yield "  - " + _("not granted: {request}").format(request=wish)


def _people_who_differ(candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield a table of the people whose months differ between candidates.

    Each cell contains the values of all candidates.
    """
    heads = (
        *(_("Name"), _("Nights"), _("On call"), _("Sat/Sun/hol.")),
        *(name_of(ShiftKind.EARLY), name_of(ShiftKind.LATE)),
        *(_("Hours by contract"), _("Wishes not granted")),
    )
    rows = []
    for months in zip(*(one.people for one in candidates), strict=True):
        values = [_values_of(month) for month in months]
        if len(set(values)) > 1:
            cells = (_cell_of(column) for column in zip(*values, strict=True))
            rows.append([months[0].staff, *cells])
    if rows:
        yield _("Whose month differs (first / second / ...):")
        yield table([heads, *rows], right=range(1, len(heads)))
    else:
        yield _("Nobody's sums differ; only the dates do.")


def _values_of(month: PersonMonth) -> tuple[str, ...]:
    refused = len(month.wishes) - month.wishes_granted
    counts = (month.nights, month.on_call, month.rest_days, month.early, month.late)
    return (*map(str, counts), f"{month.credited / HOUR:g}", str(refused))


def _cell_of(values: Sequence[str]) -> str:
    """Return the candidates' values joined, or one value if all agree."""
    return values[0] if len(set(values)) == 1 else BETWEEN.join(values)

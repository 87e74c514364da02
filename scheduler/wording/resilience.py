"""The absence map and the reserve of a roster, in words.

Outcomes, the score, single points of failure, repairs, and gains in reserve.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import floor

from scheduler.audit.figures.able import able
from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.shortage import joined
from scheduler.domain.absences import Dropout, Outcome, Reserve, Resilience, cost
from scheduler.domain.finding import Finding
from scheduler.domain.homes import house_of
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rulebook
from scheduler.wording.duties import on_call_text
from scheduler.wording.findings import finding_text, source_text
from scheduler.wording.names import cells_text, name_of, people_text, word_of
from scheduler.wording.plans import change_text
from scheduler.wording.times import date_text, runs_text, span_text
from scheduler.wording.translation import N_, _, ngettext

SIGNS = {
    Outcome.COVERED: "○",
    Outcome.STRAINED: "△",
    Outcome.UNDECIDED: "？",
    Outcome.FATAL: "×",
}
"""Signs in the map; for repairable absences it shows the number of changed cells."""

NUMBER = N_("number")
"""Shown in place of that number in headings and the legend."""


def sign(one: Dropout) -> str:
    """Return the entry of the map: a sign, or the number of changed cells."""
    return SIGNS.get(one.outcome) or str(len(one.changes))


def kind_sign(outcome: Outcome) -> str:
    """Return the sign of an outcome in headings and the legend."""
    return SIGNS.get(outcome) or _(NUMBER)


def meaning_text(outcome: Outcome) -> str:
    """Write the meaning of an outcome."""
    return word_of("outcome_meanings", outcome)


def percent_text(resilience: Resilience) -> str:
    """Write the score in percent, rounded down to a tenth: 100 only if all is kept."""
    return f"{floor(resilience.score * 10) / 10:g}"


def score_text(resilience: Resilience) -> str:
    """Write the score and what it counts: 強さ 92.5%: 253通りのうち234通り."""
    text = _(
        "Strength: {percent}%. Of {all} single absences, law and musts of the "
        "office can be kept after {kept}."
    )
    kept = resilience.count(Outcome.COVERED, Outcome.REPAIRABLE, Outcome.STRAINED)
    return text.format(
        percent=percent_text(resilience), all=len(resilience.dropouts), kept=kept
    )


def score_definition() -> str:
    """Write the definition of the score."""
    return _(
        "The strength is the share of cases, in percent, in which one person drops out "
        "on one date and law and the office's musts can still be kept: as is, with "
        "changes from that date on, or beyond a contract. Undecided cases count as not "
        "kept."
    )


def counts_text(resilience: Resilience) -> str:
    """Write the number of absences by outcome: そのまま回る 12、調整で回る 220."""
    pair = _("{sign} {outcome}: {count}")
    return _("; ").join(
        pair.format(
            sign=kind_sign(outcome),
            outcome=name_of(outcome),
            count=resilience.count(outcome),
        )
        for outcome in Outcome
    )


def singles_text(resilience: Resilience) -> str:
    """Write the number of single points of failure."""
    count = len(resilience.single_points)
    open_cases = resilience.count(Outcome.UNDECIDED)
    if not count and open_cases:
        text = _("Single points of failure: none found so far; undecided {count}.")
        return text.format(count=open_cases)
    if not count:
        return _("No absence of one person on one date breaks the law or a must.")
    text = ngettext(
        "Single points of failure: {count}. If this person drops out, law or a must is "
        "broken, whatever changes from that date on.",
        "Single points of failure: {count}. If one of these people drops out, law or a "
        "must is broken, whatever changes from that date on.",
        count,
    )
    return text.format(count=count)


def work_text(one: Dropout, problem: Problem) -> str:
    """Write the work that is lost: 夜 16:30-翌9:30、宿直 21:00-翌6:00."""
    parts = []
    if one.shift is not None:
        shift = problem.shift_by_symbol[one.shift]
        parts.append(f"{shift.symbol} {span_text(shift.interval)}")
    if one.on_call:
        parts.append(on_call_text(problem.office.on_call_band))
    return "、".join(parts)


def case_text(one: Dropout, problem: Problem) -> str:
    """Write date, person and work of an absence: 12月14日(月) 佐藤 夜 16:30-翌9:30."""
    return f"{date_text(one.date)} {one.staff} {work_text(one, problem)}"


def what_breaks(one: Dropout) -> tuple[Finding, ...]:
    """Return the breaches of law and musts by a fatal absence, stretches joined.

    They are those of the roster with the least penalty, or, if none was found, those of
    the absence alone.
    """
    hard = [found for found in one.remaining or one.breaches if found.stance.is_hard]
    return in_order_of_time(joined(hard))


def contracts_broken(one: Dropout) -> tuple[Finding, ...]:
    """Return the breaches left by a repair, stretches joined: those of contracts."""
    return in_order_of_time(joined(one.remaining))


def breach_text(finding: Finding, rulebook: Rulebook) -> str:
    """Write a breach with the source of its limit, such as the article."""
    source = source_text(rulebook[finding.rule], finding.facet)
    return f"{finding_text(finding, rulebook)} [{source}]"


def able_text(
    finding: Finding, one: Dropout, problem: Problem, rulebook: Rulebook
) -> str:
    """Write who else may do the missing work, by qualification and contract.

    Empty if the limit asks for no work.
    """
    spot = rulebook.spot_of(finding)
    found = able(house_of(problem, finding), spot)
    if found is None:
        return ""
    others = [name for name in found.people if name != one.staff]
    return "、".join(others) or _("nobody else")


def asked_text(one: Dropout) -> str:
    """Write the numbers of people asked and of changed cells: 2人・3セル."""
    text = _("{people}, {cells}")
    return text.format(
        people=people_text(len(one.asked)), cells=cells_text(len(one.changes))
    )


def request_texts(one: Dropout, problem: Problem) -> Iterator[str]:
    """Yield the changes that would be asked for, a line for each person."""
    order = {member.name: place for place, member in enumerate(problem.staff)}
    ordered = sorted(one.changes, key=lambda change: (order[change.staff], change.date))
    for name, changes in groupby(ordered, key=lambda change: change.staff):
        parts = "、".join(change_text(change, problem) for change in changes)
        yield _("{name}: {changes}").format(name=name, changes=parts)


def reserve_heading() -> str:
    """Return the heading of the lines on reserve."""
    return _("If somebody does not come: dates without reserve, before → after")


def reserve_lines(reserve: Reserve) -> Iterator[str]:
    """Yield a line for each kind of missing reserve, with the dates that remain.

    The last line says whether the result is proven the best.
    """
    for kind, (before, after) in reserve.counts.items():
        dates = runs_text(one.date for one in reserve.after if one.kind is kind)
        text = _("{name}: {before} → {after}")
        if dates:
            text = _("{name}: {before} → {after} ({dates})")
        name = name_of(kind)
        yield text.format(name=name, before=before, after=after, dates=dates)
    if not reserve.counts:
        yield _("On every date somebody was in reserve already.")
    elif reserve.is_best and reserve.bound == 0:
        yield _("On every date somebody is in reserve.")
    elif reserve.is_best:
        yield _("Nothing better was found; the bound is equal.")
    elif cost(reserve.after) < cost(reserve.before):
        yield _("Perhaps there is still better; the time was up.")
    else:
        yield _("Nothing better was found in the time given.")

"""Substitutes for a shift, in words: verdicts, reasons, changes, fair shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.absences import Ability, Bearing, Substitute, Vacancy
from scheduler.wording.duties import on_call_text, request_text
from scheduler.wording.findings import finding_text
from scheduler.wording.names import burden_name, cells_text, off_name, people_text
from scheduler.wording.plans import change_text, rest_text
from scheduler.wording.rules import source_text
from scheduler.wording.times import date_text, span_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rulebook

VERDICTS = {
    Ability.AS_IS: N_("as is"),
    Ability.WITH_CHANGES: N_("with changes"),
    Ability.UNDECIDED: N_("undecided"),
    Ability.STOPPED: N_("not possible"),
    Ability.NEVER: N_("out of the question"),
}

REASONS = 4
"""Most breaches written for one person; the others are counted."""


def gap_text(gap: Vacancy, problem: Problem) -> str:
    """Write the shift and who is released: 12月14日(月) 夜 16:30-翌9:30 (佐藤)."""
    if gap.shift is None:
        what = on_call_text(problem.office.night_band)
    else:
        shift = problem.shift_by_symbol[gap.shift]
        what = f"{shift.symbol} {span_text(shift.interval)}"
    told = f"{date_text(gap.date)} {what}"
    if gap.instead_of is None:
        return _("{shift}, one more person").format(shift=told)
    return _("{shift} instead of {name}").format(shift=told, name=gap.instead_of)


def verdict_name(verdict: Ability) -> str:
    """Return the name of a verdict."""
    return _(VERDICTS[verdict])


def verdict_text(one: Substitute) -> str:
    """Write the verdict, with the number of other people and cells that change."""
    name = verdict_name(one.verdict)
    if one.verdict is not Ability.WITH_CHANGES:
        return name
    text = _("{verdict} (others: {people}, {cells})")
    return text.format(
        verdict=name,
        people=people_text(len(one.asked)),
        cells=cells_text(len(one.changes)),
    )


def own_text(one: Substitute, problem: Problem) -> str:
    """Write the person's own changes by the shift."""
    return "、".join(change_text(change, problem) for change in one.own)


def knock_on_texts(one: Substitute, problem: Problem) -> Iterator[str]:
    """Yield the knock-on changes, a line for each person."""
    for name in dict.fromkeys(change.staff for change in one.changes):
        told = "、".join(
            change_text(change, problem)
            for change in one.changes
            if change.staff == name
        )
        yield _("{name}: {changes}").format(name=name, changes=told)


def reason_texts(
    one: Substitute, rulebook: Rulebook, *, sourced: bool = True
) -> Iterator[str]:
    """Yield what stops a person, breaches that concern them first.

    ``sourced`` puts the source of the rule behind each.
    """
    if one.leave is not None:
        yield _("has {leave}").format(leave=off_name(one.leave))
    if one.has_it:
        yield _("has this shift anyway")
    if one.not_of:
        yield _("does not work in {house}").format(house=one.not_of)

    def about_others(finding: Finding) -> bool:
        return one.staff not in finding.people

    told = sorted(one.stopped_by, key=about_others)
    for finding in told[:REASONS]:
        source = source_text(rulebook[finding.rule], finding.facet)
        told_of = f" [{source}]" if sourced else ""
        yield f"{finding_text(finding, rulebook)}{told_of}"
    if len(told) > REASONS:
        yield _("and {more} more").format(more=len(told) - REASONS)


def bearing_text(bearing: Bearing) -> str:
    """Write a person's deviation from the fair share of a burden: 夜勤 -0.2→+0.8."""
    text = _("{burden} {before} -> {after}")
    return text.format(
        burden=burden_name(bearing.burden),
        before=_signed(bearing.before),
        after=_signed(bearing.after),
    )


def wishes_text(one: Substitute) -> str:
    """Write the wishes that would be lost; empty if there are none."""
    return "、".join(request_text(wish) for wish in one.wishes_lost)


def rests_text(one: Substitute) -> str:
    """Write the rest before and after the shift; a dash if neither is known."""
    rests = one.rest_before, one.rest_after
    if rests == (None, None):
        return "-"
    return " / ".join(rest_text(rest) for rest in rests)


def _signed(thousandths: int) -> str:
    tenths = round(thousandths / 100)
    return f"{tenths / 10:+.1f}" if tenths else "0.0"

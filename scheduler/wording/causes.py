"""A cause in words: what is broken, and the conditions that together force it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from scheduler.audit.figures.able import able
from scheduler.audit.findings import in_order_of_time
from scheduler.domain.advice import Advice, Cause
from scheduler.domain.agreements import Spot
from scheduler.domain.finding import Finding
from scheduler.domain.homes import at_house
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rulebook
from scheduler.wording.findings import finding_text, rule_title
from scheduler.wording.names import people_text, word_of
from scheduler.wording.places import spot_text
from scheduler.wording.times import date_text, dates_told
from scheduler.wording.translation import _

Thing = TypeVar("Thing")

MOST_TOLD = 30
"""Most conditions written one by one of a cause that time did not reduce."""

CONTRACT = "L-"
"""Begins the ids of the rules on contracts."""

SOME_DATE = "-"
"""Placeholder for the date, so that texts differ only if more than the date does."""


def alike(
    things: Iterable[Thing], text_of: Callable[[Thing, str], str]
) -> tuple[tuple[Thing, ...], ...]:
    """Group things whose texts differ only in the date.

    Parameters
    ----------
    text_of
        Writes one of them, with the given text in place of its date.
    """
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        groups.setdefault(text_of(thing, SOME_DATE), []).append(thing)
    return tuple(map(tuple, groups.values()))


def dates_of(spots: Iterable[Spot]) -> str:
    """Write the dates of spots, runs by first and last; empty if there are none."""
    return dates_told(spot.date for spot in spots if spot.date is not None)


def told_causes(
    advice: Advice, rulebook: Rulebook, problem: Problem
) -> tuple[Cause, ...]:
    """Return the causes to write: those that differ only in the date as one.

    Left out are those of which time did not tell what is needed, where a sum says why.
    """
    text_of = _words(rulebook, problem)
    groups: dict[tuple[frozenset[str], ...], list[Cause]] = {}
    for cause in advice.causes:
        if not cause.irreducible and advice.is_summed(cause.spots[0]):
            continue
        texts = tuple(
            frozenset(text_of(spot, SOME_DATE) for spot in spots)
            for spots in (cause.spots, cause.conditions)
        )
        groups.setdefault(texts, []).append(cause)
    return tuple(
        Cause(
            spots=_each(spot for one in causes for spot in one.spots),
            conditions=_each(spot for one in causes for spot in one.conditions),
            irreducible=all(one.irreducible for one in causes),
        )
        for causes in groups.values()
    )


def _each(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(spots))


class Condition(NamedTuple):
    """One of the conditions of a cause, for all of its dates."""

    text: str
    can_yield: bool
    """Whether an exception to it may be agreed on."""


def broken_text(
    cause: Cause, findings: Iterable[Finding], rulebook: Rulebook, problem: Problem
) -> str:
    """Write the limits that a cause breaks, as the audit found them, with all dates.

    Parameters
    ----------
    findings
        What the audit found in the roster; other limits are written as conditions.
    """
    return _("; ").join(_found_texts(cause.spots, findings, rulebook, problem))


def unexplained_texts(
    advice: Advice, findings: Iterable[Finding], rulebook: Rulebook, problem: Problem
) -> tuple[str, ...]:
    """Write the broken limits for which neither a sum nor a search told the cause."""
    left = [spot for spot in advice.unexplained if not advice.is_summed(spot)]
    return _found_texts(left, findings, rulebook, problem)


def given_text(advice: Advice) -> str:
    """Write what the causes take as given once the month has begun; empty before."""
    if advice.since is None:
        return ""
    return _(
        "What lies before {date}, and what has happened since the roster was made, is "
        "taken as given."
    ).format(date=date_text(advice.since))


def conditions(
    cause: Cause, rulebook: Rulebook, problem: Problem
) -> tuple[Condition, ...]:
    """Write the conditions of a cause, those that differ only in the date as one.

    The nearest come first: of the same person, on the same date, then contracts.
    """
    text_of = _words(rulebook, problem)
    found = []
    nearest = sorted(cause.conditions, key=partial(_nearness, cause.spots))
    groups = alike(nearest, text_of)
    if not cause.irreducible and len(groups) > MOST_TOLD:
        return tuple(_by_rule(nearest, rulebook))
    for spots in groups:
        facet = rulebook[spots[0].rule].facet[spots[0].facet]
        text = text_of(spots[0], dates_of(spots))
        found.append(Condition(text, facet.yields is not None))
    return tuple(found)


def _by_rule(spots: Sequence[Spot], rulebook: Rulebook) -> Iterator[Condition]:
    """Write conditions that nobody would read one by one: a line for each rule.

    Two, where only some of a rule's may be agreed on.
    """
    rules: dict[tuple[str, bool], list[Spot]] = {}
    for spot in spots:
        can_yield = rulebook[spot.rule].facet[spot.facet].yields is not None
        rules.setdefault((spot.rule, can_yield), []).append(spot)
    for (name, can_yield), own in rules.items():
        text = rule_title(rulebook[name])
        if people := {spot.staff for spot in own} - {""}:
            told = people_text(len(people))
            text = _("{title} ({people})").format(title=text, people=told)
        yield Condition(text, can_yield)


def _nearness(broken: Sequence[Spot], condition: Spot) -> tuple[int, int]:
    """Return an order in which conditions nearest to the broken limits come first."""
    date = condition.date
    days = [abs((date - spot.date).days) for spot in broken if date and spot.date] or [
        0
    ]
    if condition.staff and condition.staff in {spot.staff for spot in broken}:
        return 0, min(days)
    if date is None:
        return (1 if condition.rule.startswith(CONTRACT) else 3), 0
    return (0 if min(days) == 0 else 2), min(days)


def force_text(cause: Cause) -> str:
    """Write that the conditions force the breach, and how far that was tested."""
    if not cause.conditions:
        return _("It stays broken whatever else is given up: people are missing.")
    if cause.irreducible and len(cause.spots) > 1:
        return _(
            "These conditions together force each of them. With any one given up, a "
            "roster exists that keeps that one, the others as they are: each was left "
            "out and the month solved again."
        )
    if cause.irreducible:
        return _(
            "These conditions together force it. With any one of them given up, a "
            "roster exists that keeps it: each was left out and the month solved again."
        )
    return _(
        "These conditions together force it. Time ran out before each was tested: "
        "some of them may not be needed."
    )


def able_text(cause: Cause, problem: Problem) -> str:
    """Write who may do the missing work at all; empty if the limit asks for no work."""
    found = able(*at_house(problem, cause.spots[0]))
    if found is None:
        return ""
    if not found.people:
        return word_of("nobody", found.work)
    return word_of("able", found.work).format(
        people=people_text(len(found.people)), names="、".join(found.people)
    )


def _found_texts(
    spots: Iterable[Spot],
    findings: Iterable[Finding],
    rulebook: Rulebook,
    problem: Problem,
) -> tuple[str, ...]:
    first: dict[Spot, Finding] = {}
    for finding in in_order_of_time(findings):
        first.setdefault(rulebook.spot_of(finding), finding)
    text_of = _words(rulebook, problem)
    texts = []
    for spot, *others in alike(spots, text_of):
        if spot in first:
            text, dates = finding_text(first[spot], rulebook), dates_of(others)
            if dates:
                text = _("{text} (likewise {dates})").format(text=text, dates=dates)
        else:
            text = text_of(spot, dates_of((spot, *others)))
        texts.append(text)
    return tuple(texts)


def _words(rulebook: Rulebook, problem: Problem) -> Callable[[Spot, str], str]:
    """Return the function that writes a limit with the given dates."""
    return lambda spot, when: spot_text(spot, rulebook, problem, when=when)

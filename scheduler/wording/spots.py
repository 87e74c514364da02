"""A limit as a condition, and an exception to it as something to ask for.

The sentences stand in the facet's record: both where it may give way, the condition
alone where it may be broken, but never agreed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.agreements import Concession
from scheduler.rulebook import Confidence, yielding
from scheduler.wording.places import Place
from scheduler.wording.rules import rule_title, source_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.agreements import Agreement, Spot
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Facet, Rule, Rulebook


def spot_text(
    spot: Spot, rulebook: Rulebook, problem: Problem, *, when: str = ""
) -> str:
    """Write what holds at a spot, and where that stands.

    Parameters
    ----------
    when
        Said in place of the spot's date, for several spots at once.

    Returns
    -------
    str
        Such as 佐藤さんの夜勤は月4回まで（雇用契約、L-05）.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule or the facet.
    """
    rule = rulebook[spot.rule]
    place = Place(spot, rulebook, problem, when=when)
    facet = rule.facet[spot.facet]
    told = facet.sentences(spot.name).condition
    text = _(told).format_map(place) if told else _untold(spot, rule, place)
    origin = _origin(rule, facet)
    if place.agreed:
        origin = _("{origin} and agreement").format(origin=origin)
    return _("{text} ({origin}, {rule})").format(text=text, origin=origin, rule=rule.id)


def agreement_text(
    agreement: Agreement, rulebook: Rulebook, problem: Problem, *, when: str = ""
) -> str:
    """Write an agreement as what somebody is asked for.

    Parameters
    ----------
    when
        Said in place of the spot's date, for several spots at once.

    Returns
    -------
    str
        Such as 佐藤さんに夜勤をもう1回お願いする（契約4回→5回）.

    Raises
    ------
    KeyError
        If the limit never gives way.
    """
    spot = agreement.spot
    told = yielding()[spot.rule, spot.facet].sentences(spot.name).request
    place = Place(spot, rulebook, problem, amount=agreement.amount, when=when)
    return _(told).format_map(place)


def _untold(spot: Spot, rule: Rule, place: Place) -> str:
    """Write a limit without words of its own: whose, when, and the rule's title."""
    who = [spot.staff] if spot.staff else []
    where = " ".join([*who, place["date"]] if spot.date else who)
    text = rule_title(rule)
    return _("{where}: {text}").format(where=where, text=text) if where else text


def _origin(rule: Rule, facet: Facet) -> str:
    """Return who has set the limit: law, contract, wishes, or the office."""
    by_law = facet.yields in (None, Concession.OVERTIME_HOUR)
    if by_law or rule.confidence is Confidence.OFFICE:
        return source_text(rule)
    return _("setting of the office")

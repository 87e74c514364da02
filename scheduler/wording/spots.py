"""A limit as a condition, and an exception to it as something to ask for.

Every facet that may give way has both sentences and the name under which it is chosen;
the others that may be broken, of law and of what cuts the fee, have the condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.agreements import ON_CALL, Concession
from scheduler.rulebook import Confidence
from scheduler.wording.places import Place
from scheduler.wording.translation import N_, _, language

if TYPE_CHECKING:
    from scheduler.domain.agreements import Agreement, Spot
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Facet, Rule, Rulebook

FacetKey = tuple[str, str]
"""Rule id and facet."""

CONDITIONS: dict[FacetKey, str] = {
    ("A-03", "daily"): N_("{date}: {limit} of care by day"),
    ("A-03", "monthly"): N_("{limit} of care by day in the period"),
    ("A-04", "presence"): N_("{date}: always somebody of the care staff by day"),
    ("A-06", "awake"): N_("{limit} on night duty in the night of {date}"),
    ("A-06", "on_call"): N_("{limit} on call in the night of {date}"),
    ("A-09", "on_list"): N_("a full-timer on the staff list"),
    ("A-10", "on_list"): N_("a nurse on the staff list"),
    ("A-10", "shifts"): N_("nurses work {limit} in the period or more"),
    ("A-11", "on_list"): N_("a trained care manager on the staff list"),
    ("A-11", "desk"): N_("{limit} of planning in the month"),
    ("A-13", "on_list"): N_("a full-time manager with training on the staff list"),
    ("A-13", "desk"): N_("{limit} of management in the month"),
    ("C-03", "row"): N_("nights without their people: at most {limit} in a row"),
    ("C-03", "beyond"): N_(
        "nights without their people: at most {limit} in the period"
    ),
    ("D", "registered"): N_("at most {limit} registered"),
    ("D", "day_use"): N_("at most {limit} in day use on one date"),
    ("D", "overnight"): N_("at most {limit} staying in one night"),
    ("D", "day_use_least"): N_("a day-use capacity of {limit} or more"),
    ("D", "overnight_least"): N_("an overnight capacity of {limit} or more"),
    ("F-02", "month"): N_("{name} works at most {limit}, the legal cap of the month"),
    ("F-13", "nights_most"): N_("{name} has at most {limit} on night duty a month"),
    ("F-13", "nights_in_a_row"): N_(
        "{name} has at most {limit} on night duty in a row (up to {date})"
    ),
    ("F-13", "days_in_a_row_most"): N_(
        "{name} works at most {limit} in a row (up to {date})"
    ),
    ("F-13", "long_apart_must"): N_(
        "{name}: no long night on {date} one or two dates after another"
    ),
    ("F-13", "day_off_after_must"): N_(
        "{name} does not work on {date}, the date after the 明 of a long night"
    ),
    ("G", "desk_early"): N_("{limit} of planning from the 1st to the 10th"),
    ("G", "desk_late"): N_("{limit} of planning from the 20th on"),
    ("G", "night_ban"): N_(
        "{name} (planning) is on no night duty on {date}, nor comes from one"
    ),
    ("K-01", "must"): N_(
        "{date}: at every moment one of the care staff per three users, plus visits"
    ),
    ("K-02", "band_must"): N_("{date}: {cover} (rule “{rule_name}”)"),
    ("K-02", "count_must"): N_("{date}: {cover} (rule “{rule_name}”)"),
    ("K-02", "band_guideline"): N_("{date}: {cover} (rule “{rule_name}”)"),
    ("K-02", "count_guideline"): N_("{date}: {cover} (rule “{rule_name}”)"),
    ("L-01", "available"): N_("{name} does not work on {date}: {reason}"),
    ("L-01", "duty"): N_("{name} is not given the shift “{shift}” ({date})"),
    ("L-02", "days_off"): N_("{name} has {limit} off or more"),
    ("L-03", "hours_min"): N_("{name} works {limit} or more in the month"),
    ("L-03", "hours_max"): N_("{name} works at most {limit} in the month"),
    ("L-04", "days_per_week"): N_("{name} works at most {limit} in the week {week}"),
    ("L-05", "nights_max"): N_("{name} has at most {limit} on night duty a month"),
    ("L-05", "nights_min"): N_("{name} has {limit} on night duty a month or more"),
    ("P-01", "apart_must"): N_("{name} and {others} are never there at the same time"),
    ("P-01", "together_must"): N_("{name} works only together with {others}"),
    ("P-02", "night_must"): N_(
        "{name} (newcomer) is not alone on night duty on {date}"
    ),
    ("P-02", "day_must"): N_("{name} (newcomer) has a mentor on {date}"),
    ("P-03", "must"): N_("{name} has days off in a row {limit} or more"),
    ("P-04", "must"): N_("{name} does not work on {date} alone between days off"),
    ("P-05", "must"): N_("{name} begins on {date} no earlier than the day before"),
    ("P-06", "must"): N_("{name} has a Saturday and Sunday off {limit} or more"),
    ("P-07", "must"): N_("{name} is not on call on {date}, a day off or 明"),
    ("W-01", "must"): N_("{name}: {wish} on {date} (by all means)"),
    ("W-02", "duty"): N_("{name}: {pin} pinned on {date}"),
    ("W-02", "on_call"): N_("{name} pinned on call in the night of {date}"),
}
"""What holds at a spot."""

NOT_ON_CALL = N_("{name} takes no nights on call ({date})")

REQUESTS: dict[FacetKey, str] = {
    ("A-10", "shifts"): N_(
        "Let nurses work {amount} less in the period ({limit} -> {after})"
    ),
    ("A-11", "desk"): N_("Plan with {amount} less at the desk ({limit} -> {after})"),
    ("A-13", "desk"): N_("Manage with {amount} less at the desk ({limit} -> {after})"),
    ("F-02", "month"): N_(
        "Ask {name} for {amount} of overtime under the agreement of article 36 "
        "(beyond {limit})"
    ),
    ("F-13", "nights_most"): N_(
        "Ask {name} for {amount} more on night duty (the office's limit {limit} -> "
        "{after})"
    ),
    ("F-13", "nights_in_a_row"): N_(
        "Ask {name} for the night of {date}, beyond {limit} in a row"
    ),
    ("F-13", "days_in_a_row_most"): N_(
        "Ask {name} to work on {date}, beyond {limit} in a row"
    ),
    ("F-13", "long_apart_must"): N_(
        "Ask {name} for the long night of {date}, soon after another"
    ),
    ("F-13", "day_off_after_must"): N_(
        "Ask {name} to work on {date}, the date after the 明 of a long night"
    ),
    ("G", "desk_early"): N_(
        "Plan with {amount} less from the 1st to the 10th ({limit} -> {after})"
    ),
    ("G", "desk_late"): N_(
        "Plan with {amount} less from the 20th on ({limit} -> {after})"
    ),
    ("G", "night_ban"): N_(
        "Let {name} (planning) be on night duty, or come from one, on {date}"
    ),
    ("K-01", "must"): N_(
        "On {date} do without {amount} of one of the care staff per three users"
    ),
    ("K-02", "band_must"): N_("On {date} miss the rule “{rule_name}” by {amount}"),
    ("K-02", "count_must"): N_("On {date} miss the rule “{rule_name}” by {amount}"),
    ("L-01", "available"): N_("Ask {name} to come on {date} ({reason})"),
    ("L-01", "duty"): N_(
        "Ask {name} to do the shift “{shift}” on {date} (a shift not agreed)"
    ),
    ("L-02", "days_off"): N_(
        "Ask {name} to do with {amount} off less ({limit} -> {after})"
    ),
    ("L-03", "hours_min"): N_(
        "Ask {name} to work {amount} less than agreed ({limit} -> {after})"
    ),
    ("L-03", "hours_max"): N_(
        "Ask {name} to work {amount} more than agreed ({limit} -> {after})"
    ),
    ("L-04", "days_per_week"): N_(
        "Ask {name} to work {amount} more in the week {week} ({limit} -> {after})"
    ),
    ("L-05", "nights_max"): N_(
        "Ask {name} for {amount} more on night duty (contract {limit} -> {after})"
    ),
    ("L-05", "nights_min"): N_(
        "Ask {name} to do with {amount} less on night duty (contract {limit} -> "
        "{after})"
    ),
    ("P-01", "apart_must"): N_(
        "Allow {name} and {others} to be there at the same time, {amount}"
    ),
    ("P-01", "together_must"): N_("Allow {name} to work without {others}, {amount}"),
    ("P-02", "night_must"): N_(
        "Allow {name} (newcomer) to be alone on night duty on {date}"
    ),
    ("P-02", "day_must"): N_(
        "Allow {name} (newcomer) to be without a mentor on {date}"
    ),
    ("P-03", "must"): N_(
        "Ask {name} to do with days off in a row {amount} less ({limit} -> {after})"
    ),
    ("P-04", "must"): N_("Ask {name} to work on {date} alone between days off"),
    ("P-05", "must"): N_("Ask {name} to begin on {date} earlier than the day before"),
    ("P-06", "must"): N_(
        "Ask {name} to do with a Saturday and Sunday off {amount} less ({limit} -> "
        "{after})"
    ),
    ("P-07", "must"): N_("Ask {name} to be on call on {date}, a day off or 明"),
    ("W-01", "must"): N_("Ask {name} to give up {wish} on {date}"),
    ("W-02", "duty"): N_("Take the pin off {date} of {name} ({pin})"),
    ("W-02", "on_call"): N_("Take the pin off the night on call of {date} ({name})"),
}
"""What is asked for where a limit is to give way."""

ASK_ON_CALL = N_("Ask {name} to be on call in the night of {date} (not agreed)")


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
    told = CONDITIONS.get((spot.rule, spot.facet))
    if spot.rule == "L-01" and spot.name == ON_CALL:
        told = NOT_ON_CALL
    text = _(told).format_map(place) if told else _untold(spot, rule, place)
    origin = _origin(rule, rule.facet[spot.facet])
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
    told = REQUESTS[spot.rule, spot.facet]
    if spot.rule == "L-01" and spot.name == ON_CALL:
        told = ASK_ON_CALL
    place = Place(spot, rulebook, problem, amount=agreement.amount, when=when)
    return _(told).format_map(place)


def _untold(spot: Spot, rule: Rule, place: Place) -> str:
    """Write a limit without words of its own: whose, when, and the rule's title."""
    who = [spot.staff] if spot.staff else []
    where = " ".join([*who, place["date"]] if spot.date else who)
    text = rule.title_ja if language() == "ja" else rule.title
    return _("{where}: {text}").format(where=where, text=text) if where else text


def _origin(rule: Rule, facet: Facet) -> str:
    """Return who has set the limit: law, contract, wishes, or the office."""
    by_law = facet.yields in (None, Concession.OVERTIME_HOUR)
    if by_law or rule.confidence is Confidence.OFFICE:
        return rule.source_ja if language() == "ja" else rule.source
    return _("setting of the office")

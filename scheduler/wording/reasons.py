"""Levels of the objective, refused wishes and missed guidelines, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.audit.figures.summary import BELOW, Remaining
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.precheck import Line
from scheduler.domain.record import LevelOutcome
from scheduler.domain.requests import Request
from scheduler.rulebook import Rulebook
from scheduler.wording.duties import request_text, wish_text
from scheduler.wording.gathered import dates_and_clock, gathered_texts
from scheduler.wording.names import (
    NAMES,
    cells_text,
    duration_text,
    first_text,
    stance_name,
    word_of,
)
from scheduler.wording.precheck import UNITS
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

OWN_SUMS = NAMES["own_sums"]
"""Sums of a person's contract, by the code of the precheck's line."""

SHOWN = 3
"""Most breaches or wishes named in one line; the others are counted."""


def reason_text(reason: Reason, rulebook: Rulebook) -> str:
    """Write what granting a refused wish would have cost."""
    if reason.own is not None:
        return own_sum_text(reason.own, reason.beside)
    if _not_found(reason):
        return _not_found(reason)
    text = _would_cost(_costs(reason, rulebook), is_least=reason.is_least)
    if reason.others:
        names = "、".join(reason.others)
        text += _(" Who could do it instead has leave or asked to be free: {names}.")
        text = text.format(names=names)
    if reason.same_worth:
        text += _(" What would give way weighs the same.")
    return text


def obstacle_text(obstacle: Obstacle, rulebook: Rulebook) -> str:
    """Write what keeping a guideline at one spot would have cost."""
    if obstacle.unfinished:
        return _("The search ended before it could be kept; give it more time.")
    costs = _costs(obstacle, rulebook)
    if costs:
        listed = first_text(costs, SHOWN, _("; "))
        if obstacle.is_least:
            return _("Kept, it would cost: {listed}.").format(listed=listed)
        text = _("Kept, in the best roster found: {listed}; less may do, not settled.")
        return text.format(listed=listed)
    if obstacle.impossible:
        return _(
            "No roster keeps it, whatever else gives way: contracts, qualifications or "
            "what is always kept forbid it."
        )
    return _("No roster that keeps it was found in time.")


def _costs(one: Reason | Obstacle, rulebook: Rulebook) -> list[str]:
    """Write what would be broken, and the wishes that would give way."""
    text = _("the wish of {wish}")
    wishes = (text.format(wish=request_text(request)) for request in one.gives_way)
    return [*gathered_texts(one.breaches, rulebook), *wishes]


def obstacle_texts(
    findings: Sequence[Finding], obstacles: Iterable[Obstacle], rulebook: Rulebook
) -> tuple[str, ...]:
    """Write why a guideline was missed, for findings that are written as one line.

    Returns
    -------
    tuple of str
        A line for each different reason; none for findings that were not looked into.
    """
    by_reason: dict[str, list[Finding]] = {}
    for obstacle in obstacles:
        if obstacle.finding in findings:
            reason = obstacle_text(obstacle, rulebook)
            by_reason.setdefault(reason, []).append(obstacle.finding)
    if len(by_reason) == 1 and len(findings) == sum(map(len, by_reason.values())):
        return tuple(_("Why: {reason}").format(reason=reason) for reason in by_reason)
    text = _("Why ({dates}): {reason}")
    return tuple(
        text.format(dates=dates_and_clock(own), reason=reason)
        for reason, own in by_reason.items()
    )


def own_reason_text(reason: Reason, rulebook: Rulebook) -> str:
    """Write the reason for the person's own eyes: nobody else is named."""
    if reason.own is not None:
        return own_sum_text(reason.own, reason.beside)
    name = reason.request.staff
    of_others = [one for one in reason.breaches if set(one.people) - {name}]
    own = [one for one in reason.breaches if one not in of_others]
    wishes = sum(request.staff != name for request in reason.gives_way)
    costs = [
        *gathered_texts(own, rulebook),
        *(
            _("your wish of {date}").format(date=date_text(request.date))
            for request in reason.gives_way
            if request.staff == name
        ),
    ]
    if of_others:
        costs.append(_("what was agreed with others"))
    if wishes:
        costs.append(_("wishes of others ({count})").format(count=wishes))
    return _not_found(reason) or _would_cost(costs, is_least=reason.is_least)


def own_sum_text(line: Line, beside: Sequence[Request]) -> str:
    """Write the sum of the person's contract that a wish makes impossible.

    Parameters
    ----------
    line
        The sum with the wish granted.
    beside
        Other wishes of the person without which it adds up.
    """
    wishes = _("this wish")
    if beside:
        named = "、".join(
            _("{date} ({wish})").format(date=date_text(one.date), wish=wish_text(one))
            for one in beside
        )
        wishes = _("this wish and that of {wishes}").format(wishes=named)
    unit = UNITS[line.code]
    return _(OWN_SUMS[line.code]).format(
        wishes=wishes,
        required=unit(line.required),
        possible=unit(line.possible),
        most=unit(int(line.facts.get("most", 0))),
    )


def _not_found(reason: Reason) -> str:
    """Write that no cost is known, and why; empty if one is."""
    if reason.unfinished:
        return _("The search ended before it could be granted; give it more time.")
    if not reason.breaches and not reason.gives_way:
        return _("No roster that grants it was found in time.")
    return ""


def _would_cost(costs: Sequence[str], *, is_least: bool) -> str:
    listed = first_text(costs, SHOWN, _("; "))
    if is_least:
        return _("Granted, it would cost: {listed}.").format(listed=listed)
    text = _("Granted, in the best roster found: {listed}; less may do, not settled.")
    return text.format(listed=listed)


def level_text(level: Stance, amount: int) -> str:
    """Write the value of an upper level, down to contracts: cells, or a duration.

    A missed day or time counts as a full day.
    """
    if not amount:
        return "0"
    return cells_text(amount) if level is Stance.PINNED else duration_text(amount)


def left_text(left: Remaining) -> str:
    """Write the number of places left on a level below law: かなわなかった希望 2件."""
    return word_of("left", left.level).format(count=left.count)


def left_line(remaining: Iterable[Remaining]) -> str:
    """Write what is left as one line: かなわなかった希望 2件、目安を外れた箇所 4か所.

    Each level has its own number; empty if nothing is left.
    """
    parts = [left_text(one) for one in remaining if one.level in BELOW]
    return _("Left: {what}").format(what="、".join(parts)) if parts else ""


def reached_text(outcome: LevelOutcome, left: Remaining | None) -> str:
    """Write what the search left on any level."""
    if left is not None:
        return left_text(left)
    if not outcome.value:
        return _("nothing wanting")
    return level_text(outcome.level, outcome.value)


def sure_text(outcome: LevelOutcome) -> str:
    """Write whether the value is proven the best; empty if nothing is left."""
    if not outcome.value:
        return ""
    if outcome.is_proven:
        return _("proven: no roster is better")
    if outcome.is_best:
        return _("nothing better was found; the bound is equal")
    return _("whether there is a better one was not settled in time")


def why_left_text(left: Remaining) -> str:
    """Write why no less is left on a level, as far as it was searched."""
    before = LEVELS[: LEVELS.index(left.level)]
    above = "・".join(stance_name(level) for level in before)
    if left.is_proven:
        text = _(
            "Why: with what comes before kept as it is ({levels}), no roster is better "
            "here; that is proven."
        )
        return text.format(levels=above)
    if left.is_least:
        text = _(
            "Why: with what comes before kept as it is ({levels}), nothing better was "
            "found, and the bound is equal."
        )
        return text.format(levels=above)
    return _(
        "Why: nothing better was found; whether there is something was not settled in "
        "time."
    )

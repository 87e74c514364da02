"""Levels of the objective: their amounts, and what is left on them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.summary import BELOW
from scheduler.domain.finding import LEVELS, Stance
from scheduler.wording.names import cells_text, duration_text, stance_name
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.audit.figures.summary import Remaining
    from scheduler.domain.record import LevelOutcome

LEFT = {
    Stance.MUST: N_("places where a must is not kept: {count}"),
    Stance.CONTRACT: N_("places where a contract is not kept: {count}"),
    Stance.WISH: N_("wishes not granted: {count}"),
    Stance.FAIR: N_("shares away from what is fair: {count}"),
    Stance.GUIDELINE: N_("places off the office's guidelines: {count}"),
    Stance.COMFORT: N_("places better avoided: {count}"),
}
"""Texts for the places counted on the levels below law."""


def level_text(level: Stance, amount: int) -> str:
    """Write the value of an upper level, down to contracts: cells, or a duration.

    A missed day or time counts as a full day.
    """
    if not amount:
        return "0"
    return cells_text(amount) if level is Stance.PINNED else duration_text(amount)


def left_text(left: Remaining) -> str:
    """Write the number of places left on a level below law: かなわなかった希望 2件."""
    return _(LEFT[left.level]).format(count=left.count)


def left_line(remaining: Iterable[Remaining]) -> str:
    """Write what is left as one line: かなわなかった希望 2件、目安を外れた箇所 4か所.

    Each level has its own number; empty if nothing is left.
    """
    told = [left_text(one) for one in remaining if one.level in BELOW]
    return _("Left: {what}").format(what="、".join(told)) if told else ""


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

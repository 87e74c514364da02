"""Why a wish was refused, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.i18n import _
from scheduler.wording.findings import finding_text
from scheduler.wording.requests import request_text

if TYPE_CHECKING:
    from scheduler.domain.reason import Reason
    from scheduler.rulebook import Rulebook

SHOWN = 3
"""Breaches or wishes named in one line; of more, their number is told."""


def reason_text(reason: Reason, rulebook: Rulebook) -> str:
    """Write what granting the wish would have cost.

    Parameters
    ----------
    reason
        What the counterfactual search found.
    rulebook
        Where the titles of broken rules stand.
    """
    if reason.unfinished:
        return _("The search ended before it could be granted; give it more time.")
    if not reason.breaches and not reason.gives_way:
        return _("No roster that grants it was found in time.")
    costs = [
        *(finding_text(finding, rulebook) for finding in reason.breaches),
        *(
            _("the wish of {wish}").format(wish=request_text(request))
            for request in reason.gives_way
        ),
    ]
    listed = _("; ").join(costs[:SHOWN])
    if len(costs) > SHOWN:
        listed = _("{listed} and {more} more").format(
            listed=listed, more=len(costs) - SHOWN
        )
    text = _("Granted, it would cost: {listed}.").format(listed=listed)
    if reason.others:
        names = "、".join(reason.others)
        text += _(" Who could do it instead has leave or asked to be free: {names}.")
        text = text.format(names=names)
    if reason.same_worth:
        text += _(" What would give way weighs the same.")
    return text

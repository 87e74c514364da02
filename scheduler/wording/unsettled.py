"""What a search did not settle, and the settings to change, in words."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.advice import Advice
from scheduler.wording.names import stance_name
from scheduler.wording.places import in_house
from scheduler.wording.precheck import mend_text
from scheduler.wording.translation import _


def unsettled_text(advice: Advice) -> str:
    """Write of which levels the search has not ended; empty if there is none."""
    if not advice.unsettled:
        return ""
    if advice.repairs or advice.settings:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it. What is told as a way out was solved and audited, but perhaps less or "
            "nothing need be asked; more time (--time-limit) may tell."
        )
    else:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it, and no way out was found; give it more time (--time-limit)."
        )
    return text.format(levels="・".join(map(stance_name, advice.unsettled)))


def settings_texts(advice: Advice) -> Iterator[str]:
    """Yield that the month's conditions do not fit, and the settings to change."""
    if advice.settings and advice.unsettled:
        yield _(
            "Change ONE of these settings (with each a roster was found that keeps law "
            "and every must; perhaps none is needed):"
        )
    elif advice.settings:
        yield _(
            "The month's conditions do not fit together. Change ONE of these settings "
            "(with each a roster was found that keeps law and every must):"
        )
    elif advice.asks_too_much and not advice.repairs and advice.since is not None:
        yield _(
            "Every way out that was found asks more of people than can be arranged:"
            " more than eight things, or much of somebody who is on leave."
        )
    elif advice.asks_too_much and not advice.repairs:
        yield _(
            "The month's conditions do not fit together: every way out that was found "
            "asks more of people than can be arranged. No single setting that mends it "
            "was found in time either."
        )
    for change in advice.settings:
        text = mend_text(change.mend)
        if not change.keeps_contracts:
            text = _(
                "{change} (whether all contracts can be kept then is not known yet)"
            ).format(change=text)
        yield in_house(change.house, text)

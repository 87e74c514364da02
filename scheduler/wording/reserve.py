"""What was gained by looking for people in reserve, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.reserve import LackKind, cost
from scheduler.wording.times import runs_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.reserve import Reserve

NAMES = {
    LackKind.PLANNING: N_("Planning hours that could not be made up"),
    LackKind.MANAGING: N_("Management hours that could not be made up"),
    LackKind.NIGHT: N_("Nobody in reserve for the night"),
    LackKind.ON_CALL: N_("Nobody in reserve for the night on call"),
    LackKind.DAY: N_("Nobody in reserve by day"),
}


def reserve_heading() -> str:
    """Return what the lines are about."""
    return _("If somebody does not come: dates without reserve, before → after")


def reserve_lines(reserve: Reserve) -> Iterator[str]:
    """Yield a line for each kind that lacked, with the dates that are left.

    The last one tells what is known of how good that is.
    """
    for kind, (before, after) in reserve.counts.items():
        dates = runs_text(one.date for one in reserve.after if one.kind is kind)
        text = _("{name}: {before} → {after}")
        if dates:
            text = _("{name}: {before} → {after} ({dates})")
        name = _(NAMES[kind])
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

"""Dates that no work touches, in the variables of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import RESTS
from scheduler.constraints.language.scope import expression
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.constraints.language.options import Option
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember


def free_date(
    model: RosterModel, member: StaffMember, date: dt.date, kinds: tuple[OffKind, ...]
) -> LinearSum:
    """One at most, and nothing if work touches the date or it is of another kind.

    Parameters
    ----------
    date
        Of the period or after it; the tail does not reach into it.
    kinds
        Of the kinds of day off those that count.
    """
    before = date - ONE_DAY
    if _says_what_is(model, member, date):
        # A morning after a night says so: no sum over two dates is needed.
        touching = [LinearSum(1) - model.off(member, date, *kinds)]
    else:
        others = [kind for kind in RESTS if kind not in kinds]
        touching = [
            model.starts(member, date) + model.off(member, date, *others),
            model.starts(member, before, _passes_midnight),
        ]
    if model.problem.office.settings.standby.is_work:
        touching += [model.on_call(member, night) for night in (date, before)]
    touching = [work for work in touching if work.highest > 0] or [LinearSum()]
    if len(touching) == 1:
        return LinearSum(1) - touching[0]
    free = LinearSum.of([model.cp.new_bool_var(f"{member.name}/{date}/free")])
    for work in touching:
        model.cp.add(expression(work + free) <= 1)
    return free


def _says_what_is(model: RosterModel, member: StaffMember, date: dt.date) -> bool:
    """Whether a cell is a day off exactly where no shift touches the date.

    Not so where nobody is employed, and not in every roster that stands (F-07).
    """
    return (
        date in model.problem.period
        and date in member.employed
        and not model.may_be(member, date, OffKind.AWAY)
        and not model.stands_broken("F-07", "after_night", member, date)
    )


def _passes_midnight(shift: Shift, option: Option) -> bool:
    return shift.passes_midnight

"""The ledger a period begins with: the closed accounts of those who stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.ledger import closing_ledger
from scheduler.domain.ledger import Carried
from scheduler.domain.shares import circles

if TYPE_CHECKING:
    from collections.abc import Set

    from scheduler.domain.base import StaffId
    from scheduler.domain.ledger import Burden, LedgerEntry
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

Entries = dict["StaffId", "LedgerEntry"]


def opening_ledger(
    problem: Problem, roster: Roster, staying: Set[StaffId]
) -> tuple[LedgerEntry, ...]:
    """Return the accounts of those who stay.

    What somebody who leaves has borne beyond their share, or less, is divided among
    those who shared the burden with them, by the shares they had: their accounts add
    up to nothing again, and no one is behind for good.
    """
    entries: Entries = {one.staff: one for one in closing_ledger(problem, roster)}
    for circle in circles(problem):
        left = sum(
            entries[name].carried(circle.burden).balance
            for name in circle.weights
            if name not in staying
        )
        heirs = [name for name in circle.weights if name in staying]
        _divide(entries, circle.burden, heirs, left)
    return tuple(entry for name, entry in entries.items() if name in staying)


def _divide(entries: Entries, burden: Burden, heirs: list[StaffId], left: int) -> None:
    """Lower the heirs' shares by ``left`` thousandths in all, or raise them."""
    shares = [entries[name].carried(burden).share for name in heirs]
    whole, given = sum(shares), 0
    if not whole or not left:
        return
    before = 0
    for name, share in zip(heirs, shares, strict=True):
        # Cutting the running total keeps the sum exact to the thousandth.
        before += share
        part = left * before // whole - given
        given += part
        account = entries[name].carried(burden)
        changed = Carried(times=account.times, share=max(0, share - part))
        entries[name] = entries[name].with_account(burden, changed)

"""What rules make of sums: rounded, in many places at once, all of them, in a band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.scope import expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python.cp_model import CpModel, IntVar


class Sums:
    """Sums over the variables of a model, with what defines them.

    Parameters
    ----------
    cp
        The solver's model, to which variables and constraints are added.
    """

    def __init__(self, cp: CpModel) -> None:
        self.cp = cp

    def rounded_up(
        self, total: LinearSum, divisor: int, *, least: int = 0
    ) -> LinearSum:
        """Return ``total / divisor``, rounded up or larger: for what is needed.

        It is ``least`` or more.
        """
        if not total.terms:
            return LinearSum(max(least, -(-total.constant // divisor)))
        most = max(least, -(-total.highest // divisor))
        whole = LinearSum.of([self.cp.new_int_var(least, most, "rounded")], upper=most)
        self.cp.add(expression(whole * divisor - total) >= 0)
        return whole

    def total(self, parts: Sequence[LinearSum]) -> LinearSum:
        """Return a variable equal to the sum of ``parts``, for use in many places."""
        total = LinearSum.total(parts)
        most = total.highest
        whole = LinearSum.of([self.cp.new_int_var(0, most, "total")], upper=most)
        self.cp.add(expression(total - whole) == 0)
        return whole

    def all_of(self, conditions: Sequence[LinearSum]) -> LinearSum:
        """One only if each condition is one or more.

        Only this upper limit is posted: for sums that their rules want large.
        """
        if any(condition.highest < 1 for condition in conditions):
            return LinearSum()
        all_of = LinearSum.of([self.cp.new_bool_var("all of")])
        for condition in conditions:
            if condition.lowest < 1:
                self.cp.add(expression(condition - all_of) >= 0)
        return all_of

    def within(
        self, value: LinearSum, limit: int, slacks: Sequence[IntVar], times: int
    ) -> None:
        """Ask that ``-limit <= value <= limit``, up to slacks worth ``times`` each."""
        room = LinearSum(limit) + LinearSum.of(slacks, times)
        self.cp.add(expression(room - value) >= 0)
        self.cp.add(expression(room + value) >= 0)

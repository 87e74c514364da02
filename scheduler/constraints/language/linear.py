"""Linear sums over decision variables, as the rules write them.

Rules are written with these sums and never import the solver.  Dates before the period
(the tail) enter as constants.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr


class LinearSum:
    """A sum ``constant + sum(coefficient * variable)``, with bounds on its value.

    Attributes
    ----------
    constant
        The part without variables.
    terms
        Variables with their coefficients.
    lowest, highest
        Bounds on the value, from the domains of the variables, all of which start at 0.
    """

    __slots__ = ("constant", "highest", "lowest", "terms")

    def __init__(self, constant: int = 0) -> None:
        self.constant = self.lowest = self.highest = constant
        self.terms: list[tuple[IntVar, int]] = []

    @classmethod
    def of(
        cls, variables: Iterable[IntVar], coefficient: int = 1, *, upper: int = 1
    ) -> LinearSum:
        """Return ``coefficient`` times the sum of variables from 0 to ``upper``."""
        total = cls()
        if coefficient:
            total.terms = [(variable, coefficient) for variable in variables]
            reach = len(total.terms) * coefficient * upper
            total.lowest, total.highest = min(0, reach), max(0, reach)
        return total

    @classmethod
    def total(cls, parts: Iterable[LinearSum]) -> LinearSum:
        """Return the sum of ``parts``."""
        total = cls()
        for part in parts:
            total.constant += part.constant
            total.lowest += part.lowest
            total.highest += part.highest
            total.terms += part.terms
        return total

    @property
    def key(self) -> tuple[int, ...]:
        """What is the same of sums that are the same, term by term."""
        pairs = (part for variable, k in self.terms for part in (variable.index, k))
        return self.constant, *pairs

    def value(self, values: Sequence[int]) -> int:
        """Return the value of the sum, given variable values by index."""
        terms = (values[variable.index] * times for variable, times in self.terms)
        return self.constant + sum(terms)

    def in_steps(self, bound: int) -> tuple[LinearSum, int, int]:
        """Return a comparison with a bound divided by all that its numbers share.

        Returns
        -------
        The sum without its constant, the bound less the constant, and the divisor.
        """
        left = bound - self.constant
        step = math.gcd(left, *(coefficient for _, coefficient in self.terms)) or 1
        whole = LinearSum()
        whole.terms = (
            [(variable, times // step) for variable, times in self.terms]
            if step > 1
            else self.terms.copy()
        )
        whole.lowest = (self.lowest - self.constant) // step
        whole.highest = (self.highest - self.constant) // step
        return whole, left // step, step

    def __add__(self, other: LinearSum) -> LinearSum:
        both = LinearSum(self.constant + other.constant)
        both.lowest = self.lowest + other.lowest
        both.highest = self.highest + other.highest
        both.terms = self.terms + other.terms
        return both

    def __mul__(self, factor: int) -> LinearSum:
        product = LinearSum(self.constant * factor)
        if factor:
            product.terms = [(var, coef * factor) for var, coef in self.terms]
            ends = sorted((self.lowest * factor, self.highest * factor))
            product.lowest, product.highest = ends
        return product

    def __sub__(self, other: LinearSum) -> LinearSum:
        rest = LinearSum(self.constant - other.constant)
        rest.lowest = self.lowest - other.highest
        rest.highest = self.highest - other.lowest
        rest.terms = self.terms + [(var, -coef) for var, coef in other.terms]
        return rest


def expression(
    total: LinearSum, slack: IntVar | None = None, sign: int = 1
) -> LinearExpr:
    """Return ``total + sign * slack`` as an expression of CP-SAT."""
    variables = [variable for variable, _ in total.terms]
    coefficients = [coefficient for _, coefficient in total.terms]
    if slack is not None:
        variables.append(slack)
        coefficients.append(sign)
    # Imported here so that modules that only count options need not load OR-Tools.
    from ortools.sat.python.cp_model import LinearExpr

    weighed = LinearExpr.weighted_sum(variables, coefficients)
    return weighed + total.constant if total.constant else weighed


class Sums:
    """Derived sums that need auxiliary variables and constraints in a model."""

    def __init__(self, cp: CpModel) -> None:
        self.cp = cp

    def rounded_up(
        self, total: LinearSum, divisor: int, *, least: int = 0
    ) -> LinearSum:
        """Return a variable of at least ``total / divisor``, rounded up, and ``least``.

        Only this lower bound is posted: for requirements, which rules want small.
        """
        if not total.terms:
            return LinearSum(max(least, -(-total.constant // divisor)))
        most = max(least, -(-total.highest // divisor))
        whole = LinearSum.of([self.cp.new_int_var(least, most, "rounded")], upper=most)
        self.cp.add(expression(whole * divisor - total) >= 0)
        return whole

    def total(self, parts: Sequence[LinearSum]) -> LinearSum:
        """Return one variable equal to the sum of ``parts``, for use in many places."""
        total = LinearSum.total(parts)
        most = total.highest
        whole = LinearSum.of([self.cp.new_int_var(0, most, "total")], upper=most)
        self.cp.add(expression(total - whole) == 0)
        return whole

    def all_of(self, conditions: Sequence[LinearSum]) -> LinearSum:
        """Return a variable that can be 1 only if each condition is at least 1.

        Only this upper bound is posted: for sums that their rules want large.
        """
        if any(condition.highest < 1 for condition in conditions):
            return LinearSum()
        all_of = LinearSum.of([self.cp.new_bool_var("all of")])
        for condition in conditions:
            if condition.lowest < 1:
                self.cp.add(expression(condition - all_of) >= 0)
        return all_of

    def up_to(self, total: LinearSum, most: int) -> LinearSum:
        """Return a variable of at most ``total`` and ``most``.

        Only these upper bounds are posted: for sums that their rules want large.
        """
        if total.highest <= most:
            return total
        part = LinearSum.of([self.cp.new_int_var(0, most, "up to")], upper=most)
        self.cp.add(expression(total - part) >= 0)
        return part

    def if_all_of(self, conditions: Sequence[LinearSum]) -> LinearSum:
        """Return a variable that must be 1 if each condition, at most 1, is 1.

        Only this lower bound is posted: for sums that their rules want small.
        """
        if any(condition.highest < 1 for condition in conditions):
            return LinearSum()
        both = LinearSum.of([self.cp.new_bool_var("if all of")])
        others = LinearSum.total(conditions) - both
        self.cp.add(expression(others) <= len(conditions) - 1)
        return both

    def within(
        self, value: LinearSum, limit: int, slacks: Sequence[IntVar], times: int
    ) -> None:
        """Post ``|value| <= limit + times * sum(slacks)``."""
        room = LinearSum(limit) + LinearSum.of(slacks, times)
        self.cp.add(expression(room - value) >= 0)
        self.cp.add(expression(room + value) >= 0)

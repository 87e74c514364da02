"""Linear sums over decision variables, as the rules write them.

Rules add up what people do without knowing the solver: a variable is anything with
a name here, and last month's tail enters as the constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ortools.sat.python.cp_model import IntVar


class LinearSum:
    """``constant + sum(coefficient * variable)``, with bounds of its value.

    Attributes
    ----------
    constant
        What is certain.
    terms
        Variables with their coefficients.
    lowest, highest
        Bounds from the domains of the variables, each of which begins at zero.
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
            total += part
        return total

    def value(self, values: Sequence[int]) -> int:
        """Return the sum at variable values, by index."""
        terms = (values[variable.index] * times for variable, times in self.terms)
        return self.constant + sum(terms)

    def __iadd__(self, other: LinearSum) -> Self:
        self.constant += other.constant
        self.lowest += other.lowest
        self.highest += other.highest
        self.terms.extend(other.terms)
        return self

    def __add__(self, other: LinearSum) -> LinearSum:
        return LinearSum.total((self, other))

    def __mul__(self, factor: int) -> LinearSum:
        product = LinearSum(self.constant * factor)
        if factor:
            product.terms = [(var, coef * factor) for var, coef in self.terms]
            ends = sorted((self.lowest * factor, self.highest * factor))
            product.lowest, product.highest = ends
        return product

    def __sub__(self, other: LinearSum) -> LinearSum:
        return self + other * -1

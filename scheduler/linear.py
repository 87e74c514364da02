"""Linear sums over decision variables, as the rules write them.

Rules add up what people do without knowing the solver: a variable is anything with
a name here, and last month's tail enters as the constant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar


class LinearSum:
    """``constant + sum(coefficient * variable)``; variables are never negative."""

    __slots__ = ("constant", "terms")

    def __init__(self, constant: int = 0) -> None:
        self.constant = constant
        self.terms: list[tuple[IntVar, int]] = []

    @classmethod
    def of(cls, variables: Iterable[IntVar], coefficient: int = 1) -> LinearSum:
        """Return ``coefficient`` times the sum of ``variables``."""
        total = cls()
        if coefficient:
            total.terms.extend((variable, coefficient) for variable in variables)
        return total

    @classmethod
    def total(cls, parts: Iterable[LinearSum]) -> LinearSum:
        """Return the sum of ``parts``."""
        total = cls()
        for part in parts:
            total += part
        return total

    @property
    def lowest(self) -> int:
        """A lower bound of the value, from the variables' domains."""
        return self.constant + sum(
            coefficient * _domain(variable)[0 if coefficient > 0 else 1]
            for variable, coefficient in self.terms
        )

    @property
    def highest(self) -> int:
        """An upper bound of the value, from the variables' domains."""
        return self.constant + sum(
            coefficient * _domain(variable)[1 if coefficient > 0 else 0]
            for variable, coefficient in self.terms
        )

    def __iadd__(self, other: LinearSum) -> Self:
        self.constant += other.constant
        self.terms.extend(other.terms)
        return self

    def __add__(self, other: LinearSum) -> LinearSum:
        return LinearSum.total((self, other))

    def __mul__(self, factor: int) -> LinearSum:
        product = LinearSum(self.constant * factor)
        if factor:
            product.terms.extend((var, coef * factor) for var, coef in self.terms)
        return product

    def __sub__(self, other: LinearSum) -> LinearSum:
        return self + other * -1


def _domain(variable: IntVar) -> tuple[int, int]:
    bounds = tuple(variable.proto.domain)
    return bounds[0], bounds[-1]

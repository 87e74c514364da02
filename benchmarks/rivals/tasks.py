"""What every solver is given: models whose levels are minimised one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.public.instance import read_instance
from benchmarks.public.model import ShiftModel
from scheduler.domain.finding import LEVELS
from scheduler.files.problems import read_problem
from scheduler.model import build

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ortools.sat.python.cp_model import CpModel, LinearExpr

COST = "cost"
"""The only level of a public instance."""


@dataclass(frozen=True)
class Task:
    """A model and its levels, the first the most important, by name."""

    cp: CpModel
    levels: dict[str, LinearExpr]

    def stage(self, held: Sequence[int], hint: Sequence[int]) -> CpModel:
        """Return the model of the next level, with the values of those before held."""
        cp = self.cp.clone()
        expressions = list(self.levels.values())
        for expression, value in zip(expressions, held, strict=False):
            cp.add(expression <= value)
        cp.minimize(expressions[len(held)])
        for index, value in enumerate(hint):
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)
        return cp


def is_public(path: Path) -> bool:
    """Return whether a file is a public instance, and not an office's month."""
    return path.suffix == ".txt"


def read_task(path: Path) -> Task:
    """Read a public instance or the month of an office as a task."""
    if is_public(path):
        model = ShiftModel(read_instance(path))
        return Task(model.cp, {COST: model.objective})
    month = build(read_problem(path))
    levels = {level.value: month.penalty(level) for level in LEVELS}
    return Task(month.cp, {n: one for n, one in levels.items() if one is not None})

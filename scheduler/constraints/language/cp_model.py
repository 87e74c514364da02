"""The modelling classes of CP-SAT, loaded without pandas.

OR-Tools offers variables as series of pandas, which we do not use, and loads all of
pandas to name two of its types: a sixth of all that is loaded before a search.  Here
its module is loaded once more under no name, with types that stand for these two, so
that whoever imports OR-Tools otherwise gets it whole.
"""

from __future__ import annotations

import builtins
from importlib.util import find_spec, module_from_spec
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ortools.sat.python import cp_model as _module
    from ortools.sat.python.cp_model import (
        BoundedLinearExpression,
        CpModel,
        CpSolver,
        CpSolverSolutionCallback,
        IntVar,
        LinearExpr,
    )

__all__ = [
    "FEASIBLE",
    "INFEASIBLE",
    "MODEL_INVALID",
    "OPTIMAL",
    "BoundedLinearExpression",
    "CpModel",
    "CpSolver",
    "CpSolverSolutionCallback",
    "IntVar",
    "LinearExpr",
]


class _Nothing:
    """A type of pandas: nothing is an instance of it."""


def _import(name: str, *context: Any) -> Any:
    if name == "pandas":
        return SimpleNamespace(Index=_Nothing, Series=_Nothing)
    return builtins.__import__(name, *context)


def _load() -> ModuleType:
    spec = find_spec("ortools.sat.python.cp_model")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    vars(module)["__builtins__"] = {**vars(builtins), "__import__": _import}
    spec.loader.exec_module(module)
    return module


if not TYPE_CHECKING:
    _module = _load()
    BoundedLinearExpression = _module.BoundedLinearExpression
    CpModel = _module.CpModel
    CpSolver = _module.CpSolver
    CpSolverSolutionCallback = _module.CpSolverSolutionCallback
    IntVar = _module.IntVar
    LinearExpr = _module.LinearExpr

FEASIBLE = _module.FEASIBLE
INFEASIBLE = _module.INFEASIBLE
MODEL_INVALID = _module.MODEL_INVALID
OPTIMAL = _module.OPTIMAL

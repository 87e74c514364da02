"""The modelling language in which the rules of `scheduler.constraints` are written.

``options``: the values a cell can take; ``linear``: linear sums over variables;
``crew``: groups of people whom no clock rule can tell apart, and their breaks;
``standing``: the current roster which the model must be able to represent, and the
dates before the period as constants; ``doubles``: simultaneous duties in it;
``variables``: the decision variables, and their translation to and from rosters;
``scope``: hard and soft limits, their slacks, and the objectives of the levels;
``roster_model``: all of these together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import (
    CellFilter,
    Exclusion,
    Option,
    Start,
    Wanted,
    any_shift,
    never,
    passes_midnight,
)

if TYPE_CHECKING:
    from scheduler.constraints.language.roster_model import Build, RosterModel
    from scheduler.constraints.language.scope import Scope
else:
    # Rules name these types in annotations alone, which are never evaluated: to load
    # them would load the solver, and a precheck has none.
    Build = RosterModel = Scope = object

__all__ = [
    "Build",
    "CellFilter",
    "Exclusion",
    "LinearSum",
    "Option",
    "RosterModel",
    "Scope",
    "Start",
    "Wanted",
    "any_shift",
    "never",
    "passes_midnight",
]

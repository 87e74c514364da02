"""CP-SAT turn by turn: it looks for better solutions, then for a proof, then again.

Finding and proving take other parameters, other models and other seeds, and neither is
of use for ever (docs/performance.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.solver.engines import cp_sat
from scheduler.solver.engines.cp_sat import Parameters
from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import AtLeast

FINDING: Parameters = {"use_lns_only": True, "lns_initial_deterministic_limit": 0.3}
"""Nothing but large neighbourhoods, each with three times the usual effort."""

ONE_THREAD: Parameters = {"interleave_search": True}
"""One thread runs all neighbourhoods, one after another: without this it runs none."""


class Proof(NamedTuple):
    """How CP-SAT proves.

    Probing before each dive raises the bound of most levels in seconds, where its usual
    search creeps (docs/performance.md).
    """

    subsolvers: tuple[str, ...]
    """What its threads do, the first of them first."""
    cuts: Parameters
    """How many cuts it makes before the first dive; its usual round by default."""

    def parameters(self, threads: int) -> Parameters:
        """Return CP-SAT's parameters: the whole model is in the relaxation."""
        subsolvers = self.subsolvers[:threads]
        return {"linearization_level": 2, "subsolvers": subsolvers, **self.cuts}


PROVING = Proof(("probing_max_lp", "probing", "default_lp"), {})

CUTTING = Proof(
    ("probing", "probing_max_lp", "default_lp"),
    {"max_cut_rounds_at_level_zero": 20, "root_lp_iterations": 20_000},
)
"""With cuts as long as they raise the bound: of some levels a proof in half the time,
of others in twice.  So it goes beside the other (docs/performance.md)."""

PATIENCE = 4.0
"""Seconds without news after which the first turns end."""

GROWTH = 1.25
"""How much more patience the turns have after each proof."""

BEHIND = 0.25
"""Part of its patience that a turn has while it is behind the other engine's best."""

MOST = 3.0
"""Length of a turn that proves, in patience: its bound may creep for ever."""


@dataclass
class Turns:
    """Runs CP-SAT turn by turn, each from the best solution known and another seed.

    Attributes
    ----------
    cp
        The model, with objective and hint.
    exchange
        What is known of the model.
    parameters
        CP-SAT's parameters, with threads and seed.
    poll
        Seconds between two checks for a stop request.
    proof
        How it proves.
    implied
        Rows that every solution satisfies: a proof gets them.  Where solutions are
        sought they are in the way (docs/performance.md).
    work
        Deterministic time of the turns so far.
    """

    cp: CpModel
    exchange: Exchange
    parameters: Parameters
    poll: float
    proof: Proof
    implied: Sequence[AtLeast] = ()
    work: float = 0.0
    _number: int = field(default=0, init=False)

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Take turns until stopped, or until there is nothing to prove or find."""
        patience = PATIENCE
        is_to_find = True
        while not is_stopped() and not self._has_said_all():
            if self.exchange.is_settled:
                self.prove(is_stopped, patience)
                continue
            if is_to_find:
                self.find(is_stopped, patience)
            else:
                self.prove(is_stopped, patience)
                patience *= GROWTH
            is_to_find = not is_to_find

    def _has_said_all(self) -> bool:
        """Return whether CP-SAT has proven what is claimed."""
        exchange = self.exchange
        if not exchange.is_settled:
            return False
        return exchange.is_confirmed or exchange.has_proven(Engine.CP_SAT)

    def find(self, is_stopped: Callable[[], bool], patience: float) -> None:
        """Look for better solutions until there is no news, or nothing to find."""
        began = news = time.monotonic()
        own: int | None = None

        def better(value: int) -> None:
            nonlocal own, news
            own, news = value, time.monotonic()

        def is_over() -> bool:
            best = self.exchange.incumbent[0]
            is_behind = best is not None and own is not None and best < own
            least = patience * (BEHIND if is_behind else 1.0)
            waited = time.monotonic() - max(began, news)
            return is_stopped() or self.exchange.is_settled or waited > least

        few = ONE_THREAD if self.parameters["num_workers"] == 1 else {}
        self._turn(self._hinted(), {**FINDING, **few}, is_over, better)

    def prove(self, is_stopped: Callable[[], bool], patience: float) -> None:
        """Raise the bound; if something is claimed, until it is proven."""
        began = news = time.monotonic()
        proven = self.exchange.proven(Engine.CP_SAT)
        below = self.exchange.incumbent[0]

        def is_over() -> bool:
            nonlocal news, proven
            if is_stopped():
                return True
            if self.exchange.is_settled:
                # With the best value as its row it begins again.
                is_loose = below is not None and below != self.exchange.incumbent[0]
                return is_loose or self._has_said_all()
            now = time.monotonic()
            if proven < self.exchange.proven(Engine.CP_SAT):
                proven, news = self.exchange.proven(Engine.CP_SAT), now
            return now - news > patience or now - began > MOST * patience

        threads = self.parameters["num_workers"]
        assert isinstance(threads, int)
        proving = self.proof.parameters(threads)
        cp = self._with_rows(self._hinted(), below)
        self._turn(cp, proving, is_over, lambda value: None, below)

    def _turn(
        self,
        cp: CpModel,
        parameters: Parameters,
        is_over: Callable[[], bool],
        better: Callable[[int], None],
        below: int | None = None,
    ) -> None:
        """Run CP-SAT once, and tell the exchange.

        If the model has only the solutions ``below`` a value, what bounds them bounds
        all up to that value.
        """
        exchange = self.exchange

        def raise_bound(bound: int) -> None:
            proven = bound if below is None else min(bound, below)
            exchange.raise_bound(Engine.CP_SAT, proven)

        def take(values: tuple[int, ...], bound: int) -> None:
            better(exchange.program.value(values))
            exchange.offer(values)
            raise_bound(bound)

        callbacks = cp_sat.Callbacks(is_over, self.poll, better=take, bound=raise_bound)
        seed = self.parameters["random_seed"]
        assert isinstance(seed, int)
        other = {"random_seed": seed + self._number}
        given = {**self.parameters, **parameters, **other}
        answer = cp_sat.run(cp, given, callbacks)
        self._number += 1
        self.work += answer.work
        if below is not None and answer.is_impossible:
            exchange.raise_bound(Engine.CP_SAT, below)
        else:
            cp_sat.give_out(answer, exchange)

    def _with_rows(self, cp: CpModel, below: int | None) -> CpModel:
        """Return the model with what every solution below a value satisfies."""
        cp = cp.clone()
        for row in self.implied:
            literals = [cp.get_bool_var_from_proto_index(one) for one in row.columns]
            cp.add(LinearExpr.sum(literals) >= row.least)
        program, proven = self.exchange.program, self.exchange.proven(Engine.CP_SAT)
        costs = {int(at): int(program.cost[at]) for at in program.cost.nonzero()[0]}
        charged = [cp.get_int_var_from_proto_index(index) for index in costs]
        total = LinearExpr.weighted_sum(charged, list(costs.values()))
        if proven > program.lowest:
            cp.add(total + int(program.offset) >= proven)
        if below is not None:
            cp.add(total + int(program.offset) <= below - program.step)
        return cp

    def _hinted(self) -> CpModel:
        """Return the model with the best solution as its hint."""
        values = self.exchange.incumbent[1]
        if not self._number or not values:
            return self.cp
        cp = self.cp.clone()
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(values):
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)
        return cp

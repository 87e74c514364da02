"""CP-SAT's turns beside HiGHS: finding better solutions, and proving that none is.

With few threads it cannot do both well at once.  One thread that does nothing but large
neighbourhoods often finds sooner what its usual search finds by luck, and leaves HiGHS
a core to itself; the proof is mostly HiGHS's, and CP-SAT's to confirm.  Figures are in
docs/performance.md.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.solver.engines import cp_sat
from scheduler.solver.engines.exchange import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.solver.engines.cp_sat import Parameters
    from scheduler.solver.engines.exchange import Exchange
    from scheduler.solver.engines.linear_program import AtLeast

FINDING: Parameters = {"use_lns_only": True, "lns_initial_deterministic_limit": 0.3}
"""Nothing but large neighbourhoods, each with three times the usual effort."""

ONE_THREAD: Parameters = {"interleave_search": True}
"""One thread runs all neighbourhoods, one after another: without this it runs none."""

PROVING: Parameters = {"linearization_level": 2}
"""The whole model in the relaxation: bounds of sums that CP-SAT's usual one misses."""

PATIENCE = 4.0
"""Seconds without news after which the first turn ends."""

FINDS = 2
"""Turns that look for solutions before one that proves: HiGHS proves all the time."""

GROWTH = 1.25
"""How much more patience each turn has than the one before."""

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
    is_alone
        Whether HiGHS has ended, so that there is a core more.
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
    is_alone: Callable[[], bool]
    implied: Sequence[AtLeast] = ()
    work: float = 0.0
    _number: int = field(default=0, init=False)

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Take turns until stopped, or until there is nothing to prove or find."""
        patience = PATIENCE
        searched = 0
        while not is_stopped() and not self._has_said_all():
            if self.exchange.is_settled:
                self._prove(is_stopped, patience)
                continue
            if searched < FINDS or self._is_proof_shared():
                self._find(is_stopped, patience)
                searched += 1
            else:
                self._prove(is_stopped, patience)
                searched = 0
            patience *= GROWTH

    def _has_said_all(self) -> bool:
        """Return whether CP-SAT has proven what is claimed."""
        exchange = self.exchange
        if not exchange.is_settled:
            return False
        return exchange.is_confirmed or exchange.has_proven(Engine.CP_SAT)

    def _is_proof_shared(self) -> bool:
        """Return whether both engines have the same bound: mostly the best value."""
        return (
            self.exchange.program.lowest < self.exchange.bound == self.exchange.agreed
        )

    def _find(self, is_stopped: Callable[[], bool], patience: float) -> None:
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

    def _prove(self, is_stopped: Callable[[], bool], patience: float) -> None:
        """Raise the bound; if something is claimed, until it is proven."""
        ends = time.monotonic() + MOST * patience

        def is_over() -> bool:
            if self.exchange.is_settled:
                return is_stopped() or self._has_said_all()
            is_enough = self._is_proof_shared() or time.monotonic() > ends
            return is_stopped() or is_enough

        threads = self.parameters["num_workers"]
        assert isinstance(threads, int)
        more = {"num_workers": threads + 1} if self.is_alone() else {}
        cp = self._with_rows(self._hinted())
        self._turn(cp, {**PROVING, **more}, is_over, lambda value: None)

    def _turn(
        self,
        cp: CpModel,
        parameters: Parameters,
        is_over: Callable[[], bool],
        better: Callable[[int], None],
    ) -> None:
        """Run CP-SAT once, and tell the exchange."""
        exchange = self.exchange

        def take(values: tuple[int, ...], bound: int) -> None:
            better(exchange.program.value(values))
            exchange.offer(values)
            exchange.raise_bound(Engine.CP_SAT, bound)

        talk = cp_sat.Talk(
            is_stopped=is_over,
            poll=self.poll,
            better=take,
            bound=lambda bound: exchange.raise_bound(Engine.CP_SAT, bound),
        )
        seed = self.parameters["random_seed"]
        assert isinstance(seed, int)
        other = {"random_seed": seed + self._number}
        given = {**self.parameters, **parameters, **other}
        answer = cp_sat.run(cp, given, talk)
        self._number += 1
        self.work += answer.work
        cp_sat.give_out(answer, exchange)

    def _with_rows(self, cp: CpModel) -> CpModel:
        """Return the model with the rows that every solution satisfies."""
        if not self.implied:
            return cp
        cp = cp.clone()
        for row in self.implied:
            literals = [cp.get_bool_var_from_proto_index(one) for one in row.columns]
            cp.add(LinearExpr.sum(literals) >= row.least)
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

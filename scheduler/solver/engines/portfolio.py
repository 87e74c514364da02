"""Engines on one model at the same time, with solutions and bounds exchanged.

CP-SAT finds rosters, HiGHS and Exact prove bounds, and now and then the other way
round; together they are quicker than any alone (docs/performance.md).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python.cp_model import CpModel

from scheduler.solver.engines import cp_sat, exact, highs
from scheduler.solver.engines.cp_sat import Parameters
from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import AtLeast
from scheduler.solver.engines.turns import CUTTING, PROVING, Proof, Turns

Improver = Callable[[Exchange, float], float]
"""A search for better solutions in a model, told what is known and the seconds left.

It ends once `Exchange.over` is set, and returns its work.
"""

COMPLETE = 0.2
"""Part of the time after which an improver takes CP-SAT's place, if there is one: what
CP-SAT could prove it has proven by then."""

HAS_ROOM = (os.cpu_count() or 2) >= len(Engine)
"""Whether each engine has a core.  Where not, HiGHS stands still in Exact's turns, for
CP-SAT finds most solutions, and keeps its core (docs/performance.md)."""

STILL = 4.0
"""Seconds without a better bound after which HiGHS leaves its core to a proof."""

MOST_NODES = 200
"""Nodes that HiGHS may search where the result must be repeatable."""


@dataclass(frozen=True)
class Race:
    """How long the engines run, and with what.

    Attributes
    ----------
    seconds
        Time limit of all.
    confirming
        Seconds for which the others go on once one has proven its claim.
    parameters
        CP-SAT's parameters.
    seed
        Random seed.
    poll
        Seconds between two checks for a stop request.
    repeatable
        Run CP-SAT alone, and HiGHS afterwards, to the end of so many nodes, if there is
        a claim to confirm.
    improver
        What takes CP-SAT's place from some time on; nothing by default.
    implied
        Rows that every solution satisfies.
    """

    seconds: float
    confirming: float
    parameters: Parameters
    seed: int
    poll: float
    repeatable: bool = False
    improver: Improver | None = None
    implied: Sequence[AtLeast] = ()
    _turn_of_exact: threading.Event = field(default_factory=threading.Event)

    def run(
        self,
        cp: CpModel,
        exchange: Exchange,
        is_stopped: Callable[[], bool],
        start: Sequence[int] = (),
    ) -> float:
        """Run all engines until the time is up or their claim is proven twice.

        Parameters
        ----------
        cp
            The model, with objective and hint.
        exchange
            The same model's rows; it holds the result afterwards.
        is_stopped
            Whether a stop is requested.
        start
            Values of a known solution, by variable index.

        Returns
        -------
        The work of CP-SAT, in deterministic time.
        """
        if start:
            exchange.offer(start)
        if self.repeatable:
            return self._one_after_another(cp, exchange, is_stopped)
        pool = ThreadPoolExecutor(len(Engine))
        of_cp_sat = pool.submit(self._cp_sat_cores, cp, exchange)
        others = [pool.submit(self._highs_core, cp, exchange, start)]
        if exact.is_there():
            others.append(pool.submit(self._exact_process, exchange))
        try:
            self._wait(exchange, (of_cp_sat, *others), is_stopped)
        finally:
            exchange.over.set()
            # HiGHS hears of it only after its presolve: it is waited for only where it
            # may still have the first solution.
            pool.shutdown(wait=not exchange.incumbent[1])
        return of_cp_sat.result() + sum(one.result() for one in others if one.done())

    def _one_after_another(
        self, cp: CpModel, exchange: Exchange, is_stopped: Callable[[], bool]
    ) -> float:
        """Run CP-SAT, and HiGHS for what it claims; return the work of CP-SAT."""

        def better(values: tuple[int, ...], bound: int) -> None:
            # Which of two equal solutions comes first is a matter of time.
            exchange.hear(values)

        def bound(bound: int) -> None:
            exchange.raise_bound(Engine.CP_SAT, bound)

        callbacks = cp_sat.Callbacks(is_stopped, self.poll, better, bound)
        answer = cp_sat.run(cp, self.parameters, callbacks)
        cp_sat.give_out(answer, exchange)
        is_asked = exchange.is_settled and not exchange.is_confirmed
        if is_asked and self.confirming and not is_stopped():
            best = exchange.incumbent[1]
            given = highs.UNTIMED, is_stopped, best, self.seed, MOST_NODES
            highs.run(exchange, *given)
        return answer.work

    def _wait(
        self,
        exchange: Exchange,
        engines: Sequence[Future[Any]],
        is_stopped: Callable[[], bool],
    ) -> None:
        """Return when there is nothing left to do, or no time."""
        deadline = time.monotonic() + self.seconds
        while not all(engine.done() for engine in engines):
            exchange.news.wait(self.poll)
            exchange.news.clear()
            now = time.monotonic()
            if exchange.is_settled:
                deadline = min(deadline, now + self.confirming)
            if exchange.is_confirmed or now >= deadline or is_stopped():
                return

    def _run_highs(
        self,
        exchange: Exchange,
        start: Sequence[int],
        seed: int,
        is_stopped: Callable[[], bool],
    ) -> None:
        """Run HiGHS, from a known solution if one is given."""
        given = exchange, self.seconds, is_stopped, start, seed
        highs.run(*given, implied=self.implied, is_to_wait=self._is_to_wait)

    def _is_to_wait(self) -> bool:
        """Return whether HiGHS makes room for Exact."""
        return self._turn_of_exact.is_set() and not HAS_ROOM

    def _highs_core(
        self, cp: CpModel, exchange: Exchange, start: Sequence[int]
    ) -> float:
        """Run HiGHS, and a second CP-SAT once nothing but its proof is missing.

        What Exact alone has proven HiGHS mostly has no bound for, and CP-SAT proves it
        sooner in two ways at once (docs/performance.md).

        Returns
        -------
        The work of CP-SAT.
        """

        def is_enough() -> bool:
            is_for_cp_sat = (
                exchange.has_proven(Engine.EXACT)
                and not exchange.has_proven(Engine.CP_SAT)
                and exchange.quiet(Engine.HIGHS) > STILL
            )
            return exchange.over.is_set() or is_for_cp_sat

        self._run_highs(exchange, start, self.seed, is_enough)
        turns = self._turns(cp, exchange, CUTTING, self.seed + 1)
        if exchange.is_settled:
            turns.run(exchange.over.is_set)
        return turns.work

    def _exact_process(self, exchange: Exchange) -> float:
        """Run Exact; return the work of CP-SAT, which is none."""
        exact.run(exchange, exchange.over.is_set, self._turn_of_exact)
        return 0.0

    def _cp_sat_cores(self, cp: CpModel, exchange: Exchange) -> float:
        """Run CP-SAT, and a second HiGHS once nothing but its proof is missing.

        The first goes on beside it.  Begun afresh from the best solution, the second
        may be done sooner (docs/performance.md).
        """
        work = self._find_and_prove(cp, exchange)
        is_asked = exchange.is_settled and not exchange.is_confirmed
        if is_asked and not exchange.over.is_set():
            start = exchange.incumbent[1]
            self._run_highs(exchange, start, self.seed + 1, exchange.over.is_set)
        return work

    def _find_and_prove(self, cp: CpModel, exchange: Exchange) -> float:
        """Run CP-SAT, and the improver from some time on; return the work of both."""
        began = time.monotonic()
        turns = self._turns(cp, exchange, PROVING, self.seed)
        if self.improver is None:
            turns.run(exchange.over.is_set)
            return turns.work

        def is_enough() -> bool:
            is_late = time.monotonic() - began > COMPLETE * self.seconds
            return exchange.over.is_set() or (is_late and bool(exchange.incumbent[1]))

        turns.run(is_enough)
        if not exchange.incumbent[1] or exchange.is_settled:
            return turns.work
        left = began + self.seconds - time.monotonic()
        return turns.work + self.improver(exchange, left)

    def _turns(self, cp: CpModel, exchange: Exchange, proof: Proof, seed: int) -> Turns:
        """Return CP-SAT's turns."""
        given = {**self.parameters, "random_seed": seed}
        return Turns(cp, exchange, given, self.poll, proof, self.implied)

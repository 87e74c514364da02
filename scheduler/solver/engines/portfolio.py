"""Two engines on one model at the same time, with solutions and bounds exchanged.

CP-SAT finds rosters, HiGHS proves bounds, and now and then the other way round; on two
cores the two together are quicker than either alone (docs/performance.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.solver.engines import cp_sat, highs
from scheduler.solver.engines.cp_sat import Parameters
from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import AtLeast
from scheduler.solver.neighbourhoods import Cells, Neighbourhoods

COMPLETE = 0.2
"""Part of the time after which neighbourhoods take CP-SAT's place, if there are cells:
what it could prove it has proven by then."""

MOST_NODES = 200
"""Nodes that HiGHS may search where the result must be repeatable."""


@dataclass(frozen=True)
class Race:
    """How long two engines run, and with what.

    Attributes
    ----------
    seconds
        Time limit of both.
    confirming
        Seconds for which the other engine goes on once one has proven its claim.
    parameters
        CP-SAT's parameters.
    seed
        Random seed of HiGHS.
    poll
        Seconds between two checks for a stop request.
    in_turn
        Run CP-SAT first and HiGHS afterwards, to the end of so many nodes, if there is
        a claim to confirm: repeatable.
    cells
        The cells of the model, for neighbourhoods; none by default.
    implied
        Rows that every solution satisfies.
    """

    seconds: float
    confirming: float
    parameters: Parameters
    seed: int
    poll: float
    in_turn: bool = False
    cells: Cells | None = None
    implied: Sequence[AtLeast] = ()

    def run(
        self,
        cp: CpModel,
        exchange: Exchange,
        is_stopped: Callable[[], bool],
        start: Sequence[int] = (),
    ) -> float:
        """Run both engines until the time is up or their claim is proven twice.

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
        if self.in_turn:
            return self._in_turn(cp, exchange, is_stopped)
        pool = ThreadPoolExecutor(len(Engine))
        sure = pool.submit(self._sure_first, cp, exchange, start)
        fast = pool.submit(self._fast_first, cp, exchange)
        try:
            self._wait(exchange, (fast, sure), is_stopped)
        finally:
            exchange.over.set()
            # HiGHS hears of it only after its presolve: it is waited for only where it
            # may still have the first solution.
            pool.shutdown(wait=not exchange.incumbent[1])
        return fast.result() + (sure.result() if sure.done() else 0.0)

    def _in_turn(
        self, cp: CpModel, exchange: Exchange, is_stopped: Callable[[], bool]
    ) -> float:
        """Run CP-SAT, and HiGHS for what it claims."""
        work = self._cp_sat(cp, exchange, is_stopped)
        is_asked = exchange.is_settled and not exchange.is_confirmed
        if is_asked and self.confirming and not is_stopped():
            best = exchange.incumbent[1]
            given = highs.UNTIMED, is_stopped, best, self.seed, MOST_NODES
            highs.run(exchange, *given)
        return work

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

    def _sure(self, exchange: Exchange, start: Sequence[int], seed: int) -> None:
        """Run HiGHS, from a known solution if one is given."""
        over = exchange.over.is_set
        highs.run(exchange, self.seconds, over, start, seed, implied=self.implied)

    def _sure_first(
        self, cp: CpModel, exchange: Exchange, start: Sequence[int]
    ) -> float:
        """Run HiGHS, and a second CP-SAT once nothing but its proof is missing.

        Returns
        -------
        The work of CP-SAT.
        """
        self._sure(exchange, start, self.seed)
        turns = self._turns(cp, exchange, CUTTING)
        if exchange.is_settled:
            turns.run(exchange.over.is_set)
        return turns.work

    def _fast_first(self, cp: CpModel, exchange: Exchange) -> float:
        """Run CP-SAT, and a second HiGHS once nothing but its proof is missing.

        The first goes on beside it.  Begun afresh from the best solution, the second
        may be done sooner (docs/performance.md).
        """
        work = self._fast(cp, exchange)
        is_asked = exchange.is_settled and not exchange.is_confirmed
        if is_asked and not exchange.over.is_set():
            self._sure(exchange, exchange.incumbent[1], self.seed + 1)
        return work

    def _fast(self, cp: CpModel, exchange: Exchange) -> float:
        """Run CP-SAT, and neighbourhoods from some time on; return the work of both."""
        began = time.monotonic()
        turns = self._turns(cp, exchange, PROVING)
        if self.cells is None:
            turns.run(exchange.over.is_set)
            return turns.work

        def is_enough() -> bool:
            is_late = time.monotonic() - began > COMPLETE * self.seconds
            return exchange.over.is_set() or (is_late and bool(exchange.incumbent[1]))

        turns.run(is_enough)
        known = exchange.incumbent[1]
        if not known or exchange.is_settled:
            return turns.work
        given = {"linearization_level": 2}
        parts = Neighbourhoods(cp, self.cells, seed=self.seed, parameters=given)
        left = began + self.seconds - time.monotonic()
        for better in parts.improve(
            known,
            left,
            is_stopped=lambda: exchange.over.is_set() or exchange.is_settled,
            known=lambda: exchange.incumbent[1],
        ):
            exchange.offer(better.values)
        return turns.work + parts.work

    def _turns(self, cp: CpModel, exchange: Exchange, proving: Parameters) -> Turns:
        """Return CP-SAT's turns, with the parameters of their proofs."""
        return Turns(cp, exchange, self.parameters, self.poll, proving, self.implied)

    def _cp_sat(
        self, cp: CpModel, exchange: Exchange, is_stopped: Callable[[], bool]
    ) -> float:
        """Run CP-SAT by itself; return its work."""

        def better(values: tuple[int, ...], bound: int) -> None:
            # Which of two equal solutions comes first is a matter of time.
            exchange.hear(values)

        def bound(bound: int) -> None:
            exchange.raise_bound(Engine.CP_SAT, bound)

        talk = cp_sat.Talk(is_stopped, self.poll, better, bound)
        answer = cp_sat.run(cp, self.parameters, talk)
        cp_sat.give_out(answer, exchange)
        return answer.work


FINDING: Parameters = {"use_lns_only": True, "lns_initial_deterministic_limit": 0.3}
"""Nothing but large neighbourhoods, each with three times the usual effort."""

ONE_THREAD: Parameters = {"interleave_search": True}
"""One thread runs all neighbourhoods, one after another: without this it runs none."""

PROVING: Parameters = {"linearization_level": 2}
"""The whole model in the relaxation: bounds of sums that CP-SAT's usual one misses."""

CUTTING: Parameters = {
    **PROVING,
    "max_cut_rounds_at_level_zero": 20,
    "root_lp_iterations": 20_000,
}
"""The same with cuts as long as they raise the bound, not one round of them: of some
levels a proof in half the time, of others in twice (docs/performance.md)."""

PROVERS = ("probing", "probing_max_lp", "default_lp")
"""What the threads of a proof do: probing before each dive raises the bound of most
levels in seconds, where CP-SAT's usual search creeps (docs/performance.md)."""

PATIENCE = 2.5
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
    proving
        CP-SAT's parameters of a proof, in which it differs.
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
    proving: Parameters
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

        def is_over() -> bool:
            nonlocal news, proven
            if is_stopped():
                return True
            if self.exchange.is_settled:
                return self._has_said_all()
            now = time.monotonic()
            if proven < self.exchange.proven(Engine.CP_SAT):
                proven, news = self.exchange.proven(Engine.CP_SAT), now
            return now - news > patience or now - began > MOST * patience

        threads = self.parameters["num_workers"]
        assert isinstance(threads, int)
        provers: Parameters = {"subsolvers": PROVERS[:threads]}
        below = self.exchange.incumbent[0]
        cp = self._with_rows(self._hinted(), below)
        self._turn(cp, {**self.proving, **provers}, is_over, lambda value: None, below)

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

        talk = cp_sat.Talk(is_over, self.poll, better=take, bound=raise_bound)
        seed = self.parameters["random_seed"]
        assert isinstance(seed, int)
        other = {"random_seed": seed + self._number}
        given = {**self.parameters, **parameters, **other}
        answer = cp_sat.run(cp, given, talk)
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

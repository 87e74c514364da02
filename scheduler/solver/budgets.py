"""Budgets: how much time or work each part of a search may take, and why.

A `Budgets` value is passed down with the limits of a search (`SearchLimits.budgets`).
Seconds are wall clock, or deterministic time of CP-SAT if the search is repeatable.
Work is always deterministic time, so that answers are the same on a busy machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.domain.finding import Stance


class Reach(NamedTuple):
    """One step of a search that begins near some dates and widens."""

    days: int | None
    """Number of days on either side that may differ; all dates if ``None``."""
    seconds: float | None = None
    """Most seconds of the step; an equal share of the time if ``None``."""
    work: float | None = None


@dataclass(frozen=True)
class LevelBudget:
    """Budget for solving the levels of a month one after another."""

    legal_work: float = 4.0
    """Work for a first roster that keeps pins, law and musts."""
    parts: Mapping[Stance, float] = field(
        default_factory=lambda: {
            Stance.PINNED: 16.0,
            Stance.STATUTORY: 16.0,
            Stance.MUST: 16.0,
            Stance.CONTRACT: 8.0,
            Stance.WISH: 4.0,
            Stance.FAIR: 3.0,
            Stance.GUIDELINE: 2.0,
            Stance.COMFORT: 1.0,
        }
    )
    """Parts in which the levels divide the time that is left."""
    most: Mapping[Stance, float] = field(
        default_factory=lambda: {
            Stance.FAIR: 120.0,
            Stance.GUIDELINE: 45.0,
            Stance.COMFORT: 45.0,
        }
    )
    """Most seconds of a level."""
    least_advised: float = 0.06
    """Least part of the limit for a level on which advice depends."""
    confirming: float = 30.0
    """Most seconds for confirming a level's claim."""
    reserve: float = 45.0
    """Most that the search for a reserve may take, after all levels."""
    share_for_reasons: float = 0.1
    """Fraction of the time limit that the levels leave for the reasons of refused
    wishes; the same again for those of missed guidelines."""

    def share(self, level: Stance, later: Sequence[Stance], left: float) -> float:
        """Return the seconds of those left that a level may take before the later."""
        own = self.parts[level]
        whole = own + sum(self.parts[one] for one in later)
        return min(left * own / whole, self.most.get(level, left))


@dataclass(frozen=True)
class ReasonBudget:
    """Budget for explaining why wishes are refused and guidelines missed."""

    wishes: float = 20.0
    guidelines: float = 10.0
    """Seconds for all refused wishes of a roster, and for all missed guidelines."""
    around_wish: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 4.0), Reach(None, 6.0))
    around_guideline: tuple[Reach, ...] = (Reach(5, 1.2), Reach(None, 1.2))
    """Search steps around one of them."""
    at_any_cost: tuple[Reach, ...] = (Reach(None, 3.0),)
    """Search steps for keeping a guideline where law and contracts may give way."""
    places: int = 12
    """Most missed guidelines that are examined."""


@dataclass(frozen=True)
class CandidateBudget:
    """Budget for other rosters as good as the first."""

    each: float = 30.0
    least: float = 5.0
    """Seconds for one more candidate: a part of those of the first, within these."""
    least_swaps: int = 2
    """Least number of burdens that somebody else must bear in another roster."""


@dataclass(frozen=True)
class CauseBudget:
    """Budget for the causes of broken limits."""

    seconds: float = 25.0
    """For all causes of a roster together."""
    first_look: float = 1.0
    """For a test's first search, which mostly proves infeasibility by presolve."""
    around: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 2.0))
    """Then the test looks for a roster near the one found, around the limit."""
    last_look: float = 5.0
    """For its last search, over all dates, and for confirming a cause."""
    kept: float = 4.0
    """Kept for confirming, and for other limits that share the cause."""
    few: int = 3
    """Most broken limits of a level that are each asked for their own cause."""
    mostly_within: int = 1
    """Days within which conditions mostly lie; others are first left out together."""


@dataclass(frozen=True)
class RepairBudget:
    """Budget for repairs of a month that is not legal."""

    seconds: float = 45.0
    """For all repairs of a roster together."""
    most: int = 3
    """Most repairs to look for."""
    most_actions: int = 8
    most_kinds: int = 4
    """Most things that one may ask for; or most kinds of them, where no few will do."""
    most_at_once: int = 16
    """Most temporary workers, of few kinds, that are reckoned without a search."""
    full: float = 30.0
    full_least: float = 3.0
    """For a whole search, and the least that is worth one."""
    parts_once_begun: int = 2
    """Once the month has begun, the first repair is wanted soon: most parts of time."""
    begin: float = 3.0
    """For completing the current roster to a solution of the elastic month."""
    hopeless: float = 1.5
    """For asking whether any other repair keeps the law."""
    few: float = 2.0
    """For a search in which few people's days differ."""
    first_search: float = 6.0
    trim: float = 4.0
    """Until a search is interrupted to remove concessions that are not needed; and for
    removing them."""
    confirm: float = 4.0
    """For confirming a price."""
    first_work: float = 0.7
    cheaper_work: float = 1.5
    """Work for a repair without some kinds of things, and for making it cheaper."""
    nearest: float = 2.0
    around: tuple[Reach, ...] = (Reach(0, 2.0), Reach(1, 2.0), Reach(3, 2.0))
    """For the roster nearest to the current one: steps around the breaches, then one
    search for ``nearest``."""
    reach: tuple[Reach, ...] = (Reach(1), Reach(8))
    """Steps of the search itself once the month has begun: people have made plans."""


@dataclass(frozen=True)
class HireBudget:
    """Budget for what one more person would bring."""

    seconds: float = 40.0
    """For all recruits of a roster together."""
    improve: float = 4.0
    claim: float = 3.0
    """Most for finding the best roster with one recruit, and for proving that no better
    one exists."""
    improve_parts: int = 3
    claim_parts: int = 2
    """Parts in which the time for one recruit is divided between the two."""
    around: int = 3
    """Number of days around a breach that may change, before all dates may."""


@dataclass(frozen=True)
class AdviceBudget:
    """Budget for advice as a whole: causes, repairs and recruits."""

    share: float = 0.4
    """Largest fraction of the time limit for advice, and for candidates."""
    least: float = 0.5
    """A part with fewer seconds than this finds nothing and is left out."""
    repairs_first: float = 0.75
    """Fraction of the seconds for repairs before it is asked what they cost."""
    settings: float = 20.0
    settings_of_contracts: float = 10.0
    """Seconds for changes of settings; and where contracts alone do not add up, for
    repairs are looked for as well."""
    loans: float = 45.0
    """Seconds of a command's limit that are kept for the help of other offices."""
    cause_on_the_phone: float = 8.0
    repairs_on_the_phone: float = 22.0
    """Seconds once the month has begun: the manager has somebody on the phone."""

    @property
    def on_the_phone(self) -> float:
        """Most seconds for all advice once the month has begun."""
        return self.cause_on_the_phone + self.repairs_on_the_phone


@dataclass(frozen=True)
class DisruptionBudget:
    """Budget for finding the fewest people whose days must change."""

    few: int = 3
    """Most people that are tried at first; more only where these are not enough."""
    some: int = 5
    """Contracts give way before more people than this are asked."""
    work: float = 0.6
    """Deterministic time for the search with one number of people."""


@dataclass(frozen=True)
class SubstituteBudget:
    """Budget for finding out who can take a shift."""

    others: int = 2
    """Most other people whose days may change."""
    around: int = 8
    """Days on either side of the shift that may change at first: mostly enough to find
    a roster."""
    rounds: int = 8
    """Rounds of Exact for whether so many others are enough; none if 0."""
    work: float = 0.6
    longer: float = 1.6
    """Deterministic time of each search for a person, and of one more for any roster if
    they decide nothing."""


@dataclass(frozen=True)
class ReplanBudget:
    """Budget for replanning the rest of a month."""

    plans: int = 4
    """Most plans: one, and three alternatives."""
    work: float = 0.7
    longer: float = 4.0
    """Work for one number of people, at first and once there is a plan."""
    pins: float = 5.0
    """Seconds for finding which pins can be kept."""
    around: tuple[Reach, ...] = (Reach(1, work=0.5), Reach(3, work=0.5))
    whole: tuple[Reach, ...] = (Reach(None, work=2.0),) * 10
    """Search steps around the dates that have changed, and over all the rest of the
    month, repeated as long as less is broken."""
    fewer: float = 2.0
    """Work of the search for a plan that asks fewer people."""
    ties: float = 1.0
    """Work of the search for the fairest of the plans that disturb as little."""


@dataclass(frozen=True)
class AbsenceBudget:
    """Budget for the absence map: what each single absence would do."""

    around: tuple[Reach, ...] = (Reach(7), Reach(None))
    """Search steps around the absence, the last over all dates."""
    rounds: int = 4
    rounds_for_all: int = 6
    """Rounds of Exact for whether few people are enough, or all; none if 0."""
    work: float = 0.6
    work_for_all: float = 1.2
    """Work of a search in which few people may be asked, or everybody."""
    lot: int = 6
    """Absences per task: few, so that all processes end at about the same time."""


@dataclass(frozen=True)
class RoomBudget:
    """Budget for the room for guests: how many more each date carries."""

    beyond: int = 4
    """Most additional guests to ask about."""
    work: float = 2.0


@dataclass(frozen=True)
class WorkerBudget:
    """Times of the processes that work on tasks, here or on a Dask cluster."""

    connect: float = 10
    close: float = 5
    """Timeouts in seconds for connecting to the Dask scheduler and for closing."""
    ask: float = 1.0
    """Seconds between two checks of a running task for a stop request."""
    retries: int = 2
    """How often a task is run again after its process died."""


@dataclass(frozen=True)
class Budgets:
    """The budgets of all searches."""

    poll: float = 0.1
    """Seconds between two checks of a running search for a stop request."""
    tick: float = 0.2
    """Seconds between two checks while waiting for other processes."""
    least: float = 0.1
    """Least seconds that are worth a search."""
    each: float = 600.0
    """Seconds for one absence, or one room; their work ends long before."""
    levels: LevelBudget = field(default_factory=LevelBudget)
    reasons: ReasonBudget = field(default_factory=ReasonBudget)
    candidates: CandidateBudget = field(default_factory=CandidateBudget)
    advice: AdviceBudget = field(default_factory=AdviceBudget)
    causes: CauseBudget = field(default_factory=CauseBudget)
    repairs: RepairBudget = field(default_factory=RepairBudget)
    hires: HireBudget = field(default_factory=HireBudget)
    disruption: DisruptionBudget = field(default_factory=DisruptionBudget)
    substitutes: SubstituteBudget = field(default_factory=SubstituteBudget)
    replan: ReplanBudget = field(default_factory=ReplanBudget)
    absences: AbsenceBudget = field(default_factory=AbsenceBudget)
    room: RoomBudget = field(default_factory=RoomBudget)
    workers: WorkerBudget = field(default_factory=WorkerBudget)

    @property
    def all_advice(self) -> float:
        """Most seconds for causes, repairs and recruits of a roster."""
        return self.causes.seconds + self.repairs.seconds + self.hires.seconds


BUDGETS = Budgets()
"""The default budgets."""

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
    """One step of a search that begins near some dates and widens.

    Attributes
    ----------
    days
        Number of days on either side that may differ; all dates if ``None``.
    seconds, work
        Most that the step may take; of the time an equal share if ``None``.
    """

    days: int | None
    seconds: float | None = None
    work: float | None = None


@dataclass(frozen=True)
class LevelBudget:
    """Budget for solving the levels of a month one after another.

    Attributes
    ----------
    legal_work
        Work for a first roster that keeps pins, law and musts.
    parts, most, least_advised
        Parts in which the levels divide the time that is left, most seconds of a level,
        and the least part of the limit for one on which advice depends.
    confirming, confirming_advised
        Most seconds for confirming a level's claim, and one on which advice depends.
    reserve
        Most that the search for a reserve may take, after all levels.
    share_for_reasons
        Fraction of the time limit that the levels leave for the reasons of refused
        wishes; the same again for those of missed guidelines.
    """

    legal_work: float = 4.0
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
    most: Mapping[Stance, float] = field(
        default_factory=lambda: {
            Stance.FAIR: 120.0,
            Stance.GUIDELINE: 45.0,
            Stance.COMFORT: 30.0,
        }
    )
    least_advised: float = 0.06
    confirming: float = 20.0
    confirming_advised: float = 30.0
    reserve: float = 45.0
    share_for_reasons: float = 0.1

    def share(self, level: Stance, later: Sequence[Stance], left: float) -> float:
        """Return the seconds of those left that a level may take before the later."""
        own = self.parts[level]
        whole = own + sum(self.parts[one] for one in later)
        return min(left * own / whole, self.most.get(level, left))


@dataclass(frozen=True)
class ReasonBudget:
    """Budget for explaining why wishes are refused and guidelines missed.

    Attributes
    ----------
    wishes, guidelines
        Seconds for all refused wishes of a roster, and for all missed guidelines.
    around_wish, around_guideline
        Search steps around one of them.
    places
        Most missed guidelines that are examined.
    """

    wishes: float = 20.0
    guidelines: float = 10.0
    around_wish: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 4.0), Reach(None, 6.0))
    around_guideline: tuple[Reach, ...] = (Reach(5, 1.2), Reach(None, 1.2))
    places: int = 12


@dataclass(frozen=True)
class CandidateBudget:
    """Budget for other rosters as good as the first.

    Attributes
    ----------
    each, least
        Seconds for one more candidate: a part of what the first roster took, in these.
    least_swaps
        Least number of burdens that somebody else must bear in another roster.
    """

    each: float = 30.0
    least: float = 5.0
    least_swaps: int = 2


@dataclass(frozen=True)
class CauseBudget:
    """Budget for the causes of broken limits.

    Attributes
    ----------
    seconds
        For all causes of a roster together.
    first_look, around, last_look
        For a test's first search, which mostly proves infeasibility by presolve; then
        the test looks for a roster near the one found, by steps around the limit; for
        its last search, over all dates, and for confirming a cause.
    kept, few
        Seconds kept for confirming, and for other limits that share the cause; most
        broken limits of a level that are each asked for their own.
    mostly_within
        Days within which conditions mostly lie; others are first left out all at once.
    """

    seconds: float = 25.0
    first_look: float = 1.0
    around: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 2.0))
    last_look: float = 5.0
    kept: float = 4.0
    few: int = 3
    mostly_within: int = 1


@dataclass(frozen=True)
class RepairBudget:
    """Budget for repairs of a month that is not legal.

    Attributes
    ----------
    seconds
        For all repairs of a roster together.
    most, most_actions, most_kinds
        Most repairs to look for, and most things that one may ask for; or most kinds of
        things, where no few of them will do.
    parts_once_begun
        Once the month has begun, the first repair is wanted soon: most parts of time.
    begin, hopeless
        For completing the current roster to a solution of the elastic month, and for
        asking whether any other repair keeps the law.
    first_search, few, trim, confirm
        Until a search is interrupted to remove concessions that are not needed; for one
        in which few people's days differ, for removing them, for confirming a price.
    first_work, cheaper_work
        Work for a repair without some kinds of things, and for making it cheaper.
    nearest, around
        For the roster nearest to the current one: steps around the breaches, then one
        search for ``nearest``.
    full, full_least
        For a whole search, and the least that is worth one.
    reach
        Steps of the search itself once the month has begun: people have made plans.
    """

    seconds: float = 45.0
    most: int = 3
    most_actions: int = 8
    most_kinds: int = 4
    full: float = 30.0
    full_least: float = 3.0
    parts_once_begun: int = 2
    begin: float = 3.0
    hopeless: float = 1.5
    first_search: float = 6.0
    few: float = 2.0
    trim: float = 4.0
    confirm: float = 4.0
    first_work: float = 0.7
    cheaper_work: float = 1.5
    nearest: float = 2.0
    around: tuple[Reach, ...] = (Reach(0, 2.0), Reach(1, 2.0), Reach(3, 2.0))
    reach: tuple[Reach, ...] = (Reach(1), Reach(8))


@dataclass(frozen=True)
class HireBudget:
    """Budget for what one more person would bring.

    Attributes
    ----------
    seconds
        For all recruits of a roster together.
    improve, claim, improve_parts, claim_parts
        Most for finding the best roster with one recruit, and for proving that no
        better one exists; parts in which the time for one is divided between the two.
    around
        Number of days around a breach that may change, before all dates may.
    """

    seconds: float = 40.0
    improve: float = 4.0
    claim: float = 3.0
    improve_parts: int = 3
    claim_parts: int = 2
    around: int = 3


@dataclass(frozen=True)
class AdviceBudget:
    """Budget for advice as a whole: causes, repairs and recruits.

    Attributes
    ----------
    share
        Largest fraction of the time limit for advice, and for candidates.
    least
        A part with fewer seconds than this finds nothing and is left out.
    repairs_first
        Fraction of the seconds for repairs before it is asked what they cost.
    settings, settings_of_contracts
        Seconds for changes of settings; and where contracts alone do not add up, for
        repairs are looked for as well.
    loans
        Seconds of a command's limit that are kept for the help of other offices.
    cause_on_the_phone, repairs_on_the_phone
        Seconds once the month has begun: the manager has somebody on the phone.
    """

    share: float = 0.4
    least: float = 0.5
    repairs_first: float = 0.75
    settings: float = 20.0
    settings_of_contracts: float = 10.0
    loans: float = 45.0
    cause_on_the_phone: float = 8.0
    repairs_on_the_phone: float = 22.0

    @property
    def on_the_phone(self) -> float:
        """Most seconds for all advice once the month has begun."""
        return self.cause_on_the_phone + self.repairs_on_the_phone


@dataclass(frozen=True)
class DisruptionBudget:
    """Budget for finding the fewest people whose days must change.

    Attributes
    ----------
    few, some
        Most people that are tried at first, more only where these are not enough;
        contracts give way before more than ``some`` are asked.
    work
        Deterministic time for the search with one number of people.
    """

    few: int = 3
    some: int = 5
    work: float = 0.6


@dataclass(frozen=True)
class ReplanBudget:
    """Budget for replanning the rest of a month.

    Attributes
    ----------
    plans
        Most plans: one, and three alternatives.
    work, longer
        Work of the search with one number of people, at first and once there is a plan.
    pins
        Seconds for finding which pins can be kept.
    around, whole
        Search steps around the dates that have changed, and over all the rest of the
        month, repeated as long as less is broken.
    fewer
        Work of the search for a plan that asks fewer people.
    """

    plans: int = 4
    work: float = 0.7
    longer: float = 4.0
    pins: float = 5.0
    around: tuple[Reach, ...] = (Reach(1, work=0.5), Reach(3, work=0.5))
    whole: tuple[Reach, ...] = (Reach(None, work=2.0),) * 10
    fewer: float = 2.0


@dataclass(frozen=True)
class AbsenceBudget:
    """Budget for the absence map: what each single absence would do.

    Attributes
    ----------
    around, work_for_all
        Search steps around the absence, the last over all dates; work of a search in
        which everybody may be asked.
    lot
        Absences per task: few, so that all processes end at about the same time.
    """

    around: tuple[Reach, ...] = (Reach(7), Reach(None))
    work_for_all: float = 1.2
    lot: int = 6


@dataclass(frozen=True)
class RoomBudget:
    """Budget for the room for guests: how many more each date carries.

    Attributes
    ----------
    beyond, work
        Most additional guests to ask about; deterministic time of one search.
    """

    beyond: int = 4
    work: float = 2.0


@dataclass(frozen=True)
class WorkerBudget:
    """Times of the processes that work on tasks, here or on a Dask cluster.

    Attributes
    ----------
    connect, close, ask
        Seconds for connecting to the Dask scheduler, for closing, and between two
        checks of a running task for a stop request.
    retries
        How often a task is run again after its process died.
    """

    connect: float = 10
    close: float = 5
    ask: float = 1.0
    retries: int = 2


@dataclass(frozen=True)
class Budgets:
    """The budgets of all searches.

    Attributes
    ----------
    poll, tick
        Seconds between two checks of a running search for a stop request, and while
        waiting for other processes.
    least
        Least seconds that are worth a search.
    each
        Seconds for one absence, or one room; the work of its searches ends long before.
    substitutes
        Most other people whose days may change where a substitute takes a shift.
    """

    poll: float = 0.1
    tick: float = 0.2
    least: float = 0.1
    each: float = 600.0
    substitutes: int = 2
    levels: LevelBudget = field(default_factory=LevelBudget)
    reasons: ReasonBudget = field(default_factory=ReasonBudget)
    candidates: CandidateBudget = field(default_factory=CandidateBudget)
    advice: AdviceBudget = field(default_factory=AdviceBudget)
    causes: CauseBudget = field(default_factory=CauseBudget)
    repairs: RepairBudget = field(default_factory=RepairBudget)
    hires: HireBudget = field(default_factory=HireBudget)
    disruption: DisruptionBudget = field(default_factory=DisruptionBudget)
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

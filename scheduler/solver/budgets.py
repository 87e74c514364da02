"""Every time and amount of work that a search may take, each with its reason.

A `Budgets` value goes with the limits of a search (`SearchLimits.budgets`), so that
whoever asks for another one passes it down with them.  Seconds are wall clock, or where
the search is repeatable the solver's deterministic time; work is always the latter, so
that the answers are the same on a busy machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Reach(NamedTuple):
    """One step of a search that begins near something and widens.

    Attributes
    ----------
    days
        Dates to either side that may differ; all of them if ``None``.
    seconds
        Most that the step may take; its part of what is given if ``None``.
    """

    days: int | None
    seconds: float | None = None


@dataclass(frozen=True)
class LevelBudget:
    """The levels of a month, one after another.

    Attributes
    ----------
    improving
        Seconds for which levels below the musts are searched with large neighbourhoods
        first: there the bound is known at once, and what takes time is the roster that
        reaches it.
    fair, guideline, comfort
        Most that a search of these levels may take, however much is left: nobody waits
        minutes for one lone day of work fewer.
    confirm
        Most that confirming a level may take that no law stands behind.
    reserve
        Most that the search for people in reserve may take, after all levels.
    share_for_reasons
        Of the time, what levels leave for the reasons of refused wishes, and as much
        for those of missed guidelines.
    """

    improving: float = 45.0
    fair: float = 60.0
    guideline: float = 60.0
    comfort: float = 45.0
    confirm: float = 20.0
    reserve: float = 45.0
    share_for_reasons: float = 0.1


@dataclass(frozen=True)
class ReasonBudget:
    """Why wishes are refused and guidelines missed.

    Attributes
    ----------
    wishes, guidelines
        Seconds for all refused wishes of a roster, and for all missed guidelines.
    around_wish, around_guideline
        Dates around a wish, or a place at which a guideline is missed, that may change.
    places
        Places looked into; of more, the rest is told with what holds for all.
    """

    wishes: float = 20.0
    guidelines: float = 10.0
    around_wish: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 4.0), Reach(None, 6.0))
    around_guideline: tuple[Reach, ...] = (Reach(5, 1.2), Reach(None, 1.2))
    places: int = 12


@dataclass(frozen=True)
class CandidateBudget:
    """Other rosters as good as the first.

    Attributes
    ----------
    each
        Seconds for one more candidate.
    least_swaps
        Burdens that at least two people must have swapped for a roster to be another.
    """

    each: float = 30.0
    least_swaps: int = 2


@dataclass(frozen=True)
class CauseBudget:
    """The causes of what a roster breaks.

    Attributes
    ----------
    seconds
        For all causes of a roster together.
    first_look
        After which a test that presolve has not settled looks for a roster near the
        one made.
    around
        Dates around the limit that may then differ.
    last_look
        For a test at last, over all dates, and for confirming a cause.
    kept
        Kept for confirming, and for the other limits that share a cause.
    mostly_within
        Dates between a limit and what forces it, mostly; what is farther goes at once.
    """

    seconds: float = 25.0
    first_look: float = 1.0
    around: tuple[Reach, ...] = (Reach(3, 2.0), Reach(8, 2.0))
    last_look: float = 5.0
    kept: float = 4.0
    mostly_within: int = 1


@dataclass(frozen=True)
class RepairBudget:
    """What would make a month legal.

    Attributes
    ----------
    seconds
        For all repairs of a roster together.
    most
        How many are looked for.
    parts_once_begun
        One of so many parts of what time is left goes to the next repair once the
        month has begun: the first is wanted soon.
    begin
        For writing out the roster made.
    hopeless
        For asking whether there is a way at all.
    first_search
        After which a search is interrupted to leave out what is not needed, which often
        is the cheapest way already.
    trim, confirm
        For leaving out what is not needed, and for confirming a price.
    nearest
        For one search for the roster nearest to the one made.
    around
        Dates around the breaches that may change in it.
    reach
        The same of the search itself once the month has begun, where all dates may
        change only if there is no way among these: people have made plans.
    """

    seconds: float = 45.0
    most: int = 3
    parts_once_begun: int = 2
    begin: float = 3.0
    hopeless: float = 1.5
    first_search: float = 6.0
    trim: float = 4.0
    confirm: float = 4.0
    nearest: float = 2.0
    around: tuple[Reach, ...] = (Reach(0, 2.0), Reach(1, 2.0), Reach(3, 2.0))
    reach: tuple[Reach, ...] = (Reach(1), Reach(8))


@dataclass(frozen=True)
class HireBudget:
    """What one more person would bring.

    Attributes
    ----------
    seconds
        For all recruits of a roster together.
    improve, claim
        Most for the best roster with one of them, and for the question whether a
        better one exists.
    improve_parts, claim_parts
        Parts of the time for one of them that go to the two.
    around
        Dates around a breach that may change, before all may.
    """

    seconds: float = 40.0
    improve: float = 4.0
    claim: float = 3.0
    improve_parts: int = 3
    claim_parts: int = 2
    around: int = 3


@dataclass(frozen=True)
class AdviceBudget:
    """What is looked for besides the roster, and how much of the time it may have.

    Attributes
    ----------
    share
        Most of the time that is left for advice, and for candidates.
    least
        Below so many seconds a part finds nothing, and is not begun.
    cause_on_the_phone, repairs_on_the_phone
        What causes and repairs may take where a month has begun: somebody is on the
        phone.
    """

    share: float = 1 / 3
    least: float = 0.5
    cause_on_the_phone: float = 8.0
    repairs_on_the_phone: float = 22.0

    @property
    def on_the_phone(self) -> float:
        """What all of it takes at most where a month has begun."""
        return self.cause_on_the_phone + self.repairs_on_the_phone


@dataclass(frozen=True)
class DisruptionBudget:
    """How few people are enough, asked of ever more of them.

    Attributes
    ----------
    few
        So many people are asked for one by one; more only where these are not enough.
    some
        Before more people are asked than these, contracts give way.
    work
        What the search for one number may take.
    """

    few: int = 3
    some: int = 5
    work: float = 0.6


@dataclass(frozen=True)
class ReplanBudget:
    """The rest of a month planned again.

    Attributes
    ----------
    plans
        One, and three to choose from instead.
    work
        What asking for so many people may take.
    pins
        Seconds for finding out which pins can be kept.
    around
        Dates around what has changed that may differ.
    whole
        The whole rest of the month is searched again as long as less is broken.
    fewer
        Seconds for asking fewer people than were found.
    """

    plans: int = 4
    work: float = 1.5
    pins: float = 1.0
    around: tuple[Reach, ...] = (Reach(1, 0.7), Reach(3, 0.7))
    whole: tuple[Reach, ...] = (Reach(None, 3.0),) * 10
    fewer: float = 2.0


@dataclass(frozen=True)
class AbsenceBudget:
    """What every single absence would do.

    Attributes
    ----------
    around
        Dates around the absence that may differ at first, and then all.
    work_for_all
        What a search may take in which everybody may be asked.
    lot
        Absences handed out together: few, so that all processes end at about one time.
    each
        Seconds that one absence may take; the work of its searches ends long before.
    """

    around: tuple[Reach, ...] = (Reach(7), Reach(None))
    work_for_all: float = 1.2
    lot: int = 6
    each: float = 600.0


@dataclass(frozen=True)
class RoomBudget:
    """How many more guests could come.

    Attributes
    ----------
    beyond
        So many guests more than the roster carries are asked about at most.
    work
        What one search may take.
    each
        Seconds that one room may take; the work of its searches ends long before.
    """

    beyond: int = 4
    work: float = 2.0
    each: float = 600.0


@dataclass(frozen=True)
class WorkerBudget:
    """Processes that work on tasks, here or on a Dask cluster.

    Attributes
    ----------
    connect, close
        Seconds a scheduler may take to answer, and taking leave of it.
    ask
        Seconds between two questions of a running task whether it should stop.
    retries
        How often a task is run again after its process died.
    """

    connect: float = 10
    close: float = 5
    ask: float = 1.0
    retries: int = 2


@dataclass(frozen=True)
class Budgets:
    """What everything that is searched may take.

    Attributes
    ----------
    poll
        Seconds between two looks of a running search at whether it was asked to stop.
    tick
        The same of whoever waits for other processes.
    least
        Fewer seconds are not worth a search.
    substitutes
        Other people whose days may change where somebody takes a shift.
    """

    poll: float = 0.1
    tick: float = 0.2
    least: float = 0.1
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
        """What causes, repairs and recruits of a roster take at most."""
        return self.causes.seconds + self.repairs.seconds + self.hires.seconds


BUDGETS = Budgets()
"""What is taken where nobody asks for anything else."""

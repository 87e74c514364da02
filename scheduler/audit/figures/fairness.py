"""How often each person bears each burden, compared with the fair share (M-01)."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.figures.people import people
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.ledger import Burden, BurdenKind, Carried, LedgerEntry
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shares import bears, fair_groups


class PersonShare(Frozen):
    """One person's burden and fair share; shares and deviations in thousandths."""

    staff: StaffId
    weight: int
    """Fair part of the group's total, in thousandths."""
    times: int
    share: int
    carried: Carried

    @property
    def closing(self) -> Carried:
        """The account after the month."""
        return Carried(
            times=self.carried.times + self.times,
            share=self.carried.share + self.share,
        )

    @property
    def deviation(self) -> int:
        """Times above the fair share, earlier months included; negative if below."""
        return self.closing.balance


class Sharing(Frozen):
    """A burden and the shares of the fair group that shares it."""

    burden: Burden
    standings: tuple[PersonShare, ...]


def fairness(problem: Problem, roster: Roster) -> tuple[Sharing, ...]:
    """Return each fair group's shares, in the order of `fair_groups`."""
    return tuple(shared(timeline_of(problem, roster), problem))


def shared(timeline: Timeline, problem: Problem) -> Iterator[Sharing]:
    """Yield each fair group's shares, in the order of `fair_groups`."""
    for burden, weights in fair_groups(problem):
        times = {name: times_borne(timeline, problem, name, burden) for name in weights}
        total = sum(times.values())
        yield Sharing(
            burden=burden,
            standings=tuple(
                PersonShare(
                    staff=name,
                    weight=weight,
                    times=times[name],
                    share=total * weight,
                    carried=problem.ledger_by_name[name].carried(burden),
                )
                for name, weight in weights.items()
            ),
        )


def times_borne(
    timeline: Timeline, problem: Problem, person: StaffId, burden: Burden
) -> int:
    """Count how often a person bears a burden in the period."""
    if burden.kind is BurdenKind.ON_CALL:
        return sum(1 for _ in timeline.standbys_of_period(person))
    return sum(
        bears(problem, burden, stint.shift, stint.date)
        for stint in timeline.stints_of_period(person)
    )


def closing_ledger(problem: Problem, roster: Roster) -> tuple[LedgerEntry, ...]:
    """Return each person's account after the month, in the order of the staff list.

    The account of a burden is unchanged for people in no fair group of it.
    """
    accounts = {m.name: problem.ledger_by_name[m.name] for m in problem.staff}
    for sharing in fairness(problem, roster):
        for one in sharing.standings:
            entry = accounts[one.staff]
            accounts[one.staff] = entry.with_account(sharing.burden, one.closing)
    for month in people(problem, roster):
        entry = accounts[month.staff]
        member = problem.member_by_name[month.staff]
        agreed = problem.contract_of(member).days_off_min
        owed = 0 if agreed is None else agreed - month.days_off
        accounts[month.staff] = entry.model_copy(
            update={
                "wishes_asked": entry.wishes_asked + len(month.wishes),
                "wishes_granted": entry.wishes_granted + month.wishes_granted,
                # The ledger counts paid leave in half days.
                "paid_leave": entry.paid_leave + month.half_leaves,
                "days_off_owed": entry.days_off_owed + owed,
            }
        )
    return tuple(accounts.values())

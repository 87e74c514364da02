"""Exit codes: what a command's result says to a script."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.domain.record import LevelOutcome, Provenance, RosterRecord
from scheduler.wording.command_line import of_check, of_roster

if TYPE_CHECKING:
    from scheduler.domain.roster import Roster


def finding(stance: Stance) -> Finding:
    return Finding(
        rule="A-03",
        facet="daily",
        stance=stance,
        unit=Unit.PERSON_MINUTES,
        amount=60,
        required=2880,
        actual=2820,
    )


def roster(*, confirmed: bool = True, **levels: tuple[int, int]) -> Roster:
    """Make an empty roster whose levels ended at (value, bound)."""
    outcomes = tuple(
        LevelOutcome(
            level=Stance(name),
            value=value,
            bound=bound,
            seconds=1,
            confirmed=confirmed,
        )
        for name, (value, bound) in levels.items()
    )
    provenance = Provenance(
        made_at=dt.datetime(2026, 11, 22),
        input_sha256="",
        rulebook_sha256="",
        shotaki_version="0",
        ortools_version="0",
        seed=0,
        workers=1,
        seconds=1,
        outcomes=outcomes,
    )
    return RosterRecord(duties=(), provenance=provenance)


def test_the_codes_are_those_of_the_contract() -> None:
    """Scripts rely on the numbers."""
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 4, 5, 70, 74, 129, 130, 143]


@pytest.mark.parametrize(
    "stance", [Stance.CONTRACT, Stance.WISH, Stance.COMFORT, Stance.REPORT]
)
def test_soft_findings_are_done(stance: Stance) -> None:
    """A refused wish does not make a roster fail."""
    assert of_roster(roster(wish=(180, 0)), [finding(stance)]) is Exit.DONE
    assert of_check([finding(stance)]) is Exit.DONE


@pytest.mark.parametrize(
    "stance", [Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST]
)
def test_check_fails_on_law_and_musts(stance: Stance) -> None:
    """Law, pins and the office's musts are what `check` is for."""
    assert of_check([finding(stance)]) is Exit.BREACHES


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        # Nobody can have less than 60: no legal roster exists.
        ({"statutory": (60, 60), "must": (0, 0)}, Exit.NOT_LEGAL),
        # Not the least perhaps, but none without shortage exists either.
        ({"statutory": (60, 10), "must": (0, 0)}, Exit.NOT_LEGAL),
        # A legal roster may exist; the search just did not find one.
        ({"statutory": (60, 0), "must": (0, 0)}, Exit.OUT_OF_TIME),
        # The musts' bound holds only for rosters as short as this one.
        ({"statutory": (60, 0), "must": (30, 30)}, Exit.OUT_OF_TIME),
        ({"statutory": (0, 0), "must": (30, 30)}, Exit.NOT_LEGAL),
        ({"statutory": (0, 0), "must": (30, 0)}, Exit.OUT_OF_TIME),
        # A pin that law or contracts forbid, and one that was not kept in time.
        ({"pinned": (1, 1), "statutory": (0, 0), "must": (0, 0)}, Exit.NOT_LEGAL),
        ({"pinned": (1, 0), "statutory": (60, 60)}, Exit.OUT_OF_TIME),
        ({"pinned": (0, 0), "statutory": (60, 60)}, Exit.NOT_LEGAL),
        # Only last month's tail breaks a rule: nothing else could be found.
        ({"statutory": (0, 0), "must": (0, 0)}, Exit.NOT_LEGAL),
    ],
)
def test_impossible_and_out_of_time_are_told_apart(
    levels: dict[str, tuple[int, int]], code: Exit
) -> None:
    """Only a bound above zero proves that no legal roster exists."""
    assert of_roster(roster(**levels), [finding(Stance.STATUTORY)]) is code


def test_a_bound_that_was_not_confirmed_is_no_proof() -> None:
    """One search's word is not enough to call a legal roster impossible."""
    once = roster(confirmed=False, statutory=(60, 60), must=(0, 0))
    assert of_roster(once, [finding(Stance.STATUTORY)]) is Exit.OUT_OF_TIME

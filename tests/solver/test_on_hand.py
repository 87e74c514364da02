"""A month that is made again begins from the rosters on hand."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import settings
from scheduler.advice.repairs import Repairs
from scheduler.domain.advice import Advice
from scheduler.domain.finding import Stance
from scheduler.files.houses import rosters_on_hand
from scheduler.files.rosters import read_roster, write_roster
from scheduler.model import build
from scheduler.precheck.mends import mended
from scheduler.solver.on_hand import completed
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solution import DECISIVE
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from tests.support import week
from tests.support.impossible import (
    NIGHTLY,
    guests_on,
    leave,
    night_workers,
    no_night_worker_wished,
    office,
)
from tests.support.tiny import put_input, tiny_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from tests.support.programs import Ended

    Shotaki = Callable[..., Ended]

LIMITS = SearchLimits(20, workers=2)
PROMISED = (*DECISIVE, Stance.CONTRACT)


def of_settings() -> Problem:
    """Return an office whose two night workers owe four days off and pass three."""
    nights = [0, 1, 0, 1, 0, 1, 0]
    return office(*night_workers(days_off_min=4), day_users=[3] * 7, overnight=nights)


def advised(problem: Problem) -> RosterRecord:
    """Return the best roster of a month with ways out of several kinds."""
    best = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, best.roster)
    repairs = Repairs(month, best.findings, Search(LIMITS))
    at_once = filter(None, (repairs.at_once(), repairs.with_help()))
    found = chain(at_once, repairs.near())
    given = problem, Search(LIMITS), best.roster, best.findings
    advice = Advice(
        repairs=tuple(one.repair for one in found),
        settings=tuple(settings.changes(*given)),
    )
    return best.roster.model_copy(update={"advice": advice})


def agreed(problem: Problem, advice: Advice) -> list[Problem]:
    """Return the month with each repair, and with each setting changed."""
    return [
        *(one.applied_to(problem) for one in advice.repairs),
        *(mended(problem, one.mend) for one in advice.settings),
    ]


@pytest.mark.parametrize(
    "problem",
    [no_night_worker_wished().problem, of_settings()],
    ids=["repairs", "settings"],
)
def test_what_was_agreed_on_is_kept_before_anything_is_searched(
    problem: Problem, tmp_path: Path
) -> None:
    """The roster's file has those that showed every way out to be enough."""
    roster = advised(problem)
    assert roster.advice is not None
    path = tmp_path / "r.xlsx"
    write_roster(path, problem, roster, ())
    months = agreed(problem, roster.advice)
    assert len(months) > 1
    for month in months:
        model = build(month)
        on_hand = rosters_on_hand(path, month)
        begun = completed(model, on_hand, Search(LIMITS))
        assert begun is not None
        assert not any(model.penalty_at(one, begun.values) for one in PROMISED)
        assert begun.fingerprint in {one.fingerprint for one in on_hand}


def test_a_way_out_is_no_worse_made_again_in_whatever_time() -> None:
    """A moment, in which no search ends, gives what the way out promised."""
    leaves = [leave(NIGHTLY[0], 1), leave(NIGHTLY[1], 1)]
    problem = office(*night_workers(), overnight=guests_on(1), requests=leaves)
    roster = advised(problem)
    assert roster.advice is not None
    on_hand = tuple(roster.advice.rosters(roster))
    for month in agreed(problem, roster.advice):
        moment = SearchLimits(0.3, workers=2, repeatable=True)
        made = solve(month, moment, on_hand=on_hand)
        assert made.is_legal
        known = made.roster.provenance
        assert known is not None
        assert known.begun_from in {one.fingerprint for one in on_hand}
        again = solve(month, moment, on_hand=on_hand)
        assert again.roster.fingerprint == made.roster.fingerprint


def test_a_roster_of_people_and_shifts_that_are_gone_is_a_beginning() -> None:
    """What the month does not know is left out, and its cells may be anything."""
    before = office(*night_workers(), overnight=guests_on(1))
    after = office(night_workers()[1], overnight=guests_on(1))
    roster = solve(before, LIMITS).roster
    model = build(after)
    begun = completed(model, [roster], Search(LIMITS))
    assert begun is not None
    assert model.read(begun.values).by_cell.keys() < roster.by_cell.keys()


def test_a_file_of_another_month_or_none_is_nothing_to_begin_from(
    tmp_path: Path,
) -> None:
    week.put(path := tmp_path / "r.xlsx")
    problem = read_roster(path).problem
    assert rosters_on_hand(path, problem)
    assert not rosters_on_hand(path, tiny_problem())
    assert not rosters_on_hand(tmp_path / "none.xlsx", problem)
    week.put_input(given := tmp_path / "i.xlsx")
    assert not rosters_on_hand(given, problem)


def test_made_again_the_command_begins_from_the_roster_in_its_place(
    tmp_path: Path, shotaki: Shotaki
) -> None:
    """Not where it is to be repeatable, but from one that is named; it says so."""
    put_input(given := tmp_path / "i.xlsx")
    target, said = tmp_path / "r.json", "この月の勤務表が、すでにあります"
    command = ("roster", str(given), "-o", str(target), "--no-advice")
    quick = ("--workers", "2", "--time-limit", "10")
    assert said not in shotaki(*command, *quick).err

    def begun_from() -> str | None:
        made = json.loads(target.read_text(encoding="utf-8"))
        found: str | None = made["roster"]["provenance"].get("begun_from")
        return found

    assert begun_from() is None
    first = read_roster(target).roster.fingerprint
    assert said in shotaki(*command, *quick).err
    assert begun_from() == first
    before = read_roster(target).roster.fingerprint
    shotaki(*command, *quick, "--repeatable")
    assert begun_from() is None
    named = tmp_path / "former.json"
    target.rename(named)
    before = read_roster(named).roster.fingerprint
    again = shotaki(*command, *quick, "--repeatable", "--former", str(named))
    assert str(named) in again.err
    assert begun_from() == before
    refused = shotaki(*command, *quick, "--former", str(given))
    assert refused.code == 2
    assert str(given) in refused.err

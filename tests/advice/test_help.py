"""Temporary workers where the best roster is short are a repair without a search."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.advice import advise
from scheduler.advice.at_once import alternatives
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.audit import audit
from scheduler.domain.advice import Repair
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.finding import Stance
from scheduler.domain.qualifications import REGISTERED_NURSE
from scheduler.domain.shifts import Role
from scheduler.precheck import precheck
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.wording.advice import in_all_texts
from scheduler.wording.precheck import line_text
from scheduler.wording.repairs import step_texts
from tests.support.impossible import (
    NURSE,
    days_off_against_hours,
    night_workers,
    office,
    one_night_too_many,
)

if TYPE_CHECKING:
    from scheduler.advice.repairs import Mended
    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution

LIMITS = SearchLimits(20, workers=2)


def with_help(problem: Problem) -> Mended | None:
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    return Repairs(month, solution.findings, Search(LIMITS)).with_help()


def nights_short(solution: Solution) -> set[dt.date | None]:
    found = solution.findings
    return {one.date for one in found if one.stance is Stance.STATUTORY}


def dates_of(repair: Repair) -> set[dt.date]:
    return {one.date for one in repair.helpers}


def test_somebody_comes_in_the_night_that_is_short_and_nothing_else_changes() -> None:
    problem = one_night_too_many().problem
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    mended = Repairs(month, solution.findings, Search(LIMITS)).with_help()
    assert mended is not None
    repair = mended.repair
    assert dates_of(repair) == nights_short(solution)
    assert not repair.agreements
    assert not repair.effects.duties
    assert not repair.effects.wishes_lost
    assert not to_be_mended(mended.findings)
    # And so it is for whoever makes the month again with it.
    assert not to_be_mended(solve(repair.applied_to(problem), LIMITS).findings)


def test_it_is_told_where_no_time_is_left() -> None:
    problem = one_night_too_many().problem
    solution = solve(problem, LIMITS)
    advised = advise(problem, solution, SearchLimits(0.0, workers=2))
    advice = advised.roster.advice
    assert advice is not None
    (repair,) = advice.repairs
    assert dates_of(repair) == nights_short(solution)


def test_of_more_than_eight_nights_help_is_told_at_once_in_a_line() -> None:
    """Eleven nights, two of which two people may do: nine workers, one kind of work."""
    nights = [1] * 11 + [0] * 3
    problem = office(*night_workers(nights_max=1), days=14, overnight=nights)
    mended = with_help(problem)
    assert mended is not None
    assert len(dates_of(mended.repair)) == 9
    assert not to_be_mended(mended.findings)
    (line,) = step_texts(mended.repair, rules_of(problem), problem)
    assert "夜勤の応援（介護）：各1人" in line
    short = audit(problem, solve(problem, LIMITS).roster)
    (told,) = in_all_texts(short, rules_of(problem))
    # Nine nights of 13:00 to 32:00.
    assert f"9日で延べ{9 * 19}時間" in told
    assert told.endswith("同じ時間に多くて1人")


def without_a_nurse() -> Problem:
    """Return an office that wants four shifts of a nurse in a week and has none."""
    usual = office()
    settings = usual.office.settings.model_copy(update={"nurse_shifts": 4})
    gone = {"qualifications": (), "roles": (Role.CARE,)}
    staff = tuple(
        one.model_copy(update=gone) if one.name == NURSE else one for one in usual.staff
    )
    house = usual.office.model_copy(update={"settings": settings})
    return usual.model_copy(update={"staff": staff, "office": house})


def test_a_sum_that_no_nurse_can_reach_is_told_once() -> None:
    """What the sum says is not looked for again as a cause."""
    problem = without_a_nurse()
    shifts = Spot(rule="A-10", facet="shifts")
    (line,) = (one for one in precheck(problem) if one.explains(shifts))
    assert line.code == "nurse_shifts"
    assert line_text(line).endswith("最大: なし。4回足りません。")


def test_a_nurse_who_is_gone_is_made_up_for_on_as_many_dates_as_are_short() -> None:
    """Four shifts in a week that begins on a Tuesday: 火・木・金・月."""
    mended = with_help(without_a_nurse())
    assert mended is not None
    helpers = mended.repair.helpers
    assert len({one.member.name for one in helpers}) == 1
    assert helpers[0].member.qualifications == (REGISTERED_NURSE,)
    assert [one.date.day for one in helpers] == [1, 3, 4, 7]
    assert not to_be_mended(mended.findings)
    # What she was asked for are these dates, and so they are in the month made again.
    again = solve(mended.repair.applied_to(without_a_nurse()), LIMITS)
    name = helpers[0].member.name
    own = [one for one in again.roster.duties if one.staff == name and one.shift]
    assert [one.date.day for one in own] == [1, 3, 4, 7]
    assert not to_be_mended(again.findings)


def test_own_people_pass_the_nights_where_only_the_nurse_must_come_from_outside() -> (
    None
):
    """No nurse, and a night too many for contracts: one more night of somebody."""
    gone = without_a_nurse()
    nights = one_night_too_many().problem
    lacking = gone.model_copy(
        update={
            "staff": (*gone.staff, *nights.staff[-2:]),
            "forecast": nights.forecast,
        }
    )
    solution = solve(lacking, LIMITS)
    month = StandingMonth.untouched(lacking, solution.roster)
    repairs = Repairs(month, solution.findings, Search(LIMITS))
    (mended,) = repairs.beside_help()
    repair = mended.repair
    assert {one.role for one in repair.helpers} == {Role.NURSE}
    assert [one.spot.facet for one in repair.agreements] == ["nights_max"]
    assert not to_be_mended(mended.findings)
    assert not to_be_mended(solve(repair.applied_to(lacking), LIMITS).findings)


def test_what_contracts_are_short_of_is_nothing_that_help_mends() -> None:
    assert with_help(days_off_against_hours().problem) is None


def test_a_temporary_worker_on_another_date_is_no_other_way() -> None:
    """Who comes is nobody in particular; two instead of one are another way."""
    problem = one_night_too_many().problem
    mended = with_help(problem)
    assert mended is not None
    (helper,) = mended.repair.helpers
    shift = dt.timedelta(days=2)
    later = helper.model_copy(
        update={
            "date": helper.date + shift,
            "begin": helper.begin + shift,
            "end": helper.end + shift,
            "member": helper.member.model_copy(update={"name": "応援ほか"}),
        }
    )
    elsewhen = mended.repair.model_copy(update={"helpers": (later,)})
    chosen = alternatives([mended.repair, elsewhen], problem, rules_of(problem), 3)
    assert chosen == (mended.repair,)


def test_one_plain_thing_goes_before_a_mixture_with_it() -> None:
    """A cheaper way is help by day and a guest moved; help in the night alone will do.

    The cheapest way of all stays first.
    """
    problem = one_night_too_many().problem
    mended = with_help(problem)
    assert mended is not None
    plain = mended.repair
    (helper,) = plain.helpers
    day = problem.forecast.days[3].model_copy(update={"overnight": 1})
    shorter = helper.model_copy(update={"minutes": 60})
    mixed = {"helpers": (shorter,), "forecast": (day,), "price": plain.price - 1}
    mixture = plain.model_copy(update=mixed)
    spot = Spot(rule="L-05", facet="nights_max", staff=problem.staff[-1].name)
    own = Repair(agreements=(Agreement(spot=spot, amount=1),), price=1, bound=0)
    found = [own, mixture, plain]
    assert alternatives(found, problem, rules_of(problem), 2) == (own, plain)
    found = [mixture, plain]
    assert alternatives(found, problem, rules_of(problem), 1) == (mixture,)
    # One thing for two is no choice at all.
    assert (mixture.actions, plain.actions) == (2, 1)
    found = [own, mixture, plain]
    assert alternatives(found, problem, rules_of(problem), 3) == (own, plain)

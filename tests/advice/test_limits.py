"""Advice says nothing of what is unproven, and asks no more than can be arranged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.advice import proven, settings
from scheduler.advice.repairs import Repairs
from scheduler.audit import audit
from scheduler.domain.advice import Advice, Repair, SettingChange, Step
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Stance
from scheduler.domain.kinds import Spell, lent_kind
from scheduler.domain.precheck import Line, Mend, Topic, Verdict
from scheduler.precheck import precheck
from scheduler.precheck.mends import mended
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.wording.advice import no_way_text, settings_texts, unsettled_text
from tests.support.impossible import (
    IMPOSSIBLE,
    NIGHTLY,
    date_of,
    days_off_against_hours,
    guests_on,
    night_workers,
    office,
    three_pins,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

FIRST = IMPOSSIBLE[0]


def test_a_level_is_short_by_what_is_confirmed_or_summed_and_by_nothing_else() -> None:
    """A bound that no second search confirms does; the precheck's sum does."""
    office = days_off_against_hours()
    sums = settings.telling(precheck(office.problem))
    assert [(line.code, line.breaks_law) for line in sums] == [("hours_min", False)]
    solution = solve(office.problem, SearchLimits(20, workers=2))
    provenance = solution.roster.provenance
    assert provenance is not None
    unconfirmed = tuple(
        one.model_copy(update={"confirmed": False}) for one in provenance.outcomes
    )
    told = {"provenance": provenance.model_copy(update={"outcomes": unconfirmed})}
    roster = solution.roster.model_copy(update=told)
    unsure = replace(solution, roster=roster)
    assert proven(unsure, ()) == ((), (Stance.CONTRACT,))
    assert proven(unsure, sums) == ((Stance.CONTRACT,), ())
    unsettled = Advice(unsettled=(Stance.CONTRACT,))
    assert "時間内に確かめられませんでした" in unsettled_text(unsettled)


def test_sums_of_the_law_are_told_before_those_of_contracts() -> None:
    """Contracts speak where the law is kept; what is tight is no sum that fails."""
    line = Line(topic=Topic.NIGHTS, code="night_month", verdict=Verdict.IMPOSSIBLE)
    owed = line.model_copy(update={"code": "hours_min", "contract": True})
    tight = line.model_copy(update={"verdict": Verdict.TIGHT})
    assert settings.telling([owed, line, tight]) == (line,)
    assert settings.telling([owed, tight]) == (owed,)
    assert settings.telling([tight]) == ()


def test_contracts_that_no_sum_tells_of_give_way_by_one_setting() -> None:
    """Three nights of two dates each; four days off leave each of two people one night.

    With three days off of one of them the month is possible.
    """
    problem = of_nights(days_off_min=4)
    assert settings.telling(precheck(problem)) == ()
    limits = SearchLimits(20, workers=2)
    best = solve(problem, limits)
    [broken] = [one for one in best.findings if one.stance is Stance.CONTRACT]
    (name,) = broken.people
    (change,) = settings.changes(problem, Search(limits), best.roster, best.findings)
    told = change.mend.code, change.mend.facts, change.keeps_contracts
    assert told == ("less_days_off_min", {"name": name, "by": 1}, True)
    found = audit(mended(problem, change.mend), best.roster)
    assert not any(one.stance is Stance.CONTRACT for one in found)


def of_nights(**contract: int) -> Problem:
    """Return an office of seven dates with guests in three nights."""
    nights = [0, 1, 0, 1, 0, 1, 0]
    return office(*night_workers(**contract), day_users=[3] * 7, overnight=nights)


def test_a_repair_of_more_actions_than_can_be_asked_is_none() -> None:
    """With room for its actions it is given, with room for one fewer it is not."""
    office = FIRST()
    solution = solve(office.problem, SearchLimits(20, workers=2))
    month = StandingMonth.untouched(office.problem, solution.roster)
    given = month, solution.findings

    def found(most: int) -> tuple[list[int], bool]:
        repairs = replace(BUDGETS.repairs, most_actions=most, most=1)
        limits = SearchLimits(15, 2, budgets=replace(BUDGETS, repairs=repairs))
        mender = Repairs(*given, Search(limits))
        return [one.repair.actions for one in mender.find()], mender.asks_too_much

    [actions], too_much = found(8)
    assert 0 < actions <= 8
    assert not too_much
    assert found(actions - 1) == ([], True)


def test_settings_are_told_with_what_they_leave() -> None:
    band = Mend(code="night_band", facts={"begin": 1170, "end": 1860})
    ratio = Mend(code="house_ratio")
    advice = Advice(
        settings=(
            SettingChange(mend=band, keeps_contracts=True),
            SettingChange(mend=ratio, keeps_contracts=False),
        )
    )
    head, first, second = settings_texts(advice)
    assert "次の設定のどれか1つ" in head
    assert first == "「事業所」シートの「夜間帯」を19:30-翌7:00にする"
    assert second.endswith("（契約まですべて守れるかは、まだ分かりません）")
    assert list(settings_texts(Advice())) == []


def test_that_time_was_up_and_that_there_is_no_way_out_are_two_sentences() -> None:
    """More time is asked for where the search had not ended, and only there."""
    much, little = Advice(asks_too_much=True), Advice(unsettled=(Stance.MUST,))
    ended = much.model_copy(update={"ended": (Step.REPAIRS,)})
    told = {no_way_text(one, ()) for one in (much, little, ended)}
    assert len(told) == 3
    for one in (much, little):
        assert "まだ分かりません" in no_way_text(one, ())
        assert "時間を増やして" in no_way_text(one, ())
        assert "両立しません" not in no_way_text(one, ())
    assert "両立しません" in no_way_text(ended, ())
    assert "時間" not in no_way_text(ended, ())
    offered = (Repair(price=1, bound=0),)
    assert no_way_text(much, offered) == no_way_text(Advice(), ()) == ""


def test_the_search_for_repairs_says_whether_it_has_ended() -> None:
    """A pin of three nights goes, one way or another; cut off, nothing is known."""
    problem = three_pins().problem
    solution = solve(problem, SearchLimits(20, workers=2))
    month = StandingMonth.untouched(problem, solution.roster)
    repairs = replace(BUDGETS.repairs, most_actions=0, most=9)

    def sought(seconds: float) -> tuple[bool, list[object]]:
        limits = SearchLimits(seconds, 2, budgets=replace(BUDGETS, repairs=repairs))
        mender = Repairs(month, solution.findings, Search(limits))
        found: list[object] = list(mender.find())
        return mender.has_ended, found

    assert sought(30) == (True, [])
    assert sought(0) == (False, [])


def test_levels_below_an_open_one_are_open_too() -> None:
    """A bound holds only while the levels above keep their values."""
    assert unsettled_text(Advice(unsettled=(Stance.MUST, Stance.CONTRACT))).startswith(
        "事業所の必須ルール・契約："
    )


def test_nobody_is_called_back_from_where_they_are_lent_to() -> None:
    """Two nights need either worker, who are in another office: help has to come."""
    kind = lent_kind((), (), "ひだまり", Interval(9 * 60, 18 * 60))
    spells = [
        Spell(staff=name, kind=kind.symbol, first=date_of(4), last=date_of(4))
        for name in NIGHTLY
    ]
    problem = office(
        *night_workers(), overnight=guests_on(4), kinds=(kind,), spells=spells
    )
    solution = solve(problem)
    month = StandingMonth.untouched(problem, solution.roster)
    repairs = Repairs(month, solution.findings, Search(SearchLimits()))
    found = [one.repair for one in repairs.find()]
    assert [len(one.helpers) for one in found] == [1]
    assert not any(one.agreements for one in found)

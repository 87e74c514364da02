"""Where no plan is legal: causes and repairs of what of the month is still open."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import shutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from openpyxl import load_workbook

from scheduler.advice.repairs import Repairs
from scheduler.audit import audit
from scheduler.audit.findings import Tolerated
from scheduler.cli.app import main
from scheduler.domain.agreements import Spot
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Stance
from scheduler.domain.record import RosterFile
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster
from scheduler.rulebook import load
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.edits import Settled
from scheduler.solver.standing.month import StandingMonth
from scheduler.whatif.mending import begun_by, mend, needs_mending, plans_of
from scheduler.wording.advice import no_way_text, unsettled_text
from tests.cli.test_whatif_cli import shotaki
from tests.support import week
from tests.support.builders import make_duty, with_duties
from tests.support.impossible import (
    CARER,
    NIGHTLY,
    date_of,
    guests_on,
    night_workers,
    office,
)
from tests.support.programs import Ended
from tests.support.week import DAYS, PROBLEM, ROSTER, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.base import StaffId
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.whatif.mending import Mending

__all__ = ["shotaki"]

FIRST, SECOND = NIGHTLY
NOW = 3
"""Of the second night with a guest, 4 December; the first night is past."""
PRICES = PROBLEM.office.settings.prices
HOURS = 18
"""Of a night."""
POINT = 60


def ill(*days: tuple[StaffId, int, int], now: int = NOW) -> Scenario:
    absences = (
        Absence(staff=name, first=date_of(first), last=date_of(last))
        for name, first, last in days
    )
    return Scenario(now=date_of(now), absences=tuple(absences))


BOTH_ILL = ill((FIRST, NOW, NOW), (SECOND, NOW, NOW))


def file_of(
    problem: Problem, roster: Roster, edited: Roster | None = None
) -> RosterFile:
    return RosterFile(problem=problem, roster=edited or roster, plan=roster, changed=())


class Case(NamedTuple):
    """A roster, what has happened, and the advice on the best plan."""

    file: RosterFile
    scenario: Scenario
    mending: Mending

    @property
    def plan(self) -> Plan:
        return self.mending.plan


def mended(file: RosterFile, scenario: Scenario) -> Case:
    plans = list(plans_of(file, scenario, SearchLimits(), 1))
    assert needs_mending(plans)
    return Case(file, scenario, mend(file, plans[0]))


def with_limits(problem: Problem, nights: int) -> Problem:
    """Give both night workers a most of nights in their contracts."""
    staff = tuple(
        member.model_copy(
            update={
                "contract": member.contract.model_copy(update={"nights_max": nights})
            }
        )
        if member.name in NIGHTLY
        else member
        for member in problem.staff
    )
    return problem.model_copy(update={"staff": staff})


@cache
def both_ill() -> Case:
    """Nobody is left for the second night; the guest's first night is past."""
    return mended(file_of(PROBLEM, ROSTER), BOTH_ILL)


@cache
def one_too_many() -> Case:
    """One night each by contract, one of them past; the other worker is ill."""
    problem = with_limits(PROBLEM, 1)
    return mended(file_of(problem, ROSTER), ill((SECOND, NOW, NOW)))


@cache
def held_by_hand() -> Case:
    """Give the worker who could step in the date off by hand."""
    edited = with_duties(ROSTER, make_duty(PROBLEM, FIRST, date_of(NOW), "有"))
    return mended(file_of(PROBLEM, ROSTER, edited), ill((SECOND, NOW, NOW)))


@cache
def broken_before() -> Case:
    """Leave a night of the past short as well, by hand; nobody can mend that."""
    edited = with_duties(
        ROSTER,
        make_duty(PROBLEM, FIRST, date_of(1), "休"),
        make_duty(PROBLEM, FIRST, date_of(2), "休"),
    )
    return mended(file_of(PROBLEM, ROSTER, edited), BOTH_ILL)


CASES = (both_ill, one_too_many, held_by_hand, broken_before)
cases = pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)


@cases
def test_nothing_past_moves(make: Callable[[], Case]) -> None:
    """Duties, breaks, nights on call; nor do users of a past date."""
    case = make()
    assert case.mending.mended
    for plan in case.mending.mended:
        before = case.file.roster
        for date in PROBLEM.period.dates:
            if date >= case.scenario.now:
                continue
            for member in PROBLEM.staff:
                cell = member.name, date
                assert plan.roster.by_cell[cell] == before.by_cell[cell]
            called = plan.roster.on_call_by_date.get(date)
            assert called == before.on_call_by_date.get(date)
            expected = case.plan.problem.forecast_by_date[date]
            assert plan.problem.forecast_by_date[date] == expected


@cases
def test_no_repair_speaks_of_the_past(make: Callable[[], Case]) -> None:
    case = make()
    assert case.plan.roster.advice is not None
    assert case.plan.roster.advice.since == case.scenario.now
    for repair in case.plan.roster.advice.repairs:
        dates = [
            *(one.spot.date for one in repair.agreements if one.spot.date),
            *(helper.date for helper in repair.helpers),
            *(day.date for day in repair.forecast),
        ]
        assert all(date >= case.scenario.now for date in dates)


@cases
def test_a_repaired_plan_is_legal_but_for_the_past(make: Callable[[], Case]) -> None:
    case = make()
    for plan in case.mending.mended:
        assert plan.findings == audit(plan.problem, plan.roster)
        hard = [one for one in plan.findings if one.stance.is_hard]
        assert all(one.date and one.date < case.scenario.now for one in hard)
        assert not plan.amendment.repair.remaining if plan.amendment else False


@cases
def test_whoever_is_absent_stays_away(make: Callable[[], Case]) -> None:
    case = make()
    for plan in case.mending.mended:
        for absence in case.scenario.absences:
            duty = plan.roster.by_cell[absence.staff, absence.first]
            assert duty.shift is None
            assert plan.roster.on_call_by_date.get(absence.first) != absence.staff


@cases
def test_causes_are_irreducible(make: Callable[[], Case]) -> None:
    advice = make().plan.roster.advice
    assert advice is not None
    assert advice.causes
    assert not advice.unexplained
    assert all(cause.irreducible for cause in advice.causes)


def test_nothing_forces_it_but_what_has_happened() -> None:
    advice = both_ill().plan.roster.advice
    assert advice is not None
    [cause] = advice.causes
    assert [(spot.rule, spot.date) for spot in cause.spots] == [("A-06", date_of(NOW))]
    assert cause.conditions == ()


def test_the_guest_or_help_comes_on_another_date() -> None:
    """To move the one guest is 25 points, a night of help 18 x 12."""
    advice = both_ill().plan.roster.advice
    assert advice is not None
    moved, helped = advice.repairs
    assert moved.price == PRICES.stay_moved * POINT
    assert moved.is_cheapest
    assert {day.date for day in moved.forecast} > {date_of(NOW)}
    assert helped.price == HOURS * PRICES.help_hour * POINT
    assert [helper.date for helper in helped.helpers] == [date_of(NOW)]


def test_the_contract_of_whoever_is_left_is_the_cause() -> None:
    """One more night is 30, to move the guest 25: both are offered."""
    case = one_too_many()
    advice = case.plan.roster.advice
    assert advice is not None
    [cause] = advice.causes
    limit = Spot(rule="L-05", facet="nights_max", staff=FIRST)
    assert cause.conditions == (limit,)
    by_price = {repair.price // POINT: repair for repair in advice.repairs}
    asked = by_price[PRICES.extra_night]
    assert [(one.spot, one.amount) for one in asked.agreements] == [(limit, 1)]
    [plan] = [p for p in case.mending.mended if p.amendment.repair == asked]  # type: ignore[union-attr]
    assert plan.roster.by_cell[FIRST, date_of(NOW)].shift == "夜"


def test_what_was_changed_by_hand_stays() -> None:
    """It is the cause, and no repair takes it back."""
    case = held_by_hand()
    advice = case.plan.roster.advice
    assert advice is not None
    [cause] = advice.causes
    assert Spot(rule="W-02", facet="duty", staff=FIRST, date=date_of(NOW)) in (
        cause.conditions
    )
    for plan in case.mending.mended:
        assert plan.roster.by_cell[FIRST, date_of(NOW)].off is OffKind.PAID_LEAVE


def test_without_what_stays_the_cheapest_way_is_another() -> None:
    """Were the cell that was changed by hand free, a pin would be given up (20)."""
    case = held_by_hand()
    plan = case.plan
    settled = Settled(case.scenario.now, absences=case.scenario.absences)
    nothing = Tolerated(load(plan.problem.period), ())
    free = StandingMonth(plan.problem, plan.roster, settled, nothing)
    first = next(Repairs(free, plan.findings, Search(SearchLimits())).find()).repair
    assert first.price == PRICES.pin * POINT
    cheapest = case.mending.mended[0].amendment
    assert cheapest is not None
    assert cheapest.repair.price > first.price


def test_a_breach_of_the_past_needs_no_mending() -> None:
    """Whoever is ill is not needed: what is broken is past."""
    edited = with_duties(
        ROSTER,
        make_duty(PROBLEM, FIRST, date_of(1), "休"),
        make_duty(PROBLEM, FIRST, date_of(2), "休"),
    )
    file = file_of(PROBLEM, ROSTER, edited)
    plans = list(plans_of(file, ill((CARER, 5, 5)), SearchLimits(), 1))
    assert [one.rule for one in plans[0].findings if one.stance.is_hard] == ["A-06"]
    assert not needs_mending(plans)


def test_several_nights() -> None:
    """Both are away to the end, and guests stay in three nights still to come."""
    problem = office(*night_workers(), days=DAYS, overnight=guests_on(4, 5, 6))
    file = file_of(problem, solve(problem).roster)
    case = mended(file, ill((FIRST, 3, 6), (SECOND, 3, 6)))
    for plan in case.mending.mended:
        assert plan.is_legal
        assert all(d.date >= case.scenario.now for d in plan.scenario.days)


# --- the command


BOTH = ("--absent", "杉=12-04", "--absent", "楓=12-04", "--plans", "1")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """Run the command once, in a folder of its own, and say how it ended."""
    folder = tmp_path_factory.mktemp("planned")
    week.put(folder / "r.xlsx")
    told = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(told):
        code = main(["whatif", "r.xlsx", *BOTH])
    return folder, Ended(code, told.getvalue(), "")


def test_the_command_tells_and_writes_them(
    planned: tuple[Path, Ended],
    shotaki: Callable[..., Ended],
    tmp_path: Path,
) -> None:
    """After the plan, with a workbook for each, which can be accepted."""
    folder, ran = planned
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    assert ran.code == Exit.NOT_LEGAL
    assert ran.out.index("案1") < ran.out.index("なぜ満たせないのか")
    assert "解決策1（これより軽い案はありません）" in ran.out
    assert "12月4日(金) 13:00-翌8:00 夜勤の応援（介護）：1人" in ran.out
    assert "accept r.xlsx r-案1-解決策2.xlsx" in ran.out
    written = read_roster(tmp_path / "r-案1.xlsx")
    assert written.roster.advice is not None
    assert len(written.roster.advice.repairs) == 2
    told = shotaki("accept", "r.xlsx", "r-案1-解決策2.xlsx")
    assert told.code == 0
    assert "第2版" in told.out
    assert shotaki("check", "r.xlsx").code == 0
    accepted = read_roster(tmp_path / "r.xlsx")
    [helper] = [one for one in accepted.problem.staff if one.name.startswith("応援")]
    assert accepted.roster.by_cell[helper.name, date_of(NOW)].shift == "夜"


def test_the_pages_say_what_is_to_be_done(planned: tuple[Path, Ended]) -> None:
    folder, _ran = planned
    plan = load_workbook(folder / "r-案1.xlsx")
    assert {"原因", "解決策", "不足"} <= set(plan.sheetnames)
    texts = [str(cell) for row in rows(plan["解決策"]) for cell in row if cell]
    assert any("12月4日(金)より前" in text for text in texts)
    assert any("この案の隣に" in text for text in texts)
    repaired = load_workbook(folder / "r-案1-解決策2.xlsx")
    for page in ("変更", "連絡先リスト"):
        texts = [str(cell) for row in rows(repaired[page]) for cell in row if cell]
        assert "解決策2" in texts[0]
        assert any("夜勤の応援" in text for text in texts)


def test_a_program_gets_them_too(shotaki: Callable[..., Ended]) -> None:
    told = json.loads(shotaki("whatif", "r.xlsx", *BOTH, "--json").out)
    assert told["exit"] == Exit.NOT_LEGAL
    assert [one["path"] for one in told["advice"]["repairs"]] == [
        "r-案1-解決策1.xlsx",
        "r-案1-解決策2.xlsx",
    ]
    assert all(one["plan"]["legal"] for one in told["advice"]["repairs"])


def test_it_can_be_left_out(
    shotaki: Callable[..., Ended],
    tmp_path: Path,
) -> None:
    ran = shotaki("whatif", "r.xlsx", *BOTH, "--no-advice")
    assert ran.code == Exit.NOT_LEGAL
    assert "解決策" not in ran.out
    assert read_roster(tmp_path / "r-案1.xlsx").roster.advice is None


# -- only what is proven, and no more than can be arranged -----------------------------


def advice_within(**budgets: Any) -> Mending:
    """Return the advice on the plan where both are ill, with other budgets."""
    case = both_ill()
    limits = SearchLimits(40, workers=2, budgets=replace(BUDGETS, **budgets))
    return mend(case.file, replace(case.plan, is_least=False), limits)


def test_no_repairs_where_nothing_is_proven_to_be_short() -> None:
    """Without time for causes, and with a plan that may not be the best one."""
    phone = replace(BUDGETS.advice, cause_on_the_phone=0.0)
    found = advice_within(advice=phone)
    advice = found.plan.roster.advice
    assert advice is not None
    assert (found.mended, advice.repairs) == ((), ())
    assert advice.unsettled == (Stance.STATUTORY,)
    assert "時間内に確かめられませんでした" in unsettled_text(advice)


def test_a_repair_asks_no_more_than_can_be_arranged() -> None:
    """What is found takes one thing at least; with none allowed it is no repair."""
    found = advice_within(repairs=replace(BUDGETS.repairs, most_actions=0))
    advice = found.plan.roster.advice
    assert advice is not None
    assert (found.mended, advice.repairs) == ((), ())
    assert advice.asks_too_much
    assert "頼むことが多すぎます" in no_way_text(advice, ())


def test_work_that_has_begun_is_nobody_s_to_change() -> None:
    """A minute before its shift a cell may be another; from then on only of the ill."""
    date, carer = date_of(0), (CARER, date_of(0))
    shift = PROBLEM.shift_of(ROSTER.by_cell[carer])
    assert shift is not None
    clock = dt.time(*divmod(shift.interval.start, 60))
    start = dt.datetime.combine(date, clock)
    other, own = ill((FIRST, 1, 1)), ill((CARER, 0, 0))
    assert set(begun_by(PROBLEM, ROSTER, start, other)) == {carer}
    before = start - dt.timedelta(minutes=1)
    assert set(begun_by(PROBLEM, ROSTER, before, other)) == set()
    assert set(begun_by(PROBLEM, ROSTER, start, own)) == set()


def test_a_plan_leaves_what_has_begun() -> None:
    """Who would have the night instead is at work already: no plan asks that."""
    file, scenario = file_of(PROBLEM, ROSTER), ill((week.FIRST_NIGHT, 1, 2), now=1)
    cell = week.OTHER, date_of(1)
    for begun, asks in (((), True), ((cell,), False)):
        (plan,) = plans_of(file, scenario, SearchLimits(), 1, begun=begun)
        changed = {(one.staff, one.date) for one in plan.changes}
        assert (cell in changed) is asks

"""Every single absence: outcomes known by hand, and against planning from scratch."""

from __future__ import annotations

import json
import random
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scheduler.audit import audit
from scheduler.audit.findings import LAW, Tolerated
from scheduler.cli.app import main
from scheduler.constraints.language.scope import total_of
from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.errors import Exit
from scheduler.domain.scenario import Absence, Scenario
from scheduler.files.rosters import write_roster
from scheduler.model import build
from scheduler.rulebook import load
from scheduler.solver.budgets import Budgets, DisruptionBudget, WorkerBudget
from scheduler.solver.executors import Workers, local
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.baseline import Baseline
from scheduler.whatif import replan
from scheduler.whatif.resilience import Absences, Judge, cases, resilience
from scheduler.wording.resilience import percent_text, sign, singles_text
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)
from tests.support.impossible import AT_HOME, DAY, DAY_MINUTES, NIGHT, date_of
from tests.support.tasks import killed
from tests.support.thorough import first_of
from tests.support.workers import Here
from tests.whatif.test_substitutes import random_month

if TYPE_CHECKING:
    import datetime as dt
    from concurrent.futures import Future
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

ONE_THREAD = SearchLimits(60, workers=1)


def month(*staff: StaffMember, days: int = 3, overnight: Any = 0, **f: Any) -> Problem:
    """Make an office in which one 日 of five hours a date is what law asks for.

    A night needs somebody awake and somebody on call if guests stay.
    """
    period = make_period(days)
    return make_problem(
        staff,
        period=period,
        shifts=[DAY, NIGHT],
        office=make_office(
            contact_system=True,
            night_band="13:00-32:00",
            full_time_day=DAY_MINUTES,
            standby=AT_HOME,
        ),
        forecast=make_forecast(period, 0, overnight),
        **f,
    )


def by_day(name: str, **fields: Any) -> StaffMember:
    return make_staff(name, **{"shifts": ["日"], "on_call": False, **fields})


def drop_out(
    problem: Problem,
    grid: str,
    name: str,
    day: int,
    *,
    plan: str = "",
    limits: SearchLimits = ONE_THREAD,
) -> Dropout:
    """Ask what follows if somebody does not come on a day of a roster drawn as text."""
    roster = make_roster(problem, grid)
    made = make_roster(problem, plan) if plan else roster
    order = of_all(problem, made, roster)
    every = cases(problem, roster, order.first)
    [case] = [one for one in every if one == (name, date_of(day))]
    return Judge(order).judge(*case, Search(limits))


def of_all(problem: Problem, made: Roster, roster: Roster) -> Absences:
    first = problem.period.first
    return Absences(problem=problem, made=made, roster=roster, first=first)


def limits_of(one: Dropout) -> set[tuple[str, str]]:
    return {(finding.rule, finding.facet) for finding in one.remaining}


def new_cells(one: Dropout) -> set[tuple[str, int, str]]:
    return {
        (change.staff, (change.date - FIRST).days, change.after.shift or "休")
        for change in one.changes
        if change.after is not None
    }


# -- outcomes known by hand, on both sides of each edge -------------------------------


def test_covered_where_another_is_there() -> None:
    one = drop_out(month(by_day("A"), by_day("B")), "A 日休休\nB 日日日", "A", 0)
    assert (one.outcome, one.shift, one.on_call) == (Outcome.COVERED, "日", False)
    assert not one.changes
    assert not one.breaches
    assert sign(one) == "○"


def test_repairable_where_another_can_come() -> None:
    one = drop_out(month(by_day("A"), by_day("B")), "A 日休休\nB 休日日", "A", 0)
    assert one.outcome is Outcome.REPAIRABLE
    assert one.is_least
    assert one.asked == ("B",)
    assert new_cells(one) == {("B", 0, "日")}
    assert sign(one) == "1"
    alone = {(found.rule, found.facet) for found in one.breaches}
    assert {("A-04", "presence"), ("A-03", "daily")} <= alone


@pytest.mark.parametrize(("days_off", "cells"), [(0, 1), (1, 3)])
def test_contracts_are_kept_while_they_can_be(days_off: int, cells: int) -> None:
    """With one day off owed, B comes today if A comes tomorrow instead.

    Who is absent today is then asked as well.
    """
    staff = by_day("A"), by_day("B", days_off_min=days_off)
    one = drop_out(month(*staff), "A 日休休\nB 休日日", "A", 0)
    assert one.outcome is Outcome.REPAIRABLE
    assert one.asked == (("A", "B") if days_off else ("B",))
    assert len(one.changes) == cells


@pytest.mark.parametrize(
    ("days_off", "outcome"), [(0, Outcome.REPAIRABLE), (1, Outcome.STRAINED)]
)
def test_strained_where_only_a_contract_gives_way(
    days_off: int, outcome: Outcome
) -> None:
    """A is owed both other days off, so B's last one is all there is."""
    staff = by_day("A", days_off_min=2), by_day("B", days_off_min=days_off)
    one = drop_out(month(*staff), "A 日休休\nB 休日日", "A", 0)
    assert one.outcome is outcome
    assert one.asked == ("B",)
    if outcome is Outcome.STRAINED:
        assert limits_of(one) == {("L-02", "days_off")}
        assert sign(one) == "△"


@pytest.mark.parametrize(
    ("shifts", "outcome"),
    [(["日", "夜"], Outcome.REPAIRABLE), (["夜"], Outcome.FATAL)],
)
def test_fatal_where_nobody_else_may(shifts: list[str], outcome: Outcome) -> None:
    problem = month(by_day("A"), by_day("B", shifts=shifts))
    one = drop_out(problem, "A 日日日\nB 休休休", "A", 1)
    assert one.outcome is outcome
    if outcome is Outcome.FATAL:
        assert limits_of(one) == {("A-04", "presence"), ("A-03", "daily")}
        presence = next(found for found in one.remaining if found.rule == "A-04")
        assert presence.amount == DAY_MINUTES
        assert presence.begin is not None
        assert presence.end is not None
        assert f"{presence.begin:%d %H:%M}-{presence.end:%H:%M}" == "02 08:00-13:00"
        assert not one.changes
        assert sign(one) == "×"


@pytest.mark.parametrize(
    ("row", "outcome"), [("休休休", Outcome.REPAIRABLE), ("休有休", Outcome.FATAL)]
)
def test_nobody_is_called_back_from_leave(row: str, outcome: Outcome) -> None:
    problem = month(by_day("A"), by_day("B"))
    assert drop_out(problem, f"A 日日日\nB {row}", "A", 1).outcome is outcome


@pytest.mark.parametrize(
    ("row", "outcome"), [("休休休", Outcome.REPAIRABLE), ("夜明休", Outcome.FATAL)]
)
def test_what_was_before_is_past(row: str, outcome: Outcome) -> None:
    """Whoever passed the night cannot come, and the night cannot be undone."""
    problem = month(by_day("A"), by_day("B", shifts=["日", "夜"]))
    assert drop_out(problem, f"A 日日日\nB {row}", "A", 1).outcome is outcome


@pytest.mark.parametrize(
    ("takes_calls", "outcome"), [(True, Outcome.REPAIRABLE), (False, Outcome.FATAL)]
)
def test_on_call_and_nothing_else(takes_calls: bool, outcome: Outcome) -> None:
    """A has the day off and the night on call; guests stay, so somebody has to."""
    problem = month(
        by_day("A", on_call=True),
        by_day("B", on_call=takes_calls),
        by_day("N", shifts=["夜"]),
        overnight=[1, 0, 0],
    )
    grid = "A 休日日\nB 日休休\nN 夜明休\n宿 A--"
    one = drop_out(problem, grid, "A", 0)
    assert (one.outcome, one.shift, one.on_call) == (outcome, None, True)
    if outcome is Outcome.REPAIRABLE:
        [change] = one.changes
        assert (change.staff, change.on_call) == ("B", True)
    else:
        assert limits_of(one) == {("A-06", "on_call")}


def test_a_night_that_is_not_worked_leaves_no_morning() -> None:
    """The other night worker takes it; what follows for the absent one is no change."""
    night = [by_day(name, shifts=["夜"], nights_min=1) for name in ("M", "N")]
    guests = [1, 0, 0, 1, 0, 0, 0]
    problem = month(by_day("A", on_call=True), *night, overnight=guests, days=7)
    grid = "A 日日日日日日休\nM 夜明休休休休休\nN 休休休夜明休休\n宿 A--A---"
    one = drop_out(problem, grid, "M", 0)
    # One night is missing of M's contract, and that is nobody's to mend.
    assert one.outcome is Outcome.REPAIRABLE
    assert one.asked == ("N",)
    assert {change.staff for change in one.changes} == {"N"}
    assert len(one.changes) == 2


def test_pins_of_whoever_is_absent_hold_nobody() -> None:
    pins = {"duties": [{"staff": "A", "date": FIRST, "shift": "日"}]}
    problem = month(by_day("A"), by_day("B"), pins=pins)
    one = drop_out(problem, "A 日休休\nB 休日日", "A", 0)
    assert one.outcome is Outcome.REPAIRABLE


@pytest.mark.parametrize(
    ("plan", "outcome"),
    [("B 休休休", Outcome.REPAIRABLE), ("B 日休休", Outcome.FATAL)],
)
def test_what_was_changed_by_hand_stays(plan: str, outcome: Outcome) -> None:
    """B was given the day off by hand."""
    problem = month(by_day("A"), by_day("B"))
    rows = "A 日日日\n"
    one = drop_out(problem, rows + "B 休休休", "A", 0, plan=rows + plan)
    assert one.outcome is outcome


def test_what_was_broken_before_does_not_count() -> None:
    """Nobody is there on the last date anyway; that date, nobody is missed."""
    problem = month(by_day("A"), by_day("B"))
    one = drop_out(problem, "A 日日休\nB 日日休", "A", 0)
    assert one.outcome is Outcome.COVERED


def test_an_empty_cell_is_a_day_off() -> None:
    problem = month(by_day("A"), by_day("B"))
    one = drop_out(problem, "A 日日日\nB 休??", "A", 0)
    assert one.outcome is Outcome.REPAIRABLE
    assert new_cells(one) == {("B", 0, "日")}


@pytest.mark.parametrize(
    ("row", "outcome"), [("日休休", Outcome.COVERED), ("休休休", Outcome.UNDECIDED)]
)
def test_undecided_without_time(row: str, outcome: Outcome) -> None:
    """What needs no search is told all the same."""
    problem = month(by_day("A"), by_day("B"))
    grid = f"A 日日日\nB {row}"
    one = drop_out(problem, grid, "A", 0, limits=SearchLimits(0, workers=1))
    assert one.outcome is outcome
    assert one.is_least == (outcome is Outcome.COVERED)


@pytest.mark.parametrize("few", [0, 1, 3])
def test_fewest_are_asked_over_all_dates(few: int) -> None:
    """Around the absence A takes what B gives back; ten days later nobody has to."""
    staff = by_day("A"), by_day("B", days_off_min=10), by_day("C", days_off_min=9)
    grid = """
        A 日日日休日休休日休日日日
        B 休休休日休休休休休休日休
        C 休休休休休日日休日休休休
    """
    budgets = Budgets(disruption=DisruptionBudget(few=few))
    limits = SearchLimits(60, workers=1, budgets=budgets)
    one = drop_out(month(*staff, days=12), grid, "A", 0, limits=limits)
    assert (one.outcome, one.asked) == (Outcome.REPAIRABLE, ("B",))
    assert one.is_least
    assert new_cells(one) == {("B", 0, "日"), ("B", 10, "休")}


# -- against planning and solving from scratch -------------------------------------


def from_scratch(
    problem: Problem, roster: Roster, one: Dropout
) -> tuple[bool, int | None]:
    """Plan the absence as `whatif` does.

    Tell whether contracts give way, and how many people are asked if none do.
    """
    absence = Absence(staff=one.staff, first=one.date, last=one.date)
    scenario = Scenario(now=one.date, absences=(absence,))
    plan = next(replan(problem, roster, scenario, SearchLimits(60, 2), most=1))
    assert plan.is_legal, one
    standard = Tolerated(load(problem.period), audit(problem, roster))
    beyond = standard.beyond(plan.findings)
    if any(found.people != (one.staff,) for found in beyond):
        return True, None
    return False, len(plan.disturbed) if plan.is_least else None


@pytest.mark.parametrize("seed", first_of(range(5), 2))
def test_entries_agree_with_planning_from_scratch(seed: int) -> None:
    rnd = random.Random(seed)
    problem, roster = random_month(rnd)
    every = tuple(cases(problem, roster, problem.period.first))
    judge = Judge(of_all(problem, roster, roster))
    for case in rnd.sample(every, 4):
        one = judge.judge(*case, Search(ONE_THREAD))
        assert law_can_be_kept(problem, roster, one) == (
            one.outcome is not Outcome.FATAL
        ), one
        if one.outcome is Outcome.FATAL:
            continue
        is_strained, asked = from_scratch(problem, roster, one)
        assert is_strained == (one.outcome is Outcome.STRAINED), one
        if asked is not None and one.is_least:
            assert len(one.asked) == asked, one


def law_can_be_kept(problem: Problem, roster: Roster, one: Dropout) -> bool:
    """Ask a model made for this absence alone, whoever may be asked for whatever."""
    absence = Absence(staff=one.staff, first=one.date, last=one.date)
    scenario = Scenario(now=one.date, absences=(absence,))
    now = scenario.applied_to(problem, roster)
    standard = Tolerated(load(problem.period), audit(problem, roster))
    model = build(now)
    stands = Baseline(model, roster, one.date)
    stands.hold_past(model.cp)
    stands.hold_absent(model.cp, scenario.absences)
    for spot, facet, terms in model.spots():
        if facet.stance in LAW:
            model.cp.add(total_of(terms) <= standard.allowed(spot))
    found = Search(SearchLimits(30, 2)).run(model.cp, 30)
    assert found.values or found.is_impossible
    return bool(found.values)


# -- handed out to processes -------------------------------------------------------


@cache
def every_outcome() -> tuple[Problem, Roster]:
    """Make a month in which every outcome but undecided comes up.

    All but D have just the days off that they are owed, and D leaves after the first
    date; B alone takes nights on call, N alone passes nights.
    """
    problem = month(
        by_day("A", days_off_min=3),
        by_day("B", days_off_min=2, on_call=True),
        by_day("C", days_off_min=4),
        by_day("D", employed={"last": FIRST}),
        by_day("N", shifts=["夜"]),
        overnight=[0, 1, 0, 0, 0],
        days=5,
    )
    grid = (
        "A 日日休休休\nB 休日休日日\nC 休休日休休\nD 休・・・・\nN 休夜明休休\n宿 -B---"
    )
    return problem, make_roster(problem, grid)


KNOWN = {
    ("A", 0): "1",
    ("A", 1): "○",
    ("B", 1): "×",
    ("B", 3): "△",
    ("B", 4): "△",
    ("C", 2): "△",
    ("N", 1): "×",
}
"""How each absence of that month ends, by person and day."""


@cache
def judged_here() -> Resilience:
    """Judge it in this process."""
    return the_map(every_outcome(), Here())


@pytest.fixture
def some() -> tuple[Problem, Roster]:
    return every_outcome()


@pytest.fixture
def known() -> Resilience:
    return judged_here()


def the_map(
    some: tuple[Problem, Roster], workers: Workers, **options: Any
) -> Resilience:
    problem, roster = some
    return resilience(of_all(problem, roster, roster), workers, **options)


def test_two_processes_find_what_one_finds(
    some: tuple[Problem, Roster], known: Resilience
) -> None:
    told: list[tuple[int, int]] = []
    with local(2) as workers:
        again = the_map(some, workers, on_judged=lambda *done: told.append(done))
    assert again == known
    found = {
        (name, (date - FIRST).days): sign(one)
        for (name, date), one in known.by_cell.items()
    }
    assert found == KNOWN
    assert list(found) == list(KNOWN)
    assert told[-1] == (len(KNOWN), len(KNOWN))
    assert told == sorted(set(told))


def test_the_score_counts_what_can_be_kept(known: Resilience) -> None:
    assert known.score == 100 * 5 / 7
    assert percent_text(known) == "71.4"
    single = [(one.staff, one.date) for one in known.single_points]
    assert single == [("B", date_of(1)), ("N", date_of(1))]
    assert known.of("B").score == 100 * 2 / 3
    assert known.on(date_of(1)).count(Outcome.FATAL, Outcome.COVERED) == 3


def test_only_what_is_whole_is_a_hundred() -> None:
    """Of 2000 absences one is fatal: 99.95, which no rounding may hide."""
    fine = [dropout(Outcome.COVERED)] * 1999
    assert percent_text(Resilience((*fine, dropout(Outcome.FATAL)))) == "99.9"
    assert percent_text(Resilience((*fine, dropout(Outcome.UNDECIDED)))) == "99.9"
    assert percent_text(Resilience(tuple(fine))) == "100"
    assert percent_text(Resilience(())) == "100"


def test_what_is_undecided_is_not_called_safe() -> None:
    fine, unknown = dropout(Outcome.COVERED), dropout(Outcome.UNDECIDED)
    assert "ありません" in singles_text(Resilience((fine,)))
    assert singles_text(Resilience((fine, unknown, unknown))) == (
        "代わりのいない勤務：今のところ見つかっていません。判定できないもの2件。"
    )


def dropout(outcome: Outcome) -> Dropout:
    return Dropout.model_validate({"staff": "A", "date": FIRST, "outcome": outcome})


def test_stopped_before_it_began(some: tuple[Problem, Roster]) -> None:
    """Every absence has its entry all the same."""
    stop = threading.Event()
    stop.set()
    with local(1) as workers:
        found = the_map(some, workers, stop=stop)
    assert set(found.by_cell) == set(cases(*some, FIRST))
    assert {one.outcome for one in found.dropouts} == {Outcome.UNDECIDED}


class Deadly(Workers):
    """Workers whose task of the last date kills its process each time."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        _order, lot = args
        is_last = any(date == date_of(4) for _name, date in lot)
        return self._workers.submit(killed if is_last else fn, *args)

    def ask_to_stop(self) -> None:
        self._workers.ask_to_stop()


def test_what_kills_its_process_leaves_the_rest(
    some: tuple[Problem, Roster], known: Resilience, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Budgets(workers=WorkerBudget(retries=0))
    monkeypatch.setattr("scheduler.solver.executors.processes.BUDGETS", once)
    with local(2) as workers:
        found = the_map(some, Deadly(workers))
    lost = [one for one in found.dropouts if one.outcome is Outcome.UNDECIDED]
    assert [(one.staff, one.date) for one in lost] == [("B", date_of(4))]
    rest = [one for one in found.dropouts if one not in lost]
    assert all(one == known.by_cell[one.staff, one.date] for one in rest)


def test_only_dates_from_the_first_one_on(some: tuple[Problem, Roster]) -> None:
    problem, roster = some
    assert {date for _name, date in cases(problem, roster, date_of(3))} == {
        date_of(3),
        date_of(4),
    }


# -- the command and its workbook --------------------------------------------------


@pytest.fixture
def roster_file(
    some: tuple[Problem, Roster], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.chdir(tmp_path)
    problem, roster = some
    return write_roster(
        tmp_path / "month.xlsx", problem, roster, audit(problem, roster)
    )


def test_the_command_writes_the_map(
    roster_file: Path,
    some: tuple[Problem, Roster],
    known: Resilience,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ["--json", "resilience", str(roster_file), "--processes", "1"]
    assert main(line) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["score"] == known.score
    assert told["counts"] == {outcome: known.count(outcome) for outcome in Outcome}
    assert [one["outcome"] for one in told["absences"]] == [
        one.outcome.value for one in known.dropouts
    ]
    book = openpyxl.load_workbook(told["path"])
    assert told["path"].endswith("month-欠勤マップ.xlsx")
    titles = book.sheetnames[:3]
    assert titles == ["欠勤マップ", "代わりのいない勤務", "頼む人"]
    assert signs(book[titles[0]], some[0]) == {
        case: sign(one) for case, one in known.by_cell.items()
    }
    single, asked = (
        {str(cell.value) for row in book[title].iter_rows() for cell in row}
        for title in titles[1:]
    )
    assert {"B", "N", "ほかにいない", "1月2日"} - single == {"1月2日"}
    assert "12月2日(水) 13:00-翌8:00" in single
    assert "D：12月1日(火) 公休 → 日 8:00-13:00" in asked


def signs(sheet: Any, problem: Problem) -> dict[tuple[str, dt.date], str]:
    """Read the map back, by names and dates."""
    rows = list(sheet.iter_rows())
    heads = next(row for row in rows if "氏名" in [cell.value for cell in row])
    dates = {
        cell.column: cell.value.date() for cell in heads if hasattr(cell.value, "date")
    }
    assert set(dates.values()) == set(problem.period.dates)
    staff = {member.name for member in problem.staff}
    return {
        (row[1].value, dates[cell.column]): str(cell.value)
        for row in rows
        if row[1].value in staff
        for cell in row
        if cell.column in dates and cell.value is not None
    }


def test_the_command_on_the_terminal(
    roster_file: Path, known: Resilience, capsys: pytest.CaptureFixture[str]
) -> None:
    """The score and each single point with rule and time; only dates asked for."""
    line = ["resilience", str(roster_file), "--processes", "1", "--from", "12/2"]
    assert main(line) == Exit.DONE
    told = capsys.readouterr()
    assert "強さ：66.6%。1人・1日の欠勤6件のうち、4件で" in told.out
    assert told.out.count("\n× ") == len(known.single_points)
    assert "× 12月2日(水) N 夜 13:00-翌8:00" in told.out
    assert "ほかにできる人: ほかにいない" in told.out
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--from", "13/40"], "--from"),
        (["--from", "2027-03-01"], "2027"),
        (["-o", "map.json"], ".xlsx"),
        (["-o", "month.xlsx"], "month.xlsx"),
        (["--dask", "tcp://127.0.0.1:9", "--processes", "2"], "--dask"),
    ],
)
def test_wrong_use(
    roster_file: Path,
    options: list[str],
    text: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = roster_file.read_bytes()
    assert main(["resilience", str(roster_file), *options]) == Exit.WRONG_USE
    told = capsys.readouterr().err
    assert text in told
    assert "Traceback" not in told
    assert roster_file.read_bytes() == before
    assert list(roster_file.parent.iterdir()) == [roster_file]

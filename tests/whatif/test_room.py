"""Room for guests: held against the audit of each changed month, one by one."""

from __future__ import annotations

import itertools
import json
import random
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import CHECKS, audit
from scheduler.audit.case import RuleCase
from scheduler.audit.figures.more_guests import (
    MOST_COUNTED,
    READ_BY,
    as_it_stands,
)
from scheduler.audit.findings import ALL, Tolerated
from scheduler.audit.timeline import Timeline
from scheduler.cli.app import main
from scheduler.domain.errors import Exit
from scheduler.domain.forecast import ForecastDay, Service
from scheduler.domain.office import HouseRatio
from scheduler.domain.plan import Room
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import changes
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.rosters import read_roster, write_roster
from scheduler.rulebook import rules_of
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.room import Asking, RoomOrder
from scheduler.wording.substitutes import guideline_text
from tests.rules.test_agreement import with_agreements
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.fixing import any_allowed
from tests.support.programs import PYTHON, run
from tests.support.thorough import first_of, many
from tests.support.worlds import a_problem, disturbed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

CAPACITIES = {Service.DAY_USE: "day_use", Service.OVERNIGHT: "overnight"}


@cache
def draw(seed: int) -> tuple[Problem, Roster]:
    """Draw an office and any roster, on some of whose breaches people have agreed."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    roster = disturbed(rnd, problem, any_allowed(problem, seed=rnd.randint(0, 10_000)))
    if rnd.random() < 0.3:
        problem = with_agreements(rnd, problem, roster)
    return problem, roster


def by_brute_force(
    problem: Problem,
    roster: Roster,
    before: Iterable[Finding],
    date: dt.date,
    service: Service,
) -> Room:
    """Count by whole audits alone; ``before`` is that of the month as it is."""
    standard = Tolerated(rules_of(problem), before)
    day = problem.forecast_by_date[date]
    known = getattr(day, service)
    known = 1 if known is None else known
    places = known + MOST_COUNTED
    if service in CAPACITIES:
        places = getattr(problem.office.capacity, CAPACITIES[service])
    more, stopped_by = 0, tuple[Any, ...]()
    passed = below_guideline(before)
    guided = []
    while known + more < places and not stopped_by:
        other = day.model_copy(update={service.value: known + more + 1})
        found = audit(problem.with_more(days=[other]), roster)
        stopped_by = standard.beyond(found)
        more += not stopped_by
        guided.append(not stopped_by and below_guideline(found) <= passed)
    until = len(list(itertools.takewhile(bool, guided)))
    is_guideline = problem.office.settings.house_ratio is HouseRatio.GUIDELINE
    return Room(
        date=date,
        service=service,
        expected=known,
        as_it_stands=more,
        until_guideline=until if is_guideline else None,
        full=not stopped_by and service in CAPACITIES,
        stopped_by=stopped_by,
    )


def below_guideline(found: Iterable[Finding]) -> int:
    return sum(
        one.amount for one in found if (one.rule, one.facet) == ("K-01", "guideline")
    )


def in_order(room: Room) -> tuple[Room, list[Finding]]:
    stopped_by = sorted(room.stopped_by, key=repr)
    return room.model_copy(update={"stopped_by": ()}), stopped_by


@pytest.mark.parametrize("seed", first_of(range(25), 3))
def test_it_is_what_the_audit_of_each_changed_month_says(seed: int) -> None:
    """Number by number, with what stops the next guest to the finding."""
    problem, roster = draw(seed)
    before = audit(problem, roster)
    rooms = as_it_stands(problem, roster, before)
    assert len(rooms) == problem.period.days * len(Service)
    for room in random.Random(seed).sample(rooms, 6):
        brute = by_brute_force(problem, roster, before, room.date, room.service)
        assert in_order(room) == in_order(brute)


class _Wired(ForecastDay):
    """A day that remembers which of its fields were read."""

    def __getattribute__(self, name: str) -> Any:
        if name in READ_BY:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()


@pytest.mark.parametrize("months", [6, many(60)])
def test_which_checks_read_what_is_expected(months: int) -> None:
    """No check of law, a must or a contract reads more than `READ_BY` says.

    Only many months make every check read all that it may.
    """
    found: dict[str, set[str]] = {field: set() for field in READ_BY}
    for seed in range(months):
        problem, roster = draw(seed)
        days = tuple(
            _Wired.model_construct(**dict(day)) for day in problem.forecast.days
        )
        forecast = problem.forecast.model_copy(update={"days": days})
        wired = problem.model_copy(update={"forecast": forecast})
        rulebook = rules_of(problem)
        for rule_id, check in CHECKS.items():
            rule = rulebook[rule_id]
            if not rule.is_for(rulebook.kind):
                continue
            READ.clear()
            timeline = Timeline(wired, roster, rulebook)
            list(check(RuleCase(timeline, wired, rule)))
            if any(facet.stance in ALL for facet in rule.facet.values()):
                for field in READ:
                    found[field].add(rule_id)
    expected = {field: set(rules) for field, rules in READ_BY.items()}
    assert all(found[field] <= expected[field] for field in READ_BY)
    if months >= 60:
        assert found == expected


# -- with changes -------------------------------------------------------------------


def every_roster(problem: Problem, roster: Roster, cells: int) -> list[Roster]:
    """Return every roster with so many cells changed at most, and any breaks."""
    options = {
        (member.name, date): list(every_duty(problem, member, date))
        for member in problem.staff
        for date in problem.period.dates
    }
    found = {
        one.duties: one
        for some in itertools.combinations(options, cells)
        for duties in itertools.product(*(options[cell] for cell in some))
        for one in every_break(
            problem, {**roster.by_cell, **dict(zip(some, duties, strict=True))}
        )
    }
    return list(found.values())


def every_duty(problem: Problem, member: StaffMember, date: dt.date) -> Iterator[Duty]:
    yield Duty(staff=member.name, date=date, off=OffKind.DAY_OFF)
    for symbol in member.shifts:
        shift = problem.shift_by_symbol[symbol]
        yield Duty(
            staff=member.name,
            date=date,
            shift=symbol,
            roles=(member.roles[0],) * len(shift.segments),
            breaks=shift.break_options[0],
        )


def every_break(problem: Problem, cells: Any) -> Iterator[Roster]:
    offered = [
        problem.shift_by_symbol[duty.shift].break_options
        if duty.shift
        else [duty.breaks]
        for duty in cells.values()
    ]
    for breaks in itertools.product(*offered):
        yield RosterRecord(
            duties=tuple(
                duty.model_copy(update={"breaks": taken})
                for duty, taken in zip(cells.values(), breaks, strict=True)
            )
        )


def small(rnd: random.Random) -> tuple[Problem, Roster]:
    """Make three people over two dates, none of whom works at night, and any roster."""
    shifts = (
        make_shift("早", "7:00-15:00", ["11:00-12:00", "12:00-13:00"]),
        make_shift("遅", "13:00-21:00", ["16:00-17:00"]),
        make_shift("短", "9:00-13:00", []),
    )
    period = make_period(2)
    rows = ["".join(rnd.choice("早早遅遅短休") for _ in period.dates) for _ in "ABC"]
    problem = make_problem(
        [
            make_staff("A", shifts=["早", "遅"], minutes_max=rnd.choice([480, 960])),
            make_staff("B", shifts=["早", "遅", "短"]),
            make_staff("C", shifts=["遅", "短"], days_off_min=rnd.choice([0, 1])),
        ],
        period=period,
        shifts=shifts,
        office=make_office(
            night_band="21:00-31:00",
            contact_system=True,
            users_reading="forecast",
            staffing_reading=rnd.choice(["daily", "monthly"]),
            full_time_day=240,
            full_time_month=rnd.choice([300, 600]),
            capacity={"registered": 12, "day_use": 7, "overnight": 4},
        ),
        forecast=make_forecast(period, rnd.randint(0, 4), 1, rnd.randint(0, 1)),
    )
    rows_text = "\n".join(
        f"{name} {row}" for name, row in zip("ABC", rows, strict=True)
    )
    return problem, make_roster(problem, rows_text)


@pytest.mark.parametrize(
    ("seed", "cells"),
    first_of([(0, 1), (0, 2), *((seed, 1) for seed in range(1, 8)), (3, 2), (5, 2)], 2),
)
def test_ways_are_what_trying_all_changes_finds(seed: int, cells: int) -> None:
    """The fewest people, then the fewest cells; none where none is found."""
    rnd = random.Random(seed)
    problem, roster = small(rnd)
    found = audit(problem, roster)
    standard = Tolerated(rules_of(problem), found)
    rooms = as_it_stands(problem, roster, found)
    asking = asking_of(problem, roster, roster, rooms, cells)
    tried = [
        (asked_for(problem, roster, one), one)
        for one in every_roster(problem, roster, cells)
    ]
    tried.sort(key=itemgetter(0))
    for room in rnd.sample([one for one in rooms if one.stopped_by], 3 - cells):
        answer = asking.ask(room, Search(SearchLimits(60, workers=1)))
        for way in answer.ways:
            least = first_carrying(problem, standard, room, way.more, tried)
            assert (len(way.asked), len(way.changes)) == least
        next_one = answer.with_changes + 1
        if len(answer.ways) == BUDGETS.room.beyond:
            assert not answer.is_certain
        elif room.expected + next_one <= PLACES[room.service]:
            assert answer.is_certain
            assert not first_carrying(problem, standard, room, next_one, tried)


def asking_of(
    problem: Problem, made: Roster, roster: Roster, rooms: Sequence[Room], cells: int
) -> Asking:
    asked = {"rooms": rooms, "changes": cells, "now": problem.period.first}
    return Asking(RoomOrder(problem=problem, made=made, roster=roster, **asked))


def first_carrying(
    problem: Problem, standard: Tolerated, room: Room, more: int, tried: Any
) -> Any:
    """Return whom and how much the first roster asks that carries so many more."""
    number = {room.service.value: room.expected + more}
    day = problem.forecast_by_date[room.date].model_copy(update=number)
    changed = problem.with_more(days=[day])
    kept = (key for key, one in tried if not standard.beyond(audit(changed, one)))
    return next(kept, None)


PLACES = {Service.DAY_USE: 7, Service.OVERNIGHT: 4, Service.VISIT: 99}
"""Of the small office."""


def asked_for(problem: Problem, before: Roster, after: Roster) -> tuple[int, int]:
    changed = list(changes(problem, before, after))
    return len({change.staff for change in changed}), len(changed)


# -- the limits, on both sides ------------------------------------------------------


def three(symbols: str, ratio: str = "must", **forecast: Any) -> tuple[Problem, Roster]:
    """Make three people on one day shift each, over one date of so many guests."""
    shift = make_shift("日", "7:00-12:30", [])
    period = make_period(1)
    problem = make_problem(
        [make_staff(name, shifts=["日"]) for name in "ABC"],
        period=period,
        shifts=(shift,),
        office=make_office(
            night_band="12:30-31:00",
            contact_system=True,
            users_reading="forecast",
            full_time_day=60,
            house_ratio=ratio,
            capacity={"registered": 12, "day_use": 6, "overnight": 4},
        ),
        forecast=make_forecast(period, 1, 0, 0, **forecast),
    )
    grid = [f"{name} {one}" for name, one in zip("ABC", symbols, strict=True)]
    return problem, make_roster(problem, "\n".join(grid))


def of_day_use(problem: Problem, roster: Roster, cells: int | None = None) -> Room:
    rooms = as_it_stands(problem, roster, audit(problem, roster))
    [room] = [one for one in rooms if one.service is Service.DAY_USE]
    if cells is None:
        return room
    asking = asking_of(problem, roster, roster, rooms, cells)
    return asking.ask(room, Search(SearchLimits(60, workers=1)))


def test_one_in_the_house_is_enough_for_three() -> None:
    room = of_day_use(*three("日休休"))
    assert (room.expected, room.as_it_stands, room.full) == (1, 2, False)
    assert {finding.rule for finding in room.stopped_by} == {"K-01"}


def test_the_capacity_ends_it() -> None:
    room = of_day_use(*three("日日日"))
    assert (room.as_it_stands, room.full, room.stopped_by) == (5, True, ())


def test_a_second_person_makes_room_up_to_the_capacity() -> None:
    room = of_day_use(*three("日休休"), cells=1)
    assert [way.more for way in room.ways] == [3, 4, 5]
    assert all(len(way.asked) == len(way.changes) == 1 for way in room.ways)
    assert room.is_certain


def test_no_cell_may_change() -> None:
    room = of_day_use(*three("日休休"), cells=0)
    assert (room.ways, room.is_certain) == ((), True)


def test_cells_changed_by_hand_stay() -> None:
    """B was given the date off by hand: only C can be asked."""
    problem, roster = three("日休休")
    plan = make_roster(problem, "A 日\nB 日\nC 休")
    rooms = as_it_stands(problem, roster, audit(problem, roster))
    asking = asking_of(problem, plan, roster, rooms, 1)
    room = asking.ask(rooms[0], Search(SearchLimits(60, workers=1)))
    assert {way.asked for way in room.ways} == {("C",)}


def test_an_empty_cell_stays_a_day_off() -> None:
    problem, roster = three("日休休")
    roster = roster.model_copy(update={"duties": roster.duties[:2]})
    room = of_day_use(problem, roster, cells=1)
    assert all(len(way.changes) == 1 for way in room.ways)
    assert [way.more for way in room.ways] == [3, 4, 5]


def test_visits_have_no_capacity() -> None:
    """No profile of visits: nobody is out, and counting ends at nine."""
    problem, roster = three("日休休")
    rooms = as_it_stands(problem, roster, audit(problem, roster))
    [room] = [one for one in rooms if one.service is Service.VISIT]
    assert (room.as_it_stands, room.is_open, room.full) == (MOST_COUNTED, True, False)


@pytest.mark.parametrize(
    ("symbols", "more", "until", "told"),
    [("日休休", 5, 2, "目安は+2まで"), ("日日休", 5, 5, ""), ("休休休", 2, 2, "")],
)
def test_a_guideline_stops_nobody_and_is_told(
    symbols: str, more: int, until: int, told: str
) -> None:
    """One at work is enough for three in the house, two for all six there are places.

    With nobody at work one is missing for up to three, by the clock and by hours; the
    fourth would make it two.
    """
    room = of_day_use(*three(symbols, "guideline"))
    assert (room.as_it_stands, room.until_guideline) == (more, until)
    assert guideline_text(room) == told


def test_the_first_guest_may_be_beyond_the_guideline() -> None:
    """Three are expected and one is at work: a fourth is one too many for one."""
    problem, roster = three("日休休", "guideline")
    day = problem.forecast.days[0].model_copy(update={"day_users": 3})
    room = of_day_use(problem.with_more(days=[day]), roster)
    assert (room.as_it_stands, room.until_guideline) == (3, 0)
    assert guideline_text(room) == "1人目から目安を超過"


def test_a_must_has_no_guideline() -> None:
    assert of_day_use(*three("日休休")).until_guideline is None


# -- the command and the sheets -----------------------------------------------------


@pytest.fixture
def written(tmp_path: Path) -> Path:
    problem, roster = three("日休休")
    return write_roster(tmp_path / "r.xlsx", problem, roster, audit(problem, roster))


def cells_of(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


def test_the_roster_says_it_below_the_dates_and_on_a_page(written: Path) -> None:
    below = {row[1]: row[3] for row in cells_of(written, "管理用") if row[1]}
    assert below["受け入れ余力 通い（作成時）"] == 2
    assert below["受け入れ余力 訪問（作成時）"] == "+9以上"
    assert not any("目安" in label for label in below)
    [line] = [row for row in cells_of(written, "受け入れ余力") if row[1] == 1]
    assert line[:3] == ("12月1日(火)", 1, "+2")
    assert "+9以上" in line


def test_both_sheets_say_where_the_guideline_ends(tmp_path: Path) -> None:
    problem, roster = three("日休休", "guideline")
    path = tmp_path / "r.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    below = {row[1]: row[3] for row in cells_of(path, "管理用") if row[1]}
    assert below["受け入れ余力 通い（作成時）"] == 5
    assert below["　うち目安まで: 通い"] == 2
    assert below["　うち目安まで: 訪問"] == "+9以上"
    [line] = [row for row in cells_of(path, "受け入れ余力") if row[1] == 1]
    assert line[2:4] == ("+5", "目安は+2まで／定員")


def test_what_was_written_reads_back(written: Path) -> None:
    file = read_roster(written)
    assert (file.roster, file.changed) == (three("日休休")[1], ())


def test_the_command(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two processes ask; the page has whom to ask, and JSON all of it."""
    path = tmp_path / "room.xlsx"
    given = ["room", str(written), "--changes", "1", "-o", str(path), "--json"]
    assert main(given) == 0
    told = json.loads(capsys.readouterr().out)
    assert [room["with_changes"] for room in told["rooms"]] == [5, 0, 9]
    assert told["path"] == str(path)
    rooms = [Room.model_validate(kept(room)) for room in told["rooms"]]
    # Each of two people makes room alone; either may be asked.
    assert [way.more for way in rooms[0].ways] == [3, 3, 4, 4, 5, 5]
    assert len({way.asked for way in rooms[0].ways}) == 2
    [line] = [row for row in cells_of(path, "受け入れ余力") if row[1] == 1]
    assert line[4:6] == ("+5", told["rooms"][0]["ways"][0]["asked"][0])
    ways = cells_of(path, "変更の内容")
    assert any("公休 → 日 7:00-12:30" in str(row[4]) for row in ways)


def kept(room: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in room.items() if name in Room.model_fields}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--dates", "1/32"], "日付として読めません"),
        (["--dates", "2026-11-30"], "2026-11-30"),
        (["--from", "あした"], "--from"),
        (["-o", "room.json"], ".xlsx"),
    ],
)
def test_wrong_use(
    written: Path, given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["room", str(written), *given]) == Exit.WRONG_USE
    assert told in capsys.readouterr().err


def test_counting_loads_no_solver() -> None:
    modules = "scheduler.audit.figures.more_guests, scheduler.cli.app"
    code = f"import sys, {modules}; print('ortools' in sys.modules)"
    assert run(Path(), "-c", code, program=PYTHON).out.strip() == "False"

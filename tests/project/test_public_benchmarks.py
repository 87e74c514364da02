"""Public benchmark instances: reader, evaluator and model against one another."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

from benchmarks.public.evaluator import breaches, cost
from benchmarks.public.instance import (
    BadFile,
    Cover,
    Instance,
    Person,
    Request,
    Shift,
    read_instance,
)
from benchmarks.public.model import ShiftModel

if TYPE_CHECKING:
    from benchmarks.public.evaluator import Roster

ROOT = Path(__file__).parents[2]

TEXT = """\
# Two people, a week
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,420,E|D
D,480,

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, runs, days off, weekends
A,E=3|L=0,2400,960,5,2,2,1
B,,3000,0,4,1,1,0

SECTION_DAYS_OFF
A,0,6

SECTION_SHIFT_ON_REQUESTS
A,2,E,2

SECTION_SHIFT_OFF_REQUESTS
B,3,L,5

SECTION_COVER
0,E,1,100,1
1,L,2,50,3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a good file, with the line ends that the published ones have."""
    path = tmp_path / "Tiny.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return path


def test_a_file_is_read_whole(file: Path) -> None:
    """Every field of every section arrives, a maximum left out is none."""
    instance = read_instance(file)
    assert instance.name == "Tiny"
    assert instance.days == 7
    assert instance.shifts["L"] == Shift("L", 420, frozenset("ED"))
    assert instance.people["A"] == Person(
        name="A",
        most_of={"E": 3, "L": 0, "D": 7},
        minutes=(960, 2400),
        run=(2, 5),
        fewest_off=2,
        weekends=1,
        off=frozenset({0, 6}),
    )
    assert instance.people["B"].most_of == {"E": 7, "L": 7, "D": 7}
    assert instance.on == (Request("A", 2, "E", 2),)
    assert instance.against == (Request("B", 3, "L", 5),)
    assert instance.cover == (Cover(0, "E", 1, 100, 1), Cover(1, "L", 2, 50, 3))
    assert instance.weekends == ((5, 6),)


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        ("\n7\n", "\n", "SECTION_HORIZON: one line"),
        ("\n7\n", "\n0\n", "line 3: days: a number from 1 expected, not '0'"),
        ("A,2,E,2", "A,7,E,2", "line 19: day 7 is after the horizon, 7 days"),
        ("A,2,E,2", "C,2,E,2", "line 19: no person is called 'C'"),
        ("A,2,E,2", "A,2,N,2", "line 19: no shift is called 'N'"),
        ("A,2,E,2", "A,2,E", "line 19: SECTION_SHIFT_ON_REQUESTS has 4 fields"),
        ("L,420,E|D", "L,420,E|X", "line 7: no shift is called 'X'"),
        ("B,,3000", "B,,3000.5", "line 13: a limit: a number from 0 expected"),
        ("B,,3000", "A,,3000", "line 13: A stands twice"),
        ("E=3", "E=x", "line 12: most shifts: a number from 0 expected, not 'x'"),
        ("SECTION_COVER", "SECTION_SKILLS", "SECTION_COVER is missing"),
        ("SECTION_COVER", "SECTION_SKILLS", "line 24: unknown section SECTION_SKILLS"),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, mistake: str
) -> None:
    """A single mistake is found, and told where it stands."""
    path = tmp_path / "bad.txt"
    assert before in TEXT
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadFile) as error:
        read_instance(path)
    assert any(one.startswith(mistake) for one in error.value.mistakes)


def test_the_command_tells_all_mistakes_and_no_traceback(tmp_path: Path) -> None:
    """A file of another kind ends with one message for each thing missing."""
    path = tmp_path / "other.txt"
    path.write_text("hello\n", encoding="utf-8")
    done = run_command(str(path), str(tmp_path / "none.txt"))
    assert done.returncode == 1
    assert "other.txt: line 1: a section must come first" in done.stderr
    assert "SECTION_STAFF is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_prints_a_row(file: Path) -> None:
    """The value of the tiny file is printed and proven; nothing is known of it."""
    done = run_command(str(file), "--minutes", "1", "--workers", "1")
    # L is forbidden to A, so one L lacks on day 1 (50).  All else can be had.
    assert "| Tiny | 50 | 50 |" in done.stdout, done.stdout + done.stderr


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.public", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


SHIFTS = {"E": Shift("E", 60, frozenset()), "L": Shift("L", 90, frozenset("E"))}


def person(
    name: str = "A",
    *,
    most_of: dict[str, int] | None = None,
    minutes: tuple[int, int] = (0, 9999),
    run: tuple[int, int] = (1, 99),
    fewest_off: int = 1,
    weekends: int = 9,
    off: set[int] | None = None,
) -> Person:
    most = {"E": 99, "L": 99, **(most_of or {})}
    given = frozenset(off or ())
    return Person(name, most, minutes, run, fewest_off, weekends, given)


def world(*people: Person, days: int = 7, cover: tuple[Cover, ...] = ()) -> Instance:
    by_name = {one.name: one for one in people}
    return Instance("world", days, SHIFTS, by_name, (), (), cover)


def cells(text: str) -> tuple[str, ...]:
    return tuple("" if one == "." else one for one in text)


@pytest.mark.parametrize(
    ("limits", "good", "bad", "told"),
    [
        # Successions: E may not follow L on the next day, but L may follow E.
        ({}, "..EL...", "..LE...", "E on day 3 after L"),
        ({}, "..L.E..", ".LE....", "E on day 2 after L"),
        ({"most_of": {"E": 2}}, "EE..L..", "EE..E..", "3 E, at most 2"),
        ({"most_of": {"L": 0}}, "E......", "L......", "1 L, at most 0"),
        # E is 60 minutes, L 90.
        ({"minutes": (150, 999)}, "EL.....", "EE.....", "120 minutes"),
        ({"minutes": (0, 150)}, "EL.....", "LL.....", "180 minutes"),
        # The longest run counts what stands within the horizon only.
        ({"run": (1, 3)}, "EEE.EEE", ".EEEE..", "4 days of work from day 1"),
        ({"run": (1, 3)}, "EEE....", "EEEE...", "4 days of work from day 0"),
        ({"run": (1, 3)}, "....EEE", "...EEEE", "4 days of work from day 3"),
        # The shortest runs do not bind at the borders.
        ({"run": (3, 9)}, "..EEE..", "..EE...", "2 days of work from day 2"),
        ({"run": (3, 9)}, "EE.....", ".EE....", "2 days of work from day 1"),
        ({"run": (3, 9)}, ".....EE", "....EE.", "2 days of work from day 4"),
        ({"fewest_off": 2}, "EE..EEE", "EE.EEEE", "1 days off from day 2"),
        ({"fewest_off": 2}, ".EEEEEE", "E.EEEEE", "1 days off from day 1"),
        ({"fewest_off": 2}, "EEEEEE.", "EEEEE.E", "1 days off from day 5"),
        # Day 5 is a Saturday, day 6 a Sunday; both are one weekend.
        ({"weekends": 0}, "EEEEE..", "EEEEEE.", "1 weekends, at most 0"),
        ({"weekends": 1}, ".....EE", None, ""),
        ({"off": {2}}, "EE.EE..", "EEEEE..", "E on day 2, a day off"),
    ],
)
def test_both_sides_of_each_edge(
    limits: dict[str, object], good: str, bad: str | None, told: str
) -> None:
    """A row that just keeps a limit is valid, one that just breaks it is told."""
    instance = world(person(**limits))  # type: ignore[arg-type]
    assert breaches(instance, {"A": cells(good)}) == []
    assert admits(instance, {"A": cells(good)})
    if bad is not None:
        (breach,) = breaches(instance, {"A": cells(bad)})
        assert breach.startswith(f"A: {told}")
        assert not admits(instance, {"A": cells(bad)})


def test_a_second_weekend_is_counted() -> None:
    """Two weekends of two weeks, of one and of two days, are two."""
    row = cells(".....E" + "." * 6 + "EE")
    assert breaches(world(person(weekends=2), days=14), {"A": row}) == []
    (told,) = breaches(world(person(weekends=1), days=14), {"A": row})
    assert told == "A: 2 weekends, at most 1"


def test_the_objective_by_hand() -> None:
    """Requests and cover, on both sides of what is wanted."""
    cover = (Cover(0, "E", 1, 100, 7), Cover(1, "E", 3, 10, 1), Cover(2, "L", 0, 9, 4))
    instance = replace(
        world(person("A"), person("B"), cover=cover),
        on=(Request("A", 0, "E", 2), Request("A", 1, "L", 3)),
        against=(Request("B", 1, "E", 5), Request("B", 2, "E", 8)),
    )
    roster = {"A": cells("EEL...."), "B": cells("EEL....")}
    # A wanted L on day 1: 3.  B worked E on day 1: 5.  Day 0 has one too many: 7.
    # Day 1 has one too few: 10.  Day 2 has two too many: 8.
    assert cost(instance, roster) == 3 + 5 + 7 + 10 + 8


def test_the_model_says_what_the_evaluator_says() -> None:
    """On random rosters of random instances: valid or not, and what it costs."""
    draw = random.Random(7)
    valid = 0
    for _ in range(400):
        instance = random_instance(draw, days=draw.choice([7, 9, 14]), people=1)
        roster = {name: random_row(draw, instance.days) for name in instance.people}
        is_valid = breaches(instance, roster) == []
        valid += is_valid
        assert admits(instance, roster) is is_valid, (instance, roster)
    assert 25 < valid < 375


@pytest.mark.parametrize("seed", range(6))
def test_a_tiny_instance_is_solved_like_by_enumeration(seed: int) -> None:
    """The model's optimum is the least cost of all rosters that are valid."""
    instance = random_instance(random.Random(seed), days=6, people=2)
    rows = list(product(("", "E", "L"), repeat=instance.days))
    valid = [
        [row for row in rows if not breaches(only(instance, name), {name: row})]
        for name in instance.people
    ]
    model = ShiftModel(instance)
    solver = cp_model.CpSolver()
    status = solver.solve(model.cp)
    if not all(valid):
        assert status == cp_model.INFEASIBLE
        return
    rosters = (
        dict(zip(instance.people, both, strict=True)) for both in product(*valid)
    )
    assert status == cp_model.OPTIMAL
    assert solver.objective_value == min(cost(instance, one) for one in rosters)
    values = list(solver.response_proto.solution)
    assert breaches(instance, model.roster(values)) == []
    assert cost(instance, model.roster(values)) == model.value(values)


def only(instance: Instance, name: str) -> Instance:
    return replace(instance, people={name: instance.people[name]})


def random_instance(draw: random.Random, days: int, people: int) -> Instance:
    """Return an instance whose limits bind about as often as not."""
    names = "AB"[:people]
    made = [
        person(
            name,
            most_of={"L": draw.choice([0, 2, 9])},
            minutes=(draw.choice([0, 120]), draw.choice([300, 420, 999])),
            run=draw.choice([(1, 3), (2, 4), (3, 9)]),
            fewest_off=draw.choice([1, 2, 3]),
            weekends=draw.choice([0, 1, 2]),
            off={draw.randrange(days)},
        )
        for name in names
    ]

    def requests() -> tuple[Request, ...]:
        drawn = [
            (draw.choice(names), draw.randrange(days), draw.choice("EL"))
            for _ in range(4)
        ]
        return tuple(Request(*one, draw.randint(1, 3)) for one in sorted(set(drawn)))

    cover = tuple(
        Cover(day, shift, draw.randint(0, people), draw.choice([1, 9]), 1)
        for day in range(days)
        for shift in SHIFTS
    )
    return replace(
        world(*made, days=days, cover=cover), on=requests(), against=requests()
    )


def random_row(draw: random.Random, days: int) -> tuple[str, ...]:
    """Return a row of runs of work and of days off."""
    row: list[str] = []
    while len(row) < days:
        kind = draw.choice(["", "E", "L"])
        row += [kind] * draw.randint(1, 4)
    return tuple(row[:days])


def admits(instance: Instance, roster: Roster) -> bool:
    """Return whether the model has a solution with this roster, of this cost."""
    model = ShiftModel(instance)
    for name, row in roster.items():
        for day, shift in enumerate(row):
            for one in instance.shifts:
                variable = model.x.get((name, day, one))
                if variable is not None:
                    model.cp.add(variable == (one == shift))
                elif one == shift:
                    return False
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    if status == cp_model.OPTIMAL:
        assert solver.objective_value == cost(instance, roster)
    return status == cp_model.OPTIMAL

"""Commands for a main office together with its satellite, on real files."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from scheduler.audit import audit
from scheduler.cli.app import main
from scheduler.domain.errors import Exit, OutputError
from scheduler.domain.homes import HousesFile
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.shifts import OffKind
from scheduler.files.cleanup import NAMING
from scheduler.files.houses import read_month
from scheduler.files.rosters import proof_path, read_roster, write_roster
from scheduler.files.workbook.roster.book import FIRST_DATE_COLUMN, FIRST_STAFF_ROW
from scheduler.files.workbook.write_input import write_input
from scheduler.solver.reserve_gaps import reserve_gaps
from scheduler.whatif import accepting
from tests.support.builders import FIRST, make_office, make_problem, make_staff
from tests.support.programs import called
from tests.support.tiny import STAFF, tiny_problem
from tests.support.workbooks import refuse_to_replace, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from tests.support.programs import Ended

    Shotaki = Callable[..., Ended]

MAIN, SATELLITE = "本館", "花"
SHARED = "柳 まもる"
FAST = ("--workers", "2", "--time-limit", "60")


def main_office() -> Problem:
    """Return an office of four people for whom three dates are no trouble."""
    tiny = tiny_problem()
    office = tiny.office.model_copy(update={"name": MAIN})
    return tiny.model_copy(update={"office": office})


def satellite() -> Problem:
    """Return a satellite with two people of its own, and one of the main office.

    Everybody has a day off, and two are needed on each date in both houses: whoever
    works in both does so here twice.
    """
    staff = [
        make_staff(
            "菫 ひとみ",
            roles=["planner", "care"],
            qualifications=STAFF[1]["qualifications"],
        ),
        make_staff("椿 ちよこ"),
        make_staff(SHARED, home=MAIN),
    ]
    return make_problem(
        staff,
        days=3,
        first=FIRST,
        office=make_office(
            name=SATELLITE,
            kind=OfficeKind.SATELLITE,
            left_to_main=tuple(Support),
            main_office=MAIN,
            travel=20,
            capacity={"registered": 18, "day_use": 12, "overnight": 6},
            registered=10,
            night_band="21:00-31:00",
            contact_system=True,
            users_record={"method": "previous_year", "total": 365, "days": 365},
        ),
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the rosters of both houses, made together from workbooks."""
    folder = tmp_path_factory.mktemp("houses")
    (folder / "made").mkdir()
    for name, problem in (("main", main_office()), ("flower", satellite())):
        write_input(problem, folder / f"{name}.xlsx")
    sources = [str(folder / name) for name in ("flower.xlsx", "main.xlsx")]
    first = folder / "made" / "main.xlsx"
    given = "--robust", *FAST
    assert main(["roster", *sources, "-o", str(first), *given]) == Exit.DONE
    return first, first.with_name("flower.xlsx")


def test_one_search_makes_the_rosters_of_both_houses(
    made: tuple[Path, Path],
) -> None:
    """Each workbook stands by itself: legal, with the day elsewhere as hours."""
    home, other = map(read_roster, made)
    for file in (home, other):
        assert not [f for f in audit(file.problem, file.roster) if f.stance.is_hard]
    there = [other.roster.by_cell[SHARED, d].shift for d in other.problem.period.dates]
    worked = [shift for shift in there if shift]
    assert len(worked) == 2
    here = [home.roster.by_cell[SHARED, d].shift for d in home.problem.period.dates]
    abroad = [shift for shift in here if shift and shift.startswith("花")]
    assert len(abroad) == len(worked)
    kinds = home.problem.kind_by_symbol
    assert {kinds[shift].elsewhere for shift in abroad} == {SATELLITE}


def test_a_batch_plans_houses_that_name_each_other_together(tmp_path: Path) -> None:
    """As one month, among other offices; each line, and the summary, says so.

    Made again, each begins from its own roster, and says so.
    """
    lone = satellite()
    other = {"name": "別", "main_office": "ほか", "kind": OfficeKind.SATELLITE}
    lone = lone.model_copy(
        update={
            "office": lone.office.model_copy(update=other),
            "staff": lone.home.staff,
        }
    )
    for name, problem in (
        ("flower", satellite()),
        ("lone", lone),
        ("main", main_office()),
    ):
        write_input(problem, tmp_path / f"{name}.xlsx")
    (tmp_path / "out").mkdir()
    sources = "flower.xlsx", "lone.xlsx", "main.xlsx"
    given = *sources, "-o", "out", "--time-limit", "20", "--no-advice", "--lang", "en"
    out = called(tmp_path, "batch", *given).out
    whole = read_month(tmp_path / "out" / "flower.xlsx")
    assert isinstance(whole, HousesFile)
    assert [path.name for path in whole.paths] == ["main.xlsx", "flower.xlsx"]
    assert not [f for f in audit(whole.problem, whole.roster) if f.stance.is_hard]
    assert read_roster(tmp_path / "out" / "lone.xlsx").plan.together is None
    assert "main-all houses.xlsx" in out
    book = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")
    rows = {row[1].value: row[15].value for row in book.worksheets[0].iter_rows()}
    assert rows[SATELLITE].startswith(f"Planned together with {MAIN}.")
    assert rows[MAIN].startswith(f"Planned together with {SATELLITE}.")
    assert not rows["別"] or "together" not in rows["別"]
    told = called(tmp_path, "batch", *given).err
    for name in ("main", "lone"):
        path = Path("out") / f"{name}.xlsx"
        assert f"The search begins from the roster of this month: {path}" in told
    again = read_roster(tmp_path / "out" / "flower.xlsx").plan.provenance
    assert again is not None
    assert again.begun_from == whole.plan.fingerprint


def test_a_batch_says_why_houses_with_shared_people_were_made_apart(
    tmp_path: Path,
) -> None:
    """Nobody sees to it there that who works in both is in one of them at a time."""
    own = satellite()
    office = own.office.model_copy(update={"left_to_main": ()})
    own = own.model_copy(update={"office": office})
    for name, problem in (("main", main_office()), ("flower", own)):
        write_input(problem, tmp_path / f"{name}.xlsx")
    (tmp_path / "out").mkdir()
    given = "main.xlsx", "flower.xlsx", "-o", "out", "--time-limit", "20", "--no-advice"
    out = called(tmp_path, "batch", *given).out
    (told,) = (one for one in out.splitlines() if "別々に作った" in one)
    assert told.startswith(f"- {SATELLITE}: ")
    assert f"「{MAIN}」でも働く人がいます：{SHARED}。" in told
    assert "宿直" in out


def test_a_reserve_is_looked_for_in_both_houses(made: tuple[Path, Path]) -> None:
    """Each workbook tells its own dates; together they are those of all."""
    whole = read_month(made[0])
    found = []
    for path in made:
        file = read_roster(path)
        assert file.plan.provenance is not None
        gained = file.plan.provenance.reserve
        assert gained is not None
        name = file.problem.office.name
        found += [one.model_copy(update={"house": name}) for one in gained.after]
    assert tuple(found) == reserve_gaps(whole.problem, whole.roster)


def test_a_wall_sheet_has_the_people_of_all_houses(
    made: tuple[Path, Path],
) -> None:
    wall = made[0].with_name("main-全事業所.xlsx")
    (sheet,) = openpyxl.load_workbook(wall).worksheets[:1]
    names = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {SHARED, "菫 ひとみ", "桜 かんこ"} <= names


def test_check_of_both_tells_where_they_contradict_each_other(
    made: tuple[Path, Path], shotaki: Shotaki
) -> None:
    first, second = made
    same = shotaki("--json", "check", str(first), str(second))
    assert same.code == 0, same.out
    assert json.loads(same.out)["contradictions"] == 0
    duties = read_roster(second).roster.by_cell
    date = next(
        d for (name, d), duty in duties.items() if name == SHARED and duty.shift
    )
    edited = second.with_name("edited.xlsx")
    edited.write_bytes(without_shared(second, date))
    ran = shotaki("check", str(first), str(edited))
    assert ran.code == 5, ran.out
    assert "ブックどうし" in ran.out


def without_shared(path: Path, date: dt.date) -> bytes:
    """Return the satellite's roster, who works in both typed off on a date."""
    names = [member.name for member in satellite().staff]
    column = get_column_letter(FIRST_DATE_COLUMN + (date - FIRST).days)
    cell = f"{column}{FIRST_STAFF_ROW + names.index(SHARED)}"
    return typed(path, [("管理用", cell, "休")])


def test_law_to_come_is_asked_of_both_houses(
    made: tuple[Path, Path], shotaki: Shotaki
) -> None:
    ran = shotaki("--json", "check", *map(str, made), "--as-of", "2027-04")
    told = {one["house"]: one["laws"] for one in json.loads(ran.out)["to_come"]}
    assert list(told) == [MAIN, SATELLITE]
    alone = shotaki("--json", "check", str(made[0]), "--as-of", "2027-04").out
    first, _end = json.JSONDecoder().raw_decode(alone)
    assert told[MAIN] == first["to_come"]


def test_proofs_of_both_houses_are_written_beside_their_rosters(
    made: tuple[Path, Path], tmp_path: Path, shotaki: Shotaki
) -> None:
    paths = [Path(shutil.copy(path, tmp_path)) for path in made]
    ran = shotaki("--json", "check", *map(str, paths), "--proof")
    told = {one["house"]: one["proof"] for one in json.loads(ran.out)["printed"]}
    assert list(told) == [MAIN, SATELLITE]
    assert [Path(one) for one in told.values()] == [proof_path(one) for one in paths]
    for name, path in told.items():
        heads = {one.oddHeader.left.text for one in openpyxl.load_workbook(path)}
        assert name in heads


def test_a_satellite_alone_goes_by_its_main_s_roster(
    made: tuple[Path, Path], shotaki: Shotaki
) -> None:
    """Who works in both is where the main's roster says, and nowhere else."""
    first, second = made
    source = first.parent.parent / "flower.xlsx"
    given = "--main", str(first), "-o", "alone.xlsx"
    ran = shotaki("roster", str(source), *given, *FAST)
    assert ran.code == 0, ran.out
    alone, before = read_roster(Path("alone.xlsx")), read_roster(second)
    dates = alone.problem.period.dates
    cells = [alone.roster.by_cell[SHARED, date].entry[0] for date in dates]
    assert cells == [before.roster.by_cell[SHARED, date].entry[0] for date in dates]
    same = shotaki("--json", "check", str(first), "alone.xlsx")
    assert json.loads(same.out)["contradictions"] == 0


@pytest.fixture(scope="module")
def planned(
    made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dt.date]:
    """Return a folder with both rosters and a plan, made from one house's file.

    Who works in both is absent on the date on which they would work in the satellite.
    """
    folder = tmp_path_factory.mktemp("planned")
    for path in made:
        shutil.copy(path, folder)
    cells = read_roster(made[1]).roster.by_cell
    date = next(d for (n, d), duty in cells.items() if n == SHARED and duty.shift)
    absent = f"{SHARED}={date:%Y-%m-%d}"
    given = "--absent", absent, "--plans", "1", "--no-advice", *FAST
    ran = called(folder, "whatif", "flower.xlsx", *given)
    assert ran.code in {Exit.DONE, Exit.BREACHES, Exit.NOT_LEGAL}, ran.err
    return folder, date


@pytest.fixture
def houses(planned: tuple[Path, dt.date], tmp_path: Path) -> Path:
    """Return a copy of the folder with the rosters and the plan."""
    return Path(shutil.copytree(planned[0], tmp_path / "houses"))


PLANS = ("flower-案1.xlsx", "main-案1.xlsx")


def held(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_absence_is_planned_in_all_houses(planned: tuple[Path, dt.date]) -> None:
    """Who works in both is absent in both workbooks, and these still agree."""
    folder, date = planned
    for name in PLANS:
        file = read_roster(folder / name)
        assert file.roster.by_cell[SHARED, date].off is OffKind.ABSENT
        assert file.roster.proposal is not None
        assert file.plan.together is not None
        assert set(file.plan.together.files) == set(PLANS)
    same = called(folder, "--json", "check", *PLANS)
    assert same.json["contradictions"] == 0


def test_accepting_one_house_s_plan_accepts_all(houses: Path) -> None:
    """Both rosters are the second version, the first ones kept to the byte."""
    before = held(houses)
    plans = {name: read_roster(houses / name).roster for name in PLANS}
    ran = called(houses, "--json", "accept", "main.xlsx", "1", "--why", "風邪")
    told = ran.json["accepted"]
    assert [one["path"] for one in (told, *told["others"])] == [
        "main.xlsx",
        "flower.xlsx",
    ]
    for stem in ("main", "flower"):
        assert (houses / f"{stem}-第1版.xlsx").read_bytes() == before[f"{stem}.xlsx"]
        now = read_roster(houses / f"{stem}.xlsx")
        assert (now.roster.version, now.changed) == (2, ())
        assert now.roster.fingerprint == plans[f"{stem}-案1.xlsx"].fingerprint
        assert now.roster.revisions[-1].why == "風邪"
    whole = read_month(houses / "flower.xlsx")
    assert isinstance(whole, HousesFile)
    assert whole.plan.version == 2
    absent = {
        (one.staff, one.after.off)
        for one in whole.plan.revisions[-1].changes
        if one.after is not None
    }
    assert (SHARED, OffKind.ABSENT) in absent
    wall = openpyxl.load_workbook(houses / "main-全事業所.xlsx").worksheets[0]
    words = {str(cell.value) for row in wall.iter_rows() for cell in row}
    assert any("予定" in word for word in words), sorted(words)
    again = called(houses, "accept", "flower.xlsx", "1")
    assert again.code == Exit.BAD_INPUT
    assert "案1.xlsx" in again.err


def test_a_roster_whose_other_house_is_missing_is_not_answered_alone(
    houses: Path,
) -> None:
    (houses / "flower.xlsx").rename(houses.parent / "flower.xlsx")
    before = held(houses)
    for command in (
        ("whatif", "main.xlsx", "--overnight", "2026-12-02=1"),
        ("accept", "main.xlsx", "1"),
        ("scenarios", "main.xlsx"),
        ("substitutes", "main.xlsx", "2", "早"),
        ("room", "main.xlsx"),
        ("resilience", "main.xlsx"),
    ):
        ran = called(houses, *command)
        assert ran.code == Exit.BAD_INPUT, command
        assert "flower.xlsx" in ran.err
    assert held(houses) == before


def test_of_one_house_made_anew_the_other_is_not_taken_along(houses: Path) -> None:
    """The other roster is of the same month and house, and of another making."""
    path = houses / "flower.xlsx"
    file = read_roster(path)
    assert file.plan.together is not None
    known = file.plan.together.model_copy(update={"whole": "another"})
    roster = file.plan.model_copy(update={"together": known})
    write_roster(path, file.problem, roster, audit(file.problem, roster))
    ran = called(houses, "accept", "main.xlsx", "1")
    assert ran.code == Exit.BAD_INPUT
    assert "flower.xlsx" in ran.err


def test_plans_that_contradict_each_other_are_not_accepted(
    houses: Path, planned: tuple[Path, dt.date]
) -> None:
    path = houses / PLANS[0]
    path.write_bytes(without_shared(path, planned[1]))
    before = held(houses)
    ran = called(houses, "accept", "main.xlsx", "1")
    assert ran.code == Exit.BAD_INPUT
    assert SHARED in ran.err
    assert held(houses) == before


def test_if_one_house_s_file_cannot_be_replaced_none_is(
    houses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A protected file is seen before anything; a later failure puts the first back."""
    before = held(houses)
    (houses / "flower.xlsx").chmod(0o444)
    ran = called(houses, "accept", "main.xlsx", "1")
    assert ran.code == Exit.WRONG_USE
    assert held(houses) == before
    (houses / "flower.xlsx").chmod(0o644)
    refuse_to_replace(monkeypatch, "flower.xlsx")
    source, plan = houses / "flower.xlsx", houses / PLANS[0]
    with pytest.raises(OutputError):
        accepting.accept(source, plan, dt.datetime(2026, 12, 1))
    assert held(houses) == before


def test_whoever_stops_it_finds_both_replaced_or_none(
    houses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While workbooks are made, which takes long, all is as it was and nobody waits."""
    before, real = held(houses), accepting.next_version
    seen: list[tuple[str, bool, bool]] = []

    def looking(path: Path, *given: Any) -> Any:
        made = real(path, *given)
        with ThreadPoolExecutor(1) as other:
            is_free = other.submit(free).result()
        seen.append((path.name, is_free, before.items() <= held(houses).items()))
        return made

    def free() -> bool:
        is_free = NAMING.acquire(blocking=False)
        if is_free:
            NAMING.release()
        return is_free

    monkeypatch.setattr(accepting, "next_version", looking)
    source, plan = houses / "flower.xlsx", houses / PLANS[0]
    accepting.accept(source, plan, dt.datetime(2026, 12, 1))
    assert seen == [("main.xlsx", True, True), ("flower.xlsx", True, True)]


@pytest.fixture(scope="module")
def nobody_left(
    made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with both rosters, and plans for two absences in the satellite.

    Nobody but the one who works in both is left there, and two are needed.
    """
    folder = tmp_path_factory.mktemp("nobody")
    for path in (*made, made[0].with_name("main-全事業所.xlsx")):
        shutil.copy(path, folder)
    absent = [f"--absent={name}=2" for name in ("菫", "椿")]
    given = "--plans", "1", *FAST
    code = main(["whatif", str(folder / "main.xlsx"), *absent, *given])
    assert code == Exit.NOT_LEGAL
    return folder


def test_a_repair_is_told_in_the_workbooks_of_both_houses(nobody_left: Path) -> None:
    told = []
    for name in PLANS:
        book = openpyxl.load_workbook(nobody_left / name)
        told.append([cell.value for cell in book["解決策"]["B"] if cell.value])
    assert told[0] == told[1]
    assert any(str(text).startswith("花：12月2日(水)") for text in told[0])


def test_a_repair_is_accepted_in_both_houses_or_in_none(
    nobody_left: Path, tmp_path: Path, shotaki: Shotaki
) -> None:
    """A temporary worker joins the satellite; both rosters are the second version."""
    folder = Path(shutil.copytree(nobody_left, tmp_path / "houses"))
    repaired = "main-案1-解決策1.xlsx"
    there = folder / "flower-案1-解決策1.xlsx"
    there.rename(tmp_path / "away.xlsx")
    before = held(folder)
    command = "accept", str(folder / "flower.xlsx"), str(folder / repaired)
    assert shotaki(*command).code == Exit.BAD_INPUT
    assert held(folder) == before
    (tmp_path / "away.xlsx").rename(there)
    assert shotaki(*command).code == Exit.DONE
    home, other = (read_roster(folder / name) for name in ("main.xlsx", "flower.xlsx"))
    assert (home.plan.version, other.plan.version) == (2, 2)
    for file in (home, other):
        assert not [f for f in audit(file.problem, file.roster) if f.stance.is_hard]
    assert len(home.problem.staff) == len(main_office().staff)
    *_known, helper = other.problem.staff
    date = FIRST + dt.timedelta(days=1)
    assert other.roster.by_cell[helper.name, date].shift is not None
    at_work = {
        name
        for (name, on), duty in other.roster.by_cell.items()
        if on == date and duty.shift
    }
    assert at_work == {SHARED, helper.name}
    whole = read_month(folder / "flower.xlsx")
    assert isinstance(whole, HousesFile)
    assert helper.name in whole.joint.member_by_name
    # The sheet of all houses is the one that was there, with the new roster.
    assert [path.name for path in folder.glob("*全事業所*")] == ["main-全事業所.xlsx"]


NEW, LIKE_SATELLITE = "梅 そら", "萩 ゆう"


def test_who_joins_is_on_the_lists_of_whom_they_are_like(
    made: tuple[Path, Path], tmp_path: Path, shotaki: Shotaki
) -> None:
    """One works in both houses as their like does, one in the satellite alone."""
    folder = tmp_path / "joined"
    folder.mkdir()
    for path in made:
        shutil.copy(path, folder)
    join = f"--join={NEW}=2:柳", f"--join={LIKE_SATELLITE}=3:椿"
    given = "--plans", "1", "--no-advice", *FAST
    ran = shotaki("whatif", str(folder / "flower.xlsx"), *join, *given, "--accept", "1")
    assert ran.code == Exit.DONE, ran.err
    assert ran.out.count(f"{NEW}さんが入職") == 1
    home, other = (read_roster(folder / name) for name in ("main.xlsx", "flower.xlsx"))
    here, there = (file.problem.member_by_name for file in (home, other))
    assert (here[NEW].home, there[NEW].home) == ("", MAIN)
    assert LIKE_SATELLITE not in here
    assert there[LIKE_SATELLITE].home == ""
    assert there[LIKE_SATELLITE].employed.first == FIRST + dt.timedelta(days=2)
    for file in (home, other):
        assert file.roster.by_cell[NEW, FIRST].off is OffKind.AWAY
        assert not [f for f in audit(file.problem, file.roster) if f.stance.is_hard]
    paths = str(folder / "main.xlsx"), str(folder / "flower.xlsx")
    assert shotaki("check", *paths).code == Exit.DONE


@pytest.mark.parametrize("text", ["椿 ちよこ=2:柳", "桜 かんこ=2:椿"])
def test_a_name_of_another_house_is_taken(
    text: str, made: tuple[Path, Path], shotaki: Shotaki
) -> None:
    ran = shotaki("whatif", str(made[0]), "--join", text)
    assert ran.code == Exit.BAD_INPUT
    assert ran.err.count("2つあります") == 1, ran.err


def test_what_ifs_of_one_sheet_are_planned_in_all_houses(
    made: tuple[Path, Path], tmp_path: Path, shotaki: Shotaki
) -> None:
    """They stand in the satellite's workbook, whose guests are meant."""
    folder = tmp_path / "asked"
    folder.mkdir()
    for path in made:
        shutil.copy(path, folder)
    source = folder / "flower.xlsx"
    lines = (("A", "欠勤", "桃", 3), ("B", "泊まりの人数", None, 3, None, 1))
    entered = [
        ("もしも", f"{column}{number}", value)
        for number, line in enumerate(lines, start=9)
        for column, value in zip_longest("ABCDEFG", line)
    ]
    source.write_bytes(typed(source, entered))
    ran = shotaki("--json", "scenarios", str(source), *FAST)
    assert ran.code in {Exit.DONE, Exit.NOT_LEGAL}, ran.out
    told = json.loads(ran.out)["scenarios"]
    assert [one["name"] for one in told] == ["A", "B"]
    assert told[0]["scenario"]["absences"][0]["staff"] == "桃 みるこ"
    names = {path.name for path in folder.iterdir()}
    for name in "AB":
        assert {f"{house}-もしも-{name}.xlsx" for house in ("main", "flower")} <= names
    here, there = (
        read_roster(folder / f"{house}-もしも-B.xlsx").problem.forecast.days[2]
        for house in ("main", "flower")
    )
    assert (here.overnight, here.satellite_overnight, there.overnight) == (0, 1, 1)

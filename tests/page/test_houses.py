"""A main office with its satellite on the page: one month, seen from either house."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scheduler.audit import audit
from scheduler.audit.houses import houses_of
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.errors import Exit
from scheduler.domain.homes import HousesFile
from scheduler.domain.joint import joint
from scheduler.domain.problem import Pins
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from scheduler.files.houses import read_month
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.files.workbook.roster.book import FIRST_DATE_COLUMN, FIRST_STAFF_ROW
from scheduler.files.workbook.write_input import write_input
from scheduler.page.jobs.reports import keep_roster
from scheduler.page.open_book import Part, RosterEdit
from scheduler.wording.notation import CellLanguage
from tests.houses.test_joint import rostered, two_houses
from tests.houses.test_joint_cli import (
    MAIN,
    SATELLITE,
    SHARED,
    main_office,
    satellite,
)
from tests.support.builders import make_duty
from tests.support.pages import application, element, saved, typed, visitor, waited
from tests.support.programs import run
from tests.support.thorough import THOROUGH

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from scheduler.domain.joint import JointProblem
    from scheduler.domain.problem import Problem
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.state import SearchRun

PLACES = ("main", "flower")
"""Names of the workbooks, the main office's first."""


def desk_of(client: TestClient) -> FrontDesk:
    """Return what all screens share."""
    found: FrontDesk = client.app.state.desk  # type: ignore[attr-defined]
    return found


def books(client: TestClient, kind: str = "roster") -> dict[str, str]:
    """Return the addresses' ids of all workbooks of a kind by their names."""
    library = desk_of(client).library
    found = library.inputs() if kind == "input" else library.rosters()
    return {one.name: one.id for one in found}


def asked(client: TestClient, address: str, **form: object) -> tuple[str, SearchRun]:
    """Start a search and wait for its end; return its address, and the search."""
    answer = client.post(address, data=form)
    assert answer.status_code == 303, answer.text
    where = str(answer.headers["location"]).partition("#")[0]
    return where, waited(client, where)


def put(folder: Path, main: Problem, other: Problem) -> None:
    """Put the inputs of both houses into a folder."""
    (folder / "inputs").mkdir()
    for name, problem in zip(PLACES, (main, other), strict=True):
        write_input(problem, folder / "inputs" / f"{name}.xlsx")


def write_houses(folder: Path, problem: JointProblem, roster: RosterRecord) -> None:
    """Write the rosters of both houses into a folder, as made together."""
    (folder / "outputs").mkdir(parents=True)
    made = roster.in_files(f"{one}.xlsx" for one in PLACES)
    for name, house in zip(PLACES, houses_of(problem, made), strict=True):
        write_roster(folder / "outputs" / f"{name}.xlsx", *house)


MONTH = {
    MAIN: {"桜 かんこ": "早遅休", "梅 けいこ": "休早早", "桃 みるこ": "遅休遅"},
    SATELLITE: {"菫 ひとみ": "休遅遅", "椿 ちよこ": "早休早", SHARED: "遅早休"},
}
"""A legal month of both houses; who works in both does so in the satellite."""

CALLED = ("桃 みるこ", "梅 けいこ", "桜 かんこ")

LATER = ((StaffId("桜 かんこ"), "早"), (StaffId("菫 ひとみ"), "花早"))
"""What two people work once it was typed into the rosters of both houses."""

EVE = dt.date(2026, 12, 2)

EARLY_THERE = 1
"""The day on which that is the satellite's early shift."""


def in_care(house: Problem, name: str, date: dt.date, symbol: str) -> Duty:
    """Return a day of somebody, in care if they may; breaks never at the same time."""
    duty = make_duty(house, name, date, symbol)
    if symbol == "早":
        after = house.shift_by_symbol[ShiftId(symbol)].break_options[-1]
        duty = duty.model_copy(update={"breaks": after})
    is_care = duty.shift and Role.CARE in house.member_by_name[duty.staff].roles
    roles = (Role.CARE,) * len(duty.roles) if is_care else duty.roles
    return duty.model_copy(update={"roles": roles})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the rosters of both houses."""
    folder = tmp_path_factory.mktemp("houses")
    problem = joint([main_office(), satellite()])
    duties = [
        problem.in_all(number, in_care(house, name, date, symbol))
        for number, house in enumerate(problem.houses)
        for name, symbols in MONTH[house.office.name].items()
        for date, symbol in zip(house.period.dates, symbols, strict=True)
    ]
    calls = zip(problem.period.dates, CALLED, strict=True)
    nights = [OnCall(staff=StaffId(who), date=date) for date, who in calls]
    roster = RosterRecord(duties=tuple(duties), on_call=tuple(nights))
    assert not [one for one in audit(problem, roster) if one.stance.is_hard]
    write_houses(folder, problem, roster)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder."""
    return Path(shutil.copytree(made, tmp_path / "month"))


@pytest.fixture
def client(folder: Path) -> TestClient:
    return visitor(application(folder))


def standing(folder: Path) -> dict[str, bytes]:
    """Return what is in the rosters."""
    return {one: (folder / "outputs" / f"{one}.xlsx").read_bytes() for one in PLACES}


def versions(folder: Path) -> list[int]:
    """Return the versions of the rosters, which belong together."""
    whole = read_month(folder / "outputs" / "flower.xlsx")
    assert isinstance(whole, HousesFile)
    assert [path.stem for path in whole.paths] == list(PLACES)
    return [one.plan.version for one in whole.houses]


def row_in(client: TestClient, name: str) -> tuple[str, int]:
    """Return the address of a roster, and the row of who works in both."""
    opened = desk_of(client).roster(books(client)[name])
    names = [one.name for one in opened.problem.staff]
    return f"/month/{opened.book.id}", names.index(StaffId(SHARED))


def days_in(folder: Path, name: str) -> list[str]:
    """Return the days of who works in both, as a roster has them."""
    file = read_roster(folder / "outputs" / f"{name}.xlsx")
    language, who = CellLanguage(file.problem), StaffId(SHARED)
    dates = file.problem.period.dates
    return [language.write(file.roster.by_cell[who, date]) for date in dates]


def kin_in(text: str) -> str:
    """Return what a screen says of the houses."""
    return text.partition('id="kin"')[2].partition("\n</div>")[0]


def test_both_are_made_by_one_search_and_either_of_its_plans_is_taken_for_both(
    tmp_path: Path,
) -> None:
    """As those of the command they carry the mark by which commands find both."""
    put(tmp_path, main_office(), satellite())
    client, outputs = visitor(application(tmp_path)), tmp_path / "outputs"
    assert client.get("/make").text.count("<form class=") == 1
    form = {"book": books(client, "input")["flower"], "minutes": "1", "candidates": "2"}
    address, search = asked(client, "/make", **form)
    assert search.state == "done", search.trouble
    assert versions(tmp_path) == [1, 1]
    whole = read_month(outputs / "flower.xlsx")
    assert isinstance(whole, HousesFile)
    assert not [one for one in audit(whole.problem, whole.roster) if one.stance.is_hard]
    for house in whole.houses:
        assert house.plan.together is not None
        assert house.plan.together.files == ("main.xlsx", "flower.xlsx")
        assert house.plan.together.whole == whole.roster.fingerprint
    shown = client.get(address).text
    assert all(f"<h3>{one}</h3>" in shown for one in (MAIN, SATELLITE))
    assert all(f'href="/month/{one}"' in shown for one in books(client).values())
    assert client.get(f"{address}/wall").status_code == 200
    answer = client.post(f"{address}/choose", data={"candidate": "2"})
    assert answer.status_code == 303
    assert versions(tmp_path) == [2, 2]
    other = read_month(search.candidate(2)).roster.fingerprint
    assert read_month(outputs / "main.xlsx").roster.fingerprint == other
    assert other != whole.roster.fingerprint


def test_each_screen_says_which_houses_are_planned_together(client: TestClient) -> None:
    """One click leads to the other's grid; the name in the bar is the house's own."""
    ids = books(client)
    for screen in ("month", "sick", "ask", "hard", "review", "papers", "versions"):
        text = client.get(f"/{screen}/{ids['flower']}").text
        assert f'href="/month/{ids["main"]}"' in kin_in(text), screen
        assert f'class="office" title="{SATELLITE}">{SATELLITE}</p>' in text, screen
    assert f'href="/sick/{ids["flower"]}"' in client.get(f"/month/{ids['flower']}").text
    assert f"/wall/{ids['main']}/all/file" in client.get(f"/papers/{ids['main']}").text
    wall = client.get(f"/wall/{ids['flower']}/all/file")
    (sheet,) = openpyxl.load_workbook(BytesIO(wall.content)).worksheets[:1]
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"桜 かんこ", "菫 ひとみ", SHARED} <= words


def test_whoever_works_there_is_counted_there(client: TestClient) -> None:
    """On the second date who works in both is early in the satellite, no day here."""
    for name in PLACES:
        text = client.get(f"/month/{books(client)[name]}").text
        counts = [re.search(rf'id="k{kind}-1"[^>]*>([^<]*)<', text) for kind in "012"]
        assert [one[1] if one else None for one in counts] == ["1", "·", "1"], name


def test_nobody_is_in_two_houses_at_once(client: TestClient, folder: Path) -> None:
    """A day typed into the main office's roster is taken out of the satellite's.

    What is missing there is told here at once, and no more when it is taken back.
    """
    before = standing(folder)
    address, row = row_in(client, "main")
    told = kin_in(typed(client, address, row, EARLY_THERE, "日").text)
    assert "ほかの事業所で守れなくなること" in told
    assert f"<li>{SATELLITE} 12月2日" in told
    assert (
        "<li>" not in kin_in(client.post(f"{address}/undo").text).partition("nav>")[2]
    )
    typed(client, address, row, EARLY_THERE, "日")
    other = client.get(f"/month/{books(client)['flower']}").text
    assert "（まだ保存していません）" in kin_in(other)
    assert standing(folder) == before
    saved(client, address)
    assert days_in(folder, "main") == ["花遅", "日", "休"]
    assert days_in(folder, "flower") == ["遅", "本日", "休"]
    assert versions(folder) == [2, 2]
    file = read_roster(folder / "outputs" / "flower.xlsx")
    assert file.plan.revisions[-1].why == f"{MAIN}の勤務表での変更"


def test_if_one_roster_cannot_be_saved_neither_is(
    client: TestClient, folder: Path
) -> None:
    address, row = row_in(client, "flower")
    typed(client, address, row, EARLY_THERE, "休")
    before = standing(folder)
    (folder / "outputs" / "main.xlsx").chmod(0o444)
    assert client.post(f"{address}/save").status_code == 409
    assert standing(folder) == before
    assert len(list((folder / "outputs").glob("*.xlsx"))) == len(PLACES)


def test_a_cell_changed_in_excel_alone_is_told_in_both(
    folder: Path,
) -> None:
    """Searches refuse then, as those of commands do."""
    path = folder / "outputs" / "flower.xlsx"
    book = openpyxl.load_workbook(path)
    names = [member.name for member in satellite().staff]
    row = FIRST_STAFF_ROW + names.index(StaffId(SHARED))
    book["管理用"].cell(row, FIRST_DATE_COLUMN + EARLY_THERE).value = "休"
    book.save(path)
    client = visitor(application(folder))
    for one in books(client).values():
        assert f"<li>{SHARED}、" in kin_in(client.get(f"/month/{one}").text)
    form = {"who": 0, "date": ["2026-12-02"]}
    _where, search = asked(client, f"/sick/{books(client)['main']}", **form)
    assert search.state == "failed"
    assert SHARED in search.trouble


def test_a_roster_whose_other_house_is_missing_says_so(folder: Path) -> None:
    (folder / "outputs" / "flower.xlsx").unlink()
    client = visitor(application(folder))
    main = books(client)["main"]
    assert "flower.xlsx" in kin_in(client.get(f"/ask/{main}").text)
    form = {"date": "2026-12-02", "kind": "room"}
    _where, search = asked(client, f"/ask/{main}", **form)
    assert search.state == "failed"
    assert "flower.xlsx" in search.trouble


@pytest.mark.parametrize(("travel", "close"), [(120, False), (121, True)])
def test_an_edit_is_audited_with_the_other_house_s_roster(
    tmp_path: Path, travel: int, close: bool
) -> None:
    """Late to 21:00 there, early from 7:00 here: ten hours, and two of travel.

    Eight hours are the least.
    """
    problem = two_houses(travel)
    roster = rostered(problem, "M 休休休\nP 遅休休", "S 休休休\nP 休休休")
    write_houses(tmp_path, problem, roster)
    client = visitor(application(tmp_path))
    here = books(client)["flower"]
    shown = typed(client, f"/month/{here}", 1, 1, "早").text
    assert ("休息" in kin_in(shown)) == close
    assert ("休息" in element(shown, "c1-1")) == close
    if close:
        told_is_what_is_checked(client, tmp_path, here)


def test_what_was_typed_into_both_is_saved_in_both(
    client: TestClient, folder: Path
) -> None:
    """By either's button: a change of several houses is one, and so is its audit."""
    ids = books(client)
    flower, main = (desk_of(client).roster(ids[one]) for one in ("flower", "main"))
    third = main.problem.period.dates[2]
    main.take(RosterEdit(Part.CELL, "桜 かんこ", third, "早"))
    flower.take(RosterEdit(Part.CELL, "菫 ひとみ", third, "早"))
    houses = desk_of(client).roster(ids["flower"]).now.houses
    assert houses is not None
    now = {who: houses.whole.by_cell[who, third].shift for who, _date in LATER}
    assert now == dict(LATER)
    wall = wall_of_all_path(folder / "outputs" / "main.xlsx")
    joined = read_month(folder / "outputs" / "main.xlsx")
    assert isinstance(joined, HousesFile)
    write_wall_of_all(wall, joined.joint, joined.roster)
    was = on_wall(wall, "菫 ひとみ")
    saved(client, f"/month/{ids['flower']}")
    assert versions(folder) == [2, 2]
    # What hangs in both houses is made anew with them.
    assert on_wall(wall, "菫 ひとみ") != was
    whole = read_month(folder / "outputs" / "main.xlsx").roster
    assert {who: whole.by_cell[who, third].shift for who in now} == now
    assert not desk_of(client).roster(ids["main"]).edits


def on_wall(path: Path, name: str) -> list[object]:
    """Return the line of somebody on a printed wall sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return next(row for row in rows if name in row)


def told_is_what_is_checked(client: TestClient, folder: Path, book: str) -> None:
    """Save; `check` says of both files what was told while typing."""
    houses = desk_of(client).roster(book).now.houses
    assert houses is not None
    live = Counter((one.rule, one.house, one.amount) for one in houses.findings)
    assert ("F-11", MAIN, 1) in live
    saved(client, f"/month/{book}")
    ran = run(folder / "outputs", "check", "flower.xlsx", "main.xlsx", "--json")
    assert ran.code == Exit.BREACHES
    assert ran.json["contradictions"] == 0
    found = ran.json["findings"]
    assert Counter((one["rule"], one["house"], one["amount"]) for one in found) == live


def test_plans_for_somebody_ill_are_of_both_houses_and_accepted_in_both(
    client: TestClient, folder: Path
) -> None:
    """Each plan says per person and per house what changes; one file bars both."""
    address, row = row_in(client, "flower")
    here = address.rpartition("/")[2]
    form = {"who": row, "date": ["2026-12-02"], "why": "風邪"}
    where, search = asked(client, f"/sick/{here}", **form)
    assert search.state == "done", search.trouble
    plan = search.told["plans"][0]
    assert plan["legal"]
    # Somebody of the satellite has to come; in the main office one row changes.
    assert {one["house"] for one in plan["people"]} == {SATELLITE, MAIN}
    changed = {one["name"]: dict(one["people"]) for one in plan["houses"]}
    assert changed[MAIN].keys() == {SHARED}
    assert changed[MAIN][SHARED][0] == ["12月2日(水)", "花早", "欠"]
    assert changed[SATELLITE][SHARED][0] == ["12月2日(水)", "早", "欠"]
    assert "事業所ごとの変更" in client.get(where).text
    for one in plan["people"]:
        client.post(f"{where}/answer", data={"name": one["name"], "answer": "yes"})
    before = standing(folder)
    (folder / "outputs" / "main.xlsx").chmod(0o444)
    assert 'class="alarm"' in client.post(f"{where}/take", data={"plan": 1}).text
    assert standing(folder) == before
    (folder / "outputs" / "main.xlsx").chmod(0o644)
    answer = client.post(f"{where}/take", data={"plan": 1})
    assert answer.headers["location"].startswith(f"/slips/{here}")
    assert versions(folder) == [2, 2]
    assert [days_in(folder, one)[EARLY_THERE] for one in PLACES] == ["欠", "欠"]
    whole = read_month(folder / "outputs" / "main.xlsx")
    assert whole.plan.revisions[-1].why == "風邪"


@THOROUGH
def test_substitutes_are_those_of_the_command(client: TestClient, folder: Path) -> None:
    """The satellite's own symbol is asked of the people of both houses."""
    address, row = row_in(client, "flower")
    here = address.rpartition("/")[2]
    given = {"date": "2026-12-02", "kind": "substitutes", "symbol": "早", "row": row}
    where, search = asked(client, f"/ask/{here}", **given)
    assert search.state == "done", search.trouble
    told = {one["name"]: (one["can"], one["house"]) for one in search.told["answers"]}
    words = ("substitutes", "flower.xlsx", "2026-12-02", "花早", "--json")
    found = run(folder / "outputs", *words).json["substitutes"]
    able = {
        one["staff"] for one in found if one["verdict"] in ("as_is", "with_changes")
    }
    assert {name for name, (is_able, _house) in told.items() if is_able} == able
    assert told["椿 ちよこ"] == (True, SATELLITE)
    assert told["桜 かんこ"] == (False, MAIN)
    assert "桜 かんこ" in client.get(where).text
    # In the words of the house that asks, and put into its roster by a button.
    assert " 早 7:00-16:00" in search.told["title"]
    answers = {one["name"]: one for one in search.told["answers"]}
    answer = {"answer": answers["椿 ちよこ"]["row"]}
    assert answers["椿 ちよこ"]["own"].endswith("→ 早 7:00-16:00")
    assert client.post(f"{where}/take", data=answer).status_code == 303
    opened = desk_of(client).roster(here)
    assert opened.text_at("椿 ちよこ", EVE) == "早"
    assert not opened.now.houses.contradictions
    assert "勤務表に入れてみる" not in client.get(where).text
    saved(client, address)
    assert versions(folder) == [2, 2]
    assert days_in(folder, "main")[1] != "花早"
    again = client.post(f"{where}/take", data=answer)
    assert "/month/" in again.headers["location"]


@THOROUGH
def test_room_and_absences_are_those_of_both_houses(client: TestClient) -> None:
    """The map that was asked for in one house stands on the other's screen."""
    ids, state = books(client), desk_of(client).state
    assert client.post(f"/review/{ids['flower']}/map").status_code == 303
    given = {"date": "2026-12-02", "kind": "room"}
    where, search = asked(client, f"/ask/{ids['flower']}", **given)
    assert search.state == "done", search.trouble
    assert {one["house"] for one in search.told["ways"]} == {MAIN, SATELLITE}
    assert SATELLITE in client.get(where).text
    (drawn,) = state.searches("absences")
    search = waited(client, f"/{drawn.id}")
    assert search.state == "done", search.trouble
    people = [tuple(one) for one in search.told["people"]]
    assert people[-1] == ("椿 ちよこ", SATELLITE)
    assert (SHARED, MAIN) in people
    # Whoever works in both is judged once on each of their two dates.
    mine = [one for one in search.told["cases"] if one["name"] == SHARED]
    assert [one["day"] for one in mine] == [0, 1]
    text = client.get(f"/review/{ids['main']}").text
    assert 'class="absences"' in text
    assert 'class="unsaved"' not in text


@THOROUGH
def test_a_month_is_made_again_in_both_around_what_is_fixed_in_one(
    client: TestClient, folder: Path
) -> None:
    """Off on the early day, at home and away; the satellite then needs others."""
    address, row = row_in(client, "flower")
    typed(client, address, row, EARLY_THERE, "休")
    client.post(f"{address}/pin", data={"row": row, "day": EARLY_THERE})
    saved(client, address)
    assert versions(folder) == [2, 2]
    form = {"book": address.rpartition("/")[2], "minutes": "1"}
    _where, search = asked(client, "/make", **form)
    assert search.state == "done", search.trouble
    assert versions(folder) == [3, 3]
    assert [days_in(folder, one)[EARLY_THERE] for one in PLACES] == ["休", "休"]


def test_the_best_of_a_search_that_died_is_taken_for_both(
    made: Path, tmp_path: Path
) -> None:
    """Its process is gone; what it has kept beside itself is read back whole."""
    put(tmp_path, main_office(), satellite())
    client = visitor(application(tmp_path))
    state, library = desk_of(client).state, desk_of(client).library
    houses = library.houses(library.inputs()[0])
    targets = [tmp_path / "outputs" / one.path.name for one in houses]
    pairs = zip(houses, targets, strict=True)
    told = [(str(one.path), str(target)) for one, target in pairs]
    given = houses[0].id, houses[0].path, targets[0], 60.0, {"houses": told}
    number, _is_new = state.begin("roster", *given)
    with sqlite3.connect(state.file) as base:
        base.execute("update search set beat = 0")
    search = state.search(number)
    assert search is not None
    best = read_month(made / "outputs" / "main.xlsx")
    keep_roster(search.best, best.problem, best.roster, ())
    assert client.post(f"/make/{number}/rescue").status_code == 303
    assert versions(tmp_path) == [1, 1]
    found = read_month(tmp_path / "outputs" / "flower.xlsx")
    assert found.roster.fingerprint == best.roster.fingerprint
    assert not list(search.place.iterdir())


@THOROUGH
def test_proposals_for_a_month_that_cannot_be_mend_all_houses(tmp_path: Path) -> None:
    """Both who belong to the satellite are pinned off; two are needed there (A-12).

    Either pin's end is enough, or a temporary worker in the satellite.  What was agreed
    on goes into an input of each house.
    """
    there = satellite()
    off = {"date": there.period.dates[1], "off": OffKind.DAY_OFF}
    own = [member.name for member in there.home.staff]
    pins = Pins(duties=tuple(Duty(staff=name, **off) for name in own))
    put(tmp_path, main_office(), there.model_copy(update={"pins": pins}))
    client = visitor(application(tmp_path))
    main = books(client, "input")["main"]
    _where, search = asked(client, "/make", book=main, minutes="1")
    assert search.state == "done", search.trouble
    for one in books(client).values():
        text = client.get(f"/hard/{one}").text
        assert f"<td>{SATELLITE} <b>" in text
        assert text.count('class="card way') == len(own) + 1
        assert f"{SATELLITE}：12月2日(水) " in text
    here = f"/hard/{books(client)['flower']}"
    assert client.post(here, data={"proposal": "0"}).status_code == 422
    where = asked(client, here, proposal="0", agreed="0")[0]
    assert client.get(where).status_code == 200
    # Of two inputs of each house those belong together that were written together.
    library = desk_of(client).library
    pairs = {tuple(b.name for b in library.houses(one)) for one in library.inputs()}
    assert pairs == {PLACES, ("main-合意", "flower-合意")}
    kept = [len(read_problem(one).agreements) for one in agreed_in(tmp_path)]
    assert kept == [0, 1]
    whole = read_month(tmp_path / "outputs" / "main-合意.xlsx")
    assert not [one for one in audit(whole.problem, whole.roster) if one.stance.is_hard]


def agreed_in(folder: Path) -> list[Path]:
    """Return the inputs with what was agreed on, the main office's first."""
    found = (folder / "inputs").glob("*-*.xlsx")
    return sorted(found, key=lambda one: not one.name.startswith("main"))


def test_a_satellite_alone_is_told_where_its_main_office_is_missing(
    tmp_path: Path,
) -> None:
    put(tmp_path, main_office(), satellite())
    (tmp_path / "inputs" / "main.xlsx").unlink()
    client = visitor(application(tmp_path))
    text = client.get("/make").text
    assert "本館" in text
    assert "サテライトは、本体といっしょにつくります" in text
    form = {"book": books(client, "input")["flower"]}
    assert client.post("/make", data=form).status_code == 404


def test_another_night_in_the_main_office_s_input_is_told_of_rosters_made_before(
    client: TestClient, folder: Path
) -> None:
    """They count by the former; a roster counts by its own, which says nothing."""
    put(folder, main_office(), satellite())
    said = "夜間の時間帯が、勤務表をつくった後に"
    assert said not in client.get("/").text
    main = main_office()
    later = main.office.model_copy(update={"night_band": Interval(22 * 60, 29 * 60)})
    changed = main.model_copy(update={"office": later})
    write_input(changed, folder / "inputs" / "main.xlsx")
    text = client.get("/").text
    assert said in text
    assert "22:00-翌5:00" in text
    for name in books(client).values():
        opened = desk_of(client).roster(name)
        assert opened.problem.office.on_call_band == main.office.night_band


def test_another_night_in_the_satellite_s_input_is_told_beside_the_main_s_roster(
    client: TestClient, folder: Path
) -> None:
    """Whichever of the houses' rosters is shown; each house is told once."""
    put(folder, main_office(), satellite())
    said = "夜間の時間帯が、勤務表をつくった後に"
    assert said not in client.get("/").text
    beside = satellite()
    later = beside.office.model_copy(update={"night_band": Interval(22 * 60, 29 * 60)})
    changed = beside.model_copy(update={"office": later})
    write_input(changed, folder / "inputs" / "flower.xlsx")
    text = client.get("/").text
    assert text.count(said) == 1
    assert beside.office.name in text

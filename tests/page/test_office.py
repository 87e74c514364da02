"""事業所の準備: filled in from nothing, told beside the cell, written in its place."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.domain.errors import InputError
from scheduler.domain.events import GIVEN
from scheduler.domain.problem import Problem
from scheduler.files.holidays_jp import make_period
from scheduler.files.problems import read_problem
from scheduler.files.workbook.input_cells import InputCells
from scheduler.files.workbook.layout import (
    COVER_RULES,
    EVENTS,
    FORECAST,
    OFFICE,
    SETTINGS,
    SHEETS,
    SHIFTS,
    STAFF,
)
from scheduler.files.workbook.month_cells import MaterialPart
from scheduler.files.workbook.write_input import STAFF_LINES, write_input
from scheduler.page.office import STEPS, columns_of
from tests.support.pages import (
    application,
    book_of,
    element,
    open_input,
    saved,
    visitor,
)
from tests.support.thorough import many
from tests.support.tiny import STAFF as PEOPLE
from tests.support.tiny import tiny_problem

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2
    from starlette.testclient import TestClient

    from scheduler.files.workbook.columns import Sheet

FIRST = tiny_problem().period.dates[0]
NAMES = [str(person["name"]) for person in PEOPLE]

here = partial(book_of, screen="office")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an input in which the first person is named on five sheets."""
    path = tmp_path_factory.mktemp("written") / "tiny.xlsx"
    asked = [{"staff": NAMES[0], "date": FIRST, "want": "day_off"}]
    given = tiny_problem(requests=asked).model_dump()
    meeting = {"name": "会議", "dates": [FIRST], "span": "13:00-14:00"}
    given |= {
        "pairs": [{"first": NAMES[0], "second": NAMES[1], "kind": "apart"}],
        "events": [{**meeting, "people": [NAMES[0], NAMES[2]]}],
        "pins": {"on_call": [{"staff": NAMES[0], "date": FIRST}]},
    }
    problem = Problem.model_validate(given)
    write_input(problem, path)
    return path


@pytest.fixture
def path(tmp_path: Path, written: Path) -> Path:
    return shutil.copy(written, tmp_path / "tiny.xlsx")


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def at(client: TestClient, layout: Sheet, path: str, line: int = 0) -> str:
    """Return the id of a cell: of a line of keys, or of a table's line, from 0."""
    cells = open_input(client).sheets
    column = next(one for one in layout.columns if one.path == path)
    lines = (*cells.lines(layout), cells.free_line(layout))
    row = cells.key_row(layout, column) if layout.has_keys else lines[line]
    place = cells.place(layout, row or 0, column)
    assert place is not None
    return f"{SHEETS.index(layout)}-{place.row}-{place.column}"


def put(
    client: TestClient, cell: str, text: str, step: str = "", **more: str
) -> httpx2.Response:
    given = {"cell": cell, "text": text, "step": step, **more}
    return client.post(f"{here(client)}/cell", data=given)


def test_an_office_is_set_up_from_nothing(tmp_path: Path) -> None:
    """From the first screen to a month that can be read, cell by cell as people do."""
    client = visitor(application(tmp_path))
    assert client.get("/office").status_code == 200
    assert client.post("/new", data={"name": "みどり"}).status_code == 422
    begun = {"name": "ホーム みどり", "first": "２０２７年２月１日", "people": "６人"}
    assert client.post("/new", data=begun).headers["location"] == here(client)
    (path,) = (tmp_path / "inputs").glob("*.xlsx")
    assert path.name == "ホーム みどり-2027-02.xlsx"
    with pytest.raises(InputError):
        read_problem(path)
    nobody = client.get(f"{here(client)}?step=staff").text
    assert '<details class="more"><summary>契約' in nobody
    for name, text in {
        "office.capacity.registered": "12",
        "office.capacity.day_use": "6",
        "office.capacity.overnight": "4",
        "office.registered": "12",
        "office.users_record.total": "1825",
    }.items():
        assert put(client, at(client, OFFICE, name), text).status_code == 200
    method = at(client, OFFICE, "office.users_record.method")
    put(client, method, "前年度の平均")
    for name in ("standby.permission", "standby.from_home"):
        put(client, at(client, SETTINGS, f"office.settings.{name}"), "はい", "rules")
    for example in ("manager", "care-manager", "full-time", "full-time", "part-time"):
        added = {"example": example, "step": "staff"}
        assert "data-line" in client.post(f"{here(client)}/add", data=added).text
    begun_line = put(client, at(client, STAFF, "name", 5), "島", "staff").text
    assert "「雇用形態」が空です" in begun_line
    assert "備考" not in begun_line
    put(client, at(client, STAFF, "name", 5), "", "staff")
    for line, name in enumerate(("青木", "森", "林", "谷", "原")):
        put(client, at(client, STAFF, "name", line), name, "staff")
    weekly = [
        row
        for row in open_input(client).sheets.lines(FORECAST)
        if row > open_input(client).sheets.lines(FORECAST)[0] + 27
    ]
    assert len(weekly) == 7
    for line in range(7):
        for path_, number in (("day_users", "5"), ("overnight", "2"), ("visits", "1")):
            cell = at(client, FORECAST, path_, 28 + line)
            assert put(client, cell, number, "week").status_code == 200
    cell = at(client, FORECAST, "overnight", 34)
    emptied = put(client, cell, "", "week").text
    assert "「宿泊」が空です" in element(emptied, f"f{cell}")
    assert emptied.count("1か所") == 1
    put(client, cell, "2", "week")
    answer = client.post(f"{here(client)}/add", data={"example": "baths"})
    assert answer.status_code == 200
    text = client.get(here(client)).text
    assert "全部入りました" in text
    saved(client, here(client))
    problem = read_problem(path)
    assert problem.office.name == "ホーム みどり"
    assert [one.name for one in problem.staff] == ["青木", "森", "林", "谷", "原"]
    assert problem.staff[2].shifts == ("早", "日", "遅", "夜")
    assert {day.visits for day in problem.forecast.days} == {1}
    (rule,) = problem.cover_rules
    assert (rule.at_least, rule.weekdays, rule.is_on_top) == (2, (1, 4), True)


def test_what_is_wrong_is_told_beside_its_cell(client: TestClient, path: Path) -> None:
    """25 o'clock of the next day is no time; the sentence is the reader's own."""
    start = at(client, SHIFTS, "start")
    before = path.read_bytes()
    answer = put(client, start, "あさ", "shifts")
    assert "あさ" in element(answer.text, f"f{start}")
    assert "wrong" in element(answer.text, f"f{start}")
    assert "か所" in answer.text
    assert path.read_bytes() == before
    again = client.post(f"{here(client)}/undo", data={"step": "shifts"})
    assert "wrong" not in element(again.text, f"f{start}")
    # Only cells of the office can be typed into, and only known lines.
    for cell in ("0-1-1", "2-999-1", "99-4-4", "x", "2-4", f"{start}-1"):
        assert put(client, cell, "1").status_code == 404


def test_ticked_choices_keep_their_order(client: TestClient, path: Path) -> None:
    """The main role stays first; all weekdays are an empty cell, none is なし."""
    roles = at(client, STAFF, "roles")
    for choice in ("介護", "看護", "管理"):
        put(client, roles, choice, "staff", ticked="on")
    days = at(client, STAFF, "contract.weekdays")
    for choice in "日水木金土":
        put(client, days, choice, "staff", ticked="off")
    saved(client, here(client))
    person = read_problem(path).staff[0]
    assert [one.value for one in person.roles] == ["manager", "care", "nurse"]
    assert person.contract.weekdays == (0, 1)
    for choice in "金木水土日":
        put(client, days, choice, "staff", ticked="on")
    assert open_input(client).sheet_edits
    saved(client, here(client))
    assert read_problem(path).staff[0].contract.weekdays == tuple(range(7))


def test_a_person_is_renamed_once_and_everywhere(
    client: TestClient, path: Path
) -> None:
    """Wishes, pairs, events, nights on call; also a wish that is not saved yet."""
    material = here(client).replace("office", "material")
    client.post(f"{material}/cell", data={"row": "0", "day": "1", "text": "有"})
    name = at(client, STAFF, "name")
    assert put(client, name, "新井 あらた", "staff").status_code == 200
    saved(client, here(client))
    problem = read_problem(path)
    assert problem.staff[0].name == "新井 あらた"
    assert [one.staff for one in problem.requests] == ["新井 あらた"] * 2
    assert problem.pairs[0].first == "新井 あらた"
    assert problem.events[0].people == ("新井 あらた", NAMES[2])
    assert problem.pins.on_call[0].staff == "新井 あらた"
    client.post(f"{here(client)}/undo")
    saved(client, here(client))
    assert read_problem(path).pairs[0].first == NAMES[0]


def test_a_person_is_taken_out_everywhere(client: TestClient, path: Path) -> None:
    row = open_input(client).sheets.lines(STAFF)[0]
    data = {"sheet": str(SHEETS.index(STAFF)), "row": str(row), "step": "staff"}
    assert client.post(f"{here(client)}/remove", data=data).status_code == 200
    assert open_input(client).sheets.notes.mistakes == []
    saved(client, here(client))
    problem = read_problem(path)
    assert [one.name for one in problem.staff] == NAMES[1:]
    assert not problem.requests
    assert not problem.pairs
    assert problem.events[0].people == (NAMES[2],)
    assert not problem.pins.on_call
    assert client.post(f"{here(client)}/remove", data=data).status_code == 404


def test_of_two_with_one_name_only_the_one_meant_changes(client: TestClient) -> None:
    """Typed twice by error, then given another name, or taken out again."""
    second = at(client, STAFF, "name", 1)
    sheets = open_input(client).sheets
    data = {"sheet": str(SHEETS.index(STAFF)), "row": str(sheets.lines(STAFF)[1])}
    for undone in (True, False):
        put(client, second, NAMES[0], "staff")
        assert sheets.notes.mistakes != []
        if undone:
            put(client, second, "別の 人", "staff")
        else:
            client.post(f"{here(client)}/remove", data={**data, "step": "staff"})
        names = [text for _place, text in sheets.names(STAFF)]
        assert names == [NAMES[0], *(["別の 人"] if undone else []), *NAMES[2:]]
        (request,) = sheets.problem.requests if sheets.problem else ()
        assert request.staff == NAMES[0]


def test_wishes_of_more_people_than_lines_are_written(
    client: TestClient, path: Path
) -> None:
    """The lines of names are formulas; one is free because its person was taken out."""
    opened, added = open_input(client), {}
    sheets = opened.sheets
    row = sheets.free_line(STAFF) or 0
    for column in STAFF.columns:
        given = sheets.place(STAFF, row - 1, column)
        text = sheets.text(given) if given else ""
        for number in range(STAFF_LINES):
            place = sheets.place(STAFF, row + number, column)
            if place is not None and not column.shown_only:
                added[place] = f"新人{number}" if column is STAFF.key else text
    opened.put(added)
    opened.remove(STAFF, sheets.lines(STAFF)[1])
    last = f"新人{STAFF_LINES - 1}"
    opened.type(MaterialPart.WISH, last, [FIRST], "休")
    saved(client, here(client))
    asked = [(one.staff, one.date) for one in read_problem(path).requests]
    assert (last, FIRST) in asked


def test_a_break_that_is_missing_is_told_where_it_is_typed(client: TestClient) -> None:
    """Beside the shift's breaks, which are folded until something in them is wrong."""
    breaks = at(client, SHIFTS, "breaks", 1)
    folded = f"{here(client)}?step=shifts"
    assert '<details class="card more"><summary>休憩' in client.get(folded).text
    put(client, breaks, "", "shifts")
    text = client.get(folded).text
    assert "が必要です（労働基準法第34条）" in element(text, f"f{breaks}")
    assert '<details class="card more" open><summary>休憩' in text


def test_a_person_to_start_from_does_the_shifts_of_their_roles(
    client: TestClient,
) -> None:
    """A shift for nurses alone is no shift of a care worker to start from."""
    put(client, at(client, SHIFTS, "roles", 1), "看護", "shifts", ticked="on")
    line = len(open_input(client).sheets.lines(STAFF))
    added = {"example": "full-time", "step": "staff"}
    client.post(f"{here(client)}/add", data=added)
    cells = open_input(client).sheets
    column = next(one for one in STAFF.columns if one.path == "shifts")
    assert cells.value(STAFF, cells.lines(STAFF)[line], column) == ["早", "遅", "夜"]


def test_events_are_added_with_their_repetition(client: TestClient, path: Path) -> None:
    put(client, at(client, EVENTS, "name", 1), "家族会", "events")
    put(client, at(client, EVENTS, "weekdays", 1), "水", "events", ticked="on")
    put(client, at(client, EVENTS, "weeks", 1), "3", "events")
    put(client, at(client, EVENTS, "every_months", 1), "2", "events")
    saved(client, here(client))
    event = read_problem(path).events[1]
    assert (event.name, event.weekdays, event.weeks) == ("家族会", (2,), (3,))
    assert event.every_months == 2


def test_a_new_office_may_begin_on_any_date(tmp_path: Path) -> None:
    """From the 21st to the 20th: all sheets have these dates, none is a mistake."""
    client = visitor(application(tmp_path))
    begun = {"name": "みどり", "first": "2026-12-21", "people": "6"}
    address = str(client.post("/new", data=begun).headers["location"])
    (path,) = (tmp_path / "inputs").glob("*.xlsx")
    cells = InputCells(path.read_bytes())
    assert cells.notes.period is not None
    ends = cells.notes.period.first, cells.notes.period.last
    assert ends == (dt.date(2026, 12, 21), dt.date(2027, 1, 20))
    assert "shotaki init" not in client.get(address).text


def test_a_gap_is_drawn_and_closed_by_its_button(client: TestClient) -> None:
    """The early shift begins at 7:00; from 6:00 on only the night is there, or nobody.

    The office of the test needs one by night and more by day.
    """
    text = client.get(f"{here(client)}?step=shifts").text
    assert 'class="gap"' not in text
    ends = at(client, SHIFTS, "end", 3)
    put(client, ends, "翌6:00", "shifts")
    start = at(client, SHIFTS, "start")
    answer = put(client, start, "8:00", "shifts").text
    assert 'class="gap"' in answer
    (cell, time) = re.findall(r'data-put="([^"]+)" data-text="([^"]+)"', answer)[0]
    assert cell == start
    assert 'class="gap"' not in put(client, cell, time, "shifts").text


def test_nothing_that_changed_in_excel_is_overwritten(
    client: TestClient, path: Path
) -> None:
    put(client, at(client, OFFICE, "office.registered"), "9")
    book = load_workbook(path)
    book["事業所"]["D4"].value = "メモ"
    book.save(path)
    outside = path.read_bytes()
    client.post(f"{here(client)}/save")
    assert path.read_bytes() == outside
    assert 'role="alert"' in client.get(here(client)).text
    client.post(f"{here(client)}/take-over")
    saved(client, here(client))
    assert read_problem(path).office.registered == 9
    assert load_workbook(path)["事業所"]["D4"].value == "メモ"


def test_a_line_put_in_above_in_excel_turns_nothing_aside(
    client: TestClient, path: Path
) -> None:
    """What was typed into a cell that holds something else now is told, not written."""
    place = at(client, STAFF, "other_job")
    put(client, place, "隣のデイ", "staff")
    sheet, (row, column) = "職員", map(int, place.split("-")[1:])
    book = load_workbook(path)
    book[sheet].cell(row, column).value = "前の行の人"
    book.save(path)
    client.get(here(client))
    client.post(f"{here(client)}/take-over")
    assert "「隣のデイ」" in client.get(here(client)).text
    saved(client, here(client))
    assert load_workbook(path)[sheet].cell(row, column).value == "前の行の人"


def test_a_formula_like_text_stays_a_text(client: TestClient, path: Path) -> None:
    put(client, at(client, OFFICE, "office.name"), '=HYPERLINK("http://x")')
    saved(client, here(client))
    cell = load_workbook(path)["事業所"]["B4"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_cover_rules_are_taken_from_examples(client: TestClient) -> None:
    for example in ("fetching", "bringing"):
        client.post(f"{here(client)}/add", data={"example": example})
    problem = open_input(client).sheets.problem
    assert problem is not None
    assert len(open_input(client).sheets.lines(COVER_RULES)) == len(problem.cover_rules)
    assert client.post(f"{here(client)}/add", data={}).status_code == 404


def test_a_new_office_has_no_events_but_those_it_takes_up(tmp_path: Path) -> None:
    """Usual ones are offered on the page; none is held that nobody has entered."""
    path = tmp_path / "new.xlsx"
    write_input(make_period(dt.date(2027, 1, 1), dt.date(2027, 1, 31)), path)
    assert InputCells(path.read_bytes()).lines(EVENTS) == ()
    client = visitor(application(tmp_path))
    added = {"example": "event-0", "step": "events"}
    client.post(f"{here(client)}/add", data=added)
    cells = open_input(client).sheets
    assert [text for _place, text in cells.names(EVENTS)] == ["職員会議"]
    (row,) = cells.lines(EVENTS)
    said = [cells.value(EVENTS, row, column) for column in EVENTS.columns]
    meeting = next(one for one in GIVEN if one.name == "職員会議")
    assert [said[n] for n in (2, 3, 6, 7)] == [[2], [3], meeting.span, meeting.circle]


@pytest.mark.parametrize("number", [1, many(6)])
def test_every_cell_takes_any_text_without_a_fault(
    client: TestClient, number: int
) -> None:
    """Right ones and wrong ones, of each kind of field; each is shown as typed."""
    texts = ("12/1～12/5", "8:00-9:00", "月 9:00-10:00", "1", "はい", "x" * 50)
    sheets = open_input(client).sheets
    layouts = (OFFICE, STAFF, EVENTS, COVER_RULES, SHIFTS, SETTINGS)
    for turn, layout in enumerate(layouts):
        places = [
            sheets.place(layout, sheets.key_row(layout, column) or 0, column)
            if layout.has_keys
            else sheets.place(layout, sheets.free_line(layout) or 0, column)
            for column in layout.columns
            if not column.shown_only
        ]
        # Its own step shows the cells; each other one is opened with one of the texts.
        own = [step for step in STEPS if layout in (*step.sheets, *step.more)]
        typed = list(zip(texts, STEPS, strict=True))
        for text, other in (typed[turn:] + typed[:turn])[:number]:
            open_input(client).put({place: text for place in places if place})
            for step in (*own, other):
                answer = client.get(here(client), params={"step": step.name})
                assert answer.status_code == 200
            open_input(client).undo()
        assert own
    assert not open_input(client).edits


def test_a_folded_card_says_the_contract_in_words(client: TestClient) -> None:
    """From 120 to 140 hours; of nights none, at most 4, just 4, at least 4."""
    for path, text in (("minutes_min", "120:00"), ("minutes_max", "140:00")):
        put(client, at(client, STAFF, f"contract.{path}"), text)
    hours = "月の契約時間 120:00〜140:00"
    for path, text, nights in (
        ("max", "0", "なし"),
        ("max", "4", "4まで"),
        ("min", "4", "4"),
        ("max", "", "4以上"),
    ):
        cell = at(client, STAFF, f"contract.nights_{path}")
        put(client, cell, text, "staff")
        shown = client.get(f"{here(client)}?step=staff").text
        assert f"{hours}、夜勤の回数 {nights}" in shown


def test_what_few_offices_fill_in_is_folded_until_it_is_wrong(
    client: TestClient,
) -> None:
    def fold() -> str:
        text = client.get(f"{here(client)}?step=house").text
        (found,) = re.findall(
            r"<details class=\"card more\"[^>]*>.*?</details>", text, re.S
        )[:1]
        return found

    limit, own = (
        at(client, OFFICE, f"office.{one}")
        for one in ("capacity_limit.registered", "capacity.registered")
    )
    assert f'data-cell="{limit}"' in fold()
    assert f'data-cell="{own}"' not in fold()
    assert not re.match(r"<details[^>]* open", fold())
    put(client, limit, "多い", "house")
    assert re.match(r"<details[^>]* open", fold())


def test_a_field_is_as_wide_as_its_text() -> None:
    """Full-width signs take two characters: ２０：００～翌７：００ takes 22."""
    assert columns_of("２０：００～翌７：００") == 22
    assert columns_of("20:00-翌7:00") == 12

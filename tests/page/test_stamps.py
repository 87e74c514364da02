"""The clock's stamps on the page: columns, differences, decisions, a closed month.

The week of `tests.support.week`, and the stamps of `tests.cli.test_actual_command`:
late on the second date, overtime on the third, no stamp of going on the fourth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.files.actual.columns import columns_path, read_columns
from scheduler.files.actual.record import actual_path, roster_as_worked
from scheduler.files.actual.stamps import differences_path
from scheduler.files.years import read_year, year_path
from tests.cli.test_actual_command import DAYS, decide, stamps
from tests.support.pages import application, book_of, visitor
from tests.support.thorough import first_of
from tests.support.week import CARER, PROBLEM, put, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2
    from starlette.testclient import TestClient

    from tests.support.programs import Ended

    Run = Callable[..., Ended]

OFFICE = PROBLEM.office.name
OTHER = f"打刻者,日,イン,アウト\n{CARER},2026/12/2,8:20,13:00\n"
"""A file whose headings say nothing to the program, but for the date."""
LOG = f"氏名,日時,区分\n{CARER},2026/12/1 8:00,1\n{CARER},2026/12/1 13:00,9\n"
SAID = ("in_words", "out_words")
FORM = re.compile(r'<select name="(\w+)".*?</select>', re.DOTALL)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    stamps(tmp_path, *DAYS)
    return put(tmp_path / "r.xlsx")


@pytest.fixture
def client(roster: Path) -> TestClient:
    return visitor(application(roster.parent))


def at(client: TestClient) -> str:
    return f"{book_of(client).replace('/month/', '/review/')}/stamps"


def upload(
    client: TestClient, data: bytes, name: str = "c.csv", **form: str
) -> httpx2.Response:
    file = {"file": (name, data, "text/csv")}
    return client.post(f"{at(client)}/read", files=file, data=form)


def offered(text: str) -> dict[str, str]:
    """Return what each drop-down of a form is set to."""
    return {
        found[1]: found[1] and chosen[1] if chosen else ""
        for found in FORM.finditer(text)
        for chosen in [re.search(r'value="(\w+)" selected', found[0])]
    }


def read_in(client: TestClient, data: bytes, name: str = "c.csv") -> str:
    """Upload a file and say yes to what its columns seem to mean."""
    assert upload(client, data, name).status_code == 303
    form = offered(client.get(at(client)).text)
    answer = client.post(f"{at(client)}/columns", data={**form, "grace": "5"})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def standing(roster: Path) -> list[tuple[str, bool | None]]:
    month = roster_as_worked(roster)
    decided = month.actual.decided
    return [(str(one.kind), decided.get(one)) for one in month.differences]


def button(text: str, choice: str, number: int) -> dict[str, str]:
    """Return the form of a decision's button in one line of the list."""
    return {"decide": re.findall(rf'value="({choice}:[0-9a-f]{{16}})"', text)[number]}


def sheets(path: Path) -> list[list[list[Any]]]:
    return [rows(sheet) for sheet in load_workbook(path).worksheets]


@pytest.mark.parametrize("encoding", first_of(["cp932", "utf-8-sig", "utf-8"], 1))
def test_the_page_writes_what_the_command_writes(
    client: TestClient, roster: Path, encoding: str, shotaki: Run, tmp_path: Path
) -> None:
    """Stamps, columns, and the workbook of differences, after the same decisions."""
    data = (tmp_path / "c.csv").read_bytes().decode("cp932").encode(encoding)
    told = read_in(client, data)
    assert "c.csv：5日分" in told or "c.csv" in told
    client.post(f"{at(client)}/decide", data=button(told, "accept", 1))
    client.post(f"{at(client)}/decide", data=button(told, "planned", 0))
    kept = (actual_path(roster), columns_path(tmp_path, OFFICE))
    page = [one.read_bytes() for one in kept], sheets(differences_path(roster))
    for one in (*kept, differences_path(roster)):
        one.unlink()
    (tmp_path / "c.csv").write_bytes(data)
    shotaki("actual", "r.xlsx", "--clock", "c.csv")
    shotaki("actual", "r.xlsx", "--accept", "2", "--as-planned", "1")
    command = [one.read_bytes() for one in kept], sheets(differences_path(roster))
    assert page == command


def test_columns_are_asked_for_once(client: TestClient, tmp_path: Path) -> None:
    """Without a guess nothing is chosen; what was chosen is kept, and asked no more."""
    assert upload(client, OTHER.encode()).status_code == 303
    text = client.get(at(client)).text
    assert offered(text) == dict.fromkeys(("c0", "c1", "c2", "c3"), "")
    assert "8:20" in text
    missing = client.post(f"{at(client)}/columns", data={"c0": "name", "c1": "date"})
    assert missing.status_code == 422
    assert "日付・出勤・退勤" in missing.text
    assert offered(missing.text)["c0"] == "name"
    assert not columns_path(tmp_path, OFFICE).exists()
    form = {"c0": "name", "c1": "date", "c2": "came", "c3": "went", "grace": "3"}
    assert client.post(f"{at(client)}/columns", data=form).status_code == 200
    kept = read_columns(columns_path(tmp_path, OFFICE))
    assert kept is not None
    assert (kept.headings, kept.grace) == (("打刻者", "日", "イン", "アウト"), 3)
    assert upload(client, OTHER.encode()).status_code == 200
    asked = upload(client, OTHER.encode(), anew="1")
    assert asked.status_code == 303
    assert offered(client.get(at(client)).text)["c3"] == "went"
    client.post(f"{at(client)}/columns", data={"drop": "1"})
    assert offered(client.get(at(client)).text) == {}


def test_words_of_a_log_are_asked_for(client: TestClient, roster: Path) -> None:
    upload(client, LOG.encode())
    text = client.get(at(client)).text
    found = offered(text)
    assert {key[0] for key in found} == {"c", "w"}
    words = dict(zip([one for one in found if one[0] == "w"], SAID, strict=True))
    refused = client.post(f"{at(client)}/columns", data=found)
    assert refused.status_code == 422
    assert "「1」が出勤か退勤か" in refused.text
    assert "--column" not in refused.text
    assert client.post(f"{at(client)}/columns", data=found | words).status_code == 200
    (day,) = roster_as_worked(roster).actual.stamps
    assert [(one.start, one.end) for one in day.pairs] == [(480, 780)]


def test_all_of_a_kind_one_and_open_again(client: TestClient, roster: Path) -> None:
    told = read_in(client, (roster.parent / "c.csv").read_bytes())
    assert "退勤の打刻がありません" in told
    where = f"{at(client)}/decide"
    client.post(where, data={"decide": "accept:late"})
    client.post(where, data={"decide": "planned:stayed"})
    assert standing(roster) == [
        ("late", True),
        ("stayed", False),
        ("missing_out", None),
    ]
    text = client.get(at(client)).text
    client.post(where, data=button(text, "open", 0))
    assert standing(roster)[0] == ("late", None)
    gone = client.post(where, data={"decide": f"accept:{'0' * 16}"})
    assert gone.status_code == 409
    assert client.post(where, data={"decide": "x:late"}).status_code == 400


def test_who_has_no_stamp_is_not_absent_by_all(
    client: TestClient, roster: Path
) -> None:
    stamps(roster.parent, "8:00,13:00", ",", "8:00,13:00", "8:00,13:00", "8:00,13:00")
    told = read_in(client, (roster.parent / "c.csv").read_bytes())
    assert 'value="accept:no_stamps"' not in told
    client.post(f"{at(client)}/decide", data={"decide": "accept:no_stamps"})
    assert standing(roster) == [("no_stamps", None)]
    client.post(f"{at(client)}/decide", data=button(told, "accept", 0))
    assert standing(roster) == [("no_stamps", True)]


def test_double_stamps_are_told(client: TestClient, roster: Path) -> None:
    """Twice coming on the first date; a line of the file that stands there twice."""
    day = f"{CARER},2026/12/1"
    lines = ("氏名,日付,出勤,退勤", f"{day},8:00,", f"{day},8:10,13:00")
    again = (f"{CARER},2026/12/2,8:00,13:00",) * 2
    told = read_in(client, "\n".join((*lines, *again, "")).encode())
    assert "出勤の打刻が2回（8:00、8:10）" in told
    assert "1回と数えたもの 1件" in told
    assert standing(roster) == [("missing_between", None)]


def test_nothing_is_lost_on_a_second_import(client: TestClient, roster: Path) -> None:
    data = (roster.parent / "c.csv").read_bytes()
    read_in(client, data)
    for kind in ("late", "stayed", "missing_out"):
        client.post(f"{at(client)}/decide", data={"decide": f"accept:{kind}"})
    before = actual_path(roster).read_bytes()
    assert upload(client, data).status_code == 200
    assert actual_path(roster).read_bytes() == before
    later = f"氏名,日付,出勤,退勤\n{CARER},2026/12/2,8:05,13:00\n"
    told = upload(client, later.encode(), "b.csv").text
    assert standing(roster) == [("late", None), ("stayed", True), ("missing_out", True)]
    assert "遅刻 20分 採用" in told


def test_decisions_typed_in_excel_are_taken(client: TestClient, roster: Path) -> None:
    read_in(client, (roster.parent / "c.csv").read_bytes())
    decide(differences_path(roster), {1: "採用", 2: "予定のまま"})
    assert "決めたものが 2件" in client.get(at(client)).text
    client.post(f"{at(client)}/decide", data={"decide": "typed:"})
    assert [said for _kind, said in standing(roster)] == [True, False, None]
    decide(differences_path(roster), {3: "たぶん"})
    before = actual_path(roster).read_bytes()
    refused = client.post(f"{at(client)}/decide", data={"decide": "accept:missing_out"})
    assert refused.status_code == 422
    assert "たぶん" in refused.text
    assert actual_path(roster).read_bytes() == before


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x81\xff\x00\xfe", "UTF-8 でも Shift_JIS でも"),
        (b"", "表（CSV）"),
        (f"氏名,日付,出勤,退勤\n{CARER},2026/13/1,8:00,13:00\n".encode(), "2026/13/1"),
        (f"氏名,日付,出勤,退勤\n{CARER},2026/12/1,8:99,13:00\n".encode(), "8:99"),
        (
            "氏名,日付,出勤,退勤\n誰か,2026/11/1,8:00,13:00\n".encode(),
            "打刻がありません",
        ),
    ],
)
def test_a_spoilt_file_changes_nothing(
    client: TestClient, roster: Path, data: bytes, told: str
) -> None:
    answer = upload(client, data)
    if answer.status_code == 303:
        form = offered(client.get(at(client)).text)
        answer = client.post(f"{at(client)}/columns", data=form)
    assert answer.status_code in (409, 422)
    assert told in answer.text
    assert "--" not in re.sub(r"<!--.*?-->", "", answer.text)
    assert not actual_path(roster).exists()
    assert client.get(at(client)).status_code == 200


def test_names_that_nobody_has_are_told(client: TestClient) -> None:
    head = f"氏名,日付,出勤,退勤\n{CARER},2026/12/1,8:00,13:00\n"
    told = read_in(client, f"{head}知らぬ 人,2026/12/1,8:00,13:00\n".encode())
    assert "知らぬ 人" in told


def test_the_month_is_closed_and_opened_only_on_purpose(
    client: TestClient, roster: Path
) -> None:
    data = (roster.parent / "c.csv").read_bytes()
    read_in(client, data)
    close = at(client).replace("/stamps", "/close")
    undecided = client.post(close)
    assert undecided.status_code == 409
    assert "shotaki" not in undecided.text.partition("<main")[2]
    for kind in ("late", "stayed", "missing_out"):
        client.post(f"{at(client)}/decide", data={"decide": f"accept:{kind}"})
    assert "を締めました" in client.post(close).text
    first = read_year(year_path(roster.parent, OFFICE, 2026), OFFICE, 2026)
    before = actual_path(roster).read_bytes()
    text = client.get(at(client)).text
    assert "締めてあります" in text
    assert 'type="file"' not in text
    key = button(text, "planned", 0)
    for answer in (
        upload(client, data),
        client.post(f"{at(client)}/decide", data=key),
    ):
        assert answer.status_code == 409
        assert "締めてあります" in answer.text
    assert actual_path(roster).read_bytes() == before
    assert 'name="again"' in client.get(f"{at(client)}?again=1").text
    client.post(f"{at(client)}/decide", data={**key, "again": "1"})
    assert standing(roster)[0] == ("late", False)
    assert client.post(close).status_code == 409
    client.post(close, data={"again": "1"})
    assert read_year(year_path(roster.parent, OFFICE, 2026), OFFICE, 2026) != first

"""The screens on real workbooks: what they show, and where they lead."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Pins
from scheduler.domain.requests import Request, Want
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.write_input import write_input
from scheduler.page import books
from scheduler.page.contents import Contents, read_contents
from scheduler.page.rendering import NAVIGATION
from scheduler.page.screens.make import clock_text
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import solve
from tests.support import busy_month, tiny
from tests.support.pages import application, book_of, typed, visitor, waited
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TEXTS = re.compile(r"<(script|style|template|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


def words(text: str) -> str:
    """Return what can be read on a screen."""
    return TEXTS.sub(" ", text)


def with_files(folder: Path) -> Path:
    """Put a roster and an input into a folder, and return it."""
    busy_month.put(folder / "r.xlsx")
    (folder / "inputs").mkdir()
    tiny.put_input(folder / "inputs" / "tiny.xlsx")
    return folder


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return visitor(application(with_files(tmp_path)))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each screen of the navigation, opened once."""
    client = visitor(application(with_files(tmp_path_factory.mktemp("screens"))))
    client.follow_redirects = True
    return {one.address: client.get(one.address).text for one in NAVIGATION}


@pytest.mark.parametrize("address", [one.address for one in NAVIGATION])
def test_no_screen_has_anything_inline_or_foreign(
    texts: dict[str, str], address: str
) -> None:
    """The policy would stop it, and the screen would lie still."""
    text = texts[address]
    assert text.count("<main") == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?! defer src=)", text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)


@pytest.mark.parametrize("address", [one.address for one in NAVIGATION])
def test_a_period_that_is_no_month_is_told_by_its_dates(
    texts: dict[str, str], address: str
) -> None:
    """From the 21st to the 20th is neither November nor December."""
    assert not re.search(r"\d年\d+月(?!\d)", words(texts[address]))


@pytest.mark.parametrize("address", [one.address for one in NAVIGATION])
def test_no_screen_says_points_or_rule_numbers(
    texts: dict[str, str], address: str
) -> None:
    """Rule numbers stand under 根拠 alone; seeds, points and JSON nowhere."""
    text = texts[address]
    text = re.sub(r"<details class=\"why\">.*?</details>", "", text, flags=re.DOTALL)
    assert not re.search(r"\b[A-Z]-\d\d\b|CP-SAT|HiGHS|JSON|seed|点", words(text))


def test_the_first_screen_leads_to_the_roster_and_the_month_to_make(
    client: TestClient,
) -> None:
    text = client.get("/").text
    assert f'href="{book_of(client)}"' in text
    assert "tiny" in text
    assert "勤務表をつくる" in text
    # Whoever is away is so today, or from the first date of a month to come.
    days = re.findall(r'type="radio" name="date" value="[\d-]+"( checked)?', text)
    assert [bool(one) for one in days] == [True, *[False] * (len(days) - 1)]


def test_a_month_that_is_made_is_not_offered_to_be_made(tmp_path: Path) -> None:
    """The next one is; the material of the old one can still be reached."""
    write_input(busy_month.busy_problem(), tmp_path / "a.xlsx")
    client = visitor(application(tmp_path))
    assert "をつくる</span></h2>" in client.get("/").text
    busy_month.put(tmp_path / "r.xlsx")
    text = client.get("/").text
    assert "をつくる</span></h2>" not in text
    assert "はできています</span></h2>" in text
    assert "/next" in text
    assert re.search(r'href="/material/\w+"', text)


@pytest.mark.parametrize(
    ("changed", "sheets"),
    [
        ({}, None),
        ({"pins": Pins()}, None),
        ({"requests": ()}, "希望"),
        ({"requests": (), "staff": "fewer"}, "職員、希望"),
        ({"office": "other settings"}, "詳細設定"),
    ],
)
def test_an_input_that_is_not_as_it_was_is_told(
    tmp_path: Path, changed: dict[str, object], sheets: str | None
) -> None:
    """With the names of the sheets, of the first version; fixed cells do not count."""
    problem = busy_month.busy_problem()
    assert problem.requests
    if "staff" in changed:
        first = problem.staff[0]
        changed["staff"] = (
            first.model_copy(update={"telephone": "090-0000-0000"}),
            *problem.staff[1:],
        )
    if "office" in changed:
        settings = problem.office.settings
        more = settings.model_copy(update={"rest_wished": settings.rest_wished + 60})
        changed["office"] = problem.office.model_copy(update={"settings": more})
    busy_month.put(tmp_path / "r.xlsx")
    (tmp_path / "inputs").mkdir()
    write_input(problem.model_copy(update=changed), tmp_path / "inputs" / "busy.xlsx")
    text = visitor(application(tmp_path)).get("/").text
    told = "「busy」が、勤務表を作ったときと違います。"
    assert (told in text) == (sheets is not None)
    if sheets is not None:
        assert f"違うところ：{sheets}。" in text


def test_a_folder_without_workbooks_says_what_to_do(tmp_path: Path) -> None:
    client = visitor(application(tmp_path))
    first = client.get("/").text
    assert "まだ勤務表がありません" in first
    assert "この画面で事業所の準備を始められます" in first
    assert "まだ勤務表がありません" in client.get("/month").text
    assert "記入したブックがまだありません" in client.get("/make").text


def test_the_language_changes_on_request(client: TestClient) -> None:
    answer = client.post("/language", data={"language": "en"})
    assert answer.status_code == 303
    text = client.get("/").text
    assert '<html lang="en">' in text
    assert "Open the roster" in text


def test_a_workbook_is_handed_out_as_it_lies_there(
    client: TestClient, tmp_path: Path
) -> None:
    number = book_of(client).rpartition("/")[2]
    answer = client.get(f"/file/{number}")
    assert answer.content == (tmp_path / "r.xlsx").read_bytes()
    assert 'filename="r.xlsx"' in answer.headers["content-disposition"]


def test_a_date_is_shown_by_the_clock(client: TestClient) -> None:
    book = book_of(client)
    text = client.get(f"{book}/day", params={"date": "2026-12-03"}).text
    assert "12月3日" in text
    assert "数字の表" in text
    assert client.get(f"{book}/day", params={"date": "nonsense"}).status_code == 200


def made(client: TestClient) -> str:
    """Start the search of the small office, and return its address."""
    text = client.get("/make").text
    book = re.search(r'name="book" value="(\w+)"', text)
    assert book is not None
    answer = client.post("/make", data={"book": book.group(1), "minutes": "1"})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_search_works_on_its_own_and_outlives_the_server(
    client: TestClient, tmp_path: Path
) -> None:
    """Started here, seen by a second tab and by a server started anew; then done."""
    address = made(client)
    other = visitor(application(tmp_path))
    assert other.get("/make").headers.get("location") in (address, None)
    waited(other, address)
    text = other.get(address).text
    assert "勤務表ができました" in text
    assert 'class="lamp ok"' in text
    roster = tmp_path / "outputs" / "tiny.xlsx"
    assert read_roster(roster).problem.office.name == tiny_problem().office.name
    with other.stream("GET", f"{address}/events") as stream:
        events = [line for line in stream.iter_lines() if line.startswith("event:")]
    assert events == ["event: state", "event: end"]


def test_wishes_that_are_not_saved_are_not_left_out_unsaid(
    client: TestClient, tmp_path: Path
) -> None:
    """Every screen before the search says so, and the button saves them first."""
    path = tmp_path / "inputs" / "tiny.xlsx"
    desk = client.app.state.desk  # type: ignore[attr-defined]
    book = desk.library.at(path).id
    assert typed(client, f"/material/{book}", 0, 1, "休").status_code == 200
    for address in ("/", "/make", f"/check/{book}"):
        assert "保存まえの変更 1" in client.get(address).text, address
    assert "1か所の変更を、まだ保存していません" in client.get("/").text
    assert "ブックに書き込んで、つくる" in client.get("/make").text
    asked = {"book": book, "minutes": "1", "save": "1"}
    client.post("/make", data=asked)
    for search in desk.state.searches("roster"):
        client.post(f"/make/{search.id}/wish", data={"wish": "drop"})
        waited(client, f"/make/{search.id}")
    assert [one.staff for one in read_problem(path).requests] == [STAFF[0]["name"]]
    typed(client, f"/material/{book}", 1, 1, "休")
    tiny.put_input(path)
    refused = client.post("/make", data=asked)
    assert refused.status_code == 422
    assert "ほかのプログラムで変更されました" in refused.text


def test_one_search_at_a_time(client: TestClient) -> None:
    """A second tab that asks for it comes to the one that works."""
    book = client.app.state.desk.library.inputs()[0].id  # type: ignore[attr-defined]
    first = made(client)
    answer = client.post("/make", data={"book": book, "minutes": "1"})
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    assert len(state.searches("roster")) == 1
    assert answer.headers["location"] == first
    waited(client, first)


def test_a_search_that_is_stopped_keeps_nothing_or_its_best(
    client: TestClient, tmp_path: Path
) -> None:
    address = made(client)
    number = int(address.rpartition("/")[2])
    client.post(f"{address}/wish", data={"wish": "drop"})
    waited(client, address)
    found = client.app.state.desk.state.search(number)  # type: ignore[attr-defined]
    written = (tmp_path / "outputs" / "tiny.xlsx").exists()
    # It may have ended by itself just before it was asked to.
    assert (found.state, written) in (("dropped", False), ("done", True))


@pytest.mark.parametrize(
    ("hour", "text"), [(0, "0:07"), (9, "9:07"), (10, "10:07"), (20, "20:07")]
)
def test_when_a_search_began_is_a_time_of_the_clock(hour: int, text: str) -> None:
    assert clock_text(time.mktime((2026, 12, 1, hour, 7, 0, 0, 0, -1))) == text


def test_a_search_whose_process_died_says_so(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    number, _new = state.begin("roster", "x", tmp_path / "x", tmp_path / "y", 60)
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    assert "途中で止まって" in client.get(f"/make/{number}").text


def test_a_folder_of_many_months_is_not_read_at_every_start(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of a file holds until the file changes."""
    first = client.get("/").text
    assert client.get("/make").status_code == 200
    read: list[str] = []

    def reads(path: Path) -> Contents:
        read.append(path.name)
        return read_contents(path)

    monkeypatch.setattr(books, "read_contents", reads)
    again = visitor(application(tmp_path))
    assert again.get("/").text == first
    assert again.get("/make").status_code == 200
    assert set(read) == {"r.xlsx"}
    path = tmp_path / "inputs" / "tiny.xlsx"
    write_input(tiny_problem(requests=[]), path.with_name("more.xlsx"))
    path.write_bytes(path.with_name("more.xlsx").read_bytes())
    again.get("/make")
    assert set(read) == {"r.xlsx", "tiny.xlsx", "more.xlsx"}


def test_candidates_stand_side_by_side_and_another_one_is_chosen(
    client: TestClient, tmp_path: Path
) -> None:
    """The first is the roster; the second becomes its next version."""
    book = client.app.state.desk.library.inputs()[0].id  # type: ignore[attr-defined]
    form = {"book": book, "minutes": "5", "candidates": "2"}
    address = str(client.post("/make", data=form).headers["location"])
    number = int(address.rpartition("/")[2])
    waited(client, address)
    assert "案をくらべる" in client.get(address).text
    run = client.app.state.desk.state.search(number)  # type: ignore[attr-defined]
    second = read_roster(run.candidate(2)).roster
    path = tmp_path / "outputs" / "tiny.xlsx"
    first = read_roster(path).roster
    # They may differ in nights on call alone.
    assert (first.by_cell, first.on_call) != (second.by_cell, second.on_call)
    for wrong in ("0", "3", ""):
        answer = client.post(f"{address}/choose", data={"candidate": wrong})
        assert answer.status_code == 404
    client.post(f"{address}/choose", data={"candidate": "2"})
    file = read_roster(path)
    assert file.roster.by_cell == second.by_cell
    assert file.roster.on_call == second.on_call
    assert file.plan.version == 2
    assert file.plan.revisions[-1].why == "案2をえらんだ"


def test_a_roster_is_made_again_around_what_is_fixed(
    client: TestClient, tmp_path: Path
) -> None:
    """A cell fixed on the page is the same in the next version, and is still fixed."""
    waited(client, made(client))
    desk = client.app.state.desk  # type: ignore[attr-defined]
    path = tmp_path / "outputs" / "tiny.xlsx"
    book = desk.library.at(path).id
    before = read_roster(path)
    client.post(f"/month/{book}/pin", data={"row": 1, "day": 1})
    client.post(f"/month/{book}/save")
    answer = client.post("/make", data={"book": book, "minutes": "1"})
    waited(client, answer.headers["location"])
    after = read_roster(path)
    assert after.plan.version == 3
    (pin,) = after.problem.pins.duties
    cell = pin.staff, pin.date
    assert after.roster.by_cell[cell].entry == before.roster.by_cell[cell].entry


def test_a_cell_with_a_symbol_of_two_letters_stays_a_cell() -> None:
    """休職 has the class ``two``: no rule beyond the grid's may lay it out."""
    static = Path(books.__file__).parent / "static"
    style = static / "page.css"
    rules = re.findall(r"[^{}]+(?=\{)", style.read_text(encoding="utf-8"))
    named = [one for one in rules if re.search(r"\.two(?![\w-])", one)]
    assert named
    assert all(".grid td.two" in one for one in named)


def test_why_a_wish_or_a_guideline_is_not_kept_stands_at_its_cell(
    tmp_path: Path,
) -> None:
    """As the search found it; a wish of which it found nothing has no such line."""
    made = solve(tiny_problem(), SearchLimits(10)).roster
    busy = [duty for duty in made.duties if duty.shift is not None]
    refused, other = (
        Request(staff=duty.staff, date=duty.date, want=Want.DAY_OFF)
        for duty in (busy[0], busy[-1])
    )
    problem = tiny_problem([refused, other])
    found = audit(problem, made)
    (missed,) = [one for one in found if one.stance is Stance.GUIDELINE]
    roster = made.model_copy(
        update={
            "reasons": (Reason(request=refused, gives_way=(other,)),),
            "obstacles": (Obstacle(finding=missed, gives_way=(refused,)),),
        }
    )
    write_roster(tmp_path / "r.xlsx", problem, roster, found)
    client = visitor(application(tmp_path))
    page = client.get(book_of(client)).text
    lines = set(re.findall(r'<span class="quiet">([^<]*)</span>', page))
    assert {one for one in lines if "かなえられません" in one} == {
        f"かなえると：{other.staff} 12月3日(木) 休（希望）をかなえられません。",
        f"理由：守ると：{refused.staff} 12月1日(火) 休（希望）をかなえられません。",
    }

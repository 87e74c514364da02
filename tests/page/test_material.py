"""来月の材料: typed, drawn, undone, and written into nothing but its own cells."""

from __future__ import annotations

import io
import shutil
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from scheduler.domain.requests import Strength, Want
from scheduler.domain.shifts import OffKind
from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input
from tests.support.pages import (
    application,
    book_of,
    element,
    open_input,
    saved,
    shown_on,
    visitor,
)
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    import httpx2
    from starlette.testclient import TestClient


FIRST, SECOND, THIRD = tiny_problem().period.dates
NAMES = [str(person["name"]) for person in STAFF]

here = partial(book_of, screen="material")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input of the small office; its last person does no nights."""
    path = tmp_path_factory.mktemp("written") / "tiny.xlsx"
    wished = [{"staff": NAMES[3], "date": FIRST, "want": "day_off"}]
    problem = tiny_problem(requests=wished)
    last = problem.staff[3].model_copy(update={"shifts": ("早", "日", "遅")})
    staff = (*problem.staff[:3], last)
    write_input(problem.model_copy(update={"staff": staff}), path)
    return path


@pytest.fixture
def path(tmp_path: Path, written: Path) -> Path:
    return Path(shutil.copy(written, tmp_path))


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def put(
    client: TestClient, row: int | str, day: int, text: str, **more: object
) -> httpx2.Response:
    given = {"row": row, "day": day, "text": text, **more}
    return client.post(f"{here(client)}/cell", data=given)


def test_wishes_are_shown_and_counted(client: TestClient) -> None:
    text = client.get(here(client)).text
    assert "1件、いちばん多い日は12月1日(火)の1件" in text
    assert "wish" in element(text, "c3-0")
    answer = put(client, 2, 0, "有").text
    assert "いちばん多い日は12月1日(火)の2件" in answer
    assert ">2<" in element(answer, "kd0")


def test_a_stretch_is_drawn_and_written(client: TestClient, path: Path) -> None:
    """休 over two dates, drawn backwards."""
    assert put(client, 0, 2, "休", until=1).status_code == 200
    saved(client, here(client))
    asked = read_problem(path).requests
    assert {(one.staff, one.date) for one in asked if one.staff == NAMES[0]} == {
        (NAMES[0], SECOND),
        (NAMES[0], THIRD),
    }


def test_a_wish_clicked_again_changes_its_strength(
    client: TestClient, path: Path
) -> None:
    shown = []
    for _click in range(4):
        put(client, 3, 0, "休", again="1")
        wish = [t for c, t in open_input(client).texts.items() if c.who == NAMES[3]]
        shown.append(wish)
    assert shown == [["休◎"], ["休△"], [], ["休"]]
    put(client, 3, 0, "◎")
    saved(client, here(client))
    (request,) = read_problem(path).requests
    assert (request.want, request.strength) == (Want.DAY_OFF, Strength.MUST)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("固休", OffKind.DAY_OFF), ("=有", OffKind.PAID_LEAVE), ("欠", OffKind.ABSENT)],
)
def test_what_is_fixed_goes_among_the_pins(
    client: TestClient, path: Path, text: str, kind: OffKind
) -> None:
    assert "pin" in element(put(client, 1, 1, text).text, "c1-1")
    saved(client, here(client))
    problem = read_problem(path)
    assert problem.pin_by_cell[problem.staff[1].name, SECOND].off is kind
    assert len(problem.requests) == 1


def test_numbers_names_and_remarks_go_to_their_dates(
    client: TestClient, path: Path
) -> None:
    put(client, "u", 1, "1")
    put(client, "v", 0, "2", until=1)
    put(client, "r", 2, "健診")
    assert put(client, "u", 0, "多い").status_code == 422
    assert put(client, "u", 0, "100").status_code == 422
    saved(client, here(client))
    days = read_problem(path).forecast.days
    assert [one.visits for one in days[:2]] == [2, 2]
    assert days[1].day_users == 1
    assert days[2].remark == "健診"


def test_an_entry_without_a_meaning_changes_nothing(client: TestClient) -> None:
    answer = put(client, 0, 0, "ほげ")
    assert answer.status_code == 422
    assert "ほげ" in answer.text
    assert not open_input(client).can_undo
    assert put(client, "99", 0, "休").status_code == 404
    assert put(client, 0, 0, "休", until="9").status_code == 404


def test_a_remark_is_refused_by_what_to_write(client: TestClient) -> None:
    """The page keeps no remarks, and leaves none out without a word."""
    answer = put(client, 0, 0, "休（通院）")
    assert "「休」とだけ書いてください" in answer.text


def test_nothing_else_in_the_workbook_is_touched(
    client: TestClient, path: Path
) -> None:
    """Unknown parts, a comment and other sheets stay as they are."""
    book = load_workbook(path)
    book["希望"]["A5"].comment = Comment("母の通院", "佐藤")
    extra = book.create_sheet("メモ")
    extra["A1"].value = "自由"
    book.save(path)
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("xl/unknown/thing.bin", b"\x00\x01")
    before = parts(path)
    put(client, 0, 1, "有")
    saved(client, here(client))
    after = parts(path)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert len([name for name in changed if "sheets/" in name]) == 1
    assert changed - {"xl/workbook.xml"} == {n for n in changed if "sheets/" in n}
    (sheet,) = (name for name in changed if "sheets/" in name)
    assert apart(before[sheet], after[sheet]) < 80
    assert load_workbook(path)["希望"]["A5"].comment.text == "母の通院"


def apart(one: bytes, other: bytes) -> int:
    """Return how many bytes lie between what two texts begin and end with alike."""
    begin, end = (
        next((n for n, (a, b) in enumerate(zip(*two, strict=False)) if a != b), 0)
        for two in ((one, other), (one[::-1], other[::-1]))
    )
    return max(len(one), len(other)) - begin - end


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_steps_are_undone_even_after_saving(client: TestClient, path: Path) -> None:
    for day in range(3):
        put(client, 0, day, "有")
    saved(client, here(client))
    assert len(read_problem(path).requests) == 4
    again = visitor(application(path.parent))
    for _step in range(3):
        again.post(f"{here(again)}/undo")
    put(again, 1, 0, "休")
    again.post(f"{here(again)}/undo")
    saved(again, here(again))
    assert [one.staff for one in read_problem(path).requests] == [NAMES[3]]
    again.post(f"{here(again)}/undo")
    saved(again, here(again))
    assert len(read_problem(path).requests) == 2


def test_fifty_steps_are_undone_and_done_again(client: TestClient) -> None:
    material = open_input(client)
    before = material.texts
    for number in range(50):
        put(client, number % 4, number % 3, "休◎" if number % 2 else "有")
    after = material.texts
    while material.can_undo:
        material.undo()
    assert material.texts == before
    while material.can_redo:
        material.redo()
    assert material.texts == after


def test_nothing_that_changed_outside_is_overwritten(
    client: TestClient, path: Path
) -> None:
    put(client, 0, 1, "有")
    book = load_workbook(path)
    book["シフト" if "シフト" in book.sheetnames else book.sheetnames[0]][
        "A1"
    ].value = "x"
    book.save(path)
    outside = path.read_bytes()
    client.post(f"{here(client)}/save")
    assert path.read_bytes() == outside
    assert 'role="alert"' in client.get(here(client)).text
    client.post(f"{here(client)}/take-over")
    saved(client, here(client))
    assert len(read_problem(path).requests) == 2


def test_what_is_typed_first_after_a_change_outside_is_the_same_persons(
    client: TestClient, path: Path
) -> None:
    """In Excel the first two people change places: the wish stays whose it was."""
    seen = shown_on(client.get(here(client)).text)
    problem = read_problem(path)
    first, second, *others = problem.staff
    staff = (second, first, *others)
    write_input(problem.model_copy(update={"staff": staff}), path)
    answer = put(client, 0, 0, "有", seen=seen)
    assert answer.headers["hx-redirect"].startswith(here(client))
    asked = {(c.who, t) for c, t in open_input(client).month_edits.items()}
    assert asked == {(NAMES[0], "有")}
    assert "読み直しました" in client.get(here(client)).text
    saved(client, here(client))


def test_a_workbook_spoilt_outside_leads_to_where_it_says_so(
    client: TestClient, path: Path
) -> None:
    """A script drops the screen to which a redirect leads: it is told where to go."""
    address = here(client)
    put(client, 0, 1, "有")
    book = load_workbook(path)
    book["前月"]["B7"].value = "日"
    book.save(path)
    answer = client.post(f"{address}/save", headers={"hx-request": "true"})
    assert answer.status_code == 200
    office = answer.headers["hx-redirect"]
    assert "前月 B7" in client.get(office).text
    assert client.get(address).headers["location"] == office


def test_a_contradiction_is_told_at_its_cell_and_not_written(
    client: TestClient, path: Path
) -> None:
    """柳 does no nights: a settled one is refused, and the file stays as it is."""
    before = path.read_bytes()
    assert "bad" in element(put(client, 3, 1, "固夜").text, "c3-1")
    refused = client.post(f"{here(client)}/save")
    assert refused.status_code == 422
    assert "保存していません" in refused.text
    assert path.read_bytes() == before
    put(client, 3, 1, "")
    put(client, 3, 1, "固遅")
    saved(client, here(client))


def test_events_of_a_date_are_added_changed_and_taken_out(
    client: TestClient, path: Path
) -> None:
    """One held once; the file of the month says the same after each saving."""
    book = here(client)
    given = {"day": "1", "name": "敬老会", "span": "13:00-14:00"}
    assert client.post(f"{book}/event", data=given).headers["hx-redirect"]
    assert "敬老会" in client.get(f"{book}?date={SECOND}").text
    saved(client, here(client))
    (event,) = read_problem(path).events
    assert (event.name, event.dates) == ("敬老会", (SECOND,))
    changed = {**given, "event": "0", "name": "家族会", "span": "14:00-15:30"}
    client.post(f"{book}/event", data=changed)
    refused = client.post(f"{book}/event", data={**changed, "span": "ひる"})
    assert refused.status_code == 422
    saved(client, here(client))
    (event,) = read_problem(path).events
    assert event.name == "家族会"
    assert event.span is not None
    assert event.span.end == 15 * 60 + 30
    client.post(f"{book}/event", data={"day": "1", "event": "0"})
    client.post(f"{book}/undo")
    client.post(f"{book}/redo")
    saved(client, here(client))
    assert read_problem(path).events == ()
    assert (
        client.post(f"{book}/event", data={"day": "1", "event": "9"}).status_code == 404
    )


def test_an_event_taken_out_of_its_date_keeps_its_weekdays(
    client: TestClient, path: Path
) -> None:
    """The date stood for the second Friday: that holds again."""
    book = here(client)
    client.post(f"{book}/event", data={"day": "1", "name": "研修", "span": ""})
    saved(client, here(client))
    (event,) = read_problem(path).events
    moved = event.model_copy(update={"weekdays": (4,), "weeks": (2,)})
    write_input(read_problem(path).model_copy(update={"events": (moved,)}), path)
    client.get(here(client))
    client.post(f"{here(client)}/event", data={"day": "1", "event": "0"})
    saved(client, here(client))
    assert read_problem(path).events == (moved.model_copy(update={"dates": ()}),)


def test_what_was_typed_for_somebody_renamed_meanwhile_is_told(
    client: TestClient, path: Path
) -> None:
    """In Excel another name was given to whom a wish was typed for: nobody has it."""
    put(client, 0, 1, "休")
    book = load_workbook(path)
    names = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == NAMES[0]
    ]
    for one in names:
        one.value = "別の名"
    book.save(path)
    client.get(here(client))
    client.post(f"{here(client)}/take-over")
    text = client.get(here(client)).text
    assert "別の名" in text
    assert f"「休」（{NAMES[0]}、" in text


def test_a_long_name_takes_two_lines(tmp_path: Path) -> None:
    """So that the last dates stay in sight on a small screen."""
    problem = tiny_problem()
    first = problem.staff[0].model_copy(update={"name": "グエン・ティ・ラン"})
    staff = (first, *problem.staff[1:])
    write_input(problem.model_copy(update={"staff": staff}), tmp_path / "long.xlsx")
    client = visitor(application(tmp_path))
    text = client.get(here(client)).text
    assert 'id="p0" class="name long"' in text
    assert 'id="p1" class="name"' in text

"""The municipality's form on the page: filled, its guessed places mended and kept."""

from __future__ import annotations

import io
import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.audit import audit
from scheduler.domain.record import RosterRecord
from scheduler.files.rosters import write_roster
from scheduler.page.rendering import XLSX
from tests.support.municipal_forms import by_job_form, lines_form, month_form
from tests.support.pages import application, visitor
from tests.support.paper_month import PROBLEM, ROSTER

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2
    from starlette.testclient import TestClient

MAP = "見本-様式のセル.toml"
FIELD = re.compile(r'name="([^"]+)" value="([^"]*)"')
CHOICE = re.compile(r'name="(lines[^"]+)">.*?value="([^"]*)" selected', re.DOTALL)
BUTTONS = {"try", "keep", "drop"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    roster = RosterRecord.of(ROSTER)
    write_roster(tmp_path / "roster.xlsx", PROBLEM, roster, audit(PROBLEM, ROSTER))
    return visitor(application(tmp_path))


def address(client: TestClient) -> str:
    (book,) = client.app.state.desk.library.rosters()  # type: ignore[attr-defined]
    return f"/papers/{book.id}/form"


def given(
    client: TestClient, book: Workbook | None, name: str = "様式.xlsx", **form: str
) -> httpx2.Response:
    """Choose a form, and follow to what is shown."""
    at = address(client)
    data = io.BytesIO()
    if book is not None:
        book.save(data)
    files = {} if book is None else {"file": (name, data.getvalue(), XLSX)}
    answer = client.post(at, data=form, files=files)
    return client.get(at) if answer.status_code == 303 else answer


def places(text: str) -> dict[str, str]:
    """Return the fields in which the form's places stand, as a browser sends them."""
    part = text.partition('action="')[2].partition("/places")[2]
    typed = {**dict(FIELD.findall(part)), **dict(CHOICE.findall(part))}
    return {key: value for key, value in typed.items() if key not in BUTTONS}


def test_a_known_form_is_filled_at_once(client: TestClient, tmp_path: Path) -> None:
    """Of plan and dates as chosen; its map is kept, and the folder stays clean."""
    at = address(client)
    assert f'href="{at}"' in client.get(at.rpartition("/")[0]).text
    assert client.get(f"{at}/0/file").status_code == 404
    before = {one.name for one in tmp_path.iterdir()}
    shown = given(client, month_form())
    assert "記入した行：10" in shown.text
    assert "初めての様式" not in shown.text
    file = client.get(f"{at}/0/file")
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet["E11"].value == "管理あきら"
    assert {one.name for one in tmp_path.iterdir()} == before | {MAP}
    # The same form again, without choosing it: as worked, and in four weeks.
    given(client, None, edition="actual", span="four-weeks")
    again = client.get(f"{at}/0/file")
    assert (
        "%EF%BC%88%E5%AE%9F%E7%B8%BE%EF%BC%89" in again.headers["content-disposition"]
    )
    sheet = load_workbook(io.BytesIO(again.content)).active
    assert sheet["AG11"].value is not None
    assert all(sheet.cell(row, 34).value is None for row in range(11, 31))


def test_an_unknown_form_is_guessed_and_mended(
    client: TestClient, tmp_path: Path
) -> None:
    """Filled by the guess, then as it was mended, and kept once it is called right."""
    book = month_form()
    book.active.insert_cols(2, 2)
    book.active["C3"], book.active["AH2"] = "形態一覧表", "事業所"
    shown = given(client, book)
    assert "書く場所を推測して記入しました" in shown.text
    assert not (tmp_path / MAP).exists()
    typed = places(shown.text)
    assert typed["first_day"] == "H"
    assert typed["columns.name"] == "G"
    assert (typed["section.0.first_row"], typed["section.0.slots"]) == ("11", "20")
    assert typed["lines.0"] == "hours"
    at = address(client)
    wrong = client.post(
        f"{at}/places", data={**typed, "columns.name": "?", "days": "40", "keep": "1"}
    )
    assert wrong.status_code == 422
    assert "「1人分の列」の「氏名」：「?」" in wrong.text
    assert "「表」の「日付の列の数」：「40」" in wrong.text
    assert 'value="?"' in wrong.text
    assert not (tmp_path / MAP).exists()
    tried = client.post(
        f"{at}/places", data={**typed, "header.office": "AJ2", "try": "1"}
    )
    assert tried.status_code == 303
    assert not (tmp_path / MAP).exists()
    sheet = load_workbook(io.BytesIO(client.get(f"{at}/0/file").content)).active
    assert sheet["G11"].value == "管理あきら"
    assert sheet["AJ2"].value == PROBLEM.office.name
    again = client.get(at).text
    assert "書く場所を推測して" not in again
    assert "正しい場所に入っているか" in again
    typed = places(again)
    assert typed["header.office"] == "AJ2"
    client.post(f"{at}/places", data={**typed, "keep": "1"})
    kept = tomllib.loads((tmp_path / MAP).read_text("utf-8"))
    assert kept["checked"]
    assert kept["header"]["office"] == "AJ2"
    shown = given(client, book)
    assert "初めての様式" not in shown.text
    # Another form is refused, until it is said to be another.
    other = given(client, lines_form())
    assert other.status_code == 422
    assert "前に記入した様式と違います" in other.text
    anew = given(client, lines_form(), anew="1")
    assert "に記入しました" in anew.text
    assert tomllib.loads((tmp_path / MAP).read_text("utf-8")) == kept
    # Nor is it said to be kept, until it is.
    assert "保存してあります" not in anew.text
    client.post(f"{at}/places", data={**places(anew.text), "keep": "1"})
    assert "保存してあります" in client.get(at).text
    assert tomllib.loads((tmp_path / MAP).read_text("utf-8")) != kept
    assert "に記入しました" in given(client, lines_form()).text


def test_what_stands_in_the_way_is_told_and_can_be_mended(client: TestClient) -> None:
    """A form with formulas where the guess has cells: cleared, it is filled."""
    book = month_form()
    sheet = book.active
    sheet.insert_cols(2, 2)
    sheet["C3"] = "形態一覧表"
    for row in range(11, 31):
        sheet[f"F{row}"] = f'=IF(G{row}="","","○")'
    shown = given(client, book)
    assert "記入するセルに計算式があります：F11" in shown.text
    assert "ダウンロード" not in shown.text
    typed = places(shown.text)
    assert typed["columns.qualification"] == "F"
    at = address(client)
    client.post(f"{at}/places", data={**typed, "columns.qualification": "", "try": "1"})
    assert "ダウンロード" in client.get(at).text
    assert client.get(f"{at}/0/file").status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("様式.xlsm", b"PK", "Excel ブック"),
        ("様式.xlsx", b"PK\x03\x04", "Excel"),
        ("", b"", "先に指定権者の様式を選んでください。"),
    ],
)
def test_what_is_no_form_is_told(
    client: TestClient, name: str, data: bytes, told: str
) -> None:
    files = {"file": (name, data, XLSX)} if name else {}
    answer = client.post(address(client), data={"span": "month"}, files=files)
    assert answer.status_code == 422
    assert told in answer.text
    empty = given(client, Workbook())
    assert empty.status_code == 422
    assert "勤務形態一覧表" in empty.text


def test_a_form_without_room_names_who_is_missing(client: TestClient) -> None:
    book = month_form(8)
    book.active["A19"] = "計"
    shown = given(client, book)
    assert "計画いく子 (介護職員)、介護くに (介護職員)" in shown.text
    assert "「入る人数」" in shown.text
    client.post(f"{address(client)}/places", data={"drop": "1"})
    assert "ダウンロード" not in client.get(address(client)).text


def test_a_form_by_job_can_be_kept_though_not_corrected(
    client: TestClient, tmp_path: Path
) -> None:
    """Its sub-totals by job have no fields here: they are kept as they are given."""
    given(client, month_form())
    before = (tmp_path / MAP).read_text("utf-8")
    shown = given(client, by_job_form(), anew="1")
    assert "に記入しました" in shown.text
    assert 'name="first_day"' not in shown.text
    assert "保存してあります" not in shown.text
    client.post(f"{address(client)}/places", data={"keep": "1"})
    after = (tmp_path / MAP).read_text("utf-8")
    assert after != before
    assert len(tomllib.loads(after)["section"]) == 6
    assert "保存してあります" in client.get(address(client)).text

"""前月末の勤務: typed, taken from the roster before, written where Excel has it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.audit.consistency import warnings
from scheduler.domain.problem import History
from scheduler.domain.shifts import OffKind
from scheduler.files.next_month import following_period, next_month
from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input
from tests.support import busy_month
from tests.support.busy_month import busy_problem, busy_roster
from tests.support.pages import (
    application,
    book_of,
    element,
    open_input,
    saved,
    typed,
    visitor,
)
from tests.support.tiny import STAFF, put_input, tiny_problem

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NAMES = [str(person["name"]) for person in STAFF]
EVE = tiny_problem().period.first - dt.timedelta(days=1)
LAST = 6
"""The column of the eve."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.xlsx"
    put_input(path)
    return path


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def here(client: TestClient) -> str:
    return book_of(client, "material").replace("/material/", "/before/")


def test_a_new_office_is_asked_for_the_last_days(client: TestClient) -> None:
    """Why, and where: until all of them are known."""
    where = here(client)
    asked = element_of_p(client.get(book_of(client, "material")).text)
    assert "hidden" not in asked.partition(">")[0]
    assert "初日の朝にだれがいるか" in asked
    assert f'href="{where}"' in asked
    for row in range(len(NAMES)):
        answer = client.post(
            f"{where}/cell", data={"row": row, "day": 0, "until": LAST, "text": "休"}
        )
    assert "hidden" in element_of_p(answer.text).partition(">")[0]
    saved(client, where)
    told = {one.code for one in warnings(open_input(client).problem)}
    assert not told & {"tail_short", "tail_gap"}


def element_of_p(text: str) -> str:
    """Return the paragraph that asks for the last days."""
    start = text.rindex("<p", 0, text.index('id="unknown"'))
    return text[start : text.index("</p>", start)]


def test_the_last_night_reaches_the_first_morning(
    client: TestClient, path: Path
) -> None:
    """As typed: the shift's usual breaks, 明 and 休 as such, and who was on call."""
    where = here(client)
    assert "chg" in element(typed(client, where, 3, LAST, "夜勤").text, f"c3-{LAST}")
    typed(client, where, 0, LAST, "おやすみ")
    typed(client, where, 1, LAST, "明け")
    typed(client, where, "n", LAST, "桜")
    saved(client, where)
    problem = read_problem(path)
    night = problem.history.by_cell[problem.staff[3].name, EVE]
    shift = problem.shift_by_symbol["夜"]
    assert (night.shift, night.breaks) == ("夜", shift.break_options[0])
    offs = [problem.history.by_cell[problem.staff[n].name, EVE].off for n in (0, 1)]
    assert offs == [OffKind.DAY_OFF, OffKind.AFTER_NIGHT]
    (called,) = problem.history.on_call
    assert (called.staff, called.date) == (NAMES[0], EVE)
    client.post(f"{where}/undo")
    saved(client, where)
    assert read_problem(path).history.on_call == ()


def test_what_is_no_duty_is_refused_and_leaves_nothing(client: TestClient) -> None:
    where = here(client)
    refused = typed(client, where, 0, LAST, "ほげ")
    assert refused.status_code == 422
    assert "「ほげ」" in refused.text
    assert typed(client, where, "n", LAST, "だれか").status_code == 422
    assert typed(client, where, 9, LAST, "休").status_code == 404
    assert typed(client, where, 0, LAST + 1, "休").status_code == 404
    assert not open_input(client).can_undo


def test_a_gap_before_the_month_is_told_and_not_written(
    client: TestClient, path: Path
) -> None:
    """A date is known, and those after it are not: nobody knows what ran on."""
    where = here(client)
    before = path.read_bytes()
    assert "1日も抜けずに" in typed(client, where, 0, 0, "日").text
    refused = client.post(f"{where}/save")
    assert refused.status_code == 422
    assert "1日も抜けずに" in refused.text
    assert path.read_bytes() == before


def test_the_roster_before_is_taken_over_in_one_step(tmp_path: Path) -> None:
    """Where a workbook was begun anew beside a roster: as if made from it."""
    busy_month.put_slim(tmp_path / "busy.xlsx")
    before = busy_problem()
    period = following_period(before.period)
    after = next_month(before, busy_roster(before), period)
    path = tmp_path / "after.xlsx"
    write_input(after.model_copy(update={"history": History()}), path)
    client = visitor(application(tmp_path))
    where = here(client)
    assert "前月の勤務表から写す" in client.get(where).text
    answer = client.post(f"{where}/fill").text
    assert "前月の勤務表から写す" not in answer
    saved(client, where)
    found, expected = read_problem(path).history, after.history
    shown = open_input(client).before
    for part in ("duties", "on_call"):
        entries = (one for one in getattr(expected, part) if one.date in shown)
        assert sorted(getattr(found, part), key=str) == sorted(entries, key=str)
    client.post(f"{where}/undo")
    assert not any(one.who for one in open_input(client).texts)

"""What is written into an input workbook is read out of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from scheduler.audit import consistency
from scheduler.domain.errors import InputError, OutputError
from scheduler.files.holidays_jp import make_period
from scheduler.files.problems import json_bytes, read_problem
from scheduler.files.samples import SAMPLES
from scheduler.files.saving import save
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.wording.translation import use_language
from tests.support.input_offices import by_hand, problems, put_by_hand
from tests.support.thorough import THOROUGH, first_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem


def in_sheet_order(problem: Problem) -> Problem:
    """Return a problem with its lists in the order in which a workbook has them."""
    order = {member.name: index for index, member in enumerate(problem.staff)}
    history = problem.history
    changed = history.model_copy(
        update={
            "duties": tuple(
                sorted(history.duties, key=lambda d: (order[d.staff], d.date))
            ),
            "on_call": tuple(sorted(history.on_call, key=lambda one: one.date)),
        }
    )
    pinned = sorted(problem.pins.duties, key=lambda d: (order[d.staff], d.date))
    pins = problem.pins.model_copy(update={"duties": tuple(pinned)})
    requests = sorted(problem.requests, key=lambda r: (order[r.staff], r.date))
    return problem.model_copy(
        update={"requests": tuple(requests), "pins": pins, "history": changed}
    )


ANY_PROBLEM = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(ANY_PROBLEM, max_examples=5)
@given(problem=problems())
def test_some_of_what_a_sheet_can_say(problem: Problem) -> None:
    """A few problems come back the same."""
    comes_back(problem)


@THOROUGH
@ANY_PROBLEM
@given(problem=problems())
def test_whatever_a_sheet_can_say(problem: Problem) -> None:
    """Any problem comes back the same."""
    comes_back(problem)


def comes_back(problem: Problem) -> None:
    """Write a problem and read it."""
    assert consistency.mistakes(problem) == ()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        write_input(problem, path)
        assert read_input(path) == problem


@pytest.mark.parametrize("name", first_of(SAMPLES, 3))
def test_samples(name: str, tmp_path: Path) -> None:
    """The sample offices come back, from the workbook and from JSON."""
    problem = SAMPLES[name]()
    for suffix in (".xlsx", ".json"):
        path = tmp_path / f"office{suffix}"
        if suffix == ".xlsx":
            write_input(problem, path)
        else:
            save(json_bytes(problem), path)
        assert in_sheet_order(read_problem(path)) == in_sheet_order(problem)


@pytest.mark.parametrize(("written", "read"), [("en", "ja"), ("ja", "en")])
def test_either_language_is_read(written: str, read: str, tmp_path: Path) -> None:
    """A workbook written in one language is read in the other."""
    path = tmp_path / "office.xlsx"
    use_language(written)  # type: ignore[arg-type]
    put_by_hand(path)
    use_language(read)  # type: ignore[arg-type]
    assert read_input(path) == by_hand()


def test_text_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A person called =1+1 is written as text, marked so for Excel."""
    problem = by_hand()
    odd = problem.staff[1].model_copy(update={"name": "=1+1"})
    changed = problem.model_copy(
        update={"staff": (problem.staff[0], odd), "history": type(problem.history)()}
    )
    path = tmp_path / "office.xlsx"
    write_input(changed, path)
    cell = load_workbook(path)["職員"]["A5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_empty_office_asks_for_what_is_missing(tmp_path: Path) -> None:
    """An empty workbook is refused for what must be filled in, and nothing else."""
    path = tmp_path / "empty.xlsx"
    write_input(make_period(dt.date(2026, 12, 21), dt.date(2027, 1, 20)), path)
    with pytest.raises(InputError) as caught:
        read_input(path)
    assert {(m.code, m.sheet, m.cell) for m in caught.value.mistakes} == {
        ("missing_value", "事業所", "B4"),
        ("missing_value", "事業所", "B8"),
        ("missing_value", "事業所", "B9"),
        ("missing_value", "事業所", "B10"),
        ("missing_value", "事業所", "B14"),
        ("missing_value", "事業所", "B15"),
        ("missing_value", "設定", "B4"),
        ("missing_value", "設定", "B5"),
        ("missing_value", "職員", "A4"),
        ("forecast_empty", "利用見込", "D4"),
    }


def test_empty_office_knows_its_period(tmp_path: Path) -> None:
    """From the 21st to the 20th: every date, the holidays, seven dates of tail."""
    path = tmp_path / "empty.xlsx"
    write_input(make_period(dt.date(2026, 12, 21), dt.date(2027, 1, 20)), path)
    book = load_workbook(path)
    forecast = book["利用見込"]
    dates = [forecast.cell(row, 1).value.date() for row in range(4, 35)]
    assert (dates[0], dates[-1]) == (dt.date(2026, 12, 21), dt.date(2027, 1, 20))
    # 21 December + 11 = 1 January, + 21 = 11 January, the second Monday.
    named = {row: forecast.cell(row, 3).value for row in range(4, 35)}
    assert {row: name for row, name in named.items() if name} == {
        15: "元日",
        25: "成人の日",
    }
    tail = [cell.value.date() for cell in book["前月"][3][2:]]
    assert tail == [dt.date(2026, 12, day) for day in range(14, 21)]


def test_no_such_folder(tmp_path: Path) -> None:
    """A workbook that cannot be written is said so, and leaves nothing behind."""
    with pytest.raises(OutputError):
        write_input(by_hand(), tmp_path / "nowhere" / "office.xlsx")
    assert list(tmp_path.iterdir()) == []

"""Every screen of the page there is, by its routes: no list to keep up."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Route

from scheduler.files.workbook.write_input import write_input
from scheduler.page.app import routes
from scheduler.page.office import STEPS
from scheduler.page.screens.papers import SHEETS
from scheduler.page.state import DONE, DROPPED, FAILED, KEEP
from tests.support import busy_month, week
from tests.support.busy_month import busy_problem
from tests.support.pages import typed, waited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from scheduler.page.books import Library
    from scheduler.page.state import State

BOOK, PAPER, STEP = "{book}", "{paper}", "{step}"
FILES = ("busy-2026-12", "other", "week-2026-12")
HEADINGS = ("打った人", "打った日", "入った時刻", "出た時刻")
"""Of a file of the clock: nothing that is recognised by itself."""

COLUMNS = {"c0": "name", "c1": "date", "c2": "came", "c3": "went"}
TURNS = ("8:20,13:00", "8:00,14:10", "8:00,", ",", "9:00,13:00")
"""Coming and going of the carer on the first dates of the week."""

DOWNLOADS = ("/file/", "/get/")
"""Addresses that hand out files."""


def filled(folder: Path) -> None:
    """Put a roster, an input and a workbook that is none of ours into a folder."""
    month, other, _small = (f"{name}.xlsx" for name in FILES)
    busy_month.put(folder / month)
    (folder / "inputs").mkdir()
    write_input(busy_problem(), folder / "inputs" / month)
    (folder / "inputs" / other).write_bytes(b"PK\x03\x04")


def screens_of(client: TestClient) -> Iterator[tuple[str, str]]:
    """Yield address and text of every screen that can be opened."""
    books = [one.id for one in library(client).all()]
    for route in routes():
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        if route.path.startswith(DOWNLOADS):
            continue
        path = f"{route.path}?step={STEP}" if route.path == "/office/{book}" else ""
        for book, paper, step in product(
            books if BOOK in route.path else [""],
            SHEETS if PAPER in route.path else [""],
            [one.name for one in STEPS] if path else [""],
        ):
            address = (path or route.path).replace(BOOK, book).replace(PAPER, paper)
            address = address.replace(STEP, step)
            if "{" in address:
                continue
            answer = client.get(address)
            if answer.status_code == 200 and "<main" in answer.text:
                yield address, answer.text


def numbered_screens(client: TestClient) -> Iterator[tuple[str, str]]:
    """Search, type, save, and yield the screens that there are only then.

    A week is put into the folder for it.  Of each search its end is yielded and, as the
    database can say it, how it looks while it works, after it was stopped, and when its
    process has died.
    """
    folder = library(client).folder
    week.put(folder / f"{FILES[-1]}.xlsx")
    week.put_input(folder / "inputs" / f"{FILES[-1]}.xlsx")
    state: State = client.app.state.desk.state  # type: ignore[attr-defined]
    for address in _searched(client):
        run = waited(client, address)
        assert run.state == DONE, run.trouble
        yield _opened(client, address)
        seen: set[str] = set()
        copy, _new = state.begin(
            run.kind, run.book, Path(run.source), Path(run.target), 600, run.asked
        )
        best = state.search(copy).best  # type: ignore[union-attr]
        best.parent.mkdir(parents=True)
        if run.candidate(1).exists():
            shutil.copy(run.candidate(1), best)
        told, later = json.dumps(run.told), time.time() + 3600
        for now in (
            {"beat": later},
            {"told": told},
            {"wish": KEEP},
            {"beat": 0},
            {"state": FAILED},
            {"state": DROPPED, "told": "{}"},
        ):
            _stands(state, copy, now)
            shown = _opened(client, address.replace(f"/{run.id}", f"/{copy}"))
            if shown[1] not in seen:
                seen.add(shown[1])
                yield shown
    yield from _typed_screens(client)
    yield from _stamped_screens(client)


def _searched(client: TestClient) -> Iterator[str]:
    """Begin a search of each kind and yield where its screen is."""
    books = {(one.kind, one.name): one.id for one in library(client).all()}
    small = FILES[-1]
    roster, first = books["roster", small], str(week.PROBLEM.period.dates[1])
    ill = [one.name for one in week.PROBLEM.staff].index(week.FIRST_NIGHT)
    for address, form in (
        ("/make", {"book": books["input", small], "minutes": 1, "candidates": 2}),
        (f"/sick/{roster}", {"who": ill, "date": [first], "kind": "absent"}),
        (f"/ask/{roster}", {"kind": "substitutes", "date": first, "symbol": "日"}),
        (f"/ask/{roster}", {"kind": "room", "date": first}),
    ):
        answer = client.post(address, data=form)
        yield str(answer.headers["location"]).partition("#")[0]


def _stands(state: State, number: int, columns: dict[str, object]) -> None:
    """Write into the database how a search stands."""
    named = ", ".join(f"{one} = ?" for one in columns)
    with closing(sqlite3.connect(state.file)) as base, base:
        text = f"update search set {named} where id = ?"
        base.execute(text, (*columns.values(), number))


def _typed_screens(client: TestClient) -> Iterator[tuple[str, str]]:
    """Yield a month with cells that break something, then its two versions."""
    small = {
        str(one.kind): one.id for one in library(client).all() if one.name == FILES[-1]
    }
    month, material = f"/month/{small['roster']}", f"/material/{small['input']}"
    row = [one.name for one in week.PROBLEM.staff].index(week.FIRST_NIGHT)
    typed(client, month, row, 1, "休")
    typed(client, material, row, 1, "固休")
    typed(client, material, row, 2, "夜")
    yield _opened(client, month)
    yield _opened(client, material)
    client.post(f"{month}/save")
    for address in (
        "/versions/{book}?a=1&b=2",
        "/slips/{book}?changed=1",
        "/hard/{book}",
    ):
        yield _opened(client, address.replace(BOOK, small["roster"]))


def clock_file() -> bytes:
    """Return a file of the clock with late, long, half and missing days."""
    first = week.PROBLEM.period.dates
    lines = [
        f"{week.CARER},{date},{turn}" for date, turn in zip(first, TURNS, strict=False)
    ]
    doubled = f"{week.CARER},{first[4]},8:40,"
    return "\n".join((",".join(HEADINGS), *lines, doubled, "")).encode("cp932")


def _stamped_screens(client: TestClient) -> Iterator[tuple[str, str]]:
    """Yield what is asked about a file of the clock, then its differences."""
    book = next(one.id for one in library(client).rosters() if one.name == FILES[-1])
    address = f"/review/{book}/stamps"
    file = {"file": ("clock.csv", clock_file(), "text/csv")}
    client.post(f"{address}/read", files=file)
    yield _opened(client, address)
    client.post(f"{address}/columns", data=COLUMNS)
    client.post(f"{address}/decide", data={"decide": "accept:late"})
    yield _opened(client, address)
    client.post(f"{address}/decide", data={"decide": "planned:stayed"})
    yield _opened(client, f"/review/{book}")


def library(client: TestClient) -> Library:
    """Return the workbooks of the folder."""
    found: Library = client.app.state.desk.library  # type: ignore[attr-defined]
    return found


def _opened(client: TestClient, address: str) -> tuple[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return address, answer.text

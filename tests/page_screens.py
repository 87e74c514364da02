"""Every screen of the page there is, by its routes: no list to keep up."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from starlette.routing import Route

from scheduler.files.workbook.write_input import write_input
from scheduler.page.routes import routes
from scheduler.page.screens.papers import SHEETS
from tests.busy_month import busy_problem
from tests.pages import busy_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

BOOK, PAPER = "{book}", "{paper}"
FILES = ("busy-2026-12", "other")
DOWNLOADS = ("/file/", "/get/")
"""Addresses that hand out files."""


def filled(folder: Path) -> None:
    """Put a roster, an input and a workbook that is none of ours into a folder."""
    month, other = (f"{name}.xlsx" for name in FILES)
    (folder / month).write_bytes(busy_bytes())
    (folder / "inputs").mkdir()
    write_input(busy_problem(), folder / "inputs" / month)
    (folder / "inputs" / other).write_bytes(b"PK\x03\x04")


def screens_of(client: TestClient) -> Iterator[tuple[str, str]]:
    """Yield address and text of every screen that can be opened."""
    books = [one.id for one in client.app.state.desk.library.all()]  # type: ignore[attr-defined]
    for route in routes():
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        if route.path.startswith(DOWNLOADS):
            continue
        for book, paper in product(
            books if BOOK in route.path else [""],
            SHEETS if PAPER in route.path else [""],
        ):
            address = route.path.replace(BOOK, book).replace(PAPER, paper)
            if "{" in address:
                continue
            answer = client.get(address)
            if answer.status_code == 200 and "<main" in answer.text:
                yield address, answer.text

"""The page as a client sees it: its folder, its first address, its forms."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from scheduler.page.app import create_app
from scheduler.page.state import RUNNING
from tests.support.programs import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2
    from starlette.applications import Starlette

    from scheduler.page.open_input import OpenInput
    from scheduler.page.state import SearchRun

HOST = "127.0.0.1:8000"
ADDRESS = f"http://{HOST}"
TOKEN = "t" * 43
OWN = {"origin": ADDRESS}
"""What a browser sends along with a form of the page itself."""


def application(folder: Path) -> Starlette:
    """Return the application for a folder."""
    return create_app(folder, TOKEN, [HOST])


def stranger(app: Starlette) -> TestClient:
    """Return a client that does not know the token."""
    return TestClient(app, base_url=ADDRESS, follow_redirects=False)


def visitor(app: Starlette) -> TestClient:
    """Return a client that came by the first address."""
    client = stranger(app)
    answer = client.get("/", params={"key": TOKEN})
    assert answer.status_code == 303
    client.headers.update(OWN)
    return client


def book_of(client: TestClient, screen: str = "month") -> str:
    """Return the address of the workbook that a screen leads to."""
    answer = client.get(f"/{screen}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def open_input(client: TestClient) -> OpenInput:
    """Return the input of the month to make, as the server has it."""
    book = book_of(client, "office").rpartition("/")[2]
    found: OpenInput = client.app.state.desk.material(book)  # type: ignore[attr-defined]
    return found


def saved(client: TestClient, book: str) -> None:
    """Write what was typed into a workbook."""
    answer = client.post(f"{book}/save")
    way = answer.headers.get("hx-redirect", "")
    assert way.startswith(book), answer.text


def element(text: str, name: str) -> str:
    """Return the element with an id out of an answer, up to its end."""
    found = re.search(rf'<(t[dh]|div)\b[^>]*? id="{name}".*?</\1>', text, re.DOTALL)
    assert found is not None, name
    return found.group(0)


def waited(client: TestClient, address: str) -> SearchRun:
    """Wait for the end of the search at an address and return it."""
    number = int(address.partition("#")[0].rpartition("/")[2])
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    deadline = time.monotonic() + PATIENCE
    while state.search(number).state == RUNNING:
        assert time.monotonic() < deadline, "the search never ended"
        time.sleep(0.1)
    run: SearchRun = state.search(number)
    return run


def shown_on(page: str) -> str:
    """Return which file and which steps a screen shows."""
    (found,) = re.findall(r'data-seen="([^"]+)"', page)
    return found


def typed(
    client: TestClient, book: str, row: int | str, day: int, text: str
) -> httpx2.Response:
    """Type a text into a cell."""
    return client.post(f"{book}/cell", data={"row": row, "day": day, "text": text})

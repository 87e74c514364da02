"""The page as a client sees it: its folder, its first address, its forms."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from scheduler.audit import audit
from scheduler.files.rosters import write_roster
from scheduler.page.app import create_app
from tests.busy_month import busy_problem, busy_roster

if TYPE_CHECKING:
    import httpx2
    from starlette.applications import Starlette

HOST = "127.0.0.1:8000"
ADDRESS = f"http://{HOST}"
TOKEN = "t" * 43
OWN = {"origin": ADDRESS}
"""What a browser sends along with a form of the page itself."""


@lru_cache(maxsize=1)
def busy_bytes() -> bytes:
    """Return the workbook of a month with all kinds of cells, written once."""
    problem = busy_problem()
    roster = busy_roster(problem)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.xlsx"
        write_roster(path, problem, roster, audit(problem, roster))
        return path.read_bytes()


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


def book_of(client: TestClient) -> str:
    """Return the address of the roster that the page leads to."""
    answer = client.get("/month")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def typed(
    client: TestClient, book: str, row: int | str, day: int, text: str
) -> httpx2.Response:
    """Type a text into a cell."""
    return client.post(f"{book}/cell", data={"row": row, "day": day, "text": text})

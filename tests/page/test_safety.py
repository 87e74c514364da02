"""Whom the page answers, and what it refuses."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from scheduler.page.guard import LARGEST_BODY
from tests.support import busy_month
from tests.support.pages import (
    ADDRESS,
    HOST,
    OWN,
    TOKEN,
    application,
    book_of,
    stranger,
    typed,
    visitor,
)
from tests.support.thorough import many

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

SECRET = "桜 あおい"
"""A name that only the month's screen may show."""


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    busy_month.put(tmp_path / "r.xlsx")
    return application(tmp_path)


def test_the_first_address_lets_in_and_leaves_no_token_behind(app: Starlette) -> None:
    answer = stranger(app).get("/", params={"key": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert visitor(app).get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/month", "/make", "/static/page.css"])
def test_without_the_token_nothing_is_answered(app: Starlette, path: str) -> None:
    client = stranger(app)
    assert client.get(path).status_code == 403
    assert client.get(path, params={"key": "wrong"}).status_code == 403
    client.cookies.set("shotaki-8000", "wrong")
    answer = client.get(path)
    assert answer.status_code == 403
    assert SECRET not in answer.text


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{8000}", "127.0.0.1"])
def test_another_name_for_this_computer_is_refused(app: Starlette, host: str) -> None:
    """A site whose name is made to point here (DNS rebinding) reads nothing."""
    client = visitor(app)
    assert client.get("/", headers={"host": HOST}).status_code == 200
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(
    app: Starlette, headers: dict[str, str]
) -> None:
    client = visitor(app)
    book = book_of(client)
    before = client.get(book).text
    refused = client.post(
        f"{book}/cell", data={"row": 3, "day": 2, "text": "休"}, headers=headers
    )
    assert refused.status_code == 403
    assert client.get(book).text == before


def test_a_form_without_its_origin_is_refused(app: Starlette) -> None:
    client = visitor(app)
    book = book_of(client)
    del client.headers["origin"]
    assert client.post(f"{book}/undo").status_code == 403
    assert client.post(f"{book}/undo", headers=OWN).status_code == 200


def test_another_site_cannot_read_or_frame_the_page(app: Starlette) -> None:
    client = visitor(app)
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/file/../r.xlsx",
        "/file/..%2f..%2fetc%2fpasswd",
        "/file/%2e%2e%2fr.xlsx",
        "/month/r.xlsx",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
    ],
)
def test_no_address_is_used_as_a_path(app: Starlette, path: str) -> None:
    answer = visitor(app).get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("told", [True, False])
def test_a_request_that_is_too_large_is_refused(app: Starlette, told: bool) -> None:
    """Whether its size is told beforehand or comes out while it is read."""
    client = visitor(app)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    piece = b"x" * 1_000_000

    def pieces() -> object:
        for _number in range(LARGEST_BODY // len(piece) + 2):
            yield piece

    body = piece * (LARGEST_BODY // len(piece) + 2) if told else pieces()
    answer = client.post(f"{book_of(client)}/cell", content=body, headers=kind)
    assert answer.status_code == 413


def test_a_broken_form_is_refused_in_plain_words(app: Starlette) -> None:
    client = visitor(app)
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post(
        f"{book_of(client)}/cell", content=b"--x\r\nrubbish", headers=kind
    )
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("row", ["-1", "99", "x", "1e3", "٣", "", "0" * 9])
def test_a_cell_that_is_none_is_not_there(app: Starlette, row: str) -> None:
    client = visitor(app)
    assert typed(client, book_of(client), row, 0, "休").status_code == 404


def test_names_are_text_whatever_they_look_like(app: Starlette) -> None:
    """A name like a formula, and a typed script, are shown as they are."""
    client = visitor(app)
    book = book_of(client)
    assert "=1+1" in client.get(book).text
    script = "<script>alert(1)</script>"
    answer = typed(client, book, 3, 2, script)
    assert answer.status_code == 422
    assert script[:8] not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_no_address_and_no_log_has_a_name(
    app: Starlette, capfd: pytest.CaptureFixture[str]
) -> None:
    """Names stand in the screens alone, even where the program itself fails."""
    client = visitor(app)
    book = book_of(client)
    assert SECRET in client.get(book).text

    def fails(_book: str) -> None:
        raise RuntimeError(SECRET)

    app.state.desk.roster = fails
    answer = client.get(book)
    assert answer.status_code == 500
    assert SECRET not in answer.text
    printed = "".join(capfd.readouterr())
    assert "RuntimeError" in printed
    assert SECRET not in printed
    assert book.isascii()


@pytest.mark.parametrize("number", [10, many(50)])
def test_many_tabs_see_the_same_month(app: Starlette, number: int) -> None:
    """They read and type side by side; every step is taken, and one is the last."""
    first = visitor(app)
    book = book_of(first)
    failed = []

    def tab(place: int) -> None:
        client = visitor(app)
        answers = [client.get(book)]
        if place % 5 == 0:
            answers.append(typed(client, book, 3, place % 14, "休"))
        failed.extend(one.status_code for one in answers if one.status_code != 200)

    tabs = [threading.Thread(target=tab, args=(one,)) for one in range(number)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert failed == []
    assert first.get(book).status_code == 200
    assert ADDRESS not in first.get(book).text

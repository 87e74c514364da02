"""Every screen in a real browser: what axe-core finds, who is asked, what fits.

Their texts are Japanese alone.
"""

from __future__ import annotations

import http.server
import threading
import urllib.parse
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.page.app import routes
from scheduler.page.screens.papers import SHEETS
from tests.page.test_languages import foreign_words
from tests.support.browsing import IN_BROWSER, severe, too_wide, walking
from tests.support.busy_month import busy_problem
from tests.support.page_screens import filled, numbered_screens, screens_of
from tests.support.pages import application, visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Open every screen once; keep what axe-core found and what was asked for."""
    folder = tmp_path_factory.mktemp("every")
    filled(folder)
    client = visitor(application(folder))
    found: dict[str, Any] = {"screens": [], "severe": [], "wide": []}
    asked: list[str] = []
    with walking(folder) as page:
        home = page.url.split("/?")[0].rstrip("/")
        page.on("request", lambda one: asked.append(one.url.removeprefix(home)))
        for address, text in chain(screens_of(client), numbered_screens(client)):
            page.goto(home + address)
            found["screens"].append((address, text))
            found["severe"] += severe(page)
            found["wide"] += too_wide(page)
        found["foreign"] = _form_of_another_site(page, home)
    return {**found, "asked": asked}


@contextmanager
def another_site(text: str) -> Iterator[str]:
    """Serve one page under another name of this computer."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_told: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def _form_of_another_site(page: Any, home: str) -> tuple[int, str, str]:
    """Return the status of another site's form, and a cell before and after it."""
    page.goto(f"{home}/month")
    book = page.url
    before = page.inner_text("#c3-2")
    form = (
        f'<form method="post" action="{book}/cell"><input name="row" value="3">'
        '<input name="day" value="2"><input name="text" value="有"></form>'
        "<button onclick='document.forms[0].submit()'>x</button>"
    )
    with another_site(form) as place:
        # The same browser, with the page's cookie.
        other = page.context.new_page()
        other.goto(place)
        with other.expect_response(f"{book}/cell") as answer:
            other.click("button")
        status = answer.value.status
        other.close()
    page.reload()
    return status, before, page.inner_text("#c3-2")


def test_axe_core_finds_nothing_serious(walked: dict[str, Any]) -> None:
    assert walked["severe"] == []


def test_every_kind_of_screen_was_open(walked: dict[str, Any]) -> None:
    """Those of all routes, the searches with a number of their own among them."""
    seen = {tuple(_kind(one.partition("?")[0])) for one, _text in walked["screens"]}
    known = {
        tuple(_kind(one.path))
        for one in routes()
        if "GET" in (getattr(one, "methods", None) or ())
    }
    pieces = {"file", "day", "events", "answers"}
    files = {("make", "{}", "wall")}
    # A word alone leads to the latest workbook of its screen.
    ways = {(one[0],) for one in seen if one[1:]}
    assert {one for one in known - seen - files - ways if not pieces & {*one}} == set()


def _kind(path: str) -> Iterator[str]:
    """Yield the words of an address, with one sign for each id, number and sheet."""
    for one in path.strip("/").split("/"):
        yield one if one.isalpha() and one not in SHEETS else "{}"


def test_no_screen_speaks_english_in_japanese(walked: dict[str, Any]) -> None:
    assert sorted({*foreign_words("ja", walked["screens"])}) == []


def test_no_address_has_a_name(walked: dict[str, Any]) -> None:
    names = [one.name for one in busy_problem().staff]
    for one in walked["asked"]:
        text = urllib.parse.unquote(one)
        assert text.isascii()
        assert not any(name in text for name in names)


def test_every_screen_fits_its_window(walked: dict[str, Any]) -> None:
    """At 125 %, and on a tablet held either way; grids scroll in their own frames."""
    assert walked["wide"] == []


def test_a_form_of_another_site_changes_nothing(walked: dict[str, Any]) -> None:
    status, before, after = walked["foreign"]
    assert status == 403
    assert before == after

"""Every screen in a real browser: what axe-core finds, who is asked, what fits."""

from __future__ import annotations

import http.server
import threading
import urllib.parse
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.page.routes import routes
from tests.busy_month import busy_problem
from tests.page_screens import filled, screens_of
from tests.pages import application, visitor
from tests.test_page_browser import CHROMIUM, PATIENCE, served

if TYPE_CHECKING:
    from collections.abc import Iterator

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core is missing"
)
pytestmark = [
    # A browser and a server start here, once for the file.
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SEVERE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}
TABLET = {"width": 1024, "height": 768}
DESKTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Open every screen once; keep what axe-core found and what was asked for."""
    folder = tmp_path_factory.mktemp("every")
    filled(folder)
    addresses = [one for one, _text in screens_of(visitor(application(folder)))]
    asked: list[str] = []
    troubles: list[str] = []
    severe: dict[str, list[str]] = {}
    wide: dict[str, list[int]] = {}
    with playwright.sync_playwright() as driver, served(folder) as first:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.set_default_timeout(2 * PATIENCE)
        page.on("request", lambda one: asked.append(one.url))
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on(
            "console",
            lambda one: troubles.append(one.text) if one.type == "error" else None,
        )
        page.goto(first)
        home = first.split("/?")[0]
        for address in addresses:
            page.goto(home + address)
            found = axe.Axe().run(page, options=OPTIONS).response["violations"]
            severe[address] = [
                f"{one['id']} {one['nodes'][0]['target']} x{len(one['nodes'])}"
                for one in found
                if one["impact"] in SEVERE
            ]
            page.set_viewport_size(TABLET)
            wide[address] = page.evaluate(
                "[document.documentElement.scrollWidth, innerWidth]"
            )
            page.set_viewport_size(DESKTOP)
        foreign = _form_of_another_site(page, home)
        browser.close()
    return {
        "addresses": addresses,
        "asked": [one.removeprefix(home) for one in asked],
        "troubles": troubles,
        "severe": {address: one for address, one in severe.items() if one},
        "wide": {address: one for address, one in wide.items() if one[0] > one[1]},
        "foreign": foreign,
    }


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
    assert walked["severe"] == {}


def test_every_kind_of_screen_was_open(walked: dict[str, Any]) -> None:
    """Those of all routes but the searches that run and parts of a screen."""
    seen = {one.split("/")[1] for one in walked["addresses"]}
    known = {one.path.split("/")[1] for one in routes() if hasattr(one, "methods")}
    assert known - seen <= {"language", "file"}


def test_no_request_leaves_the_computer(walked: dict[str, Any]) -> None:
    """Also the policy stops nothing that a screen asks for."""
    assert [one for one in walked["asked"] if not one.startswith("/")] == []
    assert walked["troubles"] == []


def test_no_address_has_a_name(walked: dict[str, Any]) -> None:
    names = [one.name for one in busy_problem().staff]
    for one in walked["asked"]:
        text = urllib.parse.unquote(one)
        assert text.isascii()
        assert not any(name in text for name in names)


def test_every_screen_fits_a_tablet(walked: dict[str, Any]) -> None:
    """The month's grid scrolls in a frame of its own."""
    assert walked["wide"] == {}


def test_a_form_of_another_site_changes_nothing(walked: dict[str, Any]) -> None:
    status, before, after = walked["foreign"]
    assert status == 403
    assert before == after

"""The application: addresses and what answers them, and its start."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Collection
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from scheduler.domain.errors import InputError, OutputError
from scheduler.files.paths import reason_text
from scheduler.page.books import NoSuchBook
from scheduler.page.front_desk import FrontDesk
from scheduler.page.guard import KEY, Guard
from scheduler.page.rendering import (
    STATIC,
    desk_of,
    elsewhere,
    is_for_a_part,
    screen,
    told_beside,
    with_form,
)
from scheduler.page.screens import (
    ask,
    check,
    form,
    hard,
    home,
    make,
    material,
    month,
    office,
    papers,
    prints,
    review,
    sick,
    stamps,
    versions,
)
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import _

PLANS = "/sick/run/{number:int}"
"""The plans of one search for what to do when somebody is away."""

STAMPS = "/review/{book}/stamps"
"""The stamps of the clock, held against a month."""

FORM = "/papers/{book}/form"
"""The municipality's form of a staffing table, filled."""

MAP = "/review/map/{number:int}"
"""One map of absences."""


def routes() -> list[BaseRoute]:
    """Return every address with what answers it; POST changes something, GET nothing.

    A form is read before its answer is made (`with_form`), so that answers which take
    long are worked out in a thread.
    """
    return [
        Route("/", home.show),
        Route("/language", with_form(home.use), methods=["POST"]),
        Route("/file/{book}", home.download),
        Route("/month", month.latest_on("month")),
        *month.MonthScreen().routes(),
        Route("/versions/{book}", versions.show),
        Route("/versions/{book}", with_form(versions.bring_back), methods=["POST"]),
        Route("/wall/{book}", prints.wall),
        Route("/wall/{book}/all/file", papers.wall_of_all),
        Route("/slips/{book}", prints.slips),
        Route("/papers/{book}", papers.menu),
        Route(FORM, form.show),
        Route(FORM, with_form(form.choose), methods=["POST"]),
        Route(f"{FORM}/places", with_form(form.correct), methods=["POST"]),
        Route(f"{FORM}/{{number:int}}/file", form.workbook),
        Route("/papers/{book}/{paper}", papers.show),
        Route("/papers/{book}/{paper}/file", papers.workbook),
        Route("/check", check.latest),
        Route("/check", with_form(check.upload), methods=["POST"]),
        Route("/check/{book}", check.show),
        Route("/sick", month.latest_on("sick")),
        Route("/sick/{book}", sick.show),
        Route("/sick/{book}", with_form(sick.start), methods=["POST"]),
        Route(PLANS, sick.follow),
        Route(f"{PLANS}/events", sick.events),
        Route(f"{PLANS}/answer", with_form(sick.answer), methods=["POST"]),
        Route(f"{PLANS}/others", with_form(sick.others), methods=["POST"]),
        Route(f"{PLANS}/longer", with_form(sick.longer), methods=["POST"]),
        Route(f"{PLANS}/take", with_form(sick.take), methods=["POST"]),
        Route("/material", material.latest),
        *material.MaterialScreen().routes(),
        *material.BeforeScreen().routes(),
        Route("/new", office.ask_for_new),
        Route("/new", with_form(office.begin), methods=["POST"]),
        Route("/office", office.latest),
        *office.OfficeScreen().routes(),
        Route("/make", make.show),
        Route("/make", with_form(make.start), methods=["POST"]),
        Route("/make/{number:int}", make.follow),
        Route("/make/{number:int}/wish", with_form(make.wish), methods=["POST"]),
        Route("/make/{number:int}/rescue", with_form(make.rescue), methods=["POST"]),
        Route("/make/{number:int}/choose", with_form(make.choose), methods=["POST"]),
        Route("/make/{number:int}/events", make.events),
        Route("/make/{number:int}/wall", make.wall),
        Route("/ask", month.latest_on("ask")),
        Route("/ask/{book}", ask.show),
        Route("/ask/{book}", with_form(ask.ask), methods=["POST"]),
        Route("/ask/{book}/{number:int}", ask.follow),
        Route("/ask/{book}/{number:int}/answers", ask.answers),
        Route("/ask/{book}/{number:int}/take", with_form(ask.take), methods=["POST"]),
        Route("/hard", month.latest_on("hard")),
        Route("/hard/{book}", hard.show),
        Route("/hard/{book}", with_form(hard.make_again), methods=["POST"]),
        Route("/review", month.latest_on("review")),
        Route("/review/{book}", review.show),
        Route("/review/{book}/close", with_form(review.close), methods=["POST"]),
        Route(STAMPS, stamps.show),
        Route(f"{STAMPS}/file", stamps.workbook),
        Route(f"{STAMPS}/read", with_form(stamps.read), methods=["POST"]),
        Route(f"{STAMPS}/columns", with_form(stamps.choose), methods=["POST"]),
        Route(f"{STAMPS}/decide", with_form(stamps.decide), methods=["POST"]),
        Route("/review/{book}/map", with_form(review.start_map), methods=["POST"]),
        Route(f"{MAP}/stop", with_form(review.stop_map), methods=["POST"]),
        Route(f"{MAP}/events", review.map_events),
        Route(f"{MAP}/file", review.map_workbook),
        Route("/review/{book}/next", with_form(review.following), methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def create_app(
    folder: Path, token: str, hosts: Collection[str], *, loads_ahead: bool = False
) -> Starlette:
    """Return the application for a folder.

    Parameters
    ----------
    token
        The secret without which nothing is answered.
    hosts
        Host names, port included, under which it is asked for.
    loads_ahead
        Whether a process is loaded before a search is asked for.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(Guard, token=token, hosts=hosts, fault=_fault)],
        exception_handlers={
            HTTPException: _refused,
            InputError: _bad_input,
            OutputError: _not_written,
            OSError: _not_written,
            NoSuchBook: _no_such_book,
        },
    )
    app.state.desk = FrontDesk(folder, loads_ahead=loads_ahead)
    return app


def _trouble(
    request: Request, status: int, text: str, details: Collection[str] = ()
) -> Response:
    if is_for_a_part(request):
        return told_beside(" ".join((text, *details)), status)
    # The workbook that the address names may be what has failed.
    given = {"text": text, "details": details, "of": None}
    return screen(request, "trouble.html", status=status, **given)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.headers and "location" in error.headers:
        return elsewhere(request, error.headers["location"])
    texts = {
        404: _("There is no such page. The file may have been moved or renamed."),
        405: _("There is no such page. The file may have been moved or renamed."),
        413: _("That is too long."),
    }
    text = texts.get(error.status_code, error.detail)
    return _trouble(request, error.status_code, text)


async def _no_such_book(request: Request, error: Exception) -> Response:
    return await _refused(request, HTTPException(404))


async def _bad_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    text = _("The workbook cannot be read as it stands.")
    return _trouble(request, 422, text, mistake_texts(error.mistakes))


async def _not_written(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError):
        # Files of its own: what people have is told by whoever reads or writes it.
        place = Path(error.filename or desk_of(request).library.folder)
        return _trouble(request, 409, reason_text(error, place))
    return _trouble(request, 409, str(error))


def _fault(request: Request) -> Response:
    text = _("An error of this program. What was saved is safe; please try again.")
    try:
        return _trouble(request, 500, text)
    except Exception:
        # The screen looks at the folder, which may be what has failed.
        return PlainTextResponse(text, 500)


LOOPBACK = "127.0.0.1"

TICK = 0.02
"""Seconds between two looks whether the server answers already."""


def serve(
    folder: Path,
    *,
    port: int,
    on_ready: Callable[[str], None],
    browser: bool,
    stop: threading.Event,
) -> None:
    """Serve the page until ``stop`` is set, and what was asked for is done.

    Parameters
    ----------
    port
        The port to listen on; 0 for a free one.
    on_ready
        Called with the first address, which has the token, once it is answered.
    browser
        Whether to open the browser there.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    OSError
        If the port is in use.
    """
    token = secrets.token_urlsafe(32)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name != "nt":
            # So a server that was killed is started again on its port at once.  (On
            # Windows this would let two servers share it.)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        port = listening.getsockname()[1]
        hosts = f"{LOOPBACK}:{port}", f"localhost:{port}"
        app = create_app(folder, token, hosts, loads_ahead=True)
        config = uvicorn.Config(
            app,
            log_level="warning",
            # Neither addresses nor bodies are written down anywhere.
            access_log=False,
            server_header=False,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        address = f"http://{LOOPBACK}:{port}/?{KEY}={token}"
        threading.Thread(
            target=_watch,
            args=(server, stop, app.state.desk.closing, address, on_ready, browser),
            daemon=True,
        ).start()
        server.run(sockets=[listening])


def _watch(
    server: uvicorn.Server,
    stop: threading.Event,
    closing: threading.Event,
    address: str,
    on_ready: Callable[[str], None],
    browser: bool,
) -> None:
    """Tell when the server answers, and end it when it is asked to."""
    while not server.started:
        if stop.wait(TICK) or server.should_exit:
            server.should_exit = True
            return
    on_ready(address)
    if browser:
        webbrowser.open(address)
    stop.wait()
    closing.set()
    server.should_exit = True

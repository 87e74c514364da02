"""Templates, forms and streams: one look, one bar, texts translated when shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

from scheduler import __version__
from scheduler.domain.errors import OutputError
from scheduler.files.cleanup import unbroken
from scheduler.page.books import WorkbookFile
from scheduler.page.front_desk import kin_of, screens_of
from scheduler.page.grid_values import day_look
from scheduler.page.state import SearchRun
from scheduler.wording.times import clock_text, date_text, period_text, weekday_text
from scheduler.wording.translation import N_, _, language, ngettext

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster


class Screen(NamedTuple):
    """An entry of the bar: the screen's name, its address, its title."""

    name: str
    address: str
    title: str


NAVIGATION = (
    Screen("home", "/", N_("Start")),
    Screen("material", "/material", N_("Material")),
    Screen("check", "/check", N_("Check")),
    Screen("make", "/make", N_("Make")),
    Screen("month", "/month", N_("Roster")),
    Screen("sick", "/sick", N_("Somebody is ill")),
    Screen("ask", "/ask", N_("Who can?")),
    Screen("hard", "/hard", N_("In trouble")),
    Screen("review", "/review", N_("Look back")),
    Screen("office", "/office", N_("The office")),
)
"""The bar at the top.  A screen's template is named after it."""


HERE = Path(__file__).parent
STATIC = HERE / "static"


ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    _=_, ngettext=ngettext, language=language, app_version=__version__
)
ENVIRONMENT.filters.update(
    zip=zip,
    date=date_text,
    period_text=period_text,
    weekday=weekday_text,
    clock=clock_text,
    day_look=day_look,
)


def desk_of(request: Request) -> FrontDesk:
    """Return what all screens share."""
    desk: FrontDesk = request.app.state.desk
    return desk


def book_of(request: Request) -> WorkbookFile:
    """Return the workbook that the address names."""
    return desk_of(request).library.book(request.path_params["book"])


def roster_of(request: Request) -> OpenRoster:
    """Return the open roster that the address names."""
    return desk_of(request).roster(request.path_params["book"])


def search_of(request: Request, *kinds: str) -> SearchRun:
    """Return the search that an address names; none of another kind is there."""
    run = desk_of(request).state.search(request.path_params["number"])
    if run is None or run.kind not in kinds:
        raise HTTPException(404)
    return run


def part(name: str, **values: Any) -> str:
    """Return a template, or a part of a screen, as text."""
    return ENVIRONMENT.get_template(name).render(**values)


def screen(
    request: Request, name: str, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a whole screen with the bar at the top.

    Parameters
    ----------
    name
        The template, named after the screen: ``home.html``.
    values
        What it needs; ``of`` the workbook that is shown, if it is not the one that the
        address names.
    """
    book: WorkbookFile | None = values.pop("of", _book(request))
    here = name.removesuffix(".html")
    given = {"navigation": NAVIGATION, "here": here, **values}
    if book is not None:
        given = {**kin_of(desk_of(request), book, here), **given}
        given.setdefault("office", book.gist.office or _office(request))
        if given["kin"]:
            # Whoever looks at one house stays with it on the way to other screens.
            known = screens_of(book)
            given["navigation"] = [
                one._replace(address=f"{one.address}/{book.id}")
                if one.name in known
                else one
                for one in NAVIGATION
            ]
    given.setdefault("kin", ())
    given.setdefault("office", _office(request))
    number, named = 0, _book(request)
    with suppress(OutputError):
        # That the folder is gone is what the screen may have to tell.
        desk = desk_of(request)
        books = (named,) if named is not None else desk.library.all()
        number = sum(desk.unsaved(one.id) for one in books)
    told = _("Not saved: {number}").format(number=number) if number else ""
    given.setdefault("stand", told)
    return HTMLResponse(part(name, **given), status)


def _book(request: Request) -> WorkbookFile | None:
    """Return the workbook that the address names, if it names one."""
    try:
        return book_of(request)
    except (KeyError, OutputError):
        return None


def _office(request: Request) -> str:
    """Return the name of the office of the latest month, for the bar."""
    with suppress(OutputError):
        # That the folder is gone is what the screen may have to tell.
        for book in desk_of(request).library.all():
            if book.gist.office:
                return book.gist.office
    return "shotaki"


def is_for_a_part(request: Request) -> bool:
    """Whether a script asks, that puts the answer into the screen which is open."""
    return "hx-request" in request.headers


def elsewhere(request: Request, address: str) -> Response:
    """Lead to another screen.

    Scripts follow a redirect unseen, and would drop the screen to which it leads.
    """
    if is_for_a_part(request):
        return HTMLResponse("", headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


PIECES = {"X-Pieces": "1"}
"""Says that the answer's elements take the places of those with the same id."""


def told_beside(text: str, status: int = 200) -> Response:
    """Say a sentence beside the tools."""
    return HTMLResponse(part("told.html", text=text), status, headers=PIECES)


MOST_FIELDS = 200
MOST_FILES = 1


def with_form(
    answer: Callable[[Request], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads the form first, then answers in a thread.

    The form is ``request.state.form``.  The server does not end before the answer.
    """

    async def endpoint(request: Request) -> Response:
        try:
            with unbroken():
                async with request.form(
                    max_files=MOST_FILES, max_fields=MOST_FIELDS
                ) as form:
                    request.state.form = form
                    return await run_in_threadpool(answer, request)
        except MultiPartException as error:
            raise HTTPException(400, _("The form could not be read.")) from error

    endpoint.__name__ = answer.__name__
    return endpoint


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def named(name: str) -> dict[str, str]:
    """Return the header under which a browser keeps an answer as a file."""
    return {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}


TICK = 0.7
"""Seconds between two looks at how far the search is."""


def stream(
    request: Request, kind: str, drawn: Callable[[SearchRun], str]
) -> StreamingResponse:
    """Return an answer that goes on while a search works and the tab is open.

    Parameters
    ----------
    kind
        Of the search that the address names.
    drawn
        Draws what is shown of it; sent whenever it differs.
    """
    events = _events(request, search_of(request, kind).id, drawn)
    return StreamingResponse(events, media_type="text/event-stream")


async def _events(
    request: Request, number: int, drawn: Callable[[SearchRun], str]
) -> AsyncIterator[str]:
    sent = ""
    desk = desk_of(request)
    while not (desk.closing.is_set() or await request.is_disconnected()):
        run = await asyncio.to_thread(desk.state.search, number)
        if run is None:
            return
        text = await asyncio.to_thread(drawn, run)
        if text != sent:
            yield _event("state", text)
            sent = text
        if not run.is_running:
            # The name of the event ends the stream: the browser asks no more.
            yield _event("end", "")
            return
        await asyncio.sleep(TICK)


def _event(name: str, text: str) -> str:
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {name}\n{lines}\n"

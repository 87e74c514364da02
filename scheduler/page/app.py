"""The application: routes, what they share, and how errors are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse

from scheduler.domain.errors import InputError, OutputError
from scheduler.page.calm import Calm
from scheduler.page.front_desk import FrontDesk
from scheduler.page.guard import Guard
from scheduler.page.rendering import screen
from scheduler.page.routes import routes
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response


def create_app(folder: Path, token: str, hosts: Collection[str]) -> Starlette:
    """Return the application for a folder.

    Parameters
    ----------
    token
        The secret without which nothing is answered.
    hosts
        Host names, port included, under which it is asked for.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    app = Starlette(
        routes=routes(),
        middleware=[
            Middleware(Guard, token=token, hosts=hosts),
            Middleware(Calm, answer=_fault),
        ],
        exception_handlers={
            HTTPException: _refused,
            InputError: _bad_input,
            OutputError: _not_written,
        },
    )
    app.state.desk = FrontDesk(folder)
    return app


def _trouble(
    request: Request, status: int, text: str, details: Collection[str] = ()
) -> Response:
    # The workbook that the address names may be what has failed.
    given = {"text": text, "details": details, "of": None}
    return screen(request, "trouble.html", status=status, **given)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.headers and "location" in error.headers:
        return RedirectResponse(error.headers["location"], error.status_code)
    texts = {
        404: _("There is no such page. The file may have been moved or renamed."),
        405: _("There is no such page. The file may have been moved or renamed."),
        413: _("That is too long."),
    }
    text = texts.get(error.status_code, error.detail)
    return _trouble(request, error.status_code, text)


async def _bad_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    text = _("The workbook cannot be read as it stands.")
    return _trouble(request, 422, text, mistake_texts(error.mistakes))


async def _not_written(request: Request, error: Exception) -> Response:
    return _trouble(request, 409, str(error))


def _fault(request: Request) -> Response:
    text = _("An error of this program. What was saved is safe; please try again.")
    return _trouble(request, 500, text)

"""Forms that the page sends to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

MOST_FIELDS = 200
MOST_FILES = 1


def with_form(
    answer: Callable[[Request], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads the form first, then answers in a thread.

    The form is ``request.state.form``.
    """

    async def endpoint(request: Request) -> Response:
        try:
            async with request.form(
                max_files=MOST_FILES, max_fields=MOST_FIELDS
            ) as form:
                request.state.form = form
                return await run_in_threadpool(answer, request)
        except MultiPartException as error:
            raise HTTPException(400, _("The form could not be read.")) from error

    endpoint.__name__ = answer.__name__
    return endpoint

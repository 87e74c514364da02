"""Errors of this program: told in a sentence, and logged without anybody's data."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from starlette.requests import Request

from scheduler.page.guard import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_FRAMES = 6


class Calm:
    """Middleware that answers an error nobody foresaw.

    Its message may hold a name or a wish, so only the kind of error and the lines of
    code are written down.

    Parameters
    ----------
    answer
        Makes the screen that tells of it.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it if that fails before an answer began."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except TooLarge:
            raise
        except Exception as error:
            _log(error)
            if not has_begun:
                await self._answer(Request(scope))(scope, receive, send)


def _log(error: Exception) -> None:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    where = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(frames))
    print(f"{type(error).__name__}: {where}", file=sys.stderr, flush=True)

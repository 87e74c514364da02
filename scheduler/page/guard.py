"""Who may ask the page, and how much; and what is said of errors of this program.

Pure ASGI, so that streams end when left.  Only the browser that was opened with the
first address may ask: it has the token, which no other program and no other site knows.
A foreign site can neither be the page under another name (Host), nor send it a form
(Origin, Sec-Fetch-Site), nor read or frame an answer (the headers of every answer).

Errors are told in a sentence, and logged without anybody's data.
"""

from __future__ import annotations

import secrets
import sys
import traceback
from collections.abc import Callable, Collection
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.wording.translation import _

KEY = "key"
"""The query parameter of the first address that carries the token."""

LARGEST_BODY = 12_000_000
"""Most bytes of a request; a workbook of an ordinary office has 0.2 million."""

POLICY = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: browsers then send forms without their origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

READING = ("GET", "HEAD")
OWN_SITE = ("same-origin", "none")
"""Values of Sec-Fetch-Site: from the page itself, or typed or opened by the user."""


class TooLarge(Exception):
    """A request's body has more bytes than are read."""


class Guard:
    """Middleware that answers only whoever holds the token.

    Parameters
    ----------
    token
        The secret of the first address, and of the cookie that it sets.
    hosts
        The values of Host, port included, under which the page is asked for.
    fault
        Makes the screen that tells of an error nobody foresaw.
    """

    def __init__(
        self,
        app: ASGIApp,
        token: str,
        hosts: Collection[str],
        fault: Callable[[Request], Response],
    ) -> None:
        self._app = app
        self._fault = fault
        self._token = token
        self._hosts = frozenset(hosts)
        port = next(iter(sorted(hosts))).rpartition(":")[2]
        # Cookies are shared by all ports of a host.
        self._cookie = f"shotaki-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on with limits on what is read of it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _guarded(send))
            return
        sent = False

        async def watched(message: Message) -> None:
            nonlocal sent
            sent = True
            await send(message)

        answer = None
        try:
            await self._app(scope, _limited(receive), _guarded(watched))
        except TooLarge:
            answer = _too_large()
        except Exception as error:
            # Its message may hold a name or a wish: only its kind is written down.
            _log(error)
            answer = None if sent else self._fault(Request(scope))
        if answer is not None and not sent:
            await answer(scope, receive, _guarded(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not be served, if it is one."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse(_("This is not the address of the page."), 421)
        if headers.get("sec-fetch-site", "none") not in OWN_SITE:
            return PlainTextResponse(
                _("Asked for by another site; nothing was done."), 403
            )
        origin = headers.get("origin")
        is_reading = scope["method"] in READING
        if (origin or not is_reading) and origin != f"http://{host}":
            return PlainTextResponse(
                _("Asked for by another site; nothing was done."), 403
            )
        if _length(headers) > LARGEST_BODY:
            return _too_large()
        return self._without_token(scope, headers)

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Let the first address in, and refuse whoever has no token."""
        if scope["path"] == "/" and scope["method"] == "GET":
            given = _query_value(scope["query_string"])
            if given and secrets.compare_digest(given, self._token):
                # The token leaves the address bar, and so the history, at once.
                answer = RedirectResponse("/", 303)
                answer.set_cookie(
                    self._cookie, self._token, httponly=True, samesite="strict"
                )
                return answer
        held = _cookie_value(headers.get("cookie", ""), self._cookie)
        if not secrets.compare_digest(held, self._token):
            told = _("Open the page again from its icon, or with `shotaki open`.")
            return PlainTextResponse(told, 403)
        return None


def _too_large() -> Response:
    return PlainTextResponse(
        _("This file is too large for a workbook of an office."), 413
    )


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isdecimal() else 0


def _query_value(query: bytes) -> str:
    name, _equals, value = query.decode("latin-1").partition("=")
    return value if name == KEY and value.isascii() else ""


def _cookie_value(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found is not None and found.value.isascii() else ""


def _limited(receive: Receive) -> Receive:
    """Return a reader that raises `TooLarge` beyond the most bytes of a body."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise TooLarge
        return message

    return limited


def _guarded(send: Send) -> Send:
    """Return a sender that adds the headers of every answer."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in POLICY.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded


MOST_FRAMES = 6


def _log(error: Exception) -> None:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    where = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(frames))
    print(f"{type(error).__name__}: {where}", file=sys.stderr, flush=True)

"""How far a search is, sent to a tab again and again until either ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import StreamingResponse

from scheduler.page.rendering import desk_of
from scheduler.page.state import SearchRun

TICK = 0.7
"""Seconds between two looks at how far the search is."""


def stream(
    request: Request, number: int, drawn: Callable[[SearchRun], str]
) -> StreamingResponse:
    """Return an answer that goes on while the search works and the tab is open.

    Parameters
    ----------
    drawn
        Draws what is shown of a search; sent whenever it differs.
    """
    return StreamingResponse(
        _events(request, number, drawn), media_type="text/event-stream"
    )


async def _events(
    request: Request, number: int, drawn: Callable[[SearchRun], str]
) -> AsyncIterator[str]:
    sent = ""
    while not await request.is_disconnected():
        run = await asyncio.to_thread(desk_of(request).state.search, number)
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

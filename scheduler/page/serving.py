"""Start the page on this computer: a free port, a new token, the browser."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from scheduler.page.app import create_app
from scheduler.page.guard import KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOPBACK = "127.0.0.1"

TICK = 0.02
"""Seconds between two looks whether the server answers already."""

PATIENCE = 2
"""Seconds that open streams may take to end when the server stops."""


def serve(
    folder: Path,
    *,
    port: int,
    on_ready: Callable[[str], None],
    browser: bool,
    stop: threading.Event,
) -> None:
    """Serve the page until ``stop`` is set.

    Parameters
    ----------
    folder
        The folder with the workbooks.
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
        listening.bind((LOOPBACK, port))
        port = listening.getsockname()[1]
        app = create_app(folder, token, [f"{LOOPBACK}:{port}", f"localhost:{port}"])
        config = uvicorn.Config(
            app,
            log_level="warning",
            # Neither addresses nor bodies are written down anywhere.
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=PATIENCE,
        )
        server = uvicorn.Server(config)
        address = f"http://{LOOPBACK}:{port}/?{KEY}={token}"
        threading.Thread(
            target=_watch,
            args=(server, stop, address, on_ready, browser),
            daemon=True,
        ).start()
        server.run(sockets=[listening])


def _watch(
    server: uvicorn.Server,
    stop: threading.Event,
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
    server.should_exit = True

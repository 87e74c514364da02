"""Searches in processes of their own, which no tab and no server takes along."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from scheduler.wording.translation import language

if TYPE_CHECKING:
    from scheduler.page.state import State


def launch(state: State, number: int) -> None:
    """Start the process of a search that the database has.

    It hears no signal of the server's terminal and outlives the server.
    """
    given: dict[str, object] = {}
    if sys.platform == "win32":
        given["creationflags"] = (
            subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        )
    else:
        given["start_new_session"] = True
    subprocess.Popen(
        [
            *(sys.executable, "-m", "scheduler.page.jobs.worker"),
            *(str(state.file), str(number), language()),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
        **given,  # type: ignore[call-overload]
    )

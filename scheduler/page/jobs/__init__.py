"""Searches in processes of their own, which no tab and no server takes along."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.wording.translation import language

if TYPE_CHECKING:
    from scheduler.page.books import WorkbookFile
    from scheduler.page.state import State


def begun(
    state: State,
    kind: str,
    book: WorkbookFile,
    seconds: float,
    asked: dict[str, Any] | None = None,
    target: Path = Path(),
) -> int:
    """Begin a search unless one of its kind works already; return the id of either.

    Parameters
    ----------
    target
        Where its result goes, if that is a workbook of the folder.
    """
    number, is_new = state.begin(kind, book.id, book.path, target, seconds, asked)
    if is_new:
        launch(state, number)
    return number


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

"""The process of one search: ``python -m scheduler.page.jobs.worker STATE [KIND]``.

It loads what a search of a kind needs, and waits for a line with the id of its search
and the language of its words; without one it ends.  It says in the database how far it
is, and looks there for what it is asked to do.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from scheduler.domain.errors import GaveUp, InputError, OutputError
from scheduler.page.jobs.reports import Reports
from scheduler.page.state import DONE, DROP, DROPPED, FAILED, SearchRun, State
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import LANGUAGES, _, use_language

Work = Callable[["SearchRun", Reports, threading.Event], Path]

WORK = {
    "roster": "making.make_roster",
    "sick": "replanning.replan_month",
    "substitutes": "asking.find_substitutes",
    "room": "asking.find_room",
    "absences": "asking.map_absences",
}
"""By the kind of a search, module and name of the function that does it."""

TICK = 0.5
"""Seconds between two signs of life."""


def main(arguments: Sequence[str]) -> int:
    """Run the search that is asked for; return 0 if it ended with a result."""
    file, *kinds = arguments
    for kind in kinds:
        work_of(kind)
    told = sys.stdin.readline().split()
    if not told:
        return 0
    number, lang = told
    use_language(next(one for one in LANGUAGES if one == lang))
    state = State(Path(file))
    run = state.search(int(number))
    if run is None:
        return 1
    stop, ended = threading.Event(), threading.Event()
    reports = Reports(state, run.id)

    def live() -> None:
        while not ended.wait(TICK):
            wish = state.beat(run.id)
            if wish:
                stop.set()
            if wish == DROP:
                reports.dropped.set()

    try:
        # Loading lets no other thread speak: signs of life begin after it.
        work = work_of(run.kind)
        threading.Thread(target=live, daemon=True).start()
        result = work(run, reports, stop)
    except InputError as error:
        told = " ".join(mistake_texts(error.mistakes)[:3])
        state.end(run.id, FAILED, trouble=told)
    except OutputError as error:
        state.end(run.id, FAILED, trouble=str(error))
    except GaveUp:
        if reports.dropped.is_set():
            state.end(run.id, DROPPED)
        else:
            told = _("No roster was found in the time given.")
            state.end(run.id, FAILED, trouble=told)
    except Exception as error:
        told = _("An error of this program stopped it: {name}")
        state.end(run.id, FAILED, trouble=told.format(name=type(error).__name__))
        raise
    else:
        state.end(run.id, DONE, str(result))
        return 0
    finally:
        ended.set()
    return 1


def work_of(kind: str) -> Work:
    """Return what a search of a kind does; loaded only where it is needed."""
    module, _dot, name = WORK[kind].partition(".")
    work: Work = getattr(import_module(f"scheduler.page.jobs.{module}"), name)
    return work


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The process of one search: ``python -m scheduler.page.jobs.worker STATE ID LANG``.

It says in the database how far it is, and looks there for what it is asked to do.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from scheduler.domain.errors import GaveUp, InputError, OutputError
from scheduler.page.jobs.reports import Reports
from scheduler.page.state import DONE, DROP, DROPPED, FAILED, SearchRun, State
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import LANGUAGES, _, use_language

Work = Callable[["SearchRun", Reports, threading.Event], Path]

TICK = 0.5
"""Seconds between two signs of life."""


def main(arguments: Sequence[str]) -> int:
    """Run the search of an id; return 0 if it ended with a result."""
    file, number, lang = arguments
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

    threading.Thread(target=live, daemon=True).start()
    try:
        result = work_of(run)(run, reports, stop)
    except InputError as error:
        told = " ".join(mistake_texts(error.mistakes)[:3])
        state.end(run.id, FAILED, trouble=told)
    except OutputError as error:
        state.end(run.id, FAILED, trouble=str(error))
    except GaveUp:
        told = _("No roster was found in the time given.")
        state.end(run.id, DROPPED if reports.dropped.is_set() else FAILED, trouble=told)
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


def work_of(run: SearchRun) -> Work:
    """Return what a search does; loaded only where it is needed."""
    kind = run.kind
    if kind == "roster":
        from scheduler.page.jobs.making import make_roster

        return make_roster
    if kind == "sick":
        from scheduler.page.jobs.replanning import replan_month

        return replan_month
    if kind in ("substitutes", "room"):
        from scheduler.page.jobs import asking

        return asking.find_room if kind == "room" else asking.find_substitutes
    if kind == "absences":
        from scheduler.page.jobs.asking import map_absences

        return map_absences
    raise ValueError(kind)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

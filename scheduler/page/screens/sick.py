"""急な休み: who, when; then up to four plans, whom to call, and accepting one."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from scheduler.domain.errors import InputError, OutputError
from scheduler.files.outdated import outdated
from scheduler.files.wall_of_all import renew_wall_of_all
from scheduler.page import clock
from scheduler.page.asked_plans import (
    KINDS,
    MOST_REMARK,
    NOTHING_ASKED,
    asked_by,
    does_not_count,
    use_text,
    users_text,
)
from scheduler.page.books import WorkbookFile
from scheduler.page.rendering import (
    desk_of,
    elsewhere,
    part,
    roster_of,
    screen,
    search_of,
    stream,
)
from scheduler.page.state import KEEP, SearchRun
from scheduler.whatif.accepting import accept
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.names import off_name
from scheduler.wording.times import runs_text

if TYPE_CHECKING:
    from scheduler.page.open_roster import OpenRoster

KIND = "sick"
SECONDS = 60.0
"""Most time of the search for all plans: whoever is on the phone does not wait long."""
LONGER = 3
"""How many times as long another search takes where nothing was found in time."""
MOST_SECONDS = 600.0

SPARE = 5.0
"""Seconds before its end from which on a search takes up nothing new."""

SHOWN = 7
"""Dates of the strip; others are behind ほかの日."""

CALLED, YES, NO = "called", "yes", "no"
NONE = "none"
"""Takes an answer back that was a slip of the hand."""
ANSWERS = (CALLED, YES, NO, NONE)

_one_by_one = threading.Lock()
"""Held while answers are read and kept, and while a plan is accepted: a button may be
pressed twice, and two people's answers within a second."""


def show(request: Request) -> Response:
    """Show the form."""
    desk_of(request).searches.expect(KIND)
    return _form(request, roster_of(request))


def start(request: Request) -> Response:
    """Look for plans for what was asked; a search that works on others ends."""
    opened = roster_of(request)
    try:
        asked = asked_by(request.state.form, opened)
    except ValueError as error:
        return _form(request, opened, str(error))
    return RedirectResponse(f"/sick/run/{_begun(request, opened.book, asked)}", 303)


def follow(request: Request) -> Response:
    """Show the plans found so far, and what was answered."""
    run = search_of(request, KIND)
    return _form(request, desk_of(request).roster(run.book), run=run)


def answer(request: Request) -> Response:
    """Take somebody's answer, which stands in every plan that asks the person."""
    run, form = search_of(request, KIND), request.state.form
    given, name = str(form.get("answer", "")), str(form.get("name", ""))
    spared = set(run.asked.get("refused", ()))
    known = {one["name"] for plan in _plans(run) for one in plan["people"]} | spared
    if given not in ANSWERS or name not in known:
        raise HTTPException(404)
    with _one_by_one:
        run = search_of(request, KIND)
        answers = {**_answers(run), name: given}
        if given == NONE:
            del answers[name]
        desk_of(request).state.keep_asked(run.id, {**run.asked, "answers": answers})
    values = _values(request, search_of(request, KIND))
    is_last = given == NO and not values["plans"] and not run.is_running
    if is_last or name in spared:
        # Whoever is on the phone waits: the next plans are looked for at once.
        number = _others(request, run)
        return elsewhere(request, f"/sick/run/{number}")
    return HTMLResponse(part("sick_plans.html", **values))


def others(request: Request) -> Response:
    """Look for further plans without those who said no."""
    return RedirectResponse(
        f"/sick/run/{_others(request, search_of(request, KIND))}", 303
    )


def longer(request: Request) -> Response:
    """Look again for what was asked, with more time than before."""
    run = search_of(request, KIND)
    number = _others(request, run, min(MOST_SECONDS, run.seconds * LONGER))
    return RedirectResponse(f"/sick/run/{number}", 303)


def _others(request: Request, run: SearchRun, seconds: float = SECONDS) -> int:
    """Begin the search without those who said no, and return its id."""
    answers = _answers(search_of(request, KIND))
    refused = sorted(name for name, given in answers.items() if given == NO)
    asked = {**run.asked, "refused": refused, "answers": answers, "taken": 0}
    return _begun(request, desk_of(request).roster(run.book).book, asked, seconds)


def take(request: Request) -> Response:
    """Make a plan the roster, once everybody whom it asks has agreed."""
    run, form = search_of(request, KIND), request.state.form
    number = str(form.get("plan", ""))
    plans = dict(enumerate(_plans(run), start=1))
    plan = plans.get(int(number)) if number.isdecimal() and len(number) < 3 else None
    if plan is None:
        raise HTTPException(404)
    slips = RedirectResponse(f"/slips/{run.book}?changed=1", 303)
    with _one_by_one:
        run = search_of(request, KIND)
        opened = desk_of(request).roster(run.book)
        if _taken(run) == int(number):
            return slips
        if missing(plan, _answers(run)) or _taken(run) or _is_old(run, opened):
            return RedirectResponse(f"/sick/run/{run.id}", 303)
        why = str(run.asked.get("why", ""))[:MOST_REMARK]
        when = clock.now()
        try:
            accept(opened.book.path, run.candidate(int(number)), when, why)
        except InputError as error:
            text = " ".join(mistake_texts(error.mistakes))
            return _form(request, opened, text, run=run)
        except OutputError as error:
            return _form(request, opened, str(error), run=run)
        renew_wall_of_all(opened.book.path, opened.file)
        asked = {**run.asked, "taken": int(number)}
        desk_of(request).state.keep_asked(run.id, asked)
    # What is left to do: give those whose days have changed their slip.
    return slips


async def events(request: Request) -> Response:
    """Send the plans as they are found."""

    def drawn(run: SearchRun) -> str:
        return part("sick_plans.html", **_values(request, run))

    return stream(request, KIND, drawn)


def missing(plan: dict[str, Any], answers: dict[str, str]) -> list[str]:
    """Return who has not agreed to a plan; the ill are not asked for their absence."""
    return [one["name"] for one in plan["people"] if answers.get(one["name"]) != YES]


def _begun(
    request: Request,
    book: WorkbookFile,
    asked: dict[str, Any],
    seconds: float = SECONDS,
) -> int:
    """Begin a search; one that still works on something else ends first."""
    desk = desk_of(request)
    state = desk.state
    for one in state.searches(KIND):
        if one.is_running:
            state.wish(one.id, KEEP)
            state.end(one.id, "done")
    moment = clock.now().isoformat(timespec="minutes")
    return desk.searches.begin(KIND, book, seconds, {**asked, "moment": moment})


def _form(
    request: Request,
    opened: OpenRoster,
    trouble: str = "",
    run: SearchRun | None = None,
) -> Response:
    dates = opened.problem.period.dates
    asked = {**NOTHING_ASKED, **(run.asked if run else {})}
    today = clock.today()
    chosen = _dates(run) if run else []
    around = request.query_params.get("from", "")
    known = {str(date): date for date in dates}
    first = known.get(around) or (chosen[0] if chosen else None)
    first = first or (today if today in opened.problem.period else dates[0])
    at = max(0, min(dates.index(first), len(dates) - SHOWN))
    values = _values(request, run) if run else {"run": None}
    begun = None if run else _before(request, opened)
    users = [*map(users_text, asked["users"]), *map(use_text, asked["uses"])]
    return screen(
        request,
        "sick.html",
        here="sick",
        of=opened.book,
        opened=opened,
        strip=dates[at : at + SHOWN],
        rest=(*dates[:at], *dates[at + SHOWN :]),
        asked={**asked, "dates": []} if users else asked,
        users=users,
        kinds=[(str(one), off_name(one)) for one in KINDS],
        trouble=trouble,
        begun=begun,
        ends_later=not users and opened.problem.period.last in chosen,
        begun_dates=runs_text(_dates(begun)) if begun else "",
        unsaved=does_not_count(opened, asked["users"]),
        **values,
    )


def _before(request: Request, opened: OpenRoster) -> SearchRun | None:
    """Return the last search of today whose plans may still be accepted."""
    today = str(clock.today())
    for run in desk_of(request).state.searches(KIND):
        if run.book == opened.book.id:
            is_of_today = str(run.asked.get("moment", "")).startswith(today)
            waits = is_of_today and not _taken(run) and not _is_old(run, opened)
            return run if waits else None
    return None


def _dates(run: SearchRun) -> list[dt.date]:
    return [dt.date.fromisoformat(date) for date in run.asked["dates"]]


def _taken(run: SearchRun) -> int:
    """Return the number of the plan that was accepted; 0 if none was."""
    return int(run.asked.get("taken", 0))


def _is_old(run: SearchRun, opened: OpenRoster) -> bool:
    """Whether the roster is another than the one for which plans were looked for."""
    houses = opened.saved.houses
    stands = houses.whole if houses else opened.saved.roster
    known: str = run.told.get("before", stands.fingerprint)
    return known != stands.fingerprint


def _is_short(run: SearchRun) -> bool:
    """Whether a search has ended for its time, with fewer plans than it looks for."""
    is_over = not run.is_running and run.beat - run.began > run.seconds - SPARE
    return is_over and len(_plans(run)) < run.told.get("most", 0)


def _plans(run: SearchRun) -> list[dict[str, Any]]:
    return list(run.told.get("plans", ()))


def _answers(run: SearchRun) -> dict[str, str]:
    return dict(run.asked.get("answers", {}))


def _is_worse(plan: dict[str, Any]) -> bool:
    """Whether a plan breaks what the roster before it keeps.

    What was broken before stays so, however long one looks.
    """
    return bool(plan.get("worse", not plan["legal"]))


def _values(request: Request, run: SearchRun) -> dict[str, Any]:
    """Return what the plans' template needs."""
    taken, opened = _taken(run), desk_of(request).roster(run.book)
    answers, found = _answers(run), _plans(run)
    # Another plan is the least of those that spare somebody of the plans before.
    best = [one for place, one in enumerate(found) if not place or one.get("gains")]
    fewest = min((len(one["people"]) for one in best), default=0)
    plans = [
        {
            **plan,
            "number": number,
            "missing": missing(plan, answers),
            "worse": _is_worse(plan),
            "fewest": plan["least"] and len(plan["people"]) == fewest,
        }
        for number, plan in enumerate(found, start=1)
        if number == taken
        or (
            not taken
            and not any(answers.get(one["name"]) == NO for one in plan["people"])
        )
    ]
    return {
        "run": run,
        "taken": taken,
        "outdated": [one.path.name for one in outdated(opened.book.path)]
        if taken
        else [],
        "is_old": not taken and _is_old(run, opened),
        "plans": plans,
        "is_short": bool(plans) and _is_short(run),
        "all_worse": bool(plans) and all(map(_is_worse, plans)),
        "answers": answers,
        "refused": [name for name, given in answers.items() if given == NO],
        "out": sorted(run.asked.get("refused", ())),
    }

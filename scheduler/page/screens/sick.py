"""急な休み: who, when; then up to four plans, whom to call, and accepting one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.shifts import OffKind
from scheduler.page.books import WorkbookFile
from scheduler.page.rendering import desk_of, part, roster_of, screen, search_of, stream
from scheduler.page.screens.month import latest_on
from scheduler.page.state import KEEP, SearchRun
from scheduler.whatif.accepting import accept
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.names import off_name
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster

KIND = "sick"
SECONDS = 60.0
"""Most time of the search for all plans: whoever is on the phone does not wait long."""
LONGER = 3
"""How many times as long another search takes where nothing was found in time."""
MOST_SECONDS = 600.0

SHOWN = 7
"""Dates of the strip; others are behind ほかの日."""

ABSENT, PAID, SPECIAL = OffKind.ABSENT, OffKind.PAID_LEAVE, OffKind.SPECIAL_LEAVE
KINDS = (ABSENT, PAID, SPECIAL)
CALLED, YES, NO = "called", "yes", "no"
ANSWERS = (CALLED, YES, NO)
MOST_REMARK = 200
"""Most characters of the private reason."""


latest = latest_on("sick")
"""Go to the roster of the month in which today lies, else to the latest."""


def show(request: Request) -> Response:
    """Show the form."""
    desk_of(request).searches.expect(KIND)
    return _form(request, roster_of(request))


def start(request: Request) -> Response:
    """Look for plans for what was asked; a search that works on others ends."""
    opened = roster_of(request)
    try:
        asked = _asked(request, opened)
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
    known = {one["name"] for plan in _plans(run) for one in plan["people"]}
    if given not in ANSWERS or name not in known:
        raise HTTPException(404)
    answers = {**_answers(run), name: given}
    desk_of(request).state.keep_asked(run.id, {**run.asked, "answers": answers})
    values = _values(search_of(request, KIND))
    if given == NO and not values["plans"] and not run.is_running:
        # Whoever is on the phone waits: the next plans are looked for at once.
        number = _others(request, run)
        return HTMLResponse("", headers={"HX-Redirect": f"/sick/run/{number}"})
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
    asked = {**run.asked, "refused": refused, "answers": answers}
    return _begun(request, desk_of(request).roster(run.book).book, asked, seconds)


def take(request: Request) -> Response:
    """Make a plan the roster, once everybody whom it asks has agreed."""
    run, form = search_of(request, KIND), request.state.form
    number = str(form.get("plan", ""))
    plans = dict(enumerate(_plans(run), start=1))
    plan = plans.get(int(number)) if number.isdecimal() and len(number) < 3 else None
    if plan is None:
        raise HTTPException(404)
    if missing(plan, _answers(run)):
        return RedirectResponse(f"/sick/run/{run.id}", 303)
    opened = desk_of(request).roster(run.book)
    why = str(run.asked.get("why", ""))[:MOST_REMARK]
    when = dt.datetime.now().replace(microsecond=0)
    try:
        accept(opened.book.path, run.candidate(int(number)), when, why)
    except InputError as error:
        return _form(request, opened, " ".join(mistake_texts(error.mistakes)), run=run)
    except OutputError as error:
        return _form(request, opened, str(error), run=run)
    # What is left to do: give those whose days have changed their slip.
    return RedirectResponse(f"/slips/{opened.book.id}?changed=1", 303)


async def events(request: Request) -> Response:
    """Send the plans as they are found."""
    run = search_of(request, KIND)
    return stream(request, run.id, lambda one: part("sick_plans.html", **_values(one)))


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
    moment = dt.datetime.now().isoformat(timespec="minutes")
    return desk.searches.begin(KIND, book, seconds, {**asked, "moment": moment})


def _asked(request: Request, opened: OpenRoster) -> dict[str, Any]:
    """Return what the form asks; raise `ValueError` with what is missing."""
    form = request.state.form
    staff = opened.problem.staff
    row = str(form.get("who", ""))
    if not row.isdecimal() or len(row) > 4 or int(row) >= len(staff):
        raise ValueError(_("Choose who is away."))
    known = {str(date) for date in opened.problem.period.dates}
    dates = sorted({str(date) for date in form.getlist("date")} & known)
    if not dates:
        raise ValueError(_("Choose the dates."))
    kind = str(form.get("kind", ""))
    off = next((one for one in KINDS if str(one) == kind), ABSENT)
    today = str(dt.date.today())
    start = today if today in known and today <= dates[0] else dates[0]
    return {
        "name": staff[int(row)].name,
        "row": int(row),
        "dates": dates,
        "kind": "" if off is ABSENT else OFF_SYMBOLS[off],
        "off": str(off),
        "start": start,
        "why": str(form.get("why", ""))[:MOST_REMARK],
        "answers": {},
        "refused": [],
    }


def _form(
    request: Request,
    opened: OpenRoster,
    trouble: str = "",
    run: SearchRun | None = None,
) -> Response:
    dates = opened.problem.period.dates
    asked: dict[str, Any] = run.asked if run else {"dates": [], "row": None, "off": ""}
    today = dt.date.today()
    chosen = [dt.date.fromisoformat(date) for date in asked["dates"]]
    around = request.query_params.get("from", "")
    known = {str(date): date for date in dates}
    first = known.get(around) or (chosen[0] if chosen else None)
    first = first or (today if today in opened.problem.period else dates[0])
    at = max(0, min(dates.index(first), len(dates) - SHOWN))
    values = _values(run) if run else {"run": None}
    asked = {"why": "", **asked}
    return screen(
        request,
        "sick.html",
        here="sick",
        of=opened.book,
        opened=opened,
        strip=dates[at : at + SHOWN],
        rest=(*dates[:at], *dates[at + SHOWN :]),
        asked=asked,
        kinds=[(str(one), off_name(one)) for one in KINDS],
        trouble=trouble,
        **values,
    )


def _plans(run: SearchRun) -> list[dict[str, Any]]:
    return list(run.told.get("plans", ()))


def _answers(run: SearchRun) -> dict[str, str]:
    return dict(run.asked.get("answers", {}))


def _is_worse(plan: dict[str, Any]) -> bool:
    """Whether a plan breaks what the roster before it keeps.

    What was broken before stays so, however long one looks.
    """
    return bool(plan.get("worse", not plan["legal"]))


def _values(run: SearchRun) -> dict[str, Any]:
    """Return what the plans' template needs."""
    answers, found = _answers(run), _plans(run)
    # Another plan is the least of those that spare somebody of the plans before.
    best = [one for place, one in enumerate(found) if not place or one.get("less")]
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
        if not any(answers.get(one["name"]) == NO for one in plan["people"])
    ]
    return {
        "run": run,
        "plans": plans,
        "all_worse": bool(plans) and all(map(_is_worse, plans)),
        "answers": answers,
        "refused": [name for name, given in answers.items() if given == NO],
        "out": sorted(run.asked.get("refused", ())),
    }

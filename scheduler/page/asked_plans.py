"""What plans are looked for on 急な休み: somebody away, or other numbers of users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.domain.errors import InputError
from scheduler.domain.forecast import Service
from scheduler.domain.scenario import Case, Event, Happening, Words
from scheduler.domain.shifts import OffKind
from scheduler.page import clock
from scheduler.page.open_book import Part
from scheduler.whatif.lent_out import times_and_office
from scheduler.whatif.other_users import MORE, WORDS
from scheduler.whatif.scenario_parser import parse_scenario
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.names import name_of
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from scheduler.page.open_roster import OpenRoster

ABSENT, PAID, SPECIAL = OffKind.ABSENT, OffKind.PAID_LEAVE, OffKind.SPECIAL_LEAVE
KINDS = (ABSENT, PAID, SPECIAL)
LENT = "lent"
"""Value of the form for somebody who helps in another office meanwhile."""

MOST_REMARK = 200
"""Most characters of the private reason."""

MOST_USE = 80
"""Most characters of one service of other use."""
USE_FIELDS = ("day_use", "stays", "visits")

NOTHING_ASKED: dict[str, Any] = {
    "name": "",
    "row": None,
    "dates": [],
    "kind": "",
    "off": "",
    "lent": {},
    "why": "",
    "users": [],
    "uses": [],
    "answers": {},
    "refused": [],
    "taken": 0,
}
"""What a search was asked, and what came of it, where nothing was said."""


def asked_by(form: FormData, opened: OpenRoster) -> dict[str, Any]:
    """Return what the form asks; raise `ValueError` with what is missing."""
    if form.get("users"):
        return _for_users(form, opened)
    staff = opened.problem.staff
    row = str(form.get("who", ""))
    if not row.isdecimal() or len(row) > 4 or int(row) >= len(staff):
        raise ValueError(_("Choose who is away."))
    known = {str(date) for date in opened.problem.period.dates}
    dates = sorted({str(date) for date in form.getlist("date")} & known)
    if not dates:
        raise ValueError(_("Choose the dates."))
    until = str(form.get("until", ""))
    if until in known:
        dates = sorted({*dates, *(one for one in known if dates[0] <= one <= until)})
    kind = str(form.get("kind", ""))
    off = next((one for one in KINDS if str(one) == kind), ABSENT)
    is_lent = kind == LENT
    return {
        **NOTHING_ASKED,
        "name": staff[int(row)].name,
        "row": int(row),
        "dates": dates,
        "kind": "" if off is ABSENT else OFF_SYMBOLS[off],
        "off": LENT if is_lent else str(off),
        "lent": _lent(form) if is_lent else {},
        "start": _start(opened, dates[0]),
        "why": str(form.get("why", ""))[:MOST_REMARK],
    }


def _lent(form: FormData) -> dict[str, str]:
    """Return where somebody helps meanwhile, and from when to when."""
    names = ("office", "begin", "end")
    lent = {name: str(form.get(name, "")).strip() for name in names}
    if times_and_office(lent_text(lent)) is None:
        raise ValueError(_("Say in which office they help, and from when to when."))
    return lent


def lent_text(lent: dict[str, str]) -> str:
    """Write a loan as it is typed: 9:00-18:00 ひだまり; a night ends past 24:00."""
    begin, end = lent["begin"], lent["end"]
    if end <= begin:
        hour, colon, minute = end.partition(":")
        end = f"{int(hour or 0) + 24}{colon}{minute}" if hour.isdecimal() else ""
    return f"{begin}-{end} {lent['office']}"


def _for_users(form: FormData, opened: OpenRoster) -> dict[str, Any]:
    """Return what to look for so that other users than planned fit.

    The numbers typed on the roster, each with its date, service, and the number before
    and after; and the other use of services of the form, as an event.

    Raises
    ------
    ValueError
        If neither was typed, or the use cannot be read.
    """
    uses = [_use(form)] if form.get("users") == "use" else []
    with opened.lock:
        days = opened.problem.forecast_by_date, opened.now.problem.forecast_by_date
        users = sorted(
            (str(date), who, *(getattr(one[date], who) for one in days))
            for part, who, date in opened.edits
            if part is Part.USERS
        )
    if not users and not uses:
        raise ValueError(_("First change the number of users on the roster."))
    changed = {one[0] for one in users}
    if uses:
        case = Case(tuple(map(happening, uses)))
        try:
            told = parse_scenario(case, opened.problem, opened.saved.roster)
        except InputError as error:
            raise ValueError(" ".join(mistake_texts(error.mistakes))) from error
        changed.update(str(day.date) for day in told.days)
    dates = sorted(changed)
    start = _start(opened, dates[0])
    known = {**NOTHING_ASKED, "dates": dates, "start": start}
    return {**known, "users": users, "uses": uses}


def _use(form: FormData) -> list[str]:
    """Return the event that the form tells: a user's other week, or further visits."""
    said = {name: str(form.get(name, "")).strip()[:MOST_USE] for name in USE_FIELDS}
    dates = [str(form.get(name, "")) for name in ("first", "last")]
    user = str(form.get("user", ""))
    if not user:
        return [Event.VISITS, "", *dates, said["visits"].removeprefix(MORE)]
    parts = [f"{WORDS[name][0]} {text}" for name, text in said.items() if text]
    return [Event.USE, user, *dates, "、".join(parts)]


def happening(use: Sequence[str]) -> Happening:
    """Return an event of other use of services, as `asked_by` keeps it."""
    event, *texts = use
    return Happening(Event(event), *map(Words, texts))


def use_text(use: Sequence[str]) -> str:
    """Write other use of services: A 1月12日(火)から 通い 火木."""
    _event, user, first, last, what = use
    ends = [date_text(dt.date.fromisoformat(date)) for date in (first, last or first)]
    text = _("{what}, {first} to {last}") if last else _("{what}, from {first}")
    told = text.format(what=what, first=ends[0], last=ends[1])
    return f"{user} {told}" if user else _("further visits {told}").format(told=told)


def _start(opened: OpenRoster, first: str) -> str:
    """Return the first date that may change: today, if the month has begun."""
    today = clock.today()
    is_now = today in opened.problem.period and str(today) <= first
    return str(today) if is_now else first


def users_text(one: Sequence[Any]) -> str:
    """Write a date's other number of users: 2月18日(木) 宿泊 2 → 4."""
    date, service, before, after = one
    return _("{date} {service} {before} -> {after}").format(
        date=date_text(dt.date.fromisoformat(date)),
        service=name_of(Service(service)),
        before=_("unknown") if before is None else before,
        after=after,
    )


def does_not_count(opened: OpenRoster, users: Sequence[Sequence[Any]]) -> bool:
    """Whether something waits to be saved that is not what was looked for."""
    asked = {(who, date): after for date, who, _before, after in users}
    days = opened.now.problem.forecast_by_date
    return any(
        part is not Part.USERS
        or asked.get((who, str(date))) != getattr(days[date], who)
        for part, who, date in opened.edits
    )

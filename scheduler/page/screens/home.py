"""はじめ: this month, the next one, and what to take care of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.scenario import FIRST
from scheduler.domain.shifts import OffKind
from scheduler.files.next_month import following_period
from scheduler.files.workbook.layout import PINS, SHEETS
from scheduler.page import clock
from scheduler.page.audited import lamps
from scheduler.page.books import WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.rendering import XLSX, book_of, desk_of, screen
from scheduler.page.screens.make import KIND, progress, running
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_words
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.names import short_names
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.plans import version_name
from scheduler.wording.times import date_text, full_date_text, period_text, span_text
from scheduler.wording.translation import LANGUAGES, _, ngettext, use_language

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster


MOST_TO_DO = 5
"""Most lines of what to take care of; the screens themselves have all."""


class OnDuty(NamedTuple):
    """Who has a shift on the date: its symbol and the short names."""

    symbol: str
    look: str
    names: str


class ToDo(NamedTuple):
    """A line of what to take care of, with the way to it."""

    when: str
    what: str
    detail: str
    way: str
    label: str


def show(request: Request) -> Response:
    """Show the first screen."""
    desk = desk_of(request)
    today = clock.today()
    rosters = desk.library.rosters()
    now = next((one for one in rosters if one.covers(today)), None)
    shown = now or (rosters[0] if rosters else None)
    opened = desk.roster(shown.id) if shown else None
    made = opened.made_at if opened else None
    others = (b for b in desk.library.all() if b.kind is not BookKind.ROSTER)
    run, last_input = running(desk), next_input(desk, rosters)
    waiting = _waiting_input(desk, rosters)
    given: dict[str, Any] = {
        "of": shown,
        "today": today,
        "opened": opened,
        "is_now": now is not None,
        "duties": on_duty(opened, today) if opened and now else (),
        "lamps": lamps(opened.problem, opened.saved.findings) if opened else (),
        "soon": _soon(opened, today),
        "version": version_name(opened.version) if opened else "",
        "made": full_date_text(made.date()) if made else "",
        "forecast": opened.problem.forecast_by_date[today]
        if opened and today in opened.problem.period
        else None,
        "next": waiting,
        "last_input": last_input,
        "begun": next(iter(desk.begun()), None),
        "following": _following(desk, opened),
        "making": progress(request, run) if run else {},
        "books": (*rosters, *others),
        "todo": tuple(_to_do(desk, opened))[:MOST_TO_DO],
    }
    answer = screen(request, "home.html", **given)
    if run is None and "hx-request" in request.headers:
        # The card that showed how far a search is: it has ended, and all may differ.
        answer.headers["hx-refresh"] = "true"
    return answer


def _soon(opened: OpenRoster | None, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Return the dates asked for most: today and tomorrow, or the first two."""
    if opened is None:
        return ()
    dates = opened.problem.period.dates
    if today in dates:
        near = (today, today + ONE_DAY)
        names = dict(zip(near, (_("Today"), _("Tomorrow")), strict=True))
        return tuple((str(one), names[one]) for one in near if one in dates)
    return tuple((str(one), date_text(one)) for one in dates[:2])


def next_input(desk: FrontDesk, rosters: Sequence[WorkbookFile]) -> WorkbookFile | None:
    """Return the latest input whose month has no roster yet, else the latest."""
    inputs = desk.library.inputs()
    return _waiting_input(desk, rosters) or next(iter(inputs), None)


def _waiting_input(
    desk: FrontDesk, rosters: Sequence[WorkbookFile]
) -> WorkbookFile | None:
    """Return the latest input whose month has no roster yet."""
    made = {one.month for one in rosters}
    inputs = desk.library.inputs()
    return next((one for one in inputs if one.month not in made), None)


def _following(desk: FrontDesk, opened: OpenRoster | None) -> Period | None:
    """Return the month after the roster, if it has no workbook."""
    if opened is None:
        return None
    after = following_period(opened.problem.period)
    known = any(one.first and one.first >= after.first for one in desk.library.all())
    return None if known else after


def on_duty(opened: OpenRoster, date: dt.date) -> tuple[OnDuty, ...]:
    """Return who works on a date, by shift, nights and the night on call last."""
    problem, roster = opened.problem, opened.saved.roster
    short = short_names(member.name for member in problem.staff)
    by_shift: dict[str, list[str]] = {}
    after: list[str] = []
    for member in problem.staff:
        duty = roster.by_cell.get((member.name, date))
        if duty is not None and duty.shift is not None:
            by_shift.setdefault(duty.shift, []).append(short[member.name])
        elif duty is not None and duty.off is OffKind.AFTER_NIGHT:
            after.append(short[member.name])
    found = []
    for shift in problem.shifts:
        if shift.symbol in by_shift:
            look = "n" if shift.is_night else ""
            names = "、".join(by_shift[shift.symbol])
            found.append(OnDuty(shift.symbol, look, names))
    found.sort(key=lambda one: one.look)
    called = roster.on_call_by_date.get(date)
    if called:
        found.append(OnDuty(_("oc"), "n", short.get(called, called)))
    if after:
        symbol = OFF_SYMBOLS[OffKind.AFTER_NIGHT]
        found.append(OnDuty(symbol, "o", "、".join(after)))
    return tuple(found)


def _to_do(desk: FrontDesk, opened: OpenRoster | None) -> Iterator[ToDo]:
    """Yield what needs attention: faulty files, unsaved cells, breaches."""
    begun = desk.begun()
    for book in begun:
        number = len(book.contents.mistakes)
        text = _("{name} is not complete yet.").format(name=book.name)
        told = ngettext("{number} place", "{number} places", number)
        way = f"/office/{book.id}"
        yield ToDo("", text, told.format(number=number), way, _("On with the set-up"))
    yield from _in_folder(desk, opened)
    waiting = _waiting_input(desk, desk.library.rosters())
    run = next(iter(desk.state.searches(KIND)), None)
    if run and waiting and run.book == waiting.id and (run.trouble or run.is_lost):
        month = period_text(waiting.period) if waiting.period else waiting.name
        text = _("The roster of {month} was not made").format(month=month)
        yield ToDo("", text, run.trouble, f"/make/{run.id}", _("Look at it"))
    for book in desk.library.inputs():
        if number := desk.unsaved(book.id):
            way, label = f"/material/{book.id}", _("Look at it")
            when = period_text(book.period) if book.period else ""
            yield ToDo(when, _unsaved_text(number), book.name, way, label)
    for book in desk.library.all():
        if book.kind is BookKind.FAULTY and book not in begun:
            first = next(iter(mistake_texts(book.contents.mistakes)), "")
            text = _("{name} cannot be read.").format(name=book.name)
            yield ToDo("", text, first, f"/check/{book.id}", _("See all"))
    if opened is None:
        return
    way, opens = f"/month/{opened.book.id}", _("Open the roster")
    if opened.edits:
        yield ToDo("", _unsaved_text(len(opened.edits)), "", way, opens)
    nights = tuple(_other_nights(desk, opened))
    yield from nights or _input_since(desk, opened)
    rulebook = rules_of(opened.problem)
    for finding in opened.saved.findings:
        if not (finding.stance.is_hard or finding.stance is Stance.CONTRACT):
            break
        words = finding_words(finding, rulebook)
        detail = " ".join(filter(None, (words.who, words.sides)))
        when, link, label = period_text(opened.problem.period), way, opens
        if finding.date:
            when, link = date_text(finding.date), f"{way}?date={finding.date}"
            label = _("See the date")
        yield ToDo(when, words.what, detail, link, label)


def _unsaved_text(number: int) -> str:
    text = ngettext(
        "{number} change is not saved.", "{number} changes are not saved.", number
    )
    return text.format(number=number)


def _other_nights(desk: FrontDesk, opened: OpenRoster) -> Iterator[ToDo]:
    """Yield that a night by which a roster counts is another in the input by now.

    The nights are those of the houses that are planned together, and of the house in
    which people are on call.
    """
    nights = {}
    for one in (opened, *opened.others):
        office = one.problem.office
        nights[office.name] = office.night_band
        nights.setdefault(office.on_call_at, office.on_call_band)
    month = opened.book.month[1:]
    for name, before in nights.items():
        wanted = (name, *month)
        books = (one for one in desk.library.inputs() if one.month == wanted)
        book = next(books, None)
        now = book.contents.problem if book else None
        if book is None or now is None or now.office.night_band == before:
            continue
        text = _("The night of {office} is another in the input by now.")
        why = _(
            "The roster counts nights and who is on call by {before}; “{name}” says "
            "{after}. To take it over, make the roster again."
        )
        sides = span_text(before), span_text(now.office.night_band)
        detail = why.format(before=sides[0], name=book.name, after=sides[1])
        what = text.format(office=name)
        yield ToDo("", what, detail, "/make", _("Make it again"))


def _input_since(desk: FrontDesk, opened: OpenRoster) -> Iterator[ToDo]:
    """Yield that the input of a roster has become another since it was made.

    Only of the first version: a later one differs by what came up in the month.
    """
    for one in (opened, *opened.others):
        books = (b for b in desk.library.inputs() if b.month == one.book.month)
        book = next(books, None)
        now = book.contents.problem if book else None
        if book is None or now is None or one.version != FIRST:
            continue
        sheets = "、".join(_(title) for title in _differing_sheets(one.problem, now))
        if sheets:
            text = _("“{name}” is not as it was when the roster was made.")
            why = _("Different: {sheets}. To take it over, make the roster again.")
            what, detail = text.format(name=book.name), why.format(sheets=sheets)
            yield ToDo("", what, detail, "/make", _("Make it again"))


def _differing_sheets(before: Problem, now: Problem) -> Iterator[str]:
    """Yield the titles of the input sheets that say something else than before.

    Pins are set on the page of a roster, too, and never differ.  Nor does the order of
    lines.
    """

    def at(part: object, path: Iterable[str]) -> object:
        for name in path:
            part = getattr(part, name, None)
        return sorted(map(repr, part)) if isinstance(part, tuple) else part

    for sheet in (one for one in SHEETS if one is not PINS):
        lines = [one.path.split(".") for one in sheet.columns]
        paths = [sheet.section] if sheet.section else lines
        if any(at(before, path) != at(now, path) for path in paths):
            yield sheet.title


MOST_NAMED = 4
"""Most files that a line names."""


def _in_folder(desk: FrontDesk, opened: OpenRoster | None) -> Iterator[ToDo]:
    """Yield what lies in the folder and may be taken for something else than it is."""
    damaged = desk.state.damaged
    if damaged is not None:
        text = _("What was typed here and not saved may be lost.")
        why = _(
            "The page's own memory was damaged, perhaps by a power cut, and was begun "
            "anew. Look the last changes over. The workbooks are not touched."
        )
        yield ToDo("", text, why, "", "")
    rosters = desk.library.rosters()
    for book in (opened.book if opened else None, next_input(desk, rosters)):
        twins = desk.library.twins(book) if book else ()
        if book is None or not book.period or not twins:
            continue
        is_roster = book.kind is BookKind.ROSTER
        if not is_roster and book.month in {one.month for one in rosters}:
            # Its roster is made: which of them is used now matters little.
            continue
        text = (
            _("There are {number} rosters of this month.")
            if is_roster
            else _("There are {number} filled-in workbooks of this month.")
        )
        why = _(
            "“{name}”, which was changed last, is used. Look whether it is the right "
            "one, and move the others to another folder: {others}"
        )
        why = why.format(name=book.name, others=_listed([one.name for one in twins]))
        way = f"/month/{book.id}" if is_roster else f"/check/{book.id}"
        when = period_text(book.period)
        yield ToDo(when, text.format(number=len(twins) + 1), why, way, _("Look at it"))
    unread = desk.library.unread()
    if unread:
        text = _("Files of another format are not read: {names}.")
        why = _(
            "If one is a workbook of yours, open it in Excel, choose “Save As”, and "
            "save it here as “Excel workbook (*.xlsx)”."
        )
        yield ToDo("", text.format(names=_listed(unread)), why, "", "")


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")


def download(request: Request) -> Response:
    """Hand out a workbook as it lies in the folder."""
    book = book_of(request)
    return FileResponse(book.path, media_type=XLSX, filename=book.path.name)


def use(request: Request) -> Response:
    """Use another language from now on, in every tab."""
    asked = str(request.state.form.get("language", ""))
    for one in LANGUAGES:
        if one == asked:
            use_language(one)
    return RedirectResponse("/", 303)

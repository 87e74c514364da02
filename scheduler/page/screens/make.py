"""つくる: one button; then the time that is left, the lamps, and keeping the best."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.homes import HousesFile
from scheduler.files.houses import files_together, read_month
from scheduler.files.rosters import read_roster
from scheduler.page.audited import Lamp
from scheduler.page.books import WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.jobs.making import refusals, write_made
from scheduler.page.jobs.reports import forget
from scheduler.page.open_book import ChangedOutside
from scheduler.page.rendering import XLSX, desk_of, part, screen, search_of, stream
from scheduler.page.screens.edited import MOST_TOLD
from scheduler.page.screens.versions import Comparison, Side, compared
from scheduler.page.state import DONE, DROP, KEEP, SearchRun
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.plans import plan_name
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk

KIND = "roster"
MINUTES = (1, 5, 15)
"""Times that can be chosen; the middle one is that of the command."""

OUTPUTS = "outputs"
CANDIDATES = (1, 2, 3)
"""How many rosters to choose from can be asked for."""


def running(desk: FrontDesk) -> SearchRun | None:
    """Return the search that works now, if one does."""
    return next((one for one in desk.state.searches(KIND) if one.is_running), None)


def show(request: Request) -> Response:
    """Show the search that works, else the months that can be made."""
    run = running(desk_of(request))
    if run is not None:
        return RedirectResponse(f"/make/{run.id}", 303)
    return _asked(request)


def _asked(request: Request, told: str = "") -> Response:
    """Show the months that can be made, and why one was not begun."""
    desk = desk_of(request)
    desk.searches.expect(KIND)
    return screen(
        request,
        "make.html",
        status=422 if told else 200,
        told=told,
        inputs=tuple(_months(desk)),
        minutes=MINUTES,
        candidates=CANDIDATES,
        run=None,
        rescued=next(filter(is_left, desk.state.searches(KIND)), None),
    )


class MonthToMake(NamedTuple):
    """A month that can be made.

    Attributes
    ----------
    book
        The input; that of the main office, if it is made together with satellites.
    others
        The inputs of the satellites.
    is_alone
        Whether it is a satellite whose main office has no input of the month here.
    roster
        The roster that there is of it.
    unsaved
        How many entries typed here are not in the workbooks, and so would not count.
    """

    book: WorkbookFile
    others: tuple[WorkbookFile, ...]
    is_alone: bool
    roster: WorkbookFile | None
    unsaved: int


def _months(desk: FrontDesk) -> Iterator[MonthToMake]:
    """Yield the months that can be made, a main office with its satellites as one."""
    told: set[str] = set()
    for book in desk.library.inputs():
        houses = desk.library.houses(book)
        first, *others = houses or (book,)
        if first.id not in told:
            told |= {one.id for one in houses or (book,)}
            roster = desk.library.roster_of(first)
            unsaved = sum(desk.unsaved(one.id) for one in (first, *others))
            yield MonthToMake(first, tuple(others), not houses, roster, unsaved)


def _saved(desk: FrontDesk, books: Iterable[WorkbookFile]) -> str:
    """Write what was typed into inputs; return why it could not be, if so."""
    for book in books:
        opened = desk.material(book.id)
        with opened.lock:
            try:
                if opened.is_behind:
                    raise ChangedOutside
                if opened.edits:
                    opened.save()
            except ChangedOutside:
                text = _("{name} was changed by another program. Look at it first.")
                return text.format(name=book.path.name)
            except InputError as error:
                return " ".join(mistake_texts(error.mistakes)[:MOST_TOLD])
            except OutputError as error:
                return str(error)
    return ""


def start(request: Request) -> Response:
    """Start the search, unless one works already: then go to that.

    Of an input its roster is made, of a main office those of its satellites with it; a
    roster is made again around what is fixed in it, with those made together with it.
    With ``save`` what was typed into the inputs is written first.
    """
    desk, form = desk_of(request), request.state.form
    books = (*desk.library.inputs(), *desk.library.rosters())
    known = {book.id: book for book in books}
    book = known.get(str(form.get("book", "")))
    houses = desk.library.houses(book) if book else ()
    if book is None or not houses:
        raise HTTPException(404)
    book = houses[0]
    if form.get("save") and book.kind is BookKind.INPUT:
        if trouble := _saved(desk, houses):
            return _asked(request, _("Not saved: {reason}").format(reason=trouble))
        houses = tuple(desk.library.book(one.id) for one in houses)
        book = houses[0]
    minutes = _chosen(form.get("minutes"), MINUTES, MINUTES[1])
    asked: dict[str, Any] = {
        "candidates": _chosen(form.get("candidates"), CANDIDATES, CANDIDATES[0])
    }
    target = _target(desk, book)
    if book.kind is BookKind.ROSTER:
        asked["again"], target = True, book.path
    elif houses[1:]:
        told = [(str(one.path), str(_target(desk, one))) for one in houses]
        asked["houses"] = told
    number = desk.searches.begin(KIND, book, 60.0 * minutes, asked, target)
    return RedirectResponse(f"/make/{number}", 303)


def _target(desk: FrontDesk, book: WorkbookFile) -> Path:
    """Return where the roster of an input goes."""
    target = desk.library.folder / OUTPUTS / book.path.name
    if target == book.path:
        return target.with_stem(_("{name}-roster").format(name=book.name))
    return target


def _chosen(text: object, choices: tuple[int, ...], usual: int) -> int:
    """Return the choice that a form names; the usual one if it names none."""
    return next((one for one in choices if str(one) == str(text)), usual)


def follow(request: Request) -> Response:
    """Show how far a search is, or how it ended."""
    run = search_of(request, KIND)
    return screen(request, "make.html", here="make", **progress(request, run))


def wish(request: Request) -> Response:
    """Ask a search to end: with its best, or without a result."""
    run = search_of(request, KIND)
    wanted = str(request.state.form.get("wish", ""))
    if wanted not in (KEEP, DROP):
        raise HTTPException(404)
    desk_of(request).state.wish(run.id, wanted)
    return RedirectResponse(f"/make/{run.id}", 303)


def rescue(request: Request) -> Response:
    """Keep the best roster of a search whose process has died."""
    run = search_of(request, KIND)
    if not is_left(run):
        raise HTTPException(404)
    file = read_month(run.best)
    written = write_made(file.problem, file.roster, _targets(run))
    state = desk_of(request).state
    told = {**run.told, "refused": refusals(written)}
    if written[1:]:
        told["houses"] = [str(one.path) for one in written]
    state.tell(run.id, told)
    state.end(run.id, DONE, str(written[0].path))
    forget(run.best)
    return RedirectResponse(f"/make/{run.id}", 303)


def _targets(run: SearchRun) -> list[Path]:
    """Return where the roster of a search goes; of several houses that of each.

    The main office's comes first.
    """
    if run.asked.get("again"):
        path = Path(run.source)
        return files_together(path, read_roster(path))
    houses = run.asked.get("houses", [(run.source, run.target)])
    return [Path(target) for _source, target in houses]


def is_left(run: SearchRun) -> bool:
    """Whether a search has died and left its best roster."""
    return run.is_lost and run.best.exists()


def choose(request: Request) -> Response:
    """Make another candidate the roster; the one before stays as a version."""
    run = search_of(request, KIND)
    wanted = str(request.state.form.get("candidate", ""))
    numbers = {str(n): n for n in range(1, _number(run) + 1)}
    made = _made(request, run.result)
    if made is None or wanted not in numbers:
        raise HTTPException(404)
    number = numbers[wanted]
    file = read_month(run.candidate(number))
    why = _("{plan} was chosen").format(plan=plan_name(number))
    houses = [Path(path) for path in run.told.get("houses", ())]
    written = write_made(file.problem, file.roster, houses or [made.path], why)
    refused = refusals(written)
    if refused:
        told = {**run.told, "refused": refused}
        desk_of(request).state.tell(run.id, told)
        return RedirectResponse(f"/make/{run.id}", 303)
    return RedirectResponse(f"/month/{made.id}", 303)


async def events(request: Request) -> Response:
    """Send how far a search is, until it or the tab ends."""

    def drawn(run: SearchRun) -> str:
        return part("make_run.html", **progress(request, run))

    return stream(request, KIND, drawn)


def wall(request: Request) -> Response:
    """Hand out the wall sheet with the people of all houses that a search has made."""
    path = Path(str(search_of(request, KIND).told.get("wall", "")))
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=XLSX, filename=path.name)


def clock_text(second: float) -> str:
    """Write a time of the clock, 0:07 after midnight."""
    clock = time.localtime(second)
    return f"{clock.tm_hour}:{clock.tm_min:02d}"


def progress(request: Request, run: SearchRun) -> dict[str, Any]:
    """Return what the templates of a search need."""
    library = desk_of(request).library
    told = run.told
    try:
        period = library.book(run.book).period
    except KeyError:
        period = None
    title = period_text(period) if period else Path(run.source).stem
    made = _made(request, run.result)
    houses = [_made(request, path) for path in told.get("houses", ())]
    since = time.time() - told["better"] if "better" in told else None
    return {
        "run": run,
        "title": title,
        "began": clock_text(run.began),
        "left": _left(run.left) if run.is_running else ("", ""),
        "spent": min(run.seconds, time.time() - run.began),
        "better": _ago(since),
        "lamps": tuple(Lamp(*lamp) for lamp in told.get("lamps", ())),
        "open_wishes": told.get("open", ()),
        "nights": told.get("nights", ()),
        "most": max([1.0, *(max(one[1:]) for one in told.get("nights", ()))]),
        "made": made,
        "refused": told.get("refused", ()),
        "houses": [one for one in houses if one],
        "is_left": is_left(run),
        "compared": tuple(_compared(run)) if made else (),
        "is_alone": _number(run) < 2 <= int(run.asked.get("candidates", 1)),
        "plans": [plan_name(n) for n in range(2, _number(run) + 1)],
    }


def _number(run: SearchRun) -> int:
    """Return how many candidates a search has left."""
    return int(run.told.get("candidates", 0))


def _compared(run: SearchRun) -> Iterator[tuple[str, Comparison]]:
    """Yield the candidates side by side, if there are several; house by house."""
    if run.is_running or _number(run) < 2:
        return
    files = [read_month(run.candidate(n)) for n in range(1, _number(run) + 1)]
    names = [plan_name(n) for n in range(1, len(files) + 1)]
    parts = [one.houses if isinstance(one, HousesFile) else (one,) for one in files]
    for house in zip(*parts, strict=True):
        sides = zip(names, house, strict=True)
        found = compared([Side(name, f.problem, f.roster) for name, f in sides])
        yield house[0].problem.office.name if len(parts[0]) > 1 else "", found


def _made(request: Request, result: str) -> WorkbookFile | None:
    """Return the roster that a search has written, if it lies in the folder."""
    if not result:
        return None
    try:
        return desk_of(request).library.at(Path(result))
    except KeyError:
        return None


def _left(seconds: float) -> tuple[str, str]:
    """Write how long it takes at most, and the unit: seconds below two minutes."""
    if seconds < 120:
        return str(max(10, round(seconds / 10) * 10)), _("sec. left")
    return str(round(seconds / 60)), _("min. left")


def _ago(seconds: float | None) -> str:
    """Write how long ago it was, in steps of ten seconds so that it stays calm."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("{number} seconds ago").format(number=int(seconds // 10) * 10 + 10)
    return _("{number} minutes ago").format(number=int(seconds // 60))

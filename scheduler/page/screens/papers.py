"""印刷: every paper of a month, to print or to take along as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.audit import audit
from scheduler.audit.papers.statutory import TableSpan
from scheduler.domain.record import RosterFile
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import PayPaper, StatutoryPaper, pay_paper, statutory_paper
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import write_proof
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.wishes import build_wishes_form
from scheduler.page.books import WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.papers import Leaf, pay_pages, statutory_pages, wishes_paper
from scheduler.page.rendering import XLSX, book_of, desk_of, named, roster_of, screen
from scheduler.wording.times import period_text
from scheduler.wording.translation import N_, _


class PrintChoice(NamedTuple):
    """A line of the menu.

    ``page`` and ``file`` are the addresses to look at it and of its workbook; empty if
    it has none.  ``way`` is what is done there, if it is not looking and printing.
    """

    title: str
    told: str
    who: str
    page: str
    file: str
    way: str = ""


class MonthPaper(NamedTuple):
    """A paper that is made here.

    Attributes
    ----------
    name
        In addresses, and in the name of its file.
    told, who
        What it is for, and who may have it.
    drawn, written
        Make its pages to print, and its workbook at a path; without pages there is only
        the workbook.
    """

    title: str
    file: str
    told: str
    who: str
    kind: BookKind
    drawn: Callable[[WorkbookFile], Iterable[Leaf]] | None
    written: Callable[[WorkbookFile, Path], Path]


def _staffing(book: WorkbookFile, span: TableSpan = TableSpan.MONTH) -> StatutoryPaper:
    return statutory_paper(book.path, _roster(book), span)


def _write_proof(book: WorkbookFile, path: Path) -> Path:
    file = _roster(book)
    findings = audit(file.problem, file.roster)
    return write_proof(path, file.problem, file.roster, findings)


def _pay(book: WorkbookFile) -> PayPaper:
    return pay_paper(roster_as_worked(book.path, _roster(book)))


def _roster(book: WorkbookFile) -> RosterFile:
    found = book.contents.roster
    if found is None:
        raise HTTPException(404)
    return found


def _wishes(book: WorkbookFile) -> Iterable[Leaf]:
    problem = book.contents.problem
    return () if problem is None else (wishes_paper(problem),)


def _write_wishes(book: WorkbookFile, path: Path) -> Path:
    problem = book.contents.problem
    if problem is None:
        raise HTTPException(404)
    return save_sealed(build_wishes_form(problem, None), path)


SHEETS = {
    "staffing": MonthPaper(
        N_("Staffing table"),
        N_("{name}-staffing table"),
        N_(
            "Everybody's jobs, symbols and hours, and full-time equivalents. The"
            " workbook has add-ons and deductions, too."
        ),
        N_("For the authority and the file; not for the wall."),
        BookKind.ROSTER,
        lambda book: statutory_pages(_staffing(book)),
        lambda book, path: _staffing(book).write(path),
    ),
    "four-weeks": MonthPaper(
        N_("Staffing table, four weeks"),
        N_("{name}-staffing table (4 weeks)"),
        N_("The same of the first four weeks, where your municipality asks for it so."),
        N_("For the authority and the file; not for the wall."),
        BookKind.ROSTER,
        lambda book: statutory_pages(_staffing(book, TableSpan.FOUR_WEEKS)),
        lambda book, path: _staffing(book, TableSpan.FOUR_WEEKS).write(path),
    ),
    "proof": MonthPaper(
        N_("For the inspection"),
        N_("{name}-proof"),
        N_(
            "Every standard with its article, and who is there on each date, by the"
            " clock."
        ),
        N_("For the authority and the file; not for the wall."),
        BookKind.ROSTER,
        None,
        _write_proof,
    ),
    "pay": MonthPaper(
        N_("For the pay office"),
        N_("{name}-pay"),
        N_("Hours, nights, overtime and leave of each person."),
        N_("For the manager and the pay office alone."),
        BookKind.ROSTER,
        lambda book: pay_pages(_pay(book)),
        lambda book, path: _pay(book).write(path),
    ),
    "wishes": MonthPaper(
        N_("Wishes form"),
        N_("{name}-wishes form"),
        N_("An empty form, people and dates, to write wishes on by hand."),
        N_("For the break room."),
        BookKind.INPUT,
        _wishes,
        _write_wishes,
    ),
}
"""By the names that addresses have."""


def menu(request: Request) -> Response:
    """Show what can be printed of a roster, or of an input."""
    book = _book(request)
    entries = []
    if book.kind is BookKind.ROSTER:
        entries = [
            PrintChoice(
                _("For the wall"),
                _("Symbols alone: no reasons, no leave as such."),
                _("For the break room."),
                f"/wall/{book.id}",
                "",
            ),
            *_of_all_houses(request, book),
            PrintChoice(
                _("Personal slips"),
                _("One page for each person, with times and breaks."),
                _("For the person alone."),
                f"/slips/{book.id}",
                "",
            ),
        ]
    for name, sheet in SHEETS.items():
        if sheet.kind is book.kind:
            at = f"/papers/{book.id}/{name}"
            texts = _(sheet.title), _(sheet.told), _(sheet.who)
            page = at if sheet.drawn else ""
            entries.append(PrintChoice(*texts, page, f"{at}/file"))
        if name == "four-weeks" and book.kind is BookKind.ROSTER:
            entries.append(
                PrintChoice(
                    _("The form of your municipality"),
                    _("Your copy of the form (Excel) is filled with the same figures."),
                    _("For the authority and the file; not for the wall."),
                    f"/papers/{book.id}/form",
                    "",
                    _("Fill it"),
                )
            )
    return screen(
        request,
        "papers.html",
        here="month" if book.kind is BookKind.ROSTER else "material",
        title=period_text(book.period) if book.period else book.name,
        back=_back(book),
        entries=entries,
    )


def _of_all_houses(request: Request, book: WorkbookFile) -> Iterator[PrintChoice]:
    """Yield the wall sheet of all houses, where several are planned together."""
    houses = desk_of(request).roster(book.id).saved.houses
    if houses is not None:
        names = "、".join(house.office.name for house in houses.problem.houses)
        yield PrintChoice(
            _("Wall sheet of all houses"),
            _("One sheet (A3) with the people of {names}.").format(names=names),
            _("For the break room."),
            "",
            f"/wall/{book.id}/all/file",
        )


def wall_of_all(request: Request) -> Response:
    """Hand out the wall sheet of all houses, made anew of the saved rosters."""
    opened = roster_of(request)
    houses = opened.saved.houses
    if houses is None:
        raise HTTPException(404)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"wall{WORKBOOK}"
        data = write_wall_of_all(path, houses.problem, houses.whole).read_bytes()
    books = desk_of(request).library.houses(opened.book)
    name = wall_of_all_path(next(iter(books), opened.book).path).name
    return Response(data, media_type=XLSX, headers=named(name))


def show(request: Request) -> Response:
    """Show a paper as it will be printed."""
    book, sheet = _asked(request)
    if sheet.drawn is None:
        raise HTTPException(404)
    at = f"/papers/{book.id}"
    return screen(
        request,
        "paper.html",
        here="month" if sheet.kind is BookKind.ROSTER else "material",
        title=_(sheet.title),
        who=_(sheet.who),
        file=f"{at}/{request.path_params['paper']}/file",
        back=at,
        papers=tuple(sheet.drawn(book)),
    )


def workbook(request: Request) -> Response:
    """Hand out a paper as a workbook, made anew; nothing is left in the folder."""
    book, sheet = _asked(request)
    with TemporaryDirectory() as folder:
        path = sheet.written(book, Path(folder) / f"paper{WORKBOOK}")
        data = path.read_bytes()
    name = _(sheet.file).format(name=book.path.stem) + WORKBOOK
    return Response(data, media_type=XLSX, headers=named(name))


def _asked(request: Request) -> tuple[WorkbookFile, MonthPaper]:
    book, sheet = _book(request), SHEETS.get(request.path_params["paper"])
    if sheet is None or sheet.kind is not book.kind:
        raise HTTPException(404)
    return book, sheet


def _book(request: Request) -> WorkbookFile:
    book = book_of(request)
    if book.kind not in (BookKind.ROSTER, BookKind.INPUT):
        raise HTTPException(404)
    return book


def _back(book: WorkbookFile) -> str:
    screen_of = "month" if book.kind is BookKind.ROSTER else "material"
    return f"/{screen_of}/{book.id}"

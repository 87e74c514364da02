"""確かめる: what does not add up in an input workbook, and what would mend it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.errors import InputError
from scheduler.domain.precheck import Line, Verdict
from scheduler.files.paths import free_name, make_folder, safe_name
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rosters import read_roster
from scheduler.files.saving import save_new
from scheduler.page.books import WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.rendering import book_of, desk_of, screen
from scheduler.precheck import precheck
from scheduler.wording import precheck as sums
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import N_, _

LOOKS = {Verdict.IMPOSSIBLE: "bad", Verdict.TIGHT: "half", Verdict.FINE: "ok"}
NO_WORKBOOK = N_(
    "Only Excel workbooks (.xlsx) can be put here. Open the file in Excel, and save it "
    "as “Excel workbook (*.xlsx)”."
)
INPUTS, OUTPUTS = "inputs", "outputs"


def latest(request: Request) -> Response:
    """Show the months that can be checked, or the only one at once."""
    books = _books(request)
    if len(books) == 1:
        return RedirectResponse(f"/check/{books[0].id}", 303)
    return screen(request, "check.html", books=books, book=None, trouble=())


def show(request: Request) -> Response:
    """Show what is counted of a workbook, or what is wrong with it."""
    book = book_of(request)
    if book.kind is BookKind.ROSTER:
        return RedirectResponse(f"/month/{book.id}", 303)
    contents = book.contents
    lines = tuple(precheck(contents.problem)) if contents.problem else ()
    return screen(
        request,
        "check.html",
        books=_books(request),
        book=book,
        headline=sums.headline(lines) if lines else "",
        topics=_topics(lines),
        looks=LOOKS,
        sums=sums,
        warnings=list(mistake_texts(contents.warnings)),
        mistakes=list(mistake_texts(contents.mistakes)),
        can_be_made=contents.problem is not None,
        trouble=(),
    )


def upload(request: Request) -> Response:
    """Put a workbook into the folder, under a free name, if it is one of ours.

    It is read before it is kept.  Its name gives nothing but the words of the new one.
    """
    given = request.state.form.get("book")
    if not isinstance(given, UploadFile) or not given.filename:
        return _refused(request, [_("Choose a workbook first.")])
    name = Path(given.filename.replace("\\", "/")).name
    if Path(name).suffix.lower() != WORKBOOK:
        return _refused(request, [_(NO_WORKBOOK)])
    data = given.file.read()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book{WORKBOOK}"
        path.write_bytes(data)
        try:
            place = _place_of(path)
        except InputError as error:
            return _refused(request, mistake_texts(error.mistakes))
    library = desk_of(request).library
    make_folder(library.folder / place)
    stem = safe_name(Path(name).stem)
    target = free_name(library.folder / place / f"{stem}{WORKBOOK}")
    save_new(data, target)
    return RedirectResponse(f"/check/{library.at(target).id}", 303)


def _place_of(path: Path) -> str:
    """Return the folder for a workbook; raise `InputError` if it is none of ours."""
    try:
        read_roster(path)
    except InputError as error:
        if {one.code for one in error.mistakes} != {"is_an_input"}:
            raise
    else:
        return OUTPUTS
    try:
        read_with_warnings(path)
    except InputError as error:
        # One that is not complete yet is welcome: the screen says what is missing.
        if any(not one.sheet for one in error.mistakes):
            raise
    return INPUTS


def _refused(request: Request, texts: list[str]) -> Response:
    given = {"books": _books(request), "book": None, "trouble": texts}
    return screen(request, "check.html", status=422, **given)


def _books(request: Request) -> tuple[WorkbookFile, ...]:
    """Return the inputs, those that cannot be used first."""
    known = desk_of(request).library.all()
    found = [one for one in known if one.kind is not BookKind.ROSTER]
    return tuple(sorted(found, key=lambda one: one.kind is not BookKind.FAULTY))


def _topics(lines: tuple[Line, ...]) -> list[list[Line]]:
    """Return the lines by topic; topics and lines with something impossible first."""

    def place(line: Line) -> int:
        return list(Verdict).index(line.verdict)

    topics = (
        sorted(own, key=place)
        for _topic, own in groupby(lines, key=lambda line: line.topic)
    )
    return sorted(topics, key=lambda own: place(own[0]))

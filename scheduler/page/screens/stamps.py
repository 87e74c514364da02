"""打刻: the clock's stamps taken in, held against the month, and decided on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.audit.changes.as_worked import people_without_stamps, stamps_by_night
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import Actual, AsWorked, DifferenceKind
from scheduler.domain.errors import InputError, Mistake, OutputError
from scheduler.files.actual.clock import ClockQuestions, questions_of
from scheduler.files.actual.columns import (
    ClockColumns,
    chosen_columns,
    columns_path,
    read_columns,
)
from scheduler.files.actual.record import read_actual, roster_as_worked
from scheduler.files.paths import safe_name
from scheduler.files.stamped import (
    MonthClosed,
    NoStamps,
    StampsGiven,
    StampsTaken,
    differences_path,
    is_closed,
    take_stamps,
    typed_decisions,
)
from scheduler.page.rendering import XLSX, desk_of, roster_of, screen
from scheduler.page.stamps import (
    ACCEPT,
    OPEN,
    PLANNED,
    ChosenColumns,
    asked_values,
    key_of,
    kinds_of,
    picked_columns,
)
from scheduler.wording import actual
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import _, sentences

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster

ASKED_ANEW = {"columns_missing", "clock_kind"}
"""Mistakes after which somebody is asked what the columns of the file mean."""

TOLD_HERE = sentences("stamps_page")
"""What is said here in other words than by the command, by the mistake's code."""


def show(request: Request) -> Response:
    """Show the differences of a month, or ask about the columns of a file."""
    return _shown(request, roster_of(request))


def read(request: Request) -> Response:
    """Take in a file of stamps; ask first what its columns mean, if that is new."""
    opened, form = roster_of(request), request.state.form
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return _refused(request, opened, [_("Choose the file of the clock first.")])
    if _is_shut(request, opened):
        return _refused(request, opened, [_closed()], status=409)
    name = safe_name(Path(given.filename.replace("\\", "/")).name)
    waiting = desk_of(request).waiting_stamps
    waiting[opened.book.id] = name, given.file.read()
    try:
        _questions(request, opened)
        if form.get("anew") or read_columns(_columns_path(opened)) is None:
            return _back(request, opened)
        return _taken(request, opened)
    except InputError as error:
        if ASKED_ANEW.isdisjoint(one.code for one in error.mistakes):
            waiting.pop(opened.book.id, None)
        return _refused(request, opened, _texts(error.mistakes))


def choose(request: Request) -> Response:
    """Take in the file that waits, with its columns as they were chosen."""
    opened, form = roster_of(request), request.state.form
    waiting = desk_of(request).waiting_stamps
    if form.get("drop"):
        waiting.pop(opened.book.id, None)
    if opened.book.id not in waiting:
        return _back(request, opened)
    questions = _questions(request, opened)
    chosen = picked_columns(form, questions)
    try:
        return _taken(request, opened, chosen_columns(*chosen, ""))
    except InputError as error:
        return _refused(request, opened, _texts(error.mistakes), chosen=chosen)


def decide(request: Request) -> Response:
    """Accept differences, leave the roster as planned, or leave them open."""
    opened, form = roster_of(request), request.state.form
    choice, _sign, what = str(form.get("decide", "")).partition(":")

    def decided(month: AsWorked) -> Actual:
        if choice not in (ACCEPT, PLANNED, OPEN):
            raise HTTPException(400, _("The form could not be read."))
        if what in list(DifferenceKind):
            found = month.decided_by_all(accepted=choice == ACCEPT)
            chosen = [one for one in found if one.kind == what]
        else:
            chosen = [one for one in month.differences if key_of(one) == what]
            if not chosen:
                raise OutputError(
                    _("The differences have changed meanwhile: look again.")
                )
        if choice == OPEN:
            return month.actual.leaving_open(chosen)
        return month.actual.deciding(chosen, accepted=choice == ACCEPT)

    given = StampsGiven(again=_is_again(request), decide=decided if what else None)
    try:
        _take(opened, given)
    except InputError as error:
        return _refused(request, opened, _texts(error.mistakes))
    except MonthClosed:
        return _refused(request, opened, [_closed()], status=409)
    except NoStamps:
        return _refused(request, opened, [_("There are no stamps yet.")], status=409)
    except OutputError as error:
        return _refused(request, opened, [str(error)], status=409)
    return _back(request, opened)


def workbook(request: Request) -> Response:
    """Hand out the page of differences that the command writes as well."""
    path = differences_path(roster_of(request).book.path)
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=XLSX, filename=path.name)


def _is_again(request: Request) -> bool:
    """Tell whether a closed month is open on purpose."""
    form = getattr(request.state, "form", request.query_params)
    return bool(form.get("again"))


def _back(request: Request, opened: OpenRoster) -> Response:
    again = "?again=1" if _is_again(request) else ""
    return RedirectResponse(f"/review/{opened.book.id}/stamps{again}", 303)


def _taken(
    request: Request, opened: OpenRoster, columns: ClockColumns | None = None
) -> Response:
    """Take in the file that waits, by chosen columns or by those that are kept."""
    waiting = desk_of(request).waiting_stamps
    name, data = waiting[opened.book.id]
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        given = StampsGiven((file,), columns=columns, again=_is_again(request))
        try:
            found = _take(opened, given)
        except (MonthClosed, NoStamps) as error:
            none = _("There are no stamps in this file.")
            texts = [_closed() if isinstance(error, MonthClosed) else none]
            return _refused(request, opened, texts, status=409)
    waiting.pop(opened.book.id, None)
    return _shown(request, opened, done=found.notes)


def _take(opened: OpenRoster, given: StampsGiven) -> StampsTaken:
    """Take in stamps or decisions, as the command does."""
    path = opened.book.path
    return take_stamps(path, differences_path(path), given, opened.book.contents.roster)


def _is_shut(request: Request, opened: OpenRoster) -> bool:
    """Tell whether the month is closed, and not opened on purpose."""
    path, problem = opened.book.path, opened.problem
    known = read_actual(path, problem)
    return not _is_again(request) and is_closed(problem, known, path)


def _closed() -> str:
    return _("The month is closed. Nothing was changed.")


def _texts(mistakes: Sequence[Mistake]) -> list[str]:
    own, plain = [], []
    for one in mistakes:
        if one.code in TOLD_HERE:
            own.append(_(TOLD_HERE[one.code]).format(**one.facts))
        else:
            plain.append(one)
    return [*dict.fromkeys(own), *mistake_texts(plain)]


def _questions(request: Request, opened: OpenRoster) -> ClockQuestions:
    name, data = desk_of(request).waiting_stamps[opened.book.id]
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        return questions_of(file)


def _columns_path(opened: OpenRoster) -> Path:
    folder = opened.book.path.absolute().parent
    return columns_path(folder, opened.problem.office.name)


def _refused(
    request: Request,
    opened: OpenRoster,
    texts: list[str],
    *,
    status: int = 422,
    chosen: ChosenColumns | None = None,
) -> Response:
    return _shown(request, opened, status, told=texts, chosen=chosen)


def _shown(
    request: Request,
    opened: OpenRoster,
    status: int = 200,
    *,
    told: Sequence[str] = (),
    done: Sequence[str] = (),
    chosen: ChosenColumns | None = None,
) -> Response:
    path, problem = opened.book.path, opened.problem
    month = roster_as_worked(path, opened.book.contents.roster)
    waiting = desk_of(request).waiting_stamps.get(opened.book.id)
    page = differences_path(path)
    try:
        typed = typed_decisions(page, month)
    except InputError as error:
        told, typed = told or _texts(error.mistakes), None
    values = {
        "book": opened.book.id,
        "month": period_text(problem.period),
        "told": told,
        "done": done,
        "unsaved": bool(opened.edits),
        "is_closed": _is_shut(request, opened),
        "again": _is_again(request),
        "asked": _asked(request, opened, chosen),
        "file": waiting[0] if waiting else "",
        "has_columns": _columns_path(opened).exists(),
        "has_page": page.exists(),
        "typed": len(typed.accepted) + len(typed.planned) if typed else 0,
        "worked": month,
        "kinds": tuple(kinds_of(month)),
        "stamps": stamps_by_night(Timeline(problem, month.cells), month.actual.stamps),
        "silent": people_without_stamps(problem, month.actual),
        "until": _until(month),
        "words": actual,
        "key_of": key_of,
        "choices": {True: ACCEPT, False: PLANNED, None: OPEN},
    }
    return screen(request, "stamps.html", here="review", status=status, **values)


def _until(month: AsWorked) -> str:
    """Write to what date there are stamps, if they end before the month."""
    until = month.actual.stamped_until
    is_short = until is not None and until < month.problem.period.last
    return date_text(until) if until is not None and is_short else ""


def _asked(
    request: Request, opened: OpenRoster, chosen: ChosenColumns | None
) -> dict[str, Any] | None:
    """Return what is asked about the file that waits, if one does."""
    if opened.book.id not in desk_of(request).waiting_stamps:
        return None
    questions = _questions(request, opened)
    return asked_values(questions, _columns_path(opened), chosen)

"""打刻: the clock's stamps taken in, held against the month, and decided on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.audit.changes.as_worked import people_without_stamps, stamps_by_night
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import GRACE, Actual, AsWorked, Difference, DifferenceKind
from scheduler.domain.errors import InputError, OutputError
from scheduler.files.actual.clock import ClockQuestions, questions_of
from scheduler.files.actual.columns import (
    KEYS,
    SPOKEN,
    ClockColumns,
    chosen_columns,
    columns_path,
    read_columns,
)
from scheduler.files.actual.record import read_actual, roster_as_worked
from scheduler.files.actual.stamps import (
    MonthClosed,
    NoStamps,
    StampsGiven,
    StampsTaken,
    differences_path,
    is_closed,
    take_stamps,
    typed_decisions,
)
from scheduler.files.paths import safe_name
from scheduler.page.rendering import XLSX, desk_of, roster_of, screen
from scheduler.wording import actual
from scheduler.wording.actual import column_meaning
from scheduler.wording.mistakes import screen_texts
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import N_, _, sentences

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from scheduler.files.actual.clock import ClockQuestions
    from scheduler.page.open_roster import OpenRoster


ASKED_ANEW = {"columns_missing", "clock_kind"}
"""Mistakes after which somebody is asked what the columns of the file mean."""

CLOSED = N_("The month is closed. Nothing was changed.")

TOLD_HERE = sentences("stamps_page")
"""What is said here in other words than by the command, by the mistake's code."""

MEANINGS = tuple(field for field in KEYS.values() if field not in SPOKEN)
MOST_MINUTES = 60
"""Most minutes before and after a shift that are no difference."""

ACCEPT, PLANNED, OPEN = "accept", "planned", "open"


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
        return _refused(request, opened, [_(CLOSED)], status=409)
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
        return _refused(request, opened, screen_texts(error.mistakes, TOLD_HERE))


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
        told = screen_texts(error.mistakes, TOLD_HERE)
        return _refused(request, opened, told, chosen=chosen)


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
        return _refused(request, opened, screen_texts(error.mistakes, TOLD_HERE))
    except MonthClosed:
        return _refused(request, opened, [_(CLOSED)], status=409)
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
            texts = [_(CLOSED) if isinstance(error, MonthClosed) else none]
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
        told, typed = told or screen_texts(error.mistakes, TOLD_HERE), None
    values = {
        "book": opened.book.id,
        "month": period_text(problem.period),
        "told": told,
        "done": done,
        "unsaved": bool(opened.edits),
        "is_closed": _is_shut(request, opened),
        "again": _is_again(request),
        "asked": asked_values(
            _questions(request, opened), _columns_path(opened), chosen
        )
        if waiting
        else None,
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


class ChosenColumns(NamedTuple):
    """What columns and words mean as it was chosen, by heading and word."""

    meanings: dict[str, str]
    words: dict[str, str]
    grace: int


def picked_columns(form: FormData, questions: ClockQuestions) -> ChosenColumns:
    """Return what a form says of columns and words."""
    given = str(form.get("grace", ""))
    return ChosenColumns(
        _picked(form, "c", questions.examples, MEANINGS),
        _picked(form, "w", questions.all_words, SPOKEN),
        min(int(given), MOST_MINUTES) if given.isdecimal() else GRACE,
    )


def _picked(
    form: FormData, sign: str, named: Iterable[str], fields: Sequence[str]
) -> dict[str, str]:
    """Return what was chosen for columns or words, for those that mean something."""
    told = ((one, form.get(f"{sign}{n}")) for n, one in enumerate(named))
    return {one: str(field) for one, field in told if field in fields}


def asked_values(
    questions: ClockQuestions, path: Path, chosen: ChosenColumns | None
) -> dict[str, Any]:
    """Return what is asked about the columns, with what they seem to mean.

    Parameters
    ----------
    path
        The file that says what the office's columns mean, if there is one.
    chosen
        What was chosen just now, and refused.
    """
    meanings, words, grace = chosen or _likely(path, questions)
    kinds = [one for one in questions.examples if meanings.get(one) == "kind"]
    asked = {one for heading in kinds for one in questions.words.get(heading, ())}
    return {
        "columns": [
            (heading, "、".join(examples), meanings.get(heading, ""))
            for heading, examples in questions.examples.items()
        ],
        "words": [
            (number, one, words.get(one, ""))
            for number, one in enumerate(questions.all_words)
            if one in asked
        ],
        "meanings": [(field, column_meaning(field)) for field in MEANINGS],
        "spoken": [(field, column_meaning(field)) for field in SPOKEN],
        "grace": grace,
    }


def _likely(path: Path, questions: ClockQuestions) -> ChosenColumns:
    """Return what columns mean as it is kept, or else as their headings say."""
    try:
        known = read_columns(path)
    except InputError:
        known = None
    is_other = known is None or not questions.examples.keys() >= {*known.headings}
    columns = questions.guess if is_other else known
    return ChosenColumns(
        _fields(columns, MEANINGS),
        _fields(columns, SPOKEN),
        known.grace if known else GRACE,
    )


def _fields(columns: ClockColumns | None, fields: Iterable[str]) -> dict[str, str]:
    """Return the field of each heading or word."""
    found: dict[str, str] = {}
    for field in fields:
        value = getattr(columns, field, "")
        named = value if isinstance(value, tuple) else (value,)
        found |= dict.fromkeys(filter(None, named), field)
    return found


class KindOfDifference(NamedTuple):
    """The differences of one kind; ``takable`` of them can be accepted at once."""

    kind: DifferenceKind
    lines: tuple[Difference, ...]
    undecided: int
    takable: int


def key_of(one: Difference) -> str:
    """Return what a difference is called in forms: no name, and stays as it does."""
    return hashlib.sha256(one.model_dump_json().encode()).hexdigest()[:16]


def kinds_of(month: AsWorked) -> Iterator[KindOfDifference]:
    """Yield the differences by kind, each kind by date."""
    order = list(DifferenceKind)
    by_kind = sorted(month.differences, key=lambda one: order.index(one.kind))
    undecided, takable = month.undecided, month.decided_by_all(accepted=True)
    for kind, own in groupby(by_kind, key=lambda one: one.kind):
        yield KindOfDifference(
            kind,
            tuple(own),
            sum(one.kind is kind for one in undecided),
            sum(one.kind is kind for one in takable),
        )

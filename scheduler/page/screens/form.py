"""様式: the municipality's own form of the staffing table, filled.

Where the cells of a form stand is kept beside the roster, as `shotaki papers --form`
keeps it.  A form that nobody has looked at yet is filled by a guess, to be looked at in
Excel, and confirmed or corrected here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.audit.papers.statutory import TableSpan
from scheduler.domain.errors import InputError
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import FormPaper, form_paper
from scheduler.files.paths import safe_name
from scheduler.files.problems import WORKBOOK
from scheduler.files.workbook.forms.fill import Form, open_form
from scheduler.files.workbook.forms.kept import keep_layout, layout_of
from scheduler.files.workbook.forms.map import FormMap, map_path, read_map
from scheduler.page.form_fields import (
    LINES,
    MOST_LINES,
    NO_LINE,
    places,
    typed_layout,
    wrong_texts,
)
from scheduler.page.front_desk import WaitingForm
from scheduler.page.rendering import XLSX, desk_of, named, roster_of, screen
from scheduler.page.screens.check import NO_WORKBOOK
from scheduler.wording.forms import (
    filled_texts,
    left_out_text,
    open_once_text,
    shorter_text,
    symbols_left_out_text,
    unknown_parts,
)
from scheduler.wording.mistakes import screen_texts
from scheduler.wording.times import period_text
from scheduler.wording.translation import _, sentences

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from scheduler.page.open_roster import OpenRoster

TOLD_HERE = sentences("forms_page")
"""What is said here in other words than by the command, by the mistake's code."""


class FormAnswer(NamedTuple):
    """A form with its map, and what came of filling it."""

    form: Form
    layout: FormMap
    paper: FormPaper | None
    told: tuple[str, ...]


def show(request: Request) -> Response:
    """Ask for the form, or show what it was filled with."""
    return _shown(request, roster_of(request))


def choose(request: Request) -> Response:
    """Take a form that was chosen, and fill it."""
    opened, given = roster_of(request), request.state.form
    forms = desk_of(request).waiting_forms
    chosen, known = given.get("file"), forms.get(opened.book.id)
    if isinstance(chosen, UploadFile) and chosen.filename:
        name = safe_name(Path(chosen.filename.replace("\\", "/")).name)
        if Path(name).suffix.lower() != WORKBOOK:
            return _shown(request, opened, [_(NO_WORKBOOK)], status=422)
        known = WaitingForm(name, chosen.file.read())
    if known is None:
        text = _("Choose the form of your municipality first.")
        return _shown(request, opened, [text], status=422)
    layout = None if given.get("anew") else known.layout
    forms[opened.book.id] = known._replace(
        is_actual=given.get("edition") == "actual",
        is_month=given.get("span") != "four-weeks",
        is_anew=bool(given.get("anew")),
        layout=layout,
    )
    try:
        answer = _answer(opened, forms[opened.book.id])
    except InputError as error:
        del forms[opened.book.id]
        told = screen_texts(error.mistakes, TOLD_HERE)
        return _shown(request, opened, told, status=422)
    if answer.layout.checked and not _kept(opened).exists():
        keep_layout(answer.layout, _kept(opened))
    return _back(opened)


def correct(request: Request) -> Response:
    """Take the places of the form as they are typed; keep them if they are right."""
    opened, given = roster_of(request), request.state.form
    forms = desk_of(request).waiting_forms
    waiting = forms.get(opened.book.id)
    if waiting is None:
        return _back(opened)
    if given.get("drop"):
        del forms[opened.book.id]
        return _back(opened)
    answer = _answer(opened, waiting)
    try:
        may_correct = _may_correct(answer.layout)
        layout = typed_layout(answer.layout, given) if may_correct else answer.layout
    except ValidationError as error:
        told = list(dict.fromkeys(wrong_texts(error)))
        return _shown(request, opened, told, typed=given, status=422)
    forms[opened.book.id] = waiting._replace(layout=layout)
    answer = _answer(opened, forms[opened.book.id])
    if answer.paper is None:
        return _shown(request, opened, status=422)
    if given.get("keep"):
        layout = layout.model_copy(update={"checked": True})
        keep_layout(layout, _kept(opened))
        forms[opened.book.id] = waiting._replace(layout=layout, is_anew=False)
    return _back(opened)


def workbook(request: Request) -> Response:
    """Hand out the filled form; nothing is left in the folder."""
    opened, number = roster_of(request), request.path_params["number"]
    waiting = desk_of(request).waiting_forms.get(opened.book.id)
    paper = None if waiting is None else _answer(opened, waiting).paper
    if paper is None or number >= len(paper.filled):
        raise HTTPException(404)
    name = paper.titles[number].format(name=opened.book.path.stem) + WORKBOOK
    return Response(paper.filled[number].data, media_type=XLSX, headers=named(name))


def _may_correct(layout: FormMap) -> bool:
    """Tell whether the fields have all of a map; sub-totals by job have none."""
    return len(layout.section) == 1 and not layout.section[0].jobs


def _is_kept(opened: OpenRoster, layout: FormMap) -> bool:
    """Tell whether a map is the one that lies beside the roster."""
    try:
        return layout.checked and read_map(_kept(opened)) == layout
    except InputError:
        return False


def _kept(opened: OpenRoster) -> Path:
    return map_path(opened.book.path.parent, opened.problem.office.name)


def _back(opened: OpenRoster) -> Response:
    return RedirectResponse(f"/papers/{opened.book.id}/form", 303)


def _answer(opened: OpenRoster, waiting: WaitingForm) -> FormAnswer:
    """Fill a form by its map; raise `InputError` if it has none or cannot be read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / waiting.name
        path.write_bytes(waiting.data)
        form = open_form(path)
    layout = waiting.layout or layout_of(form, _kept(opened), anew=waiting.is_anew)
    month = roster_as_worked(opened.book.path, opened.file)
    span = TableSpan.MONTH if waiting.is_month else TableSpan.FOUR_WEEKS
    if form.sheet_of(layout) is None:
        text = _(
            "The form has no sheet “{sheet}” with the headings that are looked for."
        )
        return FormAnswer(form, layout, None, (text.format(sheet=layout.sheet),))
    try:
        paper = form_paper(month, form, layout, span, actual=waiting.is_actual)
    except InputError as error:
        told = tuple(screen_texts(error.mistakes, TOLD_HERE))
        return FormAnswer(form, layout, None, told)
    return FormAnswer(form, layout, paper, ())


def _shown(
    request: Request,
    opened: OpenRoster,
    told: Iterable[str] = (),
    *,
    typed: FormData | None = None,
    status: int = 200,
) -> Response:
    waiting = desk_of(request).waiting_forms.get(opened.book.id)
    answer, told = None, list(told)
    if waiting is not None:
        try:
            answer = _answer(opened, waiting)
        except InputError as error:
            # The map that is kept beside the roster has become another meanwhile.
            told += screen_texts(error.mistakes, TOLD_HERE)
    given: dict[str, Any] = {
        "title": period_text(opened.problem.period),
        "book": opened.book.id,
        "waiting": waiting,
        "unsaved": bool(opened.edits),
        "told": told or (answer.told if answer else ()),
        "files": (),
    }
    if answer is not None:
        given |= _found(opened, answer, typed)
    return screen(request, "form.html", status=status, here="month", **given)


def _found(
    opened: OpenRoster, answer: FormAnswer, typed: FormData | None
) -> dict[str, Any]:
    """Return what the screen says of a form, and the fields to correct its places."""
    layout, paper = answer.layout, answer.paper
    parts = list(places(layout))
    lines = [*layout.lines, *[NO_LINE] * (MOST_LINES - len(layout.lines))]
    if typed is not None:
        parts = [
            (
                title,
                tuple(one._replace(value=str(typed.get(one.key, ""))) for one in own),
            )
            for title, own in parts
        ]
        lines = [str(typed.get(f"lines.{n}", NO_LINE)) for n in range(MOST_LINES)]
    return {
        "is_checked": layout.checked,
        "is_kept": _is_kept(opened, layout),
        "may_correct": _may_correct(layout),
        "parts": parts,
        "lines": lines,
        "contents": [*((key, _(text)) for key, text in LINES.items()), (NO_LINE, "–")],
        "sheets": [sheet.title for sheet in answer.form.book.worksheets],
        "kept": _kept(opened).name,
        "files": [] if paper is None else list(enumerate(_names(opened, paper))),
        "texts": [] if paper is None else list(_texts(opened, layout, paper)),
    }


def _names(opened: OpenRoster, paper: FormPaper) -> Iterator[str]:
    for title in paper.titles:
        yield title.format(name=opened.book.path.stem)


def _texts(opened: OpenRoster, layout: FormMap, paper: FormPaper) -> Iterator[str]:
    """Yield what was filled, what was not, and what to do before it is handed in."""
    for one in paper.filled:
        yield from filled_texts(one.rows)
        add = _(
            "Add lines to the form as your municipality says, choose it again, and "
            "correct below for how many it has room."
        )
        if one.left_out:
            yield f"{left_out_text(opened.problem, one.left_out)} {add}"
        if one.symbols_left_out:
            yield f"{symbols_left_out_text(one.symbols_left_out)} {add}"
    unknown = unknown_parts(layout.header.model_dump())
    if unknown:
        yield unknown
    if paper.is_shorter:
        yield shorter_text()
    yield open_once_text()

"""Versions of a roster: what made each, two compared, an earlier one brought back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.errors import OutputError
from scheduler.domain.scenario import FIRST, Revision
from scheduler.files.rosters import read_version
from scheduler.page.comparing import Side, compared
from scheduler.page.opened import ChangedOutside
from scheduler.page.rendering import roster_of, screen
from scheduler.wording.plans import scenario_texts, version_name
from scheduler.wording.times import clock_text, full_date_text, period_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster


def show(request: Request) -> Response:
    """Show the versions, and the two that are compared."""
    return _shown(request, roster_of(request))


def bring_back(request: Request) -> Response:
    """Save an earlier version as the next one; nothing is lost."""
    opened = roster_of(request)
    number = _version(opened, str(request.state.form.get("version", "")))
    if number is None or number == opened.version:
        raise HTTPException(404)
    with opened.lock:
        if opened.edits:
            text = _("Save or give up what was changed on the roster first.")
            return _shown(request, opened, 409, text)
        file = read_version(opened.book.path, opened.file, number)
        why = _("brought back from {version}").format(version=version_name(number))
        try:
            opened.save(why, problem=file.problem_of_plan, roster=file.plan)
        except ChangedOutside:
            text = _("The workbook was changed meanwhile; look again.")
            return _shown(request, roster_of(request), 409, text)
        except OutputError as error:
            return _shown(request, opened, 409, str(error))
    return RedirectResponse(f"/month/{opened.book.id}", 303)


def _version(opened: OpenRoster, text: str) -> int | None:
    known = {str(number): number for number in range(FIRST, opened.version + 1)}
    return known.get(text)


def _shown(
    request: Request, opened: OpenRoster, status: int = 200, trouble: str = ""
) -> Response:
    now = opened.version
    asked = (_version(opened, request.query_params.get(one, "")) for one in "ab")
    before, after = (
        one or other for one, other in zip(asked, (now - 1, now), strict=True)
    )
    sides = [_side(opened, one) for one in (before, after) if one >= FIRST]
    return screen(
        request,
        "versions.html",
        here="month",
        status=status,
        book=opened.book.id,
        title=period_text(opened.problem.period),
        first=read_version(opened.book.path, opened.file, FIRST).plan,
        versions=(*reversed(opened.file.plan.revisions), None),
        name_of=version_name,
        when=_when,
        made=partial(_made, opened=opened),
        cells=_cells,
        before=before,
        after=after,
        compared=compared(sides) if len(sides) > 1 and before != after else None,
        trouble=trouble,
    )


def _side(opened: OpenRoster, number: int) -> Side:
    file = read_version(opened.book.path, opened.file, number)
    return Side(version_name(number), file.problem_of_plan, file.plan)


def _when(moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    clock = clock_text(moment.hour * 60 + moment.minute)
    return f"{full_date_text(moment.date())} {clock}"


def _made(revision: Revision, opened: OpenRoster) -> str:
    told = scenario_texts(revision.scenario, opened.problem)
    return "、".join(told) or ("" if revision.why else _("edited"))


def _cells(revision: Revision) -> str:
    number = len(revision.changes)
    text = ngettext("{number} place changed", "{number} places changed", number)
    names = dict.fromkeys(one.staff for one in revision.changes)
    few = "、".join(list(names)[:3])
    more = len(names) - 3
    told = _("{names} and {number} more").format(names=few, number=more)
    return f"{text.format(number=number)} {told if more > 0 else few}".rstrip()

"""Versions of a roster: what made each, one brought back; rosters side by side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.audit import audit
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.domain.base import StaffId
from scheduler.domain.errors import OutputError
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import FIRST, Revision
from scheduler.files.rosters import read_version
from scheduler.page.audited import Lamp, lamps
from scheduler.page.grid import TOLD
from scheduler.page.open_book import ChangedOutside
from scheduler.page.rendering import roster_of, screen
from scheduler.rulebook import rules_of
from scheduler.wording.findings import FindingWords, finding_words
from scheduler.wording.gathered import gathered
from scheduler.wording.notation import CellLanguage
from scheduler.wording.plans import scenario_texts, version_name
from scheduler.wording.times import (
    clock_text,
    date_text,
    full_date_text,
    hours_and_minutes,
    period_text,
)
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.page.open_roster import OpenRoster


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
        cells=_places_changed,
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


def _places_changed(revision: Revision) -> str:
    number = len(revision.changes)
    text = ngettext("{number} place changed", "{number} places changed", number)
    names = dict.fromkeys(one.staff for one in revision.changes)
    few = "、".join(list(names)[:3])
    more = len(names) - 3
    told = _("{names} and {number} more").format(names=few, number=more)
    return f"{text.format(number=number)} {told if more > 0 else few}".rstrip()


class Side(NamedTuple):
    """One of the rosters, with its month and what it is called."""

    name: str
    problem: Problem
    roster: Roster


class Differs(NamedTuple):
    """Something that is not the same on every side: of whom, what, each side's text."""

    who: str
    what: str
    texts: tuple[str, ...]


class Comparison(NamedTuple):
    """What differs.

    Attributes
    ----------
    cells
        Duties and nights on call, by person and date.
    sums
        Each person's hours, nights, days off and wishes.
    users
        Users expected on a date.
    breaches
        For each side what is not kept there and not on every side; one text for those
        that differ only in their dates.
    """

    names: tuple[str, ...]
    lamps: tuple[tuple[Lamp, ...], ...]
    cells: tuple[Differs, ...]
    sums: tuple[Differs, ...]
    users: tuple[Differs, ...]
    breaches: tuple[tuple[str, ...], ...]


def compared(sides: Sequence[Side]) -> Comparison:
    """Return what differs between rosters of one month.

    People and dates are those of the last side; of what it does not know nothing is
    told.
    """
    findings = [audit(one.problem, one.roster) for one in sides]
    return Comparison(
        names=tuple(one.name for one in sides),
        lamps=tuple(
            lamps(one.problem, found)
            for one, found in zip(sides, findings, strict=True)
        ),
        cells=tuple(_cells(sides)),
        sums=tuple(_sums(sides)),
        users=tuple(_users(sides)),
        breaches=tuple(_breaches(sides, findings)),
    )


def _cells(sides: Sequence[Side]) -> Iterator[Differs]:
    problem = sides[-1].problem
    languages = [CellLanguage(one.problem) for one in sides]
    for member in problem.staff:
        for date in problem.period.dates:
            duties = [one.roster.by_cell.get((member.name, date)) for one in sides]
            if len({duty.entry if duty else None for duty in duties}) > 1:
                told = zip(languages, duties, strict=True)
                texts = (lang.write(duty) if duty else "" for lang, duty in told)
                yield Differs(member.name, date_text(date), tuple(texts))
    for date in problem.period.dates:
        names = tuple(one.roster.on_call_by_date.get(date, "") for one in sides)
        if len(set(names)) > 1:
            yield Differs(_("On call"), date_text(date), names)


def _sums(sides: Sequence[Side]) -> Iterator[Differs]:
    months: list[dict[StaffId, PersonMonth]] = [
        {one.staff: one for one in people(side.problem, side.roster)} for side in sides
    ]
    for member in sides[-1].problem.staff:
        known = [month.get(member.name) for month in months]
        every = [dict(_figures(month)) if month else {} for month in known]
        for what in every[-1]:
            texts = tuple(figures.get(what, "") for figures in every)
            if len(set(texts)) > 1:
                yield Differs(member.name, what, texts)


def _figures(month: PersonMonth) -> Iterator[tuple[str, str]]:
    yield _("Hours"), hours_and_minutes(month.credited)
    yield _("nights"), str(month.nights)
    yield _("nights on call"), str(month.on_call)
    yield _("days off"), str(month.days_off)
    yield _("Paid leave, days"), f"{month.leave_days:g}"
    yield _("Wishes granted"), f"{month.wishes_granted} / {len(month.wishes)}"


def _users(sides: Sequence[Side]) -> Iterator[Differs]:
    for date in sides[-1].problem.period.dates:
        texts = tuple(_expected(one.problem, date) for one in sides)
        if len(set(texts)) > 1:
            yield Differs("", date_text(date), texts)


def _expected(problem: Problem, date: dt.date) -> str:
    day = problem.forecast_by_date.get(date)
    if day is None:
        return ""
    text = _("{day} day users, {night} overnight, {visits} visits")
    night = _("unknown") if day.overnight is None else day.overnight
    return text.format(day=day.day_users, night=night, visits=day.visits)


def _breaches(
    sides: Sequence[Side], findings: Sequence[Sequence[Finding]]
) -> Iterator[tuple[str, ...]]:
    rulebooks = [rules_of(one.problem) for one in sides]
    told = [
        [
            (_text(finding_words(one, rulebook)), one)
            for one in found
            if one.stance in TOLD
        ]
        for rulebook, found in zip(rulebooks, findings, strict=True)
    ]
    texts = [Counter(text for text, _finding in found) for found in told]
    common = reduce(and_, texts)
    for rulebook, found, every in zip(rulebooks, told, texts, strict=True):
        left, own = every - common, []
        for text, finding in found:
            if left[text]:
                left[text] -= 1
                own.append(finding)
        groups = gathered(own, rulebook, by_clock=True)
        yield tuple(_text(one.words) for one in groups)


def _text(words: FindingWords) -> str:
    return " ".join(filter(None, (words.when, words.who, words.what, words.sides)))

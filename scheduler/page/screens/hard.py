"""困ったとき: what is short and when, and proposals that mend everything."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from scheduler.audit.papers.shortage import shortage
from scheduler.domain.advice import Advice
from scheduler.files.saving import free_name, save_new
from scheduler.files.workbook.write_input import input_writer
from scheduler.page.jobs import launch
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.make import KIND, MINUTES, OUTPUTS
from scheduler.page.screens.month import latest_roster
from scheduler.rulebook import rules_of
from scheduler.wording.causes import (
    able_text,
    broken_text,
    conditions,
    force_text,
    told_causes,
)
from scheduler.wording.findings import finding_words
from scheduler.wording.precheck import line_text
from scheduler.wording.repairs import (
    claim_text,
    settings_texts,
    side_effects,
    step_texts,
)
from scheduler.wording.times import dates_shortly, month_text, stretch_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.audit.papers.shortage import BrokenLimit
    from scheduler.domain.advice import Repair
    from scheduler.domain.finding import Finding
    from scheduler.page.editing import OpenRoster
    from scheduler.rulebook import Rulebook
    from scheduler.wording.findings import FindingWords

MOST_PROPOSALS = 3
MOST_ACTIONS = 8
"""Most proposals, and most things in one that somebody has to agree to."""

INPUTS = "inputs"


PARTS_OF_DAY = (
    (5, N_("in the night")),
    (9, N_("in the morning")),
    (12, N_("before noon")),
    (17, N_("in the afternoon")),
    (21, N_("in the evening")),
    (24, N_("in the night")),
)
"""Hours before which something begins that is short, and what people call that time."""


class Short(NamedTuple):
    """One line of what is short: the same limit at the same part of the day.

    Attributes
    ----------
    part, when
        The part of the day, and from when to when on any of the dates.
    sides
        What is needed and there on the worst date, or who it is about.
    each
        Where times or numbers differ: those of each date.
    """

    part: str
    when: str
    what: str
    number: int
    dates: str
    sides: str
    source: str
    each: tuple[str, ...]


class Way(NamedTuple):
    """A proposal that mends everything.

    Attributes
    ----------
    number
        Its place among all that the roster has.
    steps
        What somebody has to agree to, a box each.
    lost, won
        Wishes that are refused, and granted, with it.
    """

    number: int
    claim: str
    steps: tuple[str, ...]
    lost: tuple[str, ...]
    won: tuple[str, ...]


class Why(NamedTuple):
    """Why a limit is broken: the conditions that together force it."""

    broken: str
    force: str
    conditions: tuple[tuple[str, bool], ...]
    able: str


def latest(request: Request) -> Response:
    """Go to the roster of the month in which today lies, else to the latest."""
    found = latest_roster(desk_of(request))
    if found is None:
        return screen(request, "month_none.html", here="hard")
    return RedirectResponse(f"/hard/{found.id}", 303)


def show(request: Request) -> Response:
    """Show what is short, and the proposals."""
    return screen(request, "hard.html", **_values(_opened(request)), told="")


def make_again(request: Request) -> Response:
    """Make the month again with a proposal on all of whose steps people have agreed.

    What was agreed on is written into a workbook of its own, beside the one that the
    roster was made from, which stays as it is.
    """
    desk, form, opened = desk_of(request), request.state.form, _opened(request)
    offered = {str(one.number): one for one in proposals(opened)}
    chosen = offered.get(str(form.get("proposal", "")))
    if chosen is None:
        raise HTTPException(404)
    agreed = {str(step) for step in form.getlist("agreed")}
    missing = len(chosen.steps) - len(agreed & set(map(str, range(len(chosen.steps)))))
    if missing:
        text = _("{number} more to agree on").format(number=missing)
        return screen(request, "hard.html", status=422, **_values(opened), told=text)
    repair = _advice(opened).repairs[chosen.number]
    problem = repair.applied_to(opened.problem)
    folder = desk.library.folder
    (folder / INPUTS).mkdir(exist_ok=True)
    name = _("{name}-agreed").format(name=opened.book.path.stem)
    source = free_name(folder / INPUTS / f"{name}{opened.book.path.suffix}")
    save_new(input_writer(problem), source)
    target = folder / OUTPUTS / source.name
    book = desk.library.at(source).id
    number, is_new = desk.state.begin(KIND, book, source, target, 60.0 * MINUTES[1])
    if is_new:
        launch(desk.state, number)
    return RedirectResponse(f"/make/{number}", 303)


def _opened(request: Request) -> OpenRoster:
    try:
        return desk_of(request).roster(request.path_params["book"])
    except KeyError:
        raise HTTPException(404) from None


def _advice(opened: OpenRoster) -> Advice:
    """Return the advice that the roster was written with; none of it if it has none."""
    return opened.file.plan.advice or Advice()


def _values(opened: OpenRoster) -> dict[str, Any]:
    problem, saved = opened.problem, opened.saved
    rulebook, advice = rules_of(problem), _advice(opened)
    found = shortage(problem, saved.roster, saved.findings)
    lines = short_lines(found.gaps, rulebook)
    # What is short most often comes first.
    shorts = tuple(sorted(lines, key=lambda one: -one.number))
    return {
        "book": opened.book.id,
        "month": month_text(problem.period.first),
        "roster": opened.book.name,
        "shorts": shorts,
        "dates": len(found.dates),
        "proposals": proposals(opened),
        "settings": tuple(settings_texts(advice)),
        "sums": tuple(line_text(line) for line in advice.sums),
        "causes": tuple(_causes(opened, rulebook)),
        "is_edited": bool(opened.file.changed),
    }


def short_lines(gaps: tuple[BrokenLimit, ...], rulebook: Rulebook) -> Iterator[Short]:
    """Yield what is short: one line for the same cause at the same part of the day."""
    groups: dict[tuple[str, str], list[tuple[Finding, FindingWords]]] = {}
    for gap in gaps:
        words = finding_words(gap.finding, rulebook)
        key = words.what, _part(gap.finding)
        groups.setdefault(key, []).append((gap.finding, words))
    for (what, part), group in groups.items():
        found = [finding for finding, _words in group]
        dates = [one.date for one in found if one.date is not None]
        people = dict.fromkeys(name for one in found for name in one.people)
        worst = max(group, key=lambda one: abs(one[0].required - one[0].actual))
        told = {(_clock(one), words.sides) for one, words in group}
        sides = worst[1].sides
        if len({words.sides for _one, words in group}) > 1:
            sides = _("on the worst date {sides}").format(sides=sides)
        yield Short(
            part,
            _clock(*found),
            what,
            len(set(dates)) or len(found),
            dates_shortly(dates) if dates else "",
            "、".join(people) or sides,
            worst[1].source,
            tuple(f"{words.when} {words.sides}" for _one, words in group)
            if part and len(told) > 1
            else (),
        )


def _part(finding: Finding) -> str:
    """Return the part of the day in which a gap begins; empty if it has no time."""
    if not _clock(finding) or finding.begin is None:
        return ""
    hour = finding.begin.hour
    return _(next(name for end, name in PARTS_OF_DAY if hour < end))


def _clock(*found: Finding) -> str:
    """Write from when to when gaps are on any of their dates."""
    spans = [
        (one.begin - midnight, one.end - midnight)
        for one in found
        if one.begin is not None and one.end is not None and one.date is not None
        for midnight in [dt.datetime.combine(one.date, dt.time())]
    ]
    if not spans:
        return ""
    day = next(one.date for one in found if one.date is not None)
    midnight = dt.datetime.combine(day, dt.time())
    first, last = min(begin for begin, _end in spans), max(end for _, end in spans)
    return stretch_text(midnight + first, midnight + last, day)


def proposals(opened: OpenRoster) -> tuple[Way, ...]:
    """Return the proposals: at most three, of few steps, that mend everything."""
    problem = opened.problem
    rulebook = rules_of(problem)
    repairs = _advice(opened).repairs
    offered = [
        (number, repair)
        for number, repair in enumerate(repairs)
        if not repair.remaining and repair.actions <= MOST_ACTIONS
    ]
    return tuple(
        Way(
            number,
            claim_text(repair, place),
            _steps(repair, rulebook, opened),
            *side_effects(repair, has_begun=_advice(opened).since is not None)[:2],
        )
        for place, (number, repair) in enumerate(offered[:MOST_PROPOSALS], start=1)
    )


def _steps(repair: Repair, rulebook: Rulebook, opened: OpenRoster) -> tuple[str, ...]:
    return tuple(step_texts(repair, rulebook, opened.problem))


def _causes(opened: OpenRoster, rulebook: Rulebook) -> Iterator[Why]:
    problem, findings = opened.problem, opened.saved.findings
    advice = _advice(opened)
    for cause in told_causes(advice, rulebook, problem):
        yield Why(
            broken_text(cause, findings, rulebook, problem),
            force_text(cause),
            tuple(
                (one.text, one.can_yield)
                for one in conditions(cause, rulebook, problem)
            ),
            able_text(cause, problem),
        )

"""困ったとき: what is short and when, and proposals that mend everything."""

from __future__ import annotations

from itertools import groupby
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
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.audit.papers.shortage import BrokenLimit
    from scheduler.domain.advice import Repair
    from scheduler.page.editing import OpenRoster
    from scheduler.rulebook import Rulebook

MOST_PROPOSALS = 3
MOST_ACTIONS = 8
"""Most proposals, and most things in one that somebody has to agree to."""

INPUTS = "inputs"


class Short(NamedTuple):
    """One line of what is short: the same limit at the same time of the day."""

    when: str
    what: str
    number: int
    dates: str
    who: str
    source: str


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
    """Yield what is short, the same limit at the same time of the day as one line."""

    def kind(gap: BrokenLimit) -> tuple[str, str, str]:
        one = gap.finding
        return one.rule, one.facet, _clock(gap)

    for (_rule, _facet, clock), group in groupby(sorted(gaps, key=kind), kind):
        found = [gap.finding for gap in group]
        words = [finding_words(one, rulebook) for one in found]
        dates = [one.date for one in found if one.date is not None]
        people = dict.fromkeys(name for one in found for name in one.people)
        yield Short(
            clock or _("the day or the month"),
            words[0].what,
            len(set(dates)) or len(found),
            dates_shortly(dates) if dates else "",
            "、".join(people) or words[0].sides,
            words[0].source,
        )


def _clock(gap: BrokenLimit) -> str:
    one = gap.finding
    if one.begin is None or one.end is None or one.date is None:
        return ""
    return stretch_text(one.begin, one.end, one.date)


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

"""困ったとき: what is short and when, and proposals that mend everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.audit.papers.shortage import BrokenLimit, shortage
from scheduler.domain.advice import Advice, Step
from scheduler.domain.finding import Finding
from scheduler.domain.homes import homes
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.paths import free_name, make_folder
from scheduler.files.saving import save_new
from scheduler.files.workbook.write_input import input_bytes
from scheduler.page.rendering import desk_of, roster_of, screen
from scheduler.page.screens.make import KIND, MINUTES, OUTPUTS
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording import causes
from scheduler.wording.advice import (
    in_all_texts,
    larger_text,
    lent_text,
    loan_texts,
    no_way_text,
    settings_texts,
    unsettled_text,
)
from scheduler.wording.causes import told_causes
from scheduler.wording.findings import FindingWords, finding_words
from scheduler.wording.precheck import line_text
from scheduler.wording.repairs import side_effects, step_texts
from scheduler.wording.times import dates_shortly, period_text, stretch_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_roster import OpenRoster

MOST_PROPOSALS = 3

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


WHOLE_DAY = dt.timedelta(hours=12)
"""A gap longer than this is one of the day, not of a part of it."""


class Short(NamedTuple):
    """One line of what is short: the same limit at the same part of the day.

    Attributes
    ----------
    house
        The house's name, where several are planned together.
    part, when
        The part of the day, and from when to when on any of the dates.
    sides
        What is needed and there on the worst date, or who it is about.
    number
        On how many dates; 0 of what is short in the whole month.
    each
        Where times or numbers differ: those of each date.
    """

    house: str
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
    steps: tuple[str, ...]
    lost: tuple[str, ...]
    won: tuple[str, ...]


def show(request: Request) -> Response:
    """Show what is short, and the proposals."""
    return screen(request, "hard.html", **_values(_month(request)), told="")


def make_again(request: Request) -> Response:
    """Make the month again with a proposal on all of whose steps people have agreed.

    What was agreed on is written into a workbook of its own, beside the one that the
    roster was made from, which stays as it is.
    """
    form, month = request.state.form, _month(request)
    offered = {str(one.number): one for one in proposals(month)}
    chosen = offered.get(str(form.get("proposal", "")))
    if chosen is None:
        raise HTTPException(404)
    agreed = {str(step) for step in form.getlist("agreed")}
    missing = len(chosen.steps) - len(agreed & set(map(str, range(len(chosen.steps)))))
    if missing:
        text = _("{number} more to agree on").format(number=missing)
        return screen(request, "hard.html", status=422, **_values(month), told=text)
    repair = month.advice.repairs[chosen.number]
    number = _begun(desk_of(request), month, repair.applied_to(month.problem))
    return RedirectResponse(f"/make/{number}", 303)


def _begun(desk: FrontDesk, month: ShortMonth, agreed: Problem) -> int:
    """Write what was agreed on, of several houses into one workbook for each."""
    folder = desk.library.folder
    make_folder(folder / INPUTS)
    rosters = sorted(
        (month.opened, *month.opened.others),
        key=lambda one: one.problem.office.kind.is_satellite,
    )
    names = {one.problem.office.name: one.book.path for one in rosters}
    written = []
    for home in homes(agreed):
        roster = names[home.problem.office.name]
        name = _("{name}-agreed").format(name=roster.stem)
        source = free_name(folder / INPUTS / f"{name}{roster.suffix}")
        save_new(input_bytes(home.problem), source)
        written.append((source, folder / OUTPUTS / source.name))
    source, target = written[0]
    told = [(str(one), str(other)) for one, other in written]
    # The roster on which the proposal was found has those that showed it to be enough.
    asked: dict[str, Any] = {"start": str(month.opened.book.path)}
    if len(written) > 1:
        asked["houses"] = told
    book = desk.library.at(source)
    return desk.searches.begin(KIND, book, 60.0 * MINUTES[1], asked, target)


class ShortMonth(NamedTuple):
    """A month that cannot be: of one office, or of all houses together.

    Attributes
    ----------
    problem, roster, findings
        As saved.
    advice
        Causes and repairs; none of them if they are not known.
    """

    opened: OpenRoster
    problem: Problem
    roster: RosterRecord
    findings: tuple[Finding, ...]
    advice: Advice

    @property
    def is_impossible(self) -> bool:
        """Whether it is known that no roster keeps law and musts.

        A roster that was edited may be short by its edits alone.
        """
        advice = self.advice
        is_known = advice.causes or advice.sums or advice.repairs or advice.settings
        is_settled = advice.causes or advice.sums or not advice.unsettled
        return bool(is_known and is_settled and not self.opened.file.changed)

    @property
    def has_begun(self) -> bool:
        """Whether the advice is of a month that has begun."""
        return self.advice.since is not None

    @property
    def gaps(self) -> Iterator[tuple[str, Rulebook, tuple[BrokenLimit, ...]]]:
        """What is short, by house; an office by itself has no name here."""
        for home in homes(self.problem):
            found = tuple(
                one.model_copy(update={"house": ""})
                for one in self.findings
                if one.house == home.name
            )
            own = RosterRecord.of(home.roster(self.roster))
            told = shortage(home.problem, own, found)
            yield home.name, rules_of(home.problem), told.gaps


def _month(request: Request) -> ShortMonth:
    opened = roster_of(request)
    saved, houses = opened.saved, opened.saved.houses
    if houses is None:
        known = opened.file.plan.advice
        told = opened.problem, saved.roster, saved.findings
    else:
        known = opened.file.plan.advice_of_all
        told = houses.problem, houses.whole, houses.findings
    return ShortMonth(opened, *told, known or Advice())


def _values(month: ShortMonth) -> dict[str, Any]:
    opened, problem, advice = month.opened, month.problem, month.advice
    rulebook = rules_of(problem)
    gaps = tuple(month.gaps)
    lines = (line for one in gaps for line in short_lines(one[2], one[1], one[0]))
    dates = {gap.finding.date for one in gaps for gap in one[2]}
    offered = proposals(month)
    ways = tuple(advice.repairs[one.number] for one in offered)
    shown = advice.model_copy(update={"repairs": ways})
    # What is short all month, then most often, comes first.
    shorts = tuple(sorted(lines, key=lambda one: (one.number > 0, -one.number)))
    return {
        "book": opened.book.id,
        "month": period_text(problem.period),
        "roster": opened.book.name,
        "is_impossible": month.is_impossible,
        "shorts": shorts,
        "dates": len(dates - {None}),
        "proposals": offered,
        "unsettled": unsettled_text(shown),
        "settings": tuple(settings_texts(advice)),
        "no_way": no_way_text(advice, ways),
        "larger": larger_text(advice).strip(),
        "in_all": in_all_texts(month.findings, rulebook),
        "may_search_on": bool(advice.unsettled) or Step.REPAIRS not in advice.ended,
        "longest": MINUTES[-1],
        # Where nothing else mends it, the sums say what would have to change.
        "sums_first": not offered and not advice.settings,
        "sums": tuple(line_text(line) for line in advice.sums),
        "causes": told_causes(advice, rulebook, problem),
        "month_short": month,
        "rulebook": rulebook,
        "words": causes,
        "lent": lent_text(advice),
        "loans": tuple(loan_texts(advice.loans, problem.period)),
        "is_edited": bool(opened.file.changed),
    }


def short_lines(
    gaps: tuple[BrokenLimit, ...], rulebook: Rulebook, house: str = ""
) -> Iterator[Short]:
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
        clock = _clock(*found)
        yield Short(
            house,
            part,
            clock,
            what,
            len(set(dates)),
            dates_shortly(dates) if dates else "",
            "、".join(people) or sides,
            worst[1].source,
            tuple(f"{words.when} {words.sides}" for _one, words in group)
            if clock and len(told) > 1
            else (),
        )


def _part(finding: Finding) -> str:
    """Return the part of the day in which a gap begins.

    Empty if it has no time, or if it is of the hours of a whole day (A-03).
    """
    if not _clock(finding) or finding.begin is None or finding.end is None:
        return ""
    if finding.end - finding.begin > WHOLE_DAY:
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


def proposals(month: ShortMonth) -> tuple[Way, ...]:
    """Return the proposals: at most three that mend everything."""
    rulebook = rules_of(month.problem)
    offered = [
        Way(
            number,
            step_texts(repair, rulebook, month.problem),
            *side_effects(repair, has_begun=month.has_begun)[:2],
        )
        for number, repair in enumerate(month.advice.repairs)
        if not repair.remaining
    ]
    return tuple(offered[:MOST_PROPOSALS])

"""Plans or candidates side by side, a column each.

A page of a plan's workbook (案の比較) compares the plans for one scenario, one of a
candidate's the candidates, person by person; a workbook (もしも比較) compares the best
plans for several scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.changes.plans import Candidate, PlanSums, compare, plan_sums
from scheduler.audit.figures.people import PersonMonth
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Finding
from scheduler.domain.ledger import Burden
from scheduler.domain.problem import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import (
    BULLET,
    Entry,
    SheetWriter,
    WorkbookWriter,
    link_to,
)
from scheduler.files.workbook.styles import (
    CENTRE,
    HEAD,
    LEFT,
    LINK,
    PAPER_A3,
    Fill,
    Look,
)
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.duties import request_text
from scheduler.wording.gathered import gathered_texts
from scheduler.wording.names import (
    burden_name,
    cells_text,
    first_of,
    name_of,
    people_text,
    share_text,
    sheet_note,
    stance_name,
)
from scheduler.wording.plans import (
    claim_text,
    hours_change_texts,
    plan_name,
    plan_verdict,
    scenario_texts,
)
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan

MOST_LINES = 6
"""Most lines of one kind in a cell; the plan's own pages have them all."""

LABEL_WIDTH = 28
PLAN_WIDTH = 38
LABEL = replace(LEFT, bold=True, fill=Fill.BAND)
VALUE = replace(LEFT, size=9)
WHAT = replace(VALUE, bold=True)
LINKED = replace(LINK, size=9)
OWN = replace(HEAD, fill=Fill.WISH)
"""Heading of the plan, or the candidate, that the workbook holds."""
NOTHING = "-"


def write_plans(book: Book, out: SheetWriter) -> None:
    """Fill the page that compares the plans of a book."""
    plans = book.plans
    title = _("Plans side by side; this file is {name}")
    sizes = (LABEL_WIDTH, *[PLAN_WIDTH] * len(plans))
    out.title(title.format(name=plan_name(book.plan_number)), sizes)
    scenario = "、".join(scenario_texts(book.plan.scenario, book.problem))
    out.sentence(_("What has happened: {what}").format(what=scenario))
    out.sentence(_("Any one of them is enough."))
    out.row += 1
    numbers = range(1, len(plans) + 1)
    heads = [OWN if number == book.plan_number else HEAD for number in numbers]
    out.line(("", *map(plan_name, numbers)), (HEAD, *heads))
    claims = [claim_text(plan, i) for i, plan in enumerate(plans, start=1)]
    _write_rows(out, plans, claims, book.rulebook)
    out.finish()


def _line(
    out: SheetWriter, label: str, texts: Sequence[str], look: Look = VALUE
) -> None:
    out.line((label, *texts), (LABEL, *[look] * len(texts)))


def _write_rows(
    out: SheetWriter, plans: Sequence[Plan], claims: Sequence[str], rulebook: Rulebook
) -> None:
    """Write the rows that compare plans."""
    verdicts = [plan_verdict(plan) for plan in plans]
    looks = [
        replace(WHAT, fill=Fill.GOOD if plan.is_legal else Fill.SHORT) for plan in plans
    ]
    out.line((_("Verdict"), *verdicts), (LABEL, *looks))
    _line(out, _("How sure that is"), claims)
    sums = [plan_sums(plan) for plan in plans]

    def broken(findings: Iterable[Finding]) -> str:
        return _listed(gathered_texts(findings, rulebook))

    rows: list[tuple[str, Callable[[PlanSums], str]]] = [
        (_("People to be asked"), _asked),
        (_("Their cells that change"), lambda one: cells_text(one.cells)),
        (
            _("The first date of them"),
            lambda one: date_text(one.nearest) if one.nearest else NOTHING,
        ),
        (_("Not kept"), lambda one: broken(one.breaches)),
        (_("Beyond contracts"), lambda one: broken(one.contracts)),
        (
            _("Wishes lost"),
            lambda one: _listed(map(request_text, one.effects.wishes_lost)),
        ),
        (
            _("Wishes won"),
            lambda one: _listed(map(request_text, one.effects.wishes_won)),
        ),
        (
            _("Change of the hours of work"),
            lambda one: "\n".join(first_of(hours_change_texts(one.hours), MOST_LINES)),
        ),
    ]
    burdens = (burden for one in sums for burden, _before, _after in one.deviations)
    for burden in dict.fromkeys(burdens):
        label = _("{burden}: largest difference from a fair share")
        label = label.format(burden=burden_name(burden))
        rows.append((label, partial(_deviation, burden)))
    for label, text in rows:
        _line(out, label, [text(one) for one in sums])


def _asked(sums: PlanSums) -> str:
    count = people_text(len(sums.disturbed))
    names = "、".join(sums.disturbed)
    return f"{count}: {names}" if names else count


def _listed(texts: Iterable[str]) -> str:
    lines = [BULLET + text for text in texts]
    return "\n".join(first_of(lines, MOST_LINES)) or _("none")


def _deviation(burden: Burden, sums: PlanSums) -> str:
    """Return the largest deviation before and after as text, once if it is the same."""
    for known, before, after in sums.deviations:
        if known == burden:
            if before == after:
                return share_text(after)
            text = _("{before} -> {after}")
            return text.format(before=share_text(before), after=share_text(after))
    return NOTHING


MOST_BESIDE = 4
"""Most what-ifs that are legible on one printed page; others go on further pages."""

WIDTH = 124
"""Width of all what-ifs of a page (A4 landscape) together, in characters."""
WIDEST = 46
"""Greatest width of a what-if."""


class Answered(NamedTuple):
    """A what-if's plans, the least disturbing first, and their files."""

    plans: tuple[Plan, ...]
    files: tuple[Path, ...]

    @property
    def best(self) -> Plan:
        """Return the least disturbing plan."""
        return self.plans[0]

    @property
    def scenario(self) -> Scenario:
        """Return the scenario of the what-if."""
        return self.best.scenario


def write_what_ifs(answered: Sequence[Answered], problem: Problem, path: Path) -> Path:
    """Write the workbook that compares what-ifs of a roster; return where.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    writer = WorkbookWriter()
    beside = ceil(len(answered) / ceil(len(answered) / MOST_BESIDE))
    starts = range(0, len(answered), beside)
    for number, start in enumerate(starts, start=1):
        title = _("What-ifs") if len(starts) == 1 else _("What-ifs {number}")
        some = answered[start : start + beside]
        width = min(WIDEST, WIDTH / len(some))
        sizes = (LABEL_WIDTH, *[width] * len(some))
        out = writer.add(title.format(number=number), sizes)
        _write_what_ifs(out, some, problem, path.parent)
    return save_sealed(writer.workbook, path)


def _write_what_ifs(
    out: SheetWriter, answered: Sequence[Answered], problem: Problem, folder: Path
) -> None:
    title = _("What-ifs side by side: {office}, {period}")
    period = period_text(problem.period)
    out.title(title.format(office=problem.office.name, period=period))
    out.sentence(sheet_note("what_ifs"))
    heads = out.skip()
    out.headings(("", *(one.scenario.name for one in answered)))
    happened = ["\n".join(scenario_texts(one.scenario, problem)) for one in answered]
    _line(out, _("What happens"), happened, WHAT)
    starts = [date_text(one.scenario.now) for one in answered]
    _line(out, _("May change from"), starts)
    plans = [one.best for one in answered]
    claims = [claim_text(plan, 1) for plan in plans]
    _write_rows(out, plans, claims, rules_of(problem))
    _files(out, answered, folder)
    out.finish(heads, freeze=2)


def _files(out: SheetWriter, answered: Sequence[Answered], folder: Path) -> None:
    """Write the files of the plans: a row for the best, and one for each other."""
    most = max(len(one.files) for one in answered)
    for place in range(most):
        links = [
            link_to(one.files[place], folder) if place < len(one.files) else ""
            for one in answered
        ]
        row = out.row
        label = _("Roster") if place == 0 else _("Another plan")
        looks = [LINKED if link else VALUE for link in links]
        out.line((label, *(link or NOTHING for link in links)), (LABEL, *looks))
        for column, link in enumerate(links, start=2):
            if link:
                out.link(row, column, link)


NAMES_WIDTH = 36
FIGURE_WIDTH = 6.5
FIGURE = replace(CENTRE, shrink=True, wrap=False)
OTHER = replace(FIGURE, bold=True, fill=Fill.BAND)
"""Look of a value that differs from the first candidate's."""


class Measure(NamedTuple):
    """A figure of a person's month that is compared."""

    heading: str
    value: Callable[[PersonMonth], float]
    number: str = "0"


def write_candidates(book: Book, out: SheetWriter) -> None:
    """Fill the page that compares the candidates of a book."""
    candidates = compare(book.problem, book.candidates)
    count = len(candidates)
    own = book.candidates.index(book.roster)
    measures = (
        Measure(_("Nights"), lambda month: month.nights),
        Measure(_("On call"), lambda month: month.on_call),
        Measure(_("Weekends, holidays"), lambda month: month.rest_days),
        Measure(name_of(ShiftKind.EARLY), lambda month: month.early),
        Measure(name_of(ShiftKind.LATE), lambda month: month.late),
        Measure(_("Hours by contract"), lambda month: month.credited / HOUR, "0.0"),
        Measure(
            _("Wishes not granted"),
            lambda month: len(month.wishes) - month.wishes_granted,
        ),
    )
    sizes = (NAMES_WIDTH, *[FIGURE_WIDTH] * (count * len(measures)))
    title = _("Candidates side by side; this file is {name}")
    out.title(title.format(name=plan_name(own + 1)), sizes)
    out.sentence(sheet_note("candidates"))

    def heads(label: str, times: int = 1) -> None:
        names = [plan_name(place) for place in range(1, count + 1)] * times
        looks = [OWN if place == own else HEAD for place in range(count)] * times
        out.line((label, *names), (HEAD, *looks))

    out.section(_("The month as a whole"))
    heads("")
    for label, values in _whole(candidates):
        out.line((label, *values), (LEFT, *_looks(values)))
    out.section(_("Person by person"))
    out.bands([measure.heading for measure in measures], span=count)
    heads(_("Name"), len(measures))
    for months in zip(*(one.people for one in candidates), strict=True):
        entries: list[Entry] = [months[0].staff]
        looks = [replace(LEFT, bold=True)]
        for measure in measures:
            numbers = [measure.value(month) for month in months]
            entries += numbers
            looks += _looks(numbers, measure.number)
        out.line(entries, looks)
    out.section(_("Wishes that some candidate refuses"))
    if any(one.refused for one in candidates):
        heads(_("Wish"))
    else:
        out.sentence(_("Every candidate grants every wish."))
    refused = {request for one in candidates for request in one.refused}
    wishes = (w.request for month in candidates[0].people for w in month.wishes)
    for request in filter(refused.__contains__, wishes):
        signs = ["×" if request in one.refused else "○" for one in candidates]
        out.line((request_text(request), *signs), (LEFT, *_looks(signs)))
    out.finish(paper=PAPER_A3)


def _whole(candidates: Sequence[Candidate]) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows on the rosters as a whole: changes, wishes, and every level."""
    changed = [str(one.cells_changed) for one in candidates]
    yield _("Cells unlike the first candidate"), changed
    yield _("Wishes not granted"), [str(len(one.refused)) for one in candidates]
    for outcomes in zip(*(one.levels for one in candidates), strict=False):
        first = outcomes[0]
        yield (
            stance_name(first.level),
            [_against(outcome.value, first.value) for outcome in outcomes],
        )


def _against(value: int, first: int) -> str:
    if value == first:
        return _("as good")
    return _("better") if value < first else _("less good")


def _looks(values: Sequence[Entry], number: str = "General") -> list[Look]:
    """Return the looks of values; those that differ from the first are bold."""
    kinds = [FIGURE if value == values[0] else OTHER for value in values]
    return [replace(look, number=number) for look in kinds]

"""The page that compares candidates (案の比較): each person's figures side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from scheduler.audit.changes.plans import Candidate, compare
from scheduler.audit.figures.people import PersonMonth
from scheduler.domain.clock import HOUR
from scheduler.domain.requests import Request
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.page import CENTRE, LEFT, Entry, Page
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.styles import BAND, HEAD, PAPER_A3, WISH, Look
from scheduler.wording.duties import request_text
from scheduler.wording.names import name_of, stance_name
from scheduler.wording.plans import plan_name
from scheduler.wording.sheet_notes import sheet_note
from scheduler.wording.translation import _

LABEL_WIDTH = 36
VALUE_WIDTH = 6.5
OWN = replace(HEAD, fill=WISH)
"""Heading of the candidate that the workbook holds."""
VALUE = replace(CENTRE, shrink=True, wrap=False)
OTHER = replace(VALUE, bold=True, fill=BAND)
"""Look of a value that differs from the first candidate's."""


class Measure(NamedTuple):
    """A figure of a person's month that is compared."""

    heading: str
    value: Callable[[PersonMonth], float]
    number: str = "0"


def write_candidates(book: Book, page: Page) -> None:
    """Fill the page that compares the candidates of a book."""
    candidates = compare(book.problem, book.candidates)
    count = len(candidates)
    own = book.candidates.index(book.roster)
    measures = _measures()
    page.widths((LABEL_WIDTH, *[VALUE_WIDTH] * (count * len(measures))))
    page.title(
        _("Candidates side by side; this file is {name}").format(
            name=plan_name(own + 1)
        )
    )
    page.sentence(sheet_note("candidates"))

    def heads(label: str, times: int = 1) -> None:
        names = [plan_name(place) for place in range(1, count + 1)] * times
        looks = [OWN if place == own else HEAD for place in range(count)] * times
        page.line((label, *names), (HEAD, *looks))

    page.section(_("The month as a whole"))
    heads("")
    for label, values in _whole(candidates):
        page.line((label, *values), (LEFT, *_looks(values)))
    page.section(_("Person by person"))
    page.bands([measure.heading for measure in measures], span=count)
    heads(_("Name"), len(measures))
    for months in zip(*(one.people for one in candidates), strict=True):
        entries: list[Entry] = [months[0].staff]
        looks = [replace(LEFT, bold=True)]
        for measure in measures:
            numbers = [measure.value(month) for month in months]
            entries += numbers
            looks += _looks(numbers, measure.number)
        page.line(entries, looks)
    page.section(_("Wishes that some candidate refuses"))
    if any(one.refused for one in candidates):
        heads(_("Wish"))
    else:
        page.sentence(_("Every candidate grants every wish."))
    for request in _refused_anywhere(candidates):
        signs = ["×" if request in one.refused else "○" for one in candidates]
        page.line((request_text(request), *signs), (LEFT, *_looks(signs)))
    page.finish(paper=PAPER_A3)


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
    """Return as text how a candidate's value on a level compares with the first's."""
    if value == first:
        return _("as good")
    return _("better") if value < first else _("less good")


def _measures() -> tuple[Measure, ...]:
    """Return the figures of a person's month that are compared."""
    return (
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


def _refused_anywhere(candidates: Sequence[Candidate]) -> Iterator[Request]:
    refused = {request for one in candidates for request in one.refused}
    for month in candidates[0].people:
        yield from (w.request for w in month.wishes if w.request in refused)


def _looks(values: Sequence[Entry], number: str = "General") -> list[Look]:
    """Return the looks of values; those that differ from the first are bold."""
    kinds = [VALUE if value == values[0] else OTHER for value in values]
    return [replace(look, number=number) for look in kinds]

"""The page that lays candidates side by side (案の比較): who carries what in each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.changes.comparison import compare
from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import (
    BAND,
    HEAD,
    PAPER_A3,
    WISH,
    Look,
    print_setup,
)
from scheduler.wording.duties import request_text
from scheduler.wording.names import kind_name, stance_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.changes.comparison import Candidate
    from scheduler.audit.figures.people import PersonMonth
    from scheduler.domain.requests import Request
    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.roster.page import Entry

LABEL_WIDTH = 36
VALUE_WIDTH = 6.5
OWN = replace(HEAD, fill=WISH)
"""The heading of the candidate that the workbook holds."""
VALUE = replace(CENTRE, shrink=True, wrap=False)
OTHER = replace(VALUE, bold=True, fill=BAND)
"""A value that the first candidate does not have."""


class Measure(NamedTuple):
    """What of a person's month is compared."""

    heading: str
    number: str
    values: tuple[float, ...]
    """Candidate by candidate."""


def write_candidates(book: Book, sheet: Worksheet) -> None:
    """Fill the page that compares the candidates of a book."""
    candidates = compare(book.problem, book.candidates)
    count = len(candidates)
    own = book.candidates.index(book.roster)
    blocks = len(_measures([one.people[0] for one in candidates]))
    page = Page(book.stylist, sheet, (LABEL_WIDTH, *[VALUE_WIDTH] * (count * blocks)))
    page.title(
        _("Candidates side by side; this file is {name}").format(name=plan_name(own))
    )
    note = _(
        "All are as good on every level but comfort; they differ in who carries what. "
        "Bold: not as in the first candidate."
    )
    page.sentence(note, LEFT)
    _whole(page, candidates, own)
    _people(page, candidates, own)
    _wishes(page, candidates, own)
    print_setup(sheet, paper=PAPER_A3)


def plan_name(place: int) -> str:
    """Return what a candidate is called, by its place from 0."""
    return _("Plan {number}").format(number=place + 1)


def _whole(page: Page, candidates: tuple[Candidate, ...], own: int) -> None:
    """Compare the rosters as a whole: what differs, and every level's value."""
    page.section(_("The month as a whole"))
    _heads(page, "", len(candidates), own)
    changed = [str(one.cells_changed) for one in candidates]
    page.line((_("Cells unlike the first candidate"), *changed), _looks(changed))
    refused = [str(len(one.refused)) for one in candidates]
    page.line((_("Wishes not granted"), *refused), _looks(refused))
    for outcomes in zip(*(one.levels for one in candidates), strict=False):
        values = [_against(outcome.value, outcomes[0].value) for outcome in outcomes]
        page.line((stance_name(outcomes[0].level), *values), _looks(values))


def _against(value: int, first: int) -> str:
    """Say how good a candidate is on a level beside the first one."""
    if value == first:
        return _("as good")
    return _("better") if value < first else _("less good")


def _people(page: Page, candidates: tuple[Candidate, ...], own: int) -> None:
    """Compare what each person carries."""
    page.section(_("Person by person"))
    rows = list(zip(*(one.people for one in candidates), strict=True))
    headings = [measure.heading for measure in _measures(rows[0])]
    page.bands(headings, span=len(candidates))
    _heads(page, _("Name"), len(candidates), own, times=len(headings))
    for months in rows:
        values: list[Entry] = [months[0].staff]
        looks = [replace(LEFT, bold=True)]
        for measure in _measures(months):
            values += measure.values
            looks += _looks(measure.values, measure.number)[1:]
        page.line(values, looks)


def _measures(months: Sequence[PersonMonth]) -> tuple[Measure, ...]:
    """Return what is compared of one person's months in the candidates."""

    def count(heading: str, name: str) -> Measure:
        return Measure(heading, "0", tuple(getattr(one, name) for one in months))

    return (
        count(_("Nights"), "nights"),
        count(_("On call"), "on_call"),
        count(_("Weekends, holidays"), "rest_days"),
        count(kind_name(ShiftKind.EARLY), "early"),
        count(kind_name(ShiftKind.LATE), "late"),
        Measure(
            _("Hours by contract"), "0.0", tuple(one.credited / HOUR for one in months)
        ),
        Measure(
            _("Wishes not granted"),
            "0",
            tuple(len(one.wishes) - one.wishes_granted for one in months),
        ),
    )


def _wishes(page: Page, candidates: tuple[Candidate, ...], own: int) -> None:
    """Tell which candidate refuses which wish."""
    page.section(_("Wishes that some candidate refuses"))
    if not any(one.refused for one in candidates):
        page.sentence(_("Every candidate grants every wish."), LEFT)
        return
    _heads(page, _("Wish"), len(candidates), own)
    for request in _refused_anywhere(candidates):
        signs = ["×" if request in one.refused else "○" for one in candidates]
        page.line((request_text(request), *signs), _looks(signs))


def _refused_anywhere(candidates: tuple[Candidate, ...]) -> Iterator[Request]:
    refused = {request for one in candidates for request in one.refused}
    for month in candidates[0].people:
        yield from (w.request for w in month.wishes if w.request in refused)


def _heads(page: Page, label: str, count: int, own: int, times: int = 1) -> None:
    names = [plan_name(place) for place in range(count)] * times
    heads = [OWN if place == own else HEAD for place in range(count)] * times
    page.line((label, *names), (HEAD, *heads))


def _looks(values: Sequence[Entry], number: str = "General") -> list[Look]:
    """Return the looks of a label and its values, those unlike the first bold."""
    kinds = [VALUE if value == values[0] else OTHER for value in values]
    return [LEFT, *(replace(look, number=number) for look in kinds)]

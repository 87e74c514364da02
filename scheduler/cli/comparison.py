"""Candidates side by side on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.cli.text import table
from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import ShiftKind
from scheduler.wording.duties import request_text
from scheduler.wording.names import kind_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.audit.changes.comparison import Candidate
    from scheduler.audit.figures.hours import PersonMonth

BETWEEN = "/"
"""Between the values of the first candidate, the second, and so on."""


def comparison(candidates: Sequence[Candidate], names: Sequence[str]) -> str:
    """Write what differs between candidates: in all, and person by person.

    Parameters
    ----------
    names
        What the candidates are called, such as the names of their files.
    """
    return "\n".join((*_whole(candidates, names), "", *_people(candidates)))


def _whole(candidates: Sequence[Candidate], names: Sequence[str]) -> Iterator[str]:
    yield _("Candidates:")
    for name, one in zip(names, candidates, strict=True):
        text = _(
            "- {name}: cells unlike the first {cells}, wishes not granted {wishes}"
        )
        yield text.format(name=name, cells=one.cells_changed, wishes=len(one.refused))
        for request in one.refused:
            wish = request_text(request)
            yield "  - " + _("not granted: {request}").format(request=wish)


def _people(candidates: Sequence[Candidate]) -> Iterator[str]:
    """Write the people whose months differ, with all candidates' values in a cell."""
    heads = [
        _("Name"),
        _("Nights"),
        _("On call"),
        _("Sat/Sun/hol."),
        kind_name(ShiftKind.EARLY),
        kind_name(ShiftKind.LATE),
        _("Hours by contract"),
        _("Wishes not granted"),
    ]
    rows = []
    for months in zip(*(one.people for one in candidates), strict=True):
        values = [_values(month) for month in months]
        if len(set(values)) > 1:
            cells = (_cell(column) for column in zip(*values, strict=True))
            rows.append([months[0].staff, *cells])
    if rows:
        yield _("Whose month differs (first / second / ...):")
        yield table([heads, *rows], right=range(1, len(heads)))
    else:
        yield _("Nobody's sums differ; only the dates do.")


def _values(month: PersonMonth) -> tuple[str, ...]:
    refused = len(month.wishes) - month.wishes_granted
    counts = (month.nights, month.on_call, month.rest_days, month.early, month.late)
    return (*map(str, counts), f"{month.credited / HOUR:g}", str(refused))


def _cell(values: Sequence[str]) -> str:
    """Write a value once where all candidates agree."""
    return values[0] if len(set(values)) == 1 else BETWEEN.join(values)

"""An office's own form that was filled, and where its cells stand, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from scheduler.wording.names import duration_text
from scheduler.wording.statutory import job_title
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.audit.papers.statutory import TableRow
    from scheduler.domain.problem import Problem

HEADER = {
    "year": N_("year"),
    "month": N_("month"),
    "office": N_("name of the office"),
    "number": N_("number of the office"),
    "service": N_("service"),
    "full_time_week": N_("a full-timer's hours a week"),
    "full_time_month": N_("a full-timer's hours a month"),
    "users": N_("average of day users"),
    "span": N_("four weeks or calendar month"),
    "edition": N_("plan or actual"),
}
"""Parts of the header of a form, by key of its map."""


def filled_texts(rows: Sequence[TableRow]) -> Iterator[str]:
    """Yield what was filled, and which hours the form has no place for."""
    text = _("Lines filled: {count}. Formulas, lists of choices and styles are kept.")
    yield text.format(count=len(rows))
    credits = "、".join(
        f"{row.job.staff} {duration_text(row.job.credit.total)}"
        for row in rows
        if row.job.credit.total
    )
    if credits:
        text = _(
            "The form's hours are those at work. What counts as worked beside them in"
            " full-time equivalents (leave, meetings, training, short hours by law) is"
            " not among them: {credits}. Ask your municipality how it goes into the"
            " form."
        )
        yield text.format(credits=credits)


def left_out_text(problem: Problem, rows: Sequence[TableRow]) -> str:
    """Write for whom the form has no line."""
    people = problem.member_by_name
    named = "、".join(
        f"{row.job.staff} ({job_title(people[row.job.staff], row.job.role)})"
        for row in rows
    )
    text = _("NOT in the form, as it has no line left for them: {names}.")
    return text.format(names=named)


def symbols_left_out_text(symbols: Sequence[str]) -> str:
    """Write for which symbols the form's sheet of symbols has no line."""
    text = _(
        "NOT in the form's sheet of symbols, as it has no line left: {names}. Their"
        " hours are missing in the form."
    )
    return text.format(names="、".join(symbols))


def unknown_parts(header: Mapping[str, str]) -> str:
    """Write which parts of the header are not filled; empty if all are.

    Parameters
    ----------
    header
        The cell of each part, by the keys of `HEADER`; empty where none is known.
    """
    names = [_(word) for key, word in HEADER.items() if not header[key]]
    text = _(
        "Not filled, as no cell for it is known: {names}. Correct in the form what"
        " stands there."
    )
    return text.format(names="、".join(names)) if names else ""


def shorter_text() -> str:
    """Write that a form has room for four weeks only."""
    return _("The form has 28 dates: it was filled for the first four weeks.")


def open_once_text() -> str:
    """Write what to do with a filled form before it is handed in."""
    return _(
        "Open it once and save it, so that its formulas are worked out; check it before"
        " you hand it in (to be confirmed with your municipality)."
    )

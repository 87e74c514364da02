"""Agreements: a line each, with amounts that are counted as their exception counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scheduler.domain.agreements import ON_CALL
from scheduler.domain.fields import Kind
from scheduler.domain.likeness import recognised
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import AGREEMENTS
from scheduler.files.workbook.reading.rows import read_cell, read_rows
from scheduler.files.workbook.showing import is_timed
from scheduler.rulebook import yielding
from scheduler.wording.notation import says_on_call

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.reading.notes import Loc, Notes
    from scheduler.files.workbook.reading.sheets import Table

AMOUNT = next(one for one in AGREEMENTS.columns if one.kind is Kind.AMOUNT)


def read_agreements(
    table: Table, problem: Problem, notes: Notes
) -> list[dict[str, Any]]:
    """Read the agreements of a problem that has everything else.

    Whatever names and symbols are near to one of the problem's are taken for it, and
    any date of a week for the first of it that lies in the period.
    """
    lines = read_rows(table, notes, problem.period)
    return [_agreement(index, line, problem, notes) for index, line in enumerate(lines)]


def _agreement(
    index: int, line: dict[str, Any], problem: Problem, notes: Notes
) -> dict[str, Any]:
    spot = line["spot"]
    key = spot["facet"]
    spot["rule"], spot["facet"] = key
    names = [member.name for member in problem.staff]
    if "staff" in spot:
        spot["staff"] = recognised(spot["staff"], names) or spot["staff"]
    if "name" in spot:
        spot["name"] = _name(key, spot["name"], problem)
    if "date" in spot and key == ("L-04", "days_per_week"):
        spot["date"] = _first_of_week(spot["date"], problem)
    amount = _amount(("agreements", index, "amount"), key, line["amount"], notes)
    return {"spot": spot, "amount": amount}


def _name(key: tuple[str, str], text: str, problem: Problem) -> str:
    """Return the cover rule, shift or night on call that is meant."""
    if key[0] == "K-02":
        rules = [rule.name for rule in problem.cover_rules]
        return recognised(text, rules) or text
    symbol = recognised(text, [shift.symbol for shift in problem.shifts])
    if symbol is not None:
        return symbol
    on_call = says_on_call(text) or words.means(text, words.ON_CALL_ROW)
    return ON_CALL if on_call else text


def _first_of_week(date: dt.date, problem: Problem) -> dt.date:
    first_weekday = problem.office.settings.week_starts_on
    week = problem.period.week_in_period(date, first_weekday)
    return week[0] if date in problem.period else date


def _amount(loc: Loc, key: tuple[str, str], raw: Any, notes: Notes) -> Any:
    """Read an amount as what the exception is counted in."""
    kind = Kind.DURATION if is_timed(yielding()[key]) else Kind.INTEGER
    column = replace(AMOUNT, kind=kind)
    place = notes.places[loc]
    notes.remember(loc, place, AGREEMENTS, column)
    if any(mistake.loc == loc for mistake in notes.mistakes):
        return raw
    return read_cell(column, raw, place, loc, notes)

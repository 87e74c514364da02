"""The command `actual`: the month as it was worked, by the stamps of the clock."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scheduler.audit.changes.as_worked import as_worked
from scheduler.audit.changes.clocked import people_without_stamps
from scheduler.cli.arguments import page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.option_groups import Stamping
from scheduler.cli.screen import table
from scheduler.cli.session import Session, worded
from scheduler.domain.actual import Actual, AsWorked, Difference
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.year import fiscal_year
from scheduler.files.actual.clock import read_clock
from scheduler.files.actual.record import read_actual, write_actual
from scheduler.files.rosters import read_roster
from scheduler.files.saving import held
from scheduler.files.workbook.differences import (
    Decided,
    read_decisions,
    write_differences,
)
from scheduler.files.years import read_year, year_path
from scheduler.wording.actual import (
    amount_text,
    counts_text,
    decided_text,
    difference_name,
    effect_text,
    planned_text,
    standing_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _, spellings

ALL = "all"
MOST_LINES = 40
"""Most undecided differences that are printed; the page has them all."""


def hold_against_stamps(
    session: Session, source: Path, stamping: Stamping, output: Path | None
) -> Exit:
    """Read stamps, take decisions, and write the page of differences.

    Parameters
    ----------
    source
        The roster's file; stamps and decisions are kept beside it.
    stamping
        The files of stamps, and decisions.
    output
        The page; beside the roster if not given.

    Raises
    ------
    WrongUse
        If the month is closed and not to be opened, or a number is not on the page.
    InputError
        If a file cannot be read; nothing is changed then.
    """
    path = page_path(output, source, _("{name}-stamps"))
    with held(source):
        file = read_roster(source)
        period, office = file.problem.period, file.problem.office.name
        known = read_actual(source, file.problem)
        actual = known or Actual(office=office, first=period.first, last=period.last)
        typed = _typed(path, as_worked(file, actual))
        if stamping.changes or typed.accepted or typed.planned:
            actual = _opened(file.problem, actual, source, again=stamping.again)
        actual = actual.deciding(typed.accepted, accepted=True)
        actual = actual.deciding(typed.planned, accepted=False)
        actual, notes = _with_files(file, actual, source, stamping)
        month = _with_decisions(file, actual, stamping)
        if not month.is_actual:
            raise WrongUse(_("There are no stamps yet. Name their file with --clock."))
        write_actual(month.actual, source)
    kept = path.with_stem(_("{name}-typed").format(name=path.stem))
    written = write_differences(month, path, kept=kept if typed.others else None)
    session.say_all(notes)
    if typed.others:
        text = _("Other cells of {path} were edited too; that file is kept as {kept}.")
        session.say(text.format(path=path, kept=kept))
    session.say_all(_lines(month))
    session.say_written(_("Differences written: {path}"), written, path)
    session.give(
        exit=Exit.DONE,
        path=written,
        undecided=len(month.undecided),
        differences=_data(month),
        notes=notes,
    )
    return Exit.DONE


def _typed(path: Path, month: AsWorked) -> Decided:
    """Return what was decided on the page that stands, if there is one."""
    return read_decisions(path, month) if os.path.exists(path) else Decided()


def _opened(problem: Problem, actual: Actual, source: Path, *, again: bool) -> Actual:
    """Return what is known of a month, open; raise `WrongUse` if it is closed."""
    folder, office = source.absolute().parent, problem.office.name
    years = {fiscal_year(date) for date in problem.period.dates}
    dates = {
        day.date
        for year in years
        for day in read_year(year_path(folder, office, year), office, year).days
    }
    is_closed = actual.closed or not dates.isdisjoint(problem.period.dates)
    if is_closed and not again:
        text = _(
            "The month is closed. Nothing was changed. To open it on purpose, add "
            "--again; then close it once more with --again."
        )
        raise WrongUse(text)
    return actual.model_copy(update={"closed": False})


def _with_files(
    file: RosterFile, actual: Actual, source: Path, stamping: Stamping
) -> tuple[Actual, list[str]]:
    """Return what is known with the stamps of some files, and what to say of them."""
    notes: list[str] = []
    for name in stamping.clock or ():
        path = Path(name)
        folder, told = source.absolute().parent, stamping.column or ()
        found = read_clock(path, folder, file.problem, file.roster, told)
        actual = actual.with_stamps(found.stamps.days, path.name)
        actual = actual.model_copy(update={"grace": found.columns.grace})
        text = _("{path}: stamps on {count} days of people")
        notes.append(text.format(path=path.name, count=len(found.stamps.days)))
        notes += _beside(found.stamps.strangers, found.stamps.outside)
        if found.is_new:
            headings = "、".join(found.columns.headings)
            text = _(
                "Columns read: {headings}. They are kept in {path}; mend it there."
            )
            notes.append(text.format(headings=headings, path=found.path.name))
    return actual, notes


def _beside(strangers: Sequence[str], outside: int) -> Iterator[str]:
    """Yield what of a file was left out."""
    if strangers:
        text = _("Not on the staff list, and left out: {names}")
        yield text.format(names="、".join(strangers))
    if outside:
        yield _("Lines on other dates, left out: {count}").format(count=outside)


def _with_decisions(file: RosterFile, actual: Actual, stamping: Stamping) -> AsWorked:
    """Return the month with the decisions of the command line.

    Raises
    ------
    WrongUse
        If a number is not on the page, or is said together with new stamps.
    """
    month = as_worked(file, actual)
    sides = ((stamping.accept, True), (stamping.as_planned, False))
    for given, accepted in sides:
        if given:
            chosen = _chosen(month, given, stamping, accepted=accepted)
            actual = actual.deciding(chosen, accepted=accepted)
            month = as_worked(file, actual)
    return month


def _chosen(
    month: AsWorked, given: Iterable[str], stamping: Stamping, *, accepted: bool
) -> list[Difference]:
    """Return the differences that are named by number, or all."""
    words = {ALL, *spellings(ALL), "すべて", "全部"}
    found: list[Difference] = []
    for text in given:
        if text.strip() in words:
            # Whether somebody was absent is said for each by itself.
            found += (
                one for one in month.undecided if not (accepted and one.by_itself)
            )
        elif stamping.clock:
            raise WrongUse(
                _(
                    "Numbers are those of the page, which new stamps change. Read the "
                    "stamps first, then decide."
                )
            )
        elif text.isdecimal() and 1 <= int(text) <= len(month.differences):
            found.append(month.differences[int(text) - 1])
        else:
            told = _(
                "{number} is no number of the page; there are 1 to {most}, or all."
            )
            raise WrongUse(told.format(number=text, most=len(month.differences)))
    return found


def _lines(month: AsWorked) -> Iterator[str]:
    """Yield how many differences there are, and those that are undecided."""
    text = _("Differences: {count} ({standing})")
    standing = standing_text(month)
    yield text.format(count=len(month.differences), standing=standing)
    kinds = counts_text(month.differences)
    if kinds:
        yield f"  {kinds}"
    names = people_without_stamps(month.problem, month.actual)
    if names:
        told = _("Without any stamp, and so counted as planned: {names}")
        yield told.format(names="、".join(names))
    undecided = month.undecided
    if undecided:
        heads = (
            "",
            _("Date"),
            _("Name"),
            _("Difference"),
            _("By how much"),
            _("Planned"),
            _("If accepted"),
        )
        numbers = {one: n for n, one in enumerate(month.differences, start=1)}
        rows = [
            _row(numbers[one], one, month.problem) for one in undecided[:MOST_LINES]
        ]
        yield ""
        yield table([heads, *rows], right={0, 4})
    if len(undecided) > MOST_LINES:
        yield _("and {more} more").format(more=len(undecided) - MOST_LINES)


def _row(number: int, one: Difference, problem: Problem) -> tuple[str | int, ...]:
    return (
        number,
        date_text(one.date),
        one.staff,
        difference_name(one.kind),
        amount_text(one),
        planned_text(one, problem),
        effect_text(one),
    )


def _data(month: AsWorked) -> list[dict[str, object]]:
    decided = month.actual.decided
    return [
        worded(
            one,
            number=number,
            text=difference_name(one.kind),
            effect=effect_text(one),
            decision=decided_text(decided.get(one)),
        )
        for number, one in enumerate(month.differences, start=1)
    ]

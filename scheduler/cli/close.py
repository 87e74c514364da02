"""The command `close`: puts a worked month into the record of its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from scheduler.audit.figures.closing import closed_months
from scheduler.cli.arguments import checked_folder
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import Closing
from scheduler.cli.screen import table
from scheduler.cli.session import Session
from scheduler.domain.actual import AsWorked
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.year import ClosedMonth, YearRecord, fiscal_year
from scheduler.files.actual.record import roster_as_worked, write_actual
from scheduler.files.problems import read_problem
from scheduler.files.saving import prepare
from scheduler.files.years import read_year, write_year, year_path
from scheduler.rulebook import rules_of
from scheduler.wording.translation import _
from scheduler.wording.year import closed_text, differences, year_lines


def close_month(session: Session, source: Path, closing: Closing) -> Exit:
    """Close the month of a roster, and print what the year has so far.

    Parameters
    ----------
    source
        The roster as it was worked.
    closing
        The input with the users who came, the roster's own forecast if not given; the
        folder of the record, that of the roster if not given; whether months that are
        closed already with other numbers are replaced.

    Raises
    ------
    WrongUse
        If that input is for other dates, a month is closed with other numbers, or
        nobody has decided on some difference to the stamps.
    InputError
        If a file cannot be read.
    """
    users, again = closing.users, closing.again
    month = roster_as_worked(source)
    _check_decided(month)
    problem = month.problem if users is None else _with_users(month.problem, users)
    place = checked_folder(closing.folder, source.absolute().parent)
    years = groupby(
        closed_months(problem, month.roster),
        key=lambda month: fiscal_year(month.days[0].date),
    )
    records = [_closed(problem, place, y, tuple(m), again=again) for y, m in years]
    for record, path, months in records:
        if not months:
            text = _("Closed before with the same numbers; nothing changed: {path}")
            session.say(text.format(path=path))
            continue
        prepare(path)
        write_year(record, path)
        text = _("Closed: {months}. Record of the year: {path}")
        named = "、".join(map(closed_text, months))
        session.say(text.format(months=named, path=path))
    if month.is_actual:
        write_actual(month.actual.model_copy(update={"closed": True}), source)
        text = _("It was closed as it was worked: differences accepted: {count}")
        session.say(text.format(count=len(month.accepted)))
    if users is None:
        session.say(
            _(
                "The numbers of users are those that were expected. Where others came, "
                "close with --users and an input that has the real numbers."
            )
        )
    for record, _path, _months in records:
        session.say_all(["", *_year(record, problem)])
    session.give(
        exit=Exit.DONE,
        records=[
            {"path": path, "closed": len(months), "record": record}
            for record, path, months in records
        ],
    )
    return Exit.DONE


def _check_decided(month: AsWorked) -> None:
    """Raise `WrongUse` if a difference to the stamps is undecided."""
    if month.undecided:
        text = _(
            "Nobody has decided yet on {count} differences between the stamps and the "
            "roster. Nothing was closed. “shotaki actual” shows them; accept them, or "
            "leave the roster as it is."
        )
        raise WrongUse(text.format(count=len(month.undecided)))


def _with_users(problem: Problem, path: Path) -> Problem:
    """Return the month with the users of another input for the same dates."""
    other = read_problem(path)
    if other.period.dates != problem.period.dates:
        text = _("{path} is for other dates than the roster ({first} to {last}).")
        first, last = problem.period.first, problem.period.last
        raise WrongUse(text.format(path=path, first=first, last=last))
    registered = {"registered": other.office.registered}
    return problem.model_copy(
        update={
            "forecast": other.forecast,
            "registrants": other.registrants,
            "use_changes": other.use_changes,
            "office": problem.office.model_copy(
                update={**registered, "profiles": other.office.profiles}
            ),
        }
    )


def _closed(
    problem: Problem,
    folder: Path,
    year: int,
    months: tuple[ClosedMonth, ...],
    *,
    again: bool,
) -> tuple[YearRecord, Path, tuple[ClosedMonth, ...]]:
    """Return a year's record with some months, its path, and the months that changed.

    Raises
    ------
    WrongUse
        If one of them is closed with other numbers, and they are not to be replaced.
    """
    office = problem.office.name
    path = year_path(folder, office, year)
    record = read_year(path, office, year)
    touched = record.touched(months)
    changes = tuple(differences(touched, months)) if touched else ()
    if touched and not changes:
        return record, path, ()
    if touched and not again:
        text = _(
            "{months} is closed already, with other numbers: {changes}. Nothing was "
            "changed. To replace it on purpose, add --again."
        )
        named = "、".join(map(closed_text, touched))
        raise WrongUse(text.format(months=named, changes="、".join(changes)))
    return record.closed_with(months), path, months


def _year(record: YearRecord, problem: Problem) -> Iterator[str]:
    """Yield the year so far, and each person's nights and leave."""
    yield _("Fiscal year {year} so far:").format(year=record.year)
    last = max(month.month for month in record.months)
    rulebook = rules_of(problem)
    for text in year_lines(record, last, rulebook):
        yield f"- {text}"
    due = rulebook["F-12"].int("days_a_year")
    heads = (_("Name"), _("Nights"), _("On call"), _("Paid leave"), _("Left of five"))
    rows = [
        (
            name,
            record.nights(name),
            record.on_call(name),
            f"{record.leave(name) / 2:g}",
            f"{max(0, due - record.leave(name) / 2):g}",
        )
        for name in record.names
        if name in problem.member_by_name
    ]
    yield table([heads, *rows], right={1, 2, 3, 4})

"""The command `close`: puts a worked month into the record of its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scheduler.cli.arguments import checked_folder
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import Closing
from scheduler.cli.screen import table
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.year import YearRecord
from scheduler.files.years import NotClosed, close_worked
from scheduler.rulebook import rules_of
from scheduler.wording.actual import closed_text, year_lines
from scheduler.wording.translation import _


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
    place = checked_folder(closing.folder, source.absolute().parent)
    try:
        closed = close_worked(source, closing.users, place, again=closing.again)
    except NotClosed as error:
        raise WrongUse(str(error)) from error
    problem, month, records = closed
    for one in records:
        if not one.months:
            text = _("Closed before with the same numbers; nothing changed: {path}")
            session.say(text.format(path=one.path))
            continue
        text = _("Closed: {months}. Record of the year: {path}")
        named = "、".join(map(closed_text, one.months))
        session.say(text.format(months=named, path=one.path))
    if month.is_actual:
        text = _("It was closed as it was worked: differences accepted: {count}")
        session.say(text.format(count=len(month.accepted)))
    if closing.users is None:
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

"""The command `wishes`: an empty form to print, and wishes from a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from scheduler.cli.arguments import page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.files.problems import WORKBOOK, read_problem
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.wishes_form import build_wishes_form
from scheduler.files.workbook.wishes_in import take_in
from scheduler.wording.times import parse_date
from scheduler.wording.translation import _


def write_form(
    session: Session, source: Path, closing: str | None, output: Path | None
) -> Exit:
    """Write the empty form of a month.

    Parameters
    ----------
    source
        The input.
    closing
        The closing date as typed.
    output
        The workbook to write; beside the input if not given.

    Raises
    ------
    WrongUse
        If the closing date is none.
    """
    problem = read_problem(source)
    until = _closing(closing)
    path = page_path(output, source, _("{name}-wishes form"))
    written = session.keep(
        lambda place: save_sealed(build_wishes_form(problem, until), place), path
    )
    session.say_written(_("Form for wishes written: {path}"), written, path)
    code = session.code(Exit.DONE)
    session.give(exit=code, path=written)
    return code


def _closing(text: str | None) -> dt.date | None:
    if text is None:
        return None
    date = parse_date(text, None)
    if date is None:
        message = _("“{value}” is no date. Give it as in 2026-12-10.")
        raise WrongUse(message.format(value=text))
    return date


def take_wishes(session: Session, source: Path, answers: Path) -> Exit:
    """Take the wishes of a file into an input workbook, and say what was taken.

    Parameters
    ----------
    source, answers
        The input workbook, and the file of wishes.

    Raises
    ------
    WrongUse
        If the input is no workbook.
    """
    if source.suffix.lower() != WORKBOOK:
        message = _("{path}: wishes are taken into an input workbook (.xlsx).")
        raise WrongUse(message.format(path=source))
    taken = take_in(source, answers)
    text = _("Wishes of {people} people: {new} entered, {known} there already.")
    session.say(text.format(people=taken.people, new=taken.new, known=taken.known))
    if taken.replaced:
        text = _("Replaced by a later answer of the same person: {count}")
        session.say(text.format(count=taken.replaced))
    if taken.unread:
        text = _("Columns that are not read: {headings}")
        session.say(text.format(headings="、".join(taken.unread)))
    if taken.kept is not None:
        session.say(_("Entered into: {path}").format(path=source))
        session.say(_("As it was before: {path}").format(path=taken.kept))
    session.give(exit=Exit.DONE, path=source, **taken._asdict())
    return Exit.DONE

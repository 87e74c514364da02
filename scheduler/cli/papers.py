"""The commands `papers` and `wishes`: tables and forms."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.audit.papers.statutory import Edition, TableSpan
from scheduler.cli import options
from scheduler.cli.arguments import page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.session import Session
from scheduler.domain.actual import AsWorked
from scheduler.domain.errors import Exit
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import form_paper, statutory_paper
from scheduler.files.problems import WORKBOOK, read_problem
from scheduler.files.rosters import read_roster
from scheduler.files.saving import save
from scheduler.files.validation import refused
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.forms.fill import open_form
from scheduler.files.workbook.forms.kept import keep_layout, layout_of
from scheduler.files.workbook.forms.map import map_path
from scheduler.files.workbook.wishes import build_wishes_form, take_in
from scheduler.wording.forms import (
    filled_texts,
    left_out_text,
    open_once_text,
    shorter_text,
    symbols_left_out_text,
    unknown_parts,
)
from scheduler.wording.statutory import equivalents_text
from scheduler.wording.times import parse_date
from scheduler.wording.translation import _


def _write_form(
    session: Session,
    month: AsWorked,
    source: Path,
    own: Path,
    output: Path | None,
    *,
    span: TableSpan,
    actual: bool,
) -> Exit:
    """Fill the office's copy of a form, and say what is not in it.

    The copy stays as it is; the map of the form is kept beside the roster.  A form of
    28 dates is filled for four weeks.

    Raises
    ------
    InputError
        If the form is not known yet, or something stands in the way of filling it.
    """
    form = open_form(own)
    kept = map_path(source.absolute().parent, month.problem.office.name)
    layout = layout_of(form, kept)
    if not kept.exists():
        keep_layout(layout, kept)
    if not layout.checked:
        raise refused("form_not_checked", path=str(kept))
    paper = form_paper(month, form, layout, span, actual=actual)
    paths = []
    for title, one in zip(paper.titles, paper.filled, strict=True):
        path = page_path(output, source, title)
        # Never over another file.
        write = partial(save, one.data, may_replace=lambda _there: False)
        paths.append(session.keep(write, path))
        session.say_written(_("Form filled: {path}"), paths[-1], path)
        session.say_all(filled_texts(one.rows))
        if one.left_out:
            text = _(
                "Add lines to the form as your municipality says, put their number "
                "under slots in the map, and start again."
            )
            session.say(f"{left_out_text(month.problem, one.left_out)} {text}")
        if one.symbols_left_out:
            text = _(
                "Add lines there, put their number under slots of [symbols] in the map,"
                " and start again."
            )
            session.say(f"{symbols_left_out_text(one.symbols_left_out)} {text}")
    unknown = unknown_parts(layout.header.model_dump())
    if unknown:
        session.say(unknown)
    session.say(_("Map of the form: {path}").format(path=kept))
    if paper.is_shorter:
        session.say(shorter_text())
    session.say(open_once_text())
    return session.end(
        Exit.DONE,
        map=kept,
        forms=[
            {
                "path": path,
                "rows": len(one.rows),
                "left_out": [row.job.staff for row in one.left_out],
                "symbols_left_out": list(one.symbols_left_out),
            }
            for path, one in zip(paths, paper.filled, strict=True)
        ],
    )


def write_papers(
    session: Session,
    source: Path,
    output: options.Output = None,
    four_weeks: bool = False,
    form: Path | None = None,
    actual: bool = False,
) -> Exit:
    """Write the statutory table, or fill the office's form; print what it counts."""
    file = read_roster(source)
    span = TableSpan.FOUR_WEEKS if four_weeks else TableSpan.MONTH
    if form is not None:
        month = roster_as_worked(source, file)
        return _write_form(
            session, month, source, form, output, span=span, actual=actual
        )
    path = page_path(output, source, _("{name}-staffing table"))
    paper = statutory_paper(source, file, span, actual=actual)
    written = session.keep(paper.write, path)
    session.say_written(_("Staffing table written: {path}"), written, path)
    for table in paper.tables:
        session.say(equivalents_text(table))
    if not any(table.edition is Edition.ACTUAL for table in paper.tables):
        session.say(
            _(
                "Nothing was changed since the period began: there is only the plan. "
                "With --actual the same table is written as worked."
            )
        )
    if not all(table.is_whole for table in paper.tables):
        session.say(
            _(
                "A table does not cover a whole calendar month, or four weeks: the "
                "figures are of its dates alone."
            )
        )
    session.say(_("The layout is our own (to be confirmed with your municipality)."))
    return session.end(Exit.DONE, path=written, tables=list(paper.tables))


def wishes(
    session: Session,
    source: Path,
    answers: Annotated[Path | None, typer.Option("--from")] = None,
    closing: str | None = None,
    output: options.Output = None,
) -> Exit:
    """Write the empty form of a month, or take wishes in.

    Raises
    ------
    WrongUse
        If the closing date is none.
    """
    if answers is not None:
        return _take_wishes(session, source, answers)
    problem = read_problem(source)
    until = _closing(closing)
    path = page_path(output, source, _("{name}-wishes form"))
    written = session.keep(
        lambda place: save_sealed(build_wishes_form(problem, until), place), path
    )
    session.say_written(_("Form for wishes written: {path}"), written, path)
    return session.end(Exit.DONE, path=written)


def _closing(text: str | None) -> dt.date | None:
    if text is None:
        return None
    date = parse_date(text, None)
    if date is None:
        message = _("“{value}” is no date. Give it as in 2026-12-10.")
        raise WrongUse(message.format(value=text))
    return date


def _take_wishes(session: Session, source: Path, answers: Path) -> Exit:
    """Take the wishes of a file into an input workbook, and say what was taken.

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
    return session.end(Exit.DONE, path=source, **taken._asdict())

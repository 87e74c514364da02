"""The commands `papers` and `wishes`: tables and forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.audit.figures.people import with_work_elsewhere
from scheduler.audit.papers.statutory import Edition, TableSpan, statutory_tables
from scheduler.cli import options
from scheduler.cli.arguments import page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.session import Session
from scheduler.domain.actual import AsWorked
from scheduler.domain.errors import Exit
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import statutory_paper
from scheduler.files.problems import WORKBOOK, read_problem
from scheduler.files.rosters import read_roster
from scheduler.files.saving import save
from scheduler.files.validation import refused
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.forms.fill import FilledForm, Form, fill_form, open_form
from scheduler.files.workbook.forms.guess import guess
from scheduler.files.workbook.forms.kept import as_toml
from scheduler.files.workbook.forms.map import (
    FormMap,
    given_maps,
    given_text,
    map_path,
    read_map,
)
from scheduler.files.workbook.wishes import build_wishes_form, take_in
from scheduler.wording.names import duration_text, name_of
from scheduler.wording.statutory import equivalents_text, job_title
from scheduler.wording.times import parse_date
from scheduler.wording.translation import N_, _

FOUR_WEEKS = 28

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
    problem = month.problem
    edition = Edition.ACTUAL if actual else Edition.PLANNED
    roster = month.roster if actual else month.plan
    form = open_form(own)
    place = map_path(source.absolute().parent, problem.office.name)
    layout, kept = _layout(form, place)
    is_shorter = layout.days == FOUR_WEEKS and span is TableSpan.MONTH
    span = TableSpan.FOUR_WEEKS if is_shorter else span
    tables = statutory_tables(problem, roster, edition, span)
    told = with_work_elsewhere(problem, roster)
    filled = [fill_form(form, layout, told, table) for table in tables]
    name = _("{name}-form ({edition})").replace("{edition}", name_of(edition))
    paths = []
    for table, one in zip(tables, filled, strict=True):
        suffix = f" {table.dates[0]:%m}" if len(tables) > 1 else ""
        path = page_path(output, source, name + suffix)
        # Never over another file.
        write = partial(save, one.data, may_replace=lambda _there: False)
        paths.append(session.keep(write, path))
        session.say_written(_("Form filled: {path}"), paths[-1], path)
        session.say_all(_remarks(month, one))
    unknown = [word for key, word in HEADER.items() if not getattr(layout.header, key)]
    if unknown:
        text = _(
            "Not filled, as the map names no cell for it: {names}. Correct in the form"
            " what stands there."
        )
        session.say(text.format(names="、".join(map(_, unknown))))
    session.say(_("Map of the form: {path}").format(path=kept))
    if is_shorter:
        session.say(_("The form has 28 dates: it was filled for the first four weeks."))
    session.say(
        _(
            "Open it once and save it, so that its formulas are worked out; check it"
            " before you hand it in (to be confirmed with your municipality)."
        )
    )
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
            for path, one in zip(paths, filled, strict=True)
        ],
    )


def _layout(form: Form, kept: Path) -> tuple[FormMap, Path]:
    """Return the map of a form, and where it is kept.

    A given map that fits is copied beside the roster, so that the office can change it.
    """
    own = read_map(kept)
    if own is not None:
        if not own.checked:
            raise refused("form_not_checked", path=str(kept))
        if form.sheet_of(own) is None:
            raise refused("form_other", path=form.name, map=str(kept))
        return own, kept
    found = guess(form)
    if found is None:
        raise refused("form_no_dates", path=form.name)
    for given in given_maps():
        if form.sheet_of(given) is not None and given.stands_as(found):
            text = given_text(given.name).encode()
            return given, save(text, kept)
    save(as_toml(found).encode(), kept)
    raise refused("form_not_checked", path=str(kept))


def _remarks(month: AsWorked, filled: FilledForm) -> Iterator[str]:
    """Yield what was filled, and what the form has no room for."""
    text = _("Lines filled: {count}. Formulas, lists of choices and styles are kept.")
    yield text.format(count=len(filled.rows))
    credits = "、".join(
        f"{row.job.staff} {duration_text(row.job.credit.total)}"
        for row in filled.rows
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
    if filled.left_out:
        people = month.problem.member_by_name
        named = "、".join(
            f"{row.job.staff} ({job_title(people[row.job.staff], row.job.role)})"
            for row in filled.left_out
        )
        text = _(
            "NOT in the form, as it has no line left for them: {names}. Add lines to"
            " the form as your municipality says, put their number under slots in the"
            " map, and start again."
        )
        yield text.format(names=named)
    if filled.symbols_left_out:
        text = _(
            "NOT in the form's sheet of symbols, as it has no line left: {names}. Their"
            " hours are missing in the form. Add lines there, put their number under"
            " slots of [symbols] in the map, and start again."
        )
        yield text.format(names="、".join(filled.symbols_left_out))


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

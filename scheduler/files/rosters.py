"""Finished rosters as files: workbooks, JSON documents, and the versions of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from scheduler.audit import audit, consistency
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.audit.figures.summary import Summary, summarise
from scheduler.domain.base import Frozen
from scheduler.domain.errors import InputError
from scheduler.domain.finding import Finding
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, CellEdit, RosterFile, RosterRecord
from scheduler.domain.roster import changes
from scheduler.domain.scenario import FIRST, Revision, Scenario
from scheduler.domain.shifts import Duty
from scheduler.files.problems import WORKBOOK, json_bytes
from scheduler.files.saving import Replacement, replace_all, save
from scheduler.files.validation import read_json
from scheduler.files.workbook.embedded import is_as_written, is_untouched
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.carrying import (
    CarriedOver,
    Edited,
    carry_typed,
    edited_workbook,
)
from scheduler.files.workbook.roster.read_back import read_book
from scheduler.files.workbook.roster.write import build_proof, build_workbook
from scheduler.wording.notation import CellLanguage, break_text
from scheduler.wording.translation import _
from scheduler.wording.verdict import verdict_text

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan


class RosterDocument(Frozen):
    """A roster with its problem, its audit and its summary."""

    problem: Problem
    roster: RosterRecord
    plan: RosterRecord
    """The roster as it was written; ``roster`` may be edited."""
    findings: tuple[Finding, ...]
    verdict: str
    """The verdict of the summary as text."""
    summary: Summary


class _Stored(BaseModel):
    """The fields that are read of a document.

    All others are derived from them, and may be outdated in an edited file.
    """

    problem: Problem
    roster: RosterRecord
    plan: RosterRecord


def write_roster(
    path: Path,
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    *,
    candidates: Sequence[RosterRecord] = (),
    plans: Sequence[Plan] = (),
    whole: AuditedMonth | None = None,
) -> Path:
    """Write a roster as a workbook or as JSON, by the suffix of ``path``.

    Parameters
    ----------
    candidates
        All candidates to choose from, this roster among them; a workbook gets a page
        that compares them, JSON ignores them.
    plans
        All plans for the rest of a month to choose from, this roster that of one of
        them; likewise.
    whole
        The month of all houses, where this is one of several: of that the workbook
        tells causes and repairs.

    Returns
    -------
    Path
        Where it was written: another name if the file at ``path`` was edited by hand
        or is open.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    if path.suffix.lower() == WORKBOOK:
        rooms = as_it_stands(problem, roster, findings)
        book = Book(problem, roster, findings, candidates, plans, rooms, whole)
        return save(bytes_of(build_workbook(book)), path, is_untouched)
    document = _document(problem, roster, findings)
    return save(json_bytes(document), path, _is_untouched)


def proof_path(path: Path) -> Path:
    """Return the name of the workbook for the inspection, beside the roster's."""
    word = _("proof")
    return path.with_name(f"{path.stem}-{word}{WORKBOOK}")


def write_proof(
    path: Path, problem: Problem, roster: RosterRecord, findings: Sequence[Finding]
) -> Path:
    """Write the workbook for the inspection: every rule, and every date by the clock.

    Result and errors are those of `write_roster`.
    """
    book = build_proof(Book(problem, roster, findings))
    return save(bytes_of(book), path, is_untouched)


def next_version(
    path: Path,
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    edited: Sequence[tuple[Path, RosterFile, Sequence[Plan]]] = (),
    whole: AuditedMonth | None = None,
) -> tuple[bytes, CarriedOver]:
    """Return what the file of a roster is to hold as its next version.

    Parameters
    ----------
    edited
        Files whose typed cells are carried over, each with the roster read from it, and
        the plan whose roster it is, if any.
    whole
        As in `write_roster`.

    Returns
    -------
    tuple of bytes and CarriedOver
        The file, and which typed cells were carried over or lost.
    """
    if path.suffix.lower() == WORKBOOK:
        rooms = as_it_stands(problem, roster, findings)
        # To make one again as it was written takes as long as the next version.
        books = [
            _edited(*one)
            for one in edited
            if one[0].suffix.lower() == WORKBOOK and not is_as_written(one[0])
        ]
        book = Book(problem, roster, findings, rooms=rooms, whole=whole)
        new = build_workbook(book)
        carried = sum((carry_typed(book, new) for book in books), CarriedOver())
        return bytes_of(new), carried
    document = _document(problem, roster, findings)
    return json_bytes(document), CarriedOver()


def path_of_version(path: Path, version: int) -> Path:
    """Return the name under which a version is kept beside the one that follows."""
    name = _("{name}-version{version}").format(name=path.stem, version=version)
    return path.with_name(name + path.suffix)


def _edited(path: Path, file: RosterFile, plans: Sequence[Plan]) -> Edited:
    """Return an edited workbook together with its content as it was written."""
    given = file.problem_of_plan, file.plan
    findings = audit(*given)
    return edited_workbook(path, file, findings, as_it_stands(*given, findings), plans)


def _document(
    problem: Problem, roster: RosterRecord, findings: Sequence[Finding]
) -> RosterDocument:
    summary = summarise(problem, roster, findings)
    return RosterDocument(
        problem=problem,
        roster=roster,
        plan=roster,
        findings=tuple(findings),
        verdict=verdict_text(summary.kept),
        summary=summary,
    )


def read_roster(path: Path) -> RosterFile:
    """Read a finished roster back, hand edits included.

    Raises
    ------
    InputError
        With every mistake found: by sheet and cell, or by path in the JSON.
    """
    if path.suffix.lower() == WORKBOOK:
        return read_book(path)
    stored = read_json(path, _Stored, "is_an_input")
    found = (
        *consistency.mistakes(stored.problem),
        *consistency.roster_mistakes(stored.problem, stored.roster),
        *consistency.roster_mistakes(stored.problem, stored.plan),
    )
    if found:
        raise InputError(found)
    given = stored.problem, stored.roster, stored.plan
    return RosterFile.edited(*given, _changes(stored))


def _is_untouched(path: Path) -> bool:
    try:
        stored = read_json(path, _Stored, "is_an_input")
    except InputError:
        return False
    return stored.roster == stored.plan


def _changes(stored: _Stored) -> Iterator[CellEdit]:
    """Yield the differences between plan and roster; a document has no cell names."""
    language = CellLanguage(stored.problem)
    plan, roster = stored.plan, stored.roster

    def text(duty: Duty | None) -> str:
        return f"{language.write(duty)} {break_text(duty.breaks)}" if duty else ""

    for staff, date in sorted(plan.by_cell.keys() | roster.by_cell.keys()):
        pair = plan.by_cell.get((staff, date)), roster.by_cell.get((staff, date))
        if pair[0] != pair[1]:
            before, after = (text(duty).strip() for duty in pair)
            yield _change(staff, date, before, after)
    nights = plan.on_call_by_date, roster.on_call_by_date
    for date in sorted(nights[0].keys() | nights[1].keys()):
        before, after = (night.get(date, "") for night in nights)
        if before != after:
            yield _change(_("On call"), date, before, after)


def _change(staff: str, date: dt.date, before: str, after: str) -> CellEdit:
    return CellEdit(
        sheet="", cell="", staff=staff, date=date, before=before, after=after
    )


class NextVersion(NamedTuple):
    """A roster that is to be the next version of the one in a file.

    Attributes
    ----------
    path, standing
        The roster's file, and what was read from it.
    problem, roster
        The month and the roster as the new version has them.
    why
        What made it, in the user's words; empty if its cells were edited.
    whole
        The month of all houses, where this is one of several (`write_roster`).
    """

    path: Path
    standing: RosterFile
    problem: Problem
    roster: RosterRecord
    findings: Sequence[Finding]
    why: str = ""
    whole: AuditedMonth | None = None


def save_versions(versions: Sequence[NextVersion], when: dt.datetime) -> list[Path]:
    """Save the next versions of rosters, and return where those before are kept.

    All of them are saved, or none.

    Raises
    ------
    OutputError
        If a file cannot be replaced; nothing is changed then.
    """
    return replace_all([_replacement(one, when) for one in versions])


def _replacement(version: NextVersion, when: dt.datetime) -> Replacement:
    path, standing, problem, roster, findings, why, whole = version
    number = standing.plan.version
    revision = Revision(
        version=number + 1,
        accepted_at=when,
        scenario=Scenario(
            now=problem.period.first, days=_days_changed(standing.problem, problem)
        ),
        why=why,
        changes=tuple(changes(problem, standing.plan, roster)),
        asked=(),
    )
    record = roster.succeeding(standing.plan, revision)
    edited = ((path, standing, ()),)
    data, _carried = next_version(path, problem, record, findings, edited, whole)
    return Replacement(data, path, path_of_version(path, number))


def _days_changed(before: Problem, after: Problem) -> tuple[ForecastDay, ...]:
    known = before.forecast_by_date
    return tuple(day for day in after.forecast.days if known.get(day.date) != day)


def read_version(path: Path, standing: RosterFile, number: int) -> RosterFile:
    """Return a version of a roster, the one in force included.

    Parameters
    ----------
    path, standing
        The roster's file, and what was read from it.

    Raises
    ------
    KeyError
        If there is no such version.
    """
    if not FIRST <= number <= standing.plan.version:
        raise KeyError(number)
    if number == standing.plan.version:
        return standing
    try:
        file = read_roster(path_of_version(path, number))
    except (InputError, OSError):
        file = None
    if file is not None and _is_before(file, standing, number):
        return file
    # Its file is gone: the revisions tell its cells, though not its breaks.
    roster = RosterRecord.of(standing.plan.at_version(number))
    return RosterFile(problem=standing.problem, roster=roster, plan=roster)


def _is_before(file: RosterFile, standing: RosterFile, number: int) -> bool:
    return (
        file.problem.period == standing.problem.period
        and file.plan.version == number
        and file.plan.revisions == standing.plan.revisions[: number - FIRST]
    )

"""Inputs and rosters of houses planned together, and of offices that lend people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from scheduler.audit.consistency import joint_mistakes, neighbour_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.audit.houses import Contradiction, together
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.homes import HousesFile, beside
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.roster import Change, Roster
from scheduler.domain.scenario import FIRST, Revision
from scheduler.files.paths import taken_names
from scheduler.files.problems import read_with_warnings
from scheduler.files.rosters import read_roster
from scheduler.wording.duties import typed_duty
from scheduler.wording.mistakes import contradiction_facts
from scheduler.wording.notation import CellLanguage

Read = TypeVar("Read")


def read_houses(
    paths: Sequence[Path],
) -> tuple[JointProblem, tuple[Path, ...], tuple[Mistake, ...]]:
    """Read the inputs of a main office and its satellites, in any order.

    Returns
    -------
    tuple of JointProblem, Path and Mistake
        The houses, their files in the order of the houses, and warnings.

    Raises
    ------
    InputError
        With the mistakes of all files, or with what keeps them from being planned
        together.
    """
    found = read_all(paths, read_with_warnings)
    houses = [problem for problem, _warnings in found]
    order = _in_order(houses)
    warnings = (
        in_file(path.name, warning)
        for path, (_problem, told) in zip(paths, found, strict=True)
        for warning in told
    )
    return joint(houses), tuple(paths[n] for n in order), tuple(warnings)


def _in_order(houses: Sequence[Problem]) -> list[int]:
    """Return the numbers of houses that are planned together, the main office's first.

    Raises
    ------
    InputError
        With what keeps them from being planned together.
    """
    mistakes = joint_mistakes(houses)
    if mistakes:
        raise InputError(mistakes)
    kinds = [house.office.kind.is_satellite for house in houses]
    return sorted(range(len(houses)), key=kinds.__getitem__)


def read_beside(path: Path, main: Path) -> tuple[Problem, tuple[Mistake, ...]]:
    """Read a satellite's input beside the finished roster of its main office.

    Returns
    -------
    tuple of Problem and Mistake
        The satellite with what that roster settles, and warnings.

    Raises
    ------
    InputError
        As `read_houses`.
    """
    problem, warnings = read_with_warnings(path)
    (file,) = read_all([main], read_roster)
    mistakes = joint_mistakes([file.problem, problem])
    if mistakes:
        raise InputError(mistakes)
    found = beside(file.problem, file.roster, problem)
    told = [
        mistake("beside_pin", (), name=duty.staff, on=duty.date)
        for duty in found.overruled
    ]
    told += (mistake("beside_no_call", (), on=date) for date in found.without_call)
    return found.problem, (*warnings, *told)


def read_month(path: Path, others: Sequence[Path] = ()) -> RosterFile:
    """Read a roster; of a house that was planned with others, the roster of all.

    Parameters
    ----------
    others
        The other houses' files; those that the file names if not given.

    Raises
    ------
    InputError
        With every mistake in the files; or if another house's file is missing, was not
        made together with this one, or contradicts it.
    """
    files = [path, *others]
    if not others:
        file = read_roster(path)
        if file.plan.together is None:
            return file
        files = files_together(path, file)
    return read_agreeing(files)


def read_agreeing(paths: Sequence[Path]) -> HousesFile:
    """Read the rosters of houses as `read_together`; refuse a contradiction.

    Raises
    ------
    InputError
        As `read_together`, or if the files contradict each other.
    """
    whole, found = read_together(paths)
    if found:
        raise InputError(tuple(contradicting(whole.joint, found)))
    return whole


def read_together(
    paths: Sequence[Path],
) -> tuple[HousesFile, tuple[Contradiction, ...]]:
    """Read the rosters of a main office and its satellites, in any order, as one.

    Returns
    -------
    tuple of HousesFile and Contradiction
        The roster of all, and the cells in which the workbooks contradict each other;
        there the workbook of the person's home holds.

    Raises
    ------
    InputError
        With the mistakes of all files, or with what keeps them from being planned
        together.
    """
    read = read_all(paths, read_roster)
    order = _in_order([file.problem for file in read])
    files = [read[number] for number in order]
    problem = joint([file.problem for file in files])
    roster, contradictions = together(problem, [file.roster for file in files])
    plan, _known = together(problem, [file.plan for file in files])
    known = {
        "revisions": tuple(_revisions(problem, files)),
        "advice": files[0].plan.advice_of_all,
    }
    whole = HousesFile(
        problem=problem,
        roster=roster.model_copy(update=known),
        plan=plan.model_copy(update=known),
        changed=tuple(edit for file in files for edit in file.changed),
        houses=tuple(files),
        paths=tuple(paths[number] for number in order),
    )
    return whole, contradictions


def _revisions(
    problem: JointProblem, files: Sequence[RosterFile]
) -> Iterator[Revision]:
    """Yield the plans that were accepted, with the changes of all houses.

    Those of one moment are one.  What was edited in one house alone stands by itself.
    """
    found: dict[tuple[dt.datetime, int], dict[int, Revision]] = {}
    for number, file in enumerate(files):
        known = [one.accepted_at for one in file.plan.revisions]
        for place, made in enumerate(file.plan.revisions):
            key = made.accepted_at, known[:place].count(made.accepted_at)
            found.setdefault(key, {})[number] = made
    for version, (_key, accepted) in enumerate(sorted(found.items()), start=FIRST + 1):
        changes: dict[tuple[StaffId, dt.date, bool | None], Change] = {}
        for number, revision in accepted.items():
            for one in revision.changes:
                duties = {
                    side: problem.in_all(number, duty)
                    for side, duty in (("before", one.before), ("after", one.after))
                    if duty is not None
                }
                cell = one.staff, one.date, one.on_call
                if cell not in changes or problem.home_of.get(one.staff) == number:
                    changes[cell] = one.model_copy(update=duties)
        asked = dict.fromkeys(who for made in accepted.values() for who in made.asked)
        told = {
            "version": version,
            "changes": tuple(changes.values()),
            "asked": tuple(asked),
        }
        yield next(iter(accepted.values())).model_copy(update=told)


def rosters_on_hand(path: Path, problem: Problem) -> tuple[Roster, ...]:
    """Return the rosters that a file has of a month, to begin another search from.

    They are its own, as edited and as made, and those that its advice leads to.  None
    if there is no such file, or if it is of another office or month.
    """
    try:
        # A pipe would be waited for.
        file = read_month(path) if path.is_file() else None
    except InputError:
        file = None
    if file is None:
        return ()
    there, plan = file.problem, file.plan
    same = (there.period, there.office.name) == (problem.period, problem.office.name)
    offered = plan.advice.rosters(plan) if plan.advice else ()
    return (file.roster, plan, *offered) if same else ()


def files_together(path: Path, file: RosterFile) -> list[Path]:
    """Return the files of all houses with which a roster was planned.

    Raises
    ------
    InputError
        If one of them does not lie beside ``path``, or was made another time.
    """
    known = file.plan.together
    if known is None:
        return [path]
    found: list[Path | None] = []
    for name in known.files:
        near = path.with_name(name)
        # Where a name was in use, a file was written under the next free one.
        names = taken_names(near)
        fitting = (one for one in names if read_roster(one).plan.together == known)
        found.append(path if path in names else next(fitting, None))
    if path not in found and found.count(None) == 1:
        # It has another name now.
        found[found.index(None)] = path
    wrong = [
        mistake(
            "joint_made_apart" if path.with_name(name).exists() else "joint_missing",
            (),
            path=path.name,
            other=name,
        )
        for name, there in zip(known.files, found, strict=True)
        if there is None
    ]
    if wrong:
        raise InputError(wrong)
    return [there for there in found if there is not None]


def contradicting(
    problem: JointProblem, contradictions: Sequence[Contradiction]
) -> Iterator[Mistake]:
    """Yield a mistake for each cell that two workbooks tell differently."""
    for one in contradictions:
        sides = contradiction_facts(problem, one)
        yield mistake("joint_contradiction", (), name=one.staff, on=one.date, **sides)


def typed_in_all(
    problem: JointProblem,
    house: int,
    rosters: Sequence[RosterRecord],
    cells: Iterable[tuple[StaffId, dt.date]],
) -> tuple[RosterRecord, ...]:
    """Return the rosters of the houses with cells of one as if typed into all.

    Who works in several houses has one day: what was typed into the workbook of one
    stands in those of the others, too.  A word that another house does not know stays
    where it was typed.

    Parameters
    ----------
    house
        The house into whose workbook the cells were typed.
    """
    found = [dict(roster.by_cell) for roster in rosters]
    for cell in cells:
        duty = rosters[house].by_cell.get(cell)
        for number, other in enumerate(problem.houses):
            if number == house or duty is None or cell[0] not in other.member_by_name:
                continue
            whole = Roster(duties=(problem.in_all(house, duty),))
            (seen,) = problem.of_house(whole, number).duties
            language = CellLanguage(other)
            text = seen.shift or language.write(seen)
            planned = found[number].get(cell)
            typed = typed_duty(other, language, text, *cell, planned)
            if typed is not None:
                found[number][cell] = typed
    calls = [roster.on_call for roster in rosters]
    if house == MAIN:
        calls = [
            problem.of_house(rosters[MAIN], number).on_call
            for number in range(len(rosters))
        ]
    return tuple(
        roster.model_copy(update={"duties": tuple(duties.values()), "on_call": nights})
        for roster, duties, nights in zip(rosters, found, calls, strict=True)
    )


def read_all(paths: Sequence[Path], read: Callable[[Path], Read]) -> list[Read]:
    """Read several files, and raise the mistakes of all at once, each with its file."""
    found: list[Read] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            found.append(read(path))
        except InputError as error:
            mistakes += (in_file(path.name, one) for one in error.mistakes)
    if mistakes:
        raise InputError(mistakes)
    return found


def in_file(name: str, mistake: Mistake) -> Mistake:
    """Return a mistake with the name of its file before the sheet."""
    sheet = f"{name} {mistake.sheet}".strip()
    return mistake.model_copy(update={"sheet": sheet})


def read_neighbours(paths: Sequence[Path], problem: Problem) -> tuple[RosterFile, ...]:
    """Read the rosters of the offices that are asked for people.

    Parameters
    ----------
    paths
        Their files.  Each is one office, also where it was planned with others.

    Raises
    ------
    InputError
        With the mistakes of all files, each with its file: those inside a file, and
        what keeps its office from being asked.
    """
    read: dict[str, RosterFile] = {}
    mistakes: list[Mistake] = []
    for path in paths:
        name = path.name if path.name not in read else str(path)
        try:
            file = read_roster(path)
        except InputError as error:
            mistakes += (in_file(name, one) for one in error.mistakes)
            continue
        if name in read:
            mistakes.append(in_file(name, mistake("neighbour_file_twice", ())))
            continue
        read[name] = file
        if file.plan.proposal is not None:
            mistakes.append(in_file(name, mistake("neighbour_plan", ())))
    problems = {name: file.problem for name, file in read.items()}
    for name, one in neighbour_mistakes(problem, problems):
        mistakes.append(in_file(name, one))
    if mistakes:
        raise InputError(mistakes)
    return tuple(read.values())

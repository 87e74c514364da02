"""Input workbooks and rosters of houses that are planned together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.joint import joint_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.domain.beside import beside
from scheduler.domain.errors import InputError
from scheduler.domain.joint import joint
from scheduler.domain.record import RosterFile
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rosters import read_roster
from scheduler.files.saving import save
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster.content import is_untouched
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.styles import PAPER_A3
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    from scheduler.domain.errors import Mistake
    from scheduler.domain.joint import JointProblem
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord

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
    mistakes = joint_mistakes(houses)
    if mistakes:
        raise InputError(mistakes)
    kinds = [house.office.kind.is_satellite for house in houses]
    order = sorted(range(len(paths)), key=kinds.__getitem__)
    warnings = (
        _in_file(path, warning)
        for path, (_problem, told) in zip(paths, found, strict=True)
        for warning in told
    )
    return joint(houses), tuple(paths[n] for n in order), tuple(warnings)


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
        for duty in found.otherwise
    ]
    told += (mistake("beside_no_call", (), on=date) for date in found.without_call)
    return found.problem, (*warnings, *told)


def read_all(paths: Sequence[Path], read: Callable[[Path], Read]) -> list[Read]:
    """Read several files, and raise the mistakes of all at once, each with its file."""
    found: list[Read] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            found.append(read(path))
        except InputError as error:
            mistakes += (_in_file(path, one) for one in error.mistakes)
    if mistakes:
        raise InputError(mistakes)
    return found


def _in_file(path: Path, mistake: Mistake) -> Mistake:
    sheet = f"{path.name} {mistake.sheet}".strip()
    return mistake.model_copy(update={"sheet": sheet})


def wall_of_all_path(path: Path) -> Path:
    """Return the name of the wall sheet of all houses, beside the main's roster."""
    word = _("all houses")
    return path.with_name(f"{path.stem}-{word}{WORKBOOK}")


def write_wall_of_all(path: Path, problem: JointProblem, roster: RosterRecord) -> Path:
    """Write one wall sheet with the people of all houses, set up for A3.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    name = "　".join(
        f"{mark}＝{house.office.name}" if number else house.office.name
        for number, (mark, house) in enumerate(
            zip(problem.marks, problem.houses, strict=True)
        )
    )
    office = problem.office.model_copy(update={"name": name})
    problem = problem.model_copy(update={"office": office})
    file = RosterFile(problem=problem, roster=roster, plan=roster)
    return save(writer_of(build_wall_print(file, PAPER_A3)), path, is_untouched)

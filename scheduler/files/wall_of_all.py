"""One wall sheet with the people of all houses, beside the main office's roster."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from scheduler.domain.between_houses import MAIN
from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.homes import HousesFile, named_for_all
from scheduler.domain.joint import JointProblem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.files.houses import read_month
from scheduler.files.paths import rescued
from scheduler.files.problems import WORKBOOK
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.styles import PAPER_A3
from scheduler.wording.translation import _


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
    named = named_for_all(problem)
    file = RosterFile(problem=named, roster=roster, plan=roster)
    return save_sealed(build_wall_print(file, PAPER_A3), path)


def renew_wall_of_all(path: Path, file: RosterFile) -> Path | None:
    """Write the wall sheet of all houses anew, where there is one; return where.

    Parameters
    ----------
    path, file
        The file of one of the houses, and what was read from it before it changed.
    """
    mark = file.plan.together
    first = None if mark is None else path.with_name(mark.files[MAIN])
    if first is None or not wall_of_all_path(first).exists():
        return None
    try:
        whole = read_month(path)
        assert isinstance(whole, HousesFile)
        write = partial(write_wall_of_all, problem=whole.joint, roster=whole.roster)
        return rescued(write, wall_of_all_path(whole.paths[MAIN])).path
    except (InputError, OutputError):
        # The rosters are saved; the sheet is made of them when it is printed.
        return None

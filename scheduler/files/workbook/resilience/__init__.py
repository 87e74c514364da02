"""The workbook of how a roster stands absences (欠勤マップ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.files.saving import save
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.in_memory import writer_of
from scheduler.files.workbook.resilience.heat_map import write_map
from scheduler.files.workbook.resilience.repairs import write_repairs
from scheduler.files.workbook.resilience.sheaf import Sheaf
from scheduler.files.workbook.resilience.single_points import write_single_points
from scheduler.files.workbook.roster import is_untouched
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.styles import Stylist
from scheduler.rulebook import load
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from scheduler.domain.absences import Resilience
    from scheduler.domain.problem import Problem

__all__ = ["write_resilience"]


def write_resilience(
    problem: Problem,
    resilience: Resilience,
    path: Path,
    *,
    source: str,
    first: dt.date,
) -> Path:
    """Write the map, the single points of failure, and what would mend the rest.

    Parameters
    ----------
    problem, resilience
        The month, and what each absence would do.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other, and
        one that is open, is left alone and the next free name taken.
    source
        Name of the roster's file.
    first
        Date from which on absences were looked at.

    Returns
    -------
    Path
        Where the workbook stands.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    workbook = Workbook()
    sheaf = Sheaf(
        stylist=Stylist(workbook),
        problem=problem,
        resilience=resilience,
        rulebook=load(problem.period),
        source=source,
        first=first,
    )
    front = workbook.active
    front.title = _("Absence map")
    write_map(sheaf, front)
    write_single_points(sheaf, workbook.create_sheet(_("Single points of failure")))
    write_repairs(sheaf, workbook.create_sheet(_("Whom to ask")))
    embed(workbook, {CONTENT: content_digest(workbook)})
    return save(writer_of(workbook), path, is_untouched)

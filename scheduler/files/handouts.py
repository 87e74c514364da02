"""What a roster gives to each person: a slip to print, and a calendar for the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen, StaffId
from scheduler.files import calendars
from scheduler.files.problems import WORKBOOK
from scheduler.files.saving import Unsaved, safe_name, save_all
from scheduler.files.workbook.roster import unsaved_slips
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scheduler.files.workbook.roster import RosterFile


class Handouts(Frozen):
    """The paths that were written."""

    slips: str
    calendars: dict[StaffId, str]
    kept: tuple[str, ...] = ()
    """Files that were edited or open: they stay, and the new ones have other names."""


def hand_out(
    file: RosterFile,
    folder: Path,
    last_changed: dt.datetime,
    names: Sequence[StaffId] = (),
) -> Handouts:
    """Write a workbook of slips, and a calendar for each person: all or none.

    Parameters
    ----------
    file
        The roster read back, hand edits included.
    folder
        Where to write; it must be there.
    last_changed
        When the roster's file was, in Japan.  It counts if cells were edited, and for
        a roster that does not say when it was made.
    names
        Whose; everybody's if empty.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    people = tuple(names) or tuple(member.name for member in file.problem.staff)
    edited = last_changed if file.changed else None
    issued = _issued(file, last_changed)
    month = f"{file.problem.period.first:%Y-%m}"
    title = safe_name(_("Personal slips"))
    target = folder / f"{title}-{month}{WORKBOOK}"
    wanted = [
        unsaved_slips(file, people, edited, target),
        *(
            _unsaved(
                calendars.calendar_of(
                    file.problem, file.roster, name, issued=issued, plan=file.plan
                ),
                path,
            )
            for name, path in zip(people, _paths(folder, month, people), strict=True)
        ),
    ]
    slips, *found = save_all(wanted)
    pairs = zip(wanted, (slips, *found), strict=True)
    return Handouts(
        slips=str(slips),
        calendars={n: str(path) for n, path in zip(people, found, strict=True)},
        kept=tuple(str(one.path) for one, path in pairs if path != one.path),
    )


def _issued(file: RosterFile, last_changed: dt.datetime) -> dt.datetime:
    made = file.plan.made_at or last_changed
    # The clock of a copied file may lag; an edit is never older than what it edits.
    return max(made, last_changed) if file.changed else made


def _unsaved(data: bytes, path: Path) -> Unsaved:
    return Unsaved(lambda file: file.write(data), path, calendars.is_untouched)


def _paths(folder: Path, month: str, people: Sequence[StaffId]) -> Iterator[Path]:
    """Yield a file for each, though names may differ in nothing a file name keeps."""
    taken: set[str] = set()
    for name in people:
        stem = f"{month}-{safe_name(name)}"
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{month}-{safe_name(name)} ({number})"
        taken.add(stem.casefold())
        yield folder / f"{stem}{calendars.SUFFIX}"

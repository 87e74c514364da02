"""``shotaki slips``: for each person, a page to print and a calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options
from scheduler.cli.arguments import checked_folder
from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.cli.session import Session
    from scheduler.domain.base import StaffId

OUTPUTS = Path("outputs")


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=_("Folder to write into; one in outputs/ if not given."),
        ),
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help=_("Only this person; may be given several times.")
        ),
    ] = None,
) -> None:
    """Read back, and write slips and calendars."""
    from scheduler.files.handouts import JAPAN, hand_out
    from scheduler.files.rosters import read_roster
    from scheduler.wording.names import file_left_text

    session: Session = context.obj
    file = read_roster(source)
    staff = [member.name for member in file.problem.staff]
    names = tuple(dict.fromkeys(_people(person or (), staff)))
    slips = _("slips")
    folder = checked_folder(output, OUTPUTS / f"{source.stem}-{slips}")
    last_changed = dt.datetime.fromtimestamp(source.stat().st_mtime, JAPAN)
    written = hand_out(file, folder, last_changed.replace(tzinfo=None), names)

    if file.changed:
        message = _("Cells changed since the plan, and taken over: {count}")
        session.say(message.format(count=len(file.changed)))
    session.say(_("Slips written: {path}").format(path=written.slips))
    message = _("Calendars written: {count}, in {folder}")
    session.say(message.format(count=len(written.calendars), folder=folder))
    for path in written.kept:
        session.say(file_left_text(path))
    session.give({"exit": 0, **written.model_dump(mode="json")})


def _people(given: Sequence[str], staff: Sequence[StaffId]) -> Iterator[StaffId]:
    """Yield who is meant: a name in full, or a beginning that only one has."""
    from scheduler.domain.likeness import begun

    for text in given:
        found = begun(text, staff)
        if len(found) != 1:
            message = _(
                "{name} is no one's name, or several people's. There are: {names}"
            )
            raise WrongUse(message.format(name=text, names="、".join(staff)))
        yield found[0]

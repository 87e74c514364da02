"""``shotaki batch``: the rosters of all offices of an operator."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli.arguments import checked_folder
from scheduler.cli.failures import WrongUse, save_bundle
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.audit.figures.summary import Office
    from scheduler.cli.session import Session

SECONDS = 300.0
WORKERS = 8
"""As in `roster`, also where every core has an office of its own: with fewer threads
proofs take so much longer that nothing is gained."""

OUTPUTS = Path("outputs")


def command(
    context: typer.Context,
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...",
            help=_("Input workbooks (.xlsx) or .json, such as inputs/*.xlsx."),
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=_("Folder to write into; outputs/ if not given."),
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=512,
            help=_("Offices at a time on this machine; one a core if not given."),
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers-per-office",
            min=1,
            max=64,
            help=_("Parallel workers of each office's search."),
        ),
    ] = WORKERS,
    address: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help=_("Search on the Dask cluster with this scheduler: tcp://host:8786."),
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            min=1, max=86400, help=_("Seconds for each office, as in `roster`.")
        ),
    ] = SECONDS,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help=_("Seed of the search."))
    ] = 0,
    advice: Annotated[
        bool,
        typer.Option(
            "--advice/--no-advice",
            help=_("Where the month cannot be legal, look for causes and repairs."),
        ),
    ] = True,
    robust: Annotated[
        bool,
        typer.Option(
            "--robust/--no-robust",
            help=_(
                "Of rosters equally good, look for one in which an absence finds "
                "somebody in reserve; 45 seconds at most, within the limit."
            ),
        ),
    ] = False,
) -> None:
    """Make every roster, whatever becomes of the others, and sum up."""
    session: Session = context.obj
    from scheduler.api.offices import Order, inputs, make_all, targets
    from scheduler.cli.workers import opened
    from scheduler.domain.errors import Exit, OutputError
    from scheduler.files.saving import check_name, prepare
    from scheduler.files.workbook.batch import write_batch
    from scheduler.solver.executors import NoCluster
    from scheduler.solver.search import SearchLimits
    from scheduler.wording.exits import of_batch

    if address is not None and processes is not None:
        raise WrongUse(_("Give either --processes or --dask."))
    files = inputs(sources)
    folder = checked_folder(output, OUTPUTS)
    name = _("summary") + ".xlsx"
    paths = targets(files, folder, taken=[name])
    summary = folder / name
    _refuse_own_inputs(files, [*paths, summary])
    prepare(summary)
    for path in paths:
        check_name(path)
    order = Order(SearchLimits(time_limit, workers, seed), advice, robust)
    session.stopping.keep()
    try:
        with opened(processes, most=len(files), address=address) as crew:
            session.note(_at_once(len(files), crew.at_once))
            offices = make_all(
                files,
                paths,
                crew,
                order,
                on_office=_teller(session, len(files)),
                stop=session.stopping.wish,
            )
    except NoCluster as error:
        raise WrongUse(str(error)) from error

    code = of_batch(office.exit for office in offices)
    written, unwritten = None, ""
    try:
        written = session.keep(lambda place: write_batch(offices, place), summary)
    except OutputError as error:
        unwritten = str(error)
    if written is None or session.elsewhere:
        code = of_batch([code, Exit.WRONG_USE])
    _tell(session, offices)
    session.say("")
    session.say(
        unwritten or _("Summary of all offices written: {path}").format(path=written)
    )
    if written is not None:
        session.say_left(summary, written)
    bundle = _bundle(session, offices)
    session.give(
        {
            "exit": int(code),
            "path": None if written is None else str(written),
            "report": None if bundle is None else str(bundle),
            "offices": [_data(office) for office in offices],
        }
    )
    raise typer.Exit(code)


class FaultyOffices(Exception):
    """The faults of a batch, each with its traceback."""


def _refuse_own_inputs(files: Sequence[Path], paths: Sequence[Path]) -> None:
    """Refuse a folder in which a roster would take the place of an input."""
    own = {file.resolve() for file in files}
    for path in paths:
        if path.resolve() in own:
            message = _("{path} is the input itself; choose another folder.")
            raise WrongUse(message.format(path=path))


def _at_once(offices: int, at_once: int) -> str:
    text = _("Offices: {count}, {at_once} at a time.")
    return text.format(count=offices, at_once=min(offices, at_once))


def _teller(session: Session, total: int) -> Callable[[Office], None]:
    """Return what writes a line of progress for each office as it ends."""
    from scheduler.wording.batch import line_text

    began = time.monotonic()
    told = 0

    def tell(office: Office) -> None:
        nonlocal told
        told += 1
        text = _("{seconds} s  {number}/{total}  {line}")
        seconds = f"{time.monotonic() - began:6.1f}"
        session.note(
            text.format(
                seconds=seconds, number=told, total=total, line=line_text(office)
            )
        )

    return tell


def _tell(session: Session, offices: Sequence[Office]) -> None:
    """Print the table of all offices, and every mistake in an input."""
    from scheduler.cli.screen import table
    from scheduler.domain.finding import Stance
    from scheduler.wording.batch import counts_text, missing_text, verdict_name
    from scheduler.wording.mistakes import mistake_texts

    rows = [
        [
            _("Office"),
            _("Verdict"),
            _("Statutory shortage"),
            _("Musts of the office"),
            _("Wishes granted"),
            _("File"),
        ]
    ]
    for office in offices:
        summary = office.summary
        numbers = ["", "", ""]
        if summary is not None:
            numbers = [
                missing_text(summary, Stance.STATUTORY),
                missing_text(summary, Stance.MUST),
                f"{summary.wishes_granted}/{summary.wishes_asked}",
            ]
        name = office.name or Path(office.source).name
        file = office.path or office.source
        rows.append([name, verdict_name(office.verdict), *numbers, file])
    session.say(counts_text(offices))
    session.say("")
    session.say(table(rows, right={2, 3, 4}))
    for office in offices:
        if office.mistakes:
            session.say("")
            head = _("{path}: mistakes found: {count}")
            session.say(head.format(path=office.source, count=len(office.mistakes)))
            for text in mistake_texts(office.mistakes):
                session.say(f"- {text}")


def _bundle(session: Session, offices: Sequence[Office]) -> Path | None:
    """Save what is needed to find the faults, if there are any; say where."""
    from scheduler.audit.figures.summary import Verdict

    faulty = [office for office in offices if office.verdict is Verdict.FAULT]
    if not faulty:
        return None
    error = FaultyOffices(
        "\n".join(f"{one.source}: {one.error}\n{one.report}" for one in faulty)
    )
    # The bundle takes in the files that are named: those of the faulty offices alone.
    others = [name for name in session.arguments if not os.path.isfile(name)]
    named = (*others, *(one.source for one in faulty))
    path = save_bundle(error, replace(session, arguments=named))
    if path is None:
        return None
    message = _(
        "This is a fault of shotaki, not of your file: {offices}. Please send this "
        "file to the people who maintain it (it holds your input, names included): "
        "{path}"
    )
    names = "、".join(one.name or one.source for one in faulty)
    session.note(message.format(offices=names, path=path))
    return path


def _data(office: Office) -> dict[str, Any]:
    from scheduler.wording.batch import line_text
    from scheduler.wording.mistakes import mistake_text

    data = office.model_dump(mode="json", exclude={"mistakes", "warnings"})
    for kind in ("mistakes", "warnings"):
        data[kind] = [
            {**mistake.model_dump(mode="json"), "text": mistake_text(mistake)}
            for mistake in getattr(office, kind)
        ]
    return {**data, "text": line_text(office)}

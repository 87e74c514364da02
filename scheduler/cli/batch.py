"""The command `batch`: makes the rosters of all offices of an operator."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.api.batch_tasks import BatchOrder
from scheduler.api.offices import MADE_APART, inputs, make_all, targets
from scheduler.audit.figures.summary import BatchLine, BatchVerdict, worst_first
from scheduler.cli import options
from scheduler.cli.arguments import OUTPUTS, Processes, checked_folder
from scheduler.cli.failures import WrongUse, save_bundle
from scheduler.cli.screen import table
from scheduler.cli.session import Session, worded_mistakes
from scheduler.domain.errors import Exit, OutputError
from scheduler.domain.finding import Stance
from scheduler.files.saving import check_name, prepare
from scheduler.files.workbook.batch import write_batch
from scheduler.wording.advice import loan_texts, loans_heading
from scheduler.wording.command_line import of_batch
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.names import begun_from_text, name_of
from scheduler.wording.translation import _
from scheduler.wording.verdict import (
    counts_text,
    fte_text,
    line_text,
    missing_text,
    nights_text,
    spare_text,
)


@dataclass(frozen=True)
class OfficeLimits(options.SearchOptions):
    """Time limit and seed of the search for each office of a batch."""

    time_limit: options.Seconds = 300.0


@dataclass(frozen=True)
class OfficeExtras:
    """Additional work for each office of a batch."""

    advice: bool = True
    robust: options.Robust = False
    travel: options.Minutes = 30


def make_rosters(
    session: Session,
    sources: list[Path],
    output: options.Output = None,
    processes: options.Processes = None,
    # The default holds even where every core has an office of its own: with fewer
    # threads, proofs take so much longer that nothing is gained (benchmarks.batch).
    workers: Annotated[int, typer.Option("--workers-per-office", min=1, max=64)] = 8,
    address: options.Cluster = None,
    limits: OfficeLimits = OfficeLimits(),
    extras: OfficeExtras = OfficeExtras(),
) -> Exit:
    """Make the rosters of many offices, whatever becomes of the others, and sum up."""
    crew = Processes(processes, address)
    search = replace(limits.of_search(), workers=workers)
    files = inputs(sources)
    folder = checked_folder(output, OUTPUTS)
    name = _("summary") + ".xlsx"
    paths = targets(files, folder, taken=[name])
    summary = folder / name
    _refuse_own_inputs(files, [*paths, summary])
    prepare(summary)
    for path in paths:
        check_name(path)
    session.begin_search()
    with crew.at_work(most=len(files)) as team:
        at_once = min(len(files), team.at_once)
        text = _("Offices: {count}, {at_once} at a time.")
        session.note(text.format(count=len(files), at_once=at_once))
        offices = make_all(
            files,
            paths,
            team,
            BatchOrder(search, extras.advice, extras.robust, extras.travel),
            on_start=lambda path: session.note(begun_from_text(path)),
            on_office=_teller(session, len(files)),
            stop=session.stopping.wish,
        )
    return _summed_up(session, offices, summary)


class FaultyOffices(Exception):
    """Unexpected errors in some offices of a batch, each with its traceback."""


def _summed_up(session: Session, offices: Sequence[BatchLine], summary: Path) -> Exit:
    """Write the summary, print the results of all offices, and return the exit code."""
    code = of_batch(office.exit for office in offices)
    ranked = worst_first(offices)
    written, unwritten = None, ""
    try:
        written = session.keep(lambda place: write_batch(ranked, place), summary)
    except OutputError as error:
        unwritten = str(error)
    if written is None or session.elsewhere:
        code = of_batch([code, Exit.WRONG_USE])
    session.say_all(_lines(ranked))
    session.say("")
    if written is None:
        session.say(unwritten)
    else:
        text = _("Summary of all offices written: {path}")
        session.say_written(text, written, summary)
    bundle = _bundle(session, offices)
    told = [_data(office) for office in offices]
    session.give(exit=code, path=written, report=bundle, offices=told)
    return code


def _refuse_own_inputs(files: Sequence[Path], paths: Sequence[Path]) -> None:
    """Raise `WrongUse` if a roster would replace one of the inputs."""
    own = {file.resolve() for file in files}
    for path in paths:
        if path.resolve() in own:
            message = _("{path} is the input itself; choose another folder.")
            raise WrongUse(message.format(path=path))


def _teller(session: Session, total: int) -> Callable[[BatchLine], None]:
    """Return a callback that prints a line of progress when an office is done."""
    began = time.monotonic()
    numbers = count(1)

    def tell(office: BatchLine) -> None:
        text = _("{seconds} s  {number}/{total}  {line}")
        seconds = f"{time.monotonic() - began:6.1f}"
        given = {"number": next(numbers), "total": total, "line": line_text(office)}
        session.note(text.format(seconds=seconds, **given))

    return tell


def _lines(offices: Sequence[BatchLine]) -> Iterator[str]:
    """Yield the table of all offices, and every mistake in their inputs."""
    heads = (
        *(_("Office"), _("Verdict"), _("Statutory shortage")),
        *(_("Musts of the office"), _("Wishes granted"), _("Nights")),
        *(_("FTE in care"), _("Least to spare"), _("File")),
    )
    yield counts_text(offices)
    yield ""
    yield table([heads, *map(_row, offices)], right={2, 3, 4, 5, 6})
    if any(office.loans for office in offices):
        yield ""
        yield loans_heading()
    for office in offices:
        if office.loans:
            yield office.name
            yield from (f"- {text}" for text in _loan_texts(office))
    for office in offices:
        if office.wall is not None:
            yield _("Wall sheet of all houses written: {path}").format(path=office.wall)
    for office in offices:
        # Its verdict is of the office alone; the other warnings are in the summary.
        apart = [
            one
            for one in office.warnings
            if one.code == MADE_APART or one.code.startswith("joint_")
        ]
        for text in mistake_texts(apart):
            yield f"- {office.name}: {text}"
    for office in offices:
        if office.mistakes:
            yield ""
            head = _("{path}: mistakes found: {count}")
            yield head.format(path=office.source, count=len(office.mistakes))
            for text in mistake_texts(office.mistakes):
                yield f"- {text}"


def _loan_texts(office: BatchLine) -> list[str]:
    return loan_texts(office.loans, office.period) if office.period else []


def _row(office: BatchLine) -> list[str]:
    summary = office.summary
    numbers = [""] * 6
    if summary is not None:
        numbers = [
            missing_text(summary, Stance.STATUTORY),
            missing_text(summary, Stance.MUST),
            f"{summary.wishes_granted}/{summary.wishes_asked}",
            nights_text(summary),
            fte_text(office),
            spare_text(office),
        ]
    name = office.name or Path(office.source).name
    file = office.path or office.source
    return [name, name_of(office.verdict), *numbers, file]


def _bundle(session: Session, offices: Sequence[BatchLine]) -> Path | None:
    """Save an error report if there were unexpected errors; return its path."""
    faulty = [office for office in offices if office.verdict is BatchVerdict.FAULT]
    if not faulty:
        return None
    error = FaultyOffices(
        "\n".join(f"{one.source}: {one.error}\n{one.report}" for one in faulty)
    )
    # The report includes all files among the arguments: name the faulty offices' only.
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


def _data(office: BatchLine) -> dict[str, Any]:
    data = office.model_dump(mode="json", exclude={"mistakes", "warnings"})
    for loan, text in zip(data["loans"], _loan_texts(office), strict=True):
        loan["text"] = text
    for kind in ("mistakes", "warnings"):
        data[kind] = worded_mistakes(getattr(office, kind))
    return {**data, "text": line_text(office)}

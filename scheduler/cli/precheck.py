"""The command `precheck`: counts through an input before any search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from scheduler.cli import options
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.domain.precheck import Line, Verdict
from scheduler.domain.problem import Problem
from scheduler.files.problems import read_with_warnings
from scheduler.precheck import precheck
from scheduler.wording import precheck as sums
from scheduler.wording.command_line import of_precheck
from scheduler.wording.names import name_of
from scheduler.wording.translation import _


def check_input(
    session: Session,
    source: Path,
    satellites: options.Satellites = None,
) -> Exit:
    """Print every line of the precheck; of several houses for each, and for all."""
    if satellites:
        return _precheck_houses(session, [source, *satellites])
    _problem, lines = read_input(session, source)
    session.say(precheck_text(lines))
    told = [worded(line, text=sums.line_text(line)) for line in lines]
    return session.end(of_precheck(lines), precheck=told)


def _precheck_houses(session: Session, sources: Sequence[Path]) -> Exit:
    from scheduler.files.houses import read_houses
    from scheduler.precheck import precheck_houses

    problem, _paths, warnings = read_houses(sources)
    session.note_warnings(warnings)
    found = precheck_houses(problem)
    session.say_all(houses_texts(found))
    return session.end(
        of_precheck(line for _name, own in found for line in own),
        precheck=[
            {"house": name, **worded(line, text=sums.line_text(line))}
            for name, own in found
            for line in own
        ],
    )


def houses_texts(
    found: Iterable[tuple[str, tuple[Line, ...]]], *, short: bool = False
) -> Iterator[str]:
    """Yield the prechecks of houses as text, each under its name, then that of all."""
    for name, lines in found:
        title = name or _("All houses together, everybody counted once")
        yield f"== {title} =="
        yield precheck_text(lines, short=short)


def read_input(
    session: Session, source: Path, main: Path | None = None
) -> tuple[Problem, tuple[Line, ...]]:
    """Return an input and its precheck; print warnings on entries that look wrong.

    Parameters
    ----------
    main
        The finished roster of the main office, beside which a satellite is planned.
    """
    if main is None:
        problem, warnings = read_with_warnings(source)
    else:
        from scheduler.files.houses import read_beside

        problem, warnings = read_beside(source, main)
    session.note_warnings(warnings)
    return problem, tuple(precheck(problem))


def precheck_text(lines: Iterable[Line], *, short: bool = False) -> str:
    """Return the lines of a precheck as text, under their topics.

    Parameters
    ----------
    short
        Whether lines without a problem are left out.
    """
    return "\n".join(_told(tuple(lines), short=short))


def _told(lines: tuple[Line, ...], *, short: bool) -> Iterator[str]:
    yield _("Precheck: {headline}").format(headline=sums.headline(lines))
    told = [line for line in lines if not short or line.verdict is not Verdict.FINE]
    for topic, own in groupby(told, key=lambda line: line.topic):
        if not short:
            yield ""
        yield f"[{name_of(topic)}]"
        for line in own:
            yield f"  {sums.MARKS[line.verdict]} {sums.line_text(line)}"

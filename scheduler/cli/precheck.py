"""``shotaki precheck``: what counting alone says of an input."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.cli.session import Session
    from scheduler.domain.precheck import Line


def command(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(metavar="INPUT", help=_("Input workbook (.xlsx) or .json.")),
    ],
) -> None:
    """Read, count, say every sum."""
    from scheduler.files.problems import read_with_warnings
    from scheduler.precheck import precheck
    from scheduler.wording.exits import of_precheck
    from scheduler.wording.mistakes import mistake_text
    from scheduler.wording.precheck import line_text

    session: Session = context.obj
    problem, warnings = read_with_warnings(source)
    for warning in warnings:
        session.note(_("Note: {text}").format(text=mistake_text(warning)))
    lines = precheck(problem)
    code = of_precheck(lines)
    session.say(precheck_text(lines))
    session.give(
        {
            "exit": int(code),
            "precheck": [
                {**line.model_dump(mode="json"), "text": line_text(line)}
                for line in lines
            ],
        }
    )
    raise typer.Exit(code)


def precheck_text(lines: Iterable[Line], *, short: bool = False) -> str:
    """Write the lines under their topics.

    Parameters
    ----------
    short
        Whether what adds up is left out.
    """
    return "\n".join(_told(tuple(lines), short=short))


def _told(lines: tuple[Line, ...], *, short: bool) -> Iterator[str]:
    from scheduler.domain.precheck import Verdict
    from scheduler.wording.precheck import MARKS, headline, line_text, topic_name

    yield _("Precheck: {headline}").format(headline=headline(lines))
    told = [line for line in lines if not short or line.verdict is not Verdict.FINE]
    for topic, own in groupby(told, key=lambda line: line.topic):
        if not short:
            yield ""
        yield f"[{topic_name(topic)}]"
        for line in own:
            yield f"  {MARKS[line.verdict]} {line_text(line)}"

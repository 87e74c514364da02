"""``shotaki check``: a roster as it stands in its cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.cli.session import Session
    from scheduler.files.workbook.roster import Change


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
) -> None:
    """Read back, audit, list every breach and every change."""
    from scheduler.audit import audit
    from scheduler.audit.figures.summary import summarise
    from scheduler.cli.overview import by_stance
    from scheduler.files.rosters import read_roster
    from scheduler.rulebook import load
    from scheduler.wording.exits import of_check
    from scheduler.wording.findings import finding_text
    from scheduler.wording.rules import source_text
    from scheduler.wording.verdict import (
        fee_lines,
        headline,
        verdict_line,
        verdict_text,
    )

    session: Session = context.obj
    file = read_roster(source)
    findings = audit(file.problem, file.roster)
    rulebook = load(file.problem.period)
    summary = summarise(file.problem, file.roster, findings)
    code = of_check(findings)

    session.say(verdict_line(summary.kept))
    for line in (*headline(summary.shortage), *fee_lines(summary.shortage)):
        session.say(line)
    for line in (*by_stance(findings, rulebook), *_changes(file.changed)):
        session.say(line)
    session.give(
        {
            "exit": int(code),
            "verdict": verdict_text(summary.kept),
            "changed": [change.model_dump(mode="json") for change in file.changed],
            "findings": [
                {
                    **finding.model_dump(mode="json"),
                    "text": finding_text(finding, rulebook),
                    "source": source_text(rulebook[finding.rule], finding.facet),
                }
                for finding in findings
            ],
            "summary": summary.model_dump(mode="json"),
        }
    )
    raise typer.Exit(code)


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    from scheduler.wording.times import date_text

    yield ""
    yield _("Cells changed since the plan: {count}").format(count=len(changes))
    for change in changes:
        place = f"{change.sheet} {change.cell} {change.staff} {date_text(change.date)}"
        message = _("- {place}: {before} -> {after}")
        yield message.format(
            place=place.strip(), before=change.before, after=change.after
        )

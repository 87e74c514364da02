"""Commands that read and search nothing: `precheck`, `check` and `slips`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from scheduler.audit import audit
from scheduler.audit.figures.summary import summarise
from scheduler.cli.arguments import OUTPUTS, checked_folder
from scheduler.cli.failures import WrongUse
from scheduler.cli.overview import by_stance
from scheduler.cli.session import Session, worded
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Exit
from scheduler.domain.likeness import begun
from scheduler.domain.precheck import Line, Verdict
from scheduler.domain.problem import Problem
from scheduler.domain.record import Change
from scheduler.files.handouts import JAPAN, hand_out
from scheduler.files.problems import read_with_warnings
from scheduler.files.rosters import read_roster
from scheduler.precheck import precheck
from scheduler.rulebook import load
from scheduler.wording import precheck as sums
from scheduler.wording.exits import of_check, of_precheck
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import file_left_text
from scheduler.wording.rules import source_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _
from scheduler.wording.verdict import fee_lines, headline, verdict_line, verdict_text


def check_roster(session: Session, source: Path) -> Exit:
    """Read back, audit, list every breach and every change."""
    file = read_roster(source)
    findings = audit(file.problem, file.roster)
    rulebook = load(file.problem.period)
    summary = summarise(file.problem, file.roster, findings)
    code = of_check(findings)
    session.say(verdict_line(summary.kept))
    session.say_all(headline(summary.shortage))
    session.say_all(fee_lines(summary.shortage))
    session.say_all(by_stance(findings, rulebook))
    session.say_all(_changes(file.changed))
    session.give(
        exit=code,
        verdict=verdict_text(summary.kept),
        changed=file.changed,
        findings=[
            worded(
                finding,
                text=finding_text(finding, rulebook),
                source=source_text(rulebook[finding.rule], finding.facet),
            )
            for finding in findings
        ],
        summary=summary,
    )
    return code


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    yield ""
    yield _("Cells changed since the plan: {count}").format(count=len(changes))
    for change in changes:
        place = f"{change.sheet} {change.cell} {change.staff} {date_text(change.date)}"
        message = _("- {place}: {before} -> {after}")
        yield message.format(
            place=place.strip(), before=change.before, after=change.after
        )


def precheck_input(session: Session, source: Path) -> Exit:
    """Read, count, say every sum."""
    _problem, lines = read_input(session, source)
    code = of_precheck(lines)
    session.say(precheck_text(lines))
    session.give(
        exit=code, precheck=[worded(line, text=sums.line_text(line)) for line in lines]
    )
    return code


def read_input(session: Session, source: Path) -> tuple[Problem, tuple[Line, ...]]:
    """Read an input, say what in it is likely not meant, and count through it."""
    problem, warnings = read_with_warnings(source)
    for warning in warnings:
        session.note(_("Note: {text}").format(text=mistake_text(warning)))
    return problem, tuple(precheck(problem))


def precheck_text(lines: Iterable[Line], *, short: bool = False) -> str:
    """Write the lines under their topics.

    Parameters
    ----------
    short
        Whether what adds up is left out.
    """
    return "\n".join(_told(tuple(lines), short=short))


def _told(lines: tuple[Line, ...], *, short: bool) -> Iterator[str]:
    yield _("Precheck: {headline}").format(headline=sums.headline(lines))
    told = [line for line in lines if not short or line.verdict is not Verdict.FINE]
    for topic, own in groupby(told, key=lambda line: line.topic):
        if not short:
            yield ""
        yield f"[{sums.topic_name(topic)}]"
        for line in own:
            yield f"  {sums.MARKS[line.verdict]} {sums.line_text(line)}"


def write_slips(
    session: Session, source: Path, output: Path | None, people: Sequence[str]
) -> Exit:
    """Read back, and write slips and calendars."""
    file = read_roster(source)
    staff = [member.name for member in file.problem.staff]
    names = tuple(dict.fromkeys(_meant(people, staff)))
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
    session.give(exit=Exit.DONE, **dict(written))
    return Exit.DONE


def _meant(given: Sequence[str], staff: Sequence[StaffId]) -> Iterator[StaffId]:
    """Yield who is meant: a name in full, or a beginning that only one has."""
    for text in given:
        found = begun(text, staff)
        if len(found) != 1:
            message = _(
                "{name} is no one's name, or several people's. There are: {names}"
            )
            raise WrongUse(message.format(name=text, names="、".join(staff)))
        yield found[0]

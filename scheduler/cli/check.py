"""The commands `check` and `slips`, which read finished rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scheduler.audit import audit
from scheduler.audit.figures.summary import summarise
from scheduler.audit.houses import houses_of
from scheduler.audit.papers.to_come import law_to_come
from scheduler.cli import options
from scheduler.cli.arguments import OUTPUTS, checked_folder, month_from
from scheduler.cli.failures import WrongUse
from scheduler.cli.overview import breaches_to_come, by_stance, to_come_texts
from scheduler.cli.printed import Printed, write_printed
from scheduler.cli.session import Session, worded
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding
from scheduler.domain.likeness import begun
from scheduler.domain.record import CellEdit
from scheduler.files.handouts import JAPAN, hand_out
from scheduler.files.houses import read_together
from scheduler.files.rosters import read_roster
from scheduler.rulebook import rules_of
from scheduler.wording.command_line import of_check
from scheduler.wording.findings import finding_text, source_text
from scheduler.wording.mistakes import contradiction_texts
from scheduler.wording.names import file_left_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _
from scheduler.wording.verdict import fee_lines, headline, summary_texts, verdict_text


def check_roster(
    session: Session,
    source: Path,
    satellites: options.Satellites = None,
    as_of: str | None = None,
    printed: Printed = Printed(),
) -> Exit:
    """Audit a roster file; print its breaches and the cells edited since the plan."""
    asked = None if as_of is None else month_from(as_of)
    if satellites:
        return _check_houses(session, [source, *satellites], asked, printed)
    file = read_roster(source)
    if file.plan.together is not None:
        others = (name for name in file.plan.together.files if name != source.name)
        text = _(
            "Planned together with {others}; name all of them to see whether they say "
            "the same of everybody."
        )
        session.note(text.format(others="、".join(others)))
    findings = audit(file.problem, file.roster)
    rulebook = rules_of(file.problem)
    summary = summarise(file.problem, file.roster, findings)
    session.say_all(summary_texts(summary))
    session.say_all(headline(summary.shortage))
    session.say_all(fee_lines(summary.shortage))
    session.say_all(by_stance(findings, rulebook))
    session.say_all(_changes(file.changed))
    if asked is not None:
        to_come = law_to_come(file.problem, file.roster, asked)
        session.say_all(to_come_texts(to_come, rulebook, asked))
        session.give(to_come=breaches_to_come(to_come, rulebook))
    beside = write_printed(session, printed, file, findings, source)
    return session.end(
        of_check(findings),
        **beside,
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


def _check_houses(
    session: Session, sources: Sequence[Path], asked: dt.date | None, printed: Printed
) -> Exit:
    """Audit the rosters of houses together; tell where they contradict each other."""
    file, contradictions = read_together(sources)
    problem, roster = file.joint, file.roster
    findings, rulebook = audit(problem, roster), rules_of(problem)
    told: dict[str, Any] = {} if asked is None else {"to_come": []}
    for number, house in enumerate(houses_of(problem, roster)):
        name = house.problem.office.name
        session.say(f"== {name} ==")
        session.say_all(summary_texts(summarise(*house)))
        own = rules_of(house.problem)
        session.say_all(by_stance(_told_of(name, findings), own))
        if asked is not None:
            laws = law_to_come(house.problem, house.roster, asked)
            session.say_all(to_come_texts(laws, own, asked))
            data = breaches_to_come(laws, own)
            told["to_come"].append({"house": name, "laws": data})
        if printed != Printed():
            given = file.houses[number], house.findings, file.paths[number]
            written = write_printed(session, printed, *given)
            told.setdefault("printed", []).append({"house": name, **written})
        session.say("")
    if not contradictions:
        session.say(
            _("The workbooks say the same of everybody who works in several houses.")
        )
    session.say_all(contradiction_texts(problem, contradictions))
    return session.end(
        Exit.BREACHES if contradictions else of_check(findings),
        **told,
        contradictions=len(contradictions),
        findings=[worded(f, text=finding_text(f, rulebook)) for f in findings],
    )


def _told_of(house: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings told of a house, as it tells them itself."""
    own = (one for one in findings if one.house == house)
    return tuple(one.model_copy(update={"house": ""}) for one in own)


def _changes(changes: Sequence[CellEdit]) -> Iterator[str]:
    yield ""
    yield _("Cells changed since the plan: {count}").format(count=len(changes))
    for change in changes:
        place = f"{change.sheet} {change.cell} {change.staff} {date_text(change.date)}"
        message = _("- {place}: {before} -> {after}")
        yield message.format(
            place=place.strip(), before=change.before, after=change.after
        )


def write_slips(
    session: Session,
    source: Path,
    output: options.Output = None,
    person: list[str] | None = None,
) -> Exit:
    """Write the slips and calendars of a roster."""
    file = read_roster(source)
    staff = [member.name for member in file.problem.staff]
    names = tuple(dict.fromkeys(_meant(person or (), staff)))
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
    return session.end(Exit.DONE, **dict(written))


def _meant(given: Sequence[str], staff: Sequence[StaffId]) -> Iterator[StaffId]:
    """Yield the people whose names, or unique beginnings of names, are given.

    Raises
    ------
    WrongUse
        If a text is nobody's name, or the beginning of several.
    """
    for text in given:
        found = begun(text, staff)
        if len(found) != 1:
            message = _(
                "{name} is no one's name, or several people's. There are: {names}"
            )
            raise WrongUse(message.format(name=text, names="、".join(staff)))
        yield found[0]

"""The commands `actual`, `pay` and `close`: the month as it was worked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from scheduler.audit.changes.as_worked import people_without_stamps
from scheduler.cli import options
from scheduler.cli.arguments import checked_folder, page_path
from scheduler.cli.failures import WrongUse
from scheduler.cli.screen import table
from scheduler.cli.session import Session, worded
from scheduler.domain.actual import (
    BESIDE_THE_SHIFT,
    Actual,
    AsWorked,
    Difference,
    DifferenceKind,
)
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.year import YearRecord
from scheduler.files.actual.pay import write_pay_csv
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.actual.stamps import (
    PAGE_NAME,
    MonthClosed,
    NoStamps,
    StampsGiven,
    take_stamps,
)
from scheduler.files.papers import pay_paper
from scheduler.files.years import NotClosed, close_worked
from scheduler.rulebook import rules_of
from scheduler.wording.actual import (
    amount_text,
    closed_early_text,
    closed_text,
    counts_text,
    decided_text,
    effect_text,
    five_days_note,
    planned_text,
    standing_text,
    year_lines,
)
from scheduler.wording.names import name_of, spellings_of
from scheduler.wording.times import date_text
from scheduler.wording.translation import _, spellings

ALL = "all"
MOST_LINES = 40
"""Most undecided differences that are printed; the page has them all."""


@dataclass(frozen=True)
class Stamping:
    """Files of stamps, what their columns mean, and decisions on the differences."""

    clock: list[str] | None = None
    column: list[str] | None = None
    accept: list[str] | None = None
    as_planned: list[str] | None = None
    again: bool = False


def hold_against_stamps(
    session: Session,
    source: Path,
    stamping: Stamping = Stamping(),
    output: options.Output = None,
) -> Exit:
    """Read stamps, take decisions, and write the page of differences.

    Raises
    ------
    WrongUse
        If the month is closed and not to be opened, or a number is not on the page.
    InputError
        If a file cannot be read; nothing is changed then.
    """
    path = page_path(output, source, _(PAGE_NAME))

    def decided(month: AsWorked) -> Actual:
        return _with_decisions(month, stamping)

    asked = StampsGiven(
        tuple(map(Path, stamping.clock or ())),
        tuple(stamping.column or ()),
        again=stamping.again,
        decide=decided if stamping.accept or stamping.as_planned else None,
    )
    try:
        found = take_stamps(source, path, asked)
    except MonthClosed as error:
        text = _(
            "The month is closed. Nothing was changed. To open it on purpose, add "
            "--again; then close it once more with --again."
        )
        raise WrongUse(text) from error
    except NoStamps as error:
        text = _("There are no stamps yet. Name their file with --clock.")
        raise WrongUse(text) from error
    month, notes = found.month, list(found.notes)
    session.say_all(notes)
    session.say_all(_lines(month))
    session.say_written(_("Differences written: {path}"), found.path, path)
    return session.end(
        Exit.DONE,
        path=found.path,
        undecided=len(month.undecided),
        differences=_data(month),
        notes=notes,
    )


def _with_decisions(month: AsWorked, stamping: Stamping) -> Actual:
    """Return what is known with the decisions of the command line.

    Raises
    ------
    WrongUse
        If a number is not on the page, or is said together with new stamps.
    """
    sides = ((stamping.accept or (), True), (stamping.as_planned or (), False))
    # "All" are those that nothing else is said of.
    for of_all, (given, accepted) in product((False, True), sides):
        words = [text for text in given if _is_all(text) is of_all]
        chosen = _chosen(month, words, stamping, accepted=accepted)
        actual = month.actual.deciding(chosen, accepted=accepted)
        month = month.model_copy(update={"actual": actual})
    return month.actual


def _is_all(text: str) -> bool:
    return text.strip() in {ALL, *spellings(ALL), "すべて", "全部"}


def _chosen(
    month: AsWorked, given: Iterable[str], stamping: Stamping, *, accepted: bool
) -> list[Difference]:
    """Return the differences that are named by number or by kind, or all."""
    kinds = {name: kind for kind in DifferenceKind for name in spellings_of(kind)}
    found: list[Difference] = []
    for text in given:
        if _is_all(text):
            found += month.decided_by_all(accepted=accepted)
        elif text.strip() in kinds:
            found += month.decided_by_all(accepted=accepted, kind=kinds[text.strip()])
        elif stamping.clock:
            raise WrongUse(
                _(
                    "Numbers are those of the page, which new stamps change. Read the "
                    "stamps first, then decide."
                )
            )
        elif text.isdecimal() and 1 <= int(text) <= len(month.differences):
            found.append(month.differences[int(text) - 1])
        else:
            told = _(
                "{number} is no number of the page; there are 1 to {most}, or a kind "
                "such as {kind}, or all."
            )
            most, early = len(month.differences), name_of(DifferenceKind.CAME_EARLY)
            raise WrongUse(told.format(number=text, most=most, kind=early))
    return found


def _lines(month: AsWorked) -> Iterator[str]:
    """Yield how many differences there are, and those that are undecided."""
    text = _("Differences: {count} ({standing})")
    standing = standing_text(month)
    yield text.format(count=len(month.differences), standing=standing)
    kinds = counts_text(month.differences)
    if kinds:
        yield f"  {kinds}"
    names = people_without_stamps(month.problem, month.actual)
    if names:
        told = _("Without any stamp, and so counted as planned: {names}")
        yield told.format(names="、".join(names))
    undecided = month.undecided
    if undecided:
        heads = (
            *("", _("Date"), _("Name"), _("Difference"), _("By how much")),
            *(_("Planned"), _("If accepted")),
        )
        numbers = {one: n for n, one in enumerate(month.differences, start=1)}
        rows = [
            (
                *(numbers[one], date_text(one.date), one.staff),
                *(name_of(one.kind), amount_text(one)),
                *(planned_text(one, month.problem), effect_text(one)),
            )
            for one in _to_print(undecided)
        ]
        yield ""
        yield table([heads, *rows], right={0, 4})
    if len(undecided) > MOST_LINES:
        yield _("and {more} more").format(more=len(undecided) - MOST_LINES)


def _to_print(undecided: Sequence[Difference]) -> list[Difference]:
    """Return what is printed; of too many, minutes beside shifts last, by length."""
    if len(undecided) <= MOST_LINES:
        return list(undecided)

    def weight(one: Difference) -> tuple[bool, int]:
        is_beside = one.kind in BESIDE_THE_SHIFT
        return is_beside, -one.minutes if is_beside else 0

    return sorted(undecided, key=weight)[:MOST_LINES]


def _data(month: AsWorked) -> list[dict[str, object]]:
    decided = month.actual.decided
    return [
        worded(
            one,
            number=number,
            text=name_of(one.kind),
            effect=effect_text(one),
            decision=decided_text(decided.get(one)),
        )
        for number, one in enumerate(month.differences, start=1)
    ]


CSV = ".csv"


def write_for_pay(
    session: Session,
    source: Path,
    output: options.Output = None,
    plan: bool = False,
) -> Exit:
    """Write the sheet and, beside it, the CSV for the pay office."""
    month = roster_as_worked(source)
    path = page_path(output, source, _("{name}-pay"))
    paper = pay_paper(month, as_planned=plan)
    written = session.keep(paper.write, path)
    listed = write_pay_csv(
        month.problem, paper.table, paper.edition, written.with_suffix(CSV)
    )
    session.say(_("For the pay office, {edition}:").format(edition=paper.edition))
    session.say_all(f"- {text}" for text in paper.alarms)
    session.say_written(_("Written: {path}"), written, path)
    session.say(_("Written: {path}").format(path=listed))
    return session.end(
        Exit.DONE,
        path=written,
        csv=listed,
        edition=paper.edition,
        people=[worded(one) for one in paper.people],
    )


def close_month(
    session: Session,
    source: Path,
    users: Path | None = None,
    folder: options.Output = None,
    again: bool = False,
) -> Exit:
    """Close the month of a roster, and print what the year has so far.

    Raises
    ------
    WrongUse
        If that input is for other dates, a month is closed with other numbers, or
        nobody has decided on some difference to the stamps.
    InputError
        If a file cannot be read.
    """
    place = checked_folder(folder, source.absolute().parent)
    try:
        closed = close_worked(source, users, place, again=again)
    except NotClosed as error:
        raise WrongUse(str(error)) from error
    problem, month, records = closed
    for one in records:
        if not one.months:
            text = _("Closed before with the same numbers; nothing changed: {path}")
            session.say(text.format(path=one.path))
            continue
        text = _("Closed: {months}. Record of the year: {path}")
        named = "、".join(map(closed_text, one.months))
        session.say(text.format(months=named, path=one.path))
    early = closed_early_text(problem.period.last, dt.date.today())
    if early:
        session.say(early)
    if month.is_actual:
        text = _("It was closed as it was worked: differences accepted: {count}")
        session.say(text.format(count=len(month.accepted)))
    if users is None:
        session.say(
            _(
                "The numbers of users are those that were expected. Where others came, "
                "close with --users and an input that has the real numbers."
            )
        )
    for record, _path, _months in records:
        session.say_all(["", *_year(record, problem)])
    return session.end(
        Exit.DONE,
        records=[
            {"path": path, "closed": len(months), "record": record}
            for record, path, months in records
        ],
    )


def _year(record: YearRecord, problem: Problem) -> Iterator[str]:
    """Yield the year so far, and each person's nights and leave."""
    yield _("Fiscal year {year} so far:").format(year=record.year)
    last = max(month.month for month in record.months)
    rulebook = rules_of(problem)
    for text in year_lines(record, last, rulebook):
        yield f"- {text}"
    due = rulebook["F-12"].int("days_a_year")
    heads = (_("Name"), _("Nights"), _("On call"), _("Paid leave"), _("Left of five"))
    rows = [
        (
            name,
            record.nights(name),
            record.on_call(name),
            f"{record.leave(name) / 2:g}",
            f"{max(0, due - record.leave(name) / 2):g}",
        )
        for name in record.names
        if name in problem.member_by_name
    ]
    yield table([heads, *rows], right={1, 2, 3, 4})
    yield five_days_note()

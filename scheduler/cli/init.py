"""The command `init`: writes an input workbook to start from."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.arguments import INPUTS, checked_output, read_period
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import PeriodOptions
from scheduler.cli.session import Session
from scheduler.domain.actual import AsWorked
from scheduler.domain.errors import Exit
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.holidays_jp import make_period
from scheduler.files.next_month import following_period, next_month
from scheduler.files.problems import WORKBOOK, json_bytes, name_for
from scheduler.files.rosters import read_roster
from scheduler.files.samples import SAMPLES
from scheduler.files.samples.building import SAMPLE_MONTH
from scheduler.files.saving import is_there, save_new
from scheduler.files.workbook.write_input import input_bytes
from scheduler.files.years import FromRecord, with_records
from scheduler.wording.actual import months_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

MONTH = re.compile(r"[0-9]{4}-[0-9]{1,2}")
"""A month where a file is expected: nobody names a workbook so."""


def init(
    session: Session,
    path: Annotated[Path | None, typer.Argument()] = None,
    period: PeriodOptions = PeriodOptions(),
    sample: str | None = None,
    staff: Annotated[int, typer.Option(min=1, max=200)] = 30,
    previous: Path | None = None,
) -> Exit:
    """Write an input: for the month after a roster, of a sample office, or empty.

    Raises
    ------
    WrongUse
        If both a sample and a roster are given, or the period begins before the
        roster's has ended.
    InputError
        If the roster cannot be read.
    """
    if path is not None and period.is_empty and MONTH.fullmatch(str(path)):
        path, period = None, PeriodOptions(month=str(path))
    if previous is not None:
        if sample is not None:
            raise WrongUse(_("Give either --sample or --previous."))
        return _write_following(session, path, period, previous, staff)
    is_sample_month = sample is not None and period.is_empty
    dates = SAMPLE_MONTH if is_sample_month else read_period(period)
    content = dates if sample is None else _sample(sample, dates)
    office = sample or _("office")
    target = _written(content, path, f"{office}-{dates.first:%Y-%m}.xlsx", staff)
    session.say(_("Written: {path}").format(path=target))
    return session.end(Exit.DONE, path=target)


def _write_following(
    session: Session,
    path: Path | None,
    told: PeriodOptions,
    previous: Path,
    people: int,
) -> Exit:
    period = None if told.is_empty else read_period(told)
    file = read_roster(previous)
    worked = roster_as_worked(previous, file)
    after = _after(file.problem.period, period, previous)
    found = with_records(
        next_month(file.problem, worked.roster, after), previous.absolute().parent
    )
    problem = found.problem
    target = _written(problem, path, name_for(after, previous.stem), people)
    session.say(_("Written: {path}").format(path=target))
    session.say(_("Taken over from {path}, as its cells stand:").format(path=previous))
    session.say_all(f"- {text}" for text in _of_the_clock(worked))
    session.say_all(f"- {text}" for text in _taken_over(file, problem))
    session.say_all(f"- {text}" for text in _from_record(found))
    session.say_all(["", _("Proposed; please check:")])
    session.say_all(f"- {text}" for text in _proposed(file.problem, problem))
    session.say_all(["", _("Left to fill in:")])
    session.say_all(f"- {text}" for text in _left(file.problem, problem))
    return session.end(
        Exit.DONE,
        path=target,
        period={"first": after.first, "last": after.last},
        changed=len(file.changed),
    )


def _sample(name: str, period: Period) -> Problem:
    if name not in SAMPLES:
        message = _("There is no sample {name}; there are: {names}.")
        raise WrongUse(message.format(name=name, names=", ".join(SAMPLES)))
    return SAMPLES[name](period)


def _after(before: Period, wanted: Period | None, source: Path) -> Period:
    """Return the wanted period, checked to lie after ``before``, or else the next."""
    if wanted is None:
        return following_period(before)
    if wanted.first > before.last:
        return make_period(wanted.first, wanted.last)
    message = _("The period must begin after {last}, the last date of {path}.")
    raise WrongUse(message.format(last=before.last, path=source))


def _written(
    content: Problem | Period, path: Path | None, name: str, people: int
) -> Path:
    """Write an input and return its path; an existing file is never replaced."""
    target = checked_output(path, default=INPUTS / name)
    if os.path.lexists(target):
        raise WrongUse(is_there(target))
    if target.suffix.lower() == WORKBOOK:
        save_new(input_bytes(content, people), target)
    elif isinstance(content, Period):
        raise WrongUse(_("An empty office can only be written as a workbook (.xlsx)."))
    else:
        save_new(json_bytes(content), target)
    return target


def _of_the_clock(worked: AsWorked) -> Iterator[str]:
    """Yield what the stamps have changed, and on how many nobody has decided."""
    if worked.is_actual:
        text = _("the month as it was worked: differences accepted: {count}")
        yield text.format(count=len(worked.accepted))
    if worked.undecided:
        text = _("undecided, and so counted as planned: {count}; see “shotaki actual”")
        yield text.format(count=len(worked.undecided))


def _taken_over(file: RosterFile, new: Problem) -> Iterator[str]:
    if file.changed:
        text = _("cells changed since the plan: {count}")
        yield text.format(count=len(file.changed))
    yield _("staff: {count}").format(count=len(new.staff))
    staff = file.problem.staff
    left = [one.name for one in staff if one.name not in new.member_by_name]
    if left:
        yield _("no more employed: {names}").format(names="、".join(left))
    yield _(
        "settings, day profiles, shifts, kinds of day, events, cover rules, pairs, "
        "personal limits, the care manager's tasks"
    )
    if new.registrants:
        yield _("users and their weekly plans: {count}").format(
            count=len(new.registrants)
        )
    if new.agreements:
        text = _("agreements that are still valid: {count}")
        yield text.format(count=len(new.agreements))
    dates = new.history.dates
    if dates:
        text = _("last month's tail, {first} to {last}")
        yield text.format(first=date_text(dates[0]), last=date_text(dates[-1]))
    yield _("ledger: burdens, wishes, paid leave, days off owed")


def _from_record(found: FromRecord) -> Iterator[str]:
    """Yield what comes from the records of the year, and what they lack."""
    if found.months:
        record = found.problem.office.users_record
        text = _("day users from the record of the year, {months}: {total} / {days}")
        months = months_text(found.months)
        yield text.format(months=months, total=record.total, days=record.days)
    if found.shares:
        of_three = found.problem.office.last_year.three_months
        yield (
            _("shares of staff of the last three months from the record of the year")
            if of_three
            else _("last year's shares of staff from the record of the year")
        )
    if found.closed:
        text = _("visits and services of the month closed last, {month}")
        yield text.format(month=months_text([found.closed]))
    if found.missing:
        text = _(
            "the record of day users stays as typed, for not closed yet: {months}; see "
            "“shotaki close”"
        )
        yield text.format(months=months_text(found.missing))


def _proposed(old: Problem, new: Problem) -> Iterator[str]:
    if new.registrants:
        yield _("forecast, counted from the weekly plans of the users")
    else:
        yield _(
            "forecast, like the same weekdays; public holidays like those before, or "
            "Sundays"
        )
    yield from _scaled(old, new)
    months = [one.office.settings.full_time_month for one in (old, new)]
    if months[0] != months[1]:
        yield _("prescribed hours of a full-timer's month, in proportion")


def _scaled(old: Problem, new: Problem) -> Iterator[str]:
    """Yield whose contract was scaled, by the dates employed before and after."""
    scaled: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in new.staff:
        before = old.member_by_name[one.name]
        if one.contract != before.contract:
            sides = ((old.period, before), (new.period, one))
            was, now = (
                sum(date in member.employed for date in period.dates)
                for period, member in sides
            )
            scaled[was, now].append(one.name)
    text = _("hours, days off by the number of dates ({old} to {new}): {names}")
    for (was, now), members in scaled.items():
        all_of_them = len(members) == len(new.staff)
        names = _("everybody") if all_of_them else "、".join(members)
        yield text.format(old=was, new=now, names=names)


def _left(old: Problem, new: Problem) -> Iterator[str]:
    yield _("requests, paid leave and pinned cells of the new period")
    yield _("changes of staff, registrants and the record of day users")
    if (new.period.first - old.period.last).days > 1:
        yield _("the tail: the dates since {last}").format(last=old.period.last)

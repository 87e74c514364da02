"""``shotaki init``: an input workbook to start from."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from scheduler.cli.arguments import checked_output, read_period
from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.cli.session import Session
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster import RosterFile


INPUTS = Path("inputs")


def command(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help=_("Workbook to write; in inputs/ if not given.")
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help=_("The calendar month to plan.")),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", help=_("First date, for another period.")
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="YYYY-MM-DD", help=_("Last date.")),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=_("A filled-in office instead: sakura, small, tight or short."),
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="ROSTER",
            help=_(
                "Last month's roster as it was worked: staff, settings, tail and "
                "ledger are taken over, by default for the period right after."
            ),
        ),
    ] = None,
) -> None:
    """Write an input workbook."""
    session: Session = context.obj
    if previous is not None:
        _after(previous, path, month, first, last, sample, session)
        return
    period = _period(month, first, last, sample)
    content = period if sample is None else _sample(sample, period)
    office = sample or _("office")
    target = _free(path, f"{office}-{period.first:%Y-%m}.xlsx")
    _write(content, target)
    session.say(_("Written: {path}").format(path=target))
    session.give({"exit": 0, "path": str(target)})


def _after(
    previous: Path,
    path: Path | None,
    month: str | None,
    first: str | None,
    last: str | None,
    sample: str | None,
    session: Session,
) -> None:
    """Write the workbook of the month after a finished roster."""
    from scheduler.cli.init import account, succeed

    if sample is not None:
        raise WrongUse(_("Give either --sample or --previous."))
    period = read_period(month, first, last) if month or first or last else None
    found = succeed(previous, period)
    target = _free(path, found.name)
    _write(found.problem, target)
    session.say(_("Written: {path}").format(path=target))
    for line in account(found):
        session.say(line)
    dates = found.problem.period
    session.give(
        {
            "exit": 0,
            "path": str(target),
            "period": {"first": str(dates.first), "last": str(dates.last)},
            "changed": len(found.file.changed),
        }
    )


def _free(path: Path | None, name: str) -> Path:
    """Return where to write; a file that is there stays."""
    from scheduler.files.saving import is_there

    target = checked_output(path, default=INPUTS / name)
    if os.path.lexists(target):
        raise WrongUse(is_there(target))
    return target


def _period(
    month: str | None, first: str | None, last: str | None, sample: str | None
) -> Period:
    from scheduler.files.samples import SAMPLE_MONTH

    if sample is not None and not (month or first or last):
        return SAMPLE_MONTH
    return read_period(month, first, last)


def _sample(name: str, period: Period) -> Problem:
    from scheduler.files.samples import SAMPLES

    if name not in SAMPLES:
        message = _("There is no sample {name}; there are: {names}.")
        raise WrongUse(message.format(name=name, names=", ".join(SAMPLES)))
    return SAMPLES[name](period)


def _write(content: Problem | Period, target: Path) -> None:
    from scheduler.domain.period import Period
    from scheduler.files.problems import WORKBOOK, json_writer
    from scheduler.files.saving import save_new
    from scheduler.files.workbook.write_input import input_writer

    if target.suffix.lower() == WORKBOOK:
        save_new(input_writer(content), target)
    elif isinstance(content, Period):
        raise WrongUse(_("An empty office can only be written as a workbook (.xlsx)."))
    else:
        save_new(json_writer(content), target)


MONTH_IN_NAME = re.compile(r"-\d{4}-\d{2}$")


class Succession(NamedTuple):
    """A roster as it stands, and the problem of the month after."""

    source: Path
    file: RosterFile
    problem: Problem

    @property
    def name(self) -> str:
        """File name for the new input: the old one's with the new month."""
        stem = MONTH_IN_NAME.sub("", self.source.stem)
        return f"{stem}-{self.problem.period.first:%Y-%m}.xlsx"


def succeed(source: Path, period: Period | None) -> Succession:
    """Read a finished roster and prepare the period after it, or the one given.

    Raises
    ------
    WrongUse
        If the period begins before the roster's has ended.
    InputError
        If the roster cannot be read.
    """
    from scheduler.files.holidays_jp import make_period
    from scheduler.files.next_month import following_period, next_month
    from scheduler.files.rosters import read_roster

    file = read_roster(source)
    before = file.problem.period
    if period is None:
        after = following_period(before)
    elif period.first > before.last:
        after = make_period(period.first, period.last)
    else:
        message = _("The period must begin after {last}, the last date of {path}.")
        raise WrongUse(message.format(last=before.last, path=source))
    return Succession(source, file, next_month(file.problem, file.roster, after))


def account(given: Succession) -> Iterator[str]:
    """Yield what was carried over, and what is left to fill in."""
    old, new = given.file.problem, given.problem
    yield _("Taken over from {path}, as its cells stand:").format(path=given.source)
    changes = len(given.file.changed)
    if changes:
        text = _("cells changed since the plan: {count}")
        yield _item(text.format(count=changes))
    yield _item(_("staff: {count}").format(count=len(new.staff)))
    left = [m.name for m in old.staff if m.name not in new.member_by_name]
    if left:
        yield _item(_("no more employed: {names}").format(names="、".join(left)))
    yield _item(_("settings, day profiles, shifts, cover rules, pairs"))
    dates = new.history.dates
    if dates:
        text = _("last month's tail, {first} to {last}")
        yield _item(text.format(first=dates[0], last=dates[-1]))
    yield _item(_("ledger: burdens, wishes, paid leave, days off owed"))
    yield ""
    yield _("Proposed; please check:")
    yield _item(_("forecast, like the same weekdays; public holidays like Sundays"))
    scaled = [m.name for m in new.staff if _is_scaled(m, old)]
    if scaled:
        text = _("hours, days off by the number of dates ({old} to {new}): {names}")
        counts = {"old": old.period.days, "new": new.period.days}
        all_of_them = len(scaled) == len(new.staff)
        names = _("everybody") if all_of_them else "、".join(scaled)
        yield _item(text.format(**counts, names=names))
    months = [p.office.settings.full_time_month for p in (old, new)]
    if months[0] != months[1]:
        yield _item(_("prescribed hours of a full-timer's month, in proportion"))
    yield ""
    yield _("Left to fill in:")
    yield _item(_("requests, paid leave and pinned cells of the new period"))
    yield _item(_("changes of staff, registrants and the record of day users"))
    if (new.period.first - old.period.last).days > 1:
        yield _item(_("the tail: the dates since {last}").format(last=old.period.last))


def _item(text: str) -> str:
    return f"- {text}"


def _is_scaled(member: StaffMember, old: Problem) -> bool:
    return member.contract != old.member_by_name[member.name].contract

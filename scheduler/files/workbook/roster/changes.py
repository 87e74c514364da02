"""Pages on changes to an issued roster: 変更, 連絡先リスト, 変更の記録.

A plan has the page of changes and the phone list, a revised roster the record of its
versions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.changes.plans import Call, months, phone_list, plan_sums
from scheduler.audit.figures.people import PersonMonth
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.roster import Change
from scheduler.domain.scenario import FIRST, Revision
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import SheetWriter, TableColumn
from scheduler.files.workbook.styles import BOLD, CENTRE, LEFT, Fill, Look
from scheduler.wording.advice import helper_name, is_lent
from scheduler.wording.empty_nights import emptied_night_texts
from scheduler.wording.gathered import gathered_texts
from scheduler.wording.names import burden_name, cells_text, share_text
from scheduler.wording.plans import (
    amendment_texts,
    by_text,
    change_text,
    claim_text,
    notice_text,
    plan_title,
    plan_verdict,
    return_texts,
    scenario_texts,
    sides,
    version_name,
    why_texts,
    wish_texts,
)
from scheduler.wording.times import clock_text, date_text, full_date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan

BEFORE = replace(CENTRE, wrap=True)
AFTER = replace(BEFORE, bold=True, fill=Fill.BAND)
KEPT = Look(size=11, bold=True, fill=Fill.GOOD, across="left")
BROKEN = replace(KEPT, fill=Fill.SHORT)
NOBODY = "-"

CHANGE_COLUMNS = (18, 18, 23, 23, 13, 15)
"""Widths of date, name, before and after, and two more for the sums of a month."""


def write_changes(book: Book, out: SheetWriter) -> None:
    """Fill the page of changes of the plan."""
    plan, sums = book.plan, plan_sums(book.plan)
    name = plan_title(plan, book.plan_number)
    out.title(_("What changes: {plan}").format(plan=name), CHANGE_COLUMNS)
    text = _("Verdict: {verdict} ({claim})").format(
        verdict=plan_verdict(plan), claim=claim_text(plan, book.plan_number)
    )
    out.sentence(text, KEPT if plan.is_legal else BROKEN)
    out.listed(gathered_texts((*sums.breaches, *sums.contracts), book.rulebook))
    out.section(_("What has happened"))
    out.listed(scenario_texts(plan.scenario, book.problem))
    out.listed(emptied_night_texts(plan))
    text = _("Dates before {date} stay as they were, and so do cells edited by hand.")
    out.sentence(text.format(date=date_text(plan.scenario.now)))
    steps = amendment_texts(plan, book.rulebook)
    if steps:
        out.section(_("To be settled first"))
    out.listed(steps)
    out.section(_("Before and after"))
    _changes_table(book, out, plan.changes)
    _months(out, plan)
    out.section(_("Wishes and evenness"))
    out.listed(wish_texts(sums.effects))
    differences = _("Difference from a fair share, the largest")
    out.headings((differences, _("Before the change"), _("After the change")))
    for burden, before, after in sums.deviations:
        values = (burden_name(burden), share_text(before), share_text(after))
        out.line(values, (BOLD, BEFORE, AFTER if before != after else BEFORE))
    out.finish(landscape=False)


def _months(out: SheetWriter, plan: Plan) -> None:
    """Write the totals, before and after, of everybody for whom they differ."""
    found = [change for change in months(plan) if change.is_other]
    if not found:
        return
    out.section(_("Sums of the month that change"))
    heads = (_("Nights"), _("On call"), _("Weekends, holidays"), _("Days off"))
    out.headings((_("Name"), *heads, _("Hours of work"), _("Hours by contract")))
    for change in found:
        pairs = zip(_sums(change.before), _sums(change.after), strict=True)
        texts = [
            after if before == after else f"{before} → {after}"
            for before, after in pairs
        ]
        looks = [AFTER if "→" in text else BEFORE for text in texts]
        out.line((change.staff, *texts), (BOLD, *looks))


def _sums(month: PersonMonth) -> tuple[str, ...]:
    counts = (month.nights, month.on_call, month.rest_days, month.days_off)
    hours = (month.total, month.credited)
    return (*map(str, counts), *(f"{minutes / HOUR:g}" for minutes in hours))


def _changes_table(book: Book, out: SheetWriter, changes: Sequence[Change]) -> None:
    """Write changes by date, first duties, then on call.

    There are four columns: date, name, before, after.
    """
    if not changes:
        out.sentence(_("Nothing changes."))
        return
    out.headings((_("Date"), _("Name"), _("Before the change"), _("After the change")))
    looks = (LEFT, BOLD, BEFORE, AFTER)
    nights = nights_changed(changes)
    for date in sorted({change.date for change in changes}):
        for change in changes:
            if change.date == date and change.on_call is None:
                before, after = sides(change, book.problem)
                out.line((date_text(date), change.staff, before, after), looks)
        if date in nights:
            names = [name or NOBODY for name in nights[date]]
            out.line((date_text(date), book.labels.on_call, *names), looks)


def nights_changed(
    changes: Iterable[Change],
) -> dict[dt.date, tuple[StaffId | None, StaffId | None]]:
    """Return who was and who is on call, for the nights where that differs."""
    nights: dict[dt.date, tuple[StaffId | None, StaffId | None]] = {}
    for change in changes:
        if change.on_call is not None:
            had, has = nights.get(change.date, (None, None))
            pair = (had, change.staff) if change.on_call else (change.staff, has)
            nights[change.date] = pair
    return nights


CALL_COLUMNS = (5, 17, 19, 36, 44, 24, 16)
NUMBER = replace(CENTRE, size=11, bold=True)
CALLED = Look(size=11, bold=True, across="left", wrap=True, fill=Fill.BAND)
ASKED = replace(LEFT, size=10, bold=True)
WHY = replace(LEFT, down="top")
UNLAWFUL = replace(WHY, fill=Fill.SHORT)
NOT_AGREED = replace(WHY, fill=Fill.WISH)
"""Look of a request beyond the contract."""
ANSWER = replace(LEFT, locked=False)


def write_phone_list(book: Book, out: SheetWriter) -> None:
    """Fill the phone list: whom to ask for what, in which order, and why."""
    plan = book.plan
    name = plan_title(plan, book.plan_number)
    out.title(_("Phone list: {plan}").format(plan=name), CALL_COLUMNS)
    verdict = _("Verdict: {verdict}").format(verdict=plan_verdict(plan))
    out.sentence(verdict, KEPT if plan.is_legal else BROKEN)
    scenario = "、".join(scenario_texts(plan.scenario, book.problem))
    out.sentence(_("What has happened: {what}").format(what=scenario))
    for step in amendment_texts(plan, book.rulebook):
        out.sentence(_("To be settled first: {what}").format(what=step), ASKED)
    calls = phone_list(plan)
    if calls:
        out.sentence(_("Call from the top: who has to be reached first stands first."))
    heads = out.skip()
    if calls:
        out.table(_calls(book), calls, NUMBER)
    elif plan.amendment is None:
        out.sentence(_("Nobody has to be asked."))
    else:
        out.sentence(_("Nobody else has to be asked."))
    out.finish(heads)


def _asked(revision: Revision) -> Iterator[str]:
    """Yield whose days changed for a version, and who came from another office."""
    yield from revision.asked
    yield from map(helper_name, filter(is_lent, revision.scenario.joining))


def _calls(book: Book) -> tuple[TableColumn[Call], ...]:
    def column(
        heading: str,
        lines: Callable[[Call], Iterable[str]],
        look: Look | Callable[[Call], Look] = LEFT,
    ) -> TableColumn[Call]:
        return TableColumn(heading, lambda call: "\n".join(lines(call)) or None, look)

    def asked(call: Call) -> Iterable[str]:
        return (change_text(change, book.problem) for change in call.changes)

    def why(call: Call) -> Look:
        if any(finding.stance.is_hard for finding in call.breaches):
            return UNLAWFUL
        return NOT_AGREED if call.breaches else WHY

    return (
        TableColumn(_("Whom"), lambda call: _called(call, book), CALLED),
        column(_("By when"), lambda call: (by_text(call), notice_text(call))),
        column(_("What to ask"), asked, ASKED),
        column(
            _("Why just this person"), lambda call: why_texts(call, book.rulebook), why
        ),
        column(_("In return"), return_texts),
        TableColumn(_("Answer"), lambda call: None, ANSWER),
    )


def _called(call: Call, book: Book) -> str:
    """Write the name of somebody to be asked, and the telephone number if known."""
    member = book.problem.member_by_name.get(call.staff)
    return f"{call.staff}\n{member.telephone if member else ''}".rstrip()


REVISION_COLUMNS = (16, 20, 30, 30, 22, 14)
"""Widths of version, time, event, reason, people asked, number of cells; the tables of
changes use the first four for date, name, before, after."""
VERSION = replace(CENTRE, size=10, bold=True, fill=Fill.BAND)


def write_revisions(book: Book, out: SheetWriter) -> None:
    """Fill the record of changes: versions, events, people asked."""
    revisions, name = book.roster.revisions, version_name(book.roster.version)
    title = _("Record of changes; this is {version}").format(version=name)
    out.title(title, REVISION_COLUMNS)
    out.sentence(_("The versions before lie in files of their own beside this one."))
    out.row += 1
    out.headings(
        (
            _("Version"),
            _("Accepted"),
            _("What has happened"),
            _("Why"),
            _("Who was asked"),
            _("Cells changed"),
        )
    )
    looks = (VERSION, LEFT, LEFT, LEFT, LEFT, CENTRE)
    first = (version_name(FIRST), NOBODY, _("the roster as it was first made"))
    out.line((*first, *[NOBODY] * 3), looks)
    for revision in revisions:
        when = revision.accepted_at
        clock = clock_text(when.hour * HOUR + when.minute)
        values = (
            version_name(revision.version),
            f"{full_date_text(when)} {clock}",
            "\n".join(scenario_texts(revision.scenario, book.problem)),
            revision.why or NOBODY,
            "\n".join(_asked(revision)) or _("nobody"),
            cells_text(len(revision.changes)),
        )
        out.line(values, looks)
    for revision in reversed(revisions):
        version = version_name(revision.version)
        out.section(_("What changed in {version}").format(version=version))
        _changes_table(book, out, revision.changes)
    out.finish()

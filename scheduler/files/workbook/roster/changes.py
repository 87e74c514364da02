"""The page of changes (変更): what a plan makes of the roster that was on the wall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.changes.plans import months, phone_list, plan_sums
from scheduler.domain.clock import HOUR
from scheduler.domain.revision import FIRST
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.roster.words import full_date_text
from scheduler.files.workbook.styles import BAND, GOOD, SHORT, WISH, Look, print_setup
from scheduler.wording.findings import gathered_texts
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
from scheduler.wording.times import clock_text, date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.changes.plans import Call, MonthChange, PlanSums
    from scheduler.audit.figures.people import PersonMonth
    from scheduler.domain.base import StaffId
    from scheduler.domain.revision import Change, Revision
    from scheduler.files.workbook.roster.book import Book


BEFORE = replace(CENTRE, wrap=True)
AFTER = replace(BEFORE, bold=True, fill=BAND)
NAME = replace(LEFT, bold=True)
NOBODY = "-"


def write_changes_table(book: Book, page: Page, changes: Sequence[Change]) -> None:
    """Write what changes by date: the duties, then who is on call.

    It takes four columns: date, name, before, after.
    """
    if not changes:
        page.sentence(_("Nothing changes."), LEFT)
        return
    page.headings((_("Date"), _("Name"), _("Before the change"), _("After the change")))
    looks = (LEFT, NAME, BEFORE, AFTER)
    nights = nights_changed(changes)
    for date in sorted({change.date for change in changes}):
        for change in changes:
            if change.date == date and change.on_call is None:
                before, after = sides(change, book.problem)
                page.line((date_text(date), change.staff, before, after), looks)
        if date in nights:
            names = [name or NOBODY for name in nights[date]]
            page.line((date_text(date), book.labels.on_call, *names), looks)


def nights_changed(
    changes: Iterable[Change],
) -> dict[dt.date, tuple[StaffId | None, StaffId | None]]:
    """Return who was on call and who is, for the nights in which that differs."""
    nights: dict[dt.date, tuple[StaffId | None, StaffId | None]] = {}
    for change in changes:
        if change.on_call is not None:
            had, has = nights.get(change.date, (None, None))
            pair = (had, change.staff) if change.on_call else (change.staff, has)
            nights[change.date] = pair
    return nights


CHANGE_COLUMNS = (18, 18, 23, 23, 13, 15)
"""Date, name, before, after; the sums of a month take two more."""
KEPT = Look(size=11, bold=True, fill=GOOD, across="left")
BROKEN = replace(KEPT, fill=SHORT)


def write_changes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of what the plan changes."""
    page = Page(book.stylist, sheet, CHANGE_COLUMNS)
    sums = plan_sums(book.plan)
    plan = plan_title(book.plan, book.plan_number)
    page.title(_("What changes: {plan}").format(plan=plan))
    _verdict(book, page, sums)
    _scenario(book, page)
    page.section(_("Before and after"))
    write_changes_table(book, page, book.plan.changes)
    _months(book, page)
    _rest(page, sums)
    print_setup(sheet, landscape=False)


def _verdict(book: Book, page: Page, sums: PlanSums) -> None:
    plan = book.plan
    text = _("Verdict: {verdict} ({claim})").format(
        verdict=plan_verdict(plan), claim=claim_text(plan, book.plan_number)
    )
    page.sentence(text, KEPT if plan.is_legal else BROKEN)
    for text in gathered_texts((*sums.breaches, *sums.contracts), book.rulebook):
        page.sentence("・" + text, LEFT)


def _scenario(book: Book, page: Page) -> None:
    scenario = book.plan.scenario
    page.section(_("What has happened"))
    for text in scenario_texts(scenario, book.problem):
        page.sentence("・" + text, LEFT)
    text = _("Dates before {date} stay as they were, and so do cells edited by hand.")
    page.sentence(text.format(date=date_text(scenario.now)), LEFT)
    steps = amendment_texts(book.plan, book.rulebook)
    if steps:
        page.section(_("To be settled first"))
    for step in steps:
        page.sentence("・" + step, LEFT)


def _months(book: Book, page: Page) -> None:
    """Write the sums of everybody whose month differs, before and after."""
    found = [change for change in months(book.plan) if change.is_other]
    if not found:
        return
    page.section(_("Sums of the month that change"))
    heads = (_("Nights"), _("On call"), _("Weekends, holidays"), _("Days off"))
    page.headings((_("Name"), *heads, _("Hours of work"), _("Hours by contract")))
    for change in found:
        values = [_pair(*pair) for pair in zip(*map(_sums, _both(change)), strict=True)]
        looks = [AFTER if text and "→" in text else BEFORE for text in values]
        page.line((change.staff, *values), (NAME, *looks))


def _both(change: MonthChange) -> tuple[PersonMonth, PersonMonth]:
    return change.before, change.after


def _sums(month: PersonMonth) -> tuple[str, ...]:
    counts = (month.nights, month.on_call, month.rest_days, month.days_off)
    hours = (month.total, month.credited)
    return (*map(str, counts), *(f"{minutes / HOUR:g}" for minutes in hours))


def _pair(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _rest(page: Page, sums: PlanSums) -> None:
    page.section(_("Wishes and evenness"))
    for text in wish_texts(sums.effects):
        page.sentence("・" + text, LEFT)
    differences = _("Difference from a fair share, the largest")
    page.headings((differences, _("Before the change"), _("After the change")))
    for burden, before, after in sums.deviations:
        look = AFTER if before != after else BEFORE
        page.line(
            (burden_name(burden), share_text(before), share_text(after)),
            (NAME, BEFORE, look),
        )


REVISION_COLUMNS = (16, 20, 30, 30, 22, 14)
"""Version, when, what had happened, why, who was asked, how many cells; below, the
first four: date, name, before, after."""
VERSION = replace(CENTRE, size=10, bold=True, fill=BAND)
NONE = "-"


def write_revisions(book: Book, sheet: Worksheet) -> None:
    """Fill the page of a roster's versions."""
    page = Page(book.stylist, sheet, REVISION_COLUMNS)
    revisions = book.roster.revisions
    name = version_name(book.roster.version)
    page.title(_("Record of changes; this is {version}").format(version=name))
    note = _("The versions before lie in files of their own beside this one.")
    page.sentence(note, LEFT)
    page.row += 1
    _versions(book, page, revisions)
    for revision in reversed(revisions):
        page.section(
            _("What changed in {version}").format(
                version=version_name(revision.version)
            )
        )
        write_changes_table(book, page, revision.changes)
    print_setup(sheet)


def _versions(book: Book, page: Page, revisions: tuple[Revision, ...]) -> None:
    page.headings(
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
    first = (version_name(FIRST), NONE, _("the roster as it was first made"))
    page.line((*first, NONE, NONE, NONE), looks)
    for revision in revisions:
        page.line(
            (
                version_name(revision.version),
                _moment(revision.accepted_at),
                "\n".join(scenario_texts(revision.scenario, book.problem)),
                revision.why or NONE,
                "\n".join(revision.asked) or _("nobody"),
                cells_text(len(revision.changes)),
            ),
            looks,
        )


def _moment(when: dt.datetime) -> str:
    """Write when a version was accepted: date with its year, and clock time."""
    minutes = when.hour * HOUR + when.minute
    return f"{full_date_text(when)} {clock_text(minutes)}"


CALL_COLUMNS = (5, 17, 19, 36, 44, 24, 16)
STEP = replace(LEFT, size=10, bold=True)
NUMBER = replace(CENTRE, size=11, bold=True)
CALLED = Look(size=11, bold=True, across="left", wrap=True, fill=BAND)
ASKED = replace(LEFT, size=10, bold=True)
WHY = replace(LEFT, down="top")
UNLAWFUL = replace(WHY, fill=SHORT)
NOT_AGREED = replace(WHY, fill=WISH)
"""Beyond what the contract says."""
ANSWER = replace(LEFT, locked=False)


def write_phone_list(book: Book, sheet: Worksheet) -> None:
    """Fill the page of people to be asked."""
    calls = phone_list(book.plan)
    page = Page(book.stylist, sheet, CALL_COLUMNS)
    plan = plan_title(book.plan, book.plan_number)
    page.title(_("Phone list: {plan}").format(plan=plan))
    look = KEPT if book.plan.is_legal else BROKEN
    verdict = plan_verdict(book.plan)
    page.sentence(_("Verdict: {verdict}").format(verdict=verdict), look)
    scenario = "、".join(scenario_texts(book.plan.scenario, book.problem))
    page.sentence(_("What has happened: {what}").format(what=scenario), LEFT)
    for step in amendment_texts(book.plan, book.rulebook):
        page.sentence(_("To be settled first: {what}").format(what=step), STEP)
    page.sentence(
        _("Call from the top: who has to be reached first stands first."), LEFT
    )
    page.row += 1
    heads = page.row
    if not calls:
        page.sentence(_("Nobody has to be asked."), LEFT)
    else:
        _table(book, page, calls)
    print_setup(sheet, title_rows=f"{heads}:{heads}")


def _table(book: Book, page: Page, calls: tuple[Call, ...]) -> None:
    page.headings(
        (
            "",
            _("Whom"),
            _("By when"),
            _("What to ask"),
            _("Why just this person"),
            _("In return"),
            _("Answer"),
        )
    )
    for number, call in enumerate(calls, start=1):
        asked = [change_text(change, book.problem) for change in call.changes]
        page.line(
            (
                number,
                call.staff,
                f"{by_text(call)}\n{notice_text(call)}",
                "\n".join(asked),
                "\n".join(why_texts(call, book.rulebook)),
                "\n".join(return_texts(call)) or None,
                None,
            ),
            (
                NUMBER,
                CALLED,
                LEFT,
                ASKED,
                _why_look(call),
                LEFT,
                ANSWER,
            ),
        )


def _why_look(call: Call) -> Look:
    if any(finding.stance.is_hard for finding in call.breaches):
        return UNLAWFUL
    return NOT_AGREED if call.breaches else WHY

"""The pages with a line per person or request: labour law (労務), and wishes (希望).

They show the roster as planned, without later edits by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from scheduler.audit.figures.limits import days_off_owed, hours_band
from scheduler.audit.figures.people import PersonMonth, WishVerdict
from scheduler.domain.clock import HOUR
from scheduler.domain.requests import Request, Strength
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.page import Entry, Page, TableColumn
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.styles import CENTRE, Fill, Ink, Look
from scheduler.wording.duties import wish_text
from scheduler.wording.names import duration_text, name_of, role_name, sheet_note
from scheduler.wording.notation import ON_CALL_MARK
from scheduler.wording.reasons import reason_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

LABOUR_COLUMNS = (16, 11, 10, 10, 10, 10, 10, 11, 8, 8, 8, 10, 8, 8, 11, 12, 30)
COUNTED = Look(size=9)
TIMED = Look(size=9, number="0.0")


def write_labour(book: Book, page: Page) -> None:
    """Fill the sheet of labour law by person."""
    page.widths(LABOUR_COLUMNS)
    page.title(_("Labour law, person by person"))
    settings = book.problem.office.settings
    note = sheet_note("labour_law").format(
        wished=duration_text(settings.rest_wished),
        least=duration_text(settings.rest_least),
        row=settings.days_in_a_row_wished,
        most=settings.days_in_a_row_most,
    )
    page.sentence(note)
    first = page.row + 1
    page.table(_labour(book), [book.months[one.name] for one in book.grid.members])
    most, wished = settings.days_in_a_row_most, settings.days_in_a_row_wished
    rest = f'AND(P{first}<>"",P{first}<{{0}})'.format
    least, enough = settings.rest_least / HOUR, settings.rest_wished / HOUR
    for column, broken, unwished in (
        ("E", f"E{first}<0", ""),
        ("O", f"O{first}>{most}", f"O{first}>{wished}"),
        ("P", rest(f"{least:g}"), rest(f"{enough:g}")),
    ):
        area = f"{column}{first}:{column}{page.row - 1}"
        page.colour(area, broken, alarm=True, last=True)
        if unwished:
            page.colour(area, unwished, Fill.WISH)
    for text in _on_leave(book):
        page.sentence(text)
    page.finish(first - 1, freeze=2)


def _on_leave(book: Book) -> Iterator[str]:
    """Yield what leave of absence takes from each contract (L-02, L-03, L-05)."""
    problem = book.problem
    text = sheet_note("leave_of_absence")
    for name, away in problem.on_long_leave.items():
        member = problem.member_by_name[name]
        part, full = problem.contract_of(member), member.contract
        yield text.format(
            name=name,
            away=len(away),
            dates=sum(date in member.employed for date in problem.period.dates),
            least=_hours(part.minutes_min),
            most=_hours(part.minutes_max),
            full_least=_hours(full.minutes_min),
            full_most=_hours(full.minutes_max),
            off=_number(part.days_off_min),
            full_off=_number(full.days_off_min),
        )


def _hours(minutes: int | None) -> str:
    return "-" if minutes is None else f"{minutes / HOUR:g}"


def _number(number: int | None) -> str:
    return "-" if number is None else str(number)


def _red(look: Look) -> Look:
    """Return the look of a number outside the contract."""
    return replace(look, fill=Fill.SHORT, ink=Ink.ALARM, bold=True)


def _labour(book: Book) -> tuple[TableColumn[PersonMonth], ...]:
    problem = book.problem

    def member(month: PersonMonth) -> StaffMember:
        return problem.member_by_name[month.staff]

    def credited(month: PersonMonth) -> Look:
        least, most = hours_band(problem, member(month))
        too_few = least is not None and month.credited < least
        too_many = most is not None and month.credited > most
        return _red(TIMED) if too_few or too_many else TIMED

    def days_off(month: PersonMonth) -> Look:
        is_short = month.days_off < days_off_owed(problem, member(month))
        return _red(COUNTED) if is_short else COUNTED

    def rest(month: PersonMonth) -> Entry:
        return None if month.shortest_rest is None else month.shortest_rest / HOUR

    def by_role(month: PersonMonth) -> str:
        hours = (f"{role_name(h.role)} {h.total / HOUR:.1f}" for h in month.roles)
        return "  ".join(hours)

    def timed(heading: str, minutes: Callable[[PersonMonth], int]) -> TableColumn[Any]:
        return TableColumn(heading, lambda month: minutes(month) / HOUR, TIMED)

    return (
        TableColumn(_("Name"), lambda month: month.staff),
        TableColumn(_("Job"), lambda month: role_name(member(month).roles[0])),
        timed(_("Hours of work"), lambda month: month.total),
        timed(_("Month cap, h"), lambda month: month.cap),
        timed(_("To spare, h"), lambda month: month.cap - month.total),
        timed(_("Hours of paid leave"), lambda month: month.leave),
        timed(_("Hours of absence"), lambda month: month.absence),
        TableColumn(
            _("Hours by contract"), lambda month: month.credited / HOUR, credited
        ),
        TableColumn(_("Days off"), lambda month: month.days_off, days_off),
        TableColumn(_("Paid leave"), lambda month: month.leave_days, COUNTED),
        TableColumn(_("Absent"), lambda month: month.absent, COUNTED),
        TableColumn(_("Holidays by law"), lambda month: month.free_days, COUNTED),
        TableColumn(_("Nights"), lambda month: month.nights, COUNTED),
        TableColumn(_("On call"), lambda month: month.on_call, COUNTED),
        TableColumn(_("Longest run, days"), lambda month: month.longest_run, COUNTED),
        TableColumn(_("Shortest rest, h"), rest, TIMED),
        TableColumn(_("Hours by job"), by_role),
    )


WISH_COLUMNS = (14, 12, 18, 9, 10, 10, 13, 60)


def write_wishes(book: Book, page: Page) -> None:
    """Fill the page of wishes: those refused with reasons, those granted as counts."""
    page.widths(WISH_COLUMNS)
    verdicts = [one for month in book.months.values() for one in month.wishes]
    page.title(_("Wishes, and why some were not granted"))
    page.sentence(_summary(verdicts))
    refused = sorted((v.request for v in verdicts if not v.granted), key=_order)
    page.section(_("Not granted: {count}").format(count=len(refused)))
    page.table(_refused_columns(book), refused)
    granted = [month for month in book.months.values() if month.wishes]
    count = len(verdicts) - len(refused)
    page.section(_("Granted: {count}").format(count=count))
    page.table(_granted_columns(), granted)
    page.finish()


def _order(request: Request) -> tuple[int, dt.date]:
    """Return the sort key of a request: strength, then date."""
    return tuple(Strength).index(request.strength), request.date


def _summary(verdicts: Sequence[WishVerdict]) -> str:
    """Return the numbers of wishes and granted wishes, by strength, as text."""
    parts = []
    for strength in Strength:
        own = [one.granted for one in verdicts if one.request.strength is strength]
        if own:
            text = _("{strength}: {granted} of {asked} granted")
            name = name_of(strength)
            parts.append(text.format(strength=name, granted=sum(own), asked=len(own)))
    note = sheet_note("wishes")
    return "  ".join([*parts, note])


def _granted_columns() -> tuple[TableColumn[PersonMonth], ...]:
    """Return how many wishes each person has, and how many are granted."""
    return (
        TableColumn(_("Name"), lambda month: month.staff),
        TableColumn(_("Asked"), lambda month: len(month.wishes), CENTRE),
        TableColumn(
            _("Of these granted"),
            lambda month: sum(one.granted for one in month.wishes),
            CENTRE,
        ),
    )


def _refused_columns(book: Book) -> tuple[TableColumn[Request], ...]:
    reasons = {one.request: one for one in book.roster.reasons}
    ledger = book.problem.ledger_by_name

    def mark(request: Request) -> Look:
        colour = Fill.SHORT if request.strength is Strength.MUST else Fill.WISH
        return replace(CENTRE, fill=colour, bold=True)

    def why(request: Request) -> str | None:
        known = reasons.get(request)
        return reason_text(known, book.rulebook) if known else None

    def before(request: Request) -> int | None:
        return ledger[request.staff].wishes_refused or None

    return (
        TableColumn(_("Name"), lambda request: request.staff),
        TableColumn(_("Date"), lambda request: date_text(request.date)),
        TableColumn(_("What"), wish_text),
        TableColumn(_("How strongly"), lambda one: name_of(one.strength), CENTRE),
        TableColumn(_("Outcome"), lambda _request: _("not granted"), mark),
        TableColumn(_("Planned"), partial(_planned, book), CENTRE),
        TableColumn(_("Refused before"), before, CENTRE),
        TableColumn(_("Why not"), why),
    )


def _planned(book: Book, request: Request) -> str:
    """Return the person's cell on the date of a request, with the on-call mark."""
    duty = book.roster.by_cell.get((request.staff, request.date))
    on_call = book.roster.on_call_by_date.get(request.date) == request.staff
    wished = request.date in book.months[request.staff].dates_as_wished
    text = "" if duty is None else book.language.write(duty, wished=wished)
    return f"{text}{ON_CALL_MARK}" if on_call else text

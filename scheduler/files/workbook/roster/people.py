"""Pages of staff and of users: labour law, wishes, services, room for guests.

They show the roster as planned, without later edits by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.audit.figures.limits import days_off_owed, hours_band
from scheduler.audit.figures.people import PersonMonth, WishVerdict
from scheduler.audit.users import (
    UserServices,
    registrant_days,
    services,
    services_by_user,
    services_per_week,
)
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.forecast import Service
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import day_fill
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.paging import fit_or_part
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import (
    Entry,
    SheetWriter,
    TableColumn,
    WorkbookWriter,
)
from scheduler.files.workbook.styles import BOLD, CENTRE, LEFT, Fill, Ink, Look
from scheduler.wording.duties import wish_text
from scheduler.wording.names import (
    cells_text,
    duration_text,
    name_of,
    role_name,
    sheet_note,
    short_names,
)
from scheduler.wording.notation import ON_CALL_MARK
from scheduler.wording.reasons import reason_text
from scheduler.wording.substitutes import (
    asked_text,
    more_text,
    stops_text,
    way_groups,
    way_texts,
    with_changes_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Room


LABOUR_COLUMNS = (16, 11, 10, 10, 10, 10, 10, 11, 8, 8, 8, 10, 8, 8, 11, 12, 30)
COUNTED = Look(size=9)
TIMED = Look(size=9, number="0.0")


def write_labour(book: Book, out: SheetWriter) -> None:
    """Fill the sheet of labour law by person."""
    out.title(_("Labour law, person by person"), LABOUR_COLUMNS)
    settings = book.problem.office.settings
    note = sheet_note("labour_law").format(
        wished=duration_text(settings.rest_wished),
        least=duration_text(settings.rest_least),
        row=settings.days_in_a_row_wished,
        most=settings.days_in_a_row_most,
    )
    out.sentence(note)
    first = out.row + 1
    out.table(_labour(book), [book.months[one.name] for one in book.grid.members])
    most, wished = settings.days_in_a_row_most, settings.days_in_a_row_wished
    rest = f'AND(P{first}<>"",P{first}<{{0}})'.format
    least, enough = settings.rest_least / HOUR, settings.rest_wished / HOUR
    for column, broken, unwished in (
        ("E", f"E{first}<0", ""),
        ("O", f"O{first}>{most}", f"O{first}>{wished}"),
        ("P", rest(f"{least:g}"), rest(f"{enough:g}")),
    ):
        area = f"{column}{first}:{column}{out.row - 1}"
        out.colour(area, broken, alarm=True, last=True)
        if unwished:
            out.colour(area, unwished, Fill.WISH)
    for text in _on_leave(book):
        out.sentence(text)
    out.finish(first - 1, freeze=2)


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
            least=_number(part.minutes_min, HOUR),
            most=_number(part.minutes_max, HOUR),
            full_least=_number(full.minutes_min, HOUR),
            full_most=_number(full.minutes_max, HOUR),
            off=_number(part.days_off_min),
            full_off=_number(full.days_off_min),
        )


def _number(number: int | None, unit: int = 1) -> str:
    return "-" if number is None else f"{number / unit:g}"


def _red(look: Look) -> Look:
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


def write_wishes(book: Book, out: SheetWriter) -> None:
    """Fill the page of wishes: those refused with reasons, those granted as counts."""
    verdicts = [one for month in book.months.values() for one in month.wishes]
    out.title(_("Wishes, and why some were not granted"), WISH_COLUMNS)
    out.sentence(_summary(verdicts))
    refused = sorted((v.request for v in verdicts if not v.granted), key=_order)
    out.section(_("Not granted: {count}").format(count=len(refused)))
    out.table(_refused_columns(book), refused)
    granted = [month for month in book.months.values() if month.wishes]
    count = len(verdicts) - len(refused)
    out.section(_("Granted: {count}").format(count=count))
    out.table(_granted_columns(), granted)
    out.finish()


def _order(request: Request) -> tuple[int, dt.date]:
    return tuple(Strength).index(request.strength), request.date


def _summary(verdicts: Sequence[WishVerdict]) -> str:
    """Return the numbers of wishes and granted wishes, by strength, as text."""
    parts, text = [], _("{strength}: {granted} of {asked} granted")
    for strength in Strength:
        own = [one.granted for one in verdicts if one.request.strength is strength]
        if own:
            name = name_of(strength)
            parts.append(text.format(strength=name, granted=sum(own), asked=len(own)))
    return "  ".join([*parts, sheet_note("wishes")])


def _granted_columns() -> tuple[TableColumn[PersonMonth], ...]:
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


USERS_WIDTHS = (14, 12, 12, 9, 9, 9, 9, 10)
FEW = replace(TIMED, fill=Fill.SHORT, ink=Ink.ALARM, bold=True)


def write_users(book: Book, out: SheetWriter) -> None:
    """Fill the page: a line for each registrant, and the office's average (C-06)."""
    problem, least = book.problem, book.rulebook["C-06"].int("per_week")
    out.title(_("Users' services (not to be posted)"), USERS_WIDTHS)
    out.sentence(sheet_note("users").format(least=least))
    head = out.row
    out.table(_columns(least), services_by_user(problem))
    made, days = services(problem), registrant_days(problem)
    average = services_per_week(made.total, days) if days else Fraction()
    by_plan = (made.day_use, made.visits, made.stays, made.total)
    out.line(
        (_("All, as expected"), "", days, *by_plan, float(average)),
        (LEFT, LEFT, *[COUNTED] * 5, TIMED if average >= least else FEW),
    )
    out.finish(head, freeze=1, landscape=False)


def _columns(least: int) -> tuple[TableColumn[UserServices], ...]:
    def level(one: UserServices) -> str:
        return name_of(one.user.care_level) if one.user.care_level else ""

    return (
        TableColumn(_("User"), lambda one: one.user.name, LEFT),
        TableColumn(_("Care level"), level, LEFT),
        TableColumn(_("Dates counted"), lambda one: one.days, COUNTED),
        TableColumn(_("Day use"), lambda one: one.day_use, COUNTED),
        TableColumn(_("Visits at home"), lambda one: one.visits, COUNTED),
        TableColumn(_("Overnight stays"), lambda one: one.stays, COUNTED),
        TableColumn(_("In all"), lambda one: one.total, COUNTED),
        TableColumn(
            _("A week"),
            lambda one: float(one.per_week),
            lambda one: TIMED if one.per_week >= least or not one.days else FEW,
        ),
    )


WIDTHS = (6, 8, 21)
"""Widths for each service: expected, how many more, what stops the next one."""
CHANGES_WIDTHS = (5, 7, 15, 7.5, 12)
"""Widths with changes: the same, then how many more with changes, and whom to ask."""
WAY_WIDTHS = (13, 9, 18, 18, 46)
"""Widths of date, service, how many more, whom to ask, what to ask."""

DATE = Look(size=10, bold=True, across="left", shrink=True)
MORE = Look(size=11, bold=True, fill=Fill.GOOD)
NONE = Look(size=10, ink=Ink.SOFT, fill=Fill.BAND)
CHANGED = Look(size=11, bold=True, fill=Fill.WISH)
WHY = Look(size=8, ink=Ink.SOFT, across="left", shrink=True)
ASKED = Look(size=8.5, across="left", shrink=True)
ON_DATE = Look(size=8.5, bold=True, across="left")


def write_room_page(book: Book, out: SheetWriter) -> None:
    """Fill the page of a roster workbook: room without any changes of duties."""
    _write_rooms(out, book.problem, book.rooms, None)


def write_room(
    problem: Problem, rooms: Sequence[Room], changes: int, path: Path
) -> Path:
    """Write a workbook of the page, with so many changes at most; return where."""
    writer = WorkbookWriter()
    _write_rooms(writer.add(_("Room for guests")), problem, rooms, changes)
    if any(room.ways for room in rooms):
        _write_ways(writer.add(_("What has to change"), WAY_WIDTHS), problem, rooms)
    return save_sealed(writer.workbook, path)


def _write_rooms(
    out: SheetWriter, problem: Problem, rooms: Sequence[Room], changes: int | None
) -> None:
    """Fill the page: a line for each date; without ``changes`` if ``None``."""
    sizes = WIDTHS if changes is None else CHANGES_WIDTHS
    out.title(_("Room for guests"), (14, *sizes * len(Service)))
    out.sentence(sheet_note("room"))
    headings = [_("Expected"), _("More"), _("The next one meets")]
    if changes is not None:
        text = sheet_note("room_with_changes")
        out.sentence(text.format(cells=cells_text(changes)))
        headings += [_("With changes"), _("Whom to ask")]
    head = out.row
    out.bands([name_of(service) for service in Service], len(sizes))
    out.headings((_("Date"), *headings * len(Service)))
    by_date: dict[dt.date, list[Room]] = {}
    for room in rooms:
        by_date.setdefault(room.date, []).append(room)
    names = short_names(member.name for member in problem.staff)
    for date, own in by_date.items():
        fill = day_fill(problem.period, date)
        out.put(out.row, 1, date_text(date), replace(DATE, fill=fill))
        for place, room in enumerate(own):
            cells = _cells(room, names, with_changes=changes is not None)
            out.cells(out.row, 2 + place * len(sizes), *zip(*cells, strict=True))
        out.height(14.5, out.row)
        out.row += 1
    out.finish((head, head + 1), freeze=2)
    fit_or_part(out.sheet, (head, head + 1))


def _cells(
    room: Room, names: Mapping[StaffId, str], *, with_changes: bool
) -> Iterator[tuple[Entry, Look]]:
    yield room.expected, COUNTED
    yield more_text(room), MORE if room.as_it_stands else NONE
    yield stops_text(room), WHY
    if with_changes:
        yield with_changes_text(room), CHANGED if room.ways else NONE
        # The first way is for one guest more than without changes.
        yield asked_text(room.ways[0], names) if room.ways else "", ASKED


def _write_ways(out: SheetWriter, problem: Problem, rooms: Sequence[Room]) -> None:
    out.title(_("What has to change"))
    head = out.row
    out.headings(
        (_("Date"), _("Service"), _("Guests more"), _("Whom to ask"), _("What to ask"))
    )
    names = short_names(member.name for member in problem.staff)
    for room in rooms:
        date = replace(ON_DATE, fill=day_fill(problem.period, room.date))
        for much, way in way_groups(room):
            values = (
                date_text(room.date),
                name_of(room.service),
                much,
                asked_text(way, names),
                "\n".join(way_texts(way, problem)),
            )
            out.line(values, (date, LEFT, LEFT, BOLD, LEFT))
    out.finish(head, freeze=1, landscape=False)

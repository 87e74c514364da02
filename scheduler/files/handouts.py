"""Personal slips (for print) and calendar files (for the phone) of a roster."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.scenario import Revision
from scheduler.domain.shifts import Duty, Shift
from scheduler.files.paths import safe_name
from scheduler.files.problems import WORKBOOK
from scheduler.files.saving import Unsaved, save_all
from scheduler.files.workbook import embedded
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.slip_cells import build_slips
from scheduler.wording.duties import (
    break_times,
    breaks_text,
    events_of,
    jobs_text,
    on_call_text,
    shift_name,
)
from scheduler.wording.times import span_text
from scheduler.wording.translation import _, language

JAPAN = ZoneInfo("Asia/Tokyo")
"""Time zone of the events; naive times of rosters are taken to be in it."""

SUFFIX = ".ics"
COUNTED_FROM = dt.datetime(2020, 1, 1, tzinfo=JAPAN)
"""Origin of SEQUENCE, in minutes: an event issued later replaces an earlier one."""

DIGEST = "X-SHOTAKI-CONTENT"
"""Property with the digest of all other lines, by which an edited file is noticed."""

_DIGEST_LINE = re.compile(rb"^" + DIGEST.encode() + rb":([0-9a-f]+)\r\n", re.MULTILINE)


class EventKind(StrEnum):
    """Kinds of events; a person may have one of each on a date."""

    SHIFT = "shift"
    ON_CALL = "on_call"


class Appointment(NamedTuple):
    """A calendar event: its time span, in clock minutes of its date, and its texts."""

    span: Interval
    summary: str
    place: str
    notes: tuple[str, ...]


Entry = tuple[dt.date, EventKind, str]
"""A date, a kind of event, and the house in which it takes place."""

Entries = dict[Entry, Appointment]


def calendar_of(
    problem: Problem,
    roster: RosterRecord,
    name: StaffId,
    *,
    issued: dt.datetime | None = None,
    plan: RosterRecord | None = None,
) -> bytes:
    """Return a person's shifts and nights on call as a calendar file.

    Parameters
    ----------
    issued
        When the roster was last changed; its own ``made_at`` if not given.
    plan
        The roster as issued, if it was edited since: shifts that it or one of its
        earlier versions has and ``roster`` has not are in the file as cancelled.

    Raises
    ------
    ValueError
        If neither ``issued`` nor the roster says when it was made.
    """
    if issued is None:
        if roster.made_at is None:
            raise ValueError("a roster that nobody dated needs a time of issue")
        issued = roster.made_at
    if issued.tzinfo is None:
        issued = issued.replace(tzinfo=JAPAN)
    entries = _entries(problem, roster, name)
    before = _withdrawn(problem, (plan or roster).revisions, name)
    before |= _entries(problem, plan, name) if plan else {}
    calendar = _calendar(name)
    for key in sorted(entries.keys() | before.keys()):
        entry = entries.get(key) or before[key]
        event = _event(name, key, entry, issued)
        if key not in entries:
            _cancel(event)
        calendar.add_component(event)
    digest = hashlib.blake2b(calendar.to_ical(), digest_size=16).hexdigest()
    calendar.add(DIGEST, digest)
    data: bytes = calendar.to_ical()
    return data


def is_untouched(path: Path) -> bool:
    """Tell whether a file is a calendar that nobody has edited since it was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    found = _DIGEST_LINE.search(data)
    rest = _DIGEST_LINE.sub(b"", data)
    digest = hashlib.blake2b(rest, digest_size=16).hexdigest().encode()
    return found is not None and found[1] == digest


def _calendar(name: StaffId) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//shotaki//roster//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = _("Shifts of {name}").format(name=name)
    zone = Timezone.from_tzid(str(JAPAN), first_date=COUNTED_FROM.date())
    zone.pop("COMMENT", None)
    calendar.add_component(zone)
    return calendar


def _event(
    name: StaffId,
    key: Entry,
    entry: Appointment,
    issued: dt.datetime,
) -> Event:
    midnight = dt.datetime.combine(key[0], dt.time(), JAPAN)
    event = Event()
    event.add("uid", _uid(name, key))
    event.add("dtstamp", issued.astimezone(dt.UTC))
    event.add("sequence", max(0, (issued - COUNTED_FROM) // dt.timedelta(minutes=1)))
    event.add("dtstart", midnight + dt.timedelta(minutes=entry.span.start))
    event.add("dtend", midnight + dt.timedelta(minutes=entry.span.end))
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    if entry.notes:
        event.add("description", "\n".join(entry.notes))
    return event


def _cancel(event: Event) -> None:
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    # In the title too, for programs that ignore the status.
    title = _("Cancelled: {summary}").format(summary=event.pop("summary"))
    event.add("summary", title)


def _uid(name: StaffId, key: Entry) -> str:
    """Return what the phone knows an event by: the same in the file of each house.

    By the place and not by the office that writes the file, so that the calendars of
    somebody who works in two houses have one event between them for each shift.
    """
    date, kind, place = key
    text = "\n".join((look_of(place), name, date.isoformat(), kind))
    return f"{uuid.uuid5(uuid.NAMESPACE_OID, text)}@shotaki"


def _entries(problem: Problem, roster: RosterRecord, name: StaffId) -> Entries:
    known = (roster.by_cell.get((name, date)) for date in problem.period.dates)
    nights = (
        date
        for date in problem.period.dates
        if roster.on_call_by_date.get(date) == name
    )
    return _told(problem, known, nights)


def _withdrawn(
    problem: Problem, revisions: Iterable[Revision], name: StaffId
) -> Entries:
    """Return a person's entries of earlier versions that a later version changed."""
    changed = [
        one for revision in revisions for one in revision.changes if one.staff == name
    ]
    nights = (one.date for one in changed if one.on_call is False)
    duties = (one.before for one in changed if one.on_call is not False)
    return _told(problem, duties, nights)


def _told(
    problem: Problem, duties: Iterable[Duty | None], nights: Iterable[dt.date]
) -> Entries:
    shifts = problem.shift_by_symbol
    told = [
        *(
            (one.date, EventKind.SHIFT, _shift(problem, one, shifts[one.shift]))
            for one in duties
            if one is not None and one.shift is not None
        ),
        *((date, EventKind.ON_CALL, _on_call(problem)) for date in nights),
    ]
    return {(date, kind, one.place): one for date, kind, one in told}


def _shift(problem: Problem, duty: Duty, shift: Shift) -> Appointment:
    place = shift.elsewhere or problem.office.name
    # The name of a shift in another house begins with that house, whose own file has
    # the same event and says the same.
    name = shift_name(shift).removeprefix(place).strip() or place
    summary = f"{name} {span_text(shift.interval)}"
    if place not in name:
        summary += f" {place}"
    notes = tuple(_notes(problem, duty, shift))
    return Appointment(shift.interval, summary, place, notes)


def _notes(problem: Problem, duty: Duty, shift: Shift) -> Iterator[str]:
    if len(problem.member_by_name[duty.staff].roles) > 1:
        yield jobs_text(shift, duty.roles, between="\n")
    yield from events_of(problem, duty)
    if duty.breaks:
        yield breaks_text(break_times(duty.breaks))


def _on_call(problem: Problem) -> Appointment:
    night = problem.office.on_call_band
    at_home = problem.office.settings.standby.from_home
    notes = (_("Standby at home"),) if at_home else ()
    place = problem.office.on_call_at
    return Appointment(night, f"{on_call_text(night)} {place}", place, notes)


class Handouts(Frozen):
    """The paths of the files that were written."""

    slips: str
    calendars: dict[StaffId, str]
    kept: tuple[str, ...] = ()
    """Files that were edited or open, and kept; the new ones have other names."""


def hand_out(
    file: RosterFile,
    folder: Path,
    last_changed: dt.datetime,
    names: Sequence[StaffId] = (),
) -> Handouts:
    """Write a workbook of slips, and a calendar file for each person.

    All files are written as drafts before the first takes its name.

    Parameters
    ----------
    file
        The roster read back, hand edits included.
    folder
        Where to write; it must exist.
    last_changed
        When the roster's file was last changed, in Japan's time.  It is used if cells
        were edited, or if the roster has no time of its own.
    names
        The people; everybody if empty.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    people = tuple(names) or tuple(member.name for member in file.problem.staff)
    edited = last_changed if file.changed else None
    issued = _issued(file, last_changed)
    month = f"{file.problem.period.first:%Y-%m}"
    title = safe_name(_("Personal slips"))
    target = folder / f"{title}-{month}{WORKBOOK}"
    book = build_slips(file, people, edited)
    wanted = [
        Unsaved(bytes_of(book), target, embedded.is_untouched),
        *(
            Unsaved(
                calendar_of(
                    file.problem, file.roster, name, issued=issued, plan=file.plan
                ),
                path,
                is_untouched,
            )
            for name, path in zip(people, _paths(folder, month, people), strict=True)
        ),
    ]
    slips, *found = save_all(wanted)
    pairs = zip(wanted, (slips, *found), strict=True)
    return Handouts(
        slips=str(slips),
        calendars={n: str(path) for n, path in zip(people, found, strict=True)},
        kept=tuple(str(one.path) for one, path in pairs if path != one.path),
    )


def _issued(file: RosterFile, last_changed: dt.datetime) -> dt.datetime:
    made = file.plan.made_at or last_changed
    # The clock of a copied file may lag; an edit is never older than what it edits.
    return max(made, last_changed) if file.changed else made


def _paths(folder: Path, month: str, people: Sequence[StaffId]) -> Iterator[Path]:
    """Yield a distinct path for each person, even if safe names coincide."""
    taken: set[str] = set()
    for name in people:
        stem = f"{month}-{safe_name(name)}"
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{month}-{safe_name(name)} ({number})"
        taken.add(stem.casefold())
        yield folder / f"{stem}{SUFFIX}"

"""The month as a grid: what stands in each cell, and what is said of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.audit.figures.people import PersonMonth
from scheduler.audit.findings import new_findings
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, ShiftKind
from scheduler.page.audited import WISHES, AuditedRoster
from scheduler.page.grid_values import (
    GridDate,
    MonthGrid,
    PersonRow,
    RoleRows,
    RosterCell,
    Said,
    day_look,
)
from scheduler.page.open_book import Cell, pinned
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.duties import break_times, entry_text, wish_text
from scheduler.wording.findings import clock_of, finding_words
from scheduler.wording.names import role_name, short_names
from scheduler.wording.notation import OFF_SYMBOLS, ROLE_MARKS, WISHED_DAY_OFF
from scheduler.wording.reasons import obstacle_texts, reason_text
from scheduler.wording.times import (
    clock_text,
    date_text,
    hours_and_minutes,
    weekday_text,
)
from scheduler.wording.translation import N_, _, language

if TYPE_CHECKING:
    from scheduler.page.open_roster import OpenRoster

TAIL = 3
"""Dates of last month's end that can be shown."""

TOLD = (
    *(Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST),
    *(Stance.CONTRACT, Stance.WISH, Stance.GUIDELINE),
)
"""Stances whose findings are told at the cell; the rest stand in the list."""

BROKEN = TOLD[: TOLD.index(Stance.CONTRACT) + 1]
"""Stances whose findings make a cell a breach."""

MOST_LINES = 3
"""Most times of one limit that are told at a cell."""

ON_CALL_ROW = "n"
"""The row of nights on call, in ids and requests; people have their number."""

KINDS = (
    (ShiftKind.EARLY, N_("early (head of a column)")),
    (ShiftKind.DAY, N_("day (head of a column)")),
    (ShiftKind.LATE, N_("late (head of a column)")),
    (ShiftKind.NIGHT, N_("night (head of a column)")),
)
SUMS = (
    *KINDS,
    (None, N_("on call (head of a column)")),
    (OffKind.DAY_OFF, N_("off (head of a column)")),
    (OffKind.PAID_LEAVE, N_("leave (head of a column)")),
)


NOT_CHOSEN = (OFF_SYMBOLS[OffKind.AWAY], WISHED_DAY_OFF)
"""Texts that are read but not offered: another word says the same, or nobody does."""


def month_grid(opened: OpenRoster) -> MonthGrid:
    """Return the grid of a roster as it is now, with what was typed.

    The one that was drawn last is kept: after an edit it is the one before.
    """
    key = opened.now, language()
    if opened.drawn is None or opened.drawn[0] != key:
        opened.drawn = key, _Grid(opened, opened.now).build()
    return opened.drawn[1]


def saved_grid(opened: OpenRoster) -> MonthGrid:
    """Return the grid of a roster as the workbook has it."""
    return _Grid(opened, opened.saved).build()


class _Grid:
    def __init__(self, opened: OpenRoster, audited: AuditedRoster) -> None:
        self._opened = opened
        self._problem: Problem = audited.problem
        self._roster: Roster = audited.roster
        self._audited = audited
        self._rulebook: Rulebook = rules_of(self._problem)
        self._edits: Mapping[Cell, str] = opened.typed
        self._dates = self._problem.period.dates
        self._wishes = {
            (one.staff, one.date): wish_text(one) for one in self._problem.requests
        }
        self._pinned = pinned(self._problem.pins)
        self._called = {
            (staff, date) for date, staff in self._roster.on_call_by_date.items()
        }
        self._says = self._gathered()

    def build(self) -> MonthGrid:
        """Return the grid."""
        before = self._problem.history.dates[-TAIL:]
        return MonthGrid(
            dates=tuple(self._head(date) for date in self._dates),
            before=before,
            groups=tuple(self._groups(before)),
            on_call=tuple(self._night(date) for date in self._dates),
            counts=tuple(self._counts()),
            margins=tuple(self._audited.margins[date] for date in self._dates),
            heads=tuple(_(text) for _kind, text in SUMS),
            legend=tuple(self._legend()),
        )

    def _gathered(self) -> dict[tuple[str, dt.date | None], list[Finding]]:
        """Return what is told by person and date; an empty name is the date's head."""
        found: dict[tuple[str, dt.date | None], list[Finding]] = defaultdict(list)
        known, shown = (
            (*audited.findings, *audited.in_other_houses)
            for audited in (self._opened.saved, self._audited)
        )
        new = set(map(id, new_findings(shown, known)))
        for finding in shown:
            if finding.stance not in TOLD:
                continue
            date = finding.date or (finding.begin.date() if finding.begin else None)
            for name in finding.people or ("",):
                found[name, date].append(finding)
            for staff, day in self._edits if id(finding) in new else ():
                # What an edit has broken is told at the edit as well.
                near = day == date if not finding.people else staff in finding.people
                if near and finding not in found[staff, day]:
                    found[staff, day].append(finding)
        return found

    def _said(self, name: str, date: dt.date | None) -> tuple[Said, ...]:
        told: dict[tuple[str, str], list[str]] = {}
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for one in self._says.get((name, date), ()):
            words = finding_words(one, self._rulebook)
            when = clock_of(one) if one.date == date else words.when
            who = "" if one.people == (name,) else words.who
            line = " ".join(filter(None, (one.house, when, who, words.sides)))
            told.setdefault((words.what, words.source), []).append(line)
            found[words.what, words.source].append(one)
        return tuple(
            Said(
                what,
                (*lines[:MOST_LINES], *_and_more(lines)),
                source,
                tuple(self._why(found[what, source])),
            )
            for (what, source), lines in told.items()
        )

    def _why(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield what keeping a limit would have cost when the roster was made."""
        plan = self._opened.file.plan
        yield from obstacle_texts(findings, plan.obstacles, self._rulebook)
        refused = {(one.people, one.date) for one in findings if one.rule == WISHES}
        for reason in plan.reasons:
            if ((reason.request.staff,), reason.request.date) in refused:
                yield reason_text(reason, self._rulebook)

    def _is_broken(self, name: str, date: dt.date | None) -> bool:
        return any(one.stance in BROKEN for one in self._says.get((name, date), ()))

    def _head(self, date: dt.date) -> GridDate:
        held = [one for one in self._problem.events if one.is_held_on(date)]
        holiday = self._problem.period.holiday_names.get(date, "")
        says = self._said("", date)
        mark = "bad" if self._is_broken("", date) else "noted" if says else ""
        names = "、".join(one.name for one in held) or holiday
        weekday = _("hol") if holiday else weekday_text(date.weekday())
        return GridDate(
            id=f"d{self._index(date)}",
            date=date,
            weekday=weekday,
            look=self._day_look(date),
            event=names,
            says=says,
            mark=mark,
            label=" ".join(filter(None, (date_text(date), names))),
        )

    def _index(self, date: dt.date) -> int:
        return (date - self._dates[0]).days

    def _day_look(self, date: dt.date) -> str:
        look = day_look(self._problem.period, date)
        return "sa wk" if look == "sa" else look

    def _groups(self, before: Sequence[dt.date]) -> Iterator[RoleRows]:
        rows = enumerate(self._problem.staff)
        for role, people in groupby(rows, lambda row: row[1].roles[0]):
            yield RoleRows(
                role_name(role),
                tuple(self._row(number, one.name, before) for number, one in people),
            )

    def _row(self, number: int, name: StaffId, before: Sequence[dt.date]) -> PersonRow:
        tail = self._problem.history.by_cell
        language = self._opened.language
        member = self._problem.member_by_name[name]
        choices = dict.fromkeys(map(look_of, language.choices(member)))
        for text in NOT_CHOSEN:
            choices.pop(text, None)
        return PersonRow(
            number=number,
            name=name,
            cells=tuple(self._cell(number, name, date) for date in self._dates),
            before=tuple(
                language.write(tail[name, date]) if (name, date) in tail else ""
                for date in before
            ),
            sums=self._sums(number, name),
            says=self._said(name, None),
            is_broken=self._is_broken(name, None),
            choices=tuple(choices),
            hours=hours_of_contract(self._audited.months[number]),
        )

    def _cell(self, number: int, name: StaffId, date: dt.date) -> RosterCell:
        duty = self._roster.by_cell.get((name, date))
        symbol, roles = self._text(duty)
        pauses = duty.breaks if duty else ()
        marks = [self._day_look(date), self._duty_look(duty)]
        marks += ["two"] if len(symbol) > 1 else []
        words = [entry_text(duty.shift, duty.off, ()) if duty else _("empty")]
        if pauses:
            words.append(_("breaks {times}").format(times=break_times(pauses)))
        wish = self._wishes.get((name, date))
        if wish:
            refused = any(
                one.rule == WISHES for one in self._says.get((name, date), ())
            )
            marks.append("refused" if refused else "wish")
            text = _("wish {wish} refused") if refused else _("as wished")
            words.append(text.format(wish=wish))
        known = (
            ("pin", _("fixed (cell)"), (name, date) in self._pinned),
            ("onc", _("on call"), (name, date) in self._called),
            ("chg", _("changed"), (name, date) in self._edits),
            ("bad", _("not in order"), self._is_broken(name, date)),
        )
        marks += [mark for mark, _text, is_so in known if is_so]
        words += [text for _mark, text, is_so in known if is_so]
        label = f"{date_text(date)} {name} {'、'.join(words)}"
        return RosterCell(
            id=f"c{number}-{self._index(date)}",
            symbol=symbol,
            roles=roles,
            look=" ".join(filter(None, marks)),
            label=label,
            says=self._said(name, date),
            breaks="\n".join(_narrow(clock_text(one.start)) for one in pauses),
        )

    def _text(self, duty: Duty | None) -> tuple[str, str]:
        """Return the symbol, and the marks of its roles where it has any."""
        if duty is None:
            return "", ""
        text = self._opened.language.write(duty)
        if duty.shift is None:
            return text, ""
        marks = text.removeprefix(duty.shift).removeprefix("/")
        if marks and all(mark in ROLE_MARKS.values() for mark in marks):
            return str(duty.shift), marks
        return text, ""

    def _duty_look(self, duty: Duty | None) -> str:
        if duty is None:
            return "none"
        if duty.shift is None:
            return "after" if duty.off is OffKind.AFTER_NIGHT else "rest"
        shift = self._problem.shift_by_symbol[duty.shift]
        return "night" if shift.is_night else ""

    def _night(self, date: dt.date) -> RosterCell:
        names = short_names(member.name for member in self._problem.staff)
        name = self._roster.on_call_by_date.get(date)
        marks = [self._day_look(date)]
        words = [f"{date_text(date)} {_('On call')} {name or _('nobody')}"]
        for mark, text, cells in (
            ("pin", _("fixed (cell)"), self._pinned),
            ("chg", _("changed"), self._edits),
        ):
            if ("", date) in cells:
                marks.append(mark)
                words.append(text)
        return RosterCell(
            id=f"c{ON_CALL_ROW}-{self._index(date)}",
            symbol=names.get(name, name) if name else "",
            roles="",
            look=" ".join(filter(None, marks)),
            label="、".join(words),
            says=(),
        )

    def _sums(self, number: int, name: StaffId) -> tuple[str, ...]:
        month = self._audited.months[number]
        kinds = Counter(self._kinds_of(name))
        counted = (
            *(kinds[kind] for kind, _text in KINDS),
            *(month.on_call, month.days_off, month.paid_leave),
        )
        hours = hours_and_minutes(month.credited).removesuffix(":00")
        return (*map(_or_dot, counted), hours)

    def _kinds_of(self, name: StaffId) -> Iterator[ShiftKind]:
        for date in self._dates:
            shift = self._problem.shift_of(self._roster.by_cell.get((name, date)))
            if shift is not None:
                yield shift.kind

    def _counts(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        by_date: Counter[tuple[ShiftKind, dt.date]] = Counter()
        for (_name, date), duty in self._roster.by_cell.items():
            shift = self._problem.shift_of(duty)
            # Whoever works in another house is nobody here.
            if shift is not None and not shift.elsewhere:
                by_date[shift.kind, date] += 1
        for kind, text in KINDS:
            yield _(text), tuple(by_date[kind, date] for date in self._dates)

    def _legend(self) -> Iterator[tuple[str, str]]:
        for shift in self._problem.shifts:
            begin, end = shift.start, shift.end
            passes = _("next ") if end > 1440 else ""
            first, last = hours_and_minutes(begin), hours_and_minutes(end % 1440 or end)
            yield shift.symbol, f"{_plain(first)}–{passes}{_plain(last)}"


def hours_of_contract(month: PersonMonth) -> str:
    """Write a person's hours against the contract's, and what is left of them."""
    hours = hours_and_minutes(month.credited)
    least, most = month.contract_min, month.contract_max
    if least is None and most is None:
        return _("Hours by contract: {hours}").format(hours=hours)
    texts = ("" if one is None else hours_and_minutes(one) for one in (least, most))
    agreed = "〜".join(texts)
    if most is None:
        text = _("Hours by contract: {hours} of {agreed}")
        return text.format(hours=hours, agreed=agreed)
    left = most - month.credited
    text = _("Hours by contract: {hours} of {agreed}, {left} left")
    if left < 0:
        text = _("Hours by contract: {hours} of {agreed}, {left} too many")
    told = hours_and_minutes(abs(left))
    return text.format(hours=hours, agreed=agreed, left=told)


def _and_more(lines: Sequence[str]) -> Iterator[str]:
    if len(lines) > MOST_LINES:
        yield _("and {number} more").format(number=len(lines) - MOST_LINES)


def _plain(clock: str) -> str:
    return clock.removesuffix(":00")


def _narrow(clock: str) -> str:
    """Write a clock time as narrow as a cell: the minutes below the hour, if any."""
    return _plain(clock).replace(":", "\n:")


def _or_dot(number: int) -> str:
    return str(number) if number else "·"

"""The wall sheet (掲示用): one page for the break room, and nothing that is private.

In the roster workbook every symbol, name and count is a formula on the manager's sheet,
so it follows what is typed there; its value is stored too, for programs that calculate
nothing.  For a print of its own, the values alone are written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.base import StaffId
from scheduler.domain.homes import homes
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.references import at, quoted, sheet_of
from scheduler.files.workbook.roster.book import EVENT_ROW as MANAGERS_EVENT_ROW
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.day_rows import count_row, remark_row
from scheduler.files.workbook.roster.symbols import DAY_OFF, PostedSymbols
from scheduler.files.workbook.roster.totals import cell_of, column_of, shift_column
from scheduler.files.workbook.roster.wall_frame import (
    Leading,
    finish,
    leader_formula,
    leader_on,
    leaders,
    write_dates,
    write_head,
    write_legend,
)
from scheduler.files.workbook.roster.wall_layout import (
    COUNTS,
    NAME_COLUMN,
    NAMES,
    NOTED,
    NOTES,
    ON_CALL,
    CountRow,
    WallGrid,
    is_noted,
)
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter
from scheduler.files.workbook.styles import Edge, Formula, Ink, Look
from scheduler.wording.notation import ABSENT_ON_PAPER
from scheduler.wording.places import marked
from scheduler.wording.times import date_text, span_text
from scheduler.wording.translation import _


def write_wall(book: Book, out: SheetWriter) -> None:
    """Fill the wall sheet with formulas on the manager's sheet."""
    _Wall(book, out, is_live=True).write()


def write_wall_print(book: Book, out: SheetWriter) -> None:
    """Fill a wall sheet that stands alone, with values."""
    _Wall(book, out, is_live=False).write()


@dataclass(frozen=True)
class _Wall:
    book: Book
    out: SheetWriter
    is_live: bool

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        write_head(self.book, self.out, self.grid)
        write_dates(self.book, self.out, self.grid, self._events)
        for member in self.book.grid.members:
            self._person(member)
            if member.name in self.grid.former:
                self._plan(member)
        self._on_call()
        for place, leading in enumerate(leaders(self.book.problem)):
            self._leaders(self.grid.leader_row + place, leading)
        for place, counted in enumerate(self.grid.counted):
            self._counts(self.grid.count_row + place, counted)
        self._remarks()
        write_legend(self.out, self.grid, self._legend)
        finish(self.book, self.out, self.grid)

    @cached_property
    def posted(self) -> PostedSymbols:
        """What cells are posted as."""
        return PostedSymbols(self.book.problem)

    @cached_property
    def grid(self) -> WallGrid:
        """Rows and columns."""
        book = self.book
        return WallGrid(
            book=book,
            former=frozenset(name for name, _date in book.former),
            former_nights=bool(book.former_nights),
            leaders=len(leaders(book.problem)),
            symbols=frozenset(map(self.posted.of_duty, book.roster.duties)),
            legend=self._legend,
            remarks="".join(text for _formula, text in self._parts),
        )

    def _entry(self, formula: str, value: str | int | None) -> Entry:
        """Return a formula with its value; in a print, the value alone."""
        return Formula.of(f"={formula}", value or "") if self.is_live else value

    def _managers(self, row: int, date: dt.date) -> str:
        place = at(row, self.book.grid.columns[date])
        return f"{sheet_of(self.book.labels.roster)}!{place}"

    def _events(self, date: dt.date) -> Entry:
        told, cell = self.book.occasions[date], self._managers(MANAGERS_EVENT_ROW, date)
        if is_noted(told):
            return self._entry(f'IF({cell}="","","{NOTED}")', NOTED)
        return self._entry(f'{cell}&""', "\n".join(told))

    def _person(self, member: StaffMember) -> None:
        book, out, grid = self.book, self.out, self.grid
        row = grid.rows[member.name]
        group = book.grid.edges[member.name] == "group"
        name = Look(size=NAMES, bold=True, across="left", shrink=True)
        name = replace(name, edge="wall group" if group else "wall")
        out.put(row, NAME_COLUMN, member.name, name)
        for date, column in grid.columns.items():
            symbol = self.posted.of_duty(book.roster.by_cell.get((member.name, date)))
            text = self._managers(book.grid.rows[member.name], date)
            entry = self._entry(book.tables.posted(text), symbol)
            look = self._look(date, group=group)
            if (member.name, date) in book.changed_cells:
                look = replace(look, edge="wall changed")
            wished = date in book.months[member.name].dates_as_wished
            shows_wishes = book.problem.office.settings.wall_wishes
            look = replace(look, underline=wished and shows_wishes)
            out.put(row, column, entry, look)
        own = book.short_names[member.name]
        self._totals(member, row)
        out.put(row, grid.last_column, own, name)

    def _look(self, date: dt.date, *, group: bool) -> Look:
        """Return the look of a symbol; weeks end with a strong line."""
        saturday = date.weekday() == 5
        edge: Edge = "wall"
        if group:
            edge = "wall group week" if saturday else "wall group"
        elif saturday:
            edge = "wall week"
        return Look(
            size=self.grid.symbol_size,
            fill=self.book.day_fill(date),
            edge=edge,
            shrink=True,
        )

    def _plan(self, member: StaffMember) -> None:
        """Write what was planned at first, below the cells that say otherwise now."""
        book, out, grid = self.book, self.out, self.grid
        row = grid.rows[member.name] + 1
        soft = Look(size=NAMES - 2, across="right", edge="wall", ink=Ink.SOFT)
        out.put(row, NAME_COLUMN, _("in the plan"), soft)
        for date, column in grid.columns.items():
            cell = member.name, date
            text = self.posted.of_duty(book.former[cell]) if cell in book.former else ""
            look = replace(self._look(date, group=False), ink=Ink.SOFT)
            out.put(row, column, text or None, look)
        for column in range(grid.first_total, grid.last_column + 1):
            out.put(row, column, None, soft)

    def _totals(self, member: StaffMember, row: int) -> None:
        book, out, grid = self.book, self.out, self.grid
        month = book.months[member.name]
        times = dict(month.shifts)
        group = book.grid.edges[member.name] == "group"
        look = Look(size=COUNTS - 1, number="0;-0;", shrink=True)
        look = replace(look, edge="wall group" if group else "wall")
        column = grid.first_total
        for symbols in grid.kinds.values():
            # Only an office by itself has a manager's sheet to count on.
            own = [
                cell_of(book, member.name, shift_column(book, symbol))
                for symbol in (symbols if self.is_live else ())
            ]
            value = sum(times.get(symbol, 0) for symbol in symbols)
            out.put(row, column, self._entry("+".join(own), value), look)
            column += 1
        if ON_CALL in grid.totals:
            cell = cell_of(book, member.name, column_of(book, "on_call"))
            out.put(row, column, self._entry(cell, month.on_call), look)
            dates = grid.month(row)
            off = sum(
                self.posted.of_duty(book.roster.by_cell.get((member.name, date)))
                == DAY_OFF
                for date in grid.columns
            )
            # Days off and leave together: the difference would tell of leave.
            formula = f'SUMPRODUCT(--EXACT({dates},"{DAY_OFF}"))'
            out.put(row, column + 1, self._entry(formula, off), look)

    def _on_call(self) -> None:
        book, out, grid = self.book, self.out, self.grid
        head = Look(size=NAMES, bold=True, across="left", edge="wall group")
        out.put(grid.on_call_row, NAME_COLUMN, book.labels.on_call, head)
        if grid.former_nights:
            soft = replace(head, bold=False, across="right", edge="wall", ink=Ink.SOFT)
            out.put(grid.on_call_row + 1, NAME_COLUMN, _("in the plan"), soft)
        for date, column in grid.columns.items():
            look = replace(self._look(date, group=True), upright=True, bold=True)
            look = replace(look, size=grid.on_call_size)
            if date in book.changed_nights:
                look = replace(look, edge="wall changed")
            name = book.roster.on_call_by_date.get(date)
            own = book.short_names.get(name, name) if name else ""
            where = self._managers(book.grid.on_call_row, date)
            entry = self._entry(f'{where}&""', own)
            out.put(grid.on_call_row, column, entry, look)
            if grid.former_nights:
                had = book.former_nights.get(date, StaffId(""))
                text = book.short_names.get(had, had) or None
                soft = replace(self._look(date, group=False), upright=True)
                soft = replace(soft, ink=Ink.SOFT, size=grid.on_call_size)
                out.put(grid.on_call_row + 1, column, text, soft)

    def _leaders(self, row: int, leading: Leading) -> None:
        """Write who leads on each date: the first of the group who has a shift."""
        book, out, grid = self.book, self.out, self.grid
        head = Look(size=NAMES, bold=True, across="left", edge="wall group")
        out.put(row, NAME_COLUMN, leading.label, replace(head, shrink=True))
        for date, column in grid.columns.items():
            posted = {
                name: self.posted.of_duty(book.roster.by_cell.get((name, date)))
                for name in grid.rows
            }
            name = leader_on(leading, date, posted)
            given = date, column, grid.rows, book.short_names
            formula = leader_formula(leading, *given)
            look = replace(self._look(date, group=True), upright=True)
            look = replace(look, size=grid.on_call_size)
            entry = self._entry(formula, book.short_names.get(StaffId(name)))
            out.put(row, column, entry, look)

    def _counts(self, row: int, counted: CountRow) -> None:
        book, out, grid = self.book, self.out, self.grid
        place = row - grid.count_row
        first = not place or grid.counted[place - 1].home.number != counted.home.number
        head = Look(size=NOTES, across="left", edge="wall group" if first else "wall")
        out.put(row, NAME_COLUMN, counted.label, replace(head, shrink=True))
        symbols = counted.symbols
        for date, column in grid.columns.items():
            cells = [
                self._managers(count_row(book, symbol), date)
                for symbol in (symbols if self.is_live else ())
            ]
            value = sum(
                duty.date == date and duty.shift in symbols
                for duty in book.roster.duties
            )
            look = replace(self._look(date, group=first), size=COUNTS, number="0;-0;")
            out.put(row, column, self._entry("+".join(cells), value), look)

    def _remarks(self) -> None:
        """Write the remarks of all dates in one line, with their dates.

        Events that do not fit above are among them, and times and places of events,
        unless somebody has taken the event off the manager's sheet.
        """
        row, (formulas, texts) = self.grid.remark_row, zip(*self._parts, strict=True)
        head = Look(size=NOTES, across="left", edge="wall group")
        self.out.put(row, NAME_COLUMN, _("Remarks"), head)
        look, last = replace(head, wrap=True), self.grid.last_column
        entry = self._entry("&".join(formulas), "".join(texts))
        self.out.across(row, NAME_COLUMN + 1, last, entry, look)

    @cached_property
    def _parts(self) -> tuple[tuple[str, str], ...]:
        """The parts of the line of remarks, each as a formula and as a text."""
        return tuple(self._remark_parts())

    def _remark_parts(self) -> Iterator[tuple[str, str]]:
        book, told = self.book, self._told
        dates = book.problem.period.dates
        first = self._managers(MANAGERS_EVENT_ROW, dates[0])
        last = self._managers(MANAGERS_EVENT_ROW, dates[-1]).rsplit("!", 1)[1]
        for name, text in self._times_of_events():
            found = f"SUMPRODUCT(--ISNUMBER(FIND({quoted(name)},{first}:{last})))"
            remark = f"{text}　"
            yield f'IF({found}=0,"",{quoted(remark)})', remark
        for date in dates:
            day = _("{month}/{day}:").format(month=date.month, day=date.day)
            if is_noted(book.occasions[date]):
                cell = self._managers(MANAGERS_EVENT_ROW, date)
                listed = f'SUBSTITUTE({cell},CHAR(10),"・")'
                text = f"{day}{'・'.join(book.occasions[date])}　"
                yield f'IF({cell}="","","{day}"&{listed}&"　")', text
            cell = self._managers(remark_row(book), date)
            text = f"{day}{told[date]}　" if date in told else ""
            yield f'IF({cell}="","","{day}"&{cell}&"　")', text

    def _times_of_events(self) -> Iterator[tuple[str, str]]:
        """Yield the events that have a time or a place, and what is told of each.

        The order is that of the dates on which they are first held.
        """
        every = [
            (home, one)
            for home in homes(self.book.problem)
            for one in home.problem.events
        ]
        told: dict[str, str] = {}
        for date in self.book.problem.period.dates:
            for home, event in every:
                when = span_text(event.span) if event.span else ""
                if event.is_held_on(date) and (when or event.place):
                    text = " ".join(filter(None, (event.name, when, event.place)))
                    told.setdefault(marked(home, text), event.name)
        yield from ((name, text) for text, name in told.items())

    @property
    def _told(self) -> dict[dt.date, str]:
        """The remark of each date that has one, of several houses those of all."""
        found: dict[dt.date, str] = {}
        for home in homes(self.book.problem):
            for day in home.problem.forecast.days:
                if day.remark:
                    text = marked(home, day.remark)
                    known = found.get(day.date)
                    found[day.date] = f"{known}・{text}" if known else text
        return found

    @cached_property
    def _legend(self) -> tuple[str, ...]:
        return tuple(self._meanings())

    def _meanings(self) -> Iterator[str]:
        """Yield what the symbols of the sheet mean: shifts by their times."""
        problem = self.book.problem
        was = filter(None, self.book.former.values())
        meanings = dict(self.posted.meanings((*was, *self.book.roster.duties)))
        if self.is_live:
            # Whoever falls ill is typed into the manager's sheet later.
            meanings.setdefault(ABSENT_ON_PAPER, _("away"))
        yield from map(" ".join, meanings.items())
        if any(is_noted(self.book.occasions[date]) for date in problem.period.dates):
            yield _("{mark} see the remarks").format(mark=NOTED)
        if problem.office.settings.wall_wishes:
            yield _("underlined: as wished")
        month = self.book.worked
        until = month.actual.stamped_until if month else None
        if until is not None:
            text = _("until {date} as worked; “in the plan” below what is other")
            yield text.format(date=date_text(until))
        if self.book.changed_cells or self.book.changed_nights:
            yield _("dashed frame: changed")

"""Parsing the cells of the grids: requests, pins, and the duties of the tail.

Requests are such as 休◎, 日/遅, ×夜△, 夜不可 or 前休できれば; pins and duties are
written as in a roster.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.likeness import different, look_of, neat, person_named, recognised
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Strength, Want
from scheduler.domain.shifts import BreakOption, Duty, Shift, ShiftKind
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import TAIL
from scheduler.files.workbook.reading.rows import read_cell
from scheduler.files.workbook.reading.times import span_past_midnight, within_shift
from scheduler.wording.names import NAMES
from scheduler.wording.notation import (
    ENDINGS,
    OR,
    STRENGTHS,
    CellLanguage,
    plain_roles,
    says_on_call,
    want_of,
    without_not,
)
from scheduler.wording.translation import spellings

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.grids import Filled, GridCell
    from scheduler.files.workbook.reading.notes import CellPlace, Loc, Notes
    from scheduler.files.workbook.reading.tables import Table


ShiftWords = Mapping[str, Sequence[str]]
"""What may be typed for shifts, each word with the symbols that it means."""


def shift_words(lines: Iterable[tuple[str, str, str]]) -> ShiftWords:
    """Return what may be typed for shifts and work of a symbol, a name and a kind each.

    A symbol comes first, then what people make of it, then names.  The word of a kind
    of shift stands for all shifts of that kind: 夜勤 for either kind of night.
    """
    known = tuple(lines)
    found: dict[str, list[str]] = {}
    for said in (
        lambda symbol, _name, _kind: (symbol,),
        lambda symbol, _name, _kind: [symbol + ending for ending in ENDINGS],
        lambda _symbol, name, _kind: (name,) if name else (),
        lambda _symbol, _name, kind: (
            words.names_of_kind(ShiftKind(kind)) if kind else ()
        ),
    ):
        taken = frozenset(map(look_of, found))
        for line in known:
            for word in said(*line):
                if look_of(word) not in taken:
                    found.setdefault(word, []).append(line[0])
    return found


def words_of(problem: Problem) -> ShiftWords:
    """Return what may be typed for the shifts and kinds of work of a problem."""
    shifts = [(str(one.symbol), one.name, one.kind.value) for one in problem.shifts]
    work = [(str(one.symbol), one.name, "") for one in problem.kinds if one.hours]
    return shift_words([*shifts, *work])


def words_in(data: Mapping[str, Any], symbols: Sequence[str]) -> ShiftWords:
    """Return what may be typed, by lines read but not validated yet.

    ``symbols`` are those of shifts that can be used.
    """
    lines = [one for one in data["shifts"] if one["symbol"] in symbols]
    lines += [kind for kind in data["kinds"] if kind.get("hours")]
    return shift_words(
        (one["symbol"], one.get("name", ""), one.get("kind", "")) for one in lines
    )


NOTHING = "-"
"""A dash in a cell: nothing is asked for."""
BETWEEN = re.compile(r"[、,，;；\s]+")
BRACKETS = "()（）"
"""Brackets that somebody may put around the strength, as in 休(必ず)."""
NOTE = re.compile(r"(.+?)\s*[(（][^()（）]+[)）]")
"""An entry with a remark behind it, in brackets: 休（通院）."""
REASONS = frozenset(
    {
        *("通院", "受診", "病院", "検診", "歯医者", "手術", "入院", "看病", "介護"),
        *("テスト", "試験", "学校", "参観", "授業参観", "参観日", "運動会", "発表会"),
        *("入学式", "卒業式", "入園式", "卒園式", "保護者会", "PTA", "子の行事"),
        *("結婚式", "法事", "葬儀", "葬式", "通夜", "冠婚葬祭", "墓参り"),
        *("旅行", "帰省", "用事", "私用", "家の用事", "家庭の事情", "引越し", "役所"),
    }
)
"""Words that say why somebody asks, and not what for: a day off, or half of one."""
DATED = re.compile(r"(?:\d{1,2}[月/])?\d{1,2}日?(?:[~-]\d{1,2}日?)?\D+")
"""10日休み希望, 15〜17有休: what is asked for other dates than that of the cell."""
ALSO = {**dict.fromkeys("○◯〇⭕", Strength.STRONG), "必須": Strength.MUST}


def read_requests(
    grid: Filled, shifts: ShiftWords, notes: Notes
) -> list[dict[str, Any]]:
    """Read the requests of a grid, row by row."""
    requests: list[dict[str, Any]] = []
    remarked: list[CellPlace] = []
    for cell in grid.people:
        text, has_remark = without_remark(cell.text, shifts)
        if has_remark:
            remarked.append(cell.place)
        unread = []
        for entry, request in read_entries(text, shifts):
            if request is None:
                unread.append(entry)
                continue
            loc = ("requests", len(requests))
            notes.places[loc] = cell.place
            requests.append({"staff": cell.name, "date": cell.date, **request})
        if unread:
            # What is no request at all is told as it was typed: 子の 入学式.
            is_all = len(unread) == len(read_entries(text, shifts))
            value = shown(cell.text if is_all else "、".join(unread))
            is_reason = all(look_of(one) in REASONS for one in unread)
            is_dated = all(DATED.fullmatch(neat(one)) for one in unread)
            code = "reason_alone" if is_reason and is_all else "not_request"
            code = "wishes_of_dates" if is_dated else code
            notes.report(code, cell.place, value=value)
    _warn_of_remarks(remarked, notes)
    return requests


def _warn_of_remarks(places: list[CellPlace], notes: Notes) -> None:
    if places:
        notes.warn("remarks_not_read", places)


def without_remark(text: str, shifts: ShiftWords) -> tuple[str, bool]:
    """Return what a cell asks for, and whether it has a remark in brackets as well."""
    bare = without_note(text)
    is_remarked = bare and read_entry(bare, shifts) and not read_entry(text, shifts)
    return (bare, True) if is_remarked else (text, False)


def without_note(text: str) -> str:
    """Return what stands before a remark in brackets; empty if there is none."""
    match = NOTE.fullmatch(text.strip())
    return match[1] if match else ""


def read_entries(
    text: str, shifts: ShiftWords
) -> list[tuple[str, dict[str, Any] | None]]:
    """Return the entries of a cell, each with its request, ``None`` if not understood.

    A text that can be understood as a whole is one entry, even with blanks: 夜 不可.
    """
    whole = text.strip()
    request = read_entry(whole, shifts)
    if request is not None:
        return [(whole, request)]
    entries = [one for one in BETWEEN.split(whole) if look_of(one) not in ("", NOTHING)]
    return [(entry, read_entry(entry, shifts)) for entry in entries]


def read_entry(text: str, shifts: ShiftWords) -> dict[str, Any] | None:
    """Return the request of one entry, or ``None`` if it is not understood."""
    word = recognised(text, shifts)
    if word is not None:
        return _wish(Want.SHIFT, Strength.STRONG, shifts[word])
    weighed, strength = _weighed(text)
    what, refused = without_not(weighed)
    if refused and says_on_call(what):
        return _wish(Want.NOT_ON_CALL, strength)
    named = _shifts(what, shifts)
    if named:
        want = Want.NOT_SHIFT if refused else Want.SHIFT
        return _wish(want, strength, named)
    want_off = None if refused else want_of(what)
    return None if want_off is None else _wish(want_off, strength)


def _wish(want: Want, strength: Strength, shifts: Sequence[str] = ()) -> dict[str, Any]:
    wish: dict[str, Any] = {"want": want, "strength": strength}
    return wish | {"shifts": list(shifts)} if shifts else wish


def _shifts(text: str, shifts: ShiftWords) -> list[str]:
    """Return the shifts that a text names; empty if one of them is unknown."""
    found = [recognised(one, shifts) for one in text.replace("／", OR).split(OR)]
    known = [symbol for word in found if word is not None for symbol in shifts[word]]
    return list(dict.fromkeys(known)) if None not in found else []


def _weighed(text: str) -> tuple[str, Strength]:
    """Split an entry into its text and its strength, a mark or word at the end."""
    for word, strength in _weights():
        bare = text.rstrip(BRACKETS)
        if bare.casefold().endswith(word) and len(bare) > len(word):
            return bare[: -len(word)].rstrip(BRACKETS).strip(), strength
    return text, Strength.STRONG


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, Strength], ...]:
    marks = ((mark, strength) for strength, mark in STRENGTHS.items() if mark)
    words = (
        (word.casefold(), strength)
        for strength in Strength
        for word in spellings(NAMES["Strength"][strength])
    )
    return (*marks, *words, *ALSO.items())


DAYS = TAIL.columns[1]


def read_tail(
    table: Table, grid: Filled, problem: Problem, notes: Notes
) -> dict[str, list[Any]]:
    """Read the tail, given a problem that is otherwise complete."""
    return {
        "duties": _tail_duties(grid, problem, notes),
        "on_call": read_on_call(grid, ("history", "on_call"), problem, notes),
        "days_off_before": _days_off(table, grid, notes),
    }


def _not_read(code: str, cell: GridCell, language: CellLanguage, notes: Notes) -> None:
    """Report a cell without a meaning, or with one but for the mark 宿 at its end."""
    code, facts = language.refused(code, cell.text)
    notes.report(code, cell.place, value=shown(cell.raw), **facts)


def _tail_duties(grid: Filled, problem: Problem, notes: Notes) -> list[Duty]:
    language = CellLanguage(problem)
    duties: list[Duty] = []
    unclear: set[dt.date] = set()
    for cell in grid.people:
        duty = duty_before(cell.text, cell.name, cell.date, problem, language)
        if duty is None:
            unclear.add(cell.date)
            _not_read("not_duty", cell, language, notes)
            continue
        notes.places["history", "duties", len(duties)] = cell.place
        duties.append(duty)
    if not unclear <= {duty.date for duty in duties}:
        # A date whose only cells were not understood shall not be reported as missing.
        notes.doubt(TAIL)
    return duties


WITH_BREAKS = re.compile(r"(?:@|\((?:休憩|break)\s*)([^()]*)\)?$")
"""Breaks behind a symbol of the tail: 夜（休憩 翌2:00-翌4:00); once 夜@26:00-28:00."""


WITH_EVENTS = re.compile(r"\((?:行事|event)\s*(.*)\)$")
"""Events that were come to, behind a symbol of the tail: 日（行事 職員会議）."""


def duty_before(
    text: str, name: str, date: dt.date, problem: Problem, language: CellLanguage
) -> Duty | None:
    """Return the duty that a cell of the tail means; ``None`` if it means none."""
    told = unicodedata.normalize("NFKC", text)
    attended = WITH_EVENTS.search(told)
    told = told[: attended.start()].strip() if attended else told
    sign = WITH_BREAKS.search(told)
    meaning = language.read((told[: sign.start()] if sign else told).strip())
    member = problem.member_by_name.get(StaffId(name))
    if meaning is None or member is None:
        return None
    if (sign or attended) and meaning.shift is None:
        return None
    names = re.split(r"[、,;]", attended[1]) if attended else ()
    events = [recognised(name, tuple(problem.event_by_name)) for name in names]
    if None in events:
        return None
    if meaning.shift is None:
        return Duty(staff=member.name, date=date, off=meaning.off, kind=meaning.kind)
    shift = problem.shift_by_symbol[meaning.shift]
    breaks = _breaks(sign[1], shift) if sign else shift.break_options[0]
    if breaks is None:
        return None
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=meaning.roles or plain_roles(member, shift),
        breaks=breaks,
        events=tuple(name for name in events if name),
    )


def _breaks(text: str, shift: Shift) -> BreakOption | None:
    pieces = [piece for piece in neat(text).split("+") if piece.strip()]
    if words.means(text, words.NONE):
        return ()
    try:
        spans = [span_past_midnight(piece) for piece in pieces]
        return tuple(
            Interval(*within_shift(one, shift.start, shift.end)) for one in spans
        )
    except ValueError:
        return None


def read_on_call(
    grid: Filled, loc: Loc, problem: Problem, notes: Notes
) -> list[dict[str, Any]]:
    """Read the on-call row of a grid.

    Parameters
    ----------
    loc
        Path of the list in the problem.
    """
    names = different(problem.member_by_name)
    nights: list[dict[str, Any]] = []
    for cell in grid.labelled.get(words.ON_CALL_ROW, ()):
        name = person_named(cell.text, names)
        if name is None:
            # Where somebody was removed, their nights on call are left behind as well.
            is_left = cell.place.sheet in notes.left_behind
            facts = unknown_facts(shown(cell.raw), names)
            tell = notes.warn if is_left else notes.report_all
            tell("unknown_person", [cell.place], **facts)
            continue
        notes.places[(*loc, len(nights))] = cell.place
        nights.append({"staff": name, "date": cell.date})
    return nights


def _days_off(table: Table, grid: Filled, notes: Notes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, row in grid.rows.items():
        line = table.line(row)
        if line.is_filled(DAYS.path):
            place, raw = line.place(DAYS.path), line.raw(DAYS.path)
            loc = ("history", "days_off_before", len(found), "days")
            notes.remember(loc, place, TAIL, DAYS)
            days = read_cell(DAYS, raw, place, loc, notes)
            found.append({"staff": name, "days": days})
    return found


def read_pins(grid: Filled, problem: Problem, notes: Notes) -> dict[str, list[Any]]:
    """Read the pins, given a problem that is otherwise complete."""
    return {
        "duties": _pinned_duties(grid, problem, notes),
        "on_call": read_on_call(grid, ("pins", "on_call"), problem, notes),
    }


def _pinned_duties(
    grid: Filled, problem: Problem, notes: Notes
) -> list[dict[str, Any]]:
    language = CellLanguage(problem)
    duties: list[dict[str, Any]] = []
    remarked: list[CellPlace] = []
    for cell in grid.people:
        meaning = language.read(cell.text)
        if meaning is None and (bare := without_note(cell.text)):
            meaning = language.read(bare)
            remarked += [cell.place] if meaning else []
        if meaning is None:
            if look_of(cell.text) != NOTHING:
                _not_read("not_pin", cell, language, notes)
            continue
        notes.places["pins", "duties", len(duties)] = cell.place
        duties.append(
            {
                "staff": cell.name,
                "date": cell.date,
                "shift": meaning.shift,
                "roles": meaning.roles or (),
                "off": meaning.off,
                "kind": meaning.kind,
            }
        )
    _warn_of_remarks(remarked, notes)
    return duties

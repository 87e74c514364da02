"""What the columns of a file of stamps mean: guessed once, kept beside the roster.

The file is TOML, small enough to be mended by hand; one an office.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from scheduler.domain.actual import GRACE
from scheduler.domain.base import Frozen
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.paths import safe_name
from scheduler.files.saving import overwrite
from scheduler.files.validation import file_bytes, refused, toml_read
from scheduler.wording.translation import _

SUFFIX = "打刻の列.toml"
"""What the name of the file has behind that of the office."""

LARGEST = 100_000
"""Largest file, in bytes; one has some 300."""

NUMBERED = re.compile(r"\.\d+$")
"""What the second of two columns with the same heading has behind it."""


class ClockColumns(Frozen):
    """The headings of the columns of a file of stamps."""

    name: str = ""
    """The person, as on the staff list; this or the number."""
    number: str = ""
    """The person's number in the pay system."""
    date: str = ""
    """The date; empty if the stamps of a log have their own."""
    came: tuple[str, ...] = ()
    """Coming; several where a line has several pairs."""
    went: tuple[str, ...] = ()
    """Going, one for each of ``came``."""
    stamp: str = ""
    """In a log of one line a stamp, its time, perhaps with its date."""
    kind: str = ""
    """In such a log, what a stamp is; empty if it does not say."""
    in_words: tuple[str, ...] = ()
    """Words for coming that are not known by themselves, such as 1."""
    out_words: tuple[str, ...] = ()
    break_words: tuple[str, ...] = ()
    back_words: tuple[str, ...] = ()
    rest: str = ""
    """Minutes of break, or hours and minutes; empty if the file has none."""
    rest_from: tuple[str, ...] = ()
    """Beginnings of breaks, where the file has their clock times."""
    rest_to: tuple[str, ...] = ()
    """Ends of breaks, one for each of ``rest_from``."""
    grace: int = Field(default=GRACE, ge=0, le=60)
    """Minutes before a shift and after it that are no difference."""

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that the file must have."""
        single = (self.name, self.number, self.date, self.stamp, self.kind, self.rest)
        pairs = (*self.came, *self.went, *self.rest_from, *self.rest_to)
        return (*(one for one in single if one), *pairs)


KEYS = {
    "name": "name",
    "number": "number",
    "date": "date",
    "in": "came",
    "out": "went",
    "break": "rest",
    "break-from": "rest_from",
    "break-to": "rest_to",
    "stamp": "stamp",
    "kind": "kind",
    "in-word": "in_words",
    "out-word": "out_words",
    "break-word": "break_words",
    "back-word": "back_words",
}
"""What a column means: in the file and on the command line, and in `ClockColumns`."""

SEVERAL = ("came", "went", "rest_from", "rest_to")
SPOKEN = ("in_words", "out_words", "break_words", "back_words")
"""Those that are words in the lines, and no headings."""

LOG = ("stamp", "kind", *SPOKEN)
"""What only a log of one line a stamp has."""
BY_DAY = (*SEVERAL, "rest")
"""What only a file of one line a person and date has."""

PERSON = r"(社員|従業員|職員|スタッフ|個人|ユ-ザ-?)?"
WORDS = {
    "number": rf"{PERSON}(番号|コ-ド|no\.?|id|code|number)",
    "name": rf"{PERSON}(氏名|名前|名|name)",
    "date": r"(勤務|出勤|打刻|就業)?(日付|年月日|日|date)",
    "came": r"(出勤|出社|始業|入室|勤務開始|開始|in)(時刻|時間|打刻|日時)?\d*",
    "went": r"(退勤|退社|終業|退室|勤務終了|終了|out)(時刻|時間|打刻|日時)?\d*",
    "rest": r"休憩(時間|分|時間\(分\))?|break",
    "rest_from": r"休憩(開始|入り?)(時刻|打刻)?\d*",
    "rest_to": r"休憩(終了|戻り?)(時刻|打刻)?\d*",
    "stamp": r"(打刻|記録|スタンプ)?(日時|時刻)|タイムスタンプ|timestamp|datetime|time",
    "kind": r"(打刻|勤怠)?(種別|区分|種類)|(出退勤|入退[室館]?)(区分)?|type|in/?out",
}
"""Headings that are known, by what they mean, in small letters and by `look_of`."""


def columns_path(folder: Path, office: str) -> Path:
    """Return the file that says what an office's columns mean."""
    return folder / f"{safe_name(office)}-{SUFFIX}"


def read_columns(path: Path) -> ClockColumns | None:
    """Return what the columns mean; ``None`` if there is no file.

    Raises
    ------
    InputError
        If the file says something else.
    """
    if not path.exists():
        return None
    data = file_bytes(path, LARGEST)
    found = toml_read(data, path.name, ClockColumns, "columns_unreadable", KEYS)
    _check(found, path.name)
    return found


def write_columns(columns: ClockColumns, path: Path) -> Path:
    """Write what the columns mean in place of the file at ``path``."""
    lines = [
        "# " + _("The columns of the file of stamps, by their headings."),
        "# " + _("grace: minutes before a shift and after it that are no difference."),
    ]
    for key, field in KEYS.items():
        value = getattr(columns, field)
        if value:
            # A text, or a list of texts, is written alike in JSON and in TOML.
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    lines.append(f"grace = {columns.grace}")
    return overwrite(("\n".join(lines) + "\n").encode(), path)


def guessed(
    headings: Sequence[str], told: Mapping[str, Sequence[str]] = {}
) -> ClockColumns | None:
    """Return what columns mean by their headings; ``None`` if that is not clear.

    Parameters
    ----------
    told
        What somebody has said: headings by the field of `ClockColumns`.
    """
    looks = {
        heading: look_of(NUMBERED.sub("", heading)).lower() for heading in headings
    }
    found: dict[str, object] = {}
    for field, words in WORDS.items():
        own = [one for one in headings if re.fullmatch(words, looks[one])]
        own = list(told.get(field, own))
        if field in SEVERAL:
            found[field] = tuple(own)
        elif own:
            found[field] = own[0]
    found |= {field: tuple(told[field]) for field in SPOKEN if field in told}
    by_day = "date" in found and found["came"] and found["went"]
    if by_day:
        found = {key: said for key, said in found.items() if key not in LOG}
    elif "stamp" in found:
        found = {key: said for key, said in found.items() if key not in BY_DAY}
    is_clear = ("name" in found or "number" in found) and (by_day or "stamp" in found)
    return ClockColumns.model_validate(found) if is_clear else None


def told_columns(
    given: Iterable[str], headings: Sequence[str], source: str
) -> dict[str, tuple[str, ...]]:
    """Return what was said on the command line: 出勤時刻 as ``in=出勤時刻``.

    Raises
    ------
    InputError
        If a word or a heading is not known; all of them.
    """
    told: dict[str, tuple[str, ...]] = {}
    mistakes = []
    by_look = {look_of(heading): heading for heading in headings}
    for text in given:
        key, _sign, heading = text.partition("=")
        field, known = KEYS.get(key.strip()), by_look.get(look_of(heading))
        if field in SPOKEN and heading:
            told[field] = (*told.get(field, ()), heading)
        elif field is not None and heading and known is not None:
            told[field] = (*told.get(field, ()), known)
        else:
            is_word = field is None or not heading
            code = "column_word" if is_word else "column_heading"
            words = {"keys": ", ".join(KEYS), "headings": "、".join(headings)}
            mistakes.append(Mistake.at(code, source, value=text, **words))
    if mistakes:
        raise InputError(mistakes)
    return told


def chosen_columns(
    meanings: Mapping[str, str], words: Mapping[str, str], grace: int, source: str
) -> ClockColumns:
    """Return what columns mean by a choice for each of them.

    Parameters
    ----------
    meanings
        The field of `ClockColumns` by heading; headings that mean nothing are left out.
    words
        Likewise for the words in a log's lines.

    Raises
    ------
    InputError
        If columns that belong together are not all there, or one meaning of which
        there is only one was chosen twice.
    """
    found: dict[str, object] = {"grace": grace}
    for told, several in ((meanings, SEVERAL), (words, SPOKEN)):
        for heading, field in told.items():
            if field in several:
                found[field] = (*found.get(field, ()), heading)  # type: ignore[misc]
            elif field in found:
                raise refused("columns_twice", source)
            else:
                found[field] = heading
    columns = ClockColumns.model_validate(found)
    _check(columns, source)
    return columns


def _check(columns: ClockColumns, source: str) -> None:
    """Raise `InputError` if columns that belong together are not all there."""
    if not columns.name and not columns.number:
        raise refused("columns_person", path=source)
    is_log = bool(columns.stamp)
    by_day = bool(columns.date and columns.came and columns.went)
    if is_log == by_day:
        raise refused("columns_which", path=source)
    pairs = ((columns.came, columns.went), (columns.rest_from, columns.rest_to))
    if any(len(begin) != len(end) for begin, end in pairs):
        raise refused("columns_pairs", path=source)

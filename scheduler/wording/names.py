"""Names of the values of the domain's types, and numbers with their units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Stance
from scheduler.domain.ledger import Burden
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.translation import _, ngettext, sentences, spellings

NAMES: dict[str, dict[str, str]] = sentences("names")
"""Names and other words by type or meaning (``names.toml``), then by value.

Values of different types may be equal strings.
"""


SHEET_NOTES: dict[str, str] = sentences("sheet_notes")
"""Sentences on the sheets of rosters that say how these are read."""


def sheet_note(name: str) -> str:
    """Return a note on a sheet, translated; its facts are still to be filled in."""
    return _(SHEET_NOTES[name])


def name_of(value: StrEnum) -> str:
    """Return the name of a value of a type that has names (``names.toml``)."""
    return word_of(type(value).__name__, value)


def spellings_of(value: StrEnum) -> tuple[str, ...]:
    """Return the name of such a value in every language, as a user may type it."""
    return spellings(NAMES[type(value).__name__][value])


def word_of(section: str, key: str) -> str:
    """Return a text of a section of ``names.toml``."""
    return _(NAMES[section][key])


def role_name(role: Role) -> str:
    """Return the name of a role: 介護, 看護, 計画作成, 管理."""
    return name_of(role)


def burden_name(burden: Burden) -> str:
    """Return the name of a burden; the symbol if it is a named shift."""
    return burden.shift or name_of(burden.kind)


def counted_name(name: str) -> str:
    """Return what a personal limit counts, as a spot names it; symbols stay as such."""
    counted = name in tuple(Counted)
    return name_of(Counted(name)) if counted else name


def off_name(off: OffKind) -> str:
    """Return the name of a kind of day without a shift."""
    return name_of(off)


def day_kind_name(problem: Problem, symbol: str) -> str:
    """Return the name of one of the office's kinds of day, or else its symbol."""
    names = {str(kind.symbol): kind.name for kind in problem.kinds}
    return names.get(symbol) or symbol


def stance_name(stance: Stance) -> str:
    """Return the name of a stance, and so of a level of the objective."""
    return name_of(stance)


def duration_text(minutes: int) -> str:
    """Write a length of time: 7時間30分."""
    hours, rest = divmod(abs(minutes), HOUR)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return sign + _("{minutes} min").format(minutes=rest)
    if not rest:
        return sign + _("{hours} h").format(hours=hours)
    return sign + _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def people_text(number: int) -> str:
    """Write a number of people: 3人."""
    return ngettext("{number} person", "{number} people", number).format(number=number)


def days_text(number: int) -> str:
    """Write a number of days: 3日."""
    return ngettext("{number} day", "{number} days", number).format(number=number)


def owed_text(number: int) -> str:
    """Write days off agreed minus those given: 2日不足, or 5日多い."""
    if number > 0:
        text = ngettext("{number} day short", "{number} days short", number)
    elif number < 0:
        text = ngettext("{number} day more", "{number} days more", -number)
    else:
        return days_text(0)
    return text.format(number=abs(number))


def cells_text(number: int) -> str:
    """Write a number of cells: 3セル."""
    return ngettext("{number} cell", "{number} cells", number).format(number=number)


def times_text(number: int) -> str:
    """Write a number of times: 3回."""
    return ngettext("{number} time", "{number} times", number).format(number=number)


def share_text(thousandths: int) -> str:
    """Write a number of times in thousandths, such as a fair share: 3.33回."""
    times = f"{thousandths / 1000:.2f}".rstrip("0").rstrip(".")
    text = ngettext("{number} time", "{number} times", thousandths // 1000)
    return text.format(number=times)


def yen_text(yen: int) -> str:
    """Write an amount of money: 2,460,000円."""
    return _("{yen} yen").format(yen=f"{yen:,}")


def first_of(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """Return at most ``most`` texts, followed by the number of the others if any."""
    if len(texts) <= most:
        return tuple(texts)
    return (*texts[:most], _("and {more} more").format(more=len(texts) - most))


def first_text(texts: Sequence[str], most: int, between: str) -> str:
    """Join at most ``most`` texts, with the number of the others if any."""
    listed = between.join(texts[:most])
    if len(texts) <= most:
        return listed
    more = _("{listed} and {more} more")
    return more.format(listed=listed, more=len(texts) - most)


def first_names(names: Sequence[str], most: int) -> str:
    """Join at most ``most`` names, with the number of the other people if any."""
    told = "、".join(names[:most])
    if len(names) <= most:
        return told
    more = _("{names} and {count} more")
    return more.format(names=told, count=len(names) - most)


NAME_BREAKS = (" ", "\u3000", "・", "･")
"""What stands between the parts of a name."""


def short_names(names: Iterable[StaffId]) -> dict[StaffId, str]:
    """Return a short name for each person: a prefix that no other name has.

    It is the family name, if a blank follows it, or longer where people share it; of a
    name with middle dots its first part.
    """
    everybody = tuple(names)
    return {name: _short(name, everybody) for name in everybody}


def _short(name: StaffId, everybody: tuple[StaffId, ...]) -> str:
    family = next((at for at, one in enumerate(name) if one in NAME_BREAKS), len(name))
    for length in range(max(1, family), len(name)):
        begun = name[:length]
        if not begun.endswith(NAME_BREAKS):
            alike = sum(other.startswith(begun) for other in everybody)
            if alike == 1:
                return begun
    return name


def begun_from_text(path: object) -> str:
    """Write that a search begins from the roster of the same month that is there."""
    return _("The search begins from the roster of this month: {path}").format(
        path=path
    )


def file_left_text(path: object) -> str:
    """Write that a file was left as it is, so that the new one has another name."""
    text = _("({path} was open, protected or edited by hand, and was left as it is.)")
    return text.format(path=path)

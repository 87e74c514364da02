"""Columns and sheets of an input workbook, and what earlier versions called them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from scheduler.domain.fields import FieldKind, Input, input_at
from scheduler.domain.problem import Problem
from scheduler.wording.translation import N_, sentences, spellings

TEXTS = sentences("input_sheets")
"""What stands on the sheets beside what the fields of the models say of themselves."""

KEY_HEADINGS = (N_("Item"), N_("Value"), N_("Unit"), N_("Meaning"))
"""Headings of a sheet of keys and values."""


@dataclass(frozen=True)
class Column(Input):
    """A field as a column of a table, or a line of a sheet of keys and values."""

    width: float = 12
    later: bool = False
    """Added in a later version: workbooks without it are read with its default."""
    asked: str = ""
    """The sentence that asks for it on the sheet, in place of the heading."""
    offers: str = ""
    """Title of the sheet whose names its drop-down offers."""
    shown_only: bool = False
    """Whether it is written for people only, and never read."""

    @property
    def label(self) -> str:
        """What stands on the sheet: the sentence, or else the heading."""
        return self.asked or self.heading

    @property
    def known_as(self) -> tuple[str, ...]:
        """All texts by which it is found on a sheet."""
        asked = known_as(self.asked) if self.asked else ()
        return (*asked, *known_as(self.heading))


@dataclass(frozen=True)
class Sheet:
    """Layout of a sheet, which ``name`` finds among the texts."""

    name: str
    columns: tuple[Column, ...] = ()
    section: tuple[str, ...] = ()
    """Path of the list of its rows in the problem; empty for keys and values."""
    later: bool = False
    """Added in a later version: workbooks without it are read as if it were empty."""
    keys_given: bool = False
    """Whether keys are written in advance, so that a row with only a key is empty."""
    lines: int = 20
    """Fewest lines of a table, filled or not, that are written."""
    labels: tuple[str, ...] = ()
    """First cells of a grid's rows that are read and belong to no person (message
    ids)."""

    @property
    def title(self) -> str:
        """Its title, a message id."""
        return title_of(self.name)

    @property
    def hint(self) -> str:
        """The sentence below the title, a message id."""
        hint: str = TEXTS["sheets"][self.name]["hint"]
        return hint

    @property
    def key(self) -> Column:
        """The column that must be filled in for a row to be read."""
        return self.columns[0]

    @property
    def titles(self) -> tuple[str, ...]:
        """All titles under which the sheet is read."""
        return known_as(self.title)

    @property
    def has_keys(self) -> bool:
        """Whether it is a sheet of keys and values, not a table or a grid."""
        return not self.section


def title_of(name: str) -> str:
    """Return the title of the sheet with a name."""
    title: str = TEXTS["sheets"][name]["title"]
    return title


def columns_of(
    model: type[BaseModel], fields: str, offers: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Return columns for fields of a model.

    Parameters
    ----------
    fields
        Path and width in characters of each, in order: ``name 16, kind 10 later``;
        ``later`` for those that were added in a later version.
    offers
        Names of the sheets whose names the drop-downs offer, by path.
    """
    found = []
    for field in fields.split(","):
        path, width, *later = field.split()
        column = Column(**vars(input_at(model, path)), width=float(width))
        offered = title_of(offers[path]) if offers and path in offers else ""
        found.append(replace(column, later=bool(later), offers=offered))
    return tuple(found)


def own_column(
    name: str, kind: FieldKind, width: float = Column.width, **more: Any
) -> Column:
    """Return a column that no model has; its path is the last part of ``name``."""
    texts = TEXTS["columns"][name]
    given = (name.rpartition(".")[2], texts["heading"], kind, texts["meaning"])
    return Column(*given, width=width, **more)


def lines_of(paths: Collection[str], later: Collection[str] = ()) -> Iterator[Column]:
    """Yield the lines of a sheet of keys and values, by their paths in the problem.

    What a manager decides is asked in a sentence in place of the heading.
    """
    for path in paths:
        asked = TEXTS["asked"].get(path, "")
        given = vars(input_at(Problem, path))
        yield Column(**given, later=path in later, asked=asked)


FORMER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Cuts": ("区切り",),
        "Day profile": ("一日の流れ",),
        "Forward rotation": ("正循環",),
        "Hours, least": ("最少時間",),
        "Hours, most": ("最多時間",),
        "No work at night": ("深夜業の制限",),
        "Read me": ("はじめに",),
        "Profile": ("流れの名前",),
        "Profile of the date": ("流れ",),
        "Price: a day off less": ("解決策の負担点：公休1日減",),
        "Price: a day user less": ("解決策の負担点：通い1人減",),
        "Price: a guest's night moved": ("解決策の負担点：泊まりの移動",),
        "Price: a must-have wish given up": ("解決策の負担点：必須の希望",),
        "Price: a night less": ("解決策の負担点：夜勤1回減",),
        "Price: a pinned cell changed": ("解決策の負担点：固定セル",),
        "Price: an extra day of work": ("解決策の負担点：出勤1日増",),
        "Price: an hour above the contract": ("解決策の負担点：契約超過",),
        "Price: an hour below the contract": ("解決策の負担点：契約不足",),
        "Price: an hour of a temporary worker": ("解決策の負担点：応援・派遣",),
        "Price: an hour of an office must": ("解決策の負担点：必須ルール",),
        "Price: an hour of overtime": ("解決策の負担点：時間外労働",),
        "Price: one more in a row": ("解決策の負担点：連続1日増",),
        "Price: one more night": ("解決策の負担点：夜勤1回増",),
    }
)
"""Former words, by the message id of today's word."""

SAID_BEFORE = (
    "One line for each thing that happens; lines with the same name belong together. "
    "shotaki whatif FILE --scenarios plans every what-if and compares them.",
    "1行に1つ、起きることを書きます。案の名前が同じ行は、いっしょに起きることとして"
    "扱います。保存して閉じ、「shotaki whatif このファイル --scenarios」を実行すると、"
    "案ごとに組み直して比べます。",
    "Absence: who, when, until. Leaving: who, when (the last day). Joining: who, when "
    "(the first day), and like whom. Change of shift: who, when, until, and the "
    "symbol. Numbers of users: when, until, and the number.",
    "書くもの — 欠勤: 氏名・いつ・まで。退職: 氏名・いつ（最後の日）。入職: 氏名・"
    "いつ（最初の日）・内容（だれと同じ条件か）。勤務の変更: 氏名・いつ・まで・"
    "内容（記号）。人数・件数: いつ・まで・内容（数）。1日だけなら「まで」は空欄に"
    "します。",
)
"""Sentences of forms that now read otherwise: nobody has typed them."""


def known_as(message: str) -> tuple[str, ...]:
    """Return a title or heading in both languages, and what it was called before."""
    return (*spellings(message), *FORMER.get(message, ()))

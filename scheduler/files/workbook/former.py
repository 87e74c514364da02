"""Titles and headings of earlier versions, which are still read.

Each stands beside the message id of today's.  One table for all sheets, so that a word
that is changed for the better is changed in one place and no workbook is refused.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from scheduler.wording.translation import spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

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
)
"""Sentences of forms that now read otherwise: nobody has typed them."""


def known_as(message: str) -> tuple[str, ...]:
    """Return a title or heading in both languages, and what it was called before."""
    return (*spellings(message), *FORMER.get(message, ()))

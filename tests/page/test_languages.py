"""Each screen is in one language: nothing is left in the other."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from scheduler.files.workbook.layout import SHEETS
from scheduler.page.office import RULES
from scheduler.wording.names import short_names
from scheduler.wording.notation import (
    HALVES,
    OFF_SYMBOLS,
    ROLE_MARKS,
    WISHED_DAY_OFF,
)
from scheduler.wording.translation import spellings
from tests.support import week
from tests.support.busy_month import busy_problem
from tests.support.page_screens import (
    FILES,
    HEADINGS,
    filled,
    numbered_screens,
    screens_of,
)
from tests.support.pages import application, visitor
from tests.support.thorough import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scheduler.wording.translation import Language

SHOWN = ("aria-label", "title", "placeholder", "alt", "data-failed", "hx-confirm")
"""Attributes that somebody reads or hears."""

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
SAME_IN_BOTH = ("shotaki", "Excel", "English", "日本語", "xlsx", "CSV", "clock.csv")
"""Names of programs, languages and files."""

ENCODINGS = ("Shift_JIS", "UTF-8")

KEYS = ("Shift", "Enter", "Esc", "Escape", "Delete", "Ctrl")
MARKS = (
    "宿",
    "固",
    WISHED_DAY_OFF,
    *ROLE_MARKS.values(),
    *(one[0] for one in HALVES.values()),
)
"""Marks of the workbook beside its symbols of shifts and leave."""

CERTIFICATES = ("介護支援専門員", "計画作成担当者研修", "要確認", "36協定")
"""What English texts call by its name in Japanese, too."""


WEEKS = ("火木 9:30-16:00", "木金", "火 10:00-10:30")
"""Examples of what is typed of a week: weekdays are Japanese, as in the workbook."""


class Words(HTMLParser):
    """What can be read or heard of a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found.extend(text for name, text in attrs if name in SHOWN and text)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(data.strip())


def typed_texts() -> list[str]:
    """Return what stands in the workbooks, the longest first: nobody turns that."""

    def texts(of: object) -> Iterator[str]:
        if isinstance(of, str):
            yield of
        elif isinstance(of, dict):
            for one in of.values():
                yield from texts(one)
        elif isinstance(of, list):
            for one in of:
                yield from texts(one)

    months = (busy_problem(), week.PROBLEM)
    found = {*OFF_SYMBOLS.values(), *SAME_IN_BOTH, *FILES, *HEADINGS}
    for month in months:
        found |= {*texts(json.loads(month.model_dump_json()))}
        found |= set(short_names(one.name for one in month.staff).values())
    found |= {*KEYS, *ENCODINGS, *MARKS, *CERTIFICATES, *WEEKS}
    # Sheets are called as in the workbook, which is written in Japanese.
    found |= {text for one in SHEETS for text in spellings(one.title)}
    # What is typed into a cell is shown by examples, and people type Japanese.
    found |= {one.hint for one in SHEETS}
    found |= {RULES.sub("", c.meaning) for one in SHEETS for c in one.columns}
    return sorted((one for one in found if one.strip()), key=len, reverse=True)


def foreign_words(
    language: Language, screens: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Yield what stands on screens in the other language."""
    foreign = JAPANESE if language == "en" else ENGLISH
    own = re.compile("|".join(map(re.escape, typed_texts())))
    for address, text in screens:
        words = Words()
        words.feed(text)
        for one in dict.fromkeys(words.found):
            # Thousands of texts are tried at every letter: only where it matters.
            if foreign.search(one) and foreign.search(own.sub("", one)):
                yield f"{address}: {one}"


@pytest.mark.parametrize("after_searches", [False, many(True)])
def test_no_screen_speaks_japanese_in_english(
    tmp_path: Path, after_searches: bool
) -> None:
    """The other way round, every screen is looked at where all are open anyway."""
    filled(tmp_path)
    client = visitor(application(tmp_path))
    client.post("/language", data={"language": "en"})
    screens = [*screens_of(client)]
    if after_searches:
        screens += numbered_screens(client)
    assert len({address.split("/")[1] for address, _text in screens}) >= 10
    assert sorted({*foreign_words("en", screens)}) == []

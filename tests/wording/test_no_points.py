"""Nothing that managers read has points, scores or weights in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from openpyxl import load_workbook

from scheduler.cli.screen import _text
from scheduler.domain.agreements import Prices
from scheduler.domain.finding import Stance
from scheduler.files.samples import SAMPLES
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.solver.solve import Progress

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "scheduler" / "wording" / "locale"
CATALOGUE = LOCALE / "ja" / "LC_MESSAGES" / "shotaki.po"
POINTS = re.compile(r"[0-9０-９}一]\s*点(?!検)|点数|負担点|ペナルティ|スコア|重み")
"""How Japanese speaks of points; 点検 is an audit."""
PAGES = ("README.ja.md", "docs/commands.ja.md")


def test_no_message_speaks_of_points() -> None:
    """Not the terminal, no page, no comment in a workbook."""
    with CATALOGUE.open("rb") as file:
        texts = [str(message.string) for message in read_po(file, locale="ja")]
    assert [text for text in texts if POINTS.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_for_managers_speaks_of_points(page: str) -> None:
    """Not the manual either."""
    assert POINTS.findall((ROOT / page).read_text(encoding="utf-8")) == []


def test_progress_tells_hours_of_law_and_no_sums_of_wishes() -> None:
    """Levels below law add up what people do not add."""
    told = [
        _text(Progress(0.0, level, value, bound), better)
        for level, value, bound, better in (
            (Stance.STATUTORY, 990, 0, 0),
            (Stance.WISH, 2040, 0, 0),
            (Stance.WISH, 360, 0, 1),
            (Stance.WISH, 180, 180, 2),
            (Stance.FAIR, 1_000_002, 0, 0),
        )
    ]
    assert told == [
        "人員基準: いまの最良 16時間30分、下限 0",
        "希望: 探索中",
        "希望: 1回良くなりました。さらに良い案を探しています",
        "希望: 最良",
        "公平さ: 探索中",
    ]


def test_headings_of_older_workbooks_are_read(tmp_path: Path) -> None:
    """解決策の負担点 is 頼みにくさ now; what an office had chosen stays chosen."""
    prices = Prices(wish=41, user_fewer=7)
    office = SAMPLES["small"]().office
    chosen = office.settings.model_copy(update={"prices": prices})
    update = {"office": office.model_copy(update={"settings": chosen})}
    problem = SAMPLES["small"]().model_copy(update=update)
    path = tmp_path / "old.xlsx"
    write_input(problem, path)
    book = load_workbook(path)
    renamed = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value)
                if text.startswith("頼みにくさ："):
                    cell.value = text.replace("頼みにくさ：", "解決策の負担点：")
                    renamed += 1
    book.save(path)
    found = read_input(path)
    assert renamed == len(Prices.model_fields)
    assert found.office.settings.prices == prices

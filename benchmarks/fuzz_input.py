"""Fuzz the reader of input workbooks: ``python -m benchmarks.fuzz_input 2000``.

Each workbook is damaged at random, and must be either read or refused with mistakes
that have a message and a place.  Anything else is printed with its seed, and the exit
code is 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import pickle
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from scheduler.domain.errors import InputError
from scheduler.files.samples import SAMPLES
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.wording.mistakes import mistake_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ODDITIES: tuple[Any, ...] = (
    None,
    "",
    " ",
    "　",
    "?",
    "休",
    "×",
    "×宿◎",
    "早、日/遅△ 夜",
    "日@",
    "日@12:00-13:00",
    "翌",
    "9:30",
    "翌9:30-9:30",
    "25:99",
    "-1",
    "1e308",
    "はい",
    "=1+1",
    "#N/A",
    "x" * 40_000,
    "\u202e逆",
    "𠮷野 家",
    0,
    -1,
    1,
    10**18,
    0.5,
    1.5,
    1e300,
    True,
    dt.date(1900, 1, 1),
    dt.date(2026, 12, 24),
    dt.datetime(9999, 12, 31, 23, 59),
    dt.time(9, 30),
    dt.timedelta(hours=40),
    dt.timedelta(days=-1),
)
"""Odd values that are written into cells."""

OF_A_SHEET = ("missing_sheet", "renamed_sheet", "sheet_twice")
"""Codes of mistakes about a sheet as a whole, which have no cell."""


def spoil(good: bytes, seed: int) -> bytes:
    """Return the workbook damaged in one to four ways, determined by the seed."""
    rnd = random.Random(seed)
    if rnd.random() < 0.15:
        return _spoil_bytes(good, rnd)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = pickle.loads(_parsed(good))
    for _time in range(rnd.randint(1, 4)):
        edit = rnd.choice(_EDITS)
        edit(book, rnd)
        if edit is _far:  # Further edits would make openpyxl create all cells up to it.
            break
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _parsed(good: bytes) -> bytes:
    """Return the parsed workbook, of which copies are made faster than parsed."""
    return pickle.dumps(load_workbook(io.BytesIO(good)))


def outcome(content: bytes, path: Path) -> str:
    """Read a workbook; return ``read`` or the code of its first mistake.

    Raises
    ------
    Exception
        Any error of the reader but `InputError`: a bug.
    ValueError
        If a mistake has no complete message, or no place although it needs one.
    """
    path.write_bytes(content)
    try:
        read_input(path)
    except InputError as error:
        if not error.mistakes:
            raise ValueError("refused without a mistake") from error
        for mistake in error.mistakes:
            text = mistake_text(mistake)
            whole_file = len(error.mistakes) == 1 and not mistake.sheet
            placed = mistake.cell or mistake.code in OF_A_SHEET
            if "{" in text or not (whole_file or placed):
                raise ValueError(f"no place: {mistake!r}") from error
        return error.mistakes[0].code
    return "read"


def _sheet(book: Workbook, rnd: random.Random) -> Worksheet:
    return rnd.choice(book.worksheets)


def _cell(sheet: Worksheet, rnd: random.Random) -> Cell | MergedCell:
    row, column = rnd.randint(1, sheet.max_row), rnd.randint(1, sheet.max_column)
    return sheet.cell(row, column)


def _enter(book: Workbook, rnd: random.Random) -> None:
    cell = _cell(_sheet(book, rnd), rnd)
    if isinstance(cell, Cell):
        cell.value = rnd.choice(ODDITIES)


def _enter_many(book: Workbook, rnd: random.Random) -> None:
    for _time in range(20):
        _enter(book, rnd)


def _swap(book: Workbook, rnd: random.Random) -> None:
    here, there = _cell(_sheet(book, rnd), rnd), _cell(_sheet(book, rnd), rnd)
    if isinstance(here, Cell) and isinstance(there, Cell):
        here.value, there.value = there.value, here.value


def _delete_rows(book: Workbook, rnd: random.Random) -> None:
    sheet = _sheet(book, rnd)
    sheet.delete_rows(rnd.randint(1, sheet.max_row), rnd.choice((1, 1, 3, 50)))


def _delete_columns(book: Workbook, rnd: random.Random) -> None:
    sheet = _sheet(book, rnd)
    sheet.delete_cols(rnd.randint(1, sheet.max_column), rnd.choice((1, 1, 3, 50)))


def _insert(book: Workbook, rnd: random.Random) -> None:
    sheet = _sheet(book, rnd)
    if rnd.random() < 0.5:
        sheet.insert_rows(rnd.randint(1, sheet.max_row))
    else:
        sheet.insert_cols(rnd.randint(1, sheet.max_column))


def _merge(book: Workbook, rnd: random.Random) -> None:
    sheet = _sheet(book, rnd)
    row, column = rnd.randint(1, sheet.max_row), rnd.randint(1, sheet.max_column)
    sheet.merge_cells(
        start_row=row,
        start_column=column,
        end_row=row + rnd.randint(0, 2),
        end_column=column + rnd.randint(1, 2),
    )


def _rename(book: Workbook, rnd: random.Random) -> None:
    _sheet(book, rnd).title = rnd.choice(("Sheet1", "職員 ", "希望2", "ｾｯﾃｲ"))


def _remove(book: Workbook, rnd: random.Random) -> None:
    if len(book.worksheets) > 1:
        book.remove(_sheet(book, rnd))


def _far(book: Workbook, rnd: random.Random) -> None:
    row, column = rnd.choice((3000, 1_048_576)), rnd.choice((1, 300))
    _sheet(book, rnd).cell(row, column).value = 1


_EDITS: tuple[Callable[[Workbook, random.Random], None], ...] = (
    *(_enter,) * 6,
    *(_enter_many,) * 2,
    _swap,
    _swap,
    _delete_rows,
    _delete_columns,
    _insert,
    _merge,
    _rename,
    _remove,
    _far,
)


def _spoil_bytes(good: bytes, rnd: random.Random) -> bytes:
    """Return the file with its bytes, or those of one part inside it, damaged."""
    if rnd.random() < 0.5:
        return _damaged(good, rnd)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(buffer, "w") as new:
        infos = old.infolist()
        victim = rnd.choice(infos)
        for info in infos:
            content = old.read(info)
            if info is victim:
                if rnd.random() < 0.2:
                    continue
                content = _damaged(content, rnd)
            new.writestr(info.filename, content)
    return buffer.getvalue()


def _damaged(content: bytes, rnd: random.Random) -> bytes:
    if rnd.random() < 0.3:
        return content[: rnd.randint(0, len(content))]
    damaged = bytearray(content)
    for _time in range(rnd.randint(1, 8)):
        damaged[rnd.randrange(len(damaged))] = rnd.randrange(256)
    return bytes(damaged)


def main() -> int:
    """Damage and read workbooks, print the counts, and return 1 if there was a bug."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1000)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    options = parser.parse_args()
    codes: Counter[str] = Counter()
    bugs = 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.xlsx"
        write_input(SAMPLES["small"](), path)
        good = path.read_bytes()
        for seed in range(options.first, options.first + options.number):
            try:
                codes[outcome(spoil(good, seed), path)] += 1
            except Exception:
                bugs += 1
                print(f"seed {seed}:", file=sys.stderr)
                traceback.print_exc()
    seconds = time.monotonic() - started
    print(f"{options.number} workbooks in {seconds:.0f} s, {bugs} bugs")
    for code, count in codes.most_common():
        print(f"{count:6} {code}")
    return 1 if bugs else 0


if __name__ == "__main__":
    raise SystemExit(main())

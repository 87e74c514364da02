"""Spoilt workbooks, inputs and rosters, are read or refused; nothing else happens."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.fuzz_input import outcome, spoil
from scheduler.audit import audit
from scheduler.domain.errors import InputError
from scheduler.files.rosters import read_roster
from scheduler.wording.mistakes import mistake_text
from tests.files.test_roster_workbook import Editor
from tests.support import busy_month
from tests.support.input_offices import put_by_hand
from tests.support.thorough import many

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.errors import Mistake


FILES = (20, many(60))
CELL_EDITS = (6, many(20))
GARBAGE: tuple[Any, ...] = (
    None,
    "",
    0,
    -1,
    7.25,
    True,
    "夜夜",
    "日/",
    "/",
    "#REF!",
    "=1/0",
    "12:30",
    "25:99-26:00",
    "x" * 5_000,
    "氏名",
    "宿直",
    "休憩",
    "日" * 40,
    dt.date(2026, 12, 3),
    dt.datetime(2026, 12, 5, 7, 30),
    dt.time(9, 30),
)


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return busy_month.put(tmp_path_factory.mktemp("roster") / "r.xlsx").read_bytes()


@pytest.mark.parametrize("files", FILES)
def test_damaged_files_are_read_or_refused(
    written: bytes, files: int, tmp_path: Path
) -> None:
    """Bytes changed, parts cut or gone: no other error than `InputError`."""
    path = tmp_path / "roster.xlsx"
    read = 0
    for seed in range(files):
        path.write_bytes(_damaged(written, random.Random(seed)))
        read += _is_read(path, cells=False)
    assert 0 < read < files


@pytest.mark.parametrize("edits", CELL_EDITS)
def test_garbage_in_cells_is_read_or_refused(tmp_path: Path, edits: int) -> None:
    """Mistakes in cells name sheet and cell; what is read can be audited."""
    path = busy_month.put_slim(tmp_path / "roster.xlsx")
    editor = Editor(path)
    rnd = random.Random(0)
    for _ in range(edits):
        sheet = rnd.choice((editor.front, editor.breaks))
        cell = sheet.cell(rnd.randint(3, 28), rnd.randint(1, 20))
        before = cell.value
        cell.value = rnd.choice(GARBAGE)
        editor.book.save(path)
        _is_read(path, cells=True)
        cell.value = before if rnd.random() < 0.7 else cell.value


def _is_read(path: Path, *, cells: bool) -> bool:
    mistakes: tuple[Mistake, ...] = ()
    try:
        file = read_roster(path)
    except InputError as error:
        mistakes = error.mistakes
    else:
        audit(file.problem, file.roster)
        return True
    assert mistakes
    for mistake in mistakes:
        assert mistake_text(mistake)
        assert mistake.sheet or not cells
    return False


def _damaged(data: bytes, rnd: random.Random) -> bytes:
    """Return the file with one of its parts damaged in one of four ways."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    victim = rnd.choice(source.namelist())
    with zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name != victim:
                copy.writestr(name, part)
            elif (damaged := _part(part, rnd)) is not None:
                copy.writestr(name, damaged)
    return target.getvalue()


def _part(part: bytes, rnd: random.Random) -> bytes | None:
    letters = bytearray(part)
    at = rnd.randrange(len(letters))
    match rnd.randrange(4):
        case 0:
            return None
        case 1:
            return bytes(letters[:at])
        case 2:
            letters[at:at] = letters[rnd.randrange(len(letters)) :][:200]
        case _:
            for _ in range(10):
                letters[rnd.randrange(len(letters))] = rnd.choice(b'<>"&;/0189AZ')
    return bytes(letters)


SPOILT = (8, many(25))
"""Workbooks spoilt; ``make fuzz`` spoils a thousand."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Write the workbook that is spoilt."""
    return put_by_hand(tmp_path_factory.mktemp("office") / "office.xlsx").read_bytes()


@pytest.mark.parametrize("number", SPOILT)
def test_spoilt_workbooks(good: bytes, number: int, tmp_path: Path) -> None:
    """Each is read, or refused with sheet and cell; some of either kind occur."""
    path = tmp_path / "office.xlsx"
    codes = [outcome(spoil(good, seed), path) for seed in range(number)]
    assert "read" in codes
    assert len(set(codes)) > 5

"""Commands that are printed run as they are printed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scheduler
from scheduler.wording.command_line import command_line, program_words
from tests.support.programs import run
from tests.support.systems import needs_posix
from tests.support.thorough import first_of

SCRIPT = Path(sys.executable).with_name("shotaki.exe" if os.name == "nt" else "shotaki")
MODULE = Path(scheduler.__file__).with_name("cli") / "__main__.py"

NAMES = (
    "1月 勤務表 (さくら).xlsx",
    "it's $HOME & `more`; 100%.xlsx",
    "事業所-2027-01.xlsx",
    "1月　全角の空白.xlsx",
    'a "quoted" one!.xlsx',
    "back\\slash*.xlsx",
)


def started_as(monkeypatch: pytest.MonkeyPatch, name: str | Path) -> None:
    """Pretend that the program was started by a name."""
    monkeypatch.setattr(sys, "argv", [str(name)])


@needs_posix
@pytest.mark.parametrize("name", first_of(NAMES, 2))
def test_a_printed_line_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook is written under just the name that was meant."""
    monkeypatch.chdir(tmp_path)
    started_as(monkeypatch, SCRIPT)
    line = command_line(["init", "--month", "2027-01", name])
    ran = run(tmp_path, program=line, shell=True)
    assert ran.code == 0, ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("way", ["path", "absolute", "here", "module", "inline"])
def test_the_program_is_called_as_it_was_started(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by the shell, by its path, below the folder, or as a module."""
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "bin dir" / "shotaki"
    own.parent.mkdir()
    shutil.copy(SCRIPT, own.parent)
    if way == "path":
        monkeypatch.setenv("PATH", f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}")
    else:
        monkeypatch.setenv("PATH", os.defpath)
    ways: dict[str, tuple[str | Path, tuple[str, ...]]] = {
        "path": (SCRIPT, ("shotaki",)),
        "absolute": (SCRIPT, (str(SCRIPT),)),
        "here": (own, (os.path.join("bin dir", "shotaki"),)),
        "module": (MODULE, (sys.executable, "-m", "scheduler.cli")),
        "inline": ("-c", (sys.executable, "-m", "scheduler.cli")),
    }
    name, words = ways[way]
    started_as(monkeypatch, name)
    assert program_words() == words
    monkeypatch.setenv("PYTHONPATH", str(MODULE.parents[2]))
    ran = run(Path(), program=command_line(["--version"]), shell=True)
    assert ran.out.strip() == scheduler.__version__


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("whatif", "whatif"),
        ("--accept", "--accept"),
        ("事業所-2027-01.xlsx", "事業所-2027-01.xlsx"),
        ("outputs\\さくら.xlsx", "outputs\\さくら.xlsx"),
        ("C:\\Users\\佐藤\\勤務表.xlsx", "C:\\Users\\佐藤\\勤務表.xlsx"),
        ("佐藤=2027-01-14..16", "佐藤=2027-01-14..16"),
        ("1月 勤務表.xlsx", '"1月 勤務表.xlsx"'),
        ("1月　勤務表.xlsx", '"1月　勤務表.xlsx"'),
        ("A&B (新).xlsx", '"A&B (新).xlsx"'),
        ("佐藤,鈴木", '"佐藤,鈴木"'),
        ("発熱、本人から電話", '"発熱、本人から電話"'),
        ("D:\\勤務 表\\", '"D:\\勤務 表\\\\"'),
        ('say "no"', '"say \\"no\\""'),
        ("", '""'),
    ],
)
def test_words_as_windows_takes_them(word: str, written: str) -> None:
    """Blanks and what a shell acts on stand between quotation marks."""
    line = command_line([word], program=[".venv\\Scripts\\shotaki"], system="nt")
    assert line == f".venv\\Scripts\\shotaki {written}"
    # What Python itself writes for Windows is read as the same words.
    assert _read(written) == _read(subprocess.list2cmdline([word]))


def _read(line: str) -> str:
    """Read one word as Microsoft's programs do: marks off, escapes undone."""
    text, slashes = "", 0
    for letter in line:
        if letter == "\\":
            slashes += 1
        elif letter == '"':
            text += "\\" * (slashes // 2) + '"' * (slashes % 2)
            slashes = 0
        else:
            text += "\\" * slashes + letter
            slashes = 0
    return text + "\\" * slashes

"""The jobs to choose from, as whoever double-clicks meets them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.failures import report_failure
from scheduler.cli.menu import JOBS
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.files.workbook.write_input import write_input
from tests.programs import PYTHON, Ended, run
from tests.tiny import AWAY_ON_FIRST, tiny_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

BATCH = Path(__file__).resolve().parent.parent / "shotaki.bat"


def answered(folder: Path, answers: Sequence[str]) -> Ended:
    told = "".join(f"{answer}\n" for answer in answers)
    return run(folder, "-m", "scheduler.cli.menu", program=PYTHON, told=told)


def test_a_file_is_dragged_and_the_command_runs(tmp_path: Path) -> None:
    """What is no number is asked again; the code is the command's."""
    path = tmp_path / "our office.xlsx"
    write_input(tiny_problem(**AWAY_ON_FIRST), path)
    ran = answered(tmp_path, ["x", "２", f'"{path}"'])
    assert ran.code == Exit.NOT_LEGAL
    assert "事前チェック" in ran.out


def test_several_things_are_asked_where_several_are_needed(tmp_path: Path) -> None:
    number = [job.command for job in JOBS].index("whatif") + 1
    ran = answered(tmp_path, [str(number), "", "nowhere.xlsx", "佐藤=1"])
    assert ran.code == Exit.BAD_INPUT
    assert "nowhere.xlsx" in ran.err


def test_who_closes_it_is_not_shouted_at(tmp_path: Path) -> None:
    ran = answered(tmp_path, [])
    assert (ran.code, ran.err) == (Exit.INTERRUPTED, "")


def test_a_missing_part_of_windows_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As the solver's library says it where Microsoft's runtime is not installed."""
    error = ImportError("DLL load failed while importing cp_model_helper")
    assert report_failure(error, Session()) == Exit.WRONG_USE
    assert "vc_redist" in capsys.readouterr().err


def test_the_batch_file_is_one_for_windows() -> None:
    """Line ends, and only Japanese after the code page is set."""
    data = BATCH.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data[: data.index(b"chcp 65001")].isascii()


def test_the_double_click_starts_what_there_is() -> None:
    """Every module of ours that `shotaki.bat` runs exists and is a program."""
    text = (Path(__file__).parents[1] / "shotaki.bat").read_text(encoding="utf-8")
    named = re.findall(r"-m (scheduler[\w.]*)", text)
    assert named
    for name in named:
        found = importlib.util.find_spec(name)
        assert found is not None
        assert '__name__ == "__main__"' in Path(str(found.origin)).read_text("utf-8")

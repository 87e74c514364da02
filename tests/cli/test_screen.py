"""What the command line prints: columns, and the line that shows progress."""

from __future__ import annotations

import io
import re
import time
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Stage
from scheduler.cli.screen import ChangingLine, table, watch
from scheduler.domain.advice import Step
from scheduler.domain.finding import Stance
from scheduler.solver.solve import Progress
from tests.support.programs import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in plain(self):
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_line_is_cut_at_the_terminal_and_ends_with_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Japanese is two columns wide, and no character is cut in half."""
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    ChangingLine(stream).show("夜勤の人数を探しています", after="残り9秒")
    # 19 columns: 9 for gap and time, 10 for text, a half character, and dots.
    assert plain(stream) == "夜勤の人 …  残り9秒\r"


def test_columns_stand_under_each_other() -> None:
    """Names to the left, numbers to the right, Japanese and Latin alike."""
    rows = [["氏名", "夜勤"], ["桜 あおい", 4], ["Lee", 12]]
    assert table(rows, right={1}) == (
        "氏名       夜勤\n"  # a name takes 9 columns, the gap 2
        "桜 あおい     4\n"
        "Lee          12"
    )


def progress(value: int | None, bound: int = 0) -> Progress:
    return Progress(seconds=1.5, level=Stance.STATUTORY, value=value, bound=bound)


def test_elsewhere_than_on_a_terminal_each_level_is_a_line() -> None:
    """A log file gets a line when a level has ended, however often it improved."""
    stream = io.StringIO()

    def search(report: Callable[[Progress], None]) -> str:
        for value in (480, 240, 120, 60):
            report(progress(value))
        for value in (900, 300):
            report(Progress(12.5, Stance.WISH, value, 0))
        report(Progress(70.0, Stance.FAIR, 0, 0))
        return "roster"

    assert watch(search, stream) == "roster"
    assert stream.getvalue().splitlines() == [
        "1秒  人員基準: いまの最良 1時間、下限 0",
        "12秒  希望: 時間内に見つかった最良",
        "1分10秒  公平さ: 不足なし",
    ]


def test_on_a_terminal_one_line_changes() -> None:
    """The line is written over, and left with a line feed."""
    stream = Terminal()

    def search(report: Callable[[Progress], None]) -> None:
        report(Progress(1.0, Stance.STATUTORY, 0, 0))
        report(Progress(2.0, Stance.CONTRACT, 60, 60))
        report(Progress(3.0, Stance.WISH, 60, 0))
        stream.wait_for("希望: 探索中")

    watch(search, stream, seconds=300)
    shown = plain(stream)
    assert shown.count("\n") == 1
    assert shown.endswith("\r\n")
    # Law is met, contracts are not, wishes are being searched, the rest is to come.
    last = shown.split("\r")[-2]
    assert last.startswith("●●◎○○○  希望: 探索中")
    # However long this machine took to get here: a minute at most.
    assert re.search(r"残り最長(5分00|4分\d\d)秒$", last.rstrip())


def plain(stream: io.StringIO) -> str:
    """Return what a terminal was sent, without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())


def test_an_error_of_the_search_is_raised() -> None:
    def search(report: object) -> None:
        raise ValueError("from the thread")

    with pytest.raises(ValueError, match="from the thread"):
        watch(search, io.StringIO())


def test_seconds_go_on_where_another_search_begins_with_its_own() -> None:
    """The search took 70 s; the advice after it counts from 0, its lines do not."""
    stream = io.StringIO()

    def search(report: Callable[[Progress | Stage], None]) -> None:
        report(Progress(70.0, Stance.STATUTORY, 0, 0))
        report(Stage(3.0, Step.CAUSES, 1))
        report(Stage(20.0, Step.REPAIRS, 1))

    watch(search, stream)
    times = [line.split()[0] for line in stream.getvalue().splitlines()]
    assert times == ["1分10秒", "1分13秒", "1分30秒"]

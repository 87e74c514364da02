"""What the command line prints: columns, and the line that shows progress."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pytest

from scheduler.cli.screen import filled, table, watch, width
from scheduler.domain.finding import Stance
from scheduler.solver.solve import Progress
from scheduler.wording.levels import level_text

if TYPE_CHECKING:
    from collections.abc import Callable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_japanese_is_two_columns_wide() -> None:
    assert width("夜勤 5") == 6


def test_a_line_covers_the_one_before_and_cuts_no_character_in_half() -> None:
    assert filled("夜勤中", 5) == "夜勤 "


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


def wait_for(condition: Callable[[], bool]) -> None:
    """Give the thread that prints time to do so; fail if it never does."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("waited in vain")


def test_elsewhere_than_on_a_terminal_each_change_is_a_line() -> None:
    """A log file gets plain lines, and none twice."""
    stream = io.StringIO()

    def lines() -> list[str]:
        return stream.getvalue().splitlines()

    def search(report: Callable[[Progress], None]) -> str:
        for number, value in enumerate((480, 60, 0), start=1):
            report(progress(value))
            wait_for(lambda number=number: len(lines()) == number)
            report(progress(value))
        return "roster"

    assert watch(search, stream) == "roster"
    assert len(lines()) == 3
    for line, minutes in zip(lines(), (480, 60, 0), strict=True):
        assert level_text(Stance.STATUTORY, minutes) in line
    assert "\r" not in stream.getvalue()


def test_on_a_terminal_one_line_changes() -> None:
    """The line is written over, and left with a line feed."""
    stream = Terminal()
    watch(lambda report: report(progress(7)), stream)
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().startswith("\r")


def test_an_error_of_the_search_is_raised() -> None:
    def search(report: object) -> None:
        raise ValueError("from the thread")

    with pytest.raises(ValueError, match="from the thread"):
        watch(search, io.StringIO())

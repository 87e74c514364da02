"""A menu of commands for double-clicking: ``python -m scheduler.cli.menu``.

Asks for the task and its file, and runs the command.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from scheduler.cli.app import run
from scheduler.cli.stopping import Stopping
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = "inputs/sakura-2027-01.xlsx"
INTERRUPTED = 130


class Question(NamedTuple):
    """A question whose answer becomes an argument of the command.

    Attributes
    ----------
    text
        The question.
    option
        The option put before the answer; empty for a positional argument.
    default
        The value of an empty answer; if empty, the question is asked again.
    """

    text: str
    option: str = ""
    default: str = ""


class MenuItem(NamedTuple):
    """An item of the menu: its text, the command, and the questions to ask."""

    text: str
    command: str
    questions: tuple[Question, ...]


INPUT = Question(N_("Input workbook (drag it here):"), default=SAMPLE)
ROSTER = Question(N_("Finished roster (drag it here):"))

JOBS = (
    MenuItem(N_("Make the month's roster"), "roster", (INPUT,)),
    MenuItem(N_("Count through an input before that"), "precheck", (INPUT,)),
    MenuItem(N_("Check a roster, hand edits included"), "check", (ROSTER,)),
    MenuItem(
        N_("Somebody is absent: plan the rest of the month again"),
        "whatif",
        (ROSTER, Question(N_("Who and when (佐藤=12/14..16):"), "--absent")),
    ),
    MenuItem(N_("Personal slips and calendars"), "slips", (ROSTER,)),
    MenuItem(
        N_("Stamps of the clock: where they differ from the roster"),
        "actual",
        (ROSTER, Question(N_("File of stamps (drag it here):"), "--clock")),
    ),
    MenuItem(N_("Figures for the pay office"), "pay", (ROSTER,)),
    MenuItem(N_("Close a month that was worked"), "close", (ROSTER,)),
    MenuItem(
        N_("The input of the month after a finished roster"),
        "init",
        (ROSTER._replace(option="--previous"),),
    ),
    MenuItem(
        N_("An empty input to fill in"),
        "init",
        (Question(N_("Month (2027-01):"), "--month"),),
    ),
)


def main() -> int:
    """Show the menu, run the command chosen and return its exit code."""
    try:
        line = list(_line(_chosen()))
    except (EOFError, KeyboardInterrupt):
        return INTERRUPTED
    print(flush=True)
    return Stopping().hearing(lambda stopping: run(line, stopping))


def _chosen() -> MenuItem:
    """Show the menu until one of its numbers is entered; return the item."""
    print(_("What is to be done?"))
    for number, job in enumerate(JOBS, start=1):
        print(f"  {number}  {_(job.text)}")
    numbers = {str(number): job for number, job in enumerate(JOBS, start=1)}
    while True:
        answer = _answer(_("Number:"))
        if answer in numbers:
            return numbers[answer]


def _line(job: MenuItem) -> Iterator[str]:
    """Ask an item's questions; yield the arguments of its command line."""
    yield job.command
    for question in job.questions:
        answer = ""
        while not answer:
            answer = _answer(_(question.text)) or question.default
        if question.option:
            yield question.option
        yield answer


def _answer(question: str) -> str:
    """Ask a question and return the answer, with plain digits and without quotes.

    Terminals put quotes around the path of a file that is dragged into them.
    """
    text = input(f"{question} ").strip().strip('"').strip("'").strip()
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


if __name__ == "__main__":
    sys.exit(main())

"""The folder for Windows, run by Wine: ``make wine``, or pytest with ``--wine``.

Python, the solvers and all other wheels are those for Windows, the folder's name is
Japanese, and so is the code page.  What is not Windows' own is told in tools/wine.py.
"""

from __future__ import annotations

import html
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scheduler.domain.errors import Exit
from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster
from tests.support.programs import Ended, ended, line_of, start
from tools import wine
from tools.lock import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PYTHON = ("wine", str(wine.SCRIPTS / "python.exe"))
ADDRESS = re.compile(r"http://\S+")
HOLDING = """\
import sys
held = open(sys.argv[1], "r+b")
print("held", flush=True)
sys.stdin.read()
"""
"""Holds a file as Excel does: others may read it, and not take its name."""

SUITE = (
    *("cli/test_cli", "cli/test_command_line", "cli/test_exits", "cli/test_streams"),
    *("cli/test_whatif_cli", "domain/test_leaving", "files/test_calendars"),
    *("files/test_in_place", "files/test_saving", "files/test_slips"),
    *("page/test_folder", "page/test_safety", "page/test_server"),
    *("page/test_versions", "whatif/test_accepting"),
)
"""Tests of what asks the system for files, names, processes and sockets.

Those of several offices at once are left out: each loads processes for minutes there.
"""


@pytest.fixture(autouse=True)
def _wine(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("wine"):
        pytest.skip("for make wine")
    if told := wine.lacking():
        pytest.skip(told)
    with wine.running():
        yield


def windows(
    *program: str, folder: Path = wine.FOLDER, **options: Any
) -> subprocess.Popen[str]:
    """Start a program under Wine."""
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    given = {"env": wine.environment(), "errors": "replace"} | quiet | options
    return start(folder, program=program, **given)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file open in another program."""
    excel = windows(*PYTHON, "-c", HOLDING, str(path), stdin=subprocess.PIPE)
    line_of(excel.stdout, "held")
    yield
    ended(excel, "")


def shotaki(*arguments: str) -> Ended:
    """Run a command in the folder, under Wine."""
    return ended(windows(*PYTHON, "-m", "scheduler.cli", *arguments))


class Visitor:
    """A browser that was opened with the page."""

    def __init__(self, address: str) -> None:
        keep = urllib.request.HTTPCookieProcessor()
        self._opener = urllib.request.build_opener(keep)
        self._home = address.partition("/?")[0]
        self._opener.addheaders = [("Origin", self._home)]
        self.ask(address.removeprefix(self._home))

    def ask(self, place: str, form: Iterable[tuple[str, object]] = ()) -> Answer:
        """Ask for a place, or send a form there; go where the answer leads."""
        told = urllib.parse.urlencode([*form]).encode() or None
        try:
            with self._opener.open(self._home + place, told, timeout=120) as answer:
                place = answer.url.removeprefix(self._home)
                return Answer(200, place, html.unescape(answer.read().decode()))
        except urllib.error.HTTPError as error:
            return Answer(error.code, place, html.unescape(error.read().decode()))

    def wait(self, place: str, mark: str) -> Answer:
        """Ask again and again for a place, until it has a mark."""
        while mark not in (answer := self.ask(place)).text:
            assert answer.status == 200
            time.sleep(2)
        return answer


class Answer(NamedTuple):
    """Status, place and text of an answer of the page."""

    status: int
    place: str
    text: str


def test_a_manager_works_on_the_page() -> None:
    """From the double-click to a plan that all have agreed to.

    A month is made, a duty changed while Excel has the workbook open, and somebody
    falls ill.
    """
    page = windows("wine", "cmd", "/c", "勤務表.bat")
    found = ADDRESS.search(line_of(page.stdout, "http"))
    assert found
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(found[0].partition("?")[0])
    visitor = Visitor(found[0])
    months = visitor.ask("/make").text
    (book,) = re.findall(r'value="(\w+)">(?:(?!</form).)*ひなた', months, re.DOTALL)
    search = visitor.ask("/make", [("book", book), ("minutes", 1)]).place
    made = visitor.wait(search, "clock ended").text
    roster = wine.FOLDER / "outputs" / "small-2027-01.xlsx"
    assert roster.stem in made
    month = re.findall(r'href="/month/(\w+)"', made)[0]
    typed = [("row", 0), ("day", 4), ("text", "休")]
    assert visitor.ask(f"/month/{month}/cell", typed).status == 200
    with held(roster):
        refused = visitor.ask(f"/month/{month}/save", [("x", "")])
        assert refused.status == 409
        assert "ほかのプログラムで開いています" in refused.text
    assert visitor.ask(f"/month/{month}/save", [("x", "")]).status == 200
    ill = [("who", 5), ("date", "2027-01-14"), ("kind", "absent"), ("why", "熱")]
    plans = visitor.ask(f"/sick/{month}", ill).place
    text = visitor.wait(plans, "OKで決まります").text
    for name in {*re.findall(r'name="name" value="(.*?)"', text)}:
        visitor.ask(f"{plans}/answer", [("name", name), ("answer", "yes")])
    taken = visitor.ask(f"{plans}/take", [("plan", 1)])
    assert "/slips/" in taken.place, taken.text
    assert read_roster(roster).plan.revisions[-1].why == "熱"
    wine.stop()
    page.communicate()


def test_the_prompt_knows_the_command() -> None:
    """By its short name, as the README and all printed lines have it."""
    told = ended(windows("wine", "cmd", "/c", "コマンド.bat"))
    assert "substitutes" in told.out


def test_a_month_is_made_and_somebody_falls_ill() -> None:
    """By commands, with names and paths in Japanese; read back on this system."""
    target = wine.FOLDER / "outputs" / "1月の 勤務表.xlsx"
    made = shotaki(
        *("roster", "inputs/small-2027-01.xlsx", "-o", f"outputs/{target.name}"),
        *("--time-limit", "30"),
    )
    assert made.code == Exit.DONE, made.out
    ill = read_roster(target).problem.staff[5].name
    planned = shotaki(
        *("whatif", f"outputs/{target.name}", "--absent", f"{ill}=2027-01-14"),
        *("--time-limit", "20"),
    )
    assert planned.code == Exit.DONE, planned.out
    assert shotaki("accept", f"outputs/{target.name}", "1").code == Exit.DONE
    pins = read_roster(target).problem.pins.duties
    assert [pin.staff for pin in pins if pin.off is OffKind.ABSENT] == [ill]


def test_a_file_that_excel_has_open_is_left_and_told() -> None:
    """The roster is written beside it, under the next name."""
    path = wine.FOLDER / "outputs" / "sakura-2027-01.xlsx"
    before, there = path.read_bytes(), {*path.parent.iterdir()}
    line = ("roster", "inputs/sakura-2027-01.xlsx", "--time-limit", "8", "--no-advice")
    with held(path):
        saved = shotaki(*line)
    assert saved.code == Exit.DONE, saved.out
    assert r"（outputs\sakura-2027-01.xlsx は、開いているか、" in saved.out
    assert path.read_bytes() == before
    (beside,) = {*path.parent.iterdir()} - there
    assert beside.name == "sakura-2027-01-2.xlsx"
    beside.unlink()


@pytest.mark.parametrize("name", SUITE)
def test_the_python_for_windows_passes(name: str) -> None:
    """The tests of the tree, but for those that ask for POSIX or Linux."""
    line = ("-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{name}.py")
    given = wine.environment(PYTHONPATH=wine.on_windows(wine.FOR_TESTS))
    picked = ("-m", "not browser and not thorough")
    ran = ended(windows(*PYTHON, *line, *picked, folder=ROOT, env=given))
    assert ran.code == 0, ran.out

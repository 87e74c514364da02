"""How soon the page answers: ``python -m benchmarks.page [ROSTER]``.

A server is started as `shotaki open` starts it, on a copy of a roster in a folder of
its own.  Measured are the time until it answers, the first screens, and edits of random
cells, from the request to the end of the answer; beside that the work of the server,
which tells the same on a busy machine.  Then somebody is ill: the first plan, asked for
as soon as the screen is there, and after some seconds on its form.  Needs Linux.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.files.rosters import read_roster
from scheduler.page.state import State
from scheduler.wording.notation import CellLanguage

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

SAMPLE = Path("outputs/sample/sakura-2027-01.xlsx")
EDITS = 100
FILLING_IN = 5
"""Seconds in which somebody says who is ill, and when."""

PROGRAM = (sys.executable, "-m", "scheduler.cli", "--lang", "en")


class Client:
    """A browser's requests, one after the other on one connection."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        self._host = parts.netloc
        self._line = http.client.HTTPConnection(self._host, timeout=60)
        self._headers = {"Origin": f"http://{self._host}"}
        first = self._asked("GET", f"/?{parts.query}")
        self._headers["Cookie"] = (first.getheader("set-cookie") or "").split(";")[0]

    def get(self, path: str) -> tuple[float, http.client.HTTPResponse, str]:
        """Return seconds, answer and text."""
        return self._timed("GET", path)

    def post(self, path: str, **values: object) -> tuple[float, int]:
        """Return seconds and status of a form."""
        seconds, answer, _text = self._timed(
            "POST", path, urllib.parse.urlencode(values)
        )
        return seconds, answer.status

    def pause(self, seconds: float) -> None:
        """Wait so long that the server may hang up; the next request calls anew."""
        self._line.close()
        time.sleep(seconds)

    def _timed(
        self, method: str, path: str, body: str = ""
    ) -> tuple[float, http.client.HTTPResponse, str]:
        began = time.perf_counter()
        self._send(method, path, body)
        answer = self._line.getresponse()
        text = answer.read().decode()
        return time.perf_counter() - began, answer, text

    def _asked(self, method: str, path: str) -> http.client.HTTPResponse:
        self._send(method, path, "")
        answer = self._line.getresponse()
        answer.read()
        return answer

    def _send(self, method: str, path: str, body: str) -> None:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._line.request(method, path, body or None, {**self._headers, **kind})


def main() -> None:
    """Start, ask, type, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roster", nargs="?", type=Path, default=SAMPLE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.roster, folder))
        began = time.perf_counter()
        server = subprocess.Popen(
            [*PROGRAM, "open", folder, "--no-browser"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stderr is not None
            line = next(text for text in server.stderr if "http" in text)
            print(f"start of the server      {time.perf_counter() - began:6.2f} s")
            _measure(Client(line[line.index("http") :].strip()), path, server.pid)
        finally:
            server.terminate()
            server.wait()


def _worked(pid: int) -> float:
    """Return the seconds that a process has worked, whatever else the machine did."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _measure(client: Client, path: Path, pid: int) -> None:
    for name in ("first screen at once", "first screen again"):
        print(f"{name:24} {client.get('/')[0]:6.3f} s")
    _seconds, answer, _text = client.get("/month")
    month = str(answer.getheader("location"))
    print(f"{'month, a click':24} {client.get(month)[0]:6.3f} s")
    problem = read_roster(path).problem
    _ill(client, path, problem)
    language = CellLanguage(problem)
    rnd = random.Random(1)
    rows, days = len(problem.staff), problem.period.days

    def a_cell() -> tuple[str, dict[str, object]]:
        row = rnd.randrange(rows)
        text = rnd.choice(language.choices(problem.staff[row]))
        return "cell", {"row": row, "day": rnd.randrange(days), "text": text}

    def a_pin() -> tuple[str, dict[str, object]]:
        return "pin", {"row": rnd.randrange(rows), "day": rnd.randrange(days)}

    def a_number() -> tuple[str, dict[str, object]]:
        date = rnd.choice(problem.period.dates)
        number = rnd.randrange(10)
        return "users", {"service": "day_users", "shown": date, "number": number}

    for name, step in (("cells", a_cell), ("pins", a_pin), ("users", a_number)):
        times = []
        worked = _worked(pid)
        for _number in range(EDITS):
            address, values = step()
            seconds, status = client.post(f"{month}/{address}", **values)
            assert status in (200, 422)
            times.append(seconds)
        told = f"{EDITS} edits of {name}:"
        work = (_worked(pid) - worked) / EDITS
        print(
            f"{told:22} work {work:.3f} s, median {statistics.median(times):.3f} s",
            end="",
        )
        print(f", 95 in 100 {sorted(times)[int(EDITS * 0.95)]:.3f} s")


def _ill(client: Client, path: Path, problem: Problem) -> None:
    """Ask for plans twice in the same words, and print when the first is there."""
    state = State.of(path.parent)
    _seconds, answer, _text = client.get("/sick")
    screen = str(answer.getheader("location"))
    for waits in (0, FILLING_IN):
        client.get(screen)
        client.pause(waits)
        began = time.perf_counter()
        client.post(
            screen, who=0, date=problem.period.dates[len(problem.period.dates) // 2]
        )
        while not (run := state.searches("sick")[0]).told.get("plans"):
            assert run.is_running
            client.pause(0.05)
        seconds = time.perf_counter() - began
        print(f"first plan, {waits} s after its form {seconds:6.2f} s")
        while state.searches("sick")[0].is_running:
            client.pause(0.5)


if __name__ == "__main__":
    main()

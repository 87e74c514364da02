"""Timefold on public instances: ``Shifts.java`` with the jars of the Python package.

The evaluator counts every roster that Timefold tells of, so that its model cannot be
another one than ours.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.public.evaluator import breaches, cost
from scheduler.domain.errors import Disagreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.public.instance import Instance

SOURCE = Path(__file__).with_name("Shifts.java")

MARK = "roster "
"""What lines with a roster begin with: milliseconds, breaches, cost, rows."""


class Missing(Exception):
    """Something that Timefold needs is not installed."""


def improvements(
    instance: Instance, seconds: float, wanted: int, seed: int = 0
) -> Iterator[tuple[float, int]]:
    """Run Timefold; yield seconds and cost of each better roster that is valid.

    Seconds count from the start of the Java process, after compiling.

    Raises
    ------
    Missing
        If there is no JDK, or the package ``timefold`` is not installed.
    Disagreement
        If Timefold and the evaluator count a roster differently.
    subprocess.CalledProcessError
        If Java fails.
    """
    jars = jars_folder()
    with tempfile.TemporaryDirectory() as folder:
        compile_ = [
            "javac",
            "-proc:none",
            "-cp",
            f"{jars}/*",
            "-d",
            folder,
            str(SOURCE),
        ]
        subprocess.run(compile_, check=True)
        file = Path(folder) / "instance"
        file.write_text(numbers(instance), encoding="ascii")
        given = [str(file), str(round(seconds * 1000)), str(wanted), str(seed)]
        command = ["java", "-cp", f"{folder}:{jars}/*", "Shifts", *given]
        # Java ends with its input, however this process ends.
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                for line in process.stdout or ():
                    # The logger prints too.
                    if line.startswith(MARK):
                        seconds, value = counted(instance, line)
                        if value is not None:
                            yield seconds, value
                if process.wait():
                    raise subprocess.CalledProcessError(process.returncode, command)
            finally:
                process.kill()


def counted(instance: Instance, line: str) -> tuple[float, int | None]:
    """Return seconds and cost of a line of ``Shifts.java``; no cost if not valid.

    Raises
    ------
    Disagreement
        If the evaluator counts the roster differently.
    """
    _, milliseconds, broken, value, cells = line.split()
    options = ("", *instance.shifts)
    rows = (row.split(",") for row in cells.split(";"))
    roster = {
        name: tuple(options[int(one)] for one in row)
        for name, row in zip(instance.people, rows, strict=True)
    }
    is_valid = not breaches(instance, roster)
    if cost(instance, roster) != int(value) or is_valid != (broken == "0"):
        raise Disagreement(f"{instance.name}: Timefold counts otherwise: {line}")
    return int(milliseconds) / 1000, int(value) if is_valid else None


def numbers(instance: Instance) -> str:
    """Return an instance as the numbers that ``Shifts.java`` reads."""
    shifts, people = list(instance.shifts.values()), list(instance.people.values())
    shift_of = {one.name: index for index, one in enumerate(shifts)}
    person_of = {one.name: index for index, one in enumerate(people)}
    constant = sum(one.weight for one in instance.on)
    rows: list[list[int]] = [
        [instance.days, len(shifts), len(people), constant],
        [one.minutes for one in shifts],
        *([other.name in one.not_before for other in shifts] for one in shifts),
    ]
    for one in people:
        rows.append([one.most_of[shift.name] for shift in shifts])
        rows.append([*one.minutes, *one.run, one.fewest_off, one.weekends])
        rows.append([day in one.off for day in range(instance.days)])
    wanted = [(one, -one.weight) for one in instance.on]
    wanted += [(one, one.weight) for one in instance.against]
    rows.append([len(wanted)])
    for one, price in wanted:
        rows.append([person_of[one.person], one.day, shift_of[one.shift], price])
    rows.append([len(instance.cover)])
    for need in instance.cover:
        weights = need.required, need.under, need.over
        rows.append([need.day, shift_of[need.shift], *weights])
    return "\n".join(" ".join(str(int(one)) for one in row) for row in rows) + "\n"


def jars_folder() -> Path:
    """Return the folder of Timefold's jars.

    Raises
    ------
    Missing
        If there is no JDK, or the package ``timefold`` is not installed.
    """
    found = importlib.util.find_spec("timefold")
    if found is None or not found.submodule_search_locations:
        raise Missing("pip install .[bench]")
    if not shutil.which("javac"):
        raise Missing("no JDK")
    return Path(found.submodule_search_locations[0]) / "solver" / "jars"

"""Timefold on public instances: ``Shifts.java`` with the jars of the Python package."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.public.instance import Instance

SOURCE = Path(__file__).with_name("Shifts.java")


class Missing(Exception):
    """Something that Timefold needs is not installed."""


def improvements(
    instance: Instance, seconds: float, wanted: int, seed: int = 0
) -> Iterator[tuple[float, int]]:
    """Run Timefold; yield seconds and cost of each better roster that is valid.

    Raises
    ------
    Missing
        If there is no JDK, or the package ``timefold`` is not installed.
    """
    jars = _jars()
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
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                for line in process.stdout or ():
                    fields = line.split()
                    # The logger prints too.
                    if len(fields) == 3 and all(one.isdigit() for one in fields):
                        milliseconds, breaches, cost = map(int, fields)
                        if not breaches:
                            yield milliseconds / 1000, cost
            finally:
                process.kill()


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


def _jars() -> Path:
    """Return the folder of Timefold's jars."""
    found = importlib.util.find_spec("timefold")
    if found is None or not found.submodule_search_locations:
        raise Missing("pip install .[bench]")
    if not shutil.which("javac"):
        raise Missing("no JDK")
    return Path(found.submodule_search_locations[0]) / "solver" / "jars"

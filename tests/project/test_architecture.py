"""Who may import whom, and where the law's numbers may stand (docs/design.md)."""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest

from scheduler.audit import CHECKS
from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.rulebook import load
from tests.support.builders import make_period
from tests.support.thorough import first_of
from tools import house

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scheduler"

DOORS = {
    "ortools": {"advice", "constraints.language", "solver", "whatif"},
    "pandas": {"files.actual"},
    "openpyxl": {"files.workbook"},
    "icalendar": {"files.handouts"},
    "holidays": {"files.holidays_jp"},
    "distributed": {"solver.executors"},
    "typer": {"cli"},
    "starlette": {"page"},
    "uvicorn": {"page"},
    "jinja2": {"page"},
}
"""The only rooms that may import a library."""

MOST_LINES = 60
MOST_PARAMETERS = 8
"""Of a function of a command; options that go together are one value."""

LEGAL_NUMBERS = {
    40 * 60: "the week of forty hours",
    8 * 60: "the day of eight hours",
    22 * 60: "the start of the night by labour law",
    29 * 60: "its end",
    44 * 60: "the week of small offices",
    32 * 60: "the least full-time week",
    360: "work that needs a break",
    45: "its break",
    90: "the estimate of a new office, in percent",
    28: "days of a four-week span",
    29: "registrants",
    18: "day users",
}


def modules(part: str = "") -> list[Path]:
    found = sorted((PACKAGE / part).rglob("*.py"))
    assert found
    return found


def floors() -> list[list[str]]:
    """Return the rooms by floor, the highest first, as the contract has them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["id"] == "floors")
    assert contract["exhaustive"] is True
    assert not contract.get("ignore_imports")
    return [layer.split(" | ") for layer in contract["layers"]]


FLOORS = floors()


def forbidden() -> Iterator[tuple[str, str]]:
    """Yield each room with a room that it may not import."""
    for number, floor in enumerate(FLOORS):
        above = [room for upper in FLOORS[:number] for room in upper]
        for room in floor:
            for other in above + floor:
                if other != room:
                    yield room, other


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts against the package in a folder, in a process of its own.

    Files that have not changed since the last time are not parsed again.
    """
    command = "import sys; from importlinter.cli import lint_imports as lint; "
    command += "sys.exit(lint(cache_dir='.cache', no_logo=True))"
    return subprocess.run(
        [sys.executable, "-c", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        PACKAGE,
        folder / "scheduler",
        ignore=lambda _folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_import_law_holds(copied: Path) -> None:
    """No room imports one above it or beside it, in code or in annotations."""
    done = lint(copied)
    assert done.returncode == 0, done.stdout


ABOVE = [room for floor in FLOORS[1:] for room in floor]


@pytest.mark.parametrize("room", first_of(ABOVE, 4))
def test_an_import_upwards_is_found_in_any_room(copied: Path, room: str) -> None:
    """Imports of every room above, planted in one room, are each told."""
    door = copied / "scheduler" / room
    file = door / "__init__.py" if door.is_dir() else door.with_suffix(".py")
    others = [other for one, other in forbidden() if one == room]
    before = file.read_text(encoding="utf-8")
    try:
        planted = [f"import scheduler.{other}\n" for other in others]
        file.write_text(before + "".join(planted), encoding="utf-8")
        done = lint(copied)
    finally:
        file.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    for other in others:
        assert f"scheduler.{room} is not allowed to import scheduler.{other}" in (
            done.stdout
        )


def test_a_new_room_without_a_floor_is_found(copied: Path) -> None:
    """A folder that no floor names fails, so that the law holds for every room."""
    attic = copied / "scheduler" / "attic"
    attic.mkdir()
    try:
        (attic / "__init__.py").touch()
        done = lint(copied)
    finally:
        shutil.rmtree(attic)
    assert done.returncode == 1
    assert "scheduler.attic" in done.stdout


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "scheduler", include_external_packages=True, cache_dir=None
    )


def test_the_house_has_few_rooms_and_floors(graph: grimp.ImportGraph) -> None:
    """Somebody new can draw it: twelve rooms beside the fixed entries, nine floors."""
    files = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
    names = {path.parts[0].removesuffix(".py") for path in files}
    fixed = {"__init__", "model", "constraints"}
    assert len(names - fixed) <= 12
    assert len(house.floors(house.arrows(graph))) <= 9
    assert len(FLOORS) <= 9


def test_no_files_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    """Data flows one way within a room as well."""
    assert house.circles(graph) == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_behind_its_door(graph: grimp.ImportGraph, library: str) -> None:
    """The solver and the workbook's libraries are imported in few rooms."""
    known = library in graph.modules
    strays = {
        module
        for module in (
            graph.find_modules_that_directly_import(library) if known else ()
        )
        if not any(
            f"{module}.".startswith(f"scheduler.{door}.") for door in DOORS[library]
        )
    }
    assert strays == set()


def test_commands_are_short_and_take_few_things() -> None:
    """Options that several commands have are one value; what is done is told apart."""
    long = [
        f"{path.name} {node.name}"
        for path in modules("cli")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and (_lines(node) > MOST_LINES or _parameters(node) > MOST_PARAMETERS)
    ]
    assert long == []


def _lines(node: ast.FunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    first = body[0].lineno if body else node.lineno
    above = node.body[0].lineno - node.lineno
    return above + (node.end_lineno or first) - first + 1


def _parameters(node: ast.FunctionDef) -> int:
    return len(node.args.args) + len(node.args.kwonlyargs)


def test_no_file_is_too_long() -> None:
    """A file is read in one go."""
    long = {
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text(encoding="utf-8").count("\n") > house.LONGEST
    }
    assert long == set()


@pytest.mark.parametrize("part", ["audit", "constraints"])
def test_no_legal_number_stands_in_a_rule(part: str) -> None:
    """Thresholds of the law are read from the rulebook, never written in code."""
    strays = {
        f"{path.relative_to(ROOT)}:{node.lineno}: {LEGAL_NUMBERS[node.value]}"
        for path in modules(part)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and type(node.value) is int
        and node.value in LEGAL_NUMBERS
    }
    assert strays == set()


def test_a_problem_has_the_rules_of_its_kind_of_office() -> None:
    """Whoever has a problem reads its rulebook by `rules_of`, not by the period."""
    by_period = {
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "load"
        and ast.unparse(node).endswith("problem.period)")
    }
    assert by_period == set()


def test_rules_have_the_sides_they_declare() -> None:
    """Every side that a rule's record names is built or checked, and no other."""
    rules = load(make_period()).rules
    declared = {
        side: {rule.id for rule in rules if side in rule.sides}
        for side in ("build", "check")
    }
    assert set(CHECKS) == declared["check"]
    assert {rule for rule, _ in (*RULES, *EXCLUSIONS)} == declared["build"]
    assert all(rule.one_sided for rule in rules if len(rule.sides) < 2)


def test_no_class_name_stands_for_two_things_in_neighbouring_rooms() -> None:
    """Whoever reads ``Verdict`` in a room knows which one is meant."""
    homes: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].add(path.relative_to(PACKAGE).as_posix())
    twice = {name: places for name, places in homes.items() if len(places) > 1}
    assert twice == {}


def test_what_a_module_exports_is_there() -> None:
    """Every name in an ``__all__`` exists, so that ``import *`` works."""
    missing = []
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if "__all__" not in ast.unparse(tree):
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        missing += [
            f"{module.__name__}.{name}"
            for name in module.__all__
            if not hasattr(module, name)
        ]
    assert missing == []

"""Who may import whom, and where the law's numbers may stand (docs/design.md)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import CHECKS
from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.rulebook import load
from tests.builders import make_period

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scheduler"

STANDARD = sys.stdlib_module_names | {"__future__"}
BASICS = {"scheduler.domain", "scheduler.rulebook"}

MAY_IMPORT = {
    "domain": {"scheduler.domain", "pydantic"},
    "rulebook": {*BASICS, "pydantic"},
    "audit": {*BASICS, "scheduler.audit"},
    "constraints": {
        *BASICS,
        "scheduler.constraints",
        "scheduler.model",
        "scheduler.modelling.intervals",
        "scheduler.modelling.linear",
        "scheduler.modelling.options",
        "scheduler.modelling.scope",
    },
    "reports": {*BASICS, "scheduler.reports"},
}
"""What the packages below may import besides the standard library."""

ONLY_FOR_TYPES = {"constraints": {"scheduler.model", "scheduler.modelling.scope"}}
"""What a package may name in annotations and nowhere else."""

DOORS = {
    "ortools": {
        "advice",
        "candidates.py",
        "guidelines.py",
        "model.py",
        "modelling",
        "near.py",
        "reasons.py",
        "reserve.py",
        "resilience",
        "search.py",
        "solve.py",
        "weighing.py",
        "whatif",
    },
    "pandas": {"workbook"},
    "openpyxl": {"workbook"},
    "icalendar": {"calendars.py"},
    "distributed": {"executors"},
}
"""The only modules and packages that may import a library."""

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


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every module that a file imports, and whether for its types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in typed
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            for name in _modules_named(node):
                yield name, id(node) in typed


def _modules_named(node: ast.ImportFrom) -> Iterator[str]:
    """Yield ``a.b`` for ``from a.b import name``, and ``a.b.name`` if it is one."""
    assert node.module is not None
    for alias in node.names:
        below = ROOT / Path(*node.module.split("."), alias.name)
        is_module = below.is_dir() or below.with_suffix(".py").is_file()
        yield f"{node.module}.{alias.name}" if is_module else node.module


def is_within(module: str, allowed: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_package_imports_only_what_it_may(part: str) -> None:
    """A package imports itself, what lies below it, and the standard library."""
    allowed = MAY_IMPORT[part] | STANDARD
    strays = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in modules(part)
        for module, _ in imports(path)
        if not is_within(module, allowed)
    }
    assert strays == set()


@pytest.mark.parametrize("part", ONLY_FOR_TYPES)
def test_what_is_named_for_its_type_is_not_imported(part: str) -> None:
    """Rules name the model in annotations only, so that there is no cycle."""
    strays = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in modules(part)
        for module, typed in imports(path)
        if not typed and is_within(module, ONLY_FOR_TYPES[part])
    }
    assert strays == set()


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_behind_its_door(library: str) -> None:
    """The solver and the workbook's libraries are imported in one place each."""
    used = {
        path.relative_to(PACKAGE)
        for path in modules()
        for module, _ in imports(path)
        if is_within(module, {library})
    }
    assert {path.parts[0] for path in used} <= DOORS[library]


def test_the_two_sides_share_no_module_of_their_own() -> None:
    """What both the checks and the model use is domain, rulebook or the library's."""
    sides = [
        {module for path in modules(part) for module, _ in imports(path)}
        for part in ("audit", "constraints")
    ]
    shared = {name for name in sides[0] & sides[1] if name.startswith("scheduler")}
    assert all(is_within(name, BASICS) for name in shared)


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


def test_rules_have_the_sides_they_declare() -> None:
    """Every side that a rule's record names is built or checked, and no other."""
    rules = load(make_period()).rules
    declared = {
        side: {rule.id for rule in rules if side in rule.sides}
        for side in ("build", "check")
    }
    assert {rule for rule, _ in CHECKS} == declared["check"]
    assert {rule for rule, _ in (*RULES, *EXCLUSIONS)} == declared["build"]
    assert all(rule.one_sided for rule in rules if len(rule.sides) < 2)

"""Print the figures of the architecture: ``python -m tools.house``.

A room is an entry at the top of ``scheduler/``.  An arrow is an import of one room by
another; a room's floor is the length of the longest path of arrows from it down; a
circle is a set of modules that import each other, directly or not.  Lines and files are
counted too, and with ``--rule ID`` the files that name the rule.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import tokenize
from collections import Counter, defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grimp import ImportGraph

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "scheduler"
LONGEST = 400
"""Most lines of a file that is not reported as too long."""


def room(module: str) -> str:
    """Return the entry at the top of the package that a module belongs to."""
    return ".".join(module.split(".")[:2])


def arrows(graph: ImportGraph) -> Counter[tuple[str, str]]:
    """Return the number of imports from each room (first) to each other (second)."""
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            inside = other.startswith(f"{PACKAGE}.") and module != PACKAGE
            if inside and room(module) != room(other):
                found[room(module), room(other)] += 1
    return found


def floors(found: Counter[tuple[str, str]]) -> list[set[str]]:
    """Return the rooms by floor, the lowest first; empty if they form a circle."""
    below: dict[str, set[str]] = defaultdict(set)
    for upper, lower in found:
        below[upper].add(lower)
        below[lower] |= set()
    level: dict[str, int] = {}
    try:
        for name in TopologicalSorter(below).static_order():
            level[name] = max((level[one] + 1 for one in below[name]), default=0)
    except CycleError:
        return []
    return [
        {name for name, at in level.items() if at == floor}
        for floor in range(max(level.values(), default=-1) + 1)
    ]


def circles(graph: ImportGraph) -> list[set[str]]:
    """Return the sets of modules that import each other, directly or not."""
    reach = {module: graph.find_upstream_modules(module) for module in graph.modules}
    left = set(reach)
    found = []
    while left:
        first = left.pop()
        others = {one for one in left & reach[first] if first in reach[one]}
        if others:
            found.append({first, *others})
        left -= others
    return found


def kinds_of_lines(source: str) -> Counter[str]:
    """Return the numbers of import, docstring, comment, blank and code lines."""
    tree = ast.parse(source)
    kind = dict.fromkeys(range(1, source.count("\n") + 1), "code")
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip():
            kind[number] = "blank"
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.strip().startswith("#"):
            kind[token.start[0]] = "comment"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            name = "import"
        elif (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            name = "docstring"
        else:
            continue
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
            kind[number] = name
    return Counter(kind.values())


def files(folder: str) -> Iterator[Path]:
    """Yield the Python files in a folder of the repository, at any depth."""
    yield from sorted((ROOT / folder).rglob("*.py"))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rule", help="id of a rule whose files are to be counted")
    rule = parser.parse_args().rule

    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    found = arrows(graph)
    storeys = floors(found)
    entries = {
        path.stem if path.suffix == ".py" else path.name
        for path in (ROOT / PACKAGE).iterdir()
        if path.name != "__pycache__"
    }
    print(f"entries of {PACKAGE}/: {len(entries)}: {', '.join(sorted(entries))}")
    upward = [pair for pair in found if pair[::-1] in found]
    print(f"floors: {len(storeys) or 'none, for rooms form a circle'}")
    for number, rooms in enumerate(storeys):
        print(f"  {number} {', '.join(sorted(one.split('.')[1] for one in rooms))}")
    print(f"arrows between rooms: {len(found)}, in both directions: {len(upward)}")
    round_ways = circles(graph)
    print(f"circles of files: {len(round_ways)}")
    for circle in round_ways:
        print(f"  {', '.join(sorted(circle))}")
    for folder in (PACKAGE, "tests", "tools", "benchmarks"):
        lines: Counter[str] = Counter()
        sizes = []
        for path in files(folder):
            source = path.read_text(encoding="utf-8")
            lines += kinds_of_lines(source)
            sizes.append((source.count("\n"), path))
        told = ", ".join(f"{count} {name}" for name, count in lines.most_common())
        print(f"{folder}: {len(sizes)} files, {lines.total()} lines: {told}")
        for size, path in sorted(sizes, reverse=True):
            if folder == PACKAGE and size > LONGEST:
                print(f"  over {LONGEST} lines: {path.relative_to(ROOT)}, {size}")
    if rule:
        named = re.compile(rf"\b{re.escape(rule)}\b")
        where = [
            path.relative_to(ROOT)
            for path in sorted((ROOT / PACKAGE).rglob("*"))
            if path.suffix in {".py", ".toml"}
            and named.search(path.read_text(encoding="utf-8"))
        ]
        print(f"files of the package that name {rule}: {len(where)}")
        for path in where:
            print(f"  {path}")


if __name__ == "__main__":
    main()

"""The pages say what the code does."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import re
import shutil
import sys
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from scheduler.audit import CHECKS
from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Stance
from scheduler.files.workbook.layout import SHEETS
from scheduler.rulebook import load
from scheduler.wording.translation import spellings
from tests.support.builders import make_period
from tests.support.casefiles import cases
from tools.docs import BLOCK, CLI, pages
from tools.japanese_pages import INDEX, JAPANESE, page_name

if TYPE_CHECKING:
    from collections.abc import Callable


ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

GENERATED = pages()
"""Text of each generated page as it should be."""

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
HEADING = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")


@pytest.mark.parametrize("page", GENERATED, ids=lambda page: page.name)
def test_generated_pages_are_fresh(page: Path) -> None:
    """`make docs` was run after the last change of what it prints."""
    assert page.read_text(encoding="utf-8") == GENERATED[page], "run: make docs"


def test_every_sheet_has_a_page() -> None:
    """And no page is of a sheet that is no more; each column is on its sheet's page."""
    written = {page for page in GENERATED if page.parent == JAPANESE}
    assert set(JAPANESE.glob("*.md")) == written
    index = (JAPANESE / INDEX).read_text(encoding="utf-8")
    for sheet in SHEETS:
        text = (JAPANESE / page_name(sheet)).read_text(encoding="utf-8")
        assert f"]({page_name(sheet)})" in index
        for column in sheet.columns:
            assert f"| {spellings(column.label)[0]}" in text
        # Managers read no numbers of rules.
        assert not re.search(r"[A-Z]-\d\d", text)


def test_every_command_and_code_is_documented() -> None:
    page = CLI.read_text(encoding="utf-8")
    commands = {match["name"] for match in BLOCK.finditer(page)}
    assert commands == {
        "exits",
        "help",
        *(
            f"help {name}"
            for name in (
                "init",
                "precheck",
                "wishes",
                "roster",
                "batch",
                "check",
                "whatif",
                "scenarios",
                "accept",
                "substitutes",
                "resilience",
                "room",
                "actual",
                "pay",
                "close",
                "papers",
                "slips",
                "open",
                "schema",
                "rules",
            )
        ),
    }
    for code in Exit:
        assert f"| {int(code)} |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.slow
def test_the_example_of_the_api_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert results.attempted > 5
    assert results.failed == 0


EXAMPLE = re.compile(
    r"^(Breach|Correct)\b.*(?:\n.+)*"  # the paragraph
    r"(?:\n\n(?: {4}.*\n?)+)?",  # and the grid below it
    re.MULTILINE,
)
RULEBOOK = load(make_period())


def examples(check: Callable[..., object]) -> dict[str, str]:
    """Return the breach and the correct month of a check's module, as drawn."""
    text = getdoc(sys.modules[check.__module__]) or ""
    found = {match[1]: match[0] for match in EXAMPLE.finditer(text)}
    return {kind: _grid(example) for kind, example in found.items()}


def _grid(example: str) -> str:
    lines = [line.strip() for line in example.splitlines() if line.startswith("    ")]
    return "\n".join(lines)


def is_kept(rule: str, expect: dict[str, int]) -> bool:
    """Tell whether amounts are none, or in facets that are only shown beside others."""
    facets = RULEBOOK[rule].facet
    if all(facet.stance is Stance.REPORT for facet in facets.values()):
        return not expect
    return all(facets[facet].stance is Stance.REPORT for facet in expect)


@pytest.mark.parametrize(("rule", "check"), CHECKS.items(), ids=CHECKS)
def test_a_check_shows_a_breach_and_a_correct_month(
    rule: str, check: Callable[..., object]
) -> None:
    """Both stand in the docstring, and a grid is that of a case with this outcome."""
    shown = examples(check)
    assert list(shown) == ["Breach", "Correct"]
    outcomes = {
        (case.grid.strip(), is_kept(rule, case.expect))
        for case in cases()
        if case.rule == rule
    }
    for kind, grid in shown.items():
        assert not grid or (grid, kind == "Correct") in outcomes


def test_most_examples_are_drawn() -> None:
    """Only what no month can show (a staff list, a forecast, breaks) is in words."""
    in_words = {
        rule for rule, check in CHECKS.items() if "" in examples(check).values()
    }
    assert in_words == {"A-09", "D", "F-05"}


@pytest.mark.parametrize(("rule", "check"), CHECKS.items(), ids=CHECKS)
def test_a_check_opens_with_its_rule(rule: str, check: Callable[..., object]) -> None:
    """The docstring of a check begins with the rule's id."""
    assert (getdoc(sys.modules[check.__module__]) or "").startswith(f"{rule}: ")


def names_of_the_glossary() -> list[str]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`", text)


@pytest.mark.parametrize("name", names_of_the_glossary())
def test_the_glossary_names_what_there_is(name: str) -> None:
    """A module of the package, or something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(("scheduler", *parts[:length]))
        try:
            found = importlib.util.find_spec(module)
        except ModuleNotFoundError:
            continue
        if found is not None:
            value = importlib.import_module(module)
            for attribute in parts[length:]:
                value = getattr(value, attribute)
            return
    pytest.fail(f"nothing is called {name}")


def test_the_design_names_files_that_there_are() -> None:
    """A path in `docs/design.md` is one of the repository or of the package."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)`", text))
    assert named
    missing = {
        path
        for path in named
        if not (ROOT / path).exists() and not (ROOT / "scheduler" / path).exists()
    }
    assert missing == set()


def test_the_formulation_has_the_rows_of_every_rule() -> None:
    """Each rule that the model knows stands in the table of rows, and no other."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"### Rows by rule\n(.*?)\n## ", text, re.S)
    cells = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    named = {one for cell in cells for one in re.findall(r"\b[A-Z](?:-\d\d)?\b", cell)}
    assert named == {rule for rule, _build_or_tests in (*RULES, *EXCLUSIONS)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_to_a_heading_has_one(page: Path) -> None:
    """What stands behind # in a link between pages is a heading of that page."""
    for file, place in HEADING.findall(page.read_text(encoding="utf-8")):
        target = page.parent / file if file else page
        if target.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.M)
            assert unquote(place) in set(map(_anchor, headings)), f"{file}#{place}"


def _anchor(heading: str) -> str:
    """Return the name of a heading in a link, as pages on the web make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")

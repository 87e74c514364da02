"""The pages say what the code does."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

from scheduler.domain.errors import Exit
from tools.docs import BLOCK, CLI, pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_generated_pages_are_fresh(page: Path) -> None:
    """`make docs` was run after the last change of what it prints."""
    assert page.read_text(encoding="utf-8") == pages()[page], "run: make docs"


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
                "roster",
                "batch",
                "check",
                "whatif",
                "scenarios",
                "accept",
                "substitutes",
                "resilience",
                "room",
                "slips",
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

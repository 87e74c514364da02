"""Fixtures of all tests: Japanese as the language, and a way to run commands."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

from scheduler.cli.app import main
from scheduler.wording.translation import use_language
from tests.support.programs import Ended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how many random offices and months are drawn, and what takes a build."""
    told = "random offices for two solvers (tests/solver/test_two_solvers.py)"
    parser.addoption("--offices", type=int, default=8, help=told)
    told = "random months for model and audit (tests/rules/test_agreement.py)"
    parser.addoption("--months", type=int, default=80, help=told)
    told = "look into the zip for Windows (tests/project/test_windows_folder.py)"
    parser.addoption("--built", action="store_true", help=told)
    told = "run the folder for Windows under Wine (tests/project/test_under_wine.py)"
    parser.addoption("--wine", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """Let processes keep what they compile, where Python was told to write nothing.

    Tests start hundreds, and each would compile the package anew.  It is kept with the
    cache of pytest, not in the tree.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        compiled = config.rootpath / ".pytest_cache" / "compiled"
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(compiled))


def pytest_collection_finish() -> None:
    """Keep imports out of the garbage collector's way: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    """Set the language to Japanese before and after each test."""
    use_language("ja")
    yield
    use_language("ja")


@pytest.fixture
def shotaki(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ended]:
    """Return a function that runs commands in this process, in a temporary folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ended:
        code = main(arguments)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run

"""The wheel holds all that the package needs, and works outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.windows import our_wheel

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

MARK = "py.typed"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("wheel", reason="the dev extra is not installed")
    return our_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a program of an environment that holds the wheel, in an empty folder.

    The wheel's dependencies are those of the environment the tests run in; the
    checkout is not on the path.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    scheme = {"base": str(home), "platbase": str(home)}
    scripts = Path(sysconfig.get_path("scripts", "venv", scheme))
    site = Path(sysconfig.get_path("purelib", "venv", scheme))
    subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "pip",
                "--quiet",
                "--python",
                str(scripts / "python"),
            ),
            *("install", "--no-deps", "--no-index", str(wheel)),
        ],
        check=True,
    )
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    empty = tmp_path_factory.mktemp("elsewhere")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def call(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(scripts / program), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=empty,
            env={**environment, "PYTHONUTF8": "1"},
            check=False,
        )

    return call


def test_the_wheel_holds_code_and_data_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {"scheduler"} == {top for top in tops if not top.endswith(".dist-info")}
    for source in (ROOT / "scheduler").rglob("*"):
        is_data = source.parent.name in ("templates", "static") or source.name == MARK
        if source.suffix in (".py", ".toml", ".mo") or is_data:
            assert source.relative_to(ROOT).as_posix() in names


def test_it_runs_from_its_own_folder(run: Run) -> None:
    """The package that answers is the installed one, not the checkout."""
    result = run("python", "-c", "import scheduler; print(scheduler.__file__)")
    assert result.returncode == 0, result.stderr
    assert not Path(result.stdout.strip()).is_relative_to(ROOT)


def test_its_help_is_japanese(run: Run) -> None:
    """The message catalogue is there."""
    result = run("shotaki", "--help")
    assert result.returncode == 0, result.stderr
    assert "勤務表" in result.stdout


def test_it_prints_a_schema(run: Run) -> None:
    result = run("shotaki", "schema", "roster")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["title"] == "Roster"


def test_it_knows_the_rules(run: Run) -> None:
    """The rulebook is there, every file of it."""
    result = run("shotaki", "--json", "rules", "--month", "2026-12")
    assert result.returncode == 0, result.stderr
    families = {rule["id"][0] for rule in json.loads(result.stdout)["rules"]}
    assert {"A", "D", "F", "G", "K", "L", "M", "N", "W"} <= families

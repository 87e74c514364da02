"""The folder for Windows: its batch files, and what the built zip holds.

Nothing here runs on Windows.  What `make windows` has built is looked into with
``--built`` alone: building it fetches 80 MB.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from scheduler.cli.failures import report_failure
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from tools.lock import CONSTRAINTS, ROOT
from tools.windows import (
    BATCHES,
    NAME,
    PYTHON,
    RUNTIME,
    TARGET,
    pack,
    page,
    requirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pefile = pytest.importorskip("pefile", reason="the dev extra is not installed")
uv = pytest.importorskip("uv", reason="the dev extra is not installed")

BATCH_FILES = sorted(BATCHES.rglob("*.bat"))
LINE = re.compile(r"^(?!rem )(.+)", re.MULTILINE)

WINDOWS_OWN = {
    *("advapi32", "bcrypt", "bcryptprimitives", "d3d11", "d3dcompiler_47", "dbghelp"),
    *("dxgi", "kernel32", "msvcrt", "ntdll", "ole32", "oleaut32", "version"),
}
"""Libraries of Windows 10 itself, beside those named api-ms-win-...: the C runtime."""

INTERPRETERS = {"python3", "python312", "vcruntime140", "vcruntime140_1"}
"""Libraries that every Python 3.12 for Windows brings along."""

LONGEST_PATH, THEIRS = 260, 130
"""Windows' limit, and how much of it the place of the folder may take."""


def lines(batch: Path) -> str:
    """Return the commands of a batch file, without remarks."""
    return "\n".join(LINE.findall(batch.read_bytes().decode().replace("\r", "")))


@pytest.mark.parametrize("batch", BATCH_FILES, ids=lambda one: one.name)
def test_a_batch_file_is_one_for_windows(batch: Path) -> None:
    """Line ends, and only ASCII before the code page is set."""
    data = batch.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    if not data.isascii():
        assert data[: data.index(b"chcp 65001")].isascii()
    for text in BATCHES.rglob("*.txt"):
        said = text.read_bytes()
        assert said.count(b"\n") == said.count(b"\r\n") > 0
        assert not said.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("batch", BATCH_FILES, ids=lambda one: one.name)
def test_a_batch_file_works_in_any_folder(batch: Path) -> None:
    """Blanks, brackets and Japanese in its path: quoted, and never in a block."""
    text = lines(batch)
    for place in ("%~dp0", "%CD%"):
        assert re.findall(rf"{place}[^\"\n]*$", re.sub(r'"[^"\n]*"', "", text)) == []
    assert not re.search(r"^[^\"\n]*\($", text, re.MULTILINE)
    assert "cd /d" not in text, "no drive has the folders of a network"


@pytest.mark.parametrize("batch", BATCH_FILES, ids=lambda one: one.name)
def test_a_batch_file_finds_what_it_names(batch: Path) -> None:
    """Labels, files of the folder, and those that the build puts into it."""
    text = lines(batch)
    labels = set(re.findall(r"^:(\w+)$", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) == labels
    built = {"program\\uv.exe", "program\\wheels", "program\\requirements.txt"}
    made = {"program\\env", "program\\python"}
    for named in set(re.findall(r"program\\[\w.\\-]+", text)) - built:
        there = BATCHES / named.replace("\\", "/")
        assert there.is_file() or any(named.startswith(one) for one in made), named


def test_a_crash_is_no_success() -> None:
    """`if errorlevel 1` takes a negative code, that of a crash, for a success."""
    for batch in BATCH_FILES:
        assert "if errorlevel" not in lines(batch)


def test_only_the_set_up_asks_the_net() -> None:
    """A second start goes by without it; the set-up installs from the folder alone."""
    text = lines(BATCHES / "program" / "ready.bat")
    before, _label, set_up = text.partition("\n:setup\n")
    assert before.rstrip().endswith("exit /b 0")
    assert "uv" not in before
    fetching = [line for line in set_up.splitlines() if line.startswith("%uv%")]
    assert [line.split()[1] for line in fetching] == ["python", "venv", "pip"]
    assert "--no-bin --no-registry" in fetching[0]
    assert "--no-python-downloads" in fetching[1]
    assert "--offline --no-index" in fetching[2]
    assert f"cpython-{PYTHON}-" in set_up
    # The mark of a whole set-up comes last.
    assert set_up.index("copy /b") > set_up.index("import cp_model")


def test_the_double_click_opens_the_page() -> None:
    assert "-m scheduler.cli open ." in lines(BATCHES / "勤務表.bat")


def test_a_missing_part_of_windows_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As the solver's library says it where Microsoft's runtime is not installed."""
    error = ImportError("DLL load failed while importing cp_model_helper")
    assert report_failure(error, Session()) == Exit.WRONG_USE
    assert "vc_redist" in capsys.readouterr().err


def test_the_readme_leads_from_page_to_page() -> None:
    """Links to other sites and within a page stay as they are."""
    text = page(
        "# 題\n[a](docs/ja/README.md) [b](../README.ja.md#y) [c](https://example.com/z.md)\n"
        "\n| A |\n|---|\n| 1 |\n"
    )
    assert "<title>題</title>" in text
    assert 'href="docs/ja/README.html"' in text
    assert 'href="../はじめに.html#y"' in text
    assert 'href="https://example.com/z.md"' in text
    assert "<td>1</td>" in text


def test_names_in_the_zip_are_utf_8(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "勤務表.bat").write_bytes(b"x")
    pack(folder, tmp_path / "made.zip")
    (one,) = zipfile.ZipFile(tmp_path / "made.zip").infolist()
    assert one.filename == f"{NAME}/勤務表.bat"
    assert one.flag_bits & 0x800


def test_a_wheel_is_pinned_to_its_bytes(tmp_path: Path) -> None:
    wheel = tmp_path / "some_thing-1.2-py3-none-any.whl"
    wheel.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert requirement(wheel) == f"some_thing==1.2 --hash=sha256:{empty}\n"


@pytest.fixture(scope="module")
def unpacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the folder of the zip that was built."""
    if not request.config.getoption("built"):
        pytest.skip("`make windows` builds it")
    place = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(TARGET).extractall(place)
    return place / NAME


@pytest.fixture(scope="module")
def installed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it by its own uv's resolver as for Windows, as `ready.bat` does.

    That fails where anything is missing, is not for Windows, or was altered.
    """
    place = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            *(uv.find_uv_bin(), "--quiet", "--no-config", "--no-cache"),
            *("pip", "install", "--offline", "--no-index", "--find-links"),
            *(unpacked / "program" / "wheels", "--require-hashes"),
            *("--python-platform", "x86_64-pc-windows-msvc"),
            *("--python-version", PYTHON, "--target", place),
            *("-r", unpacked / "program" / "requirements.txt"),
        ],
        check=True,
    )
    return place


def needed(library: Path) -> Iterator[str]:
    """Yield the names of the libraries that one asks Windows for."""
    found = pefile.PE(str(library), fast_load=True)
    kinds = ("IMPORT", "DELAY_IMPORT")
    found.parse_data_directories(
        [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{one}"] for one in kinds]
    )
    assert found.FILE_HEADER.Machine == pefile.MACHINE_TYPE["IMAGE_FILE_MACHINE_AMD64"]
    for kind in kinds:
        for entry in getattr(found, f"DIRECTORY_ENTRY_{kind}", ()):
            yield entry.dll.decode().lower().removesuffix(".dll")
    found.close()


def test_every_library_finds_those_it_needs(installed: Path) -> None:
    """Beside it, among those a package loads first, or in the root: `runtime.pth`."""
    libraries = [*installed.rglob("*.dll"), *installed.rglob("*.pyd")]
    assert len(libraries) > 100
    root = {one.stem.lower() for one in installed.glob("*.dll")}
    assert "msvcp140" in root
    loaded = {one.stem.lower() for one in installed.glob("*.libs/*.dll")}
    loaded |= {one.stem.lower() for one in installed.glob("ortools/.libs/*.dll")}
    missing = {}
    for library in libraries:
        beside = {one.stem.lower() for one in library.parent.glob("*.dll")}
        there = beside | root | loaded | WINDOWS_OWN | INTERPRETERS
        lacks = {
            name
            for name in needed(library)
            if name not in there and not name.startswith("api-ms-win-")
        }
        if lacks:
            missing[str(library.relative_to(installed))] = lacks
    assert missing == {}


def test_the_solver_needs_the_runtime(installed: Path) -> None:
    """Were it not so, the folder need not hold Microsoft's files."""
    assert "msvcp140" in set(needed(installed / "ortools" / ".libs" / "ortools.dll"))


def test_versions_are_those_that_were_tested(unpacked: Path) -> None:
    wheels = (unpacked / "program" / "wheels").iterdir()
    held = dict(one.name.split("-")[:2] for one in wheels)
    name, version = RUNTIME.split("==")
    assert held.pop(name.replace("-", "_")) == version
    held.pop(NAME)
    pinned = dict(
        line.split("==")
        for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines()
        if "==" in line
    )
    normal = {name.lower().replace("-", "_"): of for name, of in pinned.items()}
    assert {name: normal.get(name.lower()) for name in held} == held


def test_no_path_is_too_long_for_windows(installed: Path, unpacked: Path) -> None:
    inside = len("/program/env/Lib/site-packages/")
    longest = max(len(str(one.relative_to(installed))) for one in installed.rglob("*"))
    assert longest + inside + THEIRS < LONGEST_PATH
    longest = max(len(str(one.relative_to(unpacked))) for one in unpacked.rglob("*"))
    assert longest + THEIRS < LONGEST_PATH


def test_the_folder_holds_what_the_first_page_speaks_of(unpacked: Path) -> None:
    """Its pictures, the pages it leads to, and an office to try."""
    for place in (unpacked, unpacked / "docs" / "ja"):
        for source in place.glob("*.html"):
            text = source.read_text(encoding="utf-8")
            for link in re.findall(r'(?:href|src)="([^":#]+)["#]', text):
                assert (source.parent / link).exists(), (source.name, link)
    assert (unpacked / "はじめに.html").is_file()
    assert (unpacked / "inputs" / "sakura-2027-01.xlsx").is_file()
    program = unpacked / "program" / "uv.exe"
    assert program.read_bytes()[:2] == b"MZ"


def test_the_folder_is_that_of_this_tree(unpacked: Path) -> None:
    for source in BATCH_FILES:
        there = unpacked / source.relative_to(BATCHES)
        assert there.read_bytes() == source.read_bytes()
    (wheel,) = (unpacked / "program" / "wheels").glob(f"{NAME}-*.whl")
    packed = zipfile.ZipFile(wheel)
    for source in (ROOT / "scheduler").rglob("*.py"):
        name = source.relative_to(ROOT).as_posix()
        assert packed.read(name) == source.read_bytes(), name

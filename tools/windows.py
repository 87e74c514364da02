"""Build the folder for Windows as one zip: ``python -m tools.windows``.

Written is ``dist/shotaki-windows-VERSION.zip``: the batch files of ``windows_folder/``,
uv, the wheels of everything at the versions of ``constraints.txt``, the runtime of
Visual C++ that ortools needs and does not bring, sample offices, and the README as
pages of a browser.  Everything comes from the index that pip is set up with.  The
interpreter is fetched by uv at the first start.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from scheduler import __version__
from tools.lock import CONSTRAINTS, ELSEWHERE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "shotaki"
TARGET = ROOT / "dist" / f"{NAME}-windows-{__version__}.zip"
BATCHES = Path(__file__).with_name("windows_folder")

PYTHON = "3.12"
"""The interpreter of the folder; `windows_folder/program/ready.bat` asks for it too."""

RUNTIME = "msvc-runtime==14.51.36231"
"""Microsoft's runtime, which has no wheel for the system that `make lock` runs on."""

PLATFORM = (
    *("--platform", "win_amd64", "--python-version", PYTHON),
    *("--implementation", "cp", "--only-binary", ":all:"),
)
LINKED = ("README.ja.md", "docs/commands.ja.md", "docs/cli.md", "docs/windows.md")
"""Pages of the folder, beside those of the input workbook."""

READ_FIRST = "はじめに.html"
PAGES = {"README.ja.md": READ_FIRST}
"""Pages of the folder whose names are not those of their sources."""

HEAD = """\
<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.8 "Yu Gothic UI", Meiryo, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em }}
img {{ max-width: 100%; border: 1px solid #ccc }}
pre, code {{ background: #f2f2f2; font-size: 14px }} pre {{ padding: .6em 1em; overflow: auto }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #bbb; padding: .2em .6em; text-align: left }}
</style>
{body}
</html>
"""  # noqa: E501


def main() -> None:
    """Build the folder and pack it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / NAME
        shutil.copytree(BATCHES, folder)
        wheels = folder / "program" / "wheels"
        fetch_wheels(wheels, our_wheel(Path(made) / "built"))
        take_uv(folder / "program")
        asked = "".join(sorted(map(requirement, wheels.iterdir())))
        (folder / "program" / "requirements.txt").write_text(asked, encoding="utf-8")
        write_pages(folder)
        for source in (*ROOT.glob("inputs/*.xlsx"), *ROOT.glob("outputs/sample/*")):
            # A finished roster lies where the page looks for rosters.
            place = folder / source.relative_to(ROOT).parts[0] / source.name
            place.parent.mkdir(exist_ok=True)
            shutil.copy(source, place)
        shutil.copy(ROOT / "LICENSE", folder / "program")
        pack(folder, TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.0f} MB")


def our_wheel(folder: Path) -> Path:
    """Build the wheel of this tree, without the net."""
    source = folder / "source"
    # From a copy: setuptools leaves a build folder beside what it builds, and reads it.
    shutil.copytree(
        ROOT / "scheduler",
        source / "scheduler",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    built = ("--no-build-isolation", "--wheel-dir", str(folder), str(source))
    _pip("wheel", "--no-deps", *built)
    (wheel,) = folder.glob(f"{NAME}-*.whl")
    return wheel


def fetch_wheels(folder: Path, ours: Path) -> None:
    """Fetch wheels for Windows of all that ours asks for, at the versions tested.

    Named is what is asked for on Windows alone: pip reads conditions as for here.
    """
    pinned = ("--constraint", str(CONSTRAINTS), "--dest", str(folder))
    _pip("download", *PLATFORM, *pinned, f"{ours}[exact]", *ELSEWHERE, RUNTIME)


def take_uv(folder: Path) -> None:
    """Put uv's program for Windows and its licences into a folder."""
    with tempfile.TemporaryDirectory() as fetched:
        pinned = ("--constraint", str(CONSTRAINTS), "--dest", fetched)
        _pip("download", "--no-deps", *PLATFORM, *pinned, "uv")
        (wheel,) = Path(fetched).iterdir()
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if name.endswith("/uv.exe") or "/licenses/" in name:
                    place = folder / f"uv-{Path(name).name}"
                    place.write_bytes(packed.read(name))
    (folder / "uv-uv.exe").rename(folder / "uv.exe")


def requirement(wheel: Path) -> str:
    """Return the line that pins a wheel to its bytes."""
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} --hash=sha256:{digest}\n"


def write_pages(folder: Path) -> None:
    """Write the Japanese README, and what it leads to, for a browser."""
    for source in (*(ROOT / name for name in LINKED), *ROOT.glob("docs/ja/*.md")):
        place = folder / source.relative_to(ROOT).with_name(page_name(source.name))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page(source.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "images", folder / "docs" / "images")


def page(text: str) -> str:
    """Return a page of Markdown as a page for a browser; links lead to such pages."""
    body = MarkdownIt("commonmark").enable("table").render(text)
    linked = re.sub(
        r'(href="(?:[^":]*/)?)([\w.-]+\.md)(["#])',
        lambda found: f"{found[1]}{page_name(found[2])}{found[3]}",
        body,
    )
    title = text.partition("\n")[0].lstrip("# ")
    return HEAD.format(title=title, body=linked)


def page_name(name: str) -> str:
    """Return the name of the page made of a file of Markdown."""
    return PAGES.get(name, name.removesuffix(".md") + ".html")


def pack(folder: Path, target: Path) -> None:
    """Pack a folder; names that are not ASCII are marked as UTF-8."""
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(_files(folder)):
            packed.write(path, path.relative_to(folder.parent))


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


if __name__ == "__main__":
    main()

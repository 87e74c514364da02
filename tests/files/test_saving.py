"""Files as they are saved: whole, under free names, by one process at a time."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import threading
import zipfile
from functools import partial
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from scheduler.cli.failures import save_bundle
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit, OutputError
from scheduler.files import cleanup, locks, validation
from scheduler.files.locks import PREFIX, InUse, claimed, draft_of
from scheduler.files.paths import LONGEST_NAME, make_folder, rescued
from scheduler.files.saving import (
    Unsaved,
    overwrite,
    prepare,
    replace_file,
    save,
    save_all,
    save_new,
)
from scheduler.files.validation import file_bytes
from scheduler.whatif.accepting import accept
from tests.support import tiny
from tests.support.programs import PATIENCE, PYTHON, ended, start
from tests.support.systems import needs_posix
from tests.support.workbooks import refuse_to_replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITED: Callable[[Path], bool] = lambda there: False  # noqa: E731
HOLDER = """
import sys
from pathlib import Path
from scheduler.files.locks import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def text(words: str) -> bytes:
    return words.encode()


@pytest.fixture(autouse=True)
def _command() -> Iterator[None]:
    """End what a command holds until it ends."""
    yield
    cleanup.end_command()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- what is there


@needs_posix
def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that it leads to is written; the link stays one."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real" / "file.txt")
    for words in ("first", "second"):
        assert save(text(words), link) == link
        assert link.is_symlink()
        assert (tmp_path / "real" / "file.txt").read_text() == words
    other = save(text("third"), link, EDITED)
    assert other == tmp_path / "real" / "file-2.txt"


def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    """Nor by root, whom the system lets write everything."""
    path = tmp_path / "a.txt"
    path.write_text("mine")
    path.chmod(0o444)
    assert save(text("new"), path) == tmp_path / "a-2.txt"
    with pytest.raises(OutputError, match=r"a\.txt"):
        replace_file(text("new"), path, tmp_path / "kept.txt")
    assert path.read_text() == "mine"
    assert names(tmp_path) == ["a-2.txt", "a.txt"]


@needs_posix
def test_who_could_read_a_file_can_read_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o600)
    save(text("new"), path)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "there", ["file", pytest.param("link to nowhere", marks=needs_posix)]
)
def test_a_new_file_replaces_nothing(tmp_path: Path, there: str) -> None:
    path = tmp_path / "a.txt"
    if there == "file":
        path.write_text("mine")
    else:
        (tmp_path / "b.txt").write_text("mine")
        path.symlink_to(tmp_path / "b.txt")
    with pytest.raises(OutputError):
        save_new(text("new"), path)
    assert path.read_text() == "mine"


def test_of_names_the_longest(tmp_path: Path) -> None:
    """255 bytes are written, also a second time beside an edited one; 256 are not."""
    path = tmp_path / ("a" * (LONGEST_NAME - 4) + ".txt")
    assert save(text("1"), path) == path
    second = save(text("2"), path, EDITED)
    assert second.name.endswith("a-2.txt")
    assert len(second.name) == LONGEST_NAME
    if os.name != "nt":  # There only saving tells.
        with pytest.raises(OutputError):
            prepare(path.with_stem("a" * (LONGEST_NAME - 3)))
    assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("where", ["no folder", "a file"])
def test_where_nothing_can_be_is_found_out_before(tmp_path: Path, where: str) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(OutputError):
        prepare(tmp_path / where / "a.txt")
    assert names(tmp_path) == ["a file"]


def test_what_belongs_together_comes_together(tmp_path: Path) -> None:
    """One of three has no place: none of them appears."""
    places = ("a.txt", "nowhere/b.txt", "c.txt")
    with pytest.raises(OutputError, match=r"b\.txt"):
        save_all([Unsaved(text("x"), tmp_path / place) for place in places])
    assert names(tmp_path) == []


@needs_posix
def test_a_full_disk_is_called_by_its_name(tmp_path: Path) -> None:
    """A process that may write no more than 1,000 bytes; nothing else is said."""
    resource = pytest.importorskip("resource")
    tiny.put_input(tmp_path / "tiny.xlsx")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    before = names(tmp_path)
    line = ("init", "new.xlsx", "--sample", "small", "--lang", "en")
    # What is compiled for the next tests would be cut off, too.
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    told = ended(start(tmp_path, *line, preexec_fn=limited, env=env))
    assert told.code == Exit.WRONG_USE
    assert told.err.splitlines() == [
        "new.xlsx cannot be written: the disk is full. Make room on it and try again."
    ]
    assert names(tmp_path) == before


def test_under_its_own_name_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is read by its name is of no use under the next free one."""
    path = tmp_path / "a.txt"
    for words in ("first", "second"):
        assert overwrite(text(words), path) == path
        assert path.read_text() == words
    path.chmod(0o444)
    with pytest.raises(OutputError, match="書き込み禁止"):
        overwrite(text("third"), path)
    path.chmod(0o644)
    refuse_to_replace(monkeypatch, "a.txt")
    with pytest.raises(OutputError, match="ほかのプログラムで開いて"):
        overwrite(text("third"), path)
    (tmp_path / "~$a.txt").touch()
    with pytest.raises(OutputError, match="Excelで開かれています。"):
        overwrite(text("third"), path)
    assert path.read_text() == "second"
    assert names(tmp_path) == ["a.txt", "~$a.txt"]


def test_a_folder_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    """A file has its name, or the name of a folder above it."""
    there = tmp_path / "outputs"
    make_folder(there)
    make_folder(there)
    (there / "notes").write_text("mine")
    with pytest.raises(OutputError, match="同じ名前の別のものがあります。"):
        make_folder(there / "notes")
    with pytest.raises(OutputError, match=r"フォルダーがありません|同じ名前の別のもの"):
        make_folder(there / "notes" / "below")


def test_what_was_found_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among one's own files, or else among the temporary ones, where nobody looks.

    What lies there already stays.
    """
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text("another")
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(home))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write = partial(save, text("found"))
    found, refused = rescued(write, tmp_path / "nowhere" / "a.txt")
    assert found == home / "a-2.txt"
    assert "nowhere" in refused
    assert (home / "a.txt").read_text() == "another"
    shutil.rmtree(home)
    found, _refused = rescued(write, tmp_path / "nowhere" / "a.txt")
    assert found.read_text() == "found"
    assert os.name == "nt" or stat.S_IMODE(found.parent.stat().st_mode) == 0o700


# --- other processes


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses by itself")
def test_a_file_that_another_has_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a virus scanner has it on Windows: read, replaced, and no other name taken."""
    path, refused = tmp_path / "a.txt", []

    def at_first(act: Callable[..., object]) -> Callable[..., object]:
        def tried(*given: object) -> object:
            if len(refused) % 3 < 2:
                refused.append(act)
                raise PermissionError(13, "used by another process")
            refused.append(act)
            return act(*given)

        return tried

    path.write_text("old")
    monkeypatch.setattr(validation, "MOMENT", PATIENCE)
    monkeypatch.setattr(Path, "replace", at_first(Path.replace))
    assert save(text("new"), path) == path
    with monkeypatch.context() as reading:
        reading.setattr(Path, "open", at_first(Path.open))
        assert file_bytes(path, 10) == b"new"
    assert len(refused) == 6


def test_readers_and_a_writer_are_in_no_other_s_way(tmp_path: Path) -> None:
    """On Windows a file that is read cannot be replaced, and the other way round."""
    path, read, stop = tmp_path / "a.txt", [], threading.Event()
    overwrite(b"0" * 100_000, path)

    def reading() -> None:
        while not stop.wait(0.01):
            read.append(file_bytes(path, 100_000)[:1])

    readers = [threading.Thread(target=reading) for _number in range(2)]
    for reader in readers:
        reader.start()
    for number in range(20):
        overwrite(str(number % 10).encode() * 100_000, path)
    stop.set()
    for reader in readers:
        reader.join()
    assert len(read) > 0
    assert names(tmp_path) == ["a.txt"]


def test_another_process_holds_the_name(tmp_path: Path) -> None:
    """It is told; and once that one is killed, nothing of it is left."""
    path = tmp_path / "a.txt"
    line = ("-c", HOLDER, str(path))
    with start(tmp_path, *line, program=PYTHON, stdin=PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUse, match=r"a\.txt"):
            save(text("new"), path)
        save(text("other"), tmp_path / "b.txt")
        draft_of(path).write_text("half")
        holder.kill()
    assert len(names(tmp_path)) == 3
    save(text("new"), tmp_path / "b.txt")
    assert names(tmp_path) == ["b.txt"]


def test_a_claim_leaves_nothing_behind(tmp_path: Path) -> None:
    """Held twice by one process, by whatever way to the folder, it is let go once."""
    with claimed(tmp_path / "a.txt"):
        with claimed(tmp_path / "sub" / ".." / "a.txt"):
            pass
        assert [name.startswith(PREFIX) for name in names(tmp_path)] == [True]
    assert names(tmp_path) == []


def test_a_lock_that_somebody_else_has_by_now_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let go, it is the next one's, who may have made it anew at that moment."""
    unlock = locks._unlock  # noqa: SLF001

    def unlock_and_lose(lock: Path, file: int) -> None:
        unlock(lock, file)
        lock.write_text("of another")

    monkeypatch.setattr(locks, "_unlock", unlock_and_lose)
    with claimed(tmp_path / "a.txt"):
        pass
    assert len(names(tmp_path)) == 1


def test_two_of_init_at_once(tmp_path: Path) -> None:
    """One writes, the other is told; the file is that of the first."""
    both = [
        start(tmp_path, "init", "i.xlsx", "--sample", name)
        for name in ("small", "short")
    ]
    told = [ended(process) for process in both]
    assert sorted(one.code for one in told) == [Exit.DONE, Exit.WRONG_USE]
    loser = next(one for one in told if one.code)
    assert "i.xlsx" in loser.err
    assert names(tmp_path) == ["i.xlsx"]


def test_accepting_while_another_process_does(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.touch()
    line = ("-c", HOLDER, str(path))
    with start(tmp_path, *line, program=PYTHON, stdin=PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(InUse):
            accept(path, tmp_path / "plan.xlsx", dt.datetime(2026, 12, 1))
        holder.kill()


# --- reports of faults


@needs_posix
def test_a_report_is_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its full path; what cannot be read is named in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.json").write_text("{}")
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "in.json")
    path = save_bundle(ValueError("by us"), Session(arguments=("in.json",)))
    assert path is not None
    assert path.is_absolute()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as bundle:
        assert set(bundle.namelist()) == {"report.txt", "in.json"}
    second = save_bundle(ValueError("again"), Session())
    assert second not in (None, path)


@needs_posix
def test_nowhere_to_put_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither here, as the folder is gone, nor among temporary files, as none is."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: [str(gone)])
    assert save_bundle(ValueError("by us"), Session()) is None

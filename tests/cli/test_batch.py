"""Many offices: each ends in one line, whatever becomes of the others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scheduler.api.batch_tasks import BatchOrder, line
from scheduler.api.offices import inputs, make_all, targets
from scheduler.audit import audit
from scheduler.audit.figures.summary import (
    BatchLine,
    BatchVerdict,
    office_figures,
    summarise,
    worst_first,
)
from scheduler.audit.papers.deductions import Cost
from scheduler.audit.papers.shortage import LevelTotal
from scheduler.cli.app import main
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Stance
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster
from scheduler.files.samples import SAMPLE_MONTH, SAMPLES
from scheduler.files.workbook.batch import write_batch
from scheduler.files.workbook.write_input import write_input
from scheduler.solver.budgets import Budgets, WorkerBudget
from scheduler.solver.executors import Workers, died, local
from scheduler.solver.search import SearchLimits
from scheduler.wording.command_line import of_batch
from scheduler.wording.verdict import remark_text
from tests.support.builders import make_problem, make_roster
from tests.support.programs import PATIENCE, called, start
from tests.support.systems import needs_posix
from tests.support.tasks import (
    faulty,
    killed,
    killed_once,
    never,
    own_id,
    until_stopped,
)
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem
from tests.support.workbooks import opened, typed
from tests.support.workers import Here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from scheduler.domain.problem import Problem
    from tests.support.programs import Ended

ORDER = BatchOrder(SearchLimits(30, 2), advice=False)
FAST = ("--workers-per-office", "2", "--time-limit", "30", "--no-advice")


def named(name: str, **everybody: Any) -> Problem:
    problem = tiny_problem(**everybody)
    office = problem.office.model_copy(update={"name": name})
    return problem.model_copy(update={"office": office})


def written(folder: Path, **problems: Problem) -> list[Path]:
    """Write problems as JSON under their keywords."""
    paths = [folder / f"{name}.json" for name in problems]
    for path, problem in zip(paths, problems.values(), strict=True):
        path.write_text(problem.model_dump_json(), encoding="utf-8")
    return paths


def made(
    sources: Sequence[Path],
    folder: Path,
    workers: Workers,
    on_office: Callable[[BatchLine], object] = lambda office: None,
    stop: threading.Event | None = None,
) -> tuple[BatchLine, ...]:
    folder.mkdir(exist_ok=True)
    told: list[BatchLine] = []

    def tell(office: BatchLine) -> None:
        told.append(office)
        on_office(office)

    offices = make_all(
        sources,
        targets(sources, folder, ()),
        workers,
        ORDER,
        on_office=tell,
        stop=stop or threading.Event(),
    )
    assert [Path(office.source) for office in offices] == list(sources)
    assert {office.source for office in told} <= {office.source for office in offices}
    assert len({office.source for office in told}) == len(told)
    return offices


# --- the command


@pytest.fixture(scope="module")
def three_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a legal office, one that is short, and one whose workbook is wrong."""
    folder = tmp_path_factory.mktemp("three")
    write_input(named("さくら"), folder / "sakura.xlsx")
    write_input(named("うめ", **AWAY_ON_FIRST), folder / "ume #2.xlsx")
    write_input(named("もも"), folder / "momo.xlsx")
    book = openpyxl.load_workbook(folder / "momo.xlsx")
    cell = next(
        cell
        for row in book["職員"].iter_rows()
        for cell in row
        if cell.value == "柳 まもる"
    )
    cell.value = "桃 みるこ"
    book.save(folder / "momo.xlsx")
    return folder


@pytest.fixture
def three(three_books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the three workbooks."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(three_books, tmp_path / "inputs")


@pytest.fixture(scope="module")
def answered(
    three_books: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Ended]:
    """Make the three rosters; return the folder and what was said."""
    folder = tmp_path_factory.mktemp("answered")
    shutil.copytree(three_books, folder / "inputs")
    return folder, called(folder, "batch", "inputs/*.xlsx", *FAST)


def test_each_office_ends_in_one_line(answered: tuple[Path, Ended]) -> None:
    """The worst one's code; rosters, a summary with links, and every mistake."""
    folder, printed = answered
    assert printed.code == Exit.BAD_INPUT
    assert "Traceback" not in printed.out + printed.err
    assert [f"{n}/3" in printed.err for n in (1, 2, 3)] == [True] * 3
    assert "3事業所（適法 1、不足 1、入力の誤り 1）" in printed.out
    assert "桃 みるこ" in printed.out
    outputs = folder / "outputs"
    assert {path.name for path in outputs.iterdir()} == {
        "sakura.xlsx",
        "sakura-根拠.xlsx",
        "ume #2.xlsx",
        "ume #2-根拠.xlsx",
        "まとめ.xlsx",
    }
    assert main(["check", str(outputs / "sakura.xlsx")]) == Exit.DONE
    assert main(["check", str(outputs / "ume #2.xlsx")]) == Exit.BREACHES
    book = openpyxl.load_workbook(outputs / "まとめ.xlsx")
    front = book["全事業所"]
    rows = {row[1].value: row for row in front.iter_rows(min_row=6)}
    verdicts = {name: row[3].value for name, row in rows.items()}
    assert verdicts == {"さくら": "適法", "うめ": "不足", "momo.xlsx": "入力の誤り"}
    assert [rows[name][4].value for name in ("さくら", "うめ")] == ["0", "延べ30時間"]
    assert rows["うめ"][14].hyperlink.target == "ume%20%232.xlsx"
    assert "証明済み" in rows["うめ"][8].value
    # The office that needs somebody first stands first.
    assert list(rows) == ["momo.xlsx", "うめ", "さくら"]
    assert rows["momo.xlsx"][12].value in (None, "")
    for name, file in (("さくら", "sakura.xlsx"), ("うめ", "ume #2.xlsx")):
        _nights, fte, spare = (cell.value for cell in rows[name][11:14])
        finished = read_roster(outputs / file)
        figures = office_figures(finished.problem, finished.roster)
        assert fte == f"{figures.pool_tenths / 10:.1f}"
        assert spare.startswith("-") == (figures.spare < 0)
    told = [row[2].value for row in book["誤りと注意"].iter_rows(min_row=5)]
    assert any(text.startswith("職員 A") and "桃 みるこ" in text for text in told)


def test_who_needs_somebody_first_stands_first() -> None:
    """Without a roster, then by law before contracts, wishes and what is to spare."""
    problem = make_problem(["A"], days=2)
    roster = make_roster(problem, "A 日休")
    summary = summarise(problem, roster, audit(problem, roster))
    figures = office_figures(problem, roster)
    # 480 minutes of work on the first date, none on the second.
    assert figures.spare_on == problem.period.dates[1]

    def made(name: str, spare: int, *short: Stance) -> BatchLine:
        levels = tuple(
            LevelTotal(level=one, value=1, least=None, is_certain=False, above=())
            for one in short
        )
        shortage = summary.shortage.model_copy(update={"levels": levels})
        return line(
            Path(name),
            BatchVerdict.LEGAL,
            Exit.DONE,
            summary=summary.model_copy(update={"shortage": shortage}),
            figures=figures.model_copy(update={"spare": spare}),
        )

    none = line(Path("none"), BatchVerdict.OUT_OF_TIME)
    law, contract = made("law", 9, Stance.STATUTORY), made("own", 9, Stance.CONTRACT)
    wide, tight = made("wide", 2), made("tight", 1)
    found = worst_first([wide, tight, contract, law, none])
    assert found == (none, law, contract, tight, wide)


def test_deductions_are_summed_up(tmp_path: Path) -> None:
    """In yen where the office told its fees, else blank."""
    problem = make_problem(["A"], days=2)
    roster = make_roster(problem, "A 日休")
    summary = summarise(problem, roster, audit(problem, roster))
    figures = office_figures(problem, roster)
    given = Path("a"), BatchVerdict.SHORT, Exit.NOT_LEGAL
    office = line(*given, period=problem.period, summary=summary, figures=figures)
    lines = []
    for yen in (2_100_000, None):
        cost = Cost(
            rules=("C-02",),
            percent=30,
            yen=yen,
            first_month=None,
            mend_by=None,
            of_one_month=True,
            to_be_confirmed=True,
        )
        shortage = summary.shortage.model_copy(update={"cost": cost})
        costly = summary.model_copy(update={"shortage": shortage})
        lines.append(office.model_copy(update={"summary": costly}))
    path = write_batch([*lines, office], tmp_path / "all.xlsx")
    front = openpyxl.load_workbook(path).worksheets[0]
    cells = [row[10].value for row in front.iter_rows(min_row=6)]
    assert cells == [2_100_000, None, None]


def test_an_edited_roster_stays(answered: tuple[Path, Ended], tmp_path: Path) -> None:
    """Made anew, a roster takes another name; so does an edited summary."""
    folder = shutil.copytree(answered[0], tmp_path / "again")
    for name in ("sakura.xlsx", "まとめ.xlsx"):
        path = folder / "outputs" / name
        sheet = opened(path).sheetnames[0]
        path.write_bytes(typed(path, [(sheet, "B6", "手直し")]))
    line = ("--json", "batch", "inputs/sakura.xlsx", *FAST)
    second = called(folder, *line)
    assert second.code == Exit.DONE
    office = second.json["offices"][0]
    assert Path(office["path"]).name == "sakura-2.xlsx"
    assert Path(office["kept"]) == Path("outputs/sakura.xlsx")
    assert Path(second.json["path"]).name == "まとめ-2.xlsx"
    third = called(folder, *line)
    assert (third.code, third.json["path"]) == (Exit.DONE, second.json["path"])


def test_for_machines(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One document; exit codes by office and in all."""
    paths = [str(three / name) for name in ("sakura.xlsx", "ume #2.xlsx", "momo.xlsx")]
    code = main(["--json", "batch", *paths, "nowhere.xlsx", "-o", "out", *FAST])
    told = json.loads(capsys.readouterr().out)
    assert told["exit"] == code == Exit.BAD_INPUT
    assert [office["exit"] for office in told["offices"]] == [0, 3, 1, 1]
    assert [office["verdict"] for office in told["offices"]] == [
        "legal",
        "short",
        "bad_input",
        "bad_input",
    ]
    assert told["offices"][1]["summary"]["shortage"]["levels"][0]["value"] == 1800
    assert told["offices"][2]["mistakes"][0]["sheet"] == "職員"
    assert told["offices"][3]["mistakes"][0]["code"] == "file_missing"


@pytest.mark.parametrize(
    "line",
    [
        "inputs/*.xlsx -o inputs",
        "inputs/*.xlsx -o nowhere/outputs",
        "inputs/*.xlsx --dask tcp://127.0.0.1:9 --processes 2",
        "inputs/*.xlsx --dask nonsense://x",
        "inputs/*.xlsx --dask 127.0.0.1",
        "inputs/*.xlsx --dask tcp://nowhere.invalid:8786",
        "",
    ],
)
def test_wrong_use(three: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in three.iterdir()}
    assert main(["batch", *line.split()]) == Exit.WRONG_USE
    assert "Traceback" not in capsys.readouterr().err
    assert {path: path.read_bytes() for path in three.iterdir()} == before


def test_dask_that_is_not_there(
    three: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A library not installed, and a scheduler that does not answer, are told."""
    hasty = Budgets(workers=WorkerBudget(connect=1))
    monkeypatch.setattr("scheduler.solver.executors.cluster.BUDGETS", hasty)
    line = ["batch", str(three / "sakura.xlsx"), "--dask", "tcp://127.0.0.1:9"]
    assert main(line) == Exit.WRONG_USE
    assert (
        "127.0.0.1:9 の Dask スケジューラーにつながりません" in capsys.readouterr().err
    )
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(line) == Exit.WRONG_USE
    assert "shotaki[dask]" in capsys.readouterr().err


@needs_posix
def test_control_c_keeps_what_is_done(tmp_path: Path) -> None:
    """As a terminal sends it: to the program and its processes alike."""
    big = SAMPLES["sakura"](SAMPLE_MONTH)
    paths = written(tmp_path, tiny=named("小"), big=big, more=big, last=big)
    line = ("--json", "batch", *map(str, paths), "--processes", "2")
    with start(tmp_path, *line, start_new_session=True) as running:
        assert running.stderr is not None
        assert running.stdout is not None
        while "1/4" not in (line := running.stderr.readline()):
            assert line, "it ended by itself"
        os.killpg(running.pid, signal.SIGINT)
        told = json.loads(running.stdout.read())
        assert "Traceback" not in running.stderr.read()
    assert [office["source"] for office in told["offices"]] == list(map(str, paths))
    assert told["offices"][0]["verdict"] == "legal"
    assert told["offices"][3]["verdict"] == "stopped"
    assert (tmp_path / "outputs" / "tiny.xlsx").exists()
    assert (tmp_path / "outputs" / "まとめ.xlsx").exists()


# --- which files, and the code


def test_inputs_are_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns are filled in, twice named is once meant, Excel's locks are none."""
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", "[1].xlsx", "c.json"):
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    given = ["[1].xlsx", "*.xlsx", "./a.xlsx", "~$a.xlsx", "no*.xlsx"]
    found = [path.name for path in inputs(map(Path, given))]
    assert found == ["[1].xlsx", "a.xlsx", "b.xlsx", "no*.xlsx"]


def test_no_two_rosters_have_one_name() -> None:
    """Not in a folder that ignores case, and none that of the summary."""
    sources = [Path(name) for name in ("x/A.xlsx", "y/a.json", "z/a.xlsx", "s.xlsx")]
    paths = targets(sources, Path("out"), taken=["S.xlsx"])
    names = [path.name for path in paths]
    assert names == ["A.xlsx", "a (2).xlsx", "a (3).xlsx", "s (2).xlsx"]


def test_the_worst_code_counts() -> None:
    order = [Exit.DONE, Exit.NOT_LEGAL, Exit.OUT_OF_TIME, Exit.BAD_INPUT, Exit.BUG]
    for place, code in enumerate(order):
        assert of_batch(order[: place + 1]) is code
        assert of_batch(reversed(order[: place + 1])) is code


# --- what goes wrong


class Sabotaged(Workers):
    """Workers on which the tasks of some offices, by name, are others."""

    def __init__(
        self, workers: Workers, instead: Mapping[str, Callable[..., Any]]
    ) -> None:
        self._workers = workers
        self._instead = instead

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        task = self._instead.get(args[0].office.name, fn)
        return self._workers.submit(task, *args)

    def ask_to_stop(self) -> None:
        self._workers.ask_to_stop()


def test_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    """A process that dies each time, a fault of ours, no roster in time."""
    fault, late = BatchVerdict.FAULT, BatchVerdict.OUT_OF_TIME
    kinds = {
        "い": (killed, fault, "止まりました"),
        "う": (faulty, fault, "AttributeError"),
        "え": (never, late, "--time-limit"),
    }
    names = ["あ", *kinds, "お"]
    sources = written(tmp_path, **{name: named(name) for name in names})
    instead = {name: task for name, (task, _verdict, _told) in kinds.items()}
    with local(2) as workers:
        offices = made(sources, tmp_path / "out", Sabotaged(workers, instead))
    first, *failing, last = offices
    assert first.verdict == last.verdict == BatchVerdict.LEGAL
    for office, (_task, verdict, told) in zip(failing, kinds.values(), strict=True):
        assert office.verdict is verdict
        assert told in remark_text(office)
        assert (verdict is fault) == bool(office.report)


def test_a_fault_leaves_a_report(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the traceback, and the input of the faulty office alone."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, a=named("あ"), b=named("い"))

    def read(path: Path) -> Any:
        if path.stem == "b":
            raise ZeroDivisionError
        return read_problem(path), ()

    monkeypatch.setattr("scheduler.api.batch_tasks.read_with_warnings", read)
    assert main(["--json", "batch", "a.json", "b.json", *FAST]) == Exit.BUG
    told = json.loads(capsys.readouterr().out)
    assert [office["verdict"] for office in told["offices"]] == ["legal", "fault"]
    with zipfile.ZipFile(told["report"]) as bundle:
        assert set(bundle.namelist()) == {"report.txt", "b.json"}
        assert b"ZeroDivisionError" in bundle.read("report.txt")


def test_a_roster_that_cannot_be_written(tmp_path: Path) -> None:
    sources = written(tmp_path, a=named("あ"), b=named("い"))
    folder = tmp_path / "out"
    offices = make_all(
        sources,
        [tmp_path / "nowhere" / "a.xlsx", tmp_path / "b.xlsx"],
        Here(),
        ORDER,
        on_office=lambda office: None,
        stop=threading.Event(),
    )
    assert not folder.exists()
    assert [office.verdict for office in offices] == [
        BatchVerdict.NOT_WRITTEN,
        BatchVerdict.LEGAL,
    ]
    assert offices[0].exit is Exit.WRONG_USE


def test_stopped_before_it_began(tmp_path: Path) -> None:
    """Nothing is read or begun, and every office has its line all the same."""
    sources = written(tmp_path, a=named("あ"), b=named("い"))
    stop = threading.Event()
    stop.set()
    with local(1) as workers:
        offices = made(sources, tmp_path / "out", workers, stop=stop)
    assert {office.verdict for office in offices} == {BatchVerdict.STOPPED}


# --- processes of this machine


def test_a_killed_task_is_run_again(tmp_path: Path) -> None:
    with local(2) as workers:
        tasks = [workers.submit(killed_once, tmp_path / str(n)) for n in range(4)]
        assert [task.result(PATIENCE) for task in tasks] == ["done"] * 4
        assert os.getpid() not in {workers.submit(own_id).result(PATIENCE)}


def test_running_tasks_hear_the_wish_to_stop() -> None:
    with local(2) as workers:
        tasks = [workers.submit(until_stopped) for _ in range(3)]
        workers.ask_to_stop()
        assert all(task.result(PATIENCE) for task in tasks)


def test_left_by_an_error_it_waits_for_nobody() -> None:
    """The processes end, whatever they do."""
    begun: list[Future[bool]] = []
    processes: list[int] = []

    def leave(workers: Workers) -> None:
        processes.append(workers.submit(own_id).result(PATIENCE))
        begun.append(workers.submit(until_stopped))
        while not begun[0].running():
            time.sleep(0.01)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), local(1) as workers:
        leave(workers)
    error = begun[0].exception(PATIENCE)
    assert error is not None
    assert died(error)
    if os.name != "nt":  # There asking for a process ends it.
        await_end(processes[0])


def await_end(process: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the process lives on")

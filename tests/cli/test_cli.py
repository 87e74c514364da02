"""The commands as a shell sees them: stdout, stderr, exit code, files."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import zipfile
from ast import literal_eval
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import scheduler
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import OffKind
from scheduler.files.problems import read_problem
from scheduler.files.rosters import RosterDocument, read_roster
from scheduler.files.samples import SAMPLE_MONTH, SAMPLES
from scheduler.files.workbook.roster.book import FIRST_DATE_COLUMN, FIRST_STAFF_ROW
from scheduler.solver.reserve_gaps import reserve_gaps
from tests.support.builders import FIRST, make_forecast, make_period
from tests.support.programs import PYTHON, called, ended, line_of, run, start
from tests.support.systems import needs_posix
from tests.support.tiny import (
    AWAY_ON_FIRST,
    MINUTES_SHORT,
    STAFF,
    put_input,
    tiny_problem,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.programs import Ended

    Shotaki = Callable[..., Ended]


FAST = ("--workers", "2", "--time-limit", "20")

SMALL = Path(__file__).parents[2] / "inputs" / "small-2027-01.xlsx"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return written(tmp_path / "tiny.json", tiny_problem())


def written(path: Path, problem: Problem) -> Path:
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    return path


def no_traceback(result: Ended) -> bool:
    return "Traceback" not in result.out + result.err


# --- help and options


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    """Solver, tables and spreadsheets are imported when a command needs them."""
    code = (
        "import sys; from scheduler.cli.app import main; code = main(['--help']);"
        "print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr);"
        "sys.exit(code)"
    )
    ran = run(Path(), "-c", code, program=PYTHON)
    assert ran.code == 0
    loaded = set(json.loads(ran.err.replace("'", '"')))
    assert "typer" in loaded
    assert not loaded & {"ortools", "pandas", "numpy", "openpyxl", "holidays"}


def test_precheck_loads_no_solver_and_no_writer(tmp_path: Path) -> None:
    """Nor does it read the sources of models for what their fields mean."""
    code = (
        "import sys; from scheduler.cli.app import main;"
        "code = main(['precheck', sys.argv[1]]);"
        "from scheduler.domain.base import meanings;"
        "print([*sys.modules, meanings.cache_info().misses], file=sys.stderr);"
        "sys.exit(code)"
    )
    ran = run(tmp_path, "-c", code, str(SMALL), program=PYTHON)
    assert ran.code == 0
    loaded = literal_eval(ran.err.splitlines()[-1])
    assert "scheduler.files.workbook.read_input" in loaded
    writer = "scheduler.files.workbook.roster.write"
    assert not {"ortools", "pandas", "holidays", writer} & set(loaded)
    assert loaded[-1] == 0


def test_messages_are_japanese_unless_asked_otherwise(shotaki: Shotaki) -> None:
    assert "勤務表" in shotaki("--help").out
    english = shotaki("--lang", "en", "--help").out
    assert english.isascii()
    assert "roster" in english


def test_options_for_all_may_stand_anywhere(shotaki: Shotaki) -> None:
    """Nobody remembers whether `--lang` goes before or after the command."""
    before = shotaki("--lang", "en", "rules", "--month", "2026-12")
    after = shotaki("rules", "--month", "2026-12", "--lang", "en")
    assert before == after
    assert before.code == 0
    assert "Breaks" in before.out


def test_the_version(shotaki: Shotaki) -> None:
    assert shotaki("--version").out.strip() == scheduler.__version__


@pytest.mark.parametrize(
    "line",
    [
        "frobnicate",
        "roster",
        "roster a.json --seed many",
        "roster a.json --time-limit 0",
        "--lang",
        "--lang xx rules",
        "schema nonsense",
        "rules --month 2026-13",
        "init",
        "init --month 2026-12 --from 2026-12-01 --to 2026-12-31",
        "init --from 2026-12-01",
        "init --from 2026-12-01 --to 2027-01-01",
        "init --sample nowhere",
        "init --sample small --previous roster.xlsx",
        "init x.pdf --month 2026-12",
        "init nowhere/x.xlsx --month 2026-12",
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(
    shotaki: Shotaki, tmp_path: Path, line: str
) -> None:
    result = shotaki(*line.split())
    assert result.code == 2
    assert result.err
    assert no_traceback(result)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# --- schema and rules


@pytest.mark.parametrize(
    ("kind", "model"),
    [("problem", Problem), ("roster", RosterRecord), ("document", RosterDocument)],
)
def test_schema_is_that_of_the_model(shotaki: Shotaki, kind: str, model: Any) -> None:
    schema = shotaki("--lang", "en", "schema", kind).json
    assert schema == on_one_line(model.model_json_schema(mode="serialization"))


def test_the_string_under_a_field_is_its_description() -> None:
    """In its model, and in another model that extends it."""
    models = Problem.model_json_schema(mode="serialization")["$defs"]
    day = models["Settings"]["properties"]["full_time_day"]
    assert day["description"] == "Hours a full-timer must work in a day."
    said = "How often it was borne in the months before."
    assert models["Carried"]["properties"]["times"]["description"] == said
    assert models["CarriedShift"]["properties"]["times"]["description"] == said


def on_one_line(schema: Any) -> Any:
    """Return a schema with every paragraph of its texts on one line."""
    match schema:
        case dict():
            return {key: on_one_line(value) for key, value in schema.items()}
        case list():
            return [on_one_line(value) for value in schema]
        case str():
            paragraphs = schema.split("\n\n")
            return "\n\n".join(" ".join(one.split()) for one in paragraphs)
    return schema


def test_schema_speaks_the_users_language(shotaki: Shotaki) -> None:
    """Heading, meaning and unit are those of the workbook; minutes are minutes."""
    hours = shotaki("schema").json["$defs"]["Settings"]["properties"]["full_time_day"]
    assert hours == {
        "default": 480,
        "description": "常勤職員が1日に勤務すべき時間。",
        "maximum": 720,
        "minimum": 60,
        "title": "常勤の1日の時間",
        "type": "integer",
        "unit": "分",
    }


def test_rules_for_machines(shotaki: Shotaki) -> None:
    """Every record, its numbers included."""
    rules = {
        rule["id"]: rule
        for rule in shotaki("--json", "rules", "--month", "2026-12").json["rules"]
    }
    assert rules["F-05"]["values"]["break_table"] == [[360, 45], [480, 60]]


def test_no_rules_before_the_law(shotaki: Shotaki) -> None:
    result = shotaki("rules", "--month", "1999-01")
    assert result.code == 1
    assert no_traceback(result)


# --- init


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("--month 2027-02", "事業所-2027-02.xlsx"),
        ("--from 2026-12-21 --to 2027-01-20", "事業所-2026-12.xlsx"),
        ("--sample small", "small-2027-01.xlsx"),
        ("--sample small --month 2027-01", "small-2027-01.xlsx"),
    ],
)
def test_init_writes_a_workbook_into_inputs(
    shotaki: Shotaki, tmp_path: Path, line: str, name: str
) -> None:
    result = shotaki("init", *line.split())
    assert result.code == 0
    assert name in result.out
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == [name]


def test_init_writes_where_it_is_told(shotaki: Shotaki, tmp_path: Path) -> None:
    """A sample as JSON is the sample."""
    assert shotaki("init", "a.json", "--sample", "small").code == 0
    stored = (tmp_path / "a.json").read_bytes()
    assert Problem.model_validate_json(stored) == SAMPLES["small"](SAMPLE_MONTH)


@pytest.mark.parametrize("name", ["there.xlsx", "there.json"])
def test_init_never_writes_over_a_file(
    shotaki: Shotaki, tmp_path: Path, name: str
) -> None:
    there = tmp_path / name
    there.write_text("mine", encoding="utf-8")
    assert shotaki("init", name, "--sample", "small").code == 2
    assert there.read_text(encoding="utf-8") == "mine"


def test_init_after_a_roster_edited_by_hand(tmp_path: Path) -> None:
    """Solve, change a cell, prepare the next period, read it: the edit is what counts.

    The three dates are followed by three more; a process prepares them.
    """
    wish = Request.model_validate(
        {"staff": STAFF[3]["name"], "date": FIRST, "want": Want.DAY_OFF}
    )
    written(tmp_path / "tiny.json", tiny_problem([wish], days_off_min=1))
    line = ("roster", "tiny.json", "-o", "tiny-2026-12.xlsx", *FAST)
    assert called(tmp_path, *line).code == 0
    name = str(STAFF[3]["name"])
    before = read_roster(tmp_path / "tiny-2026-12.xlsx").roster.by_cell[name, FIRST]
    assert before.off is OffKind.DAY_OFF
    book = openpyxl.load_workbook(tmp_path / "tiny-2026-12.xlsx")
    cell = next(
        row[FIRST_DATE_COLUMN - 1]
        for row in book["管理用"].iter_rows(min_row=FIRST_STAFF_ROW)
        if row[1].value == name
    )
    cell.value = "遅"
    book.save(tmp_path / "tiny-2026-12.xlsx")
    ran = called(tmp_path, "init", "--previous", "tiny-2026-12.xlsx", "next.xlsx")
    assert ran.code == 0
    assert "計画から手で直したセル：1" in ran.out
    assert "累計" in ran.out
    problem = read_problem(tmp_path / "next.xlsx")
    assert problem.period.first == FIRST + dt.timedelta(days=3)
    assert problem.period.days == 3
    tail = {(d.staff, d.date): d.shift for d in problem.history.duties}
    assert tail[name, FIRST] == "遅"
    entry = problem.ledger_by_name[StaffId(name)]
    assert (entry.wishes_asked, entry.wishes_granted) == (1, 0)
    own = [duty for (staff, _), duty in tail.items() if staff == name]
    assert entry.late.times == own.count(ShiftId("遅"))
    assert entry.late.share > 0


def test_init_after_a_roster_for_machines(
    shotaki: Shotaki, made: Path, tmp_path: Path
) -> None:
    """A document serves as well; the period may be named; a file there stays."""
    line = ("init", "--previous", str(made), "next.json")
    result = shotaki("--json", *line, "--month", "2027-01")
    assert result.json["period"] == {"first": "2027-01-01", "last": "2027-01-31"}
    assert read_problem(tmp_path / "next.json").period.days == 31
    assert shotaki(*line).code == 2
    early = shotaki("init", "--previous", str(made), "--month", "2026-12")
    assert (early.code, "2026-12-03" in early.err) == (2, True)


def test_init_after_what_is_no_roster(shotaki: Shotaki, tiny: Path) -> None:
    result = shotaki("init", "--previous", str(tiny), "next.xlsx")
    assert result.code == 1
    assert no_traceback(result)


def test_an_empty_office_is_for_people(shotaki: Shotaki, tmp_path: Path) -> None:
    """There is no JSON of an office without staff."""
    assert shotaki("init", "empty.json", "--month", "2026-12").code == 2
    assert not list(tmp_path.iterdir())


# --- roster


def test_a_legal_roster(shotaki: Shotaki, tiny: Path, tmp_path: Path) -> None:
    """Exit 0; the summary on stdout, progress on stderr, the file in outputs/."""
    result = shotaki("roster", str(tiny), "-o", "out.json", *FAST)
    assert result.code == 0
    assert "桜 かんこ" in result.out
    assert "out.json" in result.out
    assert "秒" in result.err
    document = RosterDocument.model_validate_json((tmp_path / "out.json").read_bytes())
    assert document.problem == tiny_problem()
    assert document.summary.legal
    assert len(document.roster.duties) == 3 * 4


def test_a_roster_for_machines(shotaki: Shotaki, tiny: Path) -> None:
    """With --json, stdout is one JSON document and nothing else."""
    result = shotaki("--json", "roster", str(tiny), "-o", "out.json", *FAST)
    assert result.json["exit"] == result.code == 0
    assert result.json["path"] == "out.json"
    assert result.json["summary"]["legal"] is True
    assert [level["value"] for level in result.json["summary"]["levels"]][:2] == [0, 0]


def test_the_same_seed_is_taken(shotaki: Shotaki, tiny: Path, tmp_path: Path) -> None:
    """Options reach the search, and the roster says which they were."""
    shotaki("roster", str(tiny), "-o", "out.json", *FAST, "--seed", "7")
    document = RosterDocument.model_validate_json((tmp_path / "out.json").read_bytes())
    assert document.roster.provenance is not None
    assert document.roster.provenance.seed == 7
    assert document.roster.provenance.workers == 2


@pytest.fixture
def weekend(tmp_path: Path) -> Path:
    """Write the tiny office from a Saturday on, so that there is work to exchange."""
    period = make_period(3, dt.date(2026, 12, 5))
    changes = {"period": period, "forecast": make_forecast(period)}
    return written(tmp_path / "week.json", tiny_problem().model_copy(update=changes))


def test_candidates_are_files_side_by_side(shotaki: Shotaki, weekend: Path) -> None:
    """Each is a roster as good as the first, with the page; the table says who."""
    result = shotaki("roster", str(weekend), *FAST, "--candidates", "2")
    assert result.code == 0
    assert "week-案2.xlsx: 案1と違うセル" in result.out
    folder = weekend.parent / "outputs"
    assert {path.name for path in folder.iterdir()} == {"week.xlsx", "week-案2.xlsx"}
    for place, name in enumerate(("week.xlsx", "week-案2.xlsx"), start=1):
        book = openpyxl.load_workbook(folder / name)
        assert f"案{place}）" in book["案の比較"]["A1"].value
        assert shotaki("check", str(folder / name)).code == 0
    rosters = [read_roster(path).roster for path in sorted(folder.iterdir())]
    assert rosters[0].duties != rosters[1].duties


def test_candidates_for_machines(shotaki: Shotaki, weekend: Path) -> None:
    """Further documents are numbered, and told with what differs."""
    out = ("-o", str(weekend.parent / "plan.json"), "--json", "--candidates", "2")
    first, second = shotaki("roster", str(weekend), *FAST, *out).json["candidates"]
    assert first["path"].endswith("plan.json")
    assert second["path"].endswith("plan-2.json")
    assert first["cells_changed"] == 0 < second["cells_changed"]
    assert shotaki("check", second["path"]).code == 0


def test_reserve_is_looked_for_and_told(shotaki: Shotaki, tiny: Path) -> None:
    """With --robust the summary, the page and the roster's own data say what it won."""
    result = shotaki("roster", str(tiny), *FAST, "--robust", "--proof")
    assert result.code == 0
    heading = "誰かが来られないときの控えがいない日数（前 → 後）"
    assert heading in result.out
    path = tiny.parent / "outputs" / "tiny.xlsx"
    proof = path.with_name("tiny-根拠.xlsx")
    assert str(proof.relative_to(tiny.parent)) in result.out
    page = openpyxl.load_workbook(proof)["基準チェック"]
    assert heading in [row[0] for row in page.iter_rows(values_only=True)]
    made = read_roster(path).roster.provenance
    assert made is not None
    assert made.reserve is not None
    assert made.reserve.after == reserve_gaps(tiny_problem(), read_roster(path).roster)
    plain = shotaki("roster", str(tiny), *FAST, "--json", "-o", "out.json")
    assert plain.json["summary"]["reserve"] is None


def test_no_other_candidate_is_said(shotaki: Shotaki, tmp_path: Path) -> None:
    """On three weekdays without nights, awake or on call, nothing can be exchanged."""
    path = written(tmp_path / "tiny.json", tiny_problem(on_call=False))
    result = shotaki("roster", str(path), *FAST, "--candidates", "3")
    assert result.code == 0
    assert "ほかに見つかりませんでした" in result.out
    assert len(list((tmp_path / "outputs").iterdir())) == 1


def test_a_month_that_cannot_be_legal(shotaki: Shotaki, tmp_path: Path) -> None:
    """Exit 3; the least illegal roster is written and says what is short, and when."""
    path = written(tmp_path / "short.json", tiny_problem(**AWAY_ON_FIRST))
    result = shotaki("roster", str(path), "-o", "out.json", *FAST)
    assert result.code == 3
    document = RosterDocument.model_validate_json((tmp_path / "out.json").read_bytes())
    statutory = document.summary.levels[0]
    assert (statutory.value, statutory.bound) == (MINUTES_SHORT, MINUTES_SHORT)
    assert {finding.date for finding in document.summary.breaches} == {FIRST}
    assert "12月1日" in result.out
    assert "日中は職員を1人以上" in result.out


def test_refused_wishes_are_named(shotaki: Shotaki, tmp_path: Path) -> None:
    """All four wish the second date off; two have to come."""
    date = FIRST + dt.timedelta(days=1)
    wishes = [
        Request(staff=member.name, date=date, want=Want.DAY_OFF)
        for member in tiny_problem().staff
    ]
    path = written(tmp_path / "wishes.json", tiny_problem(requests=wishes))
    result = shotaki("--json", "roster", str(path), "-o", "out.json", *FAST)
    summary = result.json["summary"]
    assert result.code == 0
    assert (summary["wishes_granted"], summary["wishes_asked"]) == (2, 4)
    assert {wish["date"] for wish in summary["wishes_refused"]} == {str(date)}


@pytest.mark.parametrize(
    "name", ["missing.xlsx", "missing.json", "folder", "folder.xlsx", ".", "text.txt"]
)
def test_input_that_is_no_input(shotaki: Shotaki, tmp_path: Path, name: str) -> None:
    """Exit 1, a message, no traceback, and nothing written."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "text.txt").write_text("x")
    for command in ("roster", "check"):
        result = shotaki(command, name)
        assert result.code == 1
        assert not result.out
        assert name in result.err or "xlsx" in result.err
        assert no_traceback(result)
    assert not list(tmp_path.rglob("*.zip"))
    assert not (tmp_path / "outputs").exists()


def test_every_mistake_at_once(shotaki: Shotaki, tmp_path: Path) -> None:
    """People read a line for each mistake, machines its code and path."""
    data = json.loads(tiny_problem().model_dump_json())
    data["staff"][0]["shifts"] = ["無"]
    data["forecast"]["days"][1]["profile"] = "別"
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    people, machines = (
        shotaki(*options, "roster", str(path)) for options in ((), ("--json",))
    )
    assert people.code == machines.code == 1
    assert people.err.count("\n- ") == 2
    assert [mistake["loc"] for mistake in machines.json["mistakes"]] == [
        ["staff", 0, "shifts", 0],
        ["forecast", "days", 1, "profile"],
    ]


@pytest.mark.parametrize(
    "target", ["nowhere/out.xlsx", "out.pdf", "folder", "tiny.json"]
)
def test_an_output_that_cannot_be(
    shotaki: Shotaki, tiny: Path, tmp_path: Path, target: str
) -> None:
    """Said before the search, not after it."""
    (tmp_path / "folder").mkdir()
    before = tiny.read_bytes()
    result = shotaki("roster", str(tiny), "-o", target)
    assert result.code == 2
    assert str(Path(target)) in result.err
    assert "秒" not in result.err
    assert tiny.read_bytes() == before


def test_a_fault_of_ours_leaves_a_bundle(
    shotaki: Shotaki, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 70, no traceback on the screen, all of it in a zip, and no roster."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by us")

    monkeypatch.setattr("scheduler.advice.solve", broken)
    result = shotaki("roster", str(tiny), "-o", "out.json")
    assert result.code == 70
    assert no_traceback(result)
    (bundle,) = tmp_path.glob("*.zip")
    assert bundle.name in result.err
    with zipfile.ZipFile(bundle) as opened:
        assert "ZeroDivisionError: by us" in opened.read("report.txt").decode()
        assert opened.read("tiny.json") == tiny.read_bytes()
    assert not (tmp_path / "out.json").exists()


@pytest.mark.slow
@needs_posix
def test_ctrl_c_keeps_the_best_so_far(tmp_path: Path) -> None:
    """A real process, interrupted while it searches, writes a roster and ends."""
    path = written(tmp_path / "sakura.json", SAMPLES["sakura"](SAMPLE_MONTH))
    line = ("roster", str(path), "-o", "out.json", "--time-limit", "3000")
    process = start(tmp_path, *line)
    line_of(process.stderr, "秒")  # until the first roster is known
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert code in (0, 3, 4)
    assert "Ctrl-C" in err
    assert "out.json" in out
    RosterDocument.model_validate_json((tmp_path / "out.json").read_bytes())


# --- check


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with rosters of the tiny office, written with the command."""
    folder = tmp_path_factory.mktemp("finished")
    written(folder / "tiny.json", tiny_problem())
    for where in (("-o", "made.json"), ()):
        assert called(folder, "roster", "tiny.json", *where, *FAST).code == 0
    return folder


@pytest.fixture
def made(finished: Path, tmp_path: Path) -> Path:
    """Copy the finished document."""
    return Path(shutil.copy(finished / "made.json", tmp_path))


def test_what_was_written_is_found_legal(shotaki: Shotaki, made: Path) -> None:
    result = shotaki("check", str(made))
    assert result.code == 0
    assert not result.err


def test_an_edit_that_breaks_the_law(shotaki: Shotaki, made: Path) -> None:
    """Everybody sent home on the first date: the rule, when, and what was changed."""
    data = json.loads(made.read_bytes())
    for duty in data["roster"]["duties"]:
        if duty["date"] == str(FIRST):
            duty.update(shift=None, roles=[], breaks=[], off="day_off")
    made.write_text(json.dumps(data), encoding="utf-8")
    people, machines = (
        shotaki(*options, "check", str(made)) for options in ((), ("--json",))
    )
    assert people.code == machines.code == machines.json["exit"] == 5
    hard = [f for f in machines.json["findings"] if f["stance"] == "statutory"]
    assert sum(f["amount"] for f in hard) == MINUTES_SHORT
    assert {f["date"] for f in hard} == {str(FIRST)}
    assert all(f["source"] and f["text"] in people.out for f in hard)
    assert len(machines.json["changed"]) >= 2


def test_an_input_is_no_roster(shotaki: Shotaki, tiny: Path) -> None:
    result = shotaki("check", str(tiny))
    assert result.code == 1
    assert no_traceback(result)


def test_a_roster_of_strangers(shotaki: Shotaki, made: Path) -> None:
    """A duty that the problem does not know is a mistake, not a crash."""
    data = json.loads(made.read_bytes())
    data["roster"]["duties"][0]["staff"] = "誰か"
    made.write_text(json.dumps(data), encoding="utf-8")
    result = shotaki("check", str(made))
    assert result.code == 1
    assert "誰か" in result.err


# --- the workbook, from cell to cell


@pytest.fixture
def workbook(finished: Path, tmp_path: Path) -> Path:
    """Copy the finished workbook, which stands in outputs/."""
    shutil.copytree(finished / "outputs", tmp_path / "outputs")
    return tmp_path / "outputs" / "tiny.xlsx"


def edit(path: Path) -> dict[str, str]:
    """Send everybody home on the first date; return what their cells said."""
    book = openpyxl.load_workbook(path)
    sheet = book["管理用"]
    edited = {}
    for row in range(FIRST_STAFF_ROW, FIRST_STAFF_ROW + len(STAFF)):
        cell = sheet.cell(row, FIRST_DATE_COLUMN)
        if cell.value != "休":
            edited[cell.coordinate] = str(cell.value)
            cell.value = "休"
    book.save(path)
    return edited


def test_a_workbook_reads_back_legal(shotaki: Shotaki, workbook: Path) -> None:
    result = shotaki("--json", "check", str(workbook))
    assert result.code == 0
    assert result.json["changed"] == []


def test_hand_edits_are_found_and_judged(shotaki: Shotaki, workbook: Path) -> None:
    """Each cell, what it was and is, and the rule that is broken now."""
    edited = edit(workbook)
    result = shotaki("--json", "check", str(workbook))
    assert result.code == 5
    changed = {change["cell"]: change["before"] for change in result.json["changed"]}
    assert changed == edited
    assert {change["after"] for change in result.json["changed"]} == {"休"}
    hard = [f for f in result.json["findings"] if f["stance"] == "statutory"]
    assert sum(f["amount"] for f in hard) == MINUTES_SHORT
    shown = shotaki("check", str(workbook)).out
    assert all(cell in shown for cell in edited)


def test_an_edited_roster_is_never_written_over(
    shotaki: Shotaki, tiny: Path, workbook: Path
) -> None:
    """The new one gets a second name, and the command says so."""
    edit(workbook)
    before = workbook.read_bytes()
    result = shotaki("roster", str(tiny), *FAST)
    assert result.code == 0
    assert "tiny-2.xlsx" in result.out
    assert workbook.read_bytes() == before
    assert (workbook.parent / "tiny-2.xlsx").exists()


def test_a_roster_as_written_is_replaced(
    shotaki: Shotaki, tiny: Path, workbook: Path
) -> None:
    """Making the roster again does not pile files up."""
    assert shotaki("roster", str(tiny), *FAST).code == 0
    assert [path.name for path in workbook.parent.iterdir()] == ["tiny.xlsx"]


def test_an_edited_document_is_never_written_over(
    shotaki: Shotaki, tiny: Path, made: Path
) -> None:
    """JSON is somebody's work too."""
    data = json.loads(made.read_bytes())
    data["roster"]["duties"].pop()
    made.write_text(json.dumps(data), encoding="utf-8")
    before = made.read_bytes()
    result = shotaki("roster", str(tiny), "-o", "made.json", *FAST)
    assert "made-2.json" in result.out
    assert made.read_bytes() == before


def test_an_input_workbook_is_read(shotaki: Shotaki, tmp_path: Path) -> None:
    """From `init` to `check`, workbooks all the way."""
    put_input(tmp_path / "in.xlsx")
    assert shotaki("roster", "in.xlsx", "-o", "out.xlsx", *FAST).code == 0
    assert shotaki("check", "out.xlsx").code == 0

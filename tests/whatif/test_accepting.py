"""Accepting a plan: the roster becomes it, and nothing of what was is lost."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.cli.accepted import outdated_lines
from scheduler.cli.app import main
from scheduler.cli.plans import PlanFiles
from scheduler.domain.advice import Reason
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Exit, OutputError
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.shifts import OffKind
from scheduler.files.handouts import calendar_of
from scheduler.files.outdated import outdated
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.saving import replace_file
from scheduler.files.workbook.styles import CHANGED_LINE
from scheduler.solver.standing.edits import Settled
from scheduler.whatif.accepting import accept
from scheduler.wording.command_line import command_line
from tests.support import week
from tests.support.impossible import CARER, MANAGER, date_of
from tests.support.programs import called, run
from tests.support.systems import needs_posix
from tests.support.thorough import THOROUGH, first_of
from tests.support.week import FIRST_NIGHT, FRONT, ILL, OTHER, PROBLEM, ROSTER, edit
from tests.support.workbooks import refuse_to_replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.roster import Roster
    from tests.support.programs import Ended

    Run = Callable[..., Ended]

WHEN = dt.datetime(2026, 12, 2, 5, 30)
RECORD = "変更の記録"
PLAN_PAGES = ("変更", "連絡先リスト", "案の比較")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the roster and the plans for an absence."""
    folder = tmp_path_factory.mktemp("planned")
    week.put(folder / "r.xlsx")
    assert called(folder, *ILL, "--plans", "2").code == 0
    assert names(folder) == ["r-案1.xlsx", "r-案2.xlsx", "r.xlsx"]
    return folder


@pytest.fixture(scope="module")
def accepted_there(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the folder in which the first plan was accepted."""
    copy = tmp_path_factory.mktemp("accepted") / "office"
    shutil.copytree(planned, copy)
    accept(copy / "r.xlsx", copy / "r-案1.xlsx", WHEN, "発熱")
    return copy


@pytest.fixture
def folder(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of it, in which commands are run."""
    copy = tmp_path / "office"
    shutil.copytree(planned, copy)
    monkeypatch.chdir(copy)
    return copy


@pytest.fixture
def second(accepted_there: Path, folder: Path) -> Roster:
    """Put the accepted plan into the folder, and return it: the second version."""
    shutil.copytree(accepted_there, folder, dirs_exist_ok=True)
    return read_roster(folder / "r.xlsx").roster


@pytest.fixture
def shotaki(shotaki: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in the folder of the plans."""
    monkeypatch.chdir(folder)
    return shotaki


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def accepted(why: str = "", source: str = "r.xlsx", plan: str = "r-案1.xlsx") -> Roster:
    """Accept a plan in the folder one is in, and return what the file says then."""
    accept(Path(source), Path(plan), WHEN, why)
    return read_roster(Path(source)).roster


def texts(book: Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


# --- the roster becomes the plan


def test_one_command_accepts_what_another_planned(folder: Path) -> None:
    """The file is the plan, the version before is there to the byte, and no draft."""
    before, plan = (folder / "r.xlsx").read_bytes(), read_roster(folder / "r-案1.xlsx")
    ran = called(folder, "accept", "r.xlsx", "1", "--why", "本人から電話")
    assert (ran.code, ran.err) == (0, "")
    assert "r.xlsx は勤務表の第2版になりました" in ran.out
    assert "r-第1版.xlsx" in ran.out
    assert names(folder) == ["r-案1.xlsx", "r-案2.xlsx", "r-第1版.xlsx", "r.xlsx"]
    assert (folder / "r-第1版.xlsx").read_bytes() == before
    now = read_roster(folder / "r.xlsx")
    assert now.changed == ()
    assert now.problem == plan.problem
    assert now.roster.fingerprint == plan.roster.fingerprint
    [revision] = now.roster.revisions
    assert (revision.version, revision.why) == (2, "本人から電話")
    assert revision.scenario.absences[0].staff == FIRST_NIGHT
    assert revision.asked == (OTHER,)
    assert {(c.staff, c.date) for c in revision.changes} == {
        (name, date_of(day)) for name in (FIRST_NIGHT, OTHER) for day in (1, 2)
    }
    assert now.roster.proposal is None
    assert now.roster.provenance is None
    assert main(["check", str(folder / "r.xlsx")]) == 0


def test_what_shows_the_version_before_is_told(folder: Path) -> None:
    """PDF, proof, slips and tables, with the commands; no plan, record or other month.

    What was made of another roster whose name begins alike is not this one's.
    """
    old = {
        "r-掲示用A3.pdf",
        "r-根拠.xlsx",
        "r-勤務形態一覧表 01.xlsx",
        "r-様式（予定）-2.xlsx",
    }
    for name in old | {"r-実績.json", "r2-掲示用A3.pdf", "r-打刻との差.xlsx"}:
        (folder / name).write_bytes(b"x")
    (folder / "r-個人票").mkdir()
    before = held(folder)
    ran = called(folder, "--json", "accept", "r.xlsx", "1")
    told = ran.json["accepted"]["outdated"]
    assert set(told) == old | {"r-個人票"}
    assert {name: before[name] for name in old} == {
        name: (folder / name).read_bytes() for name in old
    }
    lines = "\n".join(outdated_lines(Path("r.xlsx")))
    assert all(name in lines for name in told)
    assert "check r.xlsx --proof --wall-pdf" in lines
    assert "slips r.xlsx" in lines
    assert "papers r.xlsx" in lines
    assert "room" not in lines
    (folder / "r-掲示用A3.pdf").write_bytes(b"new")
    assert {one.path.name for one in outdated(Path("r.xlsx"))} == set(told) - {
        "r-掲示用A3.pdf"
    }


@pytest.mark.usefixtures("second")
def test_the_workbook_tells_its_versions(folder: Path) -> None:
    """On the wall sheet in its head and frames, and on a page of its own."""
    book = load_workbook(folder / "r.xlsx")
    assert not set(PLAN_PAGES) & set(book.sheetnames)
    assert "受け入れ余力" in book.sheetnames
    assert "第2版（2026年12月2日変更）" in book[FRONT]["A2"].value
    framed = {
        (book[FRONT].cell(cell.row, 2).value, cell.value)
        for row in book[FRONT].iter_rows(min_row=7, max_row=12)
        for cell in row
        if cell.border.left.style == "thick"
        and cell.border.left.color.rgb.endswith(CHANGED_LINE)
    }
    assert framed == {(FIRST_NIGHT, "欠"), (OTHER, "夜"), (OTHER, "明")}
    assert "第2版で変わった所" in {cell for row in texts(book, FRONT) for cell in row}
    page = texts(book, RECORD)
    [first, second] = [row for row in page if row[0] in ("第1版", "第2版")]
    assert first[2] == "最初に作った勤務表"
    assert second[1:] == [
        "2026年12月2日 5:30",
        "杉 よるこさんが休む: 12月2日(水)〜12月3日(木)",
        "発熱",
        OTHER,
        "4セル",
    ]
    assert ["12月2日(水)", OTHER, "公休", "夜 13:00-翌8:00"] in [r[:4] for r in page]


def test_a_plan_says_that_it_is_only_a_plan(folder: Path) -> None:
    book = load_workbook(folder / "r-案1.xlsx")
    assert "案（まだ採用していません）" in book[FRONT]["A2"].value
    assert RECORD not in book.sheetnames


def test_what_was_edited_in_a_plan_is_accepted(folder: Path) -> None:
    """And stays: leave that nobody asked for is there only where it is pinned."""
    edit(folder / "r-案1.xlsx", CARER, date_of(5), "有")
    edit(folder / "r-案1.xlsx", OTHER, date_of(5), "日")
    now = accepted()
    assert now.by_cell[CARER, date_of(5)].off is OffKind.PAID_LEAVE
    changed = {(c.staff, c.date) for c in now.revisions[-1].changes}
    assert {(CARER, date_of(5)), (OTHER, date_of(5))} <= changed
    file = read_roster(folder / "r.xlsx")
    assert file.changed == ()
    pins = file.problem.pin_by_cell
    assert pins[CARER, date_of(5)].off is OffKind.PAID_LEAVE
    assert (OTHER, date_of(5)) not in pins, "a shift that is not the person's"


def test_an_edit_takes_the_place_of_what_was_pinned(folder: Path) -> None:
    """The absent came after all on the second day, to leave: no pin is broken."""
    edit(folder / "r-案1.xlsx", FIRST_NIGHT, date_of(2), "休")
    done = accept(Path("r.xlsx"), Path("r-案1.xlsx"), WHEN)
    assert done.by_hand == 1
    assert not [finding for finding in done.findings if finding.rule == "W-02"]


def test_what_was_edited_in_the_roster_stays(shotaki: Run, folder: Path) -> None:
    """Before the plans were made; in the next version it is no edit any more."""
    edit(folder / "r.xlsx", CARER, date_of(5), "有")
    assert shotaki(*ILL, "--plans", "1").code == 0
    now = accepted()
    assert now.by_cell[CARER, date_of(5)].off is OffKind.PAID_LEAVE
    file = read_roster(folder / "r.xlsx")
    assert file.changed == ()
    assert (CARER, date_of(5)) in file.problem.pin_by_cell
    assert (CARER, date_of(5)) not in {
        (c.staff, c.date) for c in now.revisions[-1].changes
    }


def test_what_breaks_the_law_can_be_accepted_and_is_told(
    shotaki: Run, folder: Path
) -> None:
    """The night worker who steps in is ill as well, which somebody typed in."""
    edit(folder / "r-案1.xlsx", OTHER, date_of(1), "欠")
    ran = shotaki("accept", "r.xlsx", "1")
    assert ran.code == Exit.BREACHES
    assert "夜勤1人＋宿直1人" in ran.out
    assert read_roster(folder / "r.xlsx").roster.version == 2


def test_planned_and_accepted_in_one_go(shotaki: Run, folder: Path) -> None:
    ran = shotaki(*ILL, "--plans", "1", "--accept", "1", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["exit"]) == (0, 0)
    assert told["plans"][0]["path"] == "r-案1.xlsx"
    assert told["accepted"]["kept"] == "r-第1版.xlsx"
    assert told["accepted"]["revision"]["version"] == 2
    assert (
        f"{OTHER} 12月2日(水) 公休 → 夜 13:00-翌8:00"
        in (told["accepted"]["revision"]["texts"])
    )
    assert read_roster(folder / "r.xlsx").roster.version == 2


def test_a_number_that_no_plan_has_accepts_nothing(shotaki: Run, folder: Path) -> None:
    before = (folder / "r.xlsx").read_bytes()
    ran = shotaki(*ILL, "--plans", "1", "--accept", "9")
    assert ran.code == Exit.WRONG_USE
    assert "案9" in ran.err
    assert (folder / "r.xlsx").read_bytes() == before


@pytest.mark.usefixtures("second")
def test_one_after_the_other(shotaki: Run, folder: Path) -> None:
    """The second knows the first: its absence stays, and nothing is an edit."""
    file = read_roster(folder / "r.xlsx")
    line = ("whatif", "r.xlsx", "--absent", "柳=4", "--plans", "1")
    assert shotaki(*line, "--accept", "1").code == 0
    now = read_roster(folder / "r.xlsx")
    assert [one.version for one in now.roster.revisions] == [2, 3]
    assert now.roster.revisions[0] == file.roster.revisions[0]
    assert now.roster.by_cell[FIRST_NIGHT, date_of(1)].off is OffKind.ABSENT
    assert now.roster.by_cell[CARER, date_of(3)].off is OffKind.ABSENT
    changed = {(c.staff, c.date) for c in now.roster.revisions[1].changes}
    assert (FIRST_NIGHT, date_of(1)) not in changed
    nothing = now.roster.revisions[1].scenario.model_copy(update={"absences": ()})
    by_hand = Settled.by_hand(now.problem, now.plan, now.roster, nothing)
    assert not by_hand.cells
    assert {"r-第1版.xlsx", "r-第2版.xlsx"} <= set(names(folder))
    assert read_roster(folder / "r-第2版.xlsx").roster == file.roster
    page = texts(load_workbook(folder / "r.xlsx"), RECORD)
    assert [row[0] for row in page if str(row[0])[:1] == "第"] == [
        *("第1版", "第2版", "第3版"),
        *("第3版で変わった所", "第2版で変わった所"),
    ]


def test_a_roster_in_json(shotaki: Run, folder: Path) -> None:
    write_roster(folder / "j.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))
    line = ("whatif", "j.json", "--absent", "杉=2..3", "-o", "p.json", "--plans", "1")
    assert shotaki(*line).code == 0
    before = (folder / "j.json").read_bytes()
    assert shotaki("accept", "j.json", "p.json").code == 0
    assert (folder / "j-第1版.json").read_bytes() == before
    now = read_roster(folder / "j.json")
    assert now.changed == ()
    assert now.roster.version == 2
    assert now.roster.by_cell[OTHER, date_of(1)].shift == "夜"
    assert shotaki("check", "j.json").code == 0


def test_why_wishes_were_refused_stays_told(shotaki: Run, folder: Path) -> None:
    """Of cells that a plan leaves as they were; those of others are out of date."""
    wishes = [
        Request.model_validate({"staff": name, "date": date_of(day), "want": "day_off"})
        for name, day in ((OTHER, 1), (MANAGER, 1))
    ]
    problem = PROBLEM.model_copy(update={"requests": tuple(wishes)})
    reasons = tuple(Reason(request=wish) for wish in wishes)
    made = RosterRecord.of(ROSTER).model_copy(update={"reasons": reasons})
    write_roster(folder / "j.json", problem, made, audit(problem, made))
    line = ("whatif", "j.json", "--absent", "杉=2..3", "-o", "p.json", "--plans", "1")
    assert shotaki(*line).code == 0
    assert shotaki("accept", "j.json", "p.json").code == 0
    now = read_roster(folder / "j.json").plan
    # 夜 is what OTHER now has on the first; the manager has what was planned.
    assert now.by_cell[OTHER, date_of(1)] != made.by_cell[OTHER, date_of(1)]
    assert [one.request for one in now.reasons] == [wishes[1]]


@pytest.mark.usefixtures("second")
def test_the_next_month_follows_it(shotaki: Run, folder: Path) -> None:
    assert shotaki("init", "--previous", "r.xlsx", "next.xlsx").code == 0
    assert (folder / "next.xlsx").is_file()


def test_calendars_cancel_what_was_taken_off(second: Roster, folder: Path) -> None:
    """The night of the absent, though the roster as it is never knew it."""
    file = read_roster(folder / "r.xlsx")
    data = calendar_of(file.problem, second, FIRST_NIGHT, plan=file.plan)
    [event] = Calendar.from_ical(data).walk("VEVENT")
    assert event["dtstart"].dt.date() == date_of(1)
    assert str(event["status"]) == "CANCELLED"
    first = calendar_of(PROBLEM, ROSTER, FIRST_NIGHT, issued=WHEN - dt.timedelta(1))
    [as_was] = Calendar.from_ical(first).walk("VEVENT")
    assert event["uid"] == as_was["uid"]
    assert event["sequence"] > as_was["sequence"]


# --- nothing is lost


def test_no_version_is_written_over(shotaki: Run, folder: Path) -> None:
    (folder / "r-第1版.xlsx").write_text("somebody's", encoding="utf-8")
    before = (folder / "r.xlsx").read_bytes()
    assert shotaki("accept", "r.xlsx", "1").code == 0
    assert (folder / "r-第1版.xlsx").read_text(encoding="utf-8") == "somebody's"
    assert (folder / "r-第1版-2.xlsx").read_bytes() == before


def test_a_file_that_is_open_stays(
    shotaki: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses it; no other file is there afterwards, and none is other."""
    before = held(folder)
    refuse_to_replace(monkeypatch, "r.xlsx")
    ran = shotaki("accept", "r.xlsx", "1")
    assert ran.code == Exit.WRONG_USE
    assert "r.xlsx" in ran.err
    assert held(folder) == before


@needs_posix
def test_a_protected_roster_is_not_replaced(shotaki: Run, folder: Path) -> None:
    """Told before plans are made; a plan that was written before is no other matter."""
    (folder / "r.xlsx").chmod(0o444)
    before = held(folder)
    for line in (("accept", "r.xlsx", "1"), (*ILL, "--accept", "1")):
        ran = shotaki(*line)
        assert (ran.code, ran.out) == (Exit.WRONG_USE, "")
        assert "書き込み禁止" in ran.err
        assert held(folder) == before


@needs_posix
def test_what_cannot_be_written_whole_is_not_written(folder: Path) -> None:
    """The disk is full in the middle of the new file."""
    resource = pytest.importorskip("resource")
    before, limits = held(folder), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))
    try:
        with pytest.raises(OutputError):
            replace_file(b"half of it", folder / "r.xlsx", folder / "kept.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert held(folder) == before


@pytest.mark.parametrize("what", ["cell", "version"])
def test_a_plan_for_what_is_no_more(
    shotaki: Run, folder: Path, what: str, request: pytest.FixtureRequest
) -> None:
    """A cell was edited since, or another plan was accepted."""
    if what == "cell":
        edit(folder / "r.xlsx", CARER, date_of(5), "日")
    else:
        request.getfixturevalue("second")
    before = held(folder)
    ran = shotaki("accept", "r.xlsx", "2")
    assert ran.code == Exit.BAD_INPUT
    assert "r-案2.xlsx を作った後に r.xlsx が変わっています" in ran.err
    assert held(folder) == before


def test_a_plan_that_changes_nothing_is_accepted_once(
    shotaki: Run, folder: Path
) -> None:
    """Ill on a day off: the cells stay, and yet it is another version."""
    line = ("whatif", "r.xlsx", "--absent", "杉=6", "--plans", "1", "-o", "p.xlsx")
    assert shotaki(*line, "--accept", "1").code == 0
    now = read_roster(folder / "r.xlsx").roster
    assert (now.version, now.revisions[0].changes) == (2, ())
    assert now.fingerprint == ROSTER.fingerprint
    ran = shotaki("accept", "r.xlsx", "p.xlsx")
    assert ran.code == Exit.BAD_INPUT
    assert read_roster(folder / "r.xlsx").roster == now


def test_a_mistake_in_a_plan_is_told_as_the_plans(shotaki: Run, folder: Path) -> None:
    edit(folder / "r-案1.xlsx", CARER, date_of(5), "ん")
    before = held(folder)
    ran = shotaki("accept", "r.xlsx", "1")
    assert ran.code == Exit.BAD_INPUT
    assert "r-案1.xlsx 管理用" in ran.err
    assert held(folder) == before


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("accept r.xlsx 3", Exit.WRONG_USE, "r-案3.xlsx"),
        ("accept r.xlsx 0", Exit.WRONG_USE, "r-案0.xlsx"),
        ("accept r.xlsx", Exit.WRONG_USE, "番号か案"),
        ("accept r.xlsx gone.xlsx", Exit.BAD_INPUT, "gone.xlsx"),
        ("accept r.xlsx r.xlsx", Exit.WRONG_USE, "r.xlsx"),
        ("accept r.xlsx other.xlsx", Exit.BAD_INPUT, "other.xlsx"),
        ("accept r.xlsx 1 --why " + "あ" * 201, Exit.BAD_INPUT, "--why"),
        ("accept r.xlsx 1 --why \x07", Exit.BAD_INPUT, "--why"),
        ("whatif r.xlsx --accept 3", Exit.WRONG_USE, "r-案3.xlsx"),
        ("whatif r.xlsx --accept 1 -o gone.xlsx", Exit.WRONG_USE, "gone.xlsx"),
        ("whatif r.xlsx --accept 1 -o r.xlsx", Exit.WRONG_USE, "r.xlsx"),
        ("whatif r.xlsx --accept 1 -o other.xlsx", Exit.BAD_INPUT, "other.xlsx"),
        ("whatif r.xlsx --accept 0", Exit.WRONG_USE, "accept"),
        ("whatif r.xlsx --why x", Exit.WRONG_USE, "--accept"),
    ],
)
def test_what_cannot_be_accepted(
    shotaki: Run, folder: Path, line: str, code: Exit, told: str
) -> None:
    shutil.copy(folder / "r.xlsx", folder / "other.xlsx")
    before = held(folder)
    ran = shotaki(*line.split(" "))
    assert ran.code == code
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert held(folder) == before


def test_of_several_files_one_is_named(shotaki: Run, folder: Path) -> None:
    """An edited plan is not replaced by the next; which is meant is asked."""
    edit(folder / "r-案1.xlsx", CARER, date_of(5), "日")
    ran = shotaki(*ILL, "--plans", "1")
    assert "accept r.xlsx r-案1-2.xlsx" in ran.out
    ran = shotaki("accept", "r.xlsx", "1")
    assert ran.code == Exit.WRONG_USE
    assert "r-案1.xlsx、r-案1-2.xlsx" in ran.err
    ran = shotaki("accept", "r.xlsx", "r-案1-2.xlsx")
    assert ran.code == 0
    assert read_roster(folder / "r.xlsx").roster.by_cell[CARER, date_of(5)].off


@pytest.mark.parametrize(
    "which", [("-o", "r-案1.xlsx"), pytest.param((), marks=THOROUGH)]
)
def test_the_old_spelling_accepts_and_names_the_new_one(
    shotaki: Run, folder: Path, which: tuple[str, ...]
) -> None:
    """What stands in somebody's batch file goes on; how it ends is all the same."""
    ran = shotaki("whatif", "r.xlsx", "--accept", "1", "--why", "電話", *which)
    assert ran.code == 0
    assert "第2版" in ran.out
    assert command_line(["accept", "r.xlsx", "r-案1.xlsx"]) in ran.err
    assert read_roster(folder / "r.xlsx").roster.revisions[-1].why == "電話"


# --- the line that accepts


@pytest.mark.parametrize("language", first_of(["ja", "en"], 1))
def test_the_line_that_is_told_accepts(
    shotaki: Run, folder: Path, language: str
) -> None:
    """Word for word, with blanks in names, in either language; a shell takes it."""
    shutil.copy(folder / "r.xlsx", folder / "12月 勤務表.xlsx")
    line = ("whatif", "12月 勤務表.xlsx", *ILL[2:], "--plans", "1")
    ran = shotaki("--lang", language, *line)
    [told] = [text for text in ran.out.splitlines() if " accept " in text]
    line_told = told[told.index(command_line([])) :]
    if language == "ja":
        assert run(folder, program=line_told, shell=True).code == 0
    else:
        words = shlex.split(line_told.removeprefix(command_line([])))
        assert shotaki(*words).code == 0
    assert read_roster(folder / "12月 勤務表.xlsx").roster.version == 2


def test_the_line_names_the_file_that_was_written() -> None:
    files = PlanFiles(Path("r.xlsx"), Path("p.xlsx"))
    for name in ("p-案2.xlsx", "p-案2-2.xlsx"):
        told = files.accepting_line(2, Path(name))
        assert told == command_line(["accept", "r.xlsx", name])


# --- somebody who joins

NEW = StaffId("椿 しんじ")
JOIN = ("--join", "椿 しんじ=2026-12-05:柳")


def test_somebody_who_joins_is_on_the_roster(shotaki: Run, folder: Path) -> None:
    """Away before, and none of it a change; nobody is asked for what they do."""
    ran = shotaki("whatif", "r.xlsx", *JOIN, "--plans", "1", "--accept", "1", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    [plan] = told["plans"]
    assert NEW not in plan["disturbed"]
    assert NEW not in {call["staff"] for call in plan["calls"]}
    file = read_roster(folder / "r.xlsx")
    offs = [file.roster.by_cell[NEW, date_of(day)].off for day in range(7)]
    assert offs[:4] == [OffKind.AWAY] * 4
    assert OffKind.AWAY not in offs[4:]
    changed = {c.date for c in file.roster.revisions[0].changes if c.staff == NEW}
    assert changed == {date_of(day) for day in (4, 5, 6)}
    with closing(load_workbook(folder / "r.xlsx")) as book:
        page = texts(book, RECORD)
        assert "椿 しんじさんが入職（12月5日(土)から）" in [row[2] for row in page]
        front = [row[1] for row in texts(book, FRONT)]
        assert NEW in front
    assert shotaki("check", "r.xlsx").code == 0
    assert shotaki("init", "--previous", "r.xlsx", "next.xlsx").code == 0
    ran = shotaki("whatif", "r.xlsx", "--absent", "椿=6", "--plans", "1")
    assert ran.code == 0, "they are one of the staff from now on"


@pytest.mark.parametrize(
    "text",
    [
        f"{MANAGER}=5:柳",
        "椿=5:鈴木",
        "椿=5",
        "椿:柳",
        "=5:柳",
        "椿=2027-03-01:柳",
        "椿=何時:柳",
        "宿直=5:柳",
        f"{'長' * 31}=5:柳",
    ],
)
def test_who_cannot_join(shotaki: Run, folder: Path, text: str) -> None:
    before = held(folder)
    ran = shotaki("whatif", "r.xlsx", "--join", text)
    assert ran.code == Exit.BAD_INPUT
    assert f"--join {text}" in ran.err
    assert "Traceback" not in ran.err
    assert held(folder) == before

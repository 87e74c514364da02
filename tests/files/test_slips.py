"""Personal slips: what stands on a page, and the command that hands everything out."""

from __future__ import annotations

import json
import os
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from scheduler.audit.figures.people import people
from scheduler.cli.app import main
from scheduler.domain.advice import Reason
from scheduler.domain.events import CalendarEvent
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.domain.record import RosterFile
from scheduler.files.handouts import hand_out
from scheduler.files.paths import safe_name
from scheduler.files.rosters import read_roster
from scheduler.files.workbook.roster.slips import LINE, PAGE
from scheduler.rulebook import load
from scheduler.wording.reasons import reason_text
from tests.files.test_roster_workbook import Editor
from tests.support import busy_month
from tests.support.busy_month import (
    CARER,
    DAYS,
    MANAGER,
    NURSE,
    SISTER,
    busy_problem,
    busy_roster,
    day,
)
from tests.support.programs import run
from tests.support.workbooks import write_slips

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.roster import Roster

    Shotaki = Callable[..., tuple[int, str, str]]

HOURS = ["労働時間", "有休時間", "欠勤時間", "契約上の時間"]
PROBLEM = busy_problem()
PLAN = busy_roster(PROBLEM)
NAMES = tuple(member.name for member in PROBLEM.staff)
MONTH = "2026-12"
EDITED_AT = 1_800_000_000
"""Seconds of the clock: in January 2027, after the roster was made."""


def slips_of(path: Path, file: RosterFile | None = None, *names: str) -> Worksheet:
    file = file or RosterFile(problem=PROBLEM, roster=PLAN, plan=PLAN)
    members = [name for name in NAMES if not names or name in names]
    return load_workbook(write_slips(file, members, path)).active


def page_of(sheet: Worksheet, name: str) -> list[list[Any]]:
    """Return the rows of a person's page."""
    starts = [1, *(mark.id + 1 for mark in sheet.row_breaks.brk), sheet.max_row + 1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    pages = [rows[start - 1 : end - 1] for start, end in pairwise(starts)]
    return next(page for page in pages if page[0][0] == name)


def box(page: list[list[Any]], number: int) -> list[str]:
    """Return what stands below a date, line by line, without the empty ones."""
    row, column = next(
        (row, column)
        for row, cells in enumerate(page)
        for column, text in enumerate(cells)
        if str(text or "").split()[:1] in ([f"{number}"], [f"{MONTH[5:]}/{number}"])
    )
    lines = []
    for cells in page[row + 1 :]:
        if cells[0] is not None and str(cells[0]).split()[0].replace("/", "").isdigit():
            break
        if cells[0] == "出勤日数":
            break
        lines.append(cells[column])
    return [line for line in lines if line]


# --- the page


def test_a_page_for_each_person(tmp_path: Path) -> None:
    """Name, month, office and day of issue at the top, one printed page each."""
    sheet = slips_of(tmp_path / "a.xlsx")
    assert len(sheet.row_breaks.brk) == len(NAMES) - 1
    for name in NAMES:
        page = page_of(sheet, name)
        assert page[0][4] == "2026年12月1日～12月14日"
        assert "見本" in page[1][0]
        assert "発行 2026年11月18日" in page[1][0]
        assert page[2] == list("日月火水木金土")


def test_no_page_is_higher_than_the_paper(tmp_path: Path) -> None:
    """At the scale it is printed at, also with very many wishes refused."""
    wishes = [
        wish.model_copy(update={"date": day(number)})
        for number in range(1, DAYS + 1)
        for wish in (PROBLEM.requests[1], PROBLEM.requests[2])
    ]
    problem = PROBLEM.model_copy(update={"requests": tuple(wishes)})
    reasons = tuple(Reason(request=wish, gives_way=wishes[:3]) for wish in wishes)
    plan = PLAN.model_copy(update={"reasons": reasons})
    sheet = slips_of(
        tmp_path / "a.xlsx", RosterFile(problem=problem, roster=plan, plan=plan)
    )
    assert sheet.page_setup.scale < 100
    ends = [*(mark.id for mark in sheet.row_breaks.brk), sheet.max_row]
    first = 1
    for end in ends:
        heights = [sheet.row_dimensions[row].height for row in range(first, end + 1)]
        assert None not in heights
        assert sum(heights) * sheet.page_setup.scale / 100 <= PAGE
        first = end + 1


@pytest.mark.parametrize(
    ("name", "number", "lines"),
    [
        (CARER, 1, ["夜", "16:30-翌9:30", "(20:00-21:00+翌1:00-翌2:00)"]),
        (CARER, 2, ["明"]),
        (CARER, 3, ["休", "宿 21:00-翌6:00"]),
        (CARER, 4, ["遅", "12:00-21:30", "(16:00-17:00)", "宿 21:00-翌6:00"]),
        (MANAGER, 3, ["日管介", "8:30-17:30", "管理\n13:00〜介護", "(12:00-13:00)"]),
        (MANAGER, 4, ["希"]),
        (NURSE, 1, ["早介", "7:00-16:00", "介護", "(11:00-12:00)"]),
    ],
)
def test_what_stands_below_a_date(
    tmp_path: Path, name: str, number: int, lines: list[str]
) -> None:
    """Symbol, times, jobs of those who have several, breaks, nights on call."""
    assert (
        box(page_of(slips_of(tmp_path / "a.xlsx", None, name), name), number) == lines
    )


def test_a_meeting_stands_on_everybodys_slip_in_full(tmp_path: Path) -> None:
    """Also for those of one job, and in a line high enough for two jobs and it."""
    event = CalendarEvent.model_validate(
        {"name": "職員会議", "dates": [day(3)], "span": "17:30-18:30"}
    )
    problem = PROBLEM.model_copy(update={"events": (event,)})
    duties = tuple(
        one.model_copy(update={"events": (event.name,)})
        if one.date == day(3) and one.shift
        else one
        for one in PLAN.duties
    )
    plan = PLAN.model_copy(update={"duties": duties})
    file = RosterFile(problem=problem, roster=plan, plan=plan)
    sheet = slips_of(tmp_path / "a.xlsx", file)
    met = {one.staff for one in duties if one.events}
    assert MANAGER in met
    assert any(len(problem.member_by_name[name].roles) == 1 for name in met)
    for name in met:
        assert "職員会議 17:30-18:30" in box(page_of(sheet, name), 3)[2], name
    (row,) = (
        cell.row for cell in sheet["E"] if str(cell.value).startswith("管理\n13:00")
    )
    # Two lines of jobs and two of the meeting, which is wider than the column.
    assert sheet.row_dimensions[row].height == 4 * LINE


def test_dates_are_marked(tmp_path: Path) -> None:
    """The holiday by its name, a wish granted by a star, another month in grey."""
    page = page_of(slips_of(tmp_path / "a.xlsx"), MANAGER)
    texts = {text for cells in page for text in cells if text}
    assert {"4 ★", "9 祝日", "11/30", "12/15"} <= texts
    assert not [text for text in texts if str(text).startswith("3 ")]


def test_the_week_begins_when_the_offices_does(tmp_path: Path) -> None:
    settings = PROBLEM.office.settings.model_copy(update={"week_starts_on": 0})
    office = PROBLEM.office.model_copy(update={"settings": settings})
    problem = PROBLEM.model_copy(update={"office": office})
    file = RosterFile(problem=problem, roster=PLAN, plan=PLAN)
    page = page_of(slips_of(tmp_path / "a.xlsx", file), CARER)
    assert page[2] == list("月火水木金土日")
    assert page[3][:3] == ["11/30", "12/1", "2"]


def test_totals_are_the_reports(tmp_path: Path) -> None:
    sheet = slips_of(tmp_path / "a.xlsx")
    for month in people(PROBLEM, PLAN):
        page = page_of(sheet, month.staff)
        index = next(i for i, cells in enumerate(page) if cells[0] == "出勤日数")
        assert page[index + 1][:6] == [
            sum(times for _symbol, times in month.shifts),
            month.nights,
            month.on_call,
            month.days_off,
            month.rest_days,
            month.leave_days,
        ]
        assert page[index + 2][:4] == HOURS
        minutes = (month.total, month.leave, month.absence, month.credited)
        assert page[index + 3][:4] == pytest.approx([m / 60 for m in minutes])
    assert page_of(sheet, CARER)[index + 3][4] == "〜66.7"


def test_a_refused_wish_has_its_reason(tmp_path: Path) -> None:
    """One line each: those refused only, with the reason where one is known."""
    refused = PROBLEM.requests[1]
    reason = Reason(
        request=refused,
        breaches=(
            Finding(
                rule="A-06",
                facet="awake",
                stance=Stance.STATUTORY,
                unit=Unit.MINUTES,
                amount=60,
                required=1,
                actual=0,
                date=day(3),
            ),
        ),
    )
    plan = PLAN.model_copy(update={"reasons": (reason,)})
    file = RosterFile(problem=PROBLEM, roster=plan, plan=plan)
    page = page_of(slips_of(tmp_path / "a.xlsx", file), CARER)
    index = next(i for i, row in enumerate(page) if row[0] == "かなわなかった希望")
    why = reason_text(reason, load(PROBLEM.period))
    assert [row[0] for row in page[index + 1 :]] == [
        f"12月3日(木) 休：{why}",
        "12月4日(金) 早",
    ]
    assert "かなわなかった希望" not in {
        row[0] for row in page_of(slips_of(tmp_path / "a.xlsx", file), MANAGER)
    }


# --- the command


@pytest.fixture(name="shotaki")
def _shotaki(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shotaki:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return busy_month.put(tmp_path_factory.mktemp("roster") / "r.xlsx").read_bytes()


@pytest.fixture(name="roster")
def _roster(tmp_path: Path, written: bytes) -> Path:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(written)
    return path


def edit(path: Path, at: int = EDITED_AT) -> Roster:
    """Take a night and a night on call away, and make an early shift of a late one."""
    editor = Editor(path)
    editor.cell(CARER, 1).value = "休"
    editor.cell(CARER, 4).value = "早"
    editor.cell("宿直", 3).value = SISTER
    file = editor.read()
    assert len(file.changed) == 3
    os.utime(path, (at, at))
    return file.roster


def shifts(path: Path) -> dict[str, list[str]]:
    """Return the summaries of a calendar's events by date, without the cancelled."""
    found: dict[str, list[str]] = {}
    for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        if event.get("STATUS") != "CANCELLED":
            date = event.start.date().isoformat()
            found.setdefault(date, []).append(str(event["SUMMARY"]))
    return found


def test_everybody_gets_a_calendar_and_a_page(
    shotaki: Shotaki, roster: Path, tmp_path: Path
) -> None:
    before = roster.read_bytes()
    code, out, err = shotaki("slips", "roster.xlsx", "-o", "out")
    assert code == 0
    assert not err
    assert f"個人票-{MONTH}.xlsx" in out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"個人票-{MONTH}.xlsx",
        *(f"{MONTH}-{name}.ics" for name in NAMES),
    }
    assert roster.read_bytes() == before


def test_without_a_folder_one_is_made_in_outputs(
    shotaki: Shotaki, roster: Path, tmp_path: Path
) -> None:
    code, out, _err = shotaki("--json", "slips", "roster.xlsx", "--person", CARER)
    assert code == 0
    given = json.loads(out)
    assert given["calendars"] == {
        CARER: str(Path("outputs", "roster-個人票", f"{MONTH}-{CARER}.ics"))
    }
    assert (tmp_path / given["slips"]).exists()
    assert given["kept"] == []


def test_edits_by_hand_are_taken_over(
    shotaki: Shotaki, roster: Path, tmp_path: Path
) -> None:
    """Pages and calendars say what the cells say now."""
    edited = edit(roster)
    code, out, _err = shotaki("slips", "roster.xlsx", "-o", "out")
    assert code == 0
    assert "3" in out.splitlines()[0]
    found = shifts(tmp_path / "out" / f"{MONTH}-{CARER}.ics")
    assert "2026-12-01" not in found
    assert "2026-12-03" not in found
    assert any("早番 7:00-16:00" in text for text in found["2026-12-04"])
    assert "2026-12-03" in shifts(tmp_path / "out" / f"{MONTH}-{SISTER}.ics")
    sheet = load_workbook(tmp_path / "out" / f"個人票-{MONTH}.xlsx").active
    page = page_of(sheet, CARER)
    assert [box(page, number)[0] for number in (1, 4)] == ["休", "早"]
    assert "手直し 2027年1月15日" in page[1][0]
    expected = {month.staff: month for month in people(PROBLEM, edited)}
    index = next(i for i, cells in enumerate(page) if cells[0] == "出勤日数")
    assert page[index + 1][1] == expected[CARER].nights


def test_a_later_edit_is_a_newer_calendar(
    shotaki: Shotaki, roster: Path, tmp_path: Path
) -> None:
    """DTSTAMP is when the roster was made, then when its file was changed."""
    stamps = []
    for at in (None, EDITED_AT, EDITED_AT + 60):
        if at is not None:
            edit(roster, at)
        assert shotaki("slips", "roster.xlsx", "-o", "out")[0] == 0
        data = (tmp_path / "out" / f"{MONTH}-{CARER}.ics").read_bytes()
        event = Calendar.from_ical(data).walk("VEVENT")[0]
        stamps.append((event.DTSTAMP.isoformat(), event["SEQUENCE"]))
    assert stamps[0][0] == "2026-11-18T05:30:00+00:00"
    assert stamps == sorted(set(stamps))
    assert [later[1] - first[1] for first, later in [stamps[1:]]] == [1]


def test_files_of_ours_are_replaced_but_not_those_of_others(
    shotaki: Shotaki, roster: Path, tmp_path: Path
) -> None:
    """A note in a calendar or on a page survives; the new file has another name."""
    for _again in range(2):
        assert shotaki("slips", "roster.xlsx", "-o", "out")[0] == 0
    folder = tmp_path / "out"
    assert len(list(folder.iterdir())) == len(NAMES) + 1
    calendar = folder / f"{MONTH}-{CARER}.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"SUMMARY:", b"SUMMARY:! ", 1))
    page = folder / f"個人票-{MONTH}.xlsx"
    with closing(load_workbook(page)) as book:
        book.active["A5"] = "メモ"
        book.save(page)
    mine = calendar.read_bytes(), page.read_bytes()
    code, out, _err = shotaki("slips", "roster.xlsx", "-o", "out")
    assert code == 0
    assert (calendar.read_bytes(), page.read_bytes()) == mine
    assert (folder / f"{MONTH}-{CARER}-2.ics").exists()
    assert (folder / f"個人票-{MONTH}-2.xlsx").exists()
    assert out.count("そのまま") == 2


@pytest.mark.parametrize(
    ("given", "meant"),
    [("桜あおい", CARER), ("桜　あ", CARER), ("海野", NURSE), (MANAGER, MANAGER)],
)
def test_a_person_may_be_named_in_short(
    shotaki: Shotaki, roster: Path, tmp_path: Path, given: str, meant: str
) -> None:
    assert roster.exists()
    assert shotaki("slips", "roster.xlsx", "-o", "out", "--person", given)[0] == 0
    assert [path.name for path in (tmp_path / "out").glob("*.ics")] == [
        f"{MONTH}-{meant}.ics"
    ]


@pytest.mark.parametrize("given", ["桜", "誰か"])
def test_a_name_that_says_nothing(
    shotaki: Shotaki, roster: Path, tmp_path: Path, given: str
) -> None:
    """Two people are called 桜: exit 2, all names listed, nothing written."""
    assert roster.exists()
    code, _out, err = shotaki("slips", "roster.xlsx", "-o", "out", "--person", given)
    assert code == 2
    assert all(name in err for name in NAMES)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("folder", ["roster.xlsx", "nowhere/out"])
def test_a_folder_that_cannot_be(shotaki: Shotaki, roster: Path, folder: str) -> None:
    assert roster.exists()
    code, _out, err = shotaki("slips", "roster.xlsx", "-o", folder)
    assert code == 2
    assert str(Path(folder)) in err
    assert "Traceback" not in err


def test_slips_are_no_roster(shotaki: Shotaki, roster: Path, tmp_path: Path) -> None:
    """Nor is a missing file: exit 1, with a message."""
    assert roster.exists()
    slips_of(tmp_path / "a.xlsx")
    for name in ("a.xlsx", "missing.xlsx"):
        for command in ("slips", "check"):
            code, out, err = shotaki(command, name)
            assert (code, out) == (1, "")
            assert "Traceback" not in err
    assert "勤務表" in shotaki("check", "a.xlsx")[2]
    assert not (tmp_path / "outputs").exists()


def test_a_real_process_with_the_json_of_a_roster(roster: Path, tmp_path: Path) -> None:
    """From the document that `roster` writes, in English, on a plain console."""
    file = read_roster(roster)
    document = {
        "problem": file.problem.model_dump(mode="json"),
        "roster": file.roster.model_dump(mode="json"),
        "plan": file.plan.model_dump(mode="json"),
    }
    (tmp_path / "roster.json").write_text(json.dumps(document), encoding="utf-8")
    line = ("slips", "roster.json", "-o", "out", "--person", NURSE)
    ran = run(tmp_path, "--lang", "en", *line)
    assert (ran.code, ran.err) == (0, "")
    assert "Calendars written: 1" in ran.out
    found = shifts(tmp_path / "out" / f"{MONTH}-{NURSE}.ics")
    assert len(found) == sum(
        duty.shift is not None for duty in PLAN.duties if duty.staff == NURSE
    )
    assert set(found) <= {day(number).isoformat() for number in range(1, DAYS + 1)}


# --- names of files


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("桜 あおい", "桜 あおい"),
        ('a/b\\c:d*e?f"g<h>i|j', "a／b＼c：d＊e？f”g＜h＞i｜j"),
        ("a\tb\u202ec", "abc"),
        ("..", "_"),
        ("name. ", "name"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("conrad", "conrad"),
        ("か\u3099", "が"),
    ],
)
def test_names_that_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_names_that_only_a_file_cannot_tell_apart(tmp_path: Path) -> None:
    """Two people, two files, also where the system knows no capitals."""
    names = {MANAGER: "A/b", CARER: "a／B"}
    text = RosterFile(problem=PROBLEM, roster=PLAN, plan=PLAN).model_dump_json()
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    made = PLAN.provenance
    assert made is not None
    file = RosterFile.model_validate_json(text)
    written = hand_out(file, tmp_path, made.made_at).calendars
    paths = [Path(written[member.name]).name for member in file.problem.staff]
    assert len({path.casefold() for path in paths}) == len(paths) == len(NAMES)
    assert f"{MONTH}-A／b.ics" in paths

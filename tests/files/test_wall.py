"""The wall sheet: what it shows, how it follows, and how large it is on paper."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.cli.app import main
from scheduler.domain.errors import InputError
from scheduler.domain.events import CalendarEvent
from scheduler.domain.period import Holiday
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.roster import Roster, changes
from scheduler.domain.scenario import Revision, Scenario
from scheduler.domain.shifts import Duty, OffKind, OnCall
from scheduler.files import papers
from scheduler.files.papers import wall_path, write_wall_prints
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.carrying import carry_typed, edited_workbook
from scheduler.files.workbook.roster.write import build_wall_print, build_workbook
from scheduler.files.workbook.styles import PAPER_A3, PAPER_A4
from tests.support import busy_month
from tests.support.builders import (
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.busy_month import CARER, SISTER, busy_problem, busy_roster, day
from tests.support.libreoffice import SOFFICE, converted, needed, recalculated

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.problem import Problem

WALL, FRONT = "掲示用", "管理用"
OLD = Path(__file__).parents[1] / "rosters" / "sakura-2027-01-one-sheet.xlsx"


def put(path: Path, problem: Problem | None = None, roster: Any = None) -> Path:
    if problem is None:
        return busy_month.put(path)
    roster = RosterRecord.of(roster or busy_roster(problem))
    return write_roster(path, problem, roster, audit(problem, roster))


def cell_of(sheet: Worksheet, label: str, date: dt.date) -> Cell:
    """Return the cell of a person, or of another row, on a date."""
    column = next(
        cell.column
        for cell in sheet[3]
        # As dates before a workbook is saved, as times of day when it is read.
        if str(cell.value)[:10] == str(date)
    )
    for row in sheet.iter_rows(max_col=2):
        if label in [cell.value for cell in row]:
            return sheet.cell(row[0].row, column)
    raise LookupError(label)


# -- what it shows -------------------------------------------------------------------


def test_the_pages_stand_in_the_managers_order(tmp_path: Path) -> None:
    """Wall, manager's sheet, what helps, slips; then what is typed into."""
    book = load_workbook(put(tmp_path / "r.xlsx"))
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == [
        *(WALL, FRONT, "不足", "時間帯別一覧", "受け入れ余力", "公平さ", "希望"),
        *("個人票", "休憩・介護時間", "加算と減算", "もしも"),
    ]


def test_a_symbol_stands_alone_and_is_stored(tmp_path: Path) -> None:
    """日管介 is 日; the value is there for programs that calculate nothing."""
    path = put(tmp_path / "r.xlsx")
    wall = load_workbook(path, data_only=True)[WALL]
    front = load_workbook(path)[FRONT]
    assert cell_of(front, "山吹つばさ", day(3)).value == "日管介"
    for name, date in (("山吹つばさ", day(3)), (CARER, day(1)), (SISTER, day(2))):
        typed = str(cell_of(front, name, date).value)
        assert cell_of(wall, name, date).value == typed[0]
    heads = [str(cell.value) for row in (1, 2) for cell in wall[row] if cell.value]
    assert "第1版" in heads
    assert "発行 2026年11月18日" in heads
    assert {"作成", "確認"} <= set(heads)
    sizes = {str(cell.value): cell.font.size for cell in wall[1] if cell.value}
    assert sizes["第1版"] >= 24
    assert sizes["発行 2026年11月18日"] >= 20


# -- reading -------------------------------------------------------------------------


def test_a_roster_of_the_version_before_is_read(tmp_path: Path) -> None:
    """It has one sheet for all; what is typed into it counts as ever."""
    file = read_roster(OLD)
    assert file.changed == ()
    book = load_workbook(OLD)
    target = cell_of(book["勤務表"], "白石 ゆき", dt.date(2027, 1, 4))
    assert target.value == "日"
    target.value = "休"
    path = tmp_path / "r.xlsx"
    book.save(path)
    (change,) = read_roster(path).changed
    assert (change.sheet, change.before, change.after) == ("勤務表", "日", "休")


def test_notes_of_a_roster_of_the_version_before_are_carried(tmp_path: Path) -> None:
    """From its 勤務表 to 管理用; those on a page that is none any more are told."""
    book = load_workbook(OLD)
    front, date = book["勤務表"], dt.date(2027, 1, 5)
    cell_of(front, "行事", date).value = "餅つき"
    cell_of(front, "備考", date).value = "面会あり"
    book["労務"].cell(1, 20, "社労士に確認済み")
    path = tmp_path / "r.xlsx"
    book.save(path)
    file = read_roster(path)
    findings = audit(file.problem, file.plan)
    rooms = as_it_stands(file.problem, file.plan, findings)
    edited = edited_workbook(path, file, findings, rooms)
    new = build_workbook(Book(file.problem, file.plan, findings, rooms=rooms))
    typed = carry_typed(edited, new)
    assert cell_of(new[FRONT], "行事", date).value == "餅つき"
    assert cell_of(new[FRONT], "備考", date).value == "面会あり"
    assert {one.text for one in typed.carried} == {"餅つき", "面会あり"}
    assert [(one.sheet, one.cell, one.text) for one in typed.lost] == [("労務", "", "")]
    assert "勤務表" not in new.sheetnames


def test_typing_on_the_wall_is_told(tmp_path: Path) -> None:
    """With the cell where it belongs; the same symbol, and a blank, likewise."""
    path = put(tmp_path / "r.xlsx")
    book = load_workbook(path)
    wall, front = book[WALL], book[FRONT]
    typed = cell_of(wall, CARER, day(4))
    typed.value = "日"
    night = cell_of(wall, "宿直", day(2))
    night.value = "桜あお"
    cell_of(wall, SISTER, day(2)).value = "夜"  # as the manager's sheet says
    book.save(path)
    with pytest.raises(InputError) as raised:
        read_roster(path)
    told = {(one.code, one.cell, one.facts["cell"]) for one in raised.value.mistakes}
    belongs = cell_of(front, CARER, day(4)).coordinate
    assert told == {
        ("typed_on_wall", typed.coordinate, belongs),
        ("typed_on_wall", night.coordinate, cell_of(front, "宿直", day(2)).coordinate),
    }


def test_a_workbook_without_its_wall_sheet_is_read(tmp_path: Path) -> None:
    """It holds nothing that is not on the manager's sheet."""
    path = put(tmp_path / "r.xlsx")
    book = load_workbook(path)
    del book[WALL]
    book.save(path)
    assert read_roster(path).changed == ()


# -- a month that has begun ----------------------------------------------------------


def changed_month() -> tuple[Problem, RosterRecord]:
    """Return a month in which the carer's night of the 6th became a day off."""
    problem = busy_problem()
    before = busy_roster(problem)
    cell = CARER, day(6)
    rest = [one for one in before.duties if (one.staff, one.date) != cell]
    off = Duty(staff=cell[0], date=cell[1], off=OffKind.ABSENT)
    after = before.model_copy(update={"duties": (*rest, off)})
    revision = revision_of(problem, before, after)
    return problem, after.model_copy(update={"revisions": (revision,)})


def revision_of(problem: Problem, before: Roster, after: Roster) -> Revision:
    return Revision(
        version=2,
        accepted_at=dt.datetime(2026, 12, 5, 9),
        scenario=Scenario(now=problem.period.first),
        changes=tuple(changes(problem, before, after)),
        asked=(),
        why="腰痛で欠勤",
    )


def test_the_plan_stands_below_what_was_changed(tmp_path: Path) -> None:
    """The symbol of today above, that of the plan below, and no reason."""
    problem, roster = changed_month()
    wall = load_workbook(put(tmp_path / "r.xlsx", problem, roster), data_only=True)[
        WALL
    ]
    now = cell_of(wall, CARER, day(6))
    assert now.value == "―"
    assert now.border.left.style == "mediumDashed"
    below = wall.cell(now.row + 1, now.column)
    assert (below.value, wall.cell(now.row + 1, 1).value) == ("夜", "（予定）")
    texts = [str(cell.value) for row in wall.iter_rows() for cell in row]
    assert "第2版" in texts
    assert not any("腰痛" in text or "欠勤" in text for text in texts)


# -- on paper ------------------------------------------------------------------------

SURNAMES = (
    "青木石井上田江口大森加藤木村黒田小林佐野清水杉山高木"
    "千葉辻本中村西田野口原田平野藤井星野松本森田"
    "山口横田若林渡辺和田安藤"
)
SHIFTS = (
    make_shift("早", "7:00-16:00", ["12:00-13:00"]),
    make_shift("日", "8:30-17:30", ["12:00-13:00"]),
    make_shift("遅", "12:00-21:00", ["16:00-17:00"]),
    make_shift("夜", "16:30-33:30", ["24:00-26:00"]),
)


def names_of(people: int) -> list[str]:
    return [f"{SURNAMES[2 * n : 2 * n + 2]} はるか" for n in range(people)]


def office_of(people: int, *, second: str = "", changed: int = 0) -> RosterFile:
    """Return a month of so many people; ``second`` is another symbol for the day.

    Of the first so many, one date was ``changed``.
    """
    names = names_of(people)
    period = make_period(31, dt.date(2027, 1, 1))
    shifts = (*SHIFTS, make_shift(second, "9:00-17:00", [])) if second else SHIFTS
    symbols = [shift.symbol for shift in shifts]
    problem = make_problem(
        [make_staff(name, shifts=symbols) for name in names],
        shifts=shifts,
        period=period,
        office=make_office(profiles=[make_profile()]),
        forecast=make_forecast(period, 3),
    )
    turn = "早日遅夜明休日休"
    duties = tuple(
        make_duty(problem, name, date, turn[(n + i) % 8].replace("日", second or "日"))
        for n, name in enumerate(names)
        for i, date in enumerate(period.dates)
    )
    on_call = tuple(
        OnCall(date=date, staff=names[-1 - i % 2])
        for i, date in enumerate(period.dates)
    )
    roster = Roster(duties=duties, on_call=on_call)
    record = RosterRecord.of(roster)
    if changed:
        absent = tuple(
            Duty(staff=duty.staff, date=duty.date, off=OffKind.ABSENT)
            if duty.date == period.first and names.index(duty.staff) < changed
            else duty
            for duty in duties
        )
        after = roster.model_copy(update={"duties": absent})
        record = RosterRecord.of(after).model_copy(
            update={"revisions": (revision_of(problem, roster, after),)}
        )
    return RosterFile(problem=problem, roster=record, plan=record)


def sizes(pdf: Path, texts: str = "早日遅夜明休", page: int = 0) -> list[float]:
    """Return the size, in points on paper, of every letter among these alone.

    Of one page, or of all.
    """
    line = ["pdftohtml", "-xml", "-zoom", "3", "-i", "-stdout", str(pdf)]
    line += ["-f", str(page), "-l", str(page)] if page else []
    found = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    fonts = {
        one[1]: int(one[2]) / 3
        for one in re.finditer(r'<fontspec id="(\d+)" size="(\d+)"', found)
    }
    told = re.findall(r'font="(\d+)">(.*?)</text>', found)
    return [
        fonts[font]
        for font, marked in told
        if set(text := re.sub("<.*?>|\\s", "", marked)) <= set(texts)
        for _letter in text
    ]


def smallest(found: list[float], count: int) -> float:
    """Return the size of the smallest of so many largest letters."""
    assert len(found) >= count
    return sorted(found, reverse=True)[count - 1]


def text_of(pdf: Path, page: int) -> str:
    line = ["pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


def pages(pdf: Path) -> int:
    line = ["pdfinfo", str(pdf)]
    found = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", found)[1])  # type: ignore[index]


PEOPLE = (12, 16, 25, 30)
PAPERS = {"A3": (PAPER_A3, 14), "A4": (PAPER_A4, 10)}
"""Papers with the least size of a symbol there, in points."""


FRONTS = {16: 1.0, 25: 0.95}
"""The same of the manager's sheet: what part of the least is printed."""


def front_alone(people: int) -> Workbook:
    """Return a workbook with the manager's sheet alone."""
    file = office_of(people)
    book = build_workbook(Book(file.problem, file.plan, ()))
    for sheet in book.worksheets:
        if sheet.title != FRONT:
            book.remove(sheet)
    return book


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with PDFs of sheets for many people; one start prints them all.

    LibreOffice takes some seconds a start, and only what it prints tells sizes.
    """
    folder = tmp_path_factory.mktemp("walls")

    def put(name: str, book: Workbook) -> None:
        (folder / f"{name}.xlsx").write_bytes(bytes_of(book))

    for people in PEOPLE:
        file = office_of(people)
        for paper, (size, _least) in PAPERS.items():
            put(f"wall-{people}-{paper}", build_wall_print(file, size))
    for people in FRONTS:
        book = front_alone(people)
        for paper, (size, _least) in PAPERS.items():
            book[FRONT].page_setup.paperSize = size
            put(f"front-{people}-{paper}", book)
    put("wide", build_wall_print(office_of(16, second="日短"), PAPER_A3))
    put("long", build_wall_print(office_of(30, changed=9), PAPER_A4))
    return converted(*sorted(folder.glob("*.xlsx")), to="pdf")[0].parent


@needed[0]
@needed[1]
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("people", PEOPLE)
def test_symbols_are_large_enough_on_paper(
    people: int, paper: str, printed: Path
) -> None:
    """14 points on A3 and 10 on A4, one page each, as the law of the wall is."""
    pdf = printed / f"wall-{people}-{paper}.pdf"
    assert pages(pdf) == 1
    # 31 symbols of each person, at least; the counts' heads are smaller.
    # Read to a third of a point.
    assert smallest(sizes(pdf), 31 * people) >= PAPERS[paper][1] - 1 / 3


@needed[0]
@needed[1]
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("people", "part"), FRONTS.items())
def test_symbols_of_the_managers_sheet_are_large_too(
    people: int, part: float, paper: str, printed: Path
) -> None:
    """As on the wall up to 16 people; with more, its one page holds smaller ones."""
    pdf = printed / f"front-{people}-{paper}.pdf"
    assert pages(pdf) == 1
    least = PAPERS[paper][1] * part - 1 / 3
    # All but those of the 31 nights on call, which have a mark behind.
    assert smallest(sizes(pdf), 31 * (people - 1)) >= least


@needed[0]
@needed[1]
def test_symbols_of_two_letters_have_wider_dates(printed: Path) -> None:
    """日短 takes two; the totals at the right are narrower for it."""
    assert pages(printed / "wide.pdf") == 1
    found = sizes(printed / "wide.pdf", "早日短遅夜明休")
    assert smallest(found, 31 * 16) >= 14 - 1 / 3


@needed[0]
@needed[1]
def test_more_people_than_a_page_holds_are_parted_in_halves(printed: Path) -> None:
    """39 rows of 30 people take two pages of 20 and 19, each with title and dates.

    The first nine have two rows, so that eleven people stand on the first page.
    """
    pdf = printed / "long.pdf"
    assert pages(pdf) == 2
    for page, people in ((1, 11), (2, 19)):
        own = text_of(pdf, page)
        assert all(word in own for word in ("勤務表", "版", "曜日"))
        assert sum(name in own for name in names_of(30)) == people
        assert smallest(sizes(pdf, page=page), 31 * people) >= 10 - 1 / 3


@needed[0]
@needed[1]
def test_prints_stand_beside_the_roster(tmp_path: Path) -> None:
    """A3 and A4, each with its name; somebody else's PDF is kept, ours replaced."""
    assert SOFFICE is not None
    file, path = office_of(2), tmp_path / "r.xlsx"
    own, other = (wall_path(path, paper) for paper in ("A3", "A4"))
    assert write_wall_prints(file, path, SOFFICE) == (own, other)
    assert [pages(pdf) for pdf in (own, other)] == [1, 1]
    own.write_bytes(b"%PDF-1.4 the manager's own")
    again = write_wall_prints(file, path, SOFFICE)
    assert [one.name for one in again] == ["r-掲示用A3-2.pdf", "r-掲示用A4.pdf"]
    assert own.read_bytes().startswith(b"%PDF-1.4 the manager's")


@needed[0]
@needed[1]
def test_the_wall_follows_what_is_typed_on_the_managers_sheet(tmp_path: Path) -> None:
    """Symbols, nights on call, events, remarks and counts; leave as a day off.

    Times and places of events stand with the remarks, while the event is there.
    """
    span = {"span": [840, 900]}
    events = tuple(
        CalendarEvent.model_validate({"name": name, "dates": [date], **more})
        for name, date, more in (
            ("研究会", day(3), {**span, "place": "公民館"}),
            ("茶話会", day(7), span),
        )
    )
    problem = busy_problem().model_copy(update={"events": events})
    path = put(tmp_path / "r.xlsx", problem)
    book = load_workbook(path)
    front = book[FRONT]
    for label, date, text in (
        (CARER, day(4), "日管"),
        (SISTER, day(5), "有給"),
        ("宿直", day(4), "海野"),
        ("行事", day(5), "餅つき"),
        ("行事", day(7), ""),
        ("備考", day(6), "往診"),
    ):
        cell_of(front, label, date).value = text
    book.save(path)
    (book,) = recalculated(path)
    wall = book[WALL]
    assert cell_of(wall, CARER, day(4)).value == "日"
    assert cell_of(wall, SISTER, day(5)).value == "休"
    assert cell_of(wall, "宿直", day(4)).value == "海野"
    assert cell_of(wall, "行事", day(5)).value == "餅つき"
    remarks = [str(cell.value) for row in wall.iter_rows() for cell in row]
    assert any("12/6 往診" in text for text in remarks)
    assert any(text.startswith("研究会 14:00-15:00 公民館") for text in remarks)
    assert not any("茶話会" in text for text in remarks)
    # Before, on the 4th: 休遅早...: nobody else had the day shift changed.
    column = cell_of(wall, CARER, day(4)).column
    names = {member.name for member in busy_problem().staff}
    shown = [row[column - 1].value for row in wall.iter_rows() if row[0].value in names]
    assert cell_of(wall, "日（人）", day(4)).value == sum(
        text in ("日", "短", "半") for text in shown
    )


def test_without_libreoffice_a_sentence_says_how_to_print(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The check goes on, and nothing is written."""
    put(tmp_path / "r.xlsx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(papers, "PLACES", ())
    assert main(["check", "r.xlsx", "--wall-pdf"]) in (0, 5)
    assert "LibreOfficeがありません" in capsys.readouterr().out
    assert [one.name for one in tmp_path.iterdir()] == ["r.xlsx"]


EVENTS = ("職員会議", "避難訓練")
TENTH = dt.date(2027, 1, 11)
"""A holiday: 成人の日."""


def eventful(*events: str) -> RosterFile:
    """Return a month of 16 people with events on a public holiday."""
    file = office_of(16)
    holiday = Holiday(date=TENTH, name="成人の日")
    period = file.problem.period.model_copy(update={"holidays": (holiday,)})
    told = tuple(CalendarEvent(name=name, dates=(TENTH,)) for name in events)
    update = {"period": period, "events": told}
    problem = file.problem.model_copy(update=update)
    return file.model_copy(update={"problem": problem})


def test_more_events_than_fit_are_told_below() -> None:
    """Seven letters fit above in 10 pt; of more the date has a mark, and a remark."""
    for events, above, below in (
        ((), "成人の日", ""),
        (("会議",), "成人の日\n会議", ""),
        (EVENTS, "※", "1/11 成人の日・職員会議・避難訓練"),
    ):
        file = eventful(*events)
        sheet = build_wall_print(file, PAPER_A3)[WALL]
        cell = cell_of(sheet, "行事", TENTH)
        assert cell.value == above
        assert cell.font.size == 10
        texts = [str(one.value) for row in sheet.iter_rows() for one in row]
        assert not below or any(below in text for text in texts)
        assert any("※ 備考に記載" in text for text in texts) is bool(below)


def test_remarks_are_in_order_of_dates_and_absence_has_its_meaning(
    tmp_path: Path,
) -> None:
    """Whichever event was entered first; whoever falls ill later is shown as ―."""
    events = tuple(
        CalendarEvent.model_validate(
            {"name": name, "dates": [date], "span": [840, 900]}
        )
        for name, date in (("餅つき会", day(12)), ("防災訓練", day(3)))
    )
    problem = busy_problem().model_copy(update={"events": events})
    book = load_workbook(put(tmp_path / "r.xlsx", problem))
    texts = [str(one) for row in book[WALL].iter_rows(values_only=True) for one in row]
    assert "― 不在" in texts
    remarks = next(text for text in texts if "防災訓練" in text and "餅つき会" in text)
    assert remarks.index("防災訓練") < remarks.index("餅つき会")


def test_all_lines_of_the_remarks_fit_in_their_row() -> None:
    """Twelve names of 38 half letters are 2,700 points and more: three lines of 1,020.

    A line is 15.4 points high, and there is room for two whatever is told.
    """
    heights = []
    for number in (1, 12):
        file = eventful(*(f"{one:02}{'会議' * 9}" for one in range(number)))
        sheet = build_wall_print(file, PAPER_A3)[WALL]
        row = next(cell.row for cell in sheet["A"] if cell.value == "備考")
        heights.append(sheet.row_dimensions[row].height)
    assert heights == [34, pytest.approx(3 * 15.4 + 4)]

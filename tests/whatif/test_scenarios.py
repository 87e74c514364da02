"""What-ifs of a sheet: filled in, planned each by itself, compared side by side."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit
from scheduler.cli.app import main
from scheduler.cli.whatif import Events, read_events
from scheduler.domain.errors import Exit, InputError
from scheduler.domain.scenario import Event, Scenario
from scheduler.domain.staff import Contract, DateSpan
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.embedded import is_untouched
from scheduler.files.workbook.roster.scenarios import NEEDED, SCENARIOS, read_cases
from scheduler.files.workbook.roster.side_by_side import Answered, write_what_ifs
from scheduler.whatif.scenario_effects import newcomer
from scheduler.whatif.scenario_parser import parse_scenarios
from scheduler.wording.command_line import command_line
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import NAMES
from scheduler.wording.times import date_text, parse_date
from scheduler.wording.translation import spellings, use_language
from tests.cli.test_whatif_cli import changed
from tests.support import week
from tests.support.builders import make_period, make_staff
from tests.support.impossible import CARER, MANAGER, NURSE, date_of
from tests.support.programs import called
from tests.support.week import FIRST_NIGHT, OTHER, PROBLEM, ROSTER
from tests.support.workbooks import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    Shotaki = Callable[..., tuple[int, str, str]]

Line = tuple[Any, ...]
"""Name, event, person, first date, last date, what, and from when."""

SHEET = "もしも"
EXAMPLES = 3

ILL: Line = ("杉さん欠勤", "欠勤", "杉", "2", "3")
BOTH: tuple[Line, ...] = (
    ("2人とも", "欠勤", "杉", "2", "3"),
    (None, "欠勤", "楓", "12月2日(水)"),
)
GUESTS: Line = ("泊まり/1人", "泊まりの人数", None, "6", None, 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return week.put(tmp_path_factory.mktemp("rosters") / "r.xlsx")


@pytest.fixture
def roster(written: Path, tmp_path: Path) -> Path:
    """Return a workbook that nobody has touched yet."""
    return Path(shutil.copy(written, tmp_path / "r.xlsx"))


@pytest.fixture(scope="module")
def only_sheet(written: Path) -> Path:
    book = opened(written)
    for title in book.sheetnames:
        if title != SHEET:
            del book[title]
    path = written.with_name("sheet.xlsx")
    book.save(path)
    return path


@pytest.fixture
def sheet(only_sheet: Path, tmp_path: Path) -> Path:
    """Return a workbook with that sheet alone, which is filled in sooner."""
    return Path(shutil.copy(only_sheet, tmp_path / "sheet.xlsx"))


def heads(sheet: Worksheet) -> int:
    """Return the row of the headings."""
    known = spellings(SCENARIOS.columns[1].heading)
    return next(int(cell.row) for cell in sheet["B"] if cell.value in known)


def fill(path: Path, *lines: Line, below_examples: bool = True) -> None:
    """Write lines into the sheet, as a person would."""
    book = opened(path)
    sheet = book[SHEET if SHEET in book.sheetnames else SCENARIOS.title]
    first = heads(sheet) + 1 + (EXAMPLES if below_examples else 0)
    for row, line in enumerate(lines, start=first):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value
    book.save(path)


def scenarios_in(path: Path) -> tuple[Scenario, ...]:
    lines = read_cases(path)
    return parse_scenarios(lines.cases, PROBLEM, ROSTER, lines.mistakes)


def table(sheet: Worksheet) -> dict[str, list[Any]]:
    """Return the rows of the comparison by their first cell."""
    return {
        str(cells[0]): list(cells[1:])
        for cells in sheet.iter_rows(values_only=True)
        if any(cell is not None for cell in cells)
    }


# --- the sheet


def test_every_roster_has_the_sheet_and_its_examples_do_not_count(roster: Path) -> None:
    book = opened(roster)
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible[-1] == SHEET
    sheet = book[SHEET]
    examples = [sheet.cell(heads(sheet) + i, 1) for i in range(1, EXAMPLES + 1)]
    assert {cell.value for cell in examples} == {"例"}
    assert len({cell.font.color.rgb for cell in examples}) == 1
    empty = sheet.cell(heads(sheet) + EXAMPLES + 1, 1)
    assert empty.value is None
    assert empty.font.color.rgb != examples[0].font.color.rgb
    assert [mistake.code for mistake in read_cases(roster).mistakes] == ["no_scenarios"]


def test_the_examples_are_as_lines_should_be(sheet: Path) -> None:
    """Named otherwise they are read like any line."""
    fill(sheet, *[("A",)] * EXAMPLES, below_examples=False)
    [scenario] = scenarios_in(sheet)
    assert scenario.absences
    assert scenario.duties
    assert scenario.days[0].overnight == 6


def test_what_can_be_chosen(roster: Path) -> None:
    """Events, names, dates, and symbols or names by the event; nothing is forced."""
    sheet = opened(roster)[SHEET]
    rules = {str(r.sqref)[0]: r for r in sheet.data_validations.dataValidation}
    assert set(rules) == set("BCDEFG")
    for event in Event:
        assert spellings(NAMES["Event"][event])[0] in rules["B"].formula1
    assert rules["B"].showErrorMessage
    assert not rules["C"].showErrorMessage
    assert rules["F"].formula1.startswith("IF($B")
    tables = opened(roster)["計算用"]
    listed = {cell.value for row in tables.iter_rows() for cell in row}
    assert {date_text(date) for date in PROBLEM.period.dates} <= listed


def test_filling_it_in_is_no_edit_of_the_roster_and_is_not_lost(roster: Path) -> None:
    assert is_untouched(roster)
    fill(roster, ILL)
    assert read_roster(roster).changed == ()
    assert read_roster(roster).roster == ROSTER
    again = write_roster(roster, PROBLEM, ROSTER, audit(PROBLEM, ROSTER))
    assert again.name == "r-2.xlsx"
    [scenario] = scenarios_in(roster)
    assert scenario.name == "杉さん欠勤"


def test_a_workbook_without_the_sheet_is_read_as_ever(
    roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = opened(roster)
    del book[SHEET]
    book.save(roster)
    assert main(["check", str(roster)]) == 0
    assert main(["scenarios", str(roster)]) == Exit.BAD_INPUT
    assert SHEET in capsys.readouterr().err


# --- lines and the command line say the same


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("A", "欠勤", "杉", "2", "3"), Events(absent=["杉=2..3"])),
        (("A", "欠勤", "杉よるこ", 2, 3.0), Events(absent=["杉=2..3"])),
        (("A", "absence", "杉", date_of(1), None), Events(absent=["杉=2"])),
        (
            ("A", "欠勤", "杉", dt.datetime(2026, 12, 2), "12月3日(木)"),
            Events(absent=["杉=2..3"]),
        ),
        (("A", "退職", "柳", "12/4"), Events(leave=["柳=4"])),
        (("A", "入職", "鈴木", "３", None, "柳"), Events(join=["鈴木=3:柳"])),
        (
            ("A", "勤務の変更", "柳", "6", None, "日"),
            Events(shift=["柳=6:日"]),
        ),
        (
            ("A", "勤務の変更", "柳", "6", "7", "有"),
            Events(shift=["柳=6..7:有"]),
        ),
        (("A", "通いの人数", None, "5", None, "3"), Events(day_users=["5=3"])),
        (
            ("A", "泊まりの人数", None, "5", "6", 3),
            Events(overnight=["5..6=3"]),
        ),
        (("A", "訪問の件数", "", "5", None, "３"), Events(visits=["5=3"])),
        (
            ("A", "欠勤", "杉", "2", "3", None, "3"),
            Events(absent=["杉=2..3"], start="3"),
        ),
    ],
)
def test_a_line_says_what_the_command_line_says(
    sheet: Path, line: Line, told: Events
) -> None:
    fill(sheet, line)
    [scenario] = scenarios_in(sheet)
    assert scenario.name == "A"
    expected = read_events(told, PROBLEM, ROSTER)
    assert scenario.model_copy(update={"name": ""}) == expected


def test_lines_with_one_name_belong_together(sheet: Path) -> None:
    """Wherever they stand; an empty name is that above, blank lines say nothing."""
    fill(
        sheet,
        ("A", "欠勤", "杉", "2"),
        (None, "欠勤", "楓", "3", None, None, "2"),
        (),
        ("B", "泊まりの人数", None, "5", None, "1"),
        ("ａ", "訪問の件数", None, "6", None, "4"),
    )
    first, second = scenarios_in(sheet)
    assert (first.name, second.name) == ("A", "B")
    assert [one.staff for one in first.absences] == [FIRST_NIGHT, OTHER]
    assert [day.visits for day in first.days] == [4]
    assert first.now == date_of(1)
    assert [day.overnight for day in second.days] == [1]


def test_columns_may_stand_in_another_order(sheet: Path) -> None:
    book = opened(sheet)
    page = book[SHEET]
    row = heads(page)
    for place in (row, row + EXAMPLES + 1):
        page.cell(place, 1).value, page.cell(place, 3).value = (
            ("氏名", "案") if place == row else ("杉", "A")
        )
    page.cell(row + EXAMPLES + 1, 2).value = "欠勤"
    page.cell(row + EXAMPLES + 1, 4).value = "2"
    for example in range(1, EXAMPLES + 1):
        page.cell(row + example, 3).value = "例"
    book.save(sheet)
    [scenario] = scenarios_in(sheet)
    assert [one.staff for one in scenario.absences] == [FIRST_NIGHT]


def test_in_either_language(tmp_path: Path) -> None:
    use_language("en")
    path = write_roster(tmp_path / "en.xlsx", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))
    use_language("ja")
    assert [one.code for one in read_cases(path).mistakes] == ["no_scenarios"]
    fill(path, ("A", "absence", "杉", "Wed 12/2"))
    [scenario] = scenarios_in(path)
    assert scenario.absences[0].first == date_of(1)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12月2日(水)", date_of(1)),
        ("12/2（水）", date_of(1)),
        ("Wed 12/2", date_of(1)),
        ("2(水)", date_of(1)),
        ("12月2日(火)", None),
        ("Tue 12/2", None),
        ("12月2日(祝)", None),
    ],
)
def test_a_weekday_must_be_that_of_the_date(text: str, date: dt.date | None) -> None:
    assert parse_date(text, PROBLEM.period) == date


# --- mistakes


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([(None, "欠勤", "杉", "2")], [("missing_value", "A")]),
        ([("A", "遅刻", "杉", "2")], [("not_choice", "B")]),
        ([("A", None, "杉", "2")], [("missing_value", "B")]),
        ([("A", "欠勤", None, "2")], [("missing_value", "C")]),
        ([("A", "欠勤", "佐藤", "2")], [("unknown_person", "C")]),
        ([("A", "欠勤", "杉")], [("missing_value", "D")]),
        ([("A", "欠勤", "杉", "40")], [("not_date", "D")]),
        ([("A", "欠勤", "杉", "2", "2027/1/3")], [("date_outside", "E")]),
        ([("A", "欠勤", "杉", "3", "2")], [("dates_reversed", "E")]),
        ([("A", "欠勤", "杉", "2", None, "休")], [("not_of_event", "F")]),
        ([("A", "退職", "杉", "2", "3")], [("not_of_event", "E")]),
        ([("A", "訪問の件数", "杉", "2", None, "3")], [("not_of_event", "C")]),
        ([("A", "訪問の件数", None, "2", None, "多い")], [("not_visits", "F")]),
        ([("A", "訪問の件数", None, "2", None, "1000")], [("too_large", "F")]),
        ([("A", "勤務の変更", "柳", "2")], [("missing_value", "F")]),
        ([("A", "勤務の変更", "柳", "2", None, "欠")], [("not_asked", "F")]),
        ([("A", "勤務の変更", "柳", "2", None, "日宿")], [("call_in_cell", "F")]),
        ([("A", "勤務の変更", "柳", "2", "4", "夜")], [("asked_symbol", "F")]),
        ([("A", "入職", "鈴木", "2", None, "佐藤")], [("unknown_person", "F")]),
        ([("A", "入職", "鈴木", "2027/1/2", None, "柳")], [("date_outside", "D")]),
        ([("A", "入職", "桜 かんこ", "2", None, "柳")], [("duplicate_name", "C")]),
        ([("A", "入職", "長" * 31, "2", None, "柳")], [("too_long", "C")]),
        ([("A" * 61, "欠勤", "杉", "2")], [("too_long", "A")]),
        ([("A", "欠勤", "杉", "2", None, None, "x")], [("not_date", "G")]),
        ([("A", "欠勤", "杉", "2", None, None, "3")], [("date_past", "D")]),
        (
            [
                ("A", "欠勤", "杉", "4", None, None, "3"),
                ("A", "欠勤", "楓", "4", None, None, "4"),
            ],
            [("two_starts", "G")],
        ),
    ],
)
def test_a_mistake_is_told_with_its_cell(
    sheet: Path, lines: Sequence[Line], found: list[tuple[str, str]]
) -> None:
    fill(sheet, *lines)
    row = heads(opened(sheet)[SHEET]) + EXAMPLES + len(lines)
    with pytest.raises(InputError) as caught:
        scenarios_in(sheet)
    mistakes = caught.value.mistakes
    assert [(one.code, one.cell) for one in mistakes] == [
        (code, f"{column}{row}") for code, column in found
    ]
    for language in ("ja", "en"):
        use_language(language)
        assert all(mistake_text(one).startswith(SHEET) for one in mistakes)


def test_all_mistakes_come_at_once_and_nothing_is_written(
    roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of all what-ifs, with one cell each."""
    fill(
        roster,
        ("A", "遅刻", "杉", "2"),
        ("B", "欠勤", "佐藤", "2"),
        ("C", "訪問の件数", None, "40", None, "3"),
        ILL,
    )
    row = heads(opened(roster)[SHEET]) + EXAMPLES
    assert main(["scenarios", str(roster)]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    for place in (f"B{row + 1}", f"C{row + 2}", f"D{row + 3}"):
        assert f"{SHEET} {place}:" in told
    assert "Traceback" not in told
    assert [path.name for path in roster.parent.iterdir()] == ["r.xlsx"]


@pytest.mark.parametrize("path", ["event", "first"])
def test_a_heading_that_is_missing_is_told(sheet: Path, path: str) -> None:
    place = [column.path for column in SCENARIOS.columns].index(path)
    book = opened(sheet)
    page = book[SHEET]
    heading = page.cell(heads(page), place + 1)
    heading.value = "ほか"
    book.save(sheet)
    told = {(one.code, one.cell) for one in read_cases(sheet).mistakes}
    assert ("renamed_column", heading.coordinate) in told


def test_every_event_says_what_it_needs() -> None:
    paths = {column.path for column in SCENARIOS.columns}
    assert set(NEEDED) == set(Event)
    assert all("first" in needed and needed <= paths for needed in NEEDED.values())


# --- the answer


def test_all_are_planned_and_compared(roster: Path) -> None:
    """One with a legal plan, one without, one that asks nobody: none stops another."""
    fill(roster, ILL, *BOTH, GUESTS)
    ran = called(roster.parent, "scenarios", "r.xlsx")
    assert (ran.code, ran.err) == (Exit.NOT_LEGAL, "")
    assert {path.name for path in roster.parent.iterdir()} == {
        "r.xlsx",
        "r-もしも-杉さん欠勤.xlsx",
        "r-もしも-2人とも.xlsx",
        "r-もしも-泊まり／1人.xlsx",
        "r-もしも比較.xlsx",
    }
    plan = read_roster(roster.parent / "r-もしも-杉さん欠勤.xlsx").roster
    assert plan.by_cell[OTHER, date_of(1)].shift == "夜"
    book = opened(roster.parent / "r-もしも比較.xlsx")
    sheet = book["もしもの比較"]
    compared = table(sheet)
    assert ["杉さん欠勤", "2人とも", "泊まり/1人"] in compared.values()
    assert compared["こと"][1].count("\n") == 1
    assert compared["いつから変えられるか"][2] == "12月6日(日)"
    legal, broken, _guests = compared["判定"]
    assert "すべて守れています" in legal
    assert "守れていない所があります（法令の基準 1件）" in broken
    assert "夜勤の不在" in compared["守れないもの"][1]
    assert compared["守れないもの"][0] == "なし"
    assert compared["お願いする人"][0] == f"1人: {OTHER}"
    assert compared["その人たちの変わるセル"][0] == "2セル"
    assert compared["そのうち最も早い日"][0] == "12月2日(水)"
    assert f"{OTHER} +18:00（月 36:00）" in compared["労働時間の増減"][0]
    # Of two nights, with five of seven dates left to whoever is ill, the other's fair
    # share is 2 x 7 / 12 = 1.17: one is 0.17 away from it, two are 0.83.
    assert compared["夜勤：公平な回数との差（最大）"][0] == "0.17回 → 0.83回"
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert [cell.value for cell in links] == compared["勤務表"]
    fills = {
        cell.value: cell.fill.start_color.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in (legal, broken)
    }
    assert len(set(fills.values())) == 2
    lines = ran.out.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("もしも  "))
    assert [line.split()[0] for line in lines[head + 1 : head + 4]] == [
        *("杉さん欠勤", "2人とも", "泊まり/1人"),
    ]
    assert "1人  2セル  12月2日(水)" in lines[head + 1]


@pytest.fixture
def shotaki(
    roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(roster.parent)

    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        code = main([command, "r.xlsx", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_each_is_planned_as_if_it_were_the_only_one(
    roster: Path, shotaki: Shotaki
) -> None:
    fill(roster, ILL, GUESTS)
    assert shotaki("scenarios")[0] == 0
    assert shotaki("whatif", "--absent", "杉=2..3", "--plans", "1")[0] == 0
    own, line = (
        read_roster(roster.parent / name).roster
        for name in ("r-もしも-杉さん欠勤.xlsx", "r-案1.xlsx")
    )
    assert (own.duties, own.on_call) == (line.duties, line.on_call)


def test_for_machines(roster: Path, shotaki: Shotaki) -> None:
    """One document; ``--from`` holds where the sheet does not say."""
    fill(roster, ILL, (*BOTH[0], None, "2"), BOTH[1])
    code, out, _err = shotaki("scenarios", "--from", "1", "--json")
    told = json.loads(out)
    assert (told["exit"], code) == (Exit.NOT_LEGAL, Exit.NOT_LEGAL)
    assert told["path"] == "r-もしも比較.xlsx"
    assert [
        (one["name"], one["exit"], one["scenario"]["now"]) for one in told["scenarios"]
    ] == [
        ("杉さん欠勤", 0, "2026-12-01"),
        ("2人とも", Exit.NOT_LEGAL, "2026-12-02"),
    ]
    [plan] = told["scenarios"][0]["plans"]
    assert (plan["legal"], plan["disturbed"]) == (True, [OTHER])
    assert plan["path"] == "r-もしも-杉さん欠勤.xlsx"


def test_several_plans_of_each(roster: Path, shotaki: Shotaki) -> None:
    fill(roster, ("柳", "欠勤", "柳", "2"))
    assert shotaki("scenarios", "--plans", "2", "-o", "c.xlsx")[0] == 0
    names = {path.name for path in roster.parent.iterdir()}
    assert {"r-もしも-柳.xlsx", "r-もしも-柳-案2.xlsx", "c.xlsx"} <= names
    compared = table(opened("c.xlsx")["もしもの比較"])
    assert compared["別の組み直し"] == ["r-もしも-柳-案2.xlsx"]


def test_a_plan_of_a_what_if_can_be_accepted(roster: Path, shotaki: Shotaki) -> None:
    fill(roster, ILL)
    _code, out, _err = shotaki("scenarios")
    assert "accept r.xlsx r-もしも-杉さん欠勤.xlsx" in out
    assert shotaki("accept", "r-もしも-杉さん欠勤.xlsx")[0] == 0
    accepted = read_roster(roster).roster
    assert accepted.by_cell[OTHER, date_of(1)].shift == "夜"
    [revision] = accepted.revisions
    assert revision.scenario.name == "杉さん欠勤"


def test_names_become_names_of_files(roster: Path, shotaki: Shotaki) -> None:
    """Windows takes no slash, and no name that ends in a point."""
    visits = ("訪問の件数", None, "5", None, "1")
    fill(roster, *((name, *visits) for name in ("A/B", "A/B.", "長" * 60)))
    assert shotaki("scenarios")[0] == 0
    names = {path.name for path in roster.parent.iterdir()}
    assert {"r-もしも-A／B.xlsx", "r-もしも-A／B.-2.xlsx"} <= names
    assert len(names) == 5
    assert all(len(name) < 60 for name in names)


def compare(path: Path, names: str) -> Path:
    """Write a comparison of what-ifs that change nothing."""
    plans = (
        replace(changed(), scenario=Scenario(name=name, now=date_of(1)))
        for name in names
    )
    return write_what_ifs([Answered((one,), ()) for one in plans], PROBLEM, path)


def test_many_are_spread_over_pages(tmp_path: Path) -> None:
    """Five take two pages of three and two, so that each can be read on paper."""
    path = compare(tmp_path / "c.xlsx", "ABCDE")
    book = opened(path)
    pages = [page for page in book if page.sheet_state == "visible"]
    assert [list("ABC"), list("DE")] == [
        next(row for row in table(page).values() if row[0] in ("A", "D"))
        for page in pages
    ]
    assert all(page.page_setup.orientation == "landscape" for page in pages)


# --- where the lines stand, and what does not go together


def test_the_sheet_of_another_workbook(
    roster: Path, shotaki: Shotaki, tmp_path: Path
) -> None:
    """A roster in JSON has no sheet, but may be planned by one."""
    other = write_roster(
        tmp_path / "other.xlsx", PROBLEM, ROSTER, audit(PROBLEM, ROSTER)
    )
    fill(other, ILL)
    assert shotaki("scenarios", "--sheet", "other.xlsx")[0] == 0
    assert (tmp_path / "r-もしも-杉さん欠勤.xlsx").exists()
    write_roster(tmp_path / "j.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))
    assert main(["scenarios", "j.json"]) == Exit.WRONG_USE
    assert main(["scenarios", "j.json", "--sheet", "other.xlsx"]) == 0
    assert (tmp_path / "j-もしも-杉さん欠勤.xlsx").exists()


@pytest.mark.parametrize(
    "line",
    [
        ("whatif", "--scenarios", "--absent", "杉=2"),
        ("whatif", "--scenarios", "--accept", "1"),
        ("scenarios", "-o", "c.json"),
        ("scenarios", "-o", "r.xlsx"),
        ("scenarios", "-o", "nowhere/c.xlsx"),
    ],
)
def test_what_does_not_go_with_it(
    roster: Path, shotaki: Shotaki, line: tuple[str, ...]
) -> None:
    fill(roster, ILL)
    assert shotaki(*line)[0] == Exit.WRONG_USE
    assert [path.name for path in roster.parent.iterdir()] == ["r.xlsx"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["--scenarios"], []),
        (["--scenarios-from", "r.xlsx"], ["--sheet", "r.xlsx"]),
    ],
)
def test_the_old_spelling_plans_and_names_the_new_one(
    roster: Path, shotaki: Shotaki, old: list[str], new: list[str]
) -> None:
    fill(roster, ILL)
    code, out, err = shotaki("whatif", *old, "--json")
    assert code == 0
    assert [one["name"] for one in json.loads(out)["scenarios"]] == ["杉さん欠勤"]
    assert command_line(["scenarios", "r.xlsx", *new]) in err


def test_an_edited_comparison_is_never_replaced(tmp_path: Path) -> None:
    path = compare(tmp_path / "c.xlsx", "A")
    assert compare(path, "B") == path
    book = opened(path)
    book["もしもの比較"]["H1"] = "メモ"
    book.save(path)
    before = path.read_bytes()
    assert compare(path, "A") == tmp_path / "c-2.xlsx"
    assert path.read_bytes() == before


# --- somebody new


@pytest.mark.parametrize(
    ("first", "nights", "hours", "days_off"),
    [
        (dt.date(2026, 12, 1), (4, 8), (160, 176), 9),
        (dt.date(2026, 11, 1), (4, 8), (160, 176), 9),
        # 10 of 31 dates: 4 x 10 / 31 down, 8 x 10 / 31 up, 20 days' hours 6.45 days.
        (dt.date(2026, 12, 22), (1, 3), (48, 56), 3),
    ],
)
def test_a_newcomer_has_the_contract_of_the_part(
    first: dt.date,
    nights: tuple[int, int],
    hours: tuple[int, int],
    days_off: int,
) -> None:
    period = make_period(days=31)
    like = make_staff(
        name="柳 まもる",
        shifts=["日"],
        contract=Contract(
            full_time=True,
            minutes_min=160 * 60,
            minutes_max=176 * 60,
            days_off_min=9,
            nights_min=4,
            nights_max=8,
        ),
    )
    new = newcomer(NURSE, first, like, period)
    assert (new.name, new.employed) == (NURSE, DateSpan(first=first))
    contract = new.contract
    assert (contract.nights_min, contract.nights_max) == nights
    assert (contract.minutes_min, contract.minutes_max) == tuple(
        60 * hour for hour in hours
    )
    assert contract.days_off_min == days_off
    same = new.model_copy(
        update={
            "name": like.name,
            "employed": like.employed,
            "contract": like.contract,
        }
    )
    assert same == like


def test_whoever_came_late_is_copied_whole() -> None:
    """A contract of the last ten dates is that of a newcomer on the same dates."""
    period = make_period(days=31)
    late = dt.date(2026, 12, 22)
    like = make_staff(
        name="柳 まもる",
        employed=DateSpan(first=late),
        contract=Contract(full_time=True, minutes_min=50 * 60, nights_max=3),
    )
    assert newcomer(NURSE, late, like, period).contract == like.contract


def test_a_newcomer_can_be_given_a_shift_at_once(sheet: Path) -> None:
    fill(
        sheet,
        ("A", "入職", "鈴木 あらた", "3", None, "柳"),
        (None, "勤務の変更", "鈴木", "4", None, "日"),
    )
    [scenario] = scenarios_in(sheet)
    assert [duty.staff for duty in scenario.duties] == ["鈴木 あらた"]
    assert scenario.now == date_of(2)
    assert {MANAGER, CARER}.isdisjoint(m.name for m in scenario.joining)

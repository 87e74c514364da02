"""The statutory table's live formulas give the figures of the audit.

LibreOffice works them out; the figures come from `scheduler.audit.figures` directly.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.figures.bands import day_hours
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents
from scheduler.audit.figures.people import people
from scheduler.audit.papers.statutory import (
    Edition,
    StatutoryTable,
    TableSpan,
    statutory_tables,
)
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.kinds import DayKind
from scheduler.domain.office_kind import OfficeKind
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import Change
from scheduler.domain.scenario import Revision, Scenario
from scheduler.domain.shifts import Role
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.sheet_writer import BULLET
from scheduler.files.workbook.statutory import build_tables
from scheduler.files.workbook.statutory.layout import TableGrid
from scheduler.wording.statutory import attached_texts
from tests.support.builders import (
    make_duty,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
    with_duties,
)
from tests.support.libreoffice import needed, recalculated
from tests.support.paper_month import JANUARY, PROBLEM, ROSTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.support.programs import Ended


CHANGED = StaffId("介護かよ"), JANUARY.replace(day=12)
"""Person and date of a day off over which a shift is typed."""


def _tables(span: TableSpan) -> tuple[StatutoryTable, ...]:
    return statutory_tables(PROBLEM, ROSTER, Edition.PLANNED, span)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, ...]:
    """Return both spans in one workbook, one with a cell changed by hand, a kantaki."""
    folder = tmp_path_factory.mktemp("table")
    names = ("table.xlsx", "changed.xlsx", "kantaki.xlsx")
    paths = tuple(folder / name for name in names)
    save_sealed(_kantaki(), paths[2])
    tables = [*_tables(TableSpan.MONTH), *_tables(TableSpan.FOUR_WEEKS)]
    save_sealed(build_tables(PROBLEM, tables), paths[0])
    save_sealed(build_tables(PROBLEM, tables[:1]), paths[1])
    grid, (name, free) = TableGrid(tables[0]), CHANGED
    book = load_workbook(paths[1])
    cell = book.worksheets[0].cell(grid.tops[name, Role.CARE], grid.columns[free])
    assert cell.value == "休"
    cell.value = "早"
    book.save(paths[1])
    return tuple(recalculated(*paths))


def _kantaki() -> Workbook:
    """Return the table of a kantaki: a full-timer, a nurse with two jobs, a part-timer.

    Of a full-timer's 160 h the first nurses for 136; the second nurses and gives care
    for 80 each, the third nurses for 72.  A care worker is no nurse.
    """
    period = make_period(31, JANUARY)
    nurse: dict[str, Any] = {"qualifications": ["看護師"], "roles": ["nurse"]}
    both = nurse | {"roles": ["nurse", "care"]}
    part = nurse | {"full_time": False, "qualifications": ["准看護師"]}
    problem = make_problem(
        [
            make_staff("A", **nurse),
            make_staff("B", **both),
            make_staff("C", **part),
            make_staff("D"),
        ],
        period=period,
        office=make_office(kind="kantaki", full_time_month=160 * HOUR),
    )
    grid = "\n".join(
        f"{name} {row}{'休' * (31 - len(row))}"
        for name, row in (
            ("A", "日" * 17),
            ("B", "日" * 20),
            ("C", "日" * 9),
            ("D", "日" * 20),
        )
    )
    roster = make_roster(problem, grid)
    care = (
        make_duty(problem, "B", JANUARY.replace(day=n), "日", roles=(Role.CARE,))
        for n in range(1, 11)
    )
    (table,) = statutory_tables(
        problem, with_duties(roster, *care), Edition.PLANNED, TableSpan.MONTH
    )
    return build_tables(problem, [table])


@pytest.fixture
def sheets(worked: tuple[Workbook, ...]) -> dict[TableSpan, Worksheet]:
    return dict(zip(TableSpan, worked[0].worksheets, strict=False))


@pytest.mark.parametrize("span", TableSpan)
class TestFormulas:
    """Every figure of the sheet is that of the audit."""

    pytestmark = needed

    def test_hours_of_each_job(
        self, sheets: dict[TableSpan, Worksheet], span: TableSpan
    ) -> None:
        """Sums, weekly averages, and the hours that count, with the credit in them."""
        (table,), sheet = _tables(span), sheets[span]
        grid = TableGrid(table)
        by_hand = full_time_equivalents(PROBLEM, ROSTER, table.dates)
        worked = {(one.staff, one.role): one.worked for one in by_hand.jobs}
        for row in table.rows:
            top = grid.top(row)
            total = sheet.cell(top, grid.behind.total).value
            on_call = sheet.cell(top, grid.behind.on_call).value
            own = worked[row.job.staff, row.job.role]
            assert (total - on_call) * HOUR == pytest.approx(own)
            week = sheet.cell(top, grid.behind.weekly).value
            assert week == pytest.approx(total / len(table.dates) * 7)
            counted = sheet.cell(top, grid.behind.counted).value
            assert counted * HOUR == pytest.approx(row.job.minutes)
            credit = sheet.cell(top, grid.behind.credit).value or 0
            assert credit * HOUR == pytest.approx(row.job.credit.total)

    def test_equivalents(
        self, sheets: dict[TableSpan, Worksheet], span: TableSpan
    ) -> None:
        """Both readings by job, of the pool, of everybody; the pool by day."""
        (table,), sheet = _tables(span), sheets[span]
        found = _by_label(sheet)
        names = ("管理者", "介護支援専門員", "看護職員", "介護職員")
        roles = (Role.MANAGER, Role.PLANNER, Role.NURSE, Role.CARE)
        fte = table.fte
        hours, form = dict(fte.by_hours.roles), dict(fte.by_form.roles)
        for name, role in zip(names, roles, strict=True):
            assert found[name] == pytest.approx(
                (hours[role] / TENTHS, form[role] / TENTHS)
            )
        assert found["看護・介護の計"] == pytest.approx(
            (fte.by_hours.pool / TENTHS, fte.by_form.pool / TENTHS)
        )
        assert found["全職員"] == pytest.approx(
            (fte.by_hours.total / TENTHS, fte.by_form.total / TENTHS)
        )
        assert found["看護・介護の計のうち日中の時間帯"][1] == pytest.approx(
            fte.pool_day / TENTHS
        )

    def test_care_hours_by_date(
        self, sheets: dict[TableSpan, Worksheet], span: TableSpan
    ) -> None:
        """Planned and required hours by day of every date, the eve's night included."""
        (table,), sheet = _tables(span), sheets[span]
        grid = TableGrid(table)
        rows = {sheet.cell(n, 1).value: n for n in range(grid.foot, grid.foot + 12)}
        for hours in day_hours(PROBLEM, ROSTER):
            if hours.date not in table.dates:
                continue
            column = grid.columns[hours.date]
            told = [
                sheet.cell(rows[label], column).value
                for label in (
                    "日中の介護時間数（必要）",
                    "日中の介護時間数（配置）",
                    "過不足",
                )
            ]
            figures = (hours.required, hours.planned, hours.margin)
            assert told == pytest.approx([one / HOUR for one in figures])


@needed[0]
@needed[1]
def test_the_table_follows_a_symbol_that_is_changed(
    worked: tuple[Workbook, ...],
) -> None:
    """A shift typed over a day off on the sheet: hours of person and date are right."""
    (table,) = _tables(TableSpan.MONTH)
    (name, free), sheet = CHANGED, worked[1].worksheets[0]
    grid = TableGrid(table)
    top, column = grid.tops[name, Role.CARE], grid.columns[free]
    changed = with_duties(ROSTER, make_duty(PROBLEM, name, free, "早"))
    (expected,) = statutory_tables(PROBLEM, changed, Edition.PLANNED, TableSpan.MONTH)
    own = next(row for row in expected.rows if row.job.staff == name)
    assert sheet.cell(top, grid.behind.total).value * HOUR == pytest.approx(own.minutes)
    assert sheet.cell(top, grid.behind.counted).value * HOUR == pytest.approx(
        own.job.minutes
    )
    planned = next(
        sheet.cell(row, column).value
        for row in range(grid.foot, grid.foot + 12)
        if sheet.cell(row, 1).value == "日中の介護時間数（配置）"
    )
    assert planned * HOUR == pytest.approx(expected.days[11].planned)


@needed[0]
@needed[1]
def test_nurses_of_a_kantaki_in_both_readings(worked: tuple[Workbook, ...]) -> None:
    """A-19 asks for 2.5: 136, 160 and 72 h of 160 are 2.3, and 1 and 232 h are 2.4."""
    sheet = worked[2].worksheets[0]
    found = _by_label(sheet)
    assert found["うち保健師・看護師・准看護師（介護の時間も含む）"] == (2.3, 2.4)
    lines = {
        line[0]: [one for one in line[1:] if one is not None]
        for line in sheet.iter_rows(values_only=True)
    }
    asked, there, verdict, told = lines["看護職員の常勤換算"]
    assert (asked, there, verdict) == (2.5, 2.4, "不適合")
    assert "時間数による 2.3、様式の数え方 2.4" in told
    assert lines["常勤の保健師・看護師"] == [1, 2, "適合", "A、B"]


def test_second_jobs_are_told_of_all_dates_of_the_period() -> None:
    """A period across two months has two tables, and one list of second jobs."""
    period = make_period(31, dt.date(2027, 1, 21))
    leader = make_staff("A", roles=["manager", "care"])
    problem = make_problem([leader], period=period)
    roster = make_roster(problem, "A " + "日" * 20 + "休" * 11)
    tables = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
    page = build_tables(problem, tables)["兼務一覧"]
    text = "\n".join(str(cell.value) for line in page.iter_rows() for cell in line)
    assert "管理者 160.00時間、介護職員 0.00時間" in text
    assert "時間は1月21日(木)〜2月20日(土)の予定です" in text


def test_the_offices_aim_of_a_period_stands_beside_hours_of_all_its_dates() -> None:
    """Of 9 and 11 dates no hours of a desk are compared with the aim of 20."""
    for first, told in ((dt.date(2027, 1, 1), 1), (dt.date(2027, 1, 23), 0)):
        leader = make_staff("A", roles=["manager"], qualifications=["管理者研修"])
        problem = make_problem([leader], period=make_period(20, first))
        roster = make_roster(problem, "A " + "日" * 20)
        tables = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
        page = build_tables(problem, tables).worksheets[0]
        texts = [str(cell.value) for line in page.iter_rows() for cell in line]
        hours = [one for one in texts if "A、この職務の時間" in one]
        assert len(hours) == 1
        assert sum("目安" in one for one in hours) == told


def test_a_page_parts_between_people_however_few_the_dates() -> None:
    """With eleven dates the sheet is no larger than with a month: 24 rows fit."""
    period = make_period(31, dt.date(2027, 1, 21))
    problem = make_problem([f"A{n}" for n in range(23)], period=period)
    roster = make_roster(problem, "")
    tables = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
    sheets = build_tables(problem, tables).worksheets[:2]
    assert [sheet.page_setup.scale for sheet in sheets] == [61, 61]


def _by_label(sheet: Worksheet) -> dict[str, tuple[float, float]]:
    """Return the last two numbers of the lines of full-time equivalents."""
    found = {}
    for line in sheet.iter_rows(values_only=True):
        numbers = [one for one in line[1:] if isinstance(one, int | float)]
        if isinstance(line[0], str) and len(numbers) >= 2:
            found.setdefault(line[0], (numbers[-2], numbers[-1]))
    return found


def test_the_office_has_every_case() -> None:
    """The month of these tests has what it is meant to try."""
    (table,) = _tables(TableSpan.MONTH)
    credits = [row.job.credit for row in table.rows]
    assert any(one.leave for one in credits)
    assert any(one.training for one in credits)
    assert any(one.special for one in credits)
    assert any(one.absence for one in credits)
    assert any(one.raised for one in credits)
    assert any(row.on_call for row in table.rows)
    assert table.carried_in == 210
    assert {row.job.work_type.value for row in table.rows} == {"A", "B", "D"}
    assert [row.job.is_one for row in table.rows].count(True) > 2
    months = {one.staff: one for one in people(PROBLEM, ROSTER)}
    assert any(one.half_leave for one in months.values())


def test_no_symbol_stands_for_two_kinds_of_hours() -> None:
    """The texts of the sheet of symbols differ, and every cell has one of them."""
    book = build_tables(PROBLEM, _tables(TableSpan.MONTH))
    sheet = book["シフト記号表"]
    texts = [sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)]
    known = [text for text in texts if text]
    assert len(set(known)) == len(known)
    (table,) = _tables(TableSpan.MONTH)
    grid = TableGrid(table)
    front = book.worksheets[0]
    for row in table.rows:
        shown = [front.cell(grid.top(row), c).value for c in grid.columns.values()]
        assert all(text in known for text in shown if text)


def test_the_command_writes_the_plan_and_what_was_worked(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """A change accepted within the month is in the actual and not in the plan."""
    changed = JANUARY.replace(day=11)
    before = ROSTER.by_cell[StaffId("介護かよ"), changed]
    after = make_duty(PROBLEM, "介護かよ", changed, "遅")
    revision = Revision(
        version=2,
        accepted_at=dt.datetime(2027, 1, 10, 9, 0),
        scenario=Scenario(now=JANUARY.replace(day=10)),
        changes=(Change(staff=before.staff, date=changed, before=before, after=after),),
        asked=(before.staff,),
    )
    worked = RosterRecord(
        duties=with_duties(ROSTER, after).duties,
        on_call=ROSTER.on_call,
        revisions=(revision,),
    )
    path = tmp_path / "roster.json"
    write_roster(path, PROBLEM, worked, audit(PROBLEM, worked))
    done = shotaki("papers", str(path))
    assert done.code == 0, done.err
    book = load_workbook(tmp_path / "roster-勤務形態一覧表.xlsx")
    assert [one.title for one in book if one.sheet_state == "visible"] == [
        "勤務形態一覧表（予定）",
        "勤務形態一覧表（実績）",
        "シフト記号表",
        "兼務一覧",
        "加算と減算",
    ]
    (table,) = _tables(TableSpan.MONTH)
    grid = TableGrid(table)
    place = grid.tops[before.staff, Role.CARE], grid.columns[changed]
    assert [sheet.cell(*place).value for sheet in book.worksheets[:2]] == ["a", "遅"]
    assert "期間が始まってから変わったセル1か所" in book.worksheets[1].cell(7, 1).value
    elsewhere = [
        cell for line in book["兼務一覧"].iter_rows(values_only=True) for cell in line
    ]
    assert "GH 介護 50時間" in elsewhere
    assert {BULLET + text for text in attached_texts(PROBLEM)} <= set(elsewhere)


def test_a16_where_staff_may_also_work() -> None:
    """Special nursing homes and the nurses' wider list are of shotaki alone."""
    kantaki = make_problem(office=make_office(kind=OfficeKind.KANTAKI))
    both, nurses = attached_texts(PROBLEM)
    (alone,) = attached_texts(kantaki)
    for text, of_all, of_shotaki in ((both, True, True), (alone, True, False)):
        assert ("グループホーム" in text, "、介護老人福祉施設、" in text) == (
            of_all,
            of_shotaki,
        )
    assert "定期巡回・随時対応型訪問介護看護" in nurses


def test_v10_a_planner_with_days_in_the_group_home(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """Part-time, two days of planning here and one next door: type D, 16 h and 8 h."""
    planner = make_staff(
        "計画けい",
        roles=["planner"],
        full_time=False,
        qualifications=["介護支援専門員", "計画作成担当者研修"],
    )
    next_door = {"symbol": "隣", "hours": True, "elsewhere": "グループホーム"}
    kinds = [DayKind.model_validate(next_door)]
    problem = make_problem([planner, "A"], days=3, kinds=kinds)
    roster = RosterRecord.of(make_roster(problem, "計画けい 日隣日\nA 日日日"))
    path = tmp_path / "roster.json"
    write_roster(path, problem, roster, audit(problem, roster))
    done = shotaki("papers", str(path))
    assert done.code == 0, done.err
    book = load_workbook(tmp_path / "roster-勤務形態一覧表.xlsx")
    (table,) = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
    grid = TableGrid(table)
    top = grid.tops[planner.name, Role.PLANNER]
    line = [cell.value for cell in book.worksheets[0][top]]
    assert line[1:3] == ["介護支援専門員", "D"]
    assert [line[grid.behind.second_job - 1], line[grid.last - 1]] == [
        "グループホーム 8時間",
        8,
    ]
    (told,) = (
        row
        for row in book["兼務一覧"].iter_rows(values_only=True)
        if row[0] == planner.name
    )
    assert told[1] == "D"
    assert told[3:6] == ("介護支援専門員 16.00時間", "グループホーム 8時間", 8)


def test_without_a_change_there_is_only_the_plan(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """Nothing was changed: one table, and the terminal says how to get the other."""
    path = tmp_path / "roster.json"
    write_roster(path, PROBLEM, RosterRecord.of(ROSTER), audit(PROBLEM, ROSTER))
    done = shotaki("papers", str(path), "--four-weeks", "--json")
    told = json.loads(done.out)
    assert [one["edition"] for one in told["tables"]] == ["planned"]
    assert len(told["tables"][0]["dates"]) == 28
    both = shotaki("papers", str(path), "--actual", "--json")
    editions = [one["edition"] for one in json.loads(both.out)["tables"]]
    assert editions == ["planned", "actual"]

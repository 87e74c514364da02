"""印刷: every paper of a month, on the page and as a workbook."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.audit.figures.pay import pay_months
from scheduler.audit.papers.statutory import Edition, TableSpan, statutory_tables
from scheduler.domain.clock import HOUR
from scheduler.files.actual.record import roster_as_worked
from scheduler.page.contents import BookKind
from scheduler.page.screens.papers import SHEETS
from scheduler.wording.statutory import equivalents_text, second_jobs
from tests.support.page_screens import filled
from tests.support.pages import application, visitor

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from scheduler.domain.actual import AsWorked

WITH_PAGES = {"wall", "slips", "staffing", "four-weeks", "pay"}
LINE = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    filled(tmp_path)
    return visitor(application(tmp_path))


@pytest.fixture
def month(client: TestClient, tmp_path: Path) -> AsWorked:
    return roster_as_worked(tmp_path / "busy-2026-12.xlsx")


def book(client: TestClient, kind: BookKind) -> str:
    """Return the id of a workbook."""
    known = client.app.state.desk.library.all()  # type: ignore[attr-defined]
    return next(str(one.id) for one in known if one.kind is kind)


def lines(text: str) -> list[list[str]]:
    """Return the cells of each row of a screen's table."""
    return [CELL.findall(row) for row in LINE.findall(text)]


def test_the_menu_leads_to_every_paper(client: TestClient) -> None:
    """From the roster's screen and from the material's, and back."""
    for kind, screen, papers in (
        (BookKind.ROSTER, "month", {*WITH_PAGES, "form"}),
        (BookKind.INPUT, "material", {"wishes"}),
    ):
        number = book(client, kind)
        menu = f"/papers/{number}"
        assert f'href="{menu}"' in client.get(f"/{screen}/{number}").text
        text = client.get(menu).text
        assert f'href="/{screen}/{number}"' in text
        links = re.findall(r'class="btn main" href="([^"]+)"', text)
        assert {one.replace(f"/{number}", "").rpartition("/")[2] for one in links} == (
            papers
        )
        for link in links:
            is_form = link.endswith("/form")
            assert ("data-print" in client.get(link).text) != is_form


def test_what_an_inspection_asks_for_is_on_the_menu(
    client: TestClient, month: AsWorked
) -> None:
    """Four weeks as a page of their dates; the proof as a workbook alone."""
    number = book(client, BookKind.ROSTER)
    menu = client.get(f"/papers/{number}").text
    assert f'href="/papers/{number}/proof/file"' in menu
    assert f'href="/papers/{number}/proof"' not in menu
    assert client.get(f"/papers/{number}/proof").status_code == 404
    answer = client.get(f"/papers/{number}/proof/file")
    titles = load_workbook(io.BytesIO(answer.content)).sheetnames
    assert titles[0] == "基準チェック"
    (table,) = statutory_tables(
        month.problem, month.plan, Edition.PLANNED, TableSpan.FOUR_WEEKS
    )
    text = client.get(f"/papers/{number}/four-weeks").text
    assert equivalents_text(table) in text


def test_the_staffing_table_is_that_of_the_audit(
    client: TestClient, month: AsWorked
) -> None:
    text = client.get(f"/papers/{book(client, BookKind.ROSTER)}/staffing").text
    (table,) = statutory_tables(
        month.problem, month.plan, Edition.PLANNED, TableSpan.MONTH
    )
    rows = lines(text)
    heads = [row for row in rows if len(row) == len(table.dates) + 8]
    assert [row[3] for row in heads] == [one.job.staff for one in table.rows]
    for cells, row in zip(heads, table.rows, strict=True):
        member = month.problem.member_by_name[row.job.staff]
        assert cells[2] == "、".join(member.qualifications)
        weekly = sum(c.day + c.night for c in row.cells if c) / HOUR / 14 * 7
        assert float(cells[-2] or 0) == pytest.approx(weekly, abs=0.01)
        assert cells[-1] == second_jobs(month.problem, row)
    head = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))
    assert head["常勤の1週の時間"] == "40.00"
    assert head["登録・通い・宿泊定員"] == "29 / 18 / 9"
    by_day = [row for row in rows if row[:1] == ["日中"]]
    found = [float(row[-1] or 0) for row in by_day]
    hours = [sum(c.day for c in one.cells if c) / HOUR for one in table.rows]
    assert found == pytest.approx(hours, abs=0.01)
    assert "早 早番 7:00-16:00（8時間）" in text
    assert "宿：宿直" in text


def test_the_figures_for_pay_are_those_of_the_month(
    client: TestClient, month: AsWorked
) -> None:
    text = client.get(f"/papers/{book(client, BookKind.ROSTER)}/pay").text
    assert "掲示しない" in text
    rows = lines(text)
    for one in pay_months(month, as_planned=not month.is_worked):
        (row,) = (cells for cells in rows if one.staff in cells)
        assert f"{one.worked // HOUR}:{one.worked % HOUR:02}" in row


def test_the_wishes_form_is_empty_and_gives_no_reason(client: TestClient) -> None:
    text = client.get(f"/papers/{book(client, BookKind.INPUT)}/wishes").text
    rows = [row for row in lines(text) if row]
    assert len(rows) > 5
    assert all(row[0] and not any(row[1:]) for row in rows)


@pytest.mark.parametrize("name", SHEETS)
def test_a_paper_is_a_workbook_too(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    """Made anew for each who asks; the folder stays as it was."""
    before = sorted(tmp_path.rglob("*.xlsx"))
    kinds = {kind: book(client, kind) for kind in (BookKind.ROSTER, BookKind.INPUT)}
    right = kinds.pop(SHEETS[name].kind)
    answer = client.get(f"/papers/{right}/{name}/file")
    assert answer.headers["content-disposition"].isascii()
    assert load_workbook(io.BytesIO(answer.content)).worksheets
    assert sorted(tmp_path.rglob("*.xlsx")) == before
    for wrong in kinds.values():
        assert client.get(f"/papers/{wrong}/{name}").status_code == 404
        assert client.get(f"/papers/{wrong}/{name}/file").status_code == 404


def test_no_other_workbook_has_papers(client: TestClient) -> None:
    other = book(client, BookKind.FAULTY)
    assert client.get(f"/papers/{other}").status_code == 404
    assert client.get("/papers/nothing").status_code == 404

"""だれか入れる？, 困ったとき and ふりかえり walked in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.files.actual.record import roster_as_worked
from scheduler.files.years import read_year, year_path
from tests.support import busy_month, week
from tests.support.browsing import (
    IN_BROWSER,
    TABLET,
    WIDE,
    reach,
    severe,
    too_wide,
    walking,
)
from tests.support.page_screens import COLUMNS, HEADINGS, clock_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = IN_BROWSER


def test_a_manager_asks_looks_back_and_goes_on(tmp_path: Path) -> None:
    """A substitute asked for by keys; the month closed; the next month's grid open."""
    busy_month.put(tmp_path / "home-2026-12.xlsx")
    with walking(tmp_path, size=TABLET) as page:
        page.click("nav >> text=だれか入れる？")
        page.focus(".month-strip li:nth-child(5) a")
        page.keyboard.press("Enter")
        page.wait_for_selector("li:nth-child(5) [aria-current='date']")
        page.focus(".shift-list button >> nth=0")
        page.keyboard.press("Enter")
        page.wait_for_selector("#answers:not([hx-get]) details")
        page.click("nav >> text=困ったとき")
        page.wait_for_selector(".short-list, .trouble")
        page.click("nav >> text=ふりかえり")
        page.click("form[action$='/close'] button")
        page.wait_for_selector(".done-line")
        wide = page.evaluate(WIDE)
        page.click("form[action$='/next'] button")
        page.wait_for_selector("#roster")
    assert not wide
    assert len(list((tmp_path / "inputs").iterdir())) == 1


def test_a_month_with_stamps_is_closed_by_keys(tmp_path: Path) -> None:
    """Columns told, each difference decided, the month closed; then it is shut."""
    roster, clock = tmp_path / "w.xlsx", tmp_path / "clock.csv"
    week.put(roster)
    clock.write_bytes(clock_file())
    office = week.PROBLEM.office.name
    found: list[str] = []
    with walking(tmp_path) as page:

        def press(name: str) -> None:
            reach(page, name)
            page.keyboard.press("Enter")

        def look() -> None:
            found.extend([*severe(page), *too_wide(page)])

        press("ふりかえり")
        page.wait_for_selector(".ending")
        press("打刻を読む")
        page.wait_for_selector("#file")
        look()
        page.set_input_files("#file", clock)
        press("読む")
        page.wait_for_selector("[name=c0]")
        look()
        for heading, field in zip(HEADINGS, COLUMNS.values(), strict=True):
            reach(page, f"「{heading}」の意味")
            for _step in range(20):
                if page.evaluate("document.activeElement.value") == field:
                    break
                page.keyboard.press("ArrowDown")
        press("この意味で読む")
        page.wait_for_selector(".clocked")
        look()
        press("遅刻 2件をまとめて採用")
        page.wait_for_selector(".is-accept >> nth=1")
        press("12月4日(金) 柳 まもる 打刻なし")
        page.wait_for_selector(".is-accept >> nth=2")
        assert page.inner_text(".is-accept :focus") == "採用"
        for number in range(3):
            page.focus(".is-open button[aria-pressed=false] >> nth=1")
            page.keyboard.press("Enter")
            page.wait_for_selector(f".is-planned >> nth={number}")
        page.wait_for_selector(".close-end .main")
        press("2026年12月1日～12月7日を締める")
        page.wait_for_selector(".done-line")
        press("打刻との差を見る")
        page.wait_for_selector("text=締めてあります")
        look()
        assert page.query_selector("#file") is None
        press("締めた月をあえて開く")
        page.wait_for_selector("#file")
    assert found == []
    assert roster_as_worked(roster).undecided == ()
    closed = read_year(year_path(tmp_path, office, 2026), office, 2026)
    assert len(closed.months) == 1

"""The page in a real browser: keys, input method, script and policy together."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from uuid import uuid4

import pytest

from scheduler.audit import audit
from scheduler.domain.events import CalendarEvent
from scheduler.files.rosters import write_roster
from tests.support import busy_month
from tests.support.browsing import IN_BROWSER, SIZES, served, walking
from tests.support.busy_month import busy_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = IN_BROWSER

SEEN = """() => { const at = document.getElementById("saved").getBoundingClientRect();
  return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)?.id
    === "saved" && at.left >= 0 && at.right <= innerWidth; }"""
"""Whether the mark of what is not saved is in sight, and nothing lies over it."""

PEOPLE = len(busy_problem().staff)
DATES = busy_problem().period.days


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Page]]:
    """Open an empty folder in a browser."""
    folder = tmp_path_factory.mktemp("folder")
    with walking(folder) as page:
        yield folder, page


@pytest.fixture
def page(tab: tuple[Path, Page]) -> Page:
    """Open the screen of a month that nobody has touched yet."""
    folder, page = tab
    for used in folder.glob("*.xlsx"):
        used.unlink()
    busy_month.put(folder / f"{uuid4()}.xlsx")
    page.goto(urljoin(page.url, "/month"))
    page.wait_for_selector("#roster")
    return page


def focused(page: Page) -> str:
    """Return the id of the cell in which the keys land."""
    found = page.evaluate("document.activeElement.closest('td[id], th[id]')?.id || ''")
    return str(found)


def test_the_whole_grid_is_reached_by_keys(page: Page) -> None:
    """One stop for the tab key; arrows, Home and End reach every corner and cell."""
    page.focus("#roster [tabindex='0']")
    assert focused(page) == "c0-0"
    seen = set()
    for row in range(PEOPLE):
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        for _step in range(DATES - 1):
            seen.add(focused(page))
            page.keyboard.press("ArrowRight")
        seen.add(focused(page))
        page.keyboard.press("ArrowDown")
        assert focused(page).startswith(("cn", f"c{row + 1}"))
    assert seen == {f"c{row}-{day}" for row in range(PEOPLE) for day in range(DATES)}
    page.keyboard.press("Control+Home")
    assert focused(page) == "d0"
    page.keyboard.press("Enter")
    page.wait_for_selector("#day-h >> text=12月1日")
    page.keyboard.press("Control+End")
    assert focused(page) == f"cn-{DATES - 1}"
    stops = page.eval_on_selector_all("#roster [tabindex='0']", "all => all.length")
    assert stops <= 1


def test_a_cell_is_typed_undone_and_picked_by_keys(page: Page) -> None:
    page.click("#c3-5")
    page.keyboard.press("Escape")
    before = page.inner_text("#c3-5")
    page.keyboard.type("有")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c3-5.chg")
    assert page.inner_text("#c3-5").startswith("有")
    assert focused(page) == "c4-5"
    assert "保存まえ" in page.inner_text("#saved")
    usual = page.viewport_size
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.evaluate(SEEN), size
    page.set_viewport_size(usual)
    page.keyboard.press("Control+z")
    page.wait_for_selector("#c3-5:not(.chg)")
    assert page.inner_text("#c3-5") == before
    page.keyboard.press("Control+y")
    page.wait_for_selector("#c3-5.chg")
    page.keyboard.press("F2")
    page.wait_for_selector(".say .picks button:focus")
    page.keyboard.press("Escape")
    assert page.query_selector(".say") is None
    assert focused(page) == "c4-5"


def test_hours_with_minutes_cover_no_other_sum(page: Page) -> None:
    """The sums stand still while the dates move: none of them lies on another."""
    page.evaluate(
        "document.querySelectorAll('td.t7').forEach(one => one.textContent = '168:45')"
    )
    page.evaluate("document.querySelector('.scroll').style.width = '400px'")
    edges = page.eval_on_selector_all(
        "#roster tbody tr:first-child .t",
        "all => all.map(o => o.getBoundingClientRect()).map(r => [r.left, r.right])",
    )
    for (_, right), (left, _) in pairwise(edges):
        assert right <= left + 1
    text = page.eval_on_selector("td.t7", "one => [one.scrollWidth, one.offsetWidth]")
    assert text[0] <= text[1]


def test_the_sheet_for_the_wall_holds_everybody(page: Page) -> None:
    """Rows get lower where there are many people: remarks and signs are not cut off."""
    page.click("#c3-5")
    page.keyboard.press("Escape")
    page.keyboard.type("有")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c3-5.chg")
    page.goto(page.url.replace("/month", "/wall"))
    spare = """() => document.querySelector('.paper').getBoundingClientRect().bottom
      - document.querySelector('.paper .legend').getBoundingClientRect().bottom"""
    for people in (PEOPLE, 18, 30):
        page.evaluate(
            """people => { const body = document.querySelector('.wall tbody');
            while (body.rows.length < people) body.append(body.rows[4].cloneNode(true));
            dispatchEvent(new Event('resize')); }""",
            people,
        )
        assert page.locator(".wall tbody tr").count() == max(people, PEOPLE)
        assert page.evaluate(spare) > 0
    # The boxes for stamps are on the paper, however long period and office are called.
    over = """() => { const end = (one) => document.querySelector('.paper ' + one)
      .getBoundingClientRect().right; return end('.boxes') - end('.wall'); }"""
    assert page.evaluate(over) < 1
    page.evaluate(
        """() => { const title = document.querySelector('.paper h1');
        title.textContent = '2026年12月21日～2027年1月20日の勤務表';
        dispatchEvent(new Event('resize')); }"""
    )
    assert page.evaluate(over) < 1
    assert page.locator(".alarm").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".alarm").is_hidden()
    assert page.evaluate(spare) > 0
    page.emulate_media(media="screen")


def test_the_bubble_of_any_cell_is_upright_and_in_sight(page: Page) -> None:
    """Whether it opens below or above its cell, it is read from left to right."""
    for number in (0, PEOPLE // 2, PEOPLE - 1):
        page.click(f"#c{number}-{DATES // 3}")
        page.wait_for_selector(".say .btns")
        mode = "getComputedStyle(document.querySelector('.say')).writingMode"
        assert page.evaluate(mode) == "horizontal-tb"
        box = page.locator(".say").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768
        page.keyboard.press("Escape")
        page.wait_for_selector(".say", state="detached")


def test_an_input_method_is_left_alone_while_it_composes(page: Page) -> None:
    """Its keys neither move nor commit; what it has made is committed afterwards."""
    page.click("#c3-5")
    page.keyboard.press("Escape")
    keys = page.context.new_cdp_session(page)
    for text in ("ゆ", "ゆう"):
        keys.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    for key in ("ArrowDown", "Enter"):
        page.evaluate(
            "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            " {key, isComposing: true, keyCode: 229, bubbles: true}))",
            key,
        )
    assert focused(page) == "c3-5"
    assert page.query_selector("#roster .chg") is None
    keys.send("Input.insertText", {"text": "有"})
    assert page.input_value(".pen") == "有"
    page.keyboard.press("Enter")
    page.wait_for_selector("#c3-5.chg")
    assert page.inner_text("#c3-5").startswith("有")


def test_a_version_is_saved_and_the_screen_is_calm_again(page: Page) -> None:
    page.click("#c3-5")
    page.click(".say [data-pick='有']")
    page.wait_for_selector("#c3-5.chg")
    assert "第2版として保存" in page.inner_text("#save")
    page.click("#save")
    page.wait_for_selector("#stand >> text=第2版")
    assert page.query_selector("#c3-5.chg") is None
    assert page.inner_text("#c3-5").startswith("有")


def test_what_is_said_of_a_date_is_told_at_its_head(page: Page) -> None:
    """And at a name, where nothing can be chosen: a shift is chosen for one date."""
    page.click("#c3-5")
    page.click(".say [data-pick='有']")
    page.wait_for_selector("#c3-5.chg")
    page.wait_for_selector("#roster th[data-date]:has(.word)")
    for head in ("th[data-date]:has(.word)", "th.name"):
        page.click(f"#roster {head} >> nth=0")
        page.wait_for_selector(f"#roster {head} .say .said > *")
        assert page.query_selector(".say [data-pick], .say [data-do]") is None
        seen = page.eval_on_selector(".say", "one => one.getBoundingClientRect().x")
        assert seen >= 0
        assert len(page.query_selector_all(".say")) == 1


def test_a_text_without_a_meaning_is_told_beside_the_tools(page: Page) -> None:
    page.click("#c3-5")
    page.keyboard.press("Escape")
    page.keyboard.type("xyz")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=xyz")
    # To its end, for there it says what may be typed.
    assert page.eval_on_selector("#told", "one => one.scrollWidth <= one.clientWidth")
    assert page.query_selector("#roster .chg") is None


def test_the_bar_and_buttons_have_names(page: Page) -> None:
    """Every control says what it does, also without its look."""
    nameless = page.eval_on_selector_all(
        "button, a[href], input:not([type=hidden]), select",
        "all => all.filter(one => !(one.textContent.trim()"
        " || one.getAttribute('aria-label') || one.labels?.length)).length",
    )
    assert nameless == 0
    assert re.search(r"\w", page.title())


def changed(page: Page) -> set[str]:
    """Return the cells that are marked as changed."""
    return set(
        page.eval_on_selector_all("#roster td.chg", "all => all.map(one => one.id)")
    )


def test_cells_are_dragged_lifted_filled_and_fixed(page: Page) -> None:
    """By mouse and by keys alone; one step back takes a whole stretch back."""
    page.drag_and_drop("#c3-5", "#c3-7")
    page.wait_for_selector("#c3-7.chg")
    by_mouse = changed(page)
    assert {"c3-5", "c3-7"} <= by_mouse
    page.keyboard.press("Control+z")
    page.wait_for_selector("#c3-7:not(.chg)")
    page.click("#c3-5")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+x")
    page.wait_for_selector("#c3-5.lifted")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c3-7.chg")
    assert changed(page) == by_mouse
    page.keyboard.press("Control+z")
    page.wait_for_selector("#c3-7:not(.chg)")
    page.click("#c3-5")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("有")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c3-7.chg")
    assert {"c3-5", "c3-6", "c3-7"} <= changed(page)
    page.keyboard.press("Control+z")
    page.wait_for_selector("#c3-7:not(.chg)")
    assert changed(page) == set()
    page.click("#c3-5")
    page.click(".say [data-do='pin']")
    page.wait_for_selector("#c3-5.pin")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#c3-5:not(.pin)")
    page.fill("#u-visits", "7")
    page.press("#u-visits", "Tab")
    page.wait_for_selector("#u-visits.chg")
    assert page.input_value("#u-visits") == "7"


def test_all_dates_of_a_month_are_in_sight_on_the_usual_computer(page: Page) -> None:
    """31 dates with names and sums, beside the date by the clock, and scroll bars."""
    width = page.evaluate(
        "() => { const all = getComputedStyle(document.documentElement);"
        " const px = name => parseFloat(all.getPropertyValue(name));"
        " return px('--role') + px('--name') + 31 * px('--cell') + 7 * px('--sum')"
        " + px('--hours'); }"
    )
    beside, bars, gaps = 300, 2 * 17, 3 * 8 + 2
    assert 0 < width <= page.viewport_size["width"] - beside - bars - gaps


def test_long_texts_widen_no_date(page: Page) -> None:
    """A symbol of two letters in the grid; long names on the staffing table."""
    widths = "all => [...new Set(all.map(one => Math.round(one.offsetWidth)))]"
    page.locator("#c1-1").evaluate(
        "one => { one.className = 'two'; one.textContent = 'あさ'; }"
    )
    dates = page.locator("#roster thead .dates th[data-date]")
    assert dates.evaluate_all(widths) == [23]
    page.goto(urljoin(page.url, f"/papers/{book_in(page)}/staffing"))
    page.locator(".foot").first.evaluate("one => one.textContent = '夜勤の人の名前'")
    dates = page.locator(".leaf thead tr:first-child th:not(.name, .sum)")
    assert len(dates.evaluate_all(widths)) <= 2


def test_a_phone_shows_dates_beside_the_names(page: Page) -> None:
    """The sums at the end leave the dates their place."""
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.eval_on_selector(".scroll", "one => one.getBoundingClientRect().right")
    shown = page.eval_on_selector_all(
        "#roster .dates th[data-date]",
        "(all, right) => all.filter(one => {"
        " const at = one.getBoundingClientRect();"
        " return document.elementFromPoint(at.right - 3, at.top + 9) === one"
        " && at.right <= right }).length",
        box,
    )
    assert shown >= 9


def test_what_cannot_be_done_any_more_is_told_beside_the_tools(
    tab: tuple[Path, Page], tmp_path: Path
) -> None:
    """A file moved away, a server started anew, none at all: each in its own words."""
    path = tmp_path / "r.xlsx"
    busy_month.put(path)

    def type_a_cell(page: Page, told: str) -> None:
        page.evaluate("document.getElementById('told').textContent = ''")
        page.click("#c3-4")
        page.keyboard.type("休")
        page.keyboard.press("Enter")
        # A cell that is gone to may tell of itself there, until the answer comes.
        page.wait_for_selector(f"#told:has-text('{told}')")

    page = browser_of(tab).new_page()
    with served(tmp_path) as address:
        page.goto(address)
        page.click("nav >> text=勤務表")
        away = path.rename(tmp_path / "away")
        type_a_cell(page, "移動された")
        away.rename(path)
        page.context.clear_cookies()
        type_a_cell(page, "shotaki open")
    type_a_cell(page, "アイコン")
    page.close()


def test_the_wall_shows_of_an_event_what_there_is_room_for(
    tab: tuple[Path, Page], tmp_path: Path
) -> None:
    """The whole name where few people leave room, and nothing below the paper."""
    long = "身体的拘束等適正化委員会の会議"
    event = {"name": long, "dates": [busy_month.day(3)]}
    events = (CalendarEvent.model_validate(event),)
    problem = busy_problem().model_copy(update={"events": events})
    roster = busy_month.busy_roster(problem)
    write_roster(tmp_path / "r.xlsx", problem, roster, audit(problem, roster))
    ends = """() => {
        const all = [...document.querySelectorAll('.e .up')];
        const up = all.find(one => one.textContent);
        const [sheet, last] = ['.paper', '.paper > :last-child'].map(
            one => document.querySelector(one).getBoundingClientRect().bottom);
        return [up.scrollHeight - up.clientHeight, last - sheet];
    }"""
    with walking(tmp_path, browser_of(tab)) as page:
        page.goto(urljoin(page.url, f"/wall/{book_in(page)}"))
        page.wait_for_selector(f".e .up >> text={long}")
        cut, below = page.evaluate(ends)
        page.evaluate(
            """() => { const body = document.querySelector('.wall tbody');
            while (body.rows.length < 30) body.append(body.rows[4].cloneNode(true));
            const names = [...document.querySelectorAll('.e .up')];
            names.find(one => one.textContent).textContent = '運営推進会議';
            dispatchEvent(new Event('resize')); }"""
        )
        cut_of_many, below_of_many = page.evaluate(ends)
        wrapped = page.evaluate(
            """() => { const one = document.querySelector('.wall tbody .rn');
            const name = one.querySelector('span') || one;
            name.textContent = '小林 看護子';
            dispatchEvent(new Event('resize'));
            const size = parseFloat(getComputedStyle(name).fontSize);
            return [name.offsetWidth - one.clientWidth,
                name.offsetHeight - 1.5 * size]; }"""
        )
    assert max(wrapped) <= 1
    assert max(cut, cut_of_many) <= 0
    assert max(below, below_of_many) < 0


def browser_of(tab: tuple[Path, Page]) -> Browser:
    """Return the browser of the tab that is open, as there can be but one."""
    browser = tab[1].context.browser
    assert browser is not None
    return browser


def book_in(page: Page) -> str:
    """Return the id of the roster to which the bar leads."""
    page.goto(urljoin(page.url, "/month"))
    return page.url.rstrip("/").rpartition("/")[2]

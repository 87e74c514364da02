"""来月の材料 in a real browser: drawn with the pointer, and by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.events import CalendarEvent
from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input
from tests.support.browsing import HERE, IN_BROWSER, reach, walking
from tests.support.busy_month import busy_problem

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = IN_BROWSER

IN_FRAME = """() => {
  const bubble = document.querySelector(".say").getBoundingClientRect();
  const frame = document.querySelector(".scroll").getBoundingClientRect();
  const end = Math.min(frame.bottom, innerHeight);
  return bubble.top >= frame.top && bubble.bottom <= end;
}"""
"""Whether the bubble is where it can be seen."""


def test_a_month_is_filled_in(tmp_path: Path) -> None:
    """Drawn over dates, clicked again, typed, a stretch by keys, undone, written."""
    path = tmp_path / "busy.xlsx"
    problem = busy_problem()
    free = problem.model_copy(update={"requests": (), "ledger": ()})
    write_input(free, path)
    with walking(tmp_path) as page:
        page.click("nav >> text=来月の材料")
        page.click("[data-brush='休']")
        first, last = (page.locator(f"#c3-{day}").bounding_box() for day in (2, 4))
        page.mouse.move(first["x"] + 4, first["y"] + 4)
        page.mouse.down()
        page.mouse.move(last["x"] + 4, last["y"] + 4, steps=4)
        page.mouse.up()
        page.wait_for_selector("#c3-4.chg")
        page.mouse.click(first["x"] + 4, first["y"] + 4)
        page.wait_for_selector("#c3-2 >> text=休◎")
        page.keyboard.press("Escape")
        page.focus("#roster [tabindex='0']")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.type("有")
        page.keyboard.press("Enter")
        page.wait_for_selector("#c1-1.chg")
        page.keyboard.press("Control+z")
        page.wait_for_selector("#c1-1:not(.chg)")
        # The pointer with Shift marks from the cell that has the pen.
        page.click("#c1-1")
        page.keyboard.press("Escape")
        page.click("#c1-5", modifiers=["Shift"])
        assert page.locator("#roster td.over").count() == 5
        page.keyboard.press("Escape")
        # In a low window the bubble is within the grid's frame; its choices scroll.
        size = page.viewport_size
        page.set_viewport_size({**size, "height": 560})
        page.click("#c5-9")
        assert page.evaluate(IN_FRAME)
        page.keyboard.press("Escape")
        page.set_viewport_size(size)
        # A brush by keys: refused shifts, the second of them, put into the first cell.
        page.focus(".skip")
        reach(page, "書き込む種類")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        first = page.evaluate(HERE)[0]
        page.keyboard.press("ArrowRight")
        assert page.evaluate(HERE)[0] != first
        chosen = page.evaluate(HERE)[0]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        place = page.evaluate("document.activeElement.closest('td').id")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#{place}.chg >> text={chosen}")
        page.keyboard.press("Control+z")
        page.wait_for_selector(f"#{place}:not(.chg)")
        page.keyboard.press("Escape")
        page.click("#cu-0")
        page.keyboard.press("Escape")
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        page.wait_for_selector("#cu-0.chg")
        assert "3件" in page.inner_text("#stand")
        page.click("#save")
        page.wait_for_selector("#save[aria-disabled='true']")
    month = read_problem(path)
    assert month.forecast.days[0].day_users == 7
    dates = month.period.dates
    asked = {(one.staff, one.date, one.strength.value) for one in month.requests}
    name = month.staff[3].name
    assert asked == {
        (name, dates[2], "must"),
        (name, dates[3], "strong"),
        (name, dates[4], "strong"),
    }


CUT_OFF = """() => [...document.querySelectorAll('.ev .up')]
    .filter(one => one.textContent && one.scrollHeight > one.clientHeight + 1)
    .map(one => one.textContent)"""


def test_names_of_events_are_whole_on_paper(tmp_path: Path) -> None:
    """On the screen a long name ends where its row does; printed it is whole."""
    name = "感染症対策委員会"
    event = CalendarEvent.model_validate({"name": name, "weekdays": [2]})
    problem = busy_problem().model_copy(update={"events": (event,)})
    write_input(problem, tmp_path / "busy.xlsx")
    with walking(tmp_path) as page:
        page.click("nav >> text=来月の材料")
        page.wait_for_selector(".ev td")
        assert any(name in text for text in page.evaluate(CUT_OFF))
        page.emulate_media(media="print")
        told = page.locator(".ev .up").all_text_contents()
        assert any(name in text for text in told)
        assert page.evaluate(CUT_OFF) == []

"""事業所の準備 in a real browser: an office that is no sample, by keys and IME."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input
from scheduler.page.office import STEPS
from scheduler.wording.translation import _
from tests.support.browsing import HERE, IN_BROWSER, reach, severe, too_wide, walking
from tests.support.tiny import tiny_problem

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = IN_BROWSER

FIRST_PERSON = ".person:first-of-type"
STEPS_BY_NAME = {one.name: _(one.title) for one in STEPS}


def press(page: Any, key: str, asks: str = "cell") -> None:
    """Press a key that sends something, and wait until its answer is in its place."""
    with page.expect_response(f"**/{asks}"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)


def fill(page: Any, label: str, text: str) -> None:
    """Type into the next cell of a label and go on by the Enter key."""
    reach(page, label)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    press(page, "Enter")


def go(page: Any, step: str) -> None:
    """Go to another step by its link above."""
    page.focus(".skip")
    reach(page, STEPS_BY_NAME[step])
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#office[data-step='{step}']")


def composed(page: Any, text: str) -> None:
    """Type by an input method; its Enter key belongs to it alone."""
    keys = page.context.new_cdp_session(page)
    for end in range(1, len(text) + 1):
        keys.send(
            "Input.imeSetComposition",
            {"text": text[:end], "selectionStart": end, "selectionEnd": end},
        )
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, keyCode: 229, bubbles: true}))"
    )
    keys.send("Input.insertText", {"text": text})


def test_a_manager_sets_up_an_office_by_keys_alone(tmp_path: Path) -> None:
    """From the empty folder to a workbook that can be read; nothing serious by axe.

    After each step the focus is seen, and is where a hand on the keys expects it: in
    the same choice, in the person added, beside the person taken out.
    """
    found: list[str] = []
    wide: list[str] = []
    with walking(tmp_path) as page:
        reach(page, "新しい事業所を始める")
        page.keyboard.press("Enter")
        page.wait_for_selector("#name")
        found += severe(page)
        reach(page, "事業所名")
        page.keyboard.type("ホーム けやき")
        reach(page, "職員の人数")
        page.keyboard.press("Control+a")
        page.keyboard.type("4")
        page.keyboard.press("Enter")
        page.wait_for_selector("#office")
        for label, text in {
            "登録定員": "10",
            "通い定員": "5",
            "宿泊定員": "3",
            "登録者数": "10",
        }.items():
            fill(page, label, text)
        assert page.evaluate(HERE)[0] == "通い平均の求め方"
        press(page, "ArrowDown")
        assert page.evaluate(HERE)[2] == "前年度の平均"
        fill(page, "通い平均の延べ人数", "1460")
        reach(page, "夜間の連絡体制")
        press(page, "ArrowLeft")
        assert page.evaluate(HERE) == ["はい", "夜間の連絡体制", "はい"]
        press(page, "Control+z", "undo")
        assert page.evaluate(HERE)[1] == "夜間の連絡体制"
        press(page, "Control+y", "redo")
        go(page, "staff")
        for example in (
            "管理者",
            "介護支援専門員",
            "常勤の人",
            "常勤の人",
            "夜勤専従の人",
        ):
            reach(page, f"＋ {example}")
            press(page, "Enter", "add")
            assert page.evaluate(HERE)[0] == "氏名"
        page.keyboard.press("Escape")
        reach(page, "職員3を消す", "Shift+Tab")
        press(page, "Enter", "remove")
        assert page.evaluate(HERE)[0] == "職員4を消す"
        name = page.get_by_label("氏名", exact=True).nth(2)
        while not name.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Control+a")
        composed(page, "けやき")
        assert name.input_value() == "けやき"
        press(page, "Enter")
        page.wait_for_selector(".person[aria-label='けやき'] .f.chg")
        reach(page, "職務", "Shift+Tab")
        reach(page, "看護", "Shift+Tab")
        press(page, "Space")
        assert page.evaluate(HERE)[:2] == ["看護", "職務"]
        go(page, "rules")
        for sentence in ("許可を受けていますか", "自宅で待機しますか"):
            group = page.locator(".ask-row", has_text=sentence).get_by_role(
                "radiogroup"
            )
            reach(page, group.get_attribute("aria-label"))
            press(page, "Space")
        go(page, "week")
        for _day in range(7):
            for label, number in (("通い", "4"), ("宿泊", "2"), ("訪問", "1")):
                fill(page, label, number)
        page.wait_for_selector("text=全部入りました")
        for step in STEPS:
            go(page, step.name)
            found += severe(page)
            wide += too_wide(page)
        reach(page, "ブックに書き込む")
        page.keyboard.press("Enter")
        page.wait_for_selector("#save[aria-disabled='true']")
    assert found == []
    assert wide == []
    (path,) = (tmp_path / "inputs").glob("*.xlsx")
    problem = read_problem(path)
    assert [one.name for one in problem.staff] == ["職員1", "職員2", "けやき", "職員5"]
    assert [one.value for one in problem.staff[2].roles] == ["care", "nurse"]
    assert problem.staff[3].shifts == ("夜",)
    assert {one.overnight for one in problem.forecast.days} == {2}
    assert problem.office.contact_system


def test_quick_hands_lose_nothing(tmp_path: Path) -> None:
    """Ticked and typed without waiting, then gone to another screen or cell.

    So is a word that was whole when the line's answer came, and Enter pressed after it.
    From the last cell of a folded card Enter goes on to the next card.
    """
    path = tmp_path / "tiny.xlsx"
    write_input(tiny_problem(requests=[]), path)
    with walking(tmp_path) as page:
        page.click("nav >> text=事業所の準備")
        page.click(".wizard a[href$=staff]")
        shifts = page.locator(".person:first-of-type [aria-label='入れる勤務'] label")
        chosen = page.locator(
            ".person:first-of-type [aria-label='入れる勤務'] :checked"
        )
        names = shifts.all_inner_texts()
        before = chosen.evaluate_all("all => all.map(one => one.value)")
        for number in range(len(names)):
            shifts.nth(number).click()
        page.fill(f"{FIRST_PERSON} [aria-label='資格']", "介護福祉士")
        page.click("nav >> text=来月の材料")
        page.wait_for_selector("#roster")
        page.click("#c1-1")
        page.keyboard.press("Escape")
        page.keyboard.type("休")
        page.click("#c2-2")
        page.wait_for_selector("#c1-1.chg")
        page.click("#save")
        page.wait_for_selector("#save[aria-disabled='true']")
        page.click("nav >> text=事業所の準備")
        page.click(".wizard a[href$=staff]")
        page.wait_for_load_state()
        page.focus(f"{FIRST_PERSON} [aria-label='資格']")
        page.keyboard.press("Enter")
        assert page.evaluate(HERE)[0] == "氏名"
        page.click(".wizard a[href$=shifts]")
        page.wait_for_load_state()
        late: list[Any] = []
        page.route("**/cell", lambda one: late.append(one))
        page.focus("tr.new [aria-label='記号']")
        page.keyboard.type("Z")
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        page.keyboard.type("last")
        late[0].continue_()
        page.wait_for_selector("input[value='Z']")
        page.unroute("**/cell")
        page.keyboard.press("Enter")
        page.wait_for_selector("input[value='last']")
    problem = read_problem(path)
    person = problem.staff[0]
    assert set(person.shifts) == set(names) - set(before)
    assert set(person.qualifications) == {"介護福祉士"}
    assert len(problem.requests) == 1

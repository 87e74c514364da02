"""What is typed on the page: audited at once, undone, saved, as in the file itself."""

from __future__ import annotations

import random
import re
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.domain.clock import HOUR
from scheduler.domain.forecast import Service
from scheduler.domain.office import HouseRatio
from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster
from scheduler.page.audited import AuditedRoster, lamps
from scheduler.page.day_chart import day_chart
from scheduler.page.grid import TOLD
from scheduler.page.open_book import Part
from scheduler.rulebook import rules_of
from scheduler.wording.gathered import gathered
from scheduler.wording.notation import CellLanguage
from tests.support import busy_month, week
from tests.support.builders import make_staff
from tests.support.busy_month import CARER, NURSE, busy_problem
from tests.support.busy_page import client, path
from tests.support.pages import application, book_of, element, shown_on, typed, visitor

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from scheduler.page.open_roster import OpenRoster

__all__ = ["client", "path"]

NINTH = 8
PEOPLE = [member.name for member in busy_problem().staff]


def opened(client: TestClient) -> OpenRoster:
    """Return the roster as the server has it."""
    book = book_of(client).rpartition("/")[2]
    roster: OpenRoster = client.app.state.desk.roster(book)  # type: ignore[attr-defined]
    return roster


def test_a_breach_is_told_at_cell_date_and_lamp(client: TestClient) -> None:
    """杉 has the night of the 2nd; with the day off nobody is awake in the house."""
    path = client.app.state.desk.library.folder / "r.xlsx"  # type: ignore[attr-defined]
    week.put(path)
    book = book_of(client)
    assert "bad" not in element(client.get(book).text, "d1")
    text = typed(client, book, 4, 1, "休").text
    assert " bad" in element(text, "c4-1")
    assert "夜勤" in element(text, "c4-1")
    assert "bad" in element(text, "d1")
    assert 'class="lamp bad"' in text
    assert "か所 合いません" in text
    again = client.post(f"{book}/undo").text
    assert "bad" not in element(again, "c4-1")
    assert 'class="lamp bad"' not in again


@pytest.mark.parametrize("ratio", [HouseRatio.GUIDELINE, HouseRatio.MUST])
def test_short_of_a_guideline_is_no_breach_of_a_must(ratio: HouseRatio) -> None:
    """On the 5th a night is short, and by the ratio alone one person at 11 and at 17.

    Who was there in the night before the month is not known: nobody is missing.
    """
    busy = busy_problem()
    settings = busy.office.settings.model_copy(update={"house_ratio": ratio})
    office = busy.office.model_copy(update={"settings": settings})
    problem = busy.model_copy(update={"office": office})
    audited = AuditedRoster(problem, busy_month.busy_roster(problem))
    first, fifth = (
        day_chart(problem, audited, busy_month.day(number), set()).gaps
        for number in (1, 5)
    )
    is_must = ratio is HouseRatio.MUST
    hard = [(one.begin / 60, one.is_hard) for one in fifth]
    nights = [(17.5, True), (18, True)]
    assert hard == [(0, True), (11, is_must), (17, is_must), *nights]
    assert ("目安" in fifth[1].text) is not is_must
    assert (first[0].begin, first[0].is_hard) == (10 * HOUR, True)


def test_the_lamp_of_contracts_counts_those_whom_the_office_employs() -> None:
    """Neither who helps out on a date, nor who is employed by another office."""
    problem = busy_problem()
    first, second = busy_month.day(4), busy_month.day(5)
    date = {"first": first, "last": second}
    outside = (
        make_staff("応援夜勤1", contract={"full_time": False}, employed=date),
        make_staff("向こうの人", home="となり"),
    )
    more = problem.model_copy(update={"staff": (*problem.staff, *outside)})
    everybody = len(problem.staff)
    assert lamps(more, ())[2].whole == lamps(problem, ())[2].whole == everybody


def test_figures_of_other_dates_are_kept_however_much_is_typed(
    client: TestClient,
) -> None:
    """Typed on the 2nd and then the 9th: only the 9th and the 10th are worked out."""
    book = book_of(client)
    typed(client, book, 0, 1, "休")
    first = opened(client).now
    typed(client, book, 0, NINTH, "休")
    second = opened(client).now
    assert first.roster.by_cell != second.roster.by_cell
    others = [
        date
        for date in second.problem.period.dates
        if first.parts_of(date) != second.parts_of(date)
    ]
    assert others == [busy_month.day(9), busy_month.day(10)]


def test_random_edits_are_audited_as_check_audits_the_saved_file(
    client: TestClient, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cells, stretches, exchanges, pins and users; undone and done again in any order.

    Finding by finding, and cell by cell; the same texts typed into the workbook by hand
    mean the same duties.
    """
    rnd = random.Random(5)
    book = book_of(client)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    refused, seen = 0, set()
    for _round in range(2):
        by_hand = Path(shutil.copy(path, elsewhere))
        for step in range(12):
            name, form = random_step(rnd, step)
            answer = client.post(f"{book}/{name}", data=form)
            assert answer.status_code in (200, 422), form
            refused += answer.status_code == 422
            if rnd.random() < 0.3:
                client.post(f"{book}/undo")
                if rnd.random() < 0.5:
                    client.post(f"{book}/redo")
        now = opened(client)
        seen |= {part for part, _who, _date in now.edits}
        type_by_hand(by_hand, now.typed)
        assert same_cells(read_roster(by_hand).roster, now.now.roster)
        shown, expected = now.now.findings, now.now.problem
        assert now.now.margins == AuditedRoster(expected, now.now.roster).margins
        assert client.post(f"{book}/save").headers["hx-redirect"] == book
        file = read_roster(path)
        assert audit(file.problem, file.roster) == shown
        assert same_cells(file.roster, now.now.roster)
        assert file.problem.forecast == expected.forecast
        assert set(file.problem.pins.duties) == set(expected.pins.duties)
        assert file.changed == ()
    assert seen == set(Part) - {Part.BREAKS}, "breaks are typed by nobody"
    assert refused < 12
    assert file.plan.version == 3
    assert len(list(path.parent.glob("r-*.xlsx"))) == 2


def random_step(rnd: random.Random, step: int) -> tuple[str, dict[str, object]]:
    """Return the address and form of a step; each kind comes in turn."""
    problem = busy_problem()
    row, to_row = (rnd.randrange(len(PEOPLE)) for _one in range(2))
    day, to_day = (rnd.randrange(problem.period.days) for _one in range(2))
    if step % 4 == 1:
        return "pin", {"row": row, "day": day}
    if step % 4 == 2:
        same = rnd.random() < 0.5
        place = {"row": row, "day": day, "to_row": to_row}
        return "move", {**place, "to_day": day if same else to_day}
    if step % 4 == 3:
        date = problem.period.dates[day]
        service = rnd.choice(list(Service))
        number = rnd.randrange(8)
        return "users", {"service": service, "shown": date, "number": number}
    language = CellLanguage(problem)
    text = rnd.choice(language.choices(problem.staff[row]))
    until = min(day + rnd.randrange(3), problem.period.days - 1)
    return "cell", {"row": row, "day": day, "until": until, "text": text}


def same_cells(one: object, other: object) -> bool:
    """Tell whether two rosters have the same duties, breaks included, and nights."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("by_cell", "on_call_by_date")
    )


def type_by_hand(path: Path, edits: dict[tuple[str, object], str]) -> None:
    """Type the texts into the workbook's break-room sheet, as in Excel."""
    book = load_workbook(path)
    sheet = book[week.FRONT]
    rows = {sheet.cell(r, 2).value: r for r in range(1, sheet.max_row + 1)}
    columns = {
        one.value.date(): one.column for one in sheet[3] if hasattr(one.value, "date")
    }
    for (staff, date), text in edits.items():
        sheet.cell(rows[staff], columns[date]).value = text
    book.save(path)


def test_fifty_steps_are_undone_and_done_again(client: TestClient) -> None:
    roster = opened(client)
    before = roster.now.roster
    dates = busy_problem().period.dates
    for number in range(50):
        roster.type(PEOPLE[number % 7], dates[number % 14], "有")
    after = roster.now.roster
    for _step in range(50):
        roster.undo()
    assert roster.now.roster == before
    assert not roster.can_undo
    for _step in range(50):
        roster.redo()
    assert roster.now.roster == after
    assert not roster.can_redo


def test_nights_on_call_are_typed_by_the_beginning_of_a_name(
    client: TestClient, path: Path
) -> None:
    book = book_of(client)
    answer = typed(client, book, "n", NINTH, "桜あ")
    assert CARER in element(answer.text, "cn-8")
    assert typed(client, book, "n", NINTH, "桜").status_code == 422
    client.post(f"{book}/save")
    date = busy_problem().period.dates[NINTH]
    assert read_roster(path).roster.on_call_by_date[date] == CARER


def test_a_text_without_a_meaning_changes_nothing(client: TestClient) -> None:
    book = book_of(client)
    answer = typed(client, book, 3, 0, "ほげ")
    assert answer.status_code == 422
    assert "ほげ" in answer.text
    answer = typed(client, book, 3, 0, "遅宿")
    assert answer.status_code == 422
    assert "宿直の人の名前は「宿直」の行に書き、ここには「遅」とだけ" in answer.text
    assert not opened(client).can_undo


def test_typed_cells_outlive_the_server(path: Path) -> None:
    client = visitor(application(path.parent))
    typed(client, book_of(client), 3, 2, "有")
    roster = opened(client).now.roster
    again = visitor(application(path.parent))
    assert opened(again).now.roster == roster
    assert "変更1か所" in again.get(book_of(again)).text


def test_a_file_changed_outside_is_read_anew(client: TestClient, path: Path) -> None:
    book = book_of(client)
    date = busy_problem().period.dates[2]
    assert opened(client).now.roster.by_cell[CARER, date].off != "paid_leave"
    week_day = {(CARER, date): "有"}
    type_by_hand(path, week_day)  # type: ignore[arg-type]
    assert client.get(book).status_code == 200
    assert opened(client).now.roster.by_cell[CARER, date].off == "paid_leave"


def test_nothing_that_changed_outside_is_overwritten(
    client: TestClient, path: Path
) -> None:
    """Cells typed before are kept apart until somebody says what shall become of it."""
    book = book_of(client)
    dates = busy_problem().period.dates
    typed(client, book, PEOPLE.index(CARER), 5, "有")
    type_by_hand(path, {(CARER, dates[2]): "有"})  # type: ignore[dict-item]
    outside = path.read_bytes()
    assert client.post(f"{book}/save").headers["hx-redirect"] == book
    assert path.read_bytes() == outside
    assert 'role="alert"' in client.get(book).text
    refused = typed(client, book, 0, 0, "休")
    assert refused.status_code == 409
    assert "「休」は入れていません" in refused.text
    client.post(f"{book}/take-over")
    assert 'role="alert"' not in client.get(book).text
    roster = opened(client).now.roster
    assert roster.by_cell[CARER, dates[2]].off == "paid_leave"
    assert roster.by_cell[CARER, dates[5]].off == "paid_leave"
    client.post(f"{book}/save")
    assert same_cells(read_roster(path).roster, roster)


def test_what_is_typed_first_after_a_change_outside_is_laid_over_it(
    client: TestClient, path: Path
) -> None:
    """Told in a sentence; where both changed a cell, what stands in the file stays."""
    book = book_of(client)
    row, dates = PEOPLE.index(CARER), busy_problem().period.dates
    seen = shown_on(client.get(book).text)
    type_by_hand(path, {(CARER, dates[2]): "有"})  # type: ignore[dict-item]
    outside = path.read_bytes()
    given = {"row": row, "day": 5, "until": 2, "text": "欠", "seen": seen}
    answer = client.post(f"{book}/cell", data=given)
    assert answer.headers["hx-redirect"] == book
    roster = opened(client).now.roster
    assert roster.by_cell[CARER, dates[2]].off == "paid_leave"
    assert {roster.by_cell[CARER, dates[day]].off for day in (3, 4, 5)} == {"absent"}
    text = client.get(book).text
    assert "ほかで書き替えられたので、読み直しました" in text
    assert "「欠」は入れていません" in text
    assert path.read_bytes() == outside
    # Another tab that still shows the old file would mean other cells: it is told.
    late = client.post(f"{book}/cell", data={**given, "text": "休"})
    assert late.status_code == 409
    assert "「休」は入れていません" in late.text
    client.post(f"{book}/save")
    assert same_cells(read_roster(path).roster, roster)


def test_what_is_typed_next_after_a_change_outside_waits_with_the_rest(
    client: TestClient, path: Path
) -> None:
    """Cells typed before wait for an answer; the one typed now is among them."""
    book = book_of(client)
    row, dates = PEOPLE.index(CARER), busy_problem().period.dates
    typed(client, book, row, 5, "有")
    seen = shown_on(client.get(book).text)
    type_by_hand(path, {(CARER, dates[2]): "有"})  # type: ignore[dict-item]
    given = {"row": row, "day": 6, "text": "有", "seen": seen}
    assert client.post(f"{book}/cell", data=given).headers["hx-redirect"] == book
    assert 'role="alert"' in client.get(book).text
    client.post(f"{book}/take-over")
    cells = opened(client).now.roster.by_cell
    assert {cells[CARER, dates[day]].off for day in (2, 5, 6)} == {"paid_leave"}


def test_a_tab_that_does_not_show_what_another_typed_is_shown_it_first(
    client: TestClient, path: Path
) -> None:
    """Its own cell is taken; undone or saved is nothing that it has not seen."""
    book = book_of(client)

    def seen() -> dict[str, str]:
        found = re.search(r'data-seen="(.+?)"', client.get(book).text)
        assert found is not None
        return {"seen": found.group(1)}

    before = seen()
    cell = {"row": 3, "day": 2, "text": "有"}
    assert "x-pieces" in client.post(f"{book}/cell", data=cell | before).headers
    more = client.post(f"{book}/cell", data=cell | {"day": 5} | before)
    assert more.headers["hx-redirect"] == book
    typed_here = dict(opened(client).typed)
    assert len(typed_here) == 2
    saved = path.read_bytes()
    for form in ("undo", "redo", "drop", "save"):
        answer = client.post(f"{book}/{form}", data=before)
        assert answer.headers["hx-redirect"] == book
        assert (opened(client).typed, path.read_bytes()) == (typed_here, saved)
    client.post(f"{book}/undo", data=seen())
    assert len(opened(client).typed) == 1
    client.post(f"{book}/save", data=seen())
    assert path.read_bytes() != saved


def test_a_file_moved_away_is_told_beside_the_tools(
    client: TestClient, path: Path
) -> None:
    """A script takes pieces of the screen; what was typed waits for the file."""
    book = book_of(client)
    typed(client, book, 3, 2, "有")
    away = path.rename(path.with_suffix(".away"))
    answer = client.post(f"{book}/save", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["x-pieces"]) == (404, "1")
    assert "移動された" in answer.text
    assert "<main" not in answer.text
    away.rename(path)
    assert "変更1か所" in client.get(book).text


def test_an_emptied_cell_says_again_what_the_workbook_says(client: TestClient) -> None:
    book = book_of(client)
    before = opened(client).now.roster
    typed(client, book, 3, 2, "有")
    assert opened(client).edits
    typed(client, book, 3, 2, "")
    assert opened(client).now.roster == before
    assert not opened(client).edits


def texts(roster: OpenRoster, who: str, first: int, last: int) -> list[str]:
    dates = busy_problem().period.dates
    return [roster.text_at(who, date) for date in dates[first : last + 1]]


def a_night(roster: OpenRoster) -> tuple[int, int]:
    """Return row and day of a night with its morning, none of it fixed."""
    problem = busy_problem()
    cells = roster.now.roster.by_cell
    for day, date in enumerate(problem.period.dates[1:-3], start=1):
        for row, name in enumerate(PEOPLE):
            duty, after = cells[name, date], cells[name, problem.period.dates[day + 1]]
            is_night = (
                duty.shift and problem.shift_by_symbol[duty.shift].passes_midnight
            )
            is_free = not any(
                roster.is_pinned(name, one) for one in problem.period.dates[day:][:3]
            )
            if is_night and is_free and after.off is OffKind.AFTER_NIGHT:
                return row, day
    raise AssertionError


def moved(client: TestClient, row: int, day: int, to: int, to_day: int) -> int:
    place = {"row": row, "day": day, "to_row": to, "to_day": to_day}
    return client.post(f"{book_of(client)}/move", data=place).status_code


def test_a_night_put_onto_somebody_else_takes_its_morning_along(
    client: TestClient,
) -> None:
    """Both cells are exchanged with the other's, as one step."""
    roster = opened(client)
    row, day = a_night(roster)
    dates = busy_problem().period.dates[day : day + 2]
    other = next(
        number
        for number, name in enumerate(PEOPLE)
        if number != row and not any(roster.is_pinned(name, one) for one in dates)
    )
    mine, theirs = (texts(roster, PEOPLE[n], day, day + 1) for n in (row, other))
    assert moved(client, row, day, other, day) == 200
    # Jobs that the person does not do stay behind: 日管介 is a 日.
    assert theirs[0].startswith(roster.text_at(PEOPLE[row], dates[0]))
    assert roster.text_at(PEOPLE[row], dates[1]) == theirs[1]
    assert texts(roster, PEOPLE[other], day, day + 1)[1] == mine[1]
    client.post(f"{book_of(client)}/undo")
    assert texts(roster, PEOPLE[row], day, day + 1) == mine
    assert not roster.edits


def test_a_night_moved_by_a_day_lets_the_day_beside_it_pass(
    client: TestClient,
) -> None:
    """夜 明 X becomes X 夜 明, and the other way round."""
    roster = opened(client)
    row, day = a_night(roster)
    night, morning, beside = texts(roster, PEOPLE[row], day, day + 2)
    assert moved(client, row, day, row, day + 1) == 200
    assert texts(roster, PEOPLE[row], day, day + 2) == [beside, night, morning]
    assert moved(client, row, day + 1, row, day) == 200
    assert texts(roster, PEOPLE[row], day, day + 2) == [night, morning, beside]
    assert not roster.typed


def test_what_is_fixed_is_marked_held_and_saved(client: TestClient, path: Path) -> None:
    book, row, day = book_of(client), PEOPLE.index(CARER), 4
    answer = client.post(f"{book}/pin", data={"row": row, "day": day})
    assert " pin" in element(answer.text, f"c{row}-{day}")
    assert moved(client, row, day, row, day + 2) == 422
    client.post(f"{book}/save")
    file = read_roster(path)
    date = file.problem.period.dates[day]
    (pin,) = [one for one in file.problem.pins.duties if one.date == date]
    assert pin.entry == file.roster.by_cell[CARER, date].entry
    assert file.plan.version == 2
    # What is typed over it breaks the pin, and says so at the cell.
    text = typed(client, book, row, day, "有").text
    assert " bad" in element(text, f"c{row}-{day}")
    client.post(f"{book}/undo")
    text = client.post(f"{book}/pin", data={"row": row, "day": day}).text
    assert " pin" not in element(text, f"c{row}-{day}")


def test_a_number_of_users_is_audited_at_once_and_taken_back(
    client: TestClient,
) -> None:
    """More guests than the staff carry: the date says so; the old number mends it."""
    week.put(client.app.state.desk.library.folder / "r.xlsx")  # type: ignore[attr-defined]
    book, date = book_of(client), week.PROBLEM.period.dates[4]
    before = opened(client).now.findings
    assert "bad" not in element(client.get(book).text, "d4")
    form = {"service": "day_users", "shown": date, "number": "12"}
    answer = client.post(f"{book}/users", data=form)
    assert "bad" in element(answer.text, "d4")
    assert len(opened(client).now.findings) > len(before)
    client.post(f"{book}/users", data={**form, "number": ""})
    assert opened(client).now.findings == before
    assert not opened(client).edits
    for wrong in ("-1", "1000", "x", "1.5"):
        answer = client.post(f"{book}/users", data={**form, "number": wrong})
        assert answer.status_code == 422, wrong
    for wrong in ({"service": "x"}, {"shown": "2020-01-01"}):
        assert client.post(f"{book}/users", data={**form, **wrong}).status_code == 404


def test_the_list_has_one_line_for_dates_that_differ_in_nothing_else(
    client: TestClient,
) -> None:
    """The nurse is away on all of her dates: her post is short on each of them."""
    text = client.get(book_of(client)).text
    row = PEOPLE.index(NURSE)
    for day in range(5, 12):
        text = typed(client, book_of(client), row, day, "休").text
    now = opened(client).now
    told = [one for one in now.findings if one.stance in TOLD]
    listed = text.partition('id="list"')[2].partition("</ul>")[0]
    lines = gathered(told, rules_of(now.problem), by_clock=True)
    assert listed.count("<li>") == len(lines) < len(told)
    assert f"{len(told)}か所" in listed
    assert all(escape(one.words.when) in listed for one in lines)


def test_whoever_was_to_be_ill_may_come(tmp_path: Path) -> None:
    """The absence was fixed because it was so: work typed over it breaks no pin.

    One step: undone, or taken back, the absence is fixed again.
    """
    week.put_ill(tmp_path / "r.xlsx")
    client = visitor(application(tmp_path))
    book = book_of(client)
    row = [member.name for member in week.PROBLEM.staff].index(week.CARER)
    cell = f"c{row}-0"
    assert "固定" in element(client.get(book).text, cell)
    text = typed(client, book, row, 0, "日").text
    assert "固定" not in element(text, cell)
    assert client.get(book).text.count('class="lamp bad"') == 0
    client.post(f"{book}/undo")
    assert "固定" in element(client.get(book).text, cell)
    client.post(f"{book}/redo")
    text = typed(client, book, row, 0, "").text
    assert "固定" in element(text, cell)
    assert "欠" in element(text, cell)
    assert not opened(client).edits

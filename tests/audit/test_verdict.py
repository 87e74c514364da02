"""The verdict: law, musts, and how many people have contracts that are not kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler.audit import audit
from scheduler.audit.figures.summary import SetBy, kept, summarise
from scheduler.cli.overview import overview
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.files import rosters as files
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_proof
from scheduler.files.workbook.styles import Fill
from scheduler.rulebook import load
from scheduler.wording.findings import source_text
from scheduler.wording.verdict import verdict_line
from tests.support.builders import (
    make_contract,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def month(*days_off: int) -> tuple[Problem, Roster]:
    """Make people who are owed days off, and a week in which everybody has two."""
    names = [f"人{place}" for place in range(len(days_off))]
    staff = [
        make_staff(name, contract=make_contract(days_off_min=least))
        for name, least in zip(names, days_off, strict=True)
    ]
    problem = make_problem(staff)
    return problem, make_roster(
        problem, "\n".join(f"{n} 休日日日日休日" for n in names)
    )


def told(problem: Problem, roster: Roster, *rules: str) -> str:
    """Write the verdict on what some rules find alone."""
    found = (one for one in audit(problem, roster) if one.rule in rules)
    return verdict_line(kept(problem, found))


def test_all_is_kept() -> None:
    """Two days off are owed, and two are given."""
    assert told(*month(2, 0), "L-02") == (
        "判定：法令の基準、事業所の必須ルール、全員の契約を、すべて守れています。"
    )


def test_whose_contracts_are_not_kept() -> None:
    """Three days off owed to two of three people, each told once and by name."""
    assert told(*month(3, 2, 4), "L-02") == (
        "判定：法令の基準と事業所の必須ルールは、すべて守れています。 "
        "契約を守れていない人：2人（人0、人2）。"
    )


def test_many_people_are_counted() -> None:
    """Five are named, six are not."""
    assert "（人0、人1、人2、人3、人4）" in told(*month(*[3] * 5), "L-02")
    assert told(*month(*[3] * 6), "L-02").endswith("契約を守れていない人：6人。")


def test_who_has_set_what_is_not_kept() -> None:
    """An office's floor of nurse shifts is its own must, however near to law."""
    problem, roster = month(3)
    settings = problem.office.settings.model_copy(update={"nurse_shifts": 2})
    office = problem.office.model_copy(update={"settings": settings})
    problem = problem.model_copy(update={"office": office})
    found = [one for one in audit(problem, roster) if one.rule in ("A-10", "L-02")]
    counted = kept(problem, found)
    assert counted.broken == {SetBy.LAW: 1, SetBy.OFFICE: 1}
    assert verdict_line(counted) == (
        "判定：守れていない所があります（法令の基準 1件、事業所の必須ルール 1件）。 "
        "契約を守れていない人：1人（人0）。"
    )


def test_the_summary_has_it_in_numbers() -> None:
    """For programs: the people, and their findings."""
    problem, roster = month(3, 2)
    summary = summarise(problem, roster, audit(problem, roster))
    assert summary.kept.people == ("人0",)
    assert {one.rule for one in summary.contracts} == {"L-02"}
    assert summary.legal is summary.kept.is_legal


OWN = {
    ("A-10", "shifts"),
    ("A-11", "desk"),
    ("A-13", "desk"),
    ("A-13", "nights"),
    ("C-03", "row"),
    ("C-03", "beyond"),
    ("F-09", "on_call"),
    ("F-10", "home_per_week"),
}
"""Limits beside a rule of law that the office, or this program, has set."""


def test_what_the_office_sets_is_not_called_law() -> None:
    """No article stands beside it, and no count of breaches of law has it."""
    rulebook = load(make_period())
    own = {
        (rule.id, name)
        for rule in rulebook.rules
        for name, facet in rule.facet.items()
        if facet.source
    }
    assert own == OWN
    for rule_id, name in OWN:
        rule = rulebook[rule_id]
        assert not rule.is_law(name)
        assert "条" not in source_text(rule, name)
    assert rulebook["A-10"].is_law("on_list")
    assert rulebook["F-10"].is_law("per_week")
    assert not rulebook["K-01"].is_law("must")
    assert not rulebook["F-11"].is_law("least")


def test_days_off_that_are_too_few_are_red_as_hours_are(tmp_path: Path) -> None:
    """On the manager's sheet by what is typed, on the page of labour as planned."""
    problem, roster = month(3, 2)
    path = tmp_path / "r.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    book = load_workbook(path)
    front = book["管理用"]
    labour = build_proof(Book(problem, roster, audit(problem, roster)))["労務"]
    heads = {front.cell(3, c).value: c for c in range(1, front.max_column + 1)}
    limits = {
        str(ranges.sqref): rule.formula[0]
        for ranges in front.conditional_formatting
        for rule in ranges.rules
        if rule.operator == "lessThan"
    }
    letter = get_column_letter(heads["公休"])
    assert limits[f"{letter}7"] == "3"
    assert limits[f"{letter}8"] == "2"
    head = next(row for row in labour.iter_rows() if row[0].value == "氏名")
    place = next(cell.column for cell in head if cell.value == "公休")
    fills = {
        row[0].value: row[place - 1].fill.fgColor.rgb[-6:]
        for row in labour.iter_rows(min_row=head[0].row + 1)
    }
    assert fills["人0"] == Fill.SHORT
    assert fills["人1"] != Fill.SHORT


def test_fewer_days_off_that_were_agreed_on_are_not_red(tmp_path: Path) -> None:
    """The mark is where the verdict is: of three owed one less was agreed."""
    problem, roster = month(3)
    spot = Spot(rule="L-02", facet="days_off", staff=StaffId("人0"))
    agreement = Agreement(spot=spot, amount=1)
    problem = problem.model_copy(update={"agreements": (agreement,)})
    assert "全員の契約" in told(problem, roster, "L-02")
    path = tmp_path / "r.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    rules = load_workbook(path)["管理用"].conditional_formatting
    limits = [rule.formula[0] for one in rules for rule in one.rules]
    assert "2" in limits
    assert "3" not in limits


def test_the_same_words_on_screen_page_and_file(tmp_path: Path) -> None:
    """One sentence, wherever the verdict is read."""
    problem, roster = month(3)
    findings = audit(problem, roster)
    sentence = verdict_line(kept(problem, findings))
    book, document = tmp_path / "r.xlsx", tmp_path / "r.json"
    for path in (book, document):
        files.write_roster(path, problem, roster, findings)
    proof = build_proof(Book(problem, roster, findings))["基準チェック"]
    for page in (proof, load_workbook(book)["不足"]):
        assert sentence in {cell.value for row in page for cell in row}
    written = json.loads(document.read_text(encoding="utf-8"))["verdict"]
    assert f"判定：{written}" == sentence
    shown = overview(summarise(problem, roster, findings), load(problem.period))
    assert shown.splitlines()[0] == sentence

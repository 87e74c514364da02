"""What is handed out or hung up names nobody else, and no reason of an absence."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from scheduler.audit import audit
from scheduler.domain.advice import Reason
from scheduler.domain.record import RosterFile
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.handouts import calendar_of
from scheduler.files.workbook.embedded import CONTENT, SHEET, extract
from scheduler.files.workbook.roster import write_roster, write_slips
from scheduler.rulebook import load
from scheduler.wording.reasons import own_reason_text, reason_text
from tests.busy_month import (
    CARER,
    FORMULA,
    MANAGER,
    NURSE,
    SISTER,
    busy_problem,
    busy_roster,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.finding import Finding

ROOT = Path(__file__).parents[1]
PROBLEM = busy_problem()
PLAN = busy_roster(PROBLEM)
NAMES = [member.name for member in PROBLEM.staff]
ISSUED = dt.datetime(2026, 11, 20, 9, 0)
DASH = "―"


def with_absence(name: str) -> RosterFile:
    """Return the roster in which somebody did not come to their first shift."""
    cell = next(key for key, duty in PLAN.by_cell.items() if key[0] == name)
    rest = [duty for duty in PLAN.duties if (duty.staff, duty.date) != cell]
    missed = Duty(staff=cell[0], date=cell[1], off=OffKind.ABSENT)
    roster = PLAN.model_copy(update={"duties": (missed, *rest)})
    return RosterFile(problem=PROBLEM, roster=roster, plan=roster)


def refused(*breaches: Finding) -> Reason:
    """Return why the wish of the carer was refused: others would have lost."""
    wish = {"staff": CARER, "date": PROBLEM.period.first, "want": "day_off"}
    other = {"staff": SISTER, "date": PROBLEM.period.first, "want": "paid_leave"}
    return Reason(
        request=Request.model_validate(wish),
        breaches=breaches,
        gives_way=(Request.model_validate(other),),
        others=(NURSE,),
    )


def everything_in(path: Path) -> str:
    """Return all that stands in a file's parts, hidden or not."""
    with ZipFile(path) as package:
        return "\n".join(
            package.read(name).decode("utf-8", errors="replace")
            for name in package.namelist()
        )


def test_a_slip_names_nobody_else(tmp_path: Path) -> None:
    """Not in its cells, its comments, its properties or a hidden sheet."""
    contract = next(f for f in audit(PROBLEM, PLAN) if f.people == (MANAGER,))
    plan = PLAN.model_copy(update={"reasons": (refused(contract),)})
    file = RosterFile(problem=PROBLEM, roster=plan, plan=plan)
    for name in NAMES:
        path = write_slips(file, [name], None, tmp_path / "a.xlsx")
        text = everything_in(path)
        others = [other for other in NAMES if other not in (name, FORMULA)]
        assert [other for other in others if other in text] == []
        path.unlink()


def test_the_person_is_told_what_others_would_lose_but_not_who() -> None:
    """The manager reads names; the person reads how many wishes, and no limit."""
    contract = next(f for f in audit(PROBLEM, PLAN) if f.people == (MANAGER,))
    reason, rulebook = refused(contract), load(PROBLEM.period)
    told = reason_text(reason, rulebook)
    assert all(name in told for name in (MANAGER, SISTER, NURSE))
    assert own_reason_text(reason, rulebook) == (
        "かなえると：ほかの職員との約束（契約・固定など）／ほかの職員の希望 1件。"
    )


def test_a_slip_has_a_dash_for_an_absence(tmp_path: Path) -> None:
    """Neither its symbol nor a word for it."""
    path = write_slips(with_absence(CARER), NAMES, None, tmp_path / "a.xlsx")
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    assert DASH in texts
    assert "欠" not in texts


def test_a_calendar_names_nobody_else() -> None:
    """Neither in its events nor in what was withdrawn."""
    file = with_absence(CARER)
    for name in NAMES:
        data = calendar_of(PROBLEM, file.roster, name, issued=ISSUED, plan=PLAN)
        text = data.decode("utf-8").replace("\r\n ", "")
        others = [other for other in NAMES if other not in (name, FORMULA)]
        assert [other for other in others if other in text] == []
        assert "欠" not in text


def front_of(tmp_path: Path, file: RosterFile) -> tuple[Worksheet, Path]:
    """Write the roster workbook and return its front sheet."""
    findings = audit(file.problem, file.roster)
    path = write_roster(file.problem, file.roster, findings, tmp_path / "r.xlsx")
    return load_workbook(path)["勤務表"], path


def printed(sheet: Worksheet) -> Iterator[Any]:
    """Yield the cells that go on paper."""
    left, top, right, bottom = range_boundaries(sheet.print_area.split("!")[-1])
    yield from (
        cell
        for row in sheet.iter_rows(top, bottom, left, right)
        for cell in row
        if cell.value is not None
    )


def test_the_wall_shows_a_dash_for_an_absence(tmp_path: Path) -> None:
    """The cell says 欠, for it is read back; what is seen and printed is a dash."""
    sheet, _path = front_of(tmp_path, with_absence(CARER))
    rules = [rule for ranges in sheet.conditional_formatting for rule in ranges.rules]
    shown = [
        rule.dxf.numFmt.formatCode
        for rule in rules
        if rule.formula and rule.formula[0].endswith('="欠"')
    ]
    assert shown == [f'General;General;General;"{DASH}"']
    texts = [str(cell.value) for cell in printed(sheet)]
    assert texts.count("欠") == 1
    assert not any("欠勤" in text for text in texts)


def test_hours_and_contracts_are_not_printed_on_the_wall(tmp_path: Path) -> None:
    """They stand to the right of what goes on paper, for the manager."""
    sheet, _path = front_of(tmp_path, with_absence(CARER))
    on_paper = {cell.value for cell in printed(sheet)}
    everything = {cell.value for row in sheet.iter_rows() for cell in row}
    private = {"有休", "欠勤", "労働時間", "有休時間", "欠勤時間", "契約上の時間"}
    assert private <= everything
    assert private & on_paper == set()
    assert {"夜勤", "宿直", "公休", "土日祝"} <= on_paper


def test_a_comment_says_no_more_than_its_cell(tmp_path: Path) -> None:
    """Comments are seen on the screen alone; why somebody is absent is in none."""
    sheet, _path = front_of(tmp_path, with_absence(CARER))
    told = [c.comment.text for row in sheet.iter_rows() for c in row if c.comment]
    assert [text for text in told if "欠" in text] == ["欠勤"]


CONTENT_MODULE = "files/workbook/roster/content.py"
"""Where digests, and the documents of the manager's file, are put into workbooks."""


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of functions, and the module that makes it."""
    for path in sorted((ROOT / "scheduler").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield path.relative_to(ROOT / "scheduler").as_posix(), node


def test_the_whole_month_is_hidden_in_the_managers_file_alone() -> None:
    """Contracts, wishes and ledger: no other workbook carries them along."""
    assert {module for module, _call in calls("embed")} == {CONTENT_MODULE}
    sealed = [
        (module, call)
        for module, call in calls("seal", "save_sealed")
        if module != CONTENT_MODULE
    ]
    assert len({module for module, _call in sealed}) >= 6
    documents = {
        module: call.args[1]
        for module, call in sealed
        if ast.unparse(call.func) == "seal" and len(call.args) > 1
    }
    own = documents.pop("files/workbook/roster/write.py")
    assert isinstance(own, ast.Dict)
    assert {"'problem'", "'plan'"} <= {ast.unparse(key) for key in own.keys if key}
    assert not documents
    assert not any(
        keyword.arg == "documents"
        for _module, call in sealed
        for keyword in call.keywords
    )


def test_the_hidden_sheet_of_slips_has_a_digest_only(tmp_path: Path) -> None:
    """It tells whether somebody edited the file, and nothing else."""
    file = RosterFile(problem=PROBLEM, roster=PLAN, plan=PLAN)
    path = write_slips(file, NAMES, None, tmp_path / "a.xlsx")
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["個人票", SHEET]
    assert set(extract(workbook)) == {CONTENT}


def test_telephone_numbers_stand_on_no_page_of_a_roster(tmp_path: Path) -> None:
    """The phone list of a plan has them; slips have the number of the pay system."""
    staff = tuple(
        member.model_copy(update={"telephone": "090-1234-5678", "number": "A0012"})
        for member in PROBLEM.staff
    )
    problem = PROBLEM.model_copy(update={"staff": staff})
    file = RosterFile(problem=problem, roster=PLAN, plan=PLAN)
    path = write_roster(problem, PLAN, audit(problem, PLAN), tmp_path / "r.xlsx")
    book = load_workbook(path)
    pages = [sheet for sheet in book if sheet.title != SHEET]
    shown = [str(cell) for sheet in pages for row in sheet.values for cell in row]
    assert not any("1234" in text for text in shown)
    slip = everything_in(write_slips(file, [CARER], None, tmp_path / "a.xlsx"))
    assert "1234" not in slip
    assert "A0012" in slip

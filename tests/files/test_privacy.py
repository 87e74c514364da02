"""What is handed out or hung up names nobody else, and no reason of an absence."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.changes.as_worked import as_worked
from scheduler.audit.figures.pay import pay_months
from scheduler.audit.papers.statutory import Edition, TableSpan, statutory_tables
from scheduler.domain.advice import Reason
from scheduler.domain.record import RosterFile
from scheduler.domain.requests import Request
from scheduler.domain.roster import Change
from scheduler.domain.scenario import Revision, Scenario
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.actual.pay import pay_table, write_pay, write_pay_csv
from scheduler.files.handouts import calendar_of
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.embedded import CONTENT, SHEET, extract, save_sealed
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.write import build_wall_print, page_titles
from scheduler.files.workbook.statutory import build_tables
from scheduler.files.workbook.styles import PAPER_A3
from scheduler.files.workbook.wishes import build_wishes_form
from scheduler.rulebook import load
from scheduler.wording.reasons import own_reason_text, reason_text
from tests.support.busy_month import (
    CARER,
    FORMULA,
    MANAGER,
    NURSE,
    PLANNER,
    SISTER,
    busy_problem,
    busy_roster,
)
from tests.support.workbooks import write_slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.finding import Finding

ROOT = Path(__file__).parents[2]
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
        path = write_slips(file, [name], tmp_path / "a.xlsx")
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
    path = write_slips(with_absence(CARER), NAMES, tmp_path / "a.xlsx")
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


def wall_of(tmp_path: Path, file: RosterFile) -> tuple[Worksheet, Path]:
    """Write the roster workbook and return its wall sheet, with stored values."""
    findings = audit(file.problem, file.roster)
    path = write_roster(tmp_path / "r.xlsx", file.problem, file.roster, findings)
    return load_workbook(path, data_only=True)["掲示用"], path


def texts_of(sheet: Worksheet) -> list[str]:
    """Return all that stands in the cells of a sheet."""
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.value is not None]


def with_settings(**settings: bool) -> RosterFile:
    """Return the month of an office that posts what others keep to themselves."""
    office = PROBLEM.office
    own = office.settings.model_copy(update=settings)
    office = office.model_copy(update={"settings": own})
    problem = PROBLEM.model_copy(update={"office": office})
    return RosterFile(problem=problem, roster=PLAN, plan=PLAN)


def test_the_wall_shows_a_dash_for_an_absence(tmp_path: Path) -> None:
    """The manager's sheet says 欠, for it is read back; what is posted is a dash."""
    sheet, path = wall_of(tmp_path, with_absence(CARER))
    texts = texts_of(sheet)
    assert DASH in texts
    assert not any("欠" in text for text in texts)
    assert texts_of(load_workbook(path)["管理用"]).count("欠") == 1


def test_leave_hangs_on_the_wall_as_a_day_off(tmp_path: Path) -> None:
    """有 of the planner and the part-timer is 休; not even the totals tell it."""
    duties = [duty for duty in PLAN.duties if duty.off is OffKind.PAID_LEAVE]
    assert len(duties) == 2
    sheet, _path = wall_of(tmp_path, with_settings())
    texts = texts_of(sheet)
    assert not any("有" in text for text in texts)
    # The planner has four days off and one of leave: 休 five times.
    row = next(row for row in sheet.iter_rows() if row[0].value == PLANNER)
    shown = [cell.value for cell in row]
    assert shown[1:15].count("休") == 5
    assert shown[-2] == 5


def test_an_office_may_post_leave(tmp_path: Path) -> None:
    """Then 有 stands in the two cells, and is explained."""
    sheet, _path = wall_of(tmp_path, with_settings(wall_leave=True))
    assert texts_of(sheet).count("有") == 2


def test_wishes_are_marked_on_the_wall_only_if_switched_on(tmp_path: Path) -> None:
    """Granted ones are underlined then; 希 never stands there."""
    for switched in (False, True):
        sheet, path = wall_of(tmp_path, with_settings(wall_wishes=switched))
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert any(cell.font.underline for cell in cells) is switched
        assert not any("希" in text for text in texts_of(sheet) if len(text) < 3)
        path.unlink()


def test_hours_contracts_and_roles_are_not_on_the_wall(tmp_path: Path) -> None:
    """They stand on the manager's sheet, with room, margins and breaches."""
    sheet, path = wall_of(tmp_path, with_absence(CARER))
    wall = set(texts_of(sheet))
    front = set(texts_of(load_workbook(path)["管理用"]))
    private = {"有休", "欠勤", "労働時間", "有休時間", "欠勤時間", "契約上の時間"}
    roles = {"日管", "日管介", "日ケ介", "日介ケ"}
    assert private <= front
    assert roles & front
    assert (private | roles) & wall == set()
    assert not any(len(text) > 2 for text in symbols_of(sheet))


def symbols_of(sheet: Worksheet) -> list[str]:
    """Return the symbols of all people and dates."""
    rows = [row for row in sheet.iter_rows() if row[0].value in NAMES]
    assert len(rows) == len(NAMES)
    return [str(cell.value) for row in rows for cell in row[1:15] if cell.value]


def test_the_wall_has_no_comments(tmp_path: Path) -> None:
    """Comments tell of refused wishes and of what was before."""
    plan = PLAN.model_copy(update={"reasons": (refused(),)})
    file = RosterFile(problem=PROBLEM, roster=plan, plan=plan)
    sheet, path = wall_of(tmp_path, file)
    assert not any(cell.comment for row in sheet.iter_rows() for cell in row)
    front = load_workbook(path)["管理用"]
    assert any(cell.comment for row in front.iter_rows() for cell in row)


def test_all_other_pages_are_marked_as_not_to_be_posted(tmp_path: Path) -> None:
    """In the head of the print; the wall and the slips alone are without."""
    _sheet, path = wall_of(tmp_path, with_absence(CARER))
    unmarked = {
        sheet.title
        for sheet in load_workbook(path)
        if sheet.sheet_state == "visible"
        and "掲示しない" not in (sheet.oddHeader.right.text or "")
    }
    assert unmarked == {"掲示用", "個人票"}


CONTENT_MODULE = "files/workbook/embedded.py"
"""Where digests, and the documents of the manager's file, are put into workbooks."""


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of functions, and the module that makes it."""
    for path in sorted((ROOT / "scheduler").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text if any(name in text for name in names) else "")
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
    path = write_slips(file, NAMES, tmp_path / "a.xlsx")
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
    path = write_roster(tmp_path / "r.xlsx", problem, PLAN, audit(problem, PLAN))
    book = load_workbook(path)
    pages = [sheet for sheet in book if sheet.title != SHEET]
    shown = [str(cell) for sheet in pages for row in sheet.values for cell in row]
    assert not any("1234" in text for text in shown)
    slip = everything_in(write_slips(file, [CARER], tmp_path / "a.xlsx"))
    assert "1234" not in slip
    assert "A0012" in slip


TELEPHONE, WHY = "090-1234-5678", "腰痛で通院"


def told_of_everybody() -> RosterFile:
    """Return a month with telephones, an absence and its reason, and refused wishes."""
    file = with_absence(CARER)
    staff = tuple(
        member.model_copy(update={"telephone": TELEPHONE}) for member in PROBLEM.staff
    )
    absent = next(one for one in file.roster.duties if one.off is OffKind.ABSENT)
    before = PLAN.by_cell[CARER, absent.date]
    revision = Revision(
        version=2,
        accepted_at=ISSUED,
        scenario=Scenario(now=absent.date),
        changes=(Change(staff=CARER, date=absent.date, before=before, after=absent),),
        asked=(SISTER,),
        why=WHY,
    )
    update = {"revisions": (revision,), "reasons": (refused(),)}
    roster = file.roster.model_copy(update=update)
    problem = PROBLEM.model_copy(update={"staff": staff})
    return RosterFile(problem=problem, roster=roster, plan=roster)


def posted(tmp_path: Path, file: RosterFile) -> dict[str, str]:
    """Return all that stands on each page that hangs on the wall, by its name."""
    sheet, path = wall_of(tmp_path, file)
    headings = (sheet.oddHeader, sheet.oddFooter)
    around = [part.text for one in headings for part in (one.left, one.right)]
    pages = {"掲示用": "\n".join([*texts_of(sheet), *filter(None, around)])}
    path.unlink()
    for name, workbook in (
        ("PDF", build_wall_print(file, PAPER_A3)),
        ("form", build_wishes_form(file.problem, None)),
    ):
        path.write_bytes(bytes_of(workbook))
        pages[name] = everything_in(path)
    return pages


def test_nothing_private_is_posted(tmp_path: Path) -> None:
    """No telephone, no reason, no leave, no absence, no wish, on any page."""
    for name, text in posted(tmp_path, told_of_everybody()).items():
        secrets = [TELEPHONE, WHY, "欠", "希", *(["有"] if name != "form" else [])]
        assert [one for one in secrets if one in text.replace("希望", "")] == [], name
        assert CARER in text


def test_nothing_private_of_others_is_handed_out(tmp_path: Path) -> None:
    """Neither on the slip nor in the calendar of somebody else; nor of oneself why."""
    file = told_of_everybody()
    for name in NAMES:
        path = write_slips(file, [name], tmp_path / "a.xlsx")
        data = calendar_of(file.problem, file.roster, name, issued=ISSUED, plan=PLAN)
        texts = everything_in(path), data.decode("utf-8").replace("\r\n ", "")
        others = [one for one in NAMES if one not in (name, FORMULA)]
        for text in texts:
            found = [one for one in (TELEPHONE, WHY, *others) if one in text]
            assert found == []
        path.unlink()


def test_the_docs_say_of_every_page_what_it_holds() -> None:
    """A page that is new is not forgotten in the table."""
    told = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    missing = [title for title in page_titles() if title not in told]
    assert missing == []


def everything_written_for_others(tmp_path: Path, file: RosterFile) -> dict[str, str]:
    """Return all that stands in what the authority and the pay office get."""
    problem, roster = file.problem, file.roster
    plan = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
    book = build_tables(problem, plan, roster=roster)
    papers = save_sealed(book, tmp_path / "t.xlsx")
    months = pay_months(as_worked(file, None), as_planned=True)
    table = pay_table(problem, months)
    pay = write_pay(
        problem, table, tmp_path / "p.xlsx", edition="予定", alarms=(), notes=()
    )
    csv = write_pay_csv(problem, table, "予定", tmp_path / "p.csv")
    return {
        "papers": everything_in(papers),
        "pay": everything_in(pay),
        "csv": csv.read_text(encoding="utf-8-sig"),
    }


def test_what_leaves_the_house_has_no_wish_no_reason_and_no_telephone(
    tmp_path: Path,
) -> None:
    """Names, hours and leave by kind are asked for; more is nobody's business."""
    for name, text in everything_written_for_others(
        tmp_path, told_of_everybody()
    ).items():
        # A wish that was granted is 希 in the manager's cells, a day off here.
        found = [one for one in (TELEPHONE, WHY, "希", "problem") if one in text]
        assert found == [], name
        assert CARER in text


WRITERS = {
    "cli/papers.py": ("the office's own form", "希望記入用紙"),
    "files/actual/columns.py": ("打刻の列.toml",),
    "files/actual/record.py": ("実績.json",),
    "files/handouts.py": ("個人票", ".ics"),
    "files/wall_of_all.py": ("全事業所",),
    "files/rosters.py": ("掲示用", "根拠", "JSON"),
    "files/papers.py": ("`--wall-pdf`", "勤務形態一覧表"),
    "files/workbook/batch.py": ("まとめ",),
    "files/workbook/differences.py": ("`actual`", "予定と実績"),
    "files/actual/pay.py": ("給与用",),
    "files/workbook/forms/kept.py": ("様式のセル.toml",),
    "files/workbook/absence_map.py": ("absence map",),
    "files/workbook/roster/people.py": ("`room`",),
    "files/workbook/embedded.py": (),
    "files/workbook/roster/side_by_side.py": ("`scenarios`",),
    "files/workbook/wishes.py": ("input workbook",),
    "files/workbook/write_input.py": ("input workbook",),
    "files/years.py": ("record of the year",),
    "page/open_input.py": ("input workbook",),
    "page/screens/check.py": ("input workbook",),
    "page/screens/form.py": ("the office's own form",),
    "page/screens/papers.py": ("希望記入用紙",),
    "page/screens/stamps.py": ("ROSTER-実績.json",),
    "page/state.py": ("page.sqlite3",),
}
"""Every module that writes files for people, and the outputs of the table that it
writes; a new one needs a line there first."""

SAVING = {"save", "save_all", "Unsaved", "overwrite", "replace_file"}
"""What of `scheduler.files.saving` writes a file."""


MARKS_OF_WRITING = (
    *("scheduler.files.saving", "save_sealed"),
    *("write_bytes", "write_text", "sqlite3"),
)
"""Without any of these words a module writes nothing, and need not be parsed."""


def writes(path: Path) -> bool:
    """Tell whether a module saves a file or a database, however it imports that."""
    text = path.read_text(encoding="utf-8")
    if not any(word in text for word in MARKS_OF_WRITING):
        return False
    tree = list(ast.walk(ast.parse(text)))
    names = {
        one.asname or one.name
        for node in tree
        if isinstance(node, ast.ImportFrom) and node.module == "scheduler.files.saving"
        for one in node.names
        if one.name in SAVING
    } | {"save_sealed"}
    called = [node.func for node in tree if isinstance(node, ast.Call)]
    return any(
        (isinstance(one, ast.Name) and one.id in names)
        or (
            isinstance(one, ast.Attribute)
            and (
                one.attr in ("write_bytes", "write_text")
                or ast.unparse(one) == "sqlite3.connect"
            )
        )
        for one in called
    )


def test_whatever_writes_a_file_has_its_lines_in_the_docs() -> None:
    """A module that begins to write one fails here until the table has its line."""
    house = ROOT / "scheduler"
    found = {
        one.relative_to(house).as_posix() for one in house.rglob("*.py") if writes(one)
    }
    assert found == set(WRITERS)
    told = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    words = {word for own in WRITERS.values() for word in own}
    assert [word for word in sorted(words) if word not in told] == []

"""Writing a roster workbook: its sheets, in order, and when it has each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.domain.finding import Stance
from scheduler.domain.record import RosterFile
from scheduler.files.workbook.embedded import seal
from scheduler.files.workbook.fees import write_fees
from scheduler.files.workbook.package import measure_columns
from scheduler.files.workbook.roster.advice import (
    write_causes,
    write_hires,
    write_precheck,
    write_repairs,
)
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.breaks import write_breaks
from scheduler.files.workbook.roster.by_clock import write_overview, write_proof
from scheduler.files.workbook.roster.changes import (
    write_changes,
    write_phone_list,
    write_revisions,
)
from scheduler.files.workbook.roster.compliance import write_compliance, write_shortage
from scheduler.files.workbook.roster.fairness import write_fairness
from scheduler.files.workbook.roster.managers_sheet import write_managers_sheet
from scheduler.files.workbook.roster.people import (
    write_labour,
    write_room_page,
    write_users,
    write_wishes,
)
from scheduler.files.workbook.roster.scenarios import SCENARIOS, write_scenarios
from scheduler.files.workbook.roster.side_by_side import write_candidates, write_plans
from scheduler.files.workbook.roster.slip_cells import write_live_slips
from scheduler.files.workbook.roster.symbols import write_symbols, write_tables
from scheduler.files.workbook.roster.wall import write_wall, write_wall_print
from scheduler.files.workbook.roster.wall_frame import set_paper
from scheduler.files.workbook.sheet_writer import SheetWriter, WorkbookWriter
from scheduler.wording.advice import no_way_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.domain.actual import AsWorked

Write = Callable[[Book, SheetWriter], None]
When = Callable[[Book], bool]


def always(_book: Book) -> bool:
    """Return true: the condition of pages that every workbook has."""
    return True


def is_short(book: Book) -> bool:
    """Tell whether law, a pin, a must of the office or a contract is not kept."""
    stances = {finding.stance for finding in book.findings}
    return Stance.CONTRACT in stances or any(stance.is_hard for stance in stances)


def has_causes(book: Book) -> bool:
    """Tell whether the advice has causes, or shortages without a known cause."""
    advice = book.advice
    return bool(advice.sums or advice.causes or advice.unexplained)


def has_repairs(book: Book) -> bool:
    """Tell whether the advice has repairs, settings or help, or says why not."""
    advice = book.advice
    found = advice.repairs or advice.settings or advice.neighbours
    return bool(found or no_way_text(advice, advice.repairs))


PAGES: tuple[tuple[str, Write, When], ...] = (
    (N_("Wall sheet"), write_wall, always),
    (N_("Manager's sheet"), write_managers_sheet, always),
    (N_("Changes"), write_changes, lambda book: bool(book.plans)),
    (N_("Phone list"), write_phone_list, lambda book: bool(book.plans)),
    (N_("Plans side by side"), write_plans, lambda book: len(book.plans) > 1),
    (N_("Shortage"), write_shortage, is_short),
    (N_("Causes"), write_causes, has_causes),
    (N_("Repairs"), write_repairs, has_repairs),
    (N_("One more person"), write_hires, lambda book: bool(book.advice.hires)),
    (N_("Month at a glance"), write_overview, always),
    (N_("Room for guests"), write_room_page, lambda book: bool(book.rooms)),
    (N_("Fairness"), write_fairness, always),
    (N_("Wishes"), write_wishes, always),
    (N_("Candidates"), write_candidates, lambda book: len(book.candidates) > 1),
    (N_("Personal slips"), write_live_slips, always),
    (N_("Breaks, care hours"), write_breaks, always),
    (
        N_("Add-ons and deductions"),
        lambda book, out: write_fees(book.problem, book.roster, out),
        always,
    ),
    (
        N_("Record of changes"),
        write_revisions,
        lambda book: bool(book.roster.revisions),
    ),
    (SCENARIOS.title, write_scenarios, always),
)
"""Title, writer and condition of each page, in the order in which a manager needs them.

The manager's sheet and that of the breaks are read back.
"""

PROOF: tuple[tuple[str, Write, When], ...] = (
    (N_("Compliance"), write_compliance, always),
    (N_("Month at a glance"), write_overview, always),
    (N_("Proof by the clock"), write_proof, always),
    (N_("Labour law"), write_labour, always),
    (
        N_("Users' services"),
        write_users,
        lambda book: bool(book.problem.registrants),
    ),
    (N_("Precheck"), write_precheck, always),
)
"""The pages of the workbook for the inspection, likewise."""

POSTED = (N_("Wall sheet"), N_("Personal slips"))
"""Pages that are hung up or handed out; all others are marked as not to be posted."""


def build_workbook(book: Book) -> Workbook:
    """Return the workbook of a roster, unsaved."""
    writer = WorkbookWriter()
    measure_columns(writer.workbook)
    opened = _opened(writer, book, PAGES)
    # The sheets are created in their order before any is written; the tables come last
    # because drop-down lists are added while the others are written.
    write_symbols(writer.add(book.tables.sheet), book.tables, book.problem)
    for out, write in opened:
        write(book, out)
    write_tables(writer.add(book.tables.tables).sheet, book.tables, book.lists)
    seal(
        writer.workbook,
        {
            "labels": book.labels.model_dump_json(),
            "problem": book.problem.model_dump_json(),
            "plan": book.roster.model_dump_json(),
        },
        by_sheet=True,
    )
    return writer.workbook


def build_proof(book: Book) -> Workbook:
    """Return the workbook for the inspection, unsaved: proof and rules of a roster.

    Each sheet names the office, for proofs of several houses are alike.
    """
    writer = WorkbookWriter()
    for out, write in _opened(writer, book, PROOF):
        out.sheet.oddHeader.left.text = book.problem.office.name.replace("&", "&&")
        write(book, out)
    seal(writer.workbook)
    return writer.workbook


def build_wall_print(
    file: RosterFile, paper: int, month: AsWorked | None = None
) -> Workbook:
    """Return a workbook with the wall sheet alone, as values, set up for a paper.

    With the month as it was worked, what was worked stands on it, and the plan below.
    """
    made = file.roster if month is None else month.roster
    now = {"duties": made.duties, "on_call": made.on_call}
    writer = WorkbookWriter()
    measure_columns(writer.workbook)
    roster = file.plan.model_copy(update=now)
    out = writer.add(_("Wall sheet"))
    write_wall_print(Book(file.problem, roster, (), worked=month), out)
    set_paper(out.sheet, paper)
    return writer.workbook


def _opened(
    writer: WorkbookWriter, book: Book, wanted: Sequence[tuple[str, Write, When]]
) -> list[tuple[SheetWriter, Write]]:
    """Add the pages that a book has, in their order, each with its writer."""
    found = []
    for title, write, when in wanted:
        if when(book):
            out = writer.add(_(title))
            if title not in POSTED:
                out.sheet.oddHeader.right.text = _("Not to be posted")
            found.append((out, write))
    return found


def page_titles() -> tuple[str, ...]:
    """Return the titles of all pages that some workbook of a roster has, or had."""
    return tuple(_(title) for title, _write, _when in (*PAGES, *PROOF))

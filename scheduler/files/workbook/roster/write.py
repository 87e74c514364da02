"""Writing a roster workbook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.audit.figures.people import people
from scheduler.domain.finding import Stance
from scheduler.files.workbook.embedded import CONTENT, SHEETS, embed
from scheduler.files.workbook.roster.advice import (
    write_causes,
    write_hires,
    write_repairs,
)
from scheduler.files.workbook.roster.book import Book, Grid, Labels
from scheduler.files.workbook.roster.break_room import write_break_room
from scheduler.files.workbook.roster.breaks import write_breaks
from scheduler.files.workbook.roster.by_clock import write_overview, write_proof
from scheduler.files.workbook.roster.candidates import write_candidates
from scheduler.files.workbook.roster.changes import (
    write_changes,
    write_phone_list,
    write_revisions,
)
from scheduler.files.workbook.roster.compliance import write_compliance
from scheduler.files.workbook.roster.content import content_digest, sheet_digests
from scheduler.files.workbook.roster.fairness import write_fairness
from scheduler.files.workbook.roster.people import write_labour, write_wishes
from scheduler.files.workbook.roster.precheck import write_precheck
from scheduler.files.workbook.roster.room import write_room_page
from scheduler.files.workbook.roster.scenarios import write_scenarios
from scheduler.files.workbook.roster.shortage import write_shortage
from scheduler.files.workbook.roster.side_by_side import write_plans
from scheduler.files.workbook.roster.slip_book import write_live_slips
from scheduler.files.workbook.roster.symbol_sheet import (
    SymbolTables,
    write_symbols,
    write_tables,
)
from scheduler.files.workbook.scenario_columns import SCENARIOS
from scheduler.files.workbook.styles import Stylist
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.domain.room import Room


def build_workbook(
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    *,
    candidates: Sequence[RosterRecord] = (),
    plans: Sequence[Plan] = (),
    rooms: Sequence[Room] = (),
) -> Workbook:
    """Make the roster workbook, unsaved.

    ``candidates`` are all that were made, this one among them, to be compared, and
    ``plans`` the ways through the rest of a month, of which this is one.  ``rooms`` say
    how many more guests can come on each date.
    """
    workbook = Workbook()
    stylist = Stylist(workbook)
    labels = Labels.translated()
    front = workbook.active
    front.title = labels.roster
    pauses = workbook.create_sheet(labels.breaks)
    pages = {
        workbook.create_sheet(title): write
        for title, write in (
            *_plan_pages(plans),
            *(((_("Record of changes"), write_revisions),) if roster.revisions else ()),
            *(((_("Shortage"), write_shortage),) if _is_short(findings) else ()),
            *_advice_pages(roster),
            (_("Precheck"), write_precheck),
            (_("Month at a glance"), write_overview),
            *(((_("Room for guests"), write_room_page),) if rooms else ()),
            (_("Proof by the clock"), write_proof),
            (_("Compliance"), write_compliance),
            (_("Labour law"), write_labour),
            (_("Wishes"), write_wishes),
            (_("Fairness"), write_fairness),
            *(((_("Candidates"), write_candidates),) if len(candidates) > 1 else ()),
            (_("Personal slips"), write_live_slips),
            (_(SCENARIOS.title), write_scenarios),
        )
    }
    tables = SymbolTables(problem, roster)
    write_symbols(workbook, stylist, problem, tables)
    book = Book(
        workbook=workbook,
        stylist=stylist,
        problem=problem,
        roster=roster,
        findings=tuple(findings),
        months=people(problem, roster),
        labels=labels,
        grid=Grid(problem),
        tables=tables,
        lists=write_tables(workbook, tables),
        candidates=tuple(candidates),
        plans=tuple(plans),
        rooms=tuple(rooms),
    )
    write_break_room(book, front)
    write_breaks(book, pauses)
    for sheet, write in pages.items():
        write(book, sheet)
    embed(
        workbook,
        {
            "labels": labels.model_dump_json(),
            "problem": problem.model_dump_json(),
            "plan": roster.model_dump_json(),
            CONTENT: content_digest(workbook),
            SHEETS: json.dumps(sheet_digests(workbook), ensure_ascii=False),
        },
    )
    return workbook


def page_titles() -> tuple[str, ...]:
    """Return the titles of the pages that not every workbook has."""
    return (
        _("Changes"),
        _("Phone list"),
        _("Plans side by side"),
        _("Record of changes"),
        _("Shortage"),
        _("Causes"),
        _("Repairs"),
        _("One more person"),
        _("Room for guests"),
        _("Candidates"),
    )


def _is_short(findings: Iterable[Finding]) -> bool:
    """Tell whether law, a pin, a must of the office or a contract is not kept."""
    return any(
        finding.stance.is_hard or finding.stance is Stance.CONTRACT
        for finding in findings
    )


def _plan_pages(
    plans: Sequence[Plan],
) -> Iterator[tuple[str, Callable[[Book, Worksheet], None]]]:
    """Yield the pages on what a plan changes, and on those to choose from."""
    if plans:
        yield _("Changes"), write_changes
        yield _("Phone list"), write_phone_list
    if len(plans) > 1:
        yield _("Plans side by side"), write_plans


def _advice_pages(
    roster: RosterRecord,
) -> Iterator[tuple[str, Callable[[Book, Worksheet], None]]]:
    """Yield the pages on what is wrong and what would mend it, where it was found."""
    advice = roster.advice
    if advice is None:
        return
    if advice.causes or advice.unexplained:
        yield _("Causes"), write_causes
    if advice.repairs:
        yield _("Repairs"), write_repairs
    if advice.hires:
        yield _("One more person"), write_hires

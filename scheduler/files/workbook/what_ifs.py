"""The workbook that lays what-ifs side by side (もしも比較), the best plan of each."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from openpyxl import Workbook

from scheduler.files.saving import save
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster import is_untouched
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.roster.side_by_side import (
    LABEL,
    LABEL_WIDTH,
    NOTHING,
    VALUE,
    line,
    write_side_by_side,
)
from scheduler.files.workbook.roster.words import period_text
from scheduler.files.workbook.styles import HEAD, SATURDAY_INK, Stylist, print_setup
from scheduler.rulebook import load
from scheduler.wording.plans import claim_text, scenario_texts
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.scenario import Scenario

MOST_BESIDE = 4
"""What-ifs on one page that can be read on paper; further ones take further pages."""

WIDTH = 124
"""Characters that all what-ifs of a page share in A4 landscape."""
WIDEST = 46
"""Of a single one."""

WHAT = replace(VALUE, bold=True)
LINK = replace(LEFT, size=9, underline=True, ink=SATURDAY_INK)


class Answered(NamedTuple):
    """A what-if's plans, the least disturbing first, and their files."""

    plans: tuple[Plan, ...]
    files: tuple[Path, ...]

    @property
    def best(self) -> Plan:
        """Return the plan that disturbs least."""
        return self.plans[0]

    @property
    def scenario(self) -> Scenario:
        """Return what has happened in it."""
        return self.best.scenario


def write_what_ifs(answered: Sequence[Answered], problem: Problem, path: Path) -> Path:
    """Write the workbook that compares what-ifs of a roster.

    Parameters
    ----------
    answered
        In the order of the columns.
    problem
        The month as it was.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other, and
        one that is open, is left alone and the next free name taken.

    Returns
    -------
    Path
        Where the workbook stands.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    workbook = Workbook()
    stylist = Stylist(workbook)
    workbook.remove(workbook.active)
    pages = ceil(len(answered) / MOST_BESIDE)
    beside = ceil(len(answered) / pages)
    starts = range(0, len(answered), beside)
    for number, start in enumerate(starts, start=1):
        title = _("What-ifs") if len(starts) == 1 else _("What-ifs {number}")
        sheet = workbook.create_sheet(title.format(number=number))
        some = answered[start : start + beside]
        width = min(WIDEST, WIDTH / len(some))
        page = Page(stylist, sheet, (LABEL_WIDTH, *[width] * len(some)))
        _write(page, some, problem, path.parent)
    embed(workbook, {CONTENT: content_digest(workbook)})
    return save(writer_of(workbook), path, is_untouched)


def _write(
    page: Page, answered: Sequence[Answered], problem: Problem, folder: Path
) -> None:
    title = _("What-ifs side by side: {office}, {period}")
    page.title(
        title.format(office=problem.office.name, period=period_text(problem.period))
    )
    note = _(
        "Each what-if is planned by itself from the roster as it stood, and shown with "
        "the plan that disturbs least."
    )
    page.sentence(note, LEFT)
    page.row += 1
    heads = page.row
    page.line(
        ("", *(one.scenario.name for one in answered)), [HEAD] * (1 + len(answered))
    )
    happened = ["\n".join(scenario_texts(one.scenario, problem)) for one in answered]
    page.line((_("What happens"), *happened), (LABEL, *[WHAT] * len(answered)))
    line(
        page,
        _("May change from"),
        [date_text(one.scenario.now) for one in answered],
    )
    plans = [one.best for one in answered]
    claims = [claim_text(plan, 1) for plan in plans]
    write_side_by_side(page, plans, claims, load(problem.period))
    _files(page, answered, folder)
    page.sheet.freeze_panes = page.sheet.cell(heads + 1, 2)
    print_setup(page.sheet, title_rows=f"{heads}:{heads}")


def _files(page: Page, answered: Sequence[Answered], folder: Path) -> None:
    """Write where the plans are: a row for the best, one for each further one."""
    most = max(len(one.files) for one in answered)
    for place in range(most):
        links = [
            _link(one.files[place], folder) if place < len(one.files) else ""
            for one in answered
        ]
        label = _("Roster") if place == 0 else _("Another plan")
        row = page.row
        looks = [LINK if link else VALUE for link in links]
        page.line((label, *(link or NOTHING for link in links)), (LABEL, *looks))
        for column, link in enumerate(links, start=2):
            if link:
                # Relative, so that the folder may move; encoded as addresses are.
                page.sheet.cell(row, column).hyperlink = quote(link)


def _link(path: Path, folder: Path) -> str:
    return path.name if path.parent == folder else str(path)

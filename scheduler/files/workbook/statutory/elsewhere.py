"""The sheet of who works where else, and the office's organisation in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.fte import work_type
from scheduler.audit.papers.statutory.table import JOBS
from scheduler.domain.clock import HOUR
from scheduler.files.workbook.page import CENTRE, Page, TableColumn
from scheduler.files.workbook.styles import Look
from scheduler.wording.statutory import (
    JOB_TITLES,
    attached_texts,
    elsewhere,
    job_title,
    work_type_text,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.papers.statutory import StatutoryTable
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

WIDTHS = (18, 8, 24, 40, 34, 14)
HOURS = Look(size=9, number="0.00")


def write_elsewhere(problem: Problem, table: StatutoryTable, page: Page) -> None:
    """Fill the sheet."""
    page.widths(WIDTHS)
    page.title(_("Second jobs, and the organisation"))
    page.section(_("Who has a second job, here or elsewhere"))
    people = [one for one in problem.staff if len(one.roles) > 1 or one.works_elsewhere]
    if people:
        page.table(_columns(table), people)
    else:
        page.sentence(_("Nobody has a second job."))
    if any(one.works_elsewhere for one in people):
        page.listed(attached_texts(problem))
    page.section(_("Organisation"))
    page.listed(_organisation(problem))
    page.finish()


def _columns(table: StatutoryTable) -> tuple[TableColumn[StaffMember], ...]:
    def here(member: StaffMember) -> str:
        text = _("{job} {hours} h")
        return "、".join(
            text.format(
                job=job_title(member, row.job.role),
                hours=f"{row.job.worked / HOUR:.2f}",
            )
            for row in table.rows
            if row.job.staff == member.name
        )

    def other(member: StaffMember) -> str:
        return "、".join(elsewhere(member))

    def there(member: StaffMember) -> float | None:
        known = member.other_minutes
        return None if known is None else known / HOUR

    return (
        TableColumn(_("Name"), lambda one: one.name, Look(bold=True, across="left")),
        TableColumn(_("Form"), lambda one: str(work_type(one)), CENTRE),
        TableColumn(_("Form in words"), lambda one: work_type_text(work_type(one))),
        TableColumn(_("Jobs here, with hours"), here),
        TableColumn(
            _("Office and job elsewhere"), lambda one: "、".join(elsewhere(one))
        ),
        TableColumn(_("Hours elsewhere"), there, HOURS),
    )


def _organisation(problem: Problem) -> Iterator[str]:
    """Yield a line for each job: who leads, and who does what."""
    for role in JOBS:
        names = [one.name for one in problem.staff if role in one.roles]
        text = _("{job}: {names}")
        told = "、".join(names) or _("nobody")
        yield text.format(job=_(JOB_TITLES[role]), names=told)
    yield _(
        "The manager leads everybody in the office; the care manager makes the plans by"
        " which care and nursing staff work. An organisation chart is to be attached"
        " where your municipality asks for one (to be confirmed)."
    )

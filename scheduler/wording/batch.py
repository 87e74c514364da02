"""Results of a run over many offices, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scheduler.audit.figures.summary import BatchLine, BatchVerdict, Summary
from scheduler.domain.finding import LEVELS, Stance
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import file_left_text, name_of, people_text, stance_name
from scheduler.wording.times import date_text, hours_and_minutes
from scheduler.wording.translation import _
from scheduler.wording.verdict import amount_text, contracts_text, headline, proof_text


def counts_text(offices: Iterable[BatchLine]) -> str:
    """Write offices by verdict: 12事業所：適法 9、不足 2、入力の誤り 1."""
    counts = Counter(office.verdict for office in offices)
    pair = _("{verdict} {count}")
    parts = [
        pair.format(verdict=name_of(verdict), count=counts[verdict])
        for verdict in BatchVerdict
        if counts[verdict]
    ]
    text = _("Offices: {count} ({verdicts})")
    return text.format(count=counts.total(), verdicts="、".join(parts))


def missing_text(summary: Summary, level: Stance) -> str:
    """Write how much a roster is short on a level; ``0`` if nothing.

    On the level of contracts, preceded by the number of people whose are not kept.
    """
    totals = {total.level: total.value for total in summary.shortage.levels}
    text = amount_text(level, totals.get(level, 0))
    people = summary.kept.people
    if level is Stance.CONTRACT and people:
        return _("{people}, {amount}").format(
            people=people_text(len(people)), amount=text
        )
    return text


def nights_text(summary: Summary) -> str:
    """Write the fewest and most nights of a person; empty if nobody may work nights."""
    return "" if summary.nights is None else "–".join(map(str, summary.nights))


def fte_text(office: BatchLine) -> str:
    """Write the full-time equivalents in care and nursing; empty without a roster."""
    if office.figures is None:
        return ""
    return f"{office.figures.pool_tenths // 10}.{office.figures.pool_tenths % 10}"


def spare_text(office: BatchLine) -> str:
    """Write the fewest hours to spare by day, and on which date."""
    if office.figures is None:
        return ""
    spare, on = office.figures.spare, office.figures.spare_on
    hours = hours_and_minutes(abs(spare))
    return f"{'-' * (spare < 0)}{hours} {date_text(on)}"


def certainty_text(summary: Summary) -> str:
    """Write whether the roster is proven the best, on the level that matters.

    That is the first level that is short, or all levels if the roster is legal.
    """
    hard = [total for total in summary.shortage.levels if total.level.is_hard]
    if hard:
        return proof_text(hard[0])
    open_levels = {one.level for one in summary.levels if not one.is_proven}
    if not open_levels:
        return _("proven: no roster is better")
    names = [stance_name(level) for level in LEVELS if level in open_levels]
    return _("legal; not proven the best: {levels}").format(levels="・".join(names))


def remark_text(office: BatchLine) -> str:
    """Write the remark of an office beside its numbers; empty if there is none."""
    if office.mistakes:
        text = _("Mistakes: {count}. The first: {mistake}")
        first = mistake_text(office.mistakes[0])
        return text.format(count=len(office.mistakes), mistake=first)
    if office.error:
        return office.error
    if office.verdict is BatchVerdict.OUT_OF_TIME and office.summary is None:
        return _("No file was written. Give it more time (--time-limit).")
    remarks: list[str] = []
    if office.summary is not None:
        remarks += headline(office.summary.shortage)
        if office.summary.kept.people:
            remarks.append(contracts_text(office.summary.kept))
    if office.kept:
        remarks.append(file_left_text(office.kept))
    return " ".join(remarks)


def line_text(office: BatchLine) -> str:
    """Write the result of an office as one line."""
    text = _("{office}: {verdict}")
    line = text.format(
        office=office.name or office.source, verdict=name_of(office.verdict)
    )
    remark = remark_text(office)
    return f"{line} {remark}".rstrip()

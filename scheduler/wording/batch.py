"""Results of a run over many offices, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.summary import BatchLine, BatchVerdict, Summary
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.rulebook import load
from scheduler.wording.findings import finding_words
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import (
    duration_text,
    file_left_text,
    people_text,
    stance_name,
)
from scheduler.wording.times import date_text, hours_and_minutes, span_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import amount_text, contracts_text, headline, proof_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.advice import Loan
    from scheduler.domain.period import Period

VERDICTS = {
    BatchVerdict.LEGAL: N_("legal"),
    BatchVerdict.SHORT: N_("short"),
    BatchVerdict.BAD_INPUT: N_("bad input"),
    BatchVerdict.OUT_OF_TIME: N_("no roster in time"),
    BatchVerdict.STOPPED: N_("stopped"),
    BatchVerdict.NOT_WRITTEN: N_("not written"),
    BatchVerdict.LOST: N_("cluster gone"),
    BatchVerdict.FAULT: N_("fault"),
}


def verdict_name(verdict: BatchVerdict) -> str:
    """Return the name of an office's verdict."""
    return _(VERDICTS[verdict])


def counts_text(offices: Iterable[BatchLine]) -> str:
    """Write offices by verdict: 12事業所：適法 9、不足 2、入力の誤り 1."""
    counts = Counter(office.verdict for office in offices)
    pair = _("{verdict} {count}")
    told = [
        pair.format(verdict=verdict_name(verdict), count=counts[verdict])
        for verdict in BatchVerdict
        if counts[verdict]
    ]
    text = _("Offices: {count} ({verdicts})")
    return text.format(count=counts.total(), verdicts="、".join(told))


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
    told: list[str] = []
    if office.summary is not None:
        told += headline(office.summary.shortage)
        if office.summary.kept.people:
            told.append(contracts_text(office.summary.kept))
    if office.kept:
        told.append(file_left_text(office.kept))
    return " ".join(told)


def line_text(office: BatchLine) -> str:
    """Write the result of an office as one line."""
    text = _("{office}: {verdict}")
    told = text.format(
        office=office.name or office.source, verdict=verdict_name(office.verdict)
    )
    remark = remark_text(office)
    return f"{told} {remark}".rstrip()


def loans_heading() -> str:
    """Return what is told above the offers of help from other offices."""
    return _(
        "Help from the other offices. Each offer was checked with the rosters of both "
        "offices, and every two of different groups together. Take only one of a "
        "group; check again where you take more than two. Nobody was asked yet."
    )


def loan_texts(office: BatchLine) -> list[str]:
    """Write the offers of help to an office, a sentence each."""
    texts = []
    for told in loan_words(office):
        text = _("{when}: {who} of {lender}. Mends: {mends}. Asks: {asks}.")
        if told.group:
            text = _(
                "{when}: {who} of {lender}. Mends: {mends}. Asks: {asks}. One of these:"
                " {group}."
            )
        texts.append(text.format(**told._asdict()))
    return texts


class LoanWords(NamedTuple):
    """An offer of help in parts."""

    when: str
    """Date, clock times and symbol."""
    who: str
    lender: str
    mends: str
    """What is not broken any more, or less."""
    asks: str
    """What is asked of the person and their office."""
    group: str
    """Of which offers only one can be taken: 組1; empty if there are no others."""


def loan_words(office: BatchLine) -> list[LoanWords]:
    """Write the offers of help to an office in parts."""
    period = office.period
    return [] if period is None else [_in_parts(loan, period) for loan in office.loans]


def _in_parts(loan: Loan, period: Period) -> LoanWords:
    when = f"{date_text(loan.date)} {span_text(loan.span)} ({loan.shift})"
    mends = "、".join(dict.fromkeys(_what(one, period) for one in loan.mends))
    if loan.left:
        left = dict.fromkeys(_what(one, period) for one in loan.left)
        text = _("{what}; left after it: {left}")
        mends = text.format(what=mends, left="、".join(left))
    if loan.instead_of:
        text = _("leaves {shift} in the own office, which breaks nothing more by it")
        asks = [text.format(shift=loan.instead_of)]
    else:
        asks = [_("gives up a day off: consent is needed")]
    asks += dict.fromkeys(
        _("contract: {what}").format(what=_what(one, period)) for one in loan.contract
    )
    travel = duration_text(loan.travel)
    asks.append(_("travel between the offices {travel}").format(travel=travel))
    group = _("group {number}").format(number=loan.group) if loan.group else ""
    return LoanWords(when, loan.staff, loan.lender, mends, "、".join(asks), group)


def _what(finding: Finding, period: Period) -> str:
    """Write what is broken, when, and by how much."""
    when, _who, what, sides, _source = finding_words(finding, load(period))
    return " ".join(filter(None, (when, what, sides)))

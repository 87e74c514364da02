"""Verdicts in words: of a roster (判定), with its shortages and deductions; of a batch.

Screen, page and files use the same words.  Only what is proven is called proven, and
words on deductions claim no certainty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.audit.figures.summary import BatchLine, BatchVerdict, Kept, Summary
from scheduler.audit.papers.deductions import Cost
from scheduler.audit.papers.shortage import LevelTotal, Shortage
from scheduler.domain.finding import LEVELS, Stance
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import (
    NAMES,
    file_left_text,
    name_of,
    people_text,
    stance_name,
    yen_text,
)
from scheduler.wording.reasons import level_text
from scheduler.wording.times import date_text, hours_and_minutes, month_text
from scheduler.wording.translation import _, pgettext

SHOWN = 5
"""Most people named in the line; of more, only the number is written."""


def verdict_text(kept: Kept) -> str:
    """Write whether law and musts are kept, and how many people's contracts are not."""
    parts = (hard_text(kept), contracts_text(kept))
    return " ".join(part for part in parts if part)


def verdict_line(kept: Kept) -> str:
    """Write the verdict with its heading: 判定: …."""
    return _("Verdict: {verdict}").format(verdict=verdict_text(kept))


def summary_texts(summary: Summary) -> Iterator[str]:
    """Yield the sentences that sum a roster up.

    They say whether law, musts and contracts are kept, how many wishes are granted and
    guidelines missed, and how nights are spread.
    """
    yield verdict_line(summary.kept)
    if summary.wishes_asked:
        text = _("Wishes granted: {granted} of {asked}.")
        yield text.format(granted=summary.wishes_granted, asked=summary.wishes_asked)
    left = {one.level: one.count for one in summary.remaining}
    if Stance.GUIDELINE in left:
        text = _("The office's guidelines are not kept in {count} places.")
        yield text.format(count=left[Stance.GUIDELINE])
    elif Stance.GUIDELINE in {outcome.level for outcome in summary.levels}:
        yield _("Every guideline of the office is kept.")
    if summary.nights is not None:
        least, most = summary.nights
        text = _("Nights of a person: from {least} to {most}.")
        if least == most:
            text = _("Nights of a person: {most} each.")
        yield text.format(least=least, most=most)


def hard_text(kept: Kept) -> str:
    """Write whether law and musts are kept; everybody's contract, too, if it is."""
    if kept.is_legal and kept.people:
        return _("Law and every must of the office are kept.")
    if kept.is_legal:
        return _("Law, every must of the office and everybody's contract are kept.")
    texts = NAMES["broken"]
    parts = (_(texts[kind]).format(count=kept.broken[kind]) for kind in kept.broken)
    return _("NOT kept everywhere: {what}.").format(what="、".join(parts))


def contracts_text(kept: Kept) -> str:
    """Write whose contracts are not kept; empty if the roster is legal and all are."""
    if not kept.people:
        return "" if kept.is_legal else _("Everybody's contract is kept.")
    text = _("Contracts NOT kept: {people}.")
    if len(kept.people) <= SHOWN:
        text = _("Contracts NOT kept: {people} ({names}).")
    names = "、".join(kept.people)
    return text.format(people=people_text(len(kept.people)), names=names)


def headline(shortage: Shortage) -> Iterator[str]:
    """Yield a sentence for each level of law, pins and musts that is short."""
    for total in shortage.levels:
        if total.level.is_hard:
            yield level_sentence(total)
    if shortage.beyond_rosters:
        yield _(
            "No roster mends {count} of the findings: the staff list or the forecast"
            " decides them."
        ).format(count=len(shortage.beyond_rosters))
    kept = sum(gap.finding.stance is Stance.ENFORCED for gap in shortage.gaps)
    if kept:
        yield _(
            "Rules that are always kept are broken in {count} places, by last month's"
            " end or by hand."
        ).format(count=kept)


def fee_lines(shortage: Shortage) -> Iterator[str]:
    """Yield lines on deductions of the fee; none if no standard is broken."""
    if shortage.cost is not None:
        yield from cost_lines(shortage.cost)
    elif shortage.breaks_standard:
        yield _(
            "No deduction by the thresholds known to this program, but the standard is"
            " broken."
        )
        yield thresholds_text()


def level_sentence(total: LevelTotal) -> str:
    """Write how much a roster is short on a level, and the least possible."""
    facts = {
        "level": stance_name(total.level),
        "falls_short": _falls_short(total.level, total.value),
        "at_least": _falls_short(total.level, total.least or 0),
    }
    if total.least is None:
        text = _("{level}: this roster {falls_short}.")
    elif total.is_least:
        text = _(
            "{level}: even the best possible roster {at_least}, which is proven; this"
            " one {falls_short}."
        )
    elif not total.least:
        text = _(
            "{level}: this roster {falls_short}; whether one exists that does not was"
            " not found out in time."
        )
    elif total.is_certain:
        text = _(
            "{level}: every possible roster, which is proven, {at_least} or more; this"
            " one {falls_short}."
        )
    else:
        text = _(
            "{level}: by the search, which was not confirmed, every roster {at_least}"
            " or more; this one {falls_short}."
        )
    remarks = (_times_note(total), condition_text(total))
    return " ".join([text.format(**facts), *filter(None, remarks)])


def _times_note(total: LevelTotal) -> str:
    """Write that a missed time or day counts as a full day; empty on other levels."""
    if total.level not in (Stance.MUST, Stance.CONTRACT):
        return ""
    return _("(In this sum a missed time or day stands for a full day.)")


def proof_text(total: LevelTotal) -> str:
    """Write in few words whether the least possible shortage is proven."""
    if total.least is None:
        return _("not searched")
    if total.is_least:
        return _("proven: no roster is better")
    if not total.least:
        return _("not known whether it can be avoided")
    if total.is_certain:
        return _("proven as a lower bound; the best may lie between")
    return _("lower bound of the search, not confirmed")


def condition_text(total: LevelTotal) -> str:
    """Write the condition on which the least shortage holds; empty if there is none."""
    if not total.least or not total.above:
        return ""
    above = "・".join(stance_name(level) for level in total.above)
    return _("(as long as this stays as it is here: {levels})").format(levels=above)


def amount_text(level: Stance, amount: int) -> str:
    """Write an amount of a level: changed cells, or time summed over people."""
    if level is Stance.PINNED or not amount:
        return level_text(level, amount)
    return _("{duration} of work").format(duration=level_text(level, amount))


def _falls_short(level: Stance, amount: int) -> str:
    """Write by how much a level is broken or short, with the verb."""
    text = _("breaks {amount}") if level is Stance.PINNED else _("is short by {amount}")
    return text.format(amount=amount_text(level, amount))


def cost_lines(cost: Cost) -> Iterator[str]:
    """Yield lines on the cost of deductions: how much, from when, how certain."""
    text = _("Deduction at risk ({rules}): {percent} % of the base fee of everybody")
    titles = "・".join(pgettext("rule", title) for title in cost.titles)
    amount = text.format(rules=titles, percent=cost.percent)
    if cost.yen is None:
        yield amount
    else:
        most = _("{amount}, at most about {yen} a month")
        yield most.format(amount=amount, yen=yen_text(cost.yen))
    yield _from_when(cost)
    if cost.yen is None:
        yield _("With “Fees of a month” filled in (sheet of the office), it is in yen.")
    else:
        yield _(
            "The estimate takes the percentage off all fees of a month; in fact it is"
            " taken off the base fee alone, so the loss is likely smaller."
        )
    if not cost.of_one_month:
        yield _(
            "Deductions are judged by the calendar month; these are the figures of the"
            " roster's dates, which are none."
        )
    if cost.to_be_confirmed:
        yield thresholds_text()


def thresholds_text() -> str:
    """Write whom to ask, as most lines on deductions are not certain."""
    return _(
        "Thresholds and dates of deductions are not confirmed: ask the municipality."
    )


def _from_when(cost: Cost) -> str:
    if cost.first_month is None:
        return _("From when, the sources at hand do not say: ask the municipality.")
    if cost.mend_by is None:
        text = _("From {month} on, for at least one month, until it is mended.")
        return text.format(month=month_text(cost.first_month))
    text = _(
        "From {month} on, for at least one month, until it is mended; averted if it"
        " is mended by {date}."
    )
    return text.format(month=month_text(cost.first_month), date=date_text(cost.mend_by))


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
    if office.together:
        names = "、".join(office.together)
        remarks.append(_("Planned together with {names}.").format(names=names))
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

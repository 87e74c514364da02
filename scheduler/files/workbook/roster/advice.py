"""Pages on a month short of people: 事前チェック, 原因, 解決策 and 増員の効果.

The sums of the precheck depend on the input only.  Causes are the conditions that force
a shortage, repairs resolve it, and the page on hiring one more person is for the owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from scheduler.domain.advice import Repair
from scheduler.domain.homes import homes
from scheduler.domain.precheck import Verdict
from scheduler.domain.roster import Roster
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter
from scheduler.files.workbook.styles import CENTRE, LEFT, Fill, Ink, Look
from scheduler.precheck import precheck
from scheduler.wording.advice import (
    entering_loans_text,
    hire_figures,
    hire_name,
    hires_note,
    in_all_texts,
    lent_text,
    loan_words,
    no_loss_text,
    no_way_text,
    settings_texts,
    verdict_text,
)
from scheduler.wording.causes import (
    able_text,
    broken_text,
    conditions,
    force_text,
    given_text,
    told_causes,
    unexplained_texts,
)
from scheduler.wording.names import first_of, name_of, sheet_note
from scheduler.wording.places import in_house
from scheduler.wording.precheck import MARKS, headline, line_text, verdict_name
from scheduler.wording.repairs import (
    EditedCell,
    change_texts,
    changes,
    claim_text,
    enough_text,
    entering_text,
    remaining_texts,
    repair_name,
    side_effects,
    step_texts,
)
from scheduler.wording.translation import _

COLUMNS = (4, 13, 108)

LOOKS = {
    Verdict.IMPOSSIBLE: replace(CENTRE, fill=Fill.SHORT, ink=Ink.ALARM, bold=True),
    Verdict.TIGHT: replace(CENTRE, fill=Fill.WISH),
    Verdict.FINE: replace(CENTRE, fill=Fill.GOOD),
}
SENTENCE = replace(LEFT, size=9)


def write_precheck(book: Book, out: SheetWriter) -> None:
    """Fill the page of the precheck."""
    lines = precheck(book.problem)
    out.title(_("What the input adds up to, before any search"), COLUMNS)
    worst = min((line.verdict for line in lines), key=tuple(Verdict).index)
    look = replace(LOOKS[worst], bold=True, size=11, across="left")
    out.sentence(headline(lines), look)
    out.sentence(sheet_note("precheck"), LEFT)
    for topic, own in groupby(lines, key=lambda line: line.topic):
        out.section(name_of(topic))
        for line in own:
            mark = LOOKS[line.verdict]
            out.line(
                (MARKS[line.verdict], verdict_name(line), line_text(line)),
                (mark, mark, SENTENCE),
            )
    out.finish()


CAUSE_COLUMNS = (5, 96, 19)
BROKEN = replace(LEFT, size=10, bold=True, ink=Ink.ALARM)
BEHIND = replace(LEFT, ink=Ink.SOFT)
YIELDS = replace(CENTRE, fill=Fill.WISH)
FIRM = replace(CENTRE, fill=Fill.BAND)


def write_causes(book: Book, out: SheetWriter) -> None:
    """Fill the page of causes: the conditions that together force each shortage."""
    advice, rulebook = book.advice, book.rulebook
    problem, _roster, findings = book.advised
    out.title(_("Why it cannot be kept"), CAUSE_COLUMNS)
    note = sheet_note("causes")
    out.sentence(" ".join((note, given_text(advice))).strip())
    if advice.sums:
        out.section(_("What the sums of the input show by themselves"))
    for line in advice.sums:
        out.sentence(line_text(line), BROKEN)
    causes = told_causes(advice, rulebook, problem)
    for number, cause in enumerate(causes, start=1):
        out.section(_("Cause {number}").format(number=number))
        out.sentence(broken_text(cause, findings, rulebook, problem), BROKEN)
        out.sentence(force_text(cause))
        told = conditions(cause, rulebook, problem)
        if told:
            what = _("Conditions that together force it")
            out.headings(("", what, _("Can give way")))
        for place, one in enumerate(told, start=1):
            word = _("by agreement") if one.can_yield else _("fixed")
            mark = YIELDS if one.can_yield else FIRM
            out.line((place, one.text, word), (CENTRE, LEFT, mark))
        able = able_text(cause, problem)
        if able:
            out.sentence(able, BEHIND)
    texts = unexplained_texts(advice, findings, rulebook, problem)
    if texts:
        out.section(_("No cause was found in time for"))
    for text in texts:
        out.sentence(text)
    out.finish()


REPAIR_COLUMNS = (22, 48, 16, 46)
ENOUGH = Look(size=11, bold=True, fill=Fill.GOOD, across="left", wrap=True)
REPAIR = replace(LEFT, bold=True, fill=Fill.BAND, down="top")
STEPS = replace(LEFT, size=9.5, bold=True, down="top")
BOXES = replace(STEPS, bold=False)
BESIDES = replace(LEFT, down="top")
WORSE = replace(BESIDES, fill=Fill.SHORT)

MOST_WISHES = 6
MOST_CHANGES = 12
"""Most wishes and changed cells that are listed; of the others, the number is given."""


def write_repairs(book: Book, out: SheetWriter) -> None:
    """Fill the page of repairs, each of which is sufficient.

    A repair is one row, so that no page break divides it.
    """
    out.title(_("What would make the month legal"), REPAIR_COLUMNS)
    settings = tuple(settings_texts(book.advice))
    for place, text in enumerate(settings):
        out.sentence(f"□ {text}" if place else text, LEFT if place else ENOUGH)
    if none := no_way_text(book.advice, book.advice.repairs):
        out.sentence(none, BROKEN)
        if short := in_all_texts(book.advised.findings, book.rulebook):
            out.section(_("People are missing in all:"))
        for text in short:
            out.sentence(text)
    heads = 0
    if book.advice.repairs:
        out.sentence(enough_text(book.advice), ENOUGH)
        out.sentence(entering_text(book.advice))
        heads = out.skip()
        _table_of_repairs(book, out)
    _write_loans(book, out)
    out.finish(0 if book.advice.loans else heads)


def _table_of_repairs(book: Book, out: SheetWriter) -> None:
    agreed, besides = _("Who agreed, and when"), _("What else changes")
    out.headings((_("Repair"), _("What to do"), agreed, besides))
    has_begun = bool(book.advice.since)
    for number, repair in enumerate(book.advice.repairs, start=1):
        claim = claim_text(repair, number, has_begun=has_begun)
        steps = step_texts(repair, book.rulebook, book.advised.problem)
        besides = "\n".join(_effects(book, repair))
        out.line(
            (
                f"{repair_name(number)}\n{claim}",
                _numbered(steps),
                _boxes(steps),
                besides,
            ),
            (REPAIR, STEPS, BOXES, WORSE if repair.remaining else BESIDES),
        )


def _write_loans(book: Book, out: SheetWriter) -> None:
    """Write who of other offices could come, an offer a row."""
    advice = book.advice
    if not advice.neighbours:
        return
    out.section(_("Help from other offices"))
    out.sentence(lent_text(advice))
    if not advice.loans:
        return
    out.sentence(entering_loans_text(advice))
    out.row += 1
    mends, agreed = _("What it mends"), _("Who agreed, and when")
    out.headings((_("Who, and when"), mends, agreed, _("What it asks")))
    words = loan_words(advice.loans, book.advised.problem.period)
    for loan, told in zip(advice.loans, words, strict=True):
        text = _("{who} of {lender}").format(who=told.who, lender=told.lender)
        who = in_house(loan.house, f"{told.when}\n{text}")
        if told.group:
            who += f"\n{told.group}"
        out.line((who, told.mends, "□", told.asks), (REPAIR, STEPS, BOXES, BESIDES))


def _none_lost(repair: Repair) -> str:
    """Return that no wish is lost, and how that was found if by a whole search."""
    return no_loss_text(repair) if repair.full_search else _("none")


def _boxes(steps: Sequence[str]) -> str:
    """Return a box to tick for each step, with room for a name."""
    if len(steps) == 1:
        return "□"
    return "\n".join(f"□ {place}." for place in range(1, len(steps) + 1))


def _effects(book: Book, repair: Repair) -> Iterator[str]:
    """Yield the lines on what else a repair changes: a label, then its entries."""
    told = side_effects(repair, has_begun=book.advice.since is not None)
    lost, won = (first_of(texts, MOST_WISHES) for texts in (told.lost, told.won))
    # Before the month has begun the whole roster is made again with the repair.
    changed = () if repair.full_search else _changes(book, repair)
    for label, texts in (
        (_("Still broken"), remaining_texts(repair, book.rulebook)),
        (_("Wishes lost"), lost or (_none_lost(repair),)),
        (_("Wishes won"), won),
        (_("Evenness"), told.evenness),
        (
            _("Cells that change: {count}").format(count=len(changed)),
            change_texts(changed, MOST_CHANGES),
        ),
    ):
        if texts:
            yield _("[{label}]").format(label=label)
            yield from texts


def _changes(book: Book, repair: Repair) -> tuple[EditedCell, ...]:
    """Return the cells that a repair changes on the book's own sheets."""
    whole = book.advised.problem
    for home in homes(whole):
        if home.problem.office.name == book.problem.office.name:
            effects = repair.effects
            seen = home.roster(Roster(duties=effects.duties, on_call=effects.on_call))
            own = effects.model_copy(
                update={"duties": seen.duties, "on_call": seen.on_call}
            )
            told = repair.model_copy(update={"effects": own})
            return changes(told, book.problem, book.roster)
    return ()


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))


HIRE_COLUMNS = (42, 10, 10, 10, 10, 10, 10, 8, 8, 17)
NAME = replace(LEFT, bold=True, size=10)
VALUE = replace(CENTRE, size=9, shrink=True, wrap=False)
BEFORE = replace(VALUE, fill=Fill.BAND)


def write_hires(book: Book, out: SheetWriter) -> None:
    """Fill the page on hiring one more person: figures before and after."""
    out.title(_("What one more person would bring"), HIRE_COLUMNS)
    out.sentence(hires_note())
    out.sentence(_("Green: nothing is missing any more. Blue: less than before."))
    out.row += 1
    figures = [(hire, hire_figures(hire)) for hire in book.advice.hires]
    bands = [one.heading for one in figures[0][1]]
    out.bands(bands, span=2, after=1)
    times = (_("now"), _("then"))
    out.headings((_("Who"), *times * len(bands), _("Law and musts")))
    for hire, own in figures:
        values: list[Entry] = [hire_name(hire)]
        looks = [NAME]
        for _heading, before, after, text in own:
            values += (text(before), text(after))
            looks += (BEFORE, _after(before, after))
        out.line((*values, verdict_text(hire)), (*looks, VALUE))
    out.finish()


def _after(before: int, after: int) -> Look:
    """Return the look of a value, highlighted if it is less than before."""
    if after >= before:
        return VALUE
    return replace(VALUE, bold=True, fill=Fill.SURPLUS if after else Fill.GOOD)

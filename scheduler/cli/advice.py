"""The advice on a month as text for the terminal and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.audit import audit
from scheduler.cli.screen import table
from scheduler.cli.session import worded
from scheduler.domain.advice import Advice, Cause, Repair
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.rulebook import Rulebook
from scheduler.wording.advice import (
    HireFigure,
    hire_figures,
    hire_name,
    hires_note,
    in_all_texts,
    lent_text,
    loan_texts,
    no_loss_text,
    no_way_text,
    settings_texts,
    unsettled_text,
    verdict_text,
)
from scheduler.wording.causes import (
    able_text,
    broken_text,
    conditions,
    force_text,
    told_causes,
    unexplained_texts,
)
from scheduler.wording.names import first_text, name_of
from scheduler.wording.places import in_house
from scheduler.wording.precheck import line_text, mend_text
from scheduler.wording.repairs import (
    changes,
    claim_text,
    enough_text,
    remaining_texts,
    repair_name,
    side_effects,
    step_texts,
)
from scheduler.wording.translation import _

MOST_CONDITIONS = 4
"""Conditions of a cause that are listed; the page in the workbook has them all."""
MOST_WISHES = 3
"""Wishes named in a line; only the number of further ones is given."""


def advice_text(problem: Problem, roster: RosterRecord, rulebook: Rulebook) -> str:
    """Return a roster's advice as text: causes and effects in short, repairs in full.

    Blocks are separated by blank lines; the text is empty if there is no advice.
    """
    if roster.advice is None:
        return ""
    told = _AdviceText(problem, roster, rulebook, roster.advice)
    blocks = (
        filter(None, [unsettled_text(roster.advice)]),
        told.settings(),
        told.causes(),
        told.repairs(),
        told.loans(),
        told.hires(),
        told.left_out(),
    )
    return "\n\n".join("\n".join(block) for block in map(list, blocks) if block)


def advice_data(
    problem: Problem, roster: RosterRecord, rulebook: Rulebook
) -> dict[str, Any] | None:
    """Return a roster's advice as JSON data, with the text of each part."""
    if roster.advice is None:
        return None
    return _AdviceText(problem, roster, rulebook, roster.advice).data()


class _AdviceText:
    """The texts of one roster's advice."""

    def __init__(
        self, problem: Problem, roster: RosterRecord, rulebook: Rulebook, advice: Advice
    ) -> None:
        self._problem = problem
        self._roster = roster
        self._rulebook = rulebook
        self._advice = advice
        self._findings: tuple[Finding, ...] = tuple(audit(problem, roster))

    def settings(self) -> Iterator[str]:
        """Yield the lines on settings to change."""
        for place, text in enumerate(settings_texts(self._advice)):
            yield f"  - {text}" if place else text

    def causes(self) -> Iterator[str]:
        """Yield the sums that say why, then two or three lines for each cause."""
        causes = told_causes(self._advice, self._rulebook, self._problem)
        sums = self._advice.sums
        if causes or sums:
            yield _("Why it cannot be kept:")
        for number, line in enumerate(sums, start=1):
            yield f"{number}. {line_text(line)}"
        for number, cause in enumerate(causes, start=len(sums) + 1):
            yield f"{number}. {self._broken(cause)}"
            yield f"   {self._conditions(cause)}"
            able = able_text(cause, self._problem)
            if able:
                yield f"   {able}"
        given = self._advice, self._findings, self._rulebook, self._problem
        for text in unexplained_texts(*given):
            yield _("- no cause was found in time for: {what}").format(what=text)

    def repairs(self) -> Iterator[str]:
        """Yield the lines on repairs."""
        found = self._advice.repairs
        if found:
            yield enough_text(self._advice)
        if none := no_way_text(self._advice, found):
            yield none
            if short := in_all_texts(self._findings, self._rulebook):
                yield _("People are missing in all:")
            yield from (f"  - {text}" for text in short)
        for number, repair in enumerate(found, start=1):
            yield from self._repair(number, repair)

    def loans(self) -> Iterator[str]:
        """Yield the lines on help from other offices."""
        if self._advice.neighbours:
            yield lent_text(self._advice)
        for text in loan_texts(self._advice.loans, self._problem.period):
            yield f"  - {text}"

    def hires(self) -> Iterator[str]:
        """Yield the lines on hiring one more person."""
        if not self._advice.hires:
            return
        yield _("What one more person would bring:")
        figures = [(hire, hire_figures(hire)) for hire in self._advice.hires]
        names = (one.heading for one in figures[0][1])
        rows = [
            (hire_name(hire), *map(_before_and_after, own), verdict_text(hire))
            for hire, own in figures
        ]
        yield table([(_("Who"), *names, _("Law and musts")), *rows])
        yield hires_note()

    def left_out(self) -> Iterator[str]:
        """Yield the line on the parts left out for lack of time."""
        if self._advice.left_out:
            parts = "、".join(map(name_of, self._advice.left_out))
            text = _("Not looked for, as time was up or it was stopped: {parts}")
            yield text.format(parts=parts)

    def data(self) -> dict[str, Any]:
        """Return the advice as JSON data, with texts beside the values."""
        problem, rulebook = self._problem, self._rulebook
        return {
            "sums": [worded(one, text=line_text(one)) for one in self._advice.sums],
            "causes": [
                worded(
                    cause,
                    text=self._broken(cause),
                    texts=[one.text for one in conditions(cause, rulebook, problem)],
                )
                for cause in self._advice.causes
            ],
            "unexplained": self._advice.unexplained,
            "repairs": [
                worded(
                    repair,
                    name=repair_name(number),
                    is_cheapest=repair.is_cheapest,
                    texts=list(step_texts(repair, rulebook, problem)),
                )
                for number, repair in enumerate(self._advice.repairs, start=1)
            ],
            "neighbours": self._advice.neighbours,
            "loans": [
                worded(loan, text=text)
                for loan, text in zip(
                    self._advice.loans,
                    loan_texts(self._advice.loans, problem.period),
                    strict=True,
                )
            ],
            "settings": [
                worded(change, text=in_house(change.house, mend_text(change.mend)))
                for change in self._advice.settings
            ],
            "unsettled": list(self._advice.unsettled),
            "asks_too_much": self._advice.asks_too_much,
            "left_out": list(self._advice.left_out),
            "ended": list(self._advice.ended),
            "hires": [
                worded(hire, text=hire_name(hire)) for hire in self._advice.hires
            ],
        }

    def _broken(self, cause: Cause) -> str:
        return broken_text(cause, self._findings, self._rulebook, self._problem)

    def _conditions(self, cause: Cause) -> str:
        told = conditions(cause, self._rulebook, self._problem)
        # Conditions that can be given up come first: managers look for these.
        in_order = sorted(told, key=lambda one: not one.can_yield)
        texts = [one.text for one in in_order]
        if not texts:
            return force_text(cause)
        if cause.irreducible and len(cause.spots) > 1:
            text = _(
                "forced by all of these (any one given up opens one of them): {it}"
            )
        elif cause.irreducible:
            text = _("forced by all of these (any one given up opens it): {it}")
        else:
            text = _("forced by these (perhaps not all are needed): {it}")
        return text.format(it=first_text(texts, MOST_CONDITIONS, _("; ")))

    def _repair(self, number: int, repair: Repair) -> Iterator[str]:
        yield _("{repair} ({claim})").format(
            repair=repair_name(number),
            claim=claim_text(repair, number, has_begun=bool(self._advice.since)),
        )
        for step in step_texts(repair, self._rulebook, self._problem):
            yield f"  - {step}"
        effects = _("; ").join(self._effects(repair))
        yield "  " + _("besides: {effects}").format(effects=effects)
        for text in remaining_texts(repair, self._rulebook):
            yield "  " + _("still broken: {what}").format(what=text)

    def _effects(self, repair: Repair) -> Iterator[str]:
        lost, won, evenness = side_effects(
            repair, has_begun=self._advice.since is not None
        )
        if lost:
            yield _("wishes lost {wishes}").format(
                wishes=first_text(lost, MOST_WISHES, "、")
            )
        else:
            yield no_loss_text(repair)
        if won:
            yield _("wishes won {wishes}").format(
                wishes=first_text(won, MOST_WISHES, "、")
            )
        yield from evenness
        if repair.full_search:
            return
        changed = changes(repair, self._problem, self._roster)
        yield _("cells changed {count}").format(count=len(changed))


def _before_and_after(one: HireFigure) -> str:
    """Return the text of a value before and after, or once if it is the same."""
    before, after = map(one.written, (one.before, one.after))
    if one.before == one.after:
        return str(before)
    return _("{before} -> {after}").format(before=before, after=after)

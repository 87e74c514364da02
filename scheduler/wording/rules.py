"""What a rule's record says, in the user's language: titles, sources, exceptions.

Records hold English message ids; `tools.messages` reads them out of the rulebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.finding import Stance
from scheduler.rulebook import yielding
from scheduler.wording.translation import N_, _, pgettext

if TYPE_CHECKING:
    from scheduler.rulebook import Facet, Rule

LABOUR_LAW = "F"
"""The family of rules on which the Labour Standards Inspection Office decides."""

HELD_AS = {
    Stance.GUIDELINE: N_("{title} (guideline)"),
    Stance.COMFORT: N_("{title} (if possible)"),
    Stance.REPORT: N_("{title} (shown only)"),
}
"""How the title of a limit says that the office holds it as less than a must."""


def rule_title(rule: Rule) -> str:
    """Return what a rule is called."""
    return pgettext("rule", rule.title)


def facet_title(facet: Facet) -> str:
    """Return what is wrong where a limit is broken, and how strictly it is held."""
    title = pgettext("limit", facet.title)
    if facet.graded and facet.stance in HELD_AS:
        return _(HELD_AS[facet.stance]).format(title=title)
    return title


def source_text(rule: Rule, facet: str | None = None) -> str:
    """Return where a rule or its limit stands: article, notice, or a setting."""
    own = rule.facet[facet].source if facet else ""
    return _(own or rule.source)


def confirm_text(rule: Rule) -> str:
    """Return whom to ask about a rule that no text backs; empty where one does."""
    if not rule.confidence.to_be_confirmed:
        return ""
    if rule.id.startswith(LABOUR_LAW):
        return _("[to be confirmed with the Labour Standards Inspection Office]")
    return _("[to be confirmed with the municipality]")


def exception_name(key: tuple[str, str]) -> str:
    """Return what an exception to the limits of a rule's facet is called.

    It is a choice of the sheet of agreements.

    Raises
    ------
    KeyError
        If these limits never give way.
    """
    return _(yielding()[key].exception)

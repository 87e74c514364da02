"""Texts of a rule's record in the user's language: titles, sources, exceptions.

Records hold English message ids; `tools.messages` reads them out of the rulebook.
"""

from __future__ import annotations

from scheduler.rulebook import Facet, Rule, yielding
from scheduler.wording.names import NAMES
from scheduler.wording.translation import _, pgettext

LABOUR_LAW = ("F", "Z")
"""Letters of the rules that the Labour Standards Inspection Office enforces, or
may come to enforce."""

HELD_AS = NAMES["held_as"]
"""Title of a limit that is less than a must, by its stance."""


def rule_title(rule: Rule) -> str:
    """Return the title of a rule."""
    return pgettext("rule", rule.title)


def facet_title(facet: Facet) -> str:
    """Return the title of a facet, with its stance if that is less than a must."""
    title = pgettext("limit", facet.title)
    if facet.graded and facet.stance in HELD_AS:
        return _(HELD_AS[facet.stance]).format(title=title)
    return title


def source_text(rule: Rule, facet: str | None = None) -> str:
    """Return the source of a rule or of its facet: article, notice, or a setting."""
    own = rule.facet[facet].source if facet else ""
    return _(own or rule.source)


def cited_source(rule: Rule, facet: str | None = None) -> str:
    """Return the source with the rule's id, which no other sentence has."""
    return f"{rule.id} {source_text(rule, facet)}"


def confirm_text(rule: Rule) -> str:
    """Return whom to ask about a rule of uncertain source; empty if it is certain."""
    if not rule.confidence.to_be_confirmed:
        return ""
    if rule.id.startswith(LABOUR_LAW):
        return _("[to be confirmed with the Labour Standards Inspection Office]")
    return _("[to be confirmed with the municipality]")


def exception_name(key: tuple[str, str]) -> str:
    """Return the name of an exception to a facet, as in the sheet of agreements.

    Parameters
    ----------
    key
        Rule and facet.

    Raises
    ------
    KeyError
        If no exception to the facet can be agreed on.
    """
    return _(yielding()[key].exception)

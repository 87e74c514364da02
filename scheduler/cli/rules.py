"""``shotaki rules``: the catalogue of rules."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli.arguments import read_period
from scheduler.wording.rules import facet_title, rule_title, source_text
from scheduler.wording.translation import _, in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.cli.session import Session
    from scheduler.rulebook import Rule


def command(
    context: typer.Context,
    month: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM",
            help=_("Month whose law is shown; this one if not given."),
        ),
    ] = None,
) -> None:
    """Print every rule in force in a month."""
    from scheduler.cli.screen import table
    from scheduler.rulebook import load

    session: Session = context.obj
    period = read_period(month or f"{dt.date.today():%Y-%m}", None, None)
    rulebook = load(period)
    session.say(
        table(
            [
                [_("Rule"), _("Kind"), _("Basis"), _("What"), _("Source")],
                *(_cells(rule) for rule in rulebook.rules),
            ]
        )
    )
    session.give({"rules": [_fields(rule) for rule in rulebook.rules]})


def _cells(rule: Rule) -> list[str]:
    return [
        rule.id,
        str(rule.severity),
        str(rule.confidence),
        rule_title(rule),
        source_text(rule),
    ]


def _fields(rule: Rule) -> dict[str, Any]:
    """Return a rule's record as the JSON has it, its texts in both languages."""
    record = rule.model_dump(mode="json")
    given = {
        **dict.fromkeys(("id", "title", "title_ja", "severity", "sides", "one_sided")),
        **dict.fromkeys(("source", "source_ja", "confidence", "facet", "values")),
    }
    facets = {
        name: _facet_fields(rule, name, record["facet"][name]) for name in rule.facet
    }
    texts = _in_both(title=partial(rule_title, rule), source=partial(source_text, rule))
    return given | record | texts | {"facet": facets}


def _facet_fields(rule: Rule, name: str, record: dict[str, Any]) -> dict[str, Any]:
    facet = rule.facet[name]
    given = {
        key: record[key]
        for key in (
            *("stance", "unit", "weight", "compares", "about", "yields"),
            *("audit_only", "confidence", "computed"),
        )
    }
    source = partial(source_text, rule, name) if facet.source else str
    return given | _in_both(source=source, title=partial(facet_title, facet))


def _in_both(**texts: Callable[[], str]) -> dict[str, str]:
    """Return texts in English under their names, in Japanese under ``…_ja``."""
    given = {}
    for name, text in texts.items():
        with in_language("en"):
            given[name] = text()
        with in_language("ja"):
            given[f"{name}_ja"] = text()
    return given
